"""A senior refers on evidence in one dimension: with a reason, on record, and never alone."""

from __future__ import annotations

import pytest

from screening.cases.case import Case
from screening.cases.vote import Vote
from screening.errors import PermissionDeniedError
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
SONIA = person("sonia", "senior")
SARA = person("sara", "senior")


@pytest.fixture
def world() -> World:
    """One case whose evidence lies in one dimension."""
    made = World()
    made.publish(post("1", "review one-sided offer"))
    made.run()
    return made


def referred(case: Case) -> bool:
    return any(made.action == "refer" for made in case.decisions)


def test_nobody_refers_on_one_dimension_without_an_override(world: World) -> None:
    for who in (ANNA, SONIA):
        with pytest.raises(
            PermissionDeniedError, match=r"found: deceptive_recruitment; a senior may refer all the same"
        ):
            world.vote(who, "refer", "police-b")
    assert not world.only_case().votes


def test_a_reviewer_has_no_override(world: World) -> None:
    with pytest.raises(PermissionDeniedError, match="two independent dimensions"):
        world.vote(ANNA, "refer", "police-b", override=True)


def test_a_senior_s_override_needs_a_second_person_who_needs_none(world: World) -> None:
    waiting = world.vote(SONIA, "refer", "police-b", override=True)
    assert (waiting.state, referred(waiting)) == ("second_look", False)
    after = world.vote(ANNA, "refer", "police-b")
    assert (after.state, referred(after)) == ("decided", True)


def test_an_override_needs_a_reason_as_any_referral_does(world: World) -> None:
    with pytest.raises(PermissionDeniedError, match="reason"):
        world.vote(SONIA, "refer", "police-b", override=True, reason=" ")


def test_two_people_who_differ_over_an_override_go_to_another_senior(world: World) -> None:
    world.vote(SONIA, "refer", "police-b", override=True)
    assert world.vote(BEN, "dismiss").state == "escalated"
    assert referred(world.vote(SARA, "refer", "police-b", override=True))


def test_an_override_stands_in_the_ledger_and_in_the_history(world: World) -> None:
    case = world.vote(SONIA, "refer", "police-b", override=True)
    (vote,) = case.votes
    assert (vote.override, vote.role) == (True, "senior")
    entry = next(entry for entry in world.cases.ledger(case.case) if entry.kind == "vote")
    assert entry.payload is not None
    assert (entry.payload["override"], entry.payload["reason"]) == (True, "It is plain.")
    assert "overrode" in [line.what for line in case.history]
    assert Vote.read(vote.to_dict()) == vote


def test_where_the_evidence_carries_it_an_override_is_none() -> None:
    world = World()
    world.publish(post("1", "review offer"))
    world.run()
    case = world.vote(SONIA, "refer", "police-b", override=True)
    assert not case.votes[0].override
    assert "override" not in case.votes[0].to_dict()


def test_papers_contract_and_cash_alone_are_referred_by_no_senior() -> None:
    world = World()
    world.publish(post("1", "review paperless"))
    world.run()
    with pytest.raises(PermissionDeniedError, match="found: none"):
        world.vote(SONIA, "refer", "police-b", override=True)


def test_an_override_on_facts_that_changed_carries_nobody_else(world: World) -> None:
    world.vote(SONIA, "refer", "police-b", override=True)
    world.clock.advance(minutes=5)
    world.publish(post("1", "review one-sided offer, edited"))
    world.run()
    with pytest.raises(PermissionDeniedError, match="two independent dimensions"):
        world.vote(ANNA, "refer", "police-b")
