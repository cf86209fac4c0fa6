"""The gate of promotion: what a candidate moves on genuine posts, and when it is refused."""

from __future__ import annotations

from screening.assessment.learned_score import LearnedScore
from screening.training.learned.moves import Scorer, moves
from screening.training.learned.rows import Row
from tests.unit.training.learned.made_rows import evidence, made_row

HIGH = LearnedScore(0.99, "risk", {"risk": 0.99}, ("risk",), (), None)
LOW = LearnedScore(0.1, "risk", {"risk": 0.1}, (), (), None)


def genuine(count: int, language: str = "en") -> list[Row]:
    weak = (evidence("pressure", "weak"),)
    return [made_row(["plain", "words"], label=None, number=n, found=weak, language=language) for n in range(count)]


def lifts(numbers: set[str], language: str = "en") -> Scorer:
    return lambda row: HIGH if row.language == language and row.sample.post.id in numbers else LOW


def nothing(_: Row) -> None:
    return None


def test_a_candidate_that_moves_nobody_is_within_bounds() -> None:
    found = moves(genuine(100), nothing, lifts(set()))
    assert (found.refused, found.tiers) == ((), {})
    assert found.rank_change > 0


def test_moves_are_told_by_tier_language_and_sector() -> None:
    found = moves([*genuine(3), *genuine(2, "pl")], nothing, lifts({"made-0"}))
    assert found.tiers == {"clear>watch": 1}
    assert found.by["language"]["en"]["after"]["part"] == 1
    assert found.by["language"]["pl"]["after"]["part"] == 0
    assert found.by["sector"]["other"]["posts"] == 5


def test_a_rise_in_all_beyond_the_bound_is_refused() -> None:
    rows = genuine(1_000)
    assert not moves(rows, nothing, lifts({"made-0", "made-1"})).refused
    assert "all all" in moves(rows, nothing, lifts({"made-0", "made-1", "made-2"})).refused[0]


def test_a_rise_in_one_language_is_refused_though_the_whole_is_within_bounds() -> None:
    found = moves([*genuine(3_000), *genuine(150, "pl")], nothing, lifts({"made-0"}, "pl"))
    assert found.refused == ("language pl: flagged genuine posts rise by 0.67%, at most 0.50% may be",)


def test_a_language_of_a_few_posts_is_told_and_not_judged() -> None:
    found = moves([*genuine(3_000), *genuine(50, "pl")], nothing, lifts({"made-0"}, "pl"))
    assert not found.refused
    assert found.by["language"]["pl"]["after"]["part"] == 1
