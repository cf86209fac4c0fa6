"""When a person should rest, and how much severe text is left to them today."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from screening.cases.quality.exposure import ExposureLimits, View, exposure
from tests.unit.cases.quality.made import START


def viewed(*minutes: int, severe: bool = False) -> list[View]:
    return [View(START + timedelta(minutes=minute), severe) for minute in minutes]


def test_fifty_minutes_without_a_pause_of_ten_call_for_a_break() -> None:
    views = viewed(0, 9, 18, 27, 36, 45)
    before, after = (
        exposure(views, now=START + timedelta(minutes=49)),
        exposure(views, now=START + timedelta(minutes=50)),
    )
    assert (before.break_due, before.minutes_since_break, before.rest_until) == (False, 49, None)
    assert (after.break_due, after.minutes_since_break) == (True, 50)
    assert after.rest_until == START + timedelta(minutes=55)


def test_a_pause_of_ten_minutes_is_a_break_and_the_count_starts_anew() -> None:
    views = viewed(0, 9, 18, 27, 36, 45)
    resting = exposure(views, now=START + timedelta(minutes=55))
    assert (resting.break_due, resting.minutes_since_break) == (False, 0)
    again = exposure([*views, *viewed(60)], now=START + timedelta(minutes=63))
    assert (again.break_due, again.minutes_since_break) == (False, 3)


def test_the_pauses_of_the_day_are_counted() -> None:
    assert exposure(viewed(0, 20, 29, 60, 65), now=START + timedelta(minutes=66)).breaks == 2


def test_severe_texts_are_counted_over_the_day_and_never_below_none_left() -> None:
    limits = ExposureLimits(severe_a_day=2)
    day = [*viewed(0, 200, severe=True), *viewed(100)]
    now = START + timedelta(minutes=300)
    assert (exposure(day, now=now, limits=limits).severe_seen, exposure(day, now=now, limits=limits).severe_left) == (
        2,
        0,
    )
    assert exposure([*day, *viewed(250, severe=True)], now=now, limits=limits).severe_left == 0
    assert exposure([], now=now).severe_left == 20


def test_the_same_text_opened_again_is_one() -> None:
    day = [
        View(START + timedelta(minutes=minute), True, text) for minute, text in ((0, "a"), (1, "a"), (2, "b"), (3, "a"))
    ]
    assert exposure(day, now=START + timedelta(minutes=9)).severe_seen == 2


@given(st.lists(st.integers(0, 600), max_size=40), st.integers(0, 700))
def test_who_is_told_to_rest_is_not_told_so_any_more_once_they_rested(minutes: list[int], now: int) -> None:
    found = exposure(viewed(*minutes), now=START + timedelta(minutes=now))
    if found.rest_until is not None:
        assert found.break_due
        rested = exposure(
            [view for view in viewed(*minutes) if view.at <= START + timedelta(minutes=now)], now=found.rest_until
        )
        assert not rested.break_due
