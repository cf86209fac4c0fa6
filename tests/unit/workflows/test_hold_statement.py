"""A restriction held back with its reasons: while a notice is pending, by a senior, for 72 hours at most, never longer than said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from screening.cases.case import Case
from screening.cases.vote import Action
from screening.errors import ConflictError, NotFoundError, PermissionDeniedError
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
SONIA = person("sonia", "senior")
SVEN = person("sven", "senior")


@pytest.fixture
def world() -> World:
    """One case, a notice of which went to an authority just now."""
    made = World()
    made.publish(post("1", "review offer"))
    made.run()
    made.vote(SONIA, "notify_authority", "police-b")
    return made


def hold(world: World, hours: int = 24, **given: Any) -> Case:
    case = world.only_case()
    values: dict[str, Any] = {"revision": case.revision, "reason": "The police asked for time."} | given
    who = values.pop("who", SONIA)
    return world.hold_statement(who, case.case, hours=hours, **values)


def told(world: World) -> list[str]:
    return [event.data["action"] for event in world.bus.of("CaseDecided")]


def test_a_removal_is_published_when_the_hold_is_over_and_not_before(world: World) -> None:
    hold(world, 24)
    case = world.vote(ANNA, "remove")
    assert (case.state, len(case.outbox)) == ("decided", 1)
    assert told(world) == ["notify_authority"]
    for hours in (1, 22.9):
        world.clock.advance(hours=hours)
        assert world.sweep().left == 0, "what is held back isn't stuck"
        assert told(world) == ["notify_authority"]
    world.clock.advance(hours=0.2)
    world.sweep()
    assert told(world) == ["notify_authority", "remove"]
    assert not world.only_case().outbox


def test_the_platform_hears_of_it_when_the_hold_is_over(world: World) -> None:
    world.run()
    hold(world, 2)
    world.vote(ANNA, "remove")
    world.run()
    before = list(world.platform_notices.__dict__.get("sent", []))
    world.clock.advance(hours=2, minutes=2)
    world.sweep()
    world.run()
    assert len(world.platform_notices.__dict__["sent"]) > len(before)


@pytest.mark.parametrize("action", ["warn_applicants", "refer"])
def test_what_the_poster_does_not_notice_goes_on(world: World, action: Action) -> None:
    hold(world)
    partner = "police-b" if action == "refer" else None
    world.vote(ANNA, action, partner)
    if action == "refer":
        world.vote(SVEN, action, partner)
    assert told(world) == ["notify_authority", action]


def test_what_was_due_beside_what_is_held_back_is_sent_and_nothing_is_called_stuck(world: World) -> None:
    hold(world)
    world.vote(ANNA, "remove")
    world.faults.throttle("bus.publish")
    world.vote(ANNA, "warn_applicants")
    assert told(world) == ["notify_authority"]
    world.clock.advance(minutes=2)
    assert world.sweep().left == 0
    assert told(world) == ["notify_authority", "warn_applicants"]


def test_asking_the_poster_is_held_back_too(world: World) -> None:
    hold(world)
    world.vote(ANNA, "ask_poster")
    assert told(world) == ["notify_authority"]


def test_a_decision_sent_again_publishes_nothing_early(world: World) -> None:
    hold(world)
    revision = world.only_case().revision
    for _ in range(2):
        world.vote(ANNA, "remove", decision_id="d-1", revision=revision)
    assert told(world) == ["notify_authority"]


def test_there_is_no_hold_without_a_notice() -> None:
    world = World()
    world.publish(post("1", "review offer"))
    world.run()
    with pytest.raises(PermissionDeniedError, match="no notice"):
        hold(world)


def test_there_is_no_hold_once_the_notice_is_72_hours_old(world: World) -> None:
    world.clock.advance(hours=71)
    assert hold(world, 72).silent_until == world.clock.now() + timedelta(hours=1), "it ends with the notice's 72 hours"
    world.clock.advance(hours=1)
    with pytest.raises(PermissionDeniedError, match="no notice"):
        hold(world)


@pytest.mark.parametrize("hours", [0, -1, 73])
def test_a_hold_is_of_1_to_72_hours(world: World, hours: int) -> None:
    with pytest.raises(PermissionDeniedError, match="1 to 72 hours"):
        hold(world, hours)
    assert world.only_case().silent_until is None


def test_a_hold_is_shortened_but_never_lengthened(world: World) -> None:
    until = hold(world, 24).silent_until
    assert until is not None
    assert hold(world, 48).silent_until == until
    world.clock.advance(hours=3)
    assert hold(world, 72).silent_until == until
    assert hold(world, 1).silent_until == world.clock.now() + timedelta(hours=1)


def test_a_hold_that_is_over_is_not_begun_again(world: World) -> None:
    hold(world, 1)
    world.clock.advance(hours=2)
    with pytest.raises(ConflictError, match="over"):
        hold(world, 24)
    world.vote(ANNA, "remove")
    assert told(world) == ["notify_authority", "remove"]


def test_a_second_notice_lengthens_no_hold(world: World) -> None:
    until = hold(world, 24).silent_until
    world.config.all_partners["border-c"] = world.config.all_partners["border-c"]
    world.vote(SVEN, "notify_authority", "border-c")
    assert hold(world, 72).silent_until == until


def test_what_the_poster_knows_already_is_not_held_back(world: World) -> None:
    world.vote(ANNA, "remove")
    with pytest.raises(ConflictError, match="told already"):
        hold(world)


def test_a_hold_is_a_seniors_and_has_a_reason(world: World) -> None:
    with pytest.raises(PermissionDeniedError, match="role"):
        hold(world, who=ANNA)
    with pytest.raises(PermissionDeniedError, match="reason"):
        hold(world, reason=" ")
    with pytest.raises(NotFoundError):
        hold(world, who=person("sue", "senior", teams=("team-b",)))
    with pytest.raises(ConflictError, match="changed"):
        hold(world, revision=1)


def test_who_held_it_back_and_why_stands_in_the_ledger(world: World) -> None:
    hold(world, 5)
    entry = world.cases.ledger(world.only_case().case)[-1]
    assert (entry.kind, entry.actor) == ("held", "sonia")
    assert entry.payload == {
        "until": (world.clock.now() + timedelta(hours=5)).isoformat(), "reason": "The police asked for time.",
    }  # fmt: skip
