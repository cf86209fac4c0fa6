"""Where two people differ a senior who hasn't voted decides; a referral still takes two of one mind, a notice waits for nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screening.cases.case import Case
from screening.cases.decisions import DecisionRequest, offered_actions
from screening.cases.vote import Action
from screening.errors import ConflictError, PermissionDeniedError
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
CORA = person("cora", "reviewer")
LEO = person("leo", "partner_liaison")
SONIA = person("sonia", "senior")
SVEN = person("sven", "senior")


@pytest.fixture
def world() -> World:
    """One case, on which Anna wants a referral and Ben a removal."""
    made = World()
    made.publish(post("1", "review offer"))
    made.run()
    made.vote(ANNA, "refer", "police-b")
    made.vote(BEN, "remove")
    return made


def decided(world: World) -> list[tuple[str, str | None]]:
    """What the world learned, once nothing can be undone any more."""
    world.clock.advance(minutes=13)
    world.sweep()
    return [(event.data["action"], event.data["partner"]) for event in world.bus.of("CaseDecided")]


def test_two_who_differ_decide_nothing(world: World) -> None:
    assert world.only_case().state == "escalated"
    assert decided(world) == []


@pytest.mark.parametrize("who", [ANNA, BEN, CORA, LEO])
def test_nobody_but_a_senior_ends_it(world: World, who: object) -> None:
    with pytest.raises(PermissionDeniedError, match="a senior who hasn't voted"):
        world.vote(who, "refer", "police-b")  # type: ignore[arg-type]
    assert world.only_case().state == "escalated"


def test_a_senior_who_voted_is_one_of_the_two() -> None:
    world = World()
    world.publish(post("1", "review offer"))
    world.run()
    world.vote(SONIA, "refer", "police-b")
    world.vote(BEN, "remove")
    with pytest.raises(PermissionDeniedError, match="hasn't voted"):
        world.vote(SONIA, "remove")
    assert world.vote(SVEN, "remove").state == "decided"
    assert decided(world) == [("remove", None)]


@pytest.mark.parametrize("action", ["dismiss", "warn_applicants", "ask_poster", "remove"])
def test_what_one_person_may_decide_a_senior_decides_then(world: World, action: Action) -> None:
    case = world.vote(SONIA, action)
    assert case.state == "decided"
    assert case.decision is not None
    assert set(case.decision.actors) == ({"ben", "sonia"} if action == "remove" else {"sonia"})
    assert decided(world) == [(action, None)]


def test_a_referral_needs_one_of_the_two_to_have_said_the_same(world: World) -> None:
    assert world.vote(SONIA, "offer_support", "ngo-a").state == "escalated"
    assert decided(world) == []
    assert world.vote(SVEN, "refer", "police-b").state == "decided"
    assert decided(world) == [("refer", "police-b")]


def test_a_team_s_only_senior_whom_nobody_follows_may_decide_otherwise(world: World) -> None:
    assert world.vote(SONIA, "offer_support", "ngo-a").state == "escalated"
    with pytest.raises(ConflictError, match="voted for this already"):
        world.vote(SONIA, "offer_support", "ngo-a")
    assert world.vote(SONIA, "dismiss").state == "decided"
    assert decided(world) == [("dismiss", None)]


def test_a_notice_waits_for_nobody_and_leaves_them_differing(world: World) -> None:
    case = world.vote(SONIA, "notify_authority", "police-b")
    assert (case.state, decided(world)) == ("escalated", [("notify_authority", "police-b")])
    # Her notice said nothing of what the two differ on.
    assert world.vote(SONIA, "remove").state == "decided"
    assert decided(world) == [("notify_authority", "police-b"), ("remove", None)]


def test_a_decision_once_made_is_nobodys_to_overrule(world: World) -> None:
    world.vote(SONIA, "dismiss")
    with pytest.raises(ConflictError, match="dismissed"):
        world.vote(SVEN, "remove")


def test_new_facts_end_the_quarrel(world: World) -> None:
    world.clock.advance(minutes=1)
    world.publish(post("1", "urgent offer now"))
    world.run()
    assert world.only_case().state == "open"
    assert world.vote(CORA, "remove").state == "decided"
    assert decided(world) == [("remove", None)]


def test_differing_on_a_further_step_leaves_the_first_as_decided() -> None:
    world = World()
    world.publish(post("1", "review offer"))
    world.run()
    world.vote(ANNA, "remove")
    world.vote(ANNA, "refer", "police-b")
    assert world.vote(BEN, "warn_applicants").state == "escalated"
    assert decided(world) == [("remove", None)]
    assert world.vote(SONIA, "refer", "police-b").state == "decided"
    assert decided(world) == [("remove", None), ("refer", "police-b")]


def test_a_case_whose_posts_went_to_another_takes_no_vote(world: World) -> None:
    case: Case = world.only_case()
    merged = replace(case, state="merged", merged_into="another", revision=case.revision + 1)
    world.saver.save(replace(merged, revision=case.revision), before=case, entries=[], correlation_id="test/1")
    assert offered_actions(world.only_case(), SONIA) == ()
    with pytest.raises(ConflictError, match="another"):
        world.vote(SONIA, "remove")


def test_a_senior_of_another_role_as_well_decides_as_a_senior(world: World) -> None:
    both = person("both", "reviewer", "senior", "partner_liaison")
    case = world.only_case()
    request = DecisionRequest(
        decision_id="d-9", action="refer", revision=case.revision, reason="It is plain.", partner="police-b"
    )
    after = world.decide(case.case, both, request)
    assert after.votes[-1].role == "senior"
