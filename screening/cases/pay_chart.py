"""The pay that an offer states beside its reference (EUR a month), as a small picture that also says it in words."""

from __future__ import annotations

from markupsafe import Markup

from screening.cases.svg import WIDTH, Words, bar, drawing, label, line

_START, _END, _TOP, _ROW = 160, WIDTH - 8, 20, 24


def pay_chart(
    stated_min: float | None, stated_max: float | None, minimum: float | None, typical: float | None, high: float | None,
    currency: str = "EUR", *, words: Words, name: str = "pay",
) -> Markup:  # fmt: skip
    """Empty where the offer states no pay or there is nothing to hold it against. One end alone stands for both.

    `minimum`, `typical` and `high` are those of `assessment.result.PayReference`; `name` must be used once a page.
    """
    low = stated_max if stated_min is None else stated_min
    top = stated_min if stated_max is None else stated_max
    references = [
        (key, value) for key, value in (("minimum", minimum), ("typical", typical), ("high", high)) if value is not None
    ]  # fmt: skip
    if low is None or top is None or not references:
        return Markup("")
    low, top = min(low, top), max(low, top)
    most = max(top, *(value for _, value in references), 1.0)

    def across(value: float) -> float:
        return _START + (_END - _START) * max(0.0, value) / most

    foot = _TOP + _ROW * (len(references) + 1)
    stated = words("pay.chart.stated", pay=_span(low, top, words))
    named = [(words(f"pay.chart.{key}", pay=words.number(value)), value) for key, value in references]
    parts = [
        label(_START, 12, words("pay.chart.unit", currency=currency)),
        label(4, _TOP + 16, stated),
        bar("chart-stated", across(low) - 1, _TOP + 5, across(top) - across(low) + 2, _ROW - 10),
    ]
    for place, (text, value) in enumerate(named, start=1):
        middle = _TOP + _ROW * place + _ROW / 2
        parts.append(label(4, middle + 4, text))
        parts.append(line("chart-reference", _START, middle, across(value), middle))
        parts.append(line("chart-reference", across(value), _TOP, across(value), middle + 5, dash="2 3"))
    parts.append(line("chart-axis", _START, _TOP, _START, foot))
    compared = _compared(low, top, minimum, typical, high)
    said = [
        f"{stated} {words('pay.chart.unit', currency=currency)}.",
        f"{'; '.join(text for text, _ in named)}.",
        *([words(f"pay.chart.{compared}")] if compared else []),
    ]
    title = words("pay.chart.title", currency=currency)
    return drawing(name, height=foot + 4, title=title, description=" ".join(said), parts=parts)


def _compared(low: float, top: float, minimum: float | None, typical: float | None, high: float | None) -> str:
    """The key of the sentence that says how they compare; "" for none."""
    if high is not None and low > high:
        return "all_above_high"
    if high is not None and top > high:
        return "reaches_above_high"
    if minimum is not None and top < minimum:
        return "all_below_minimum"
    if minimum is not None and low < minimum:
        return "begins_below_minimum"
    if typical is not None and low > typical:
        return "all_above_typical"
    return ""


def _span(low: float, high: float, words: Words) -> str:
    if round(low) == round(high):
        return words.number(low)
    return f"{words.number(low)}–{words.number(high)}"
