"""The lists of a team's cases: how many there are, page by page, and what nobody learns from where a case stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from screening.cases.case import Case
from screening.cases.people import Person
from screening.errors import NotFoundError, PermissionDeniedError
from screening.ports import CaseChange
from screening.workflows.case_lists import PAGE, ListName
from screening.workflows.case_queue import QUEUE_READ, QueueFilters
from screening.workflows.records import Team
from tests.fakes.basics import START
from tests.fakes.campaign_events import assessed, tell
from tests.fakes.world import World, person
from tests.unit.workflows.deciding import decide

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
SONIA = person("sonia", "senior")


@pytest.fixture
def world() -> World:
    made = World()
    made.config.all_teams["team-a"] = Team(id="team-a", second_review_share=0.0)
    return made


def waiting(world: World, number: int) -> list[Case]:
    """So many cases, due one after the other."""
    tell(world, assessed("p0", campaign=None))
    (first,) = world.cases.all()
    for place in range(1, number):
        made = replace(
            first, case=f"{place:08d}-0000-0000-0000-000000000000", post_id=f"p{place}", due_at=START + timedelta(hours=30, minutes=place),
            outbox=(),
        )  # fmt: skip
        world.cases.save(CaseChange(case=made, expected_revision=None, entries=()))
    return sorted(world.cases.all(), key=lambda case: case.queue_order)


def listed(world: World, who: Person, name: ListName) -> list[str]:
    return [case.post_id for case in world.list_cases(who, "team-a", name=name).whole]


def test_all_cases_are_counted_and_each_stands_on_one_page(world: World) -> None:
    whole = waiting(world, 148)
    views = [world.list_cases(ANNA, "team-a", page=page) for page in range(1, 7)]
    assert {(len(view.whole), view.pages, view.more) for view in views} == {(148, 6, False)}
    assert [case.case for view in views for case in view.cases] == [case.case for case in whole]
    assert all(len(view.cases) == PAGE for view in views[:-1])


@pytest.mark.parametrize(("asked", "page"), [(-3, 1), (0, 1), (2, 2), (99, 2)])
def test_a_page_that_there_isn_t_is_the_nearest(world: World, asked: int, page: int) -> None:
    waiting(world, PAGE + 1)
    assert world.list_cases(ANNA, "team-a", page=asked).page == page


def test_where_counting_would_have_no_end_it_says_more_than(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screening.workflows.case_queue.QUEUE_READ", 20)
    waiting(world, 21)
    view = world.list_cases(ANNA, "team-a")
    assert (len(view.whole), view.more) == (20, True)
    assert QUEUE_READ >= 1_000


def test_what_the_budget_leaves_for_later_is_counted_too(world: World) -> None:
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=0.0, daily_budget=30)
    waiting(world, 60)
    view = world.list_cases(ANNA, "team-a", page=2)
    assert (len(view.whole), view.beyond, view.pages, len(view.cases)) == (30, 30, 2, 5)


def test_mine_are_those_i_took_or_judged_whatever_became_of_them(world: World) -> None:
    _, second, third, _ = waiting(world, 4)
    world.take_next.take(ANNA, second.case)
    decide(world, third, ANNA, "warn_applicants")
    assert listed(world, ANNA, "mine") == [second.post_id, third.post_id]
    assert listed(world, BEN, "mine") == []


def test_an_offer_of_support_that_waits_for_a_second_person_stays_mine(world: World) -> None:
    first, _ = waiting(world, 2)
    decide(world, first, ANNA, "offer_support", "ngo-a")
    assert listed(world, ANNA, "mine") == [first.post_id]


def test_decided_cases_stand_the_newest_first(world: World) -> None:
    first, second, third = waiting(world, 3)
    for case in (second, first):
        decide(world, case, ANNA, "warn_applicants")
        world.clock.advance(minutes=1)
    assert listed(world, BEN, "decided") == [first.post_id, second.post_id]
    assert listed(world, BEN, "waiting") == [third.post_id]


def test_escalated_cases_have_a_list(world: World) -> None:
    first, _ = waiting(world, 2)
    decide(world, first, ANNA, "offer_support", "ngo-a")
    decide(world, first, BEN, "dismiss")
    assert listed(world, SONIA, "escalated") == [first.post_id]


def test_where_a_case_stands_tells_nobody_that_it_was_drawn_for_a_second_review(world: World) -> None:
    first, second = waiting(world, 2)
    drawn = replace(first, second_review=True, revision=first.revision + 1)
    world.cases.save(CaseChange(case=drawn, expected_revision=first.revision, entries=()))
    for case in (first, second):
        decide(world, case, ANNA, "warn_applicants")
    assert set(listed(world, ANNA, "decided")) == {first.post_id, second.post_id}
    assert listed(world, BEN, "decided") == [second.post_id]  # who is to judge it blind finds it among what waits
    assert listed(world, BEN, "waiting") == [first.post_id]


def test_filters_fit_every_list(world: World) -> None:
    first, second = waiting(world, 2)
    for case in (first, second):
        decide(world, case, ANNA, "warn_applicants")
    for name in ("decided", "mine"):
        view = world.list_cases(ANNA, "team-a", QueueFilters(language="uk"), name=name)  # type: ignore[arg-type]
        assert view.whole == ()


def test_a_list_is_of_the_person_s_team_and_platforms(world: World) -> None:
    (case,) = waiting(world, 1)
    decide(world, case, ANNA, "warn_applicants")
    elsewhere = replace(BEN, platforms=frozenset({"beta"}))
    assert listed(world, elsewhere, "decided") == []
    with pytest.raises(NotFoundError):
        world.list_cases(person("eve", "reviewer", teams=("team-b",)), "team-a", name="decided")
    with pytest.raises(PermissionDeniedError):
        world.list_cases(person("admin", "administrator"), "team-a", name="decided")
