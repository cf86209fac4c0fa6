"""Whom a batch serves: case by case, so that what is out of reach is neither shown nor decided nor said to exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from screening.cases.people import Person
from screening.errors import PermissionDeniedError
from screening.workflows.batch_decisions import Decided
from tests.fakes.world import World, person
from tests.unit.authorisation import REVIEWERS, ROLES, SCOPES, flagged, state_of, the_offer


def decided(world: World, who: Person) -> tuple[Decided, ...]:
    case = the_offer(world)
    return world.decide_batch(who, "b-1", {case.case: case.revision}, "warn_applicants", reasons=("money_asked",))


def prepared(world: World, who: Person) -> Any:
    return world.prepare_batch(who, [the_offer(world).case])


@pytest.mark.parametrize("ask", [prepared, decided])
@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_dismiss_may_decide_no_batch(ask: Callable[[World, Person], Any], role: Any) -> None:
    world = flagged()
    before = state_of(world)
    if role in REVIEWERS:
        ask(world, person("somebody", role))
        return
    with pytest.raises(PermissionDeniedError):
        ask(world, person("somebody", role))
    assert state_of(world) == before


@pytest.mark.parametrize("scope", SCOPES)
def test_a_case_out_of_reach_reads_as_one_that_is_not_there(scope: str) -> None:
    world = flagged()
    before = state_of(world)
    who = SCOPES[scope](person("somebody", "reviewer"))
    assert prepared(world, who) == world.prepare_batch(who, ["no-such-case"])
    (one,) = decided(world, who)
    (unknown,) = world.decide_batch(who, "b-1", {"no-such-case": 1}, "warn_applicants", reasons=("money_asked",))
    assert (one.outcome, unknown.outcome) == ("gone", "gone")
    assert state_of(world) == before
