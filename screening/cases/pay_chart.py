"""The pay that an offer states beside its reference (EUR a month), as a small picture that also says it in words."""

from __future__ import annotations

from markupsafe import Markup

from screening.cases.svg import WIDTH, bar, drawing, label, line

_START, _END, _TOP, _ROW = 160, WIDTH - 8, 20, 24


def pay_chart(
    stated_min: float | None, stated_max: float | None, minimum: float | None, typical: float | None, high: float | None,
    currency: str = "EUR", *, name: str = "pay",
) -> Markup:  # fmt: skip
    """Empty where the offer states no pay or there is nothing to hold it against. One end alone stands for both.

    `minimum`, `typical` and `high` are those of `assessment.result.PayReference`; `name` must be used once a page.
    """
    low = stated_max if stated_min is None else stated_min
    top = stated_min if stated_max is None else stated_max
    references = [
        (word, value) for word, value in (("Minimum", minimum), ("Typical", typical), ("High", high)) if value is not None
    ]  # fmt: skip
    if low is None or top is None or not references:
        return Markup("")
    low, top = min(low, top), max(low, top)
    most = max(top, *(value for _, value in references), 1.0)

    def across(value: float) -> float:
        return _START + (_END - _START) * max(0.0, value) / most

    foot = _TOP + _ROW * (len(references) + 1)
    parts = [
        label(_START, 12, f"{currency} a month"),
        label(4, _TOP + 16, f"Stated {_span(low, top)}"),
        bar("chart-stated", across(low) - 1, _TOP + 5, across(top) - across(low) + 2, _ROW - 10),
    ]
    for place, (word, value) in enumerate(references, start=1):
        middle = _TOP + _ROW * place + _ROW / 2
        parts.append(label(4, middle + 4, f"{word} {value:,.0f}"))
        parts.append(line("chart-reference", _START, middle, across(value), middle))
        parts.append(line("chart-reference", across(value), _TOP, across(value), middle + 5, dash="2 3"))
    parts.append(line("chart-axis", _START, _TOP, _START, foot))
    said = "; ".join(f"{word.lower()} {value:,.0f}" for word, value in references)
    text = (
        f"Stated {_span(low, top)} {currency} a month. Reference: {said}. {_compared(low, top, minimum, typical, high)}"
    )
    title = f"Stated pay beside its reference, {currency} a month"
    return drawing(name, height=foot + 4, title=title, description=text.strip(), parts=parts)


def _compared(low: float, top: float, minimum: float | None, typical: float | None, high: float | None) -> str:
    if high is not None and low > high:
        return "All of what is stated lies above high."
    if high is not None and top > high:
        return "What is stated reaches above high."
    if minimum is not None and top < minimum:
        return "All of what is stated lies below the minimum."
    if minimum is not None and low < minimum:
        return "What is stated begins below the minimum."
    if typical is not None and low > typical:
        return "All of what is stated lies above typical."
    return ""


def _span(low: float, high: float) -> str:
    return f"{low:,.0f}" if round(low) == round(high) else f"{low:,.0f}–{high:,.0f}"
