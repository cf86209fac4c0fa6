"""Pay against the reference: in words and as a scale."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.cli.report.pay_scale import pay_line, pay_scale
from screening.values.result import Bounds, PayCheck, PayReference, PayVerdict

figures = st.none() | st.floats(0, 1e9)


def reference(minimum: float | None = 1_000, typical: float | None = 1_500, high: float | None = 3_000) -> PayReference:
    return PayReference(
        country="DE", isco08="5120", minimum=minimum, typical=typical, high=high, source="Eurostat", date="2026-01-01"
    )


def check(
    low: float | None, high: float | None, verdict: PayVerdict = "plausible", held: PayReference | None = None
) -> PayCheck:
    return PayCheck(monthly_eur=Bounds(min=low, max=high), reference=held or reference(), verdict=verdict)


@pytest.mark.parametrize(
    ("pay", "words"),
    [
        (PayCheck(), "Pay is not stated."),
        (check(1_200, 1_400), "about 1,200–1,400 EUR a month, within what such work earns"),
        (check(800, 800), "about 800 EUR a month, under the statutory minimum for a full month, lawful if part-time or net"),
        (check(800, 1_200), "within what such work earns"),
        (check(800, 800, "below_minimum"), "about 800 EUR a month, below the statutory minimum: a statutory minimum of 1,000"),
        (check(None, 9_000, "implausible"), "up to 9,000 EUR"),
        (check(2_000, None), "from 2,000 EUR"),
        (
            check(2_000, 2_000, held=reference(None, None)),
            "earns in DE. Held against the figures of January 2026 (Eurostat).",
        ),
        (PayCheck(monthly_eur=Bounds(min=5, max=5), verdict="no_reference"), "no reference for this place and work"),
    ],
)  # fmt: skip
def test_the_sentence(pay: PayCheck, words: str) -> None:
    assert words in pay_line(pay, undated=False)


def test_an_undated_post_says_which_figures_it_was_held_against() -> None:
    line = pay_line(check(800, 800, "below_minimum"), undated=True)
    assert line.endswith("Undated post: held against the figures of January 2026; give --at DATE (Eurostat).")
    assert "ndated" not in pay_line(PayCheck(), undated=True)


def test_a_day_that_is_none_is_shown_as_it_stands() -> None:
    held = replace(reference(), date="2026-S1")
    assert "the figures of 2026-S1 (Eurostat)" in pay_line(check(2_000, 2_000, held=held), undated=False)


def test_the_scale_keeps_proportions_and_says_them() -> None:
    scale = pay_scale(check(1_500, 2_250))
    assert scale
    at = {tick.name: tick.at for tick in scale.ticks}
    assert at["usual"] == pytest.approx(scale.left)
    assert at["high"] == pytest.approx(2 * scale.left, abs=0.05)
    assert scale.left + scale.width == pytest.approx(1.5 * scale.left, abs=0.05)
    assert scale.spoken == "Offered 1,500–2,250 EUR a month; minimum 1,000, usual 1,500, high 3,000"


def test_there_is_no_scale_without_pay_or_reference() -> None:
    assert pay_scale(PayCheck()) is None
    assert pay_scale(PayCheck(monthly_eur=Bounds(min=5, max=5), verdict="no_reference")) is None
    assert pay_scale(check(5, 5, held=reference(None, None, None))) is None


@given(figures, figures, figures, figures, figures)
def test_everything_stays_on_the_scale(
    low: float | None, high: float | None, minimum: float | None, typical: float | None, most: float | None
) -> None:
    if low is not None and high is not None:
        low, high = sorted((low, high))
    scale = pay_scale(check(low, high, held=reference(minimum, typical, most)))
    if scale is not None:
        assert 0 <= scale.left <= 100
        assert 0 < scale.width <= 100
        assert all(0 <= tick.at <= 100 for tick in scale.ticks)
