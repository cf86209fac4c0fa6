"""What to expect of a hundred offers shown, before anybody knows and once it is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.cases.quality.expected_hits import ReadingFigures, expected_hits, per_hundred, read_figures
from screening.statistics import Share
from tests.unit.cases.quality.made import made

FIGURES = (ReadingFigures(name="own", recall=Share(part=80, whole=100), false_alarms=Share(part=1, whole=1_000)),)
DOCS = Path(__file__).parents[4] / "docs" / "evaluation.md"


def test_bayes_by_hand() -> None:
    # Of a million offers 1,000 are risky and 800 of them shown, beside 999 others: 800 of 1,799.
    assert per_hundred(1 / 1_000, 0.8, 0.001) == pytest.approx(100 * 800 / 1_799)
    assert per_hundred(1 / 10_000, 0.8, 0.001) == pytest.approx(100 * 80 / 1_079.9)
    assert per_hundred(0.5, 0.0, 0.0) == 0


def test_before_fifty_outcomes_there_is_only_the_table() -> None:
    known = [made(action="refer", outcome="lead")] * 49
    before = expected_hits(known, FIGURES)
    assert (before.outcomes, before.of_known, before.of_shown) == (49, None, None)
    assert [row.base_rate for row in before.table] == [1 / 1_000, 1 / 10_000]
    assert all(row.low < row.per_hundred < row.high for row in before.table)
    after = expected_hits([*known, made(action="refer", outcome="confirmed"), made(), made(queue="audit")], FIGURES)
    assert after.of_known == Share(part=1, whole=50)
    assert after.of_shown == Share(part=1, whole=51)


def test_where_no_false_alarm_was_counted_there_is_a_range_and_no_figure() -> None:
    """Nought of some thousands isn't never: "100 of 100" would be read as a promise."""
    none_seen = ReadingFigures(name="x", recall=Share(part=9, whole=10), false_alarms=Share(part=0, whole=2_000))
    [row] = expected_hits([], [none_seen], base_rates=[1 / 1_000]).table
    assert row.per_hundred is None
    assert 0 < row.low < row.high == 100


@given(st.floats(1e-6, 0.5), st.floats(0.01, 1), st.floats(1e-6, 1))
def test_rarer_offers_mean_fewer_hits_among_those_shown(base: float, recall: float, alarms: float) -> None:
    assert 0 <= per_hundred(base / 2, recall, alarms) < per_hundred(base, recall, alarms) <= 100


def test_the_shipped_figures_are_those_of_the_evaluation() -> None:
    shipped = read_figures()
    told = DOCS.read_text("utf-8")
    assert shipped.source.startswith("docs/evaluation.md")
    for each in shipped.figures:
        assert f"{each.recall.whole:,} | {each.recall.part:,} (" in told
        assert f"{each.false_alarms.part} of {each.false_alarms.whole:,}" in told
