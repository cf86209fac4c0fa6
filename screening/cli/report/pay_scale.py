"""Pay against what such work earns: one sentence, and a small scale to see it by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from screening.signals.pay_check import lies_under
from screening.values.result import Bounds, PayCheck

_VERDICTS = {
    "below_minimum": "below the statutory minimum",
    "plausible": "within what such work earns",
    "high": "far above what such work earns",
    "implausible": "implausibly far above what such work earns",
}
_UNDER_FULL_TIME = "under the statutory minimum for a full month, lawful if part-time or net"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LEAST_WIDTH = 1.5  # percent, so that a single figure is seen


@dataclass(frozen=True, slots=True)
class Tick:
    name: str
    amount: str
    at: float  # percent of the scale


@dataclass(frozen=True, slots=True)
class PayScale:
    """Percentages of a scale from 0 to above the largest figure; `spoken` says the same in words."""

    left: float
    width: float
    ticks: tuple[Tick, ...]
    open_ended: bool
    spoken: str


def pay_line(pay: PayCheck, *, undated: bool) -> str:
    """What is paid, what it is held against, and of which month those figures are. `undated`: the post has no date of its
    own, so that the day of the assessment chose the figures."""
    if pay.verdict == "not_stated":
        return "Pay is not stated."
    monthly = f"about {_span(pay.monthly_eur)} EUR a month" if pay.monthly_eur else ""
    verdict = _VERDICTS.get(pay.verdict)
    reference = pay.reference
    if reference is None or verdict is None:
        return f"Pay: {monthly + ', ' if monthly else ''}with no reference for this place and work."
    if pay.verdict == "plausible" and pay.monthly_eur and lies_under(pay.monthly_eur.max, reference.minimum):
        verdict = _UNDER_FULL_TIME
    held = [
        f"{name} {_amount(value)}"
        for name, value in (("a statutory minimum of", reference.minimum), ("a usual", reference.typical))
        if value is not None
    ]
    against = f": {' and '.join(held)} EUR in {reference.country}" if held else f" in {reference.country}"
    figures = f"eld against the figures of {_month(reference.date)}"
    day = f"Undated post: h{figures}; give --at DATE" if undated else f"H{figures}"
    return f"Pay: {monthly + ', ' if monthly else ''}{verdict}{against}. {day} ({reference.source})."


def pay_scale(pay: PayCheck) -> PayScale | None:
    """None where there is no pay or nothing to hold it against."""
    if pay.monthly_eur is None or pay.reference is None:
        return None
    low, high = pay.monthly_eur.min, pay.monthly_eur.max
    known = [value for value in (low, high) if value is not None]
    marks = [
        (name, value)
        for name, value in (
            ("minimum", pay.reference.minimum), ("usual", pay.reference.typical), ("high", pay.reference.high),
        )
        if value is not None
    ]  # fmt: skip
    if not known or not marks:
        return None
    whole = max(*known, *(value for _, value in marks)) * 1.08 or 1.0
    start = low if low is not None else 0.0
    end = high if high is not None else (whole if low is not None else start)
    left = min(100 * start / whole, 100 - _LEAST_WIDTH)
    return PayScale(
        left=round(left, 2),
        width=round(max(_LEAST_WIDTH, 100 * (end - start) / whole), 2),
        ticks=tuple(Tick(name, _amount(value), round(100 * value / whole, 2)) for name, value in marks),
        open_ended=low is None or high is None,
        spoken=f"Offered {_span(pay.monthly_eur)} EUR a month; "
        + ", ".join(f"{name} {_amount(value)}" for name, value in marks),
    )


def _month(day: str) -> str:
    """ "January 2026" of "2026-01-01"; what is no date is shown as it stands."""
    try:
        moment = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{_MONTHS[moment.month - 1]} {moment.year}"


def _span(bounds: Bounds) -> str:
    if bounds.min is None or bounds.max is None:
        known = bounds.min if bounds.max is None else bounds.max
        return f"{'from' if bounds.max is None else 'up to'} {_amount(known)}"
    low, high = _amount(bounds.min), _amount(bounds.max)
    return low if low == high else f"{low}–{high}"


def _amount(value: float | None) -> str:
    return "?" if value is None else f"{value:,.0f}"
