"""Is the pay lawful, plausible, or too good? The reading most favourable to an honest employer decides.

Assumptions, each chosen so that a wrong one accuses nobody:

- A month has 4.345 weeks; where no hours are stated a full week of 40 hours turns hourly into monthly pay and back.
- Where hours are stated, pay is compared by the hour (shared indicator J10/M3): long hours explain high monthly pay, and
  make low monthly pay unlawful. More than 16 hours a day is presence (live-in care), not work, and counts for nothing.
- Net pay: for `high` it counts as if gross; for `below_minimum` its gross is at most net / 0.65. Where neither is stated,
  at most amount / 0.80, but where adverts state gross pay by custom or law (GROSS_BY_CUSTOM) the amount itself.
- `below_minimum` must be sure: an hourly rate, or pay with stated hours of at least 35 a week, whose upper bound lies under
  95 % of the statutory minimum by the hour (its month divided by 173.33 hours, less than any country's own divisor gives).
  Every stated pay must lie under it. An open "from" is never below. Monthly pay in ES, PT, GR may be paid 14 times a year.
- `high` and `implausible` go by the lowest pay offered: the lower bound, or half of an "up to".
- A period that would make the pay SLIP times `high` is a slip of the pen ("4200 zł/h") and counts as not stated; so is a
  monthly full-time pay under half of the minimum no sure finding.
- Without a stated period: by the hour where that can be, else by the month, part-time included; by the day or year only
  where neither can be.
- Pay in a currency that isn't the work country's own may belong to work elsewhere, so `high` is then at least Germany's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from screening.posts.post import PayPeriod
from screening.reference.currencies import national_currency, to_euro
from screening.reference.wages import pay_reference
from screening.reference.working_hours import max_weekly_hours
from screening.signals.found import FoundHours, FoundPay
from screening.values.result import Bounds, Pay, PayCheck, PayReference, PayVerdict, Sector

WEEKS_A_MONTH = 4.345
FULL_WEEK = 40.0
STATUTORY_MONTH_HOURS = 173.33
BELOW_SHARE = 0.95
FAR_BELOW_SHARE = 0.70
"""Of the minimum: monthly pay under it, without stated hours or a word of part-time work, is taken for full-time pay."""
ELEMENTARY = "9"
"""ISCO-08 major group of work that needs no training."""
LEFT_OF_MINIMUM = 0.75
"""Of a gross minimum wage about three quarters are paid out (Poland, Germany, Czechia: tax and contributions of an employee
without children)."""
GROSS_BY_CUSTOM = frozenset({"AT", "BE", "DE", "DK", "ES", "FI", "FR", "GB", "IE", "LU", "NL", "NO", "SE"})
NET_SHARE = 0.65
UNKNOWN_BASIS_SHARE = 0.80
FOURTEEN_PAYMENTS = frozenset({"ES", "PT", "GR"})
FULL_TIME_FROM = 35.0
PRESENCE_FROM = 16.0  # hours a day
SECTOR_CONFIDENCE = 0.5
SLIP = 20.0
SLIP_LOW = 0.5
EXCESS_MARGIN = 1.25  # 60 hours where 48 are lawful
TIMES_A_MONTH: dict[PayPeriod, float] = {
    "hour": FULL_WEEK * WEEKS_A_MONTH,
    "day": 5 * WEEKS_A_MONTH,
    "shift": 15.0,  # twelve-hour shifts leave 15 in a month
    "week": WEEKS_A_MONTH,
    "month": 1.0,
    "year": 1 / 12,
}
PART_TIME_SHARE = 0.10
"""An amount of at least this share of the monthly minimum may be monthly pay for part-time work."""
ABROAD_BOUND = "DE"


def check_pay(
    pays: Sequence[FoundPay],
    hours: Sequence[FoundHours],
    sector: Sector | None,
    work_country: str | None,
    on: date,
) -> PayCheck:
    """Hold the stated pay against the law and the estimate of `reference.wages` on a day. Never raises."""
    stated = tuple(found.pay for found in pays)
    isco08 = sector.isco08 if sector and sector.confidence >= SECTOR_CONFIDENCE else None
    reference = pay_reference(work_country, isco08, on)
    week = _weekly_hours(hours)
    readings = [reading for pay in stated if (reading := _Reading.of(pay, week, hours, work_country, reference, on))]
    return PayCheck(
        stated=stated,
        hours=hours[0].hours if hours else None,
        monthly_eur=_span([reading.monthly for reading in readings]),
        hourly_eur=_span([reading.hourly for reading in readings]),
        reference=reference,
        verdict=_verdict(stated, readings, reference, _high_bound(stated, reference, isco08, on)),
    )


def lies_under(top: float | None, minimum: float | None) -> bool:
    """Whether the most that is stated lies under the minimum for a full month: plausible it may be as part-time or net pay."""
    return top is not None and minimum is not None and top < minimum * BELOW_SHARE


def pay_marks(check: PayCheck, hours: Sequence[FoundHours], work_country: str | None, on: date) -> frozenset[str]:
    """What a condition on the post's words may make of the pay, beside its verdict (docs/rules.md, "Marks").

    `pay.far_below_minimum`: pay by the week or month, without stated hours, under FAR_BELOW_SHARE of the minimum even if
    net: too little for full-time work, as part-time pay lawful. `pay.high_for_unskilled`: more than any elementary work
    pays in the country, whatever the occupation is called. `pay.under_minimum`: one of the stated pays lies under the
    minimum by the hour, a full week taken where none is stated: lawful it may be (part time), but it speaks for nobody.
    """
    marks = set()
    reference = check.reference
    if reference and reference.minimum and _one_lies_under(check, reference, hours, work_country, on):
        marks.add("pay.under_minimum")
    if reference and reference.minimum and check.verdict == "plausible" and not hours:
        own = [pay for pay in check.stated if pay.period in ("week", "month", None)]
        top = check.monthly_eur.max if check.monthly_eur else None
        share = 1.0 if work_country in GROSS_BY_CUSTOM else UNKNOWN_BASIS_SHARE
        least = reference.minimum * PART_TIME_SHARE
        if len(own) == len(check.stated) and top and least < top < reference.minimum * FAR_BELOW_SHARE * share:
            marks.add("pay.far_below_minimum")
    if check.verdict in ("plausible", "high", "implausible") and check.monthly_eur:
        elementary = pay_reference(work_country, ELEMENTARY, on)
        low = check.monthly_eur.min if check.monthly_eur.min is not None else (check.monthly_eur.max or 0.0) / 2
        if elementary and elementary.high and low > elementary.high:
            marks.add("pay.high_for_unskilled")
    return frozenset(marks)


def _one_lies_under(
    check: PayCheck, reference: PayReference, hours: Sequence[FoundHours], work_country: str | None, on: date
) -> bool:
    """Whether the most of some stated pay stays under the minimum; net pay is held against what a minimum leaves in hand."""
    week = _weekly_hours(hours)
    lawful = (reference.minimum or 0.0) / STATUTORY_MONTH_HOURS * BELOW_SHARE
    for pay in check.stated:
        reading = _Reading.of(pay, week, hours, work_country, reference, on)
        if reading is None:
            continue
        top = reading.hourly.max if reading.hourly.max is not None else reading.hourly.min
        spread = 14 / 12 if work_country in FOURTEEN_PAYMENTS and pay.period in ("month", None) else 1.0
        if top is not None and top * spread < lawful * (LEFT_OF_MINIMUM if pay.basis == "net" else 1.0):
            return True
    return False


def hours_excess(hours: Sequence[FoundHours], work_country: str | None, on: date) -> bool:
    """Whether stated hours surely pass the lawful week: its maximum and a quarter (60 h where 48 are lawful, 260 h a month).

    The middle of a stated range counts. Days without a number of days a week prove nothing below 14 hours a day. A country
    without a row in the table gives no finding. `on` is kept for laws that change.
    """
    lawful = max_weekly_hours(work_country)
    if lawful is None:
        return False
    limit = max(60.0, lawful * EXCESS_MARGIN)
    for found in hours:
        middle = (found.hours.min + found.hours.max) / 2
        if found.hours.period == "week" and middle > limit:
            return True
        if found.hours.period == "month" and middle > limit * WEEKS_A_MONTH * 0.9975:
            return True
        if found.hours.period == "day" and middle < PRESENCE_FROM:
            days = found.days_per_week
            if days is not None and middle * days > limit:
                return True
    return False


class _Reading:
    """One pay in EUR: as stated for show, and in the two readings that the verdict goes by."""

    __slots__ = ("ceiling_hour", "hourly", "lowest_month", "monthly")

    def __init__(self, monthly: Bounds, hourly: Bounds, lowest_month: float, ceiling_hour: float | None) -> None:
        self.monthly = monthly  # EUR a month, as stated
        self.hourly = hourly
        self.lowest_month = lowest_month  # EUR for a full month (173.8 hours), lowest sensible reading
        self.ceiling_hour = ceiling_hour  # EUR an hour gross, highest sensible reading; None where it can't be told

    @classmethod
    def of(
        cls,
        pay: Pay,
        week: Bounds | None,
        hours: Sequence[FoundHours],
        country: str | None,
        reference: PayReference | None,
        on: date,
    ) -> _Reading | None:
        currency = pay.currency or national_currency(country, on)
        if currency is None or pay.period in ("piece", "rotation"):
            return None
        low = None if pay.min is None else to_euro(pay.min, currency, on)
        high = None if pay.max is None else to_euro(pay.max, currency, on)
        least = low if low is not None else (high or 0.0) / 2
        if least <= 0:
            return None
        period = pay.period
        if period is None or (reference and reference.high and least * TIMES_A_MONTH[period] > SLIP * reference.high):
            period = _guess_period(least, reference)
        if period is None:
            return None
        times = TIMES_A_MONTH[period]
        if period == "hour" and week is not None and week.min:
            monthly = _scaled(low, high, week.min * WEEKS_A_MONTH, (week.max or week.min) * WEEKS_A_MONTH)
        else:
            monthly = _scaled(low, high, times, times)
        most, fewest = _hours_in(period, week, hours)
        hourly = _scaled(low, high, 1 / most, 1 / fewest)
        full_month = least / most * FULL_WEEK * WEEKS_A_MONTH
        lowest_month = min(least, full_month) if period == "month" else full_month
        sure = (
            pay.period == period and pay.currency is not None and (period == "hour" or _full_time(period, week, hours))
        )
        ceiling = None
        if sure and high is not None:
            paid = high * (14 / 12 if country in FOURTEEN_PAYMENTS and period == "month" else 1.0)
            unknown = 1.0 if country in GROSS_BY_CUSTOM else UNKNOWN_BASIS_SHARE
            share = {"gross": 1.0, "net": NET_SHARE}.get(pay.basis or "", unknown)
            ceiling = paid / fewest / share
            least_lawful = (reference.minimum or 0.0) / STATUTORY_MONTH_HOURS if reference else 0.0
            if period != "hour" and ceiling < least_lawful * SLIP_LOW:
                ceiling = None
        return cls(monthly, hourly, lowest_month, ceiling)


def _hours_in(period: PayPeriod, week: Bounds | None, hours: Sequence[FoundHours]) -> tuple[float, float]:
    """Most and fewest hours that one period's pay is for; a full week of 40 where nothing is stated."""
    if period == "hour":
        return 1.0, 1.0
    if period in ("day", "shift"):
        daily = [found.hours for found in hours if found.hours.period == "day" and found.hours.max <= PRESENCE_FROM]
        if daily:
            return max(entry.max for entry in daily), min(entry.min for entry in daily)
        return (8.0, 8.0) if period == "day" else (12.0, 8.0)
    most, fewest = ((week.max or FULL_WEEK), (week.min or FULL_WEEK)) if week else (FULL_WEEK, FULL_WEEK)
    weeks = {"week": 1.0, "month": WEEKS_A_MONTH, "year": 12 * WEEKS_A_MONTH}[period]
    return max(most, 1.0) * weeks, max(fewest, 1.0) * weeks


def _full_time(period: PayPeriod, week: Bounds | None, hours: Sequence[FoundHours]) -> bool:
    if period in ("day", "shift"):
        return any(found.hours.period == "day" and 6 <= found.hours.min <= PRESENCE_FROM for found in hours)
    return week is not None and (week.min or 0) >= FULL_TIME_FROM


def _guess_period(least: float, reference: PayReference | None) -> PayPeriod | None:
    """The likeliest period of an amount in EUR that names none; None where no reference tells what is likely."""
    if reference is None or reference.high is None:
        return None
    minimum = reference.minimum or reference.high / 4
    if least <= reference.high / TIMES_A_MONTH["hour"]:
        return "hour"
    if least / 12 >= minimum / 2:
        return "year"
    return "month" if least >= minimum * PART_TIME_SHARE else "day"


def _weekly_hours(hours: Sequence[FoundHours]) -> Bounds | None:
    """The working week as stated, from the entry that says it most plainly; None where it isn't stated."""
    for period, weeks in (("week", 1.0), ("month", WEEKS_A_MONTH)):
        entries = [found.hours for found in hours if found.hours.period == period]
        if entries:
            return Bounds(
                min=min(entry.min for entry in entries) / weeks, max=max(entry.max for entry in entries) / weeks
            )
    daily = [found for found in hours if found.days_per_week and found.hours.max <= PRESENCE_FROM]
    if not daily:
        return None
    weeks_of = [
        (found.hours.min * (found.days_per_week or 0), found.hours.max * (found.days_per_week or 0)) for found in daily
    ]
    return Bounds(min=min(low for low, _ in weeks_of), max=max(high for _, high in weeks_of))


def _scaled(low: float | None, high: float | None, at_low: float, at_high: float) -> Bounds:
    return Bounds(
        min=None if low is None else round(low * at_low, 2), max=None if high is None else round(high * at_high, 2)
    )


def _span(bounds: list[Bounds]) -> Bounds | None:
    lows = [bound.min for bound in bounds if bound.min is not None]
    highs = [bound.max for bound in bounds if bound.max is not None]
    return Bounds(min=min(lows, default=None), max=max(highs, default=None)) if lows or highs else None


def _high_bound(stated: tuple[Pay, ...], reference: PayReference | None, isco08: str | None, on: date) -> float | None:
    if reference is None or reference.high is None:
        return None
    own = national_currency(reference.country, on)
    if all(pay.currency in (None, own) for pay in stated):
        return reference.high
    elsewhere = pay_reference(ABROAD_BOUND, isco08, on)
    return max(reference.high, elsewhere.high or 0.0) if elsewhere else reference.high


def _verdict(
    stated: tuple[Pay, ...], readings: list[_Reading], reference: PayReference | None, high: float | None
) -> PayVerdict:
    if not stated:
        return "not_stated"
    if reference is None or not readings or high is None:
        return "no_reference"
    if reference.minimum is not None and len(readings) == len(stated):
        least_lawful = reference.minimum / STATUTORY_MONTH_HOURS * BELOW_SHARE
        ceilings = [reading.ceiling_hour for reading in readings if reading.ceiling_hour is not None]
        # What has no period may be a bonus, a fare or a fee; it must not itself be a lawful month's pay.
        others = [reading.lowest_month for reading in readings if reading.ceiling_hour is None]
        if ceilings and max(ceilings) < least_lawful and max(others, default=0.0) < reference.minimum * BELOW_SHARE:
            return "below_minimum"
    lowest = min(reading.lowest_month for reading in readings)
    if lowest > 2 * high:
        return "implausible"
    return "high" if lowest > high else "plausible"
