"""Answers to a poster's appeal: upheld or lifted, by others than decided, lifted by a senior alone."""

from __future__ import annotations

import pytest

from screening.cases.appeals import appeal_case
from screening.cases.decisions import offered_actions
from screening.cases.vote import Action
from screening.errors import PermissionDeniedError
from screening.workflows.case_queue import may_judge
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
SONIA = person("sonia", "senior")
SVEN = person("sven", "senior")
LEO = person("leo", "partner_liaison")


def appealed(*, by_senior: bool = False) -> World:
    """One case: the appeal against a removal that Anna, or Sonia, decided."""
    world = World()
    world.publish(post("1", "review offer"))
    world.run()
    removed = world.vote(SONIA if by_senior else ANNA, "remove")
    assert removed.decision is not None
    world.cases.items.clear()
    world.bus.published.clear()
    opened = appeal_case(removed, removed.decision, report="r-1", now=world.clock.now())
    world.saver.save(opened, before=None, entries=[], correlation_id="test/1")
    return world


def test_another_reviewer_may_uphold() -> None:
    world = appealed()
    case = world.vote(BEN, "uphold")
    assert case.state == "decided"
    assert case.decision is not None
    assert (case.decision.action, case.decision.actors) == ("uphold", ("ben",))


def test_only_a_senior_lifts_a_restriction() -> None:
    world = appealed()
    with pytest.raises(PermissionDeniedError, match="role senior"):
        world.vote(BEN, "restore")
    assert world.vote(SONIA, "restore").state == "decided"


@pytest.mark.parametrize("action", ["uphold", "restore"])
def test_who_decided_does_not_answer(action: Action) -> None:
    world = appealed(by_senior=True)
    with pytest.raises(PermissionDeniedError, match="another person"):
        world.vote(SONIA, action)
    assert offered_actions(world.only_case(), SONIA) == ()
    assert not may_judge(world.only_case(), SONIA)
    assert world.vote(SVEN, action).state == "decided"


@pytest.mark.parametrize("action", ["dismiss", "remove", "warn_applicants"])
def test_nothing_else_answers_an_appeal(action: Action) -> None:
    world = appealed()
    assert set(offered_actions(world.only_case(), SVEN)) == {"uphold", "restore"}
    with pytest.raises(PermissionDeniedError, match="upholding or restoring"):
        world.vote(SVEN, action)


@pytest.mark.parametrize("action", ["uphold", "restore"])
def test_only_an_appeal_is_answered(action: Action) -> None:
    world = World()
    world.publish(post("1", "review offer"))
    world.run()
    with pytest.raises(PermissionDeniedError, match="an appeal is answered"):
        world.vote(SONIA, action)
    assert not {"uphold", "restore"} & set(offered_actions(world.only_case(), SONIA))


@pytest.mark.parametrize("action", ["uphold", "restore"])
def test_an_answer_is_given_in_words(action: Action) -> None:
    world = appealed()
    with pytest.raises(PermissionDeniedError, match="reason"):
        world.vote(SONIA, action, reason=" ")


def test_a_liaison_answers_no_appeal() -> None:
    world = appealed()
    assert offered_actions(world.only_case(), LEO) == ()
