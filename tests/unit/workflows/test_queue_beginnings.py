"""A long queue is read from its beginning, and further where that gives too few: what is found is what reading all would give."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.cases.case import Case, CaseQueue, case_id
from screening.ports import CaseChange
from screening.workflows.case_lists import PAGE
from screening.workflows.case_queue import READ_FIRST, QueueFilters, first_waiting, waiting_cases
from tests.fakes.basics import START
from tests.fakes.campaign_events import assessed, tell
from tests.fakes.world import World, person

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
ALL = QueueFilters()


@cache
def one_case() -> Case:
    world = World()
    tell(world, assessed("p0", campaign=None))
    return world.cases.all()[0]


def long_queue(*sizes: tuple[CaseQueue, int], seed: int = 1) -> World:
    """So many cases of each queue, due in an order of their own."""
    world, chance = World(), random.Random(seed)
    for queue, size in sizes:
        for number in range(size):
            name = f"{queue}-{number}"
            made = replace(
                one_case(), case=case_id("alpha", name, 1), post_id=name, queue=queue,
                language="uk" if number % 90 == 89 else "pl", due_at=START + timedelta(minutes=chance.randrange(5_000)),
            )  # fmt: skip
            world.cases.save(CaseChange(case=made, expected_revision=None, entries=()))
    return world


def ids(cases: list[Case]) -> list[str]:
    return [case.case for case in cases]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 180), st.integers(0, 70), st.integers(0, 999))
def test_every_beginning_is_without_a_gap_and_the_last_is_all(reviews: int, audits: int, seed: int) -> None:
    world = long_queue(("review", reviews), ("audit", audits), seed=seed)
    whole = ids(waiting_cases(world.cases, ANNA, "team-a", ALL))
    read = [ids(cases) for cases in first_waiting(world.cases, ANNA, "team-a", ALL)]
    assert len(whole) == reviews + audits
    assert all(beginning == whole[: len(beginning)] for beginning in read)
    assert read[-1] == whole


def test_a_short_queue_is_read_once() -> None:
    world = long_queue(("review", READ_FIRST[0] - 1))
    assert len(list(first_waiting(world.cases, ANNA, "team-a", ALL))) == 1


def test_of_a_long_queue_what_is_due_first_is_given_without_reading_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    world, asked = long_queue(("review", 400)), []
    read = world.cases.queue

    def noted(team: str, queue: CaseQueue, *, limit: int) -> tuple[Case, ...]:
        asked.append(limit)
        return read(team, queue, limit=limit)

    monkeypatch.setattr(world.cases, "queue", noted)
    whole = waiting_cases(world.cases, ANNA, "team-a", ALL)
    asked.clear()
    assert [world.take_next(who, "team-a") for who in (ANNA, BEN)] == whole[:2]
    assert set(asked) == {READ_FIRST[0]}


def test_where_others_hold_the_first_cases_the_next_ones_are_reached() -> None:
    world = long_queue(("review", 180))
    whole = waiting_cases(world.cases, ANNA, "team-a", ALL)
    for case in whole[:170]:
        world.take_next.take(BEN, case.case)
    assert world.take_next(ANNA, "team-a") == whole[170]


def test_a_rare_case_far_behind_is_found_by_its_filter() -> None:
    world = long_queue(("review", 400))
    rare = QueueFilters(language="uk")
    due = waiting_cases(world.cases, ANNA, "team-a", rare)
    assert world.take_next(ANNA, "team-a", rare) == due[0]
    assert list(world.list_cases(BEN, "team-a", rare).cases) == due


def test_the_page_shows_as_many_as_reading_all_would_with_those_put_aside_last() -> None:
    world = long_queue(("review", 300))
    whole = waiting_cases(world.cases, ANNA, "team-a", ALL)
    for case in whole[:120]:
        world.put_aside.skip(ANNA, case.case)
    view = world.list_cases(ANNA, "team-a")
    assert list(view.whole) == [*whole[120:], *whole[:120]]
    assert list(view.cases) == whole[120 : 120 + PAGE]
