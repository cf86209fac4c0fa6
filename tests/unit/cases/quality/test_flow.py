"""Inflow, backlog, lateness and minutes, counted by hand on a few cases."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from screening.cases.quality.flow import case_flow
from tests.unit.cases.quality.made import START, made, waiting

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_a_day_counts_what_came_what_was_decided_and_what_waits() -> None:
    cases = [
        made(opened_at=START, decided_at=START + HOUR),
        made(opened_at=START, decided_at=START + DAY),
        waiting(opened_at=START + 6 * HOUR),
        waiting(opened_at=START - 3 * DAY),
    ]
    flow = case_flow(cases, first=date(2026, 3, 2), now=START + 30 * HOUR)
    first, second = flow.days
    assert (first.inflow, first.decided, first.backlog) == (3, 1, 3)
    # Midnight is 16 hours after the start: ages of 16, 10 and 88 hours.
    assert (first.oldest_hours, first.median_hours) == (88, 16)
    assert (second.inflow, second.decided, second.backlog) == (0, 1, 2)
    # The second day goes on: ages as of now.
    assert (second.oldest_hours, second.median_hours) == (102, 63)
    assert (flow.total.inflow, flow.total.decided, flow.total.backlog) == (3, 2, 2)


def test_a_case_that_waits_past_its_deadline_is_late_and_one_that_is_not_due_counts_nowhere() -> None:
    cases = [
        made(due_at=START + 2 * HOUR),
        made(due_at=START + 2 * HOUR, decided_at=START + 3 * HOUR),
        waiting(due_at=START + 2 * HOUR),
        made(due_at=START + 90 * HOUR),
    ]
    in_time = case_flow(cases, first=date(2026, 3, 2), now=START + 5 * HOUR).total.in_time
    assert (in_time.part, in_time.whole) == (1, 3)


def test_minutes_for_each_confirmed_case_are_unknown_until_there_is_one() -> None:
    cases = [made(handling_seconds=seconds) for seconds in (60, 120, 600)]
    total = case_flow([*cases, made()], first=date(2026, 3, 2), now=START + 5 * HOUR).total
    assert (total.measured, total.median_minutes, total.confirmed, total.minutes_per_confirmed) == (3, 2, 0, None)
    assert total.p90_minutes == 2 + 0.8 * 8
    cases += [made(handling_seconds=420, action="refer", outcome="confirmed"), made(outcome="confirmed")]
    total = case_flow(cases, first=date(2026, 3, 2), now=START + 5 * HOUR).total
    # The confirmed case without a time isn't set against the others' minutes.
    assert (total.confirmed, total.minutes_per_confirmed) == (1, 20)


def test_queues_are_told_apart() -> None:
    flow = case_flow([made(), waiting(queue="reports")], first=date(2026, 3, 2), now=START + 5 * HOUR)
    assert {row.queue: (row.decided, row.backlog) for row in flow.queues} == {"review": (1, 0), "reports": (0, 1)}


@given(st.lists(st.tuples(st.integers(-72, 90), st.none() | st.integers(0, 200)), max_size=20))
def test_what_waits_is_what_waited_and_came_less_what_was_decided(times: list[tuple[int, int | None]]) -> None:
    cases = [
        made(
            opened_at=START + opened * HOUR,
            decided_at=None if taken is None else START + (opened + taken) * HOUR,
        )
        for opened, taken in times
    ]
    days = case_flow(cases, first=date(2026, 3, 2), now=START + 100 * HOUR).days
    for before, after in pairwise(days):
        assert after.backlog == before.backlog + after.inflow - after.decided
