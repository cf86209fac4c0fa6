"""The figures of a trial, computed by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.cli.trial.budget import PlacedPosts, RankedPosts, parse_budget
from screening.cli.trial.curve import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, curve_of
from screening.cli.trial.decision_words import Outcome
from screening.cli.trial.tally import TIERS, Cross, Tally
from screening.cli.trial.wording import interval, percent
from screening.statistics import Share
from screening.values.result import Tier

TIERS_AND_OUTCOMES = st.tuples(st.sampled_from(TIERS), st.sampled_from(("acted", "kept", None)))
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def test_review_and_urgent_alone_are_flags() -> None:
    tally = Tally()
    for tier in TIERS:
        tally.add("acted", tier, language="en", sector="care")
    assert (tally.whole.acted_flagged, tally.whole.acted_unflagged) == (2, 3)


def test_shares_are_those_of_a_table_made_by_hand() -> None:
    cross = Cross(
        acted_flagged=6,
        acted_unflagged=4,
        kept_flagged=9,
        kept_unflagged=81,
        undecided_flagged=3,
        undecided_unflagged=17,
    )
    assert (cross.posts, cross.decided, cross.flagged) == (120, 100, 18)
    assert cross.agreement == Share(part=87, whole=100)
    assert cross.agreement_of_silence == Share(part=90, whole=100)
    assert cross.acted_found == Share(part=6, whole=10)
    assert cross.kept_found == Share(part=9, whole=90)
    assert cross.undecided_found == Share(part=3, whole=20)
    assert cross.flags_acted_on == Share(part=6, whole=15)


@given(posts=st.lists(TIERS_AND_OUTCOMES, max_size=40))
def test_groups_add_up_to_the_whole_and_no_decision_changes_no_share(posts: list[tuple[Tier, Outcome | None]]) -> None:
    tally, decided = Tally(), Tally()
    for number, (tier, outcome) in enumerate(posts):
        group = {"language": f"l{number % 3}", "sector": f"s{number % 2}", "signals": ("rule",) * (number % 2)}
        tally.add(outcome, tier, **group)
        if outcome:
            decided.add(outcome, tier, **group)
    for groups in (tally.by_tier, tally.by_language, tally.by_sector):
        assert sum(cross.posts for cross in groups.values()) == tally.whole.posts == len(posts)
        assert sum(cross.kept_flagged for cross in groups.values()) == tally.whole.kept_flagged
    assert tally.with_signals.posts + tally.without_signals.posts == len(posts)
    assert tally.whole.agreement == decided.whole.agreement
    assert tally.whole.flags_acted_on == decided.whole.flags_acted_on


def test_a_signal_counts_once_a_post_and_beyond_a_thousand_names_they_are_counted_together() -> None:
    tally = Tally()
    tally.add("acted", "urgent", language="en", sector="care", signals=("phone", "phone", "new"))
    assert {name: cross.acted_flagged for name, cross in tally.by_signal.items()} == {"phone": 1, "new": 1}
    tally.add("kept", "clear", language="en", sector="care", signals=[f"rule-{n}" for n in range(1_200)])
    assert len(tally.by_signal) == 1_000
    assert tally.signals_left_out == 202


@pytest.mark.parametrize("text", ["200/day", "200", " 200 / Day ", "200/d"])
def test_budgets_are_read(text: str) -> None:
    assert parse_budget(text) == 200


@pytest.mark.parametrize("text", ["", "0/day", "-3/day", "1000/week", "many", "2.5/day", "9" * 40])
def test_what_is_no_number_of_posts_a_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="200/day"):
        parse_budget(text)


def two_days() -> PlacedPosts:
    """Monday: urgent (acted), review (kept), watch (acted), clear. Tuesday: clear (acted), clear."""
    ranked = RankedPosts()
    ranked.add(MONDAY, 0.1, 1, "clear", None)
    ranked.add(MONDAY, 0.3, 2, "watch", "acted")
    ranked.add(TUESDAY, 0.15, 3, "clear", "acted")
    ranked.add(MONDAY, 0.5, 4, "review", "kept")
    ranked.add(TUESDAY, 0.05, 5, "clear", "kept")
    ranked.add(MONDAY, 0.9, 6, "urgent", "acted")
    return ranked.placed()


def test_a_budget_shows_the_first_by_rank_of_each_day() -> None:
    row = two_days().at(1, minutes=4)
    assert row.shown == 2
    assert row.by_tier == {"urgent": 1, "review": 0, "watch": 0, "inconclusive": 0, "clear": 1}
    assert row.flagged == Share(part=1, whole=2)
    assert row.acted == Share(part=2, whole=3)


def test_chance_is_what_as_many_posts_of_each_day_would_hold() -> None:
    # Monday holds 2 actions among 4 posts, Tuesday 1 among 2: (2 * 1/4 + 1 * 1/2) / 3.
    assert two_days().share_by_chance(1) == pytest.approx(1 / 3)
    assert two_days().share_by_chance(4) == 1


def test_hours_are_for_seven_days_such_as_these() -> None:
    row = two_days().at(3, minutes=6)
    # Five posts in two days are 17.5 a week; the two flags 7.
    assert row.hours == pytest.approx(17.5 * 6 / 60)
    assert row.flagged_hours == pytest.approx(7 * 6 / 60)


def test_without_dates_all_is_one_day_and_hours_are_in_all() -> None:
    ranked = RankedPosts()
    for number in range(3):
        ranked.add(None, number / 10, number, "clear", "acted")
    placed = ranked.placed()
    assert (placed.dated_days, placed.undated, placed.days) == (0, 3, ((3, 3),))
    assert placed.at(2, minutes=30).hours == pytest.approx(1)


def test_posts_without_a_date_are_one_further_day() -> None:
    ranked = RankedPosts()
    for day in (MONDAY, None, None):
        ranked.add(day, 0.5, 1, "review", "kept")
    placed = ranked.placed()
    assert sorted(placed.days) == [(1, 0), (2, 0)]
    assert (placed.first, placed.last, placed.undated) == (MONDAY, MONDAY, 2)
    assert placed.at(1, minutes=4).flagged == Share(part=2, whole=3)


POSTS = st.lists(
    st.tuples(
        st.sampled_from((MONDAY, TUESDAY, None)), st.sampled_from((0.0, 0.1, 0.5, 0.9)), st.sampled_from(TIERS),
        st.sampled_from(("acted", "kept", None)),
    ),
    min_size=1, max_size=30,
)  # fmt: skip


@given(posts=POSTS, shuffled=st.randoms(use_true_random=False))
def test_the_order_of_the_file_changes_nothing_even_among_equal_ranks(posts: list, shuffled) -> None:  # type: ignore[no-untyped-def, type-arg]
    entries = [(day, rank, number, tier, outcome) for number, (day, rank, tier, outcome) in enumerate(posts)]
    one, other = RankedPosts(), RankedPosts()
    for entry in entries:
        one.add(*entry)
    shuffled.shuffle(entries)
    for entry in entries:
        other.add(*entry)
    assert one.placed() == other.placed()


@given(posts=POSTS)
def test_more_budget_never_finds_less_and_the_largest_day_finds_all(posts: list) -> None:  # type: ignore[type-arg]
    ranked = RankedPosts()
    for number, (day, rank, tier, outcome) in enumerate(posts):
        ranked.add(day, rank, number, tier, outcome)
    placed = ranked.placed()
    rows = [placed.at(budget, minutes=4) for budget in range(1, placed.largest + 1)]
    assert [row.acted.part for row in rows] == sorted(row.acted.part for row in rows)
    assert [row.shown for row in rows] == sorted(row.shown for row in rows)
    assert rows[-1].shown == len(posts)
    assert rows[-1].acted.part == rows[-1].acted.whole
    if rows[-1].by_chance is not None:
        assert rows[-1].by_chance == pytest.approx(1)
    assert all(step == 200 or 0 < step < placed.largest for step in placed.steps(200))


@settings(max_examples=60)
@given(posts=POSTS, budget=st.integers(1, 60))
def test_the_curve_stays_within_its_frame_and_never_falls(posts: list, budget: int) -> None:  # type: ignore[type-arg]
    ranked = RankedPosts()
    for number, (day, rank, tier, outcome) in enumerate(posts):
        ranked.add(day, rank, number, tier, outcome)
    placed = ranked.placed()
    curve = curve_of(placed, budget)
    if curve is None:
        assert not placed.acted or min(placed.largest, 5 * budget) < 2
        return
    for line in (curve.ours, curve.chance):
        points = [tuple(map(float, point.split(","))) for point in line.split()]
        assert points == sorted(points, key=lambda point: (point[0], -point[1]))
        assert all(LEFT <= x <= WIDTH - RIGHT and TOP <= y <= HEIGHT - BOTTOM for x, y in points)
    assert 2 <= len(curve.across) <= 8
    assert (curve.budget is None) == (budget > placed.largest)


def test_the_curve_says_in_words_what_it_draws() -> None:
    curve = curve_of(two_days(), 1)
    assert curve is not None
    assert curve.spoken == "At a budget of 1 a day 67% of your actions are found in our order, 33% by chance"


def test_shares_of_few_posts_are_not_told() -> None:
    assert interval(Share(part=1, whole=29)) == "too few"
    assert interval(Share(part=3, whole=30)) == "10% (3.5% to 26%)"


@pytest.mark.parametrize(
    ("value", "told"), [(0, "0%"), (0.0004, "0.04%"), (0.042, "4.2%"), (0.42, "42%"), (0.973, "97.3%"), (1, "100%")]
)
def test_shares_have_the_digits_that_matter(value: float, told: str) -> None:
    assert percent(value) == told
