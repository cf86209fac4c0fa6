"""Pay against what such work earns: one sentence, and a small scale to see it by."""

from __future__ import annotations

from dataclasses import dataclass

from screening.cli.report.words import ENGLISH, Words
from screening.signals.pay_check import lies_under
from screening.values.result import Bounds, PayCheck

_JUDGED = ("below_minimum", "plausible", "high", "implausible")
_LEAST_WIDTH = 1.5  # percent, so that a single figure is seen


@dataclass(frozen=True, slots=True)
class Tick:
    name: str
    label: str
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


def pay_line(pay: PayCheck, *, undated: bool, t: Words = ENGLISH) -> str:
    """What is paid, what it is held against, and of which month those figures are. `undated`: the post has no date of its
    own, so that the day of the assessment chose the figures."""
    if pay.verdict == "not_stated":
        return t("pay.not_stated")
    monthly = [t("pay.monthly", span=_span(pay.monthly_eur, t))] if pay.monthly_eur else []
    reference = pay.reference
    if reference is None or pay.verdict not in _JUDGED:
        return t("pay.line", said=", ".join([*monthly, t("pay.no_reference")]))
    verdict = t(f"pay.{pay.verdict}")
    if pay.verdict == "plausible" and pay.monthly_eur and lies_under(pay.monthly_eur.max, reference.minimum):
        verdict = t("pay.under_full_time")
    values = {
        name: _amount(value, t)
        for name, value in (("minimum", reference.minimum), ("typical", reference.typical))
        if value is not None
    }
    held = "against_both" if len(values) > 1 else f"against_{next(iter(values))}" if values else "in_country"
    said = t(f"pay.{held}", said=", ".join([*monthly, verdict]), country=reference.country, **values)
    figures = "pay.figures_undated" if undated else "pay.figures"
    return f"{t('pay.line', said=said)} {t(figures, month=t.month(reference.date), source=reference.source)}"


def pay_scale(pay: PayCheck, t: Words = ENGLISH) -> PayScale | None:
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
        ticks=tuple(
            Tick(name, t(f"scale.{name}"), _amount(value, t), round(100 * value / whole, 2)) for name, value in marks
        ),
        open_ended=low is None or high is None,
        spoken=t(
            "scale.spoken",
            span=_span(pay.monthly_eur, t),
            marks=", ".join(f"{t(f'scale.{name}')} {_amount(value, t)}" for name, value in marks),
        ),
    )


def _span(bounds: Bounds, t: Words) -> str:
    if bounds.min is None or bounds.max is None:
        known = bounds.min if bounds.max is None else bounds.max
        return t("span.from" if bounds.max is None else "span.to", amount=_amount(known, t))
    low, high = _amount(bounds.min, t), _amount(bounds.max, t)
    return low if low == high else f"{low}–{high}"


def _amount(value: float | None, t: Words) -> str:
    return "?" if value is None else t.number(value)
