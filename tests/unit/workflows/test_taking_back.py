"""Undo, while nothing has left the house, and reopening with a reason."""

from __future__ import annotations

import pytest

from screening.cases.case import Case
from screening.cases.ledger import chain_faults
from screening.cases.people import Person
from screening.cases.taking_back import UNDO_WITHIN
from screening.errors import ConflictError, NotFoundError, PermissionDeniedError, ThinReasonError
from screening.workflows.notifier_answers import AskAboutReport
from tests.fakes.world import World, person, post
from tests.unit.workflows.deciding import appeal, decide, the_appeal, the_case
from tests.unit.workflows.erasing import Vault

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
CORA = person("cora", "reviewer")
SONIA = person("sonia", "senior")
SARA = person("sara", "senior")
WHY = "The passport is kept after all."


@pytest.fixture
def world() -> World:
    return opened()


def opened(text: str = "review offer", **fields: object) -> World:
    made = World()
    made.publish(post("1", text, **fields))
    made.run()
    return made


def undo(world: World, who: Person = ANNA) -> Case:
    case = the_case(world)
    return world.take_back.undo(who, case.case, revision=case.revision)


def reopen(world: World, who: Person = BEN, reason: str = WHY) -> Case:
    case = the_case(world)
    return world.take_back.reopen(who, case.case, revision=case.revision, reason=reason)


def told(world: World) -> list[str]:
    return [event.data["action"] for event in world.bus.of("CaseDecided")]


# Undo


def test_a_dismissal_is_undone_within_ten_minutes_and_nobody_learned_of_it(world: World) -> None:
    before = the_case(world)
    world.vote(ANNA, "dismiss")
    world.clock.advance(minutes=9)
    world.sweep()
    case = undo(world)
    assert (case.state, case.votes, case.decisions) == ("open", (), ())
    assert (case.due_at, case.facts) == (before.due_at, before.facts)
    world.let_out()
    assert told(world) == []
    assert [listed.case for listed in world.list_cases(BEN, "team-a").cases] == [case.case]


def test_what_was_undone_stands_in_the_ledger(world: World) -> None:
    world.vote(ANNA, "dismiss", decision_id="d-1")
    case = undo(world)
    entries = world.cases.ledger(case.case)
    assert [entry.kind for entry in entries][-3:] == ["vote", "decision", "undone"]
    assert entries[-1].payload is not None and entries[-1].payload["decision_id"] == "d-1"
    assert chain_faults(entries, head_index=case.ledger_index, head_hash=case.ledger_hash) == ()


def test_after_ten_minutes_it_leaves_the_house_and_stays(world: World) -> None:
    world.vote(ANNA, "dismiss")
    world.clock.advance(minutes=10)
    with pytest.raises(ConflictError, match="ten minutes"):
        undo(world)
    assert told(world) == []
    world.clock.advance(minutes=3)
    world.sweep()
    assert told(world) == ["dismiss"]


def test_what_protects_goes_out_at_once_and_cannot_be_undone(world: World) -> None:
    world.vote(ANNA, "remove")
    assert told(world) == ["remove"]
    with pytest.raises(ConflictError, match="'remove' has left the house already"):
        undo(world)
    assert world.read_case(ANNA, the_case(world).case).undo == (
        "remove",
        the_case(world).votes[0].at + UNDO_WITHIN,
        True,
    )


def test_what_the_bus_did_not_take_has_not_left(world: World) -> None:
    world.faults.throttle("bus.publish")
    world.vote(ANNA, "remove")
    assert undo(world).state == "open"
    world.let_out()
    assert told(world) == []


def test_a_vote_that_waits_for_a_second_person_is_taken_back(world: World) -> None:
    world.vote(ANNA, "refer", "police-b")
    assert undo(world).state == "open"
    assert world.vote(BEN, "refer", "police-b").state == "second_look", "the first word is gone"


def test_the_second_word_goes_and_the_first_waits_again() -> None:
    world = opened("urgent offer")
    world.vote(ANNA, "dismiss")
    world.vote(BEN, "dismiss")
    case = undo(world, BEN)
    assert (case.state, [vote.actor for vote in case.votes], case.decisions) == ("second_look", ["anna"], ())


def test_who_made_two_differ_takes_that_back(world: World) -> None:
    world.vote(ANNA, "refer", "police-b")
    world.vote(BEN, "dismiss")
    assert the_case(world).state == "escalated"
    assert undo(world, BEN).state == "second_look"


def test_only_ones_own_and_only_the_newest(world: World) -> None:
    world.vote(ANNA, "refer", "police-b")
    with pytest.raises(ConflictError, match="nothing of yours"):
        undo(world, BEN)
    world.vote(BEN, "offer_support", "ngo-a")
    with pytest.raises(ConflictError, match="nothing of yours"):
        undo(world, ANNA)


def test_a_form_of_another_revision_undoes_nothing(world: World) -> None:
    case = world.vote(ANNA, "dismiss")
    with pytest.raises(ConflictError, match="changed since"):
        world.take_back.undo(ANNA, case.case, revision=case.revision - 1)


def test_what_left_in_this_moment_is_not_undone(world: World) -> None:
    case = world.vote(ANNA, "dismiss")

    def saved_by_another() -> None:
        stored = world.cases.read(case.case)
        assert stored is not None
        world.saver.save(stored, before=stored, entries=[], correlation_id="t")

    world.faults.meanwhile("cases.save", saved_by_another)
    with pytest.raises(ConflictError):
        world.take_back.undo(ANNA, case.case, revision=case.revision)
    assert the_case(world).decisions


# Reopening


def test_a_dismissed_case_is_opened_again_with_a_reason(world: World) -> None:
    world.vote(ANNA, "dismiss")
    world.let_out()
    world.clock.advance(days=3)
    case = reopen(world)
    assert (case.state, case.decisions, [made.action for made in case.overruled]) == ("open", (), ["dismiss"])
    assert case.due_at > world.clock.now(), "it has time of its own"
    entry = world.cases.ledger(case.case)[-1]
    assert (entry.kind, entry.actor, entry.payload) == (
        "reopened", "ben", {"reason": WHY, "decided": "dismiss", "open": True},
    )  # fmt: skip
    view = world.read_case(ANNA, case.case)
    assert [told.words for told in view.reopenings] == [WHY]
    assert [made.standing for made in view.decisions] == ["reopened"]


def test_it_is_dismissed_again_by_two_alone_and_removed_by_one(world: World) -> None:
    world.vote(ANNA, "dismiss")
    world.let_out()
    reopen(world)
    assert world.vote(ANNA, "dismiss").state == "second_look"
    assert world.vote(BEN, "remove").state == "escalated"
    world.vote(SONIA, "remove")
    world.run()
    assert told(world) == ["dismiss", "remove"]


def test_a_dismissal_that_had_not_left_yet_never_does(world: World) -> None:
    world.vote(ANNA, "dismiss")
    reopen(world)
    world.let_out()
    assert told(world) == []


def test_the_sender_of_a_report_is_told_of_what_is_decided_then() -> None:
    world = opened()
    receipt = world.report({"reason": "They keep passports.", "platform": "alpha", "post_id": "1"})
    world.run()
    world.vote(ANNA, "dismiss")
    world.let_out()
    ask = AskAboutReport(reports=world.reports, clock=world.clock, metrics=world.metrics)
    assert ask(receipt.report, receipt.token).restricted is False
    reopen(world)
    decide(world, the_case(world), BEN, "remove")
    assert ask(receipt.report, receipt.token).restricted is True


def test_what_was_acted_on_is_put_before_a_senior_who_had_no_part_in_it(world: World) -> None:
    decide(world, the_case(world), SONIA, "remove")
    case = reopen(world)
    assert (case.state, [made.recheck for made in case.decisions]) == ("decided", ["differs"])
    assert [one.case for one in world.list_cases(SARA, "team-a").cases] == [case.case]
    assert not world.list_cases(SONIA, "team-a").cases
    decide(world, the_case(world), SARA, "dismiss")
    assert [made.action for made in the_case(world).decisions] == ["remove", "restore"]
    with pytest.raises(ConflictError):
        reopen(world, CORA)


@pytest.mark.parametrize("reason", ["", ".", "wrong"])
def test_reopening_needs_a_reason_of_substance(world: World, reason: str) -> None:
    world.vote(ANNA, "dismiss")
    with pytest.raises(ThinReasonError):
        reopen(world, reason=reason)


def test_what_is_open_and_what_answers_an_appeal_is_not_reopened(world: World) -> None:
    with pytest.raises(ConflictError, match="isn't decided"):
        reopen(world)
    decide(world, the_case(world), ANNA, "remove")
    appeal(world)
    answered = decide(world, the_appeal(world), BEN, "uphold")
    with pytest.raises(ConflictError, match="answer to an appeal"):
        world.take_back.reopen(CORA, answered.case, revision=answered.revision, reason=WHY)


def test_a_case_whose_post_has_a_newer_one_stays_closed(world: World) -> None:
    old = world.vote(ANNA, "dismiss")
    world.clock.advance(minutes=1)
    world.publish(post("1", "urgent offer"))
    world.run()
    stored = world.cases.read(old.case)
    assert stored is not None
    with pytest.raises(ConflictError, match="has a newer case"):
        world.take_back.reopen(BEN, old.case, revision=stored.revision, reason=WHY)


def test_another_teams_case_is_not_there(world: World) -> None:
    case = world.vote(ANNA, "dismiss")
    bea = person("bea", "reviewer", teams=("team-b",))
    for call in (
        lambda: world.take_back.undo(bea, case.case, revision=case.revision),
        lambda: world.take_back.reopen(bea, case.case, revision=case.revision, reason=WHY),
    ):
        with pytest.raises(NotFoundError):
            call()
    with pytest.raises(PermissionDeniedError):
        reopen(world, person("ada", "auditor"))


def test_the_words_of_a_reopening_go_with_the_post(world: World) -> None:
    world.vote(ANNA, "dismiss")
    reopen(world)
    Vault(world).erase()
    view = world.read_case(BEN, the_case(world).case)
    assert [told.words for told in view.reopenings] == [""]
    assert "passport" not in repr([*world.cases.entries.values(), *world.cases.items.values()])
