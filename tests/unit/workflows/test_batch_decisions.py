"""Alike cases decided together: each read, each with a decision of its own, one that fails stopping no other."""

from __future__ import annotations

import pytest

from screening.cases.batch import MOST_IN_BATCH
from screening.cases.case import Case
from screening.cases.ledger import views_of
from screening.cases.vote import Action
from screening.errors import PermissionDeniedError, ThinReasonError
from screening.workflows.batch_decisions import MOST_TEXTS, SECONDS_IN_ALL, Prepared
from screening.workflows.records import Team
from tests.fakes.world import World, post
from tests.unit.workflows.deciding import ANNA, BEN, SONIA, campaign_case, decide

WORDS = "The same board fills all of these with one template."


def waiting(*texts: str) -> World:
    world = World()
    world.all_have_read = False
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=0.0)
    world.publish(*(post(str(number), text) for number, text in enumerate(texts)))
    world.run()
    return world


def ids(world: World) -> list[str]:
    return [case.case for case in sorted(world.cases.all(), key=lambda one: one.post_id)]


def case_of(world: World, post_id: str) -> Case:
    return next(case for case in world.cases.all() if case.post_id == post_id)


def prepared(world: World, who: object = ANNA) -> Prepared:
    return world.prepare_batch(who, ids(world))  # type: ignore[arg-type]


def decided(
    world: World, action: Action = "remove", *, batch: str = "b-1", found: Prepared | None = None
) -> dict[str, str]:
    """What became of each, by post."""
    ready = (found or prepared(world)).ready
    made = world.decide_batch(ANNA, batch, {one.case.case: one.case.revision for one in ready}, action, words=WORDS)
    names = {case.case: case.post_id for case in world.cases.all()}
    return {names[one.case]: one.outcome for one in made}


def left(world: World) -> dict[str, str]:
    names = {case.case: case.post_id for case in world.cases.all()}
    return {names[one.case]: one.why for one in prepared(world).left}


def test_each_case_gets_its_own_decision_entry_and_event_under_one_name() -> None:
    world = waiting("review one", "review two")
    assert decided(world) == {"0": "done", "1": "done"}
    cases = world.cases.all()
    assert {case.votes[0].decision_id for case in cases} == {vote.decision_id for case in cases for vote in case.votes}
    assert len({case.votes[0].decision_id for case in cases}) == 2
    for case in cases:
        assert (case.votes[0].batch, case.votes[0].reason, case.state) == ("b-1", WORDS, "decided")
        entries = [entry for entry in world.cases.ledger(case.case) if entry.kind in ("vote", "decision")]
        assert [(entry.payload or {})["batch"] for entry in entries] == ["b-1", "b-1"]
    events = [body for body in world.bus.bodies if "CaseDecided" in body or '"action"' in body]
    assert sum("b-1" in body for body in events) == 2
    assert Case.from_dict(cases[0].to_dict()) == cases[0]


def test_what_was_not_read_is_shown_whole_and_entered_and_can_be_decided_then() -> None:
    world = waiting("review one", "review two")
    world.read_case(ANNA, case_of(world, "1").case)
    shown = {one.case.post_id: one.text for one in prepared(world).ready}
    assert shown["0"] is not None
    assert shown["0"].description == "review one"
    assert shown["1"] is None
    entries = world.ledger.entries(views_of(case_of(world, "0").case))
    assert [(entry.actor, (entry.payload or {})["what"]) for entry in entries] == [("anna", ["text"])]
    assert decided(world) == {"0": "done", "1": "done"}


def test_a_case_that_nobody_showed_is_not_decided_and_stops_no_other() -> None:
    world = waiting("review one", "review two")
    world.read_case(ANNA, case_of(world, "0").case)
    revisions = {case.case: case.revision for case in world.cases.all()}
    made = world.decide_batch(ANNA, "b-1", revisions, "remove", words=WORDS)
    assert sorted(one.outcome for one in made) == ["done", "unseen"]
    assert case_of(world, "0").decisions
    assert not case_of(world, "1").votes


def test_no_more_texts_are_shown_than_a_person_reads() -> None:
    world = waiting(*(f"review number {number}" for number in range(MOST_TEXTS + 2)))
    found = prepared(world)
    assert len(found.ready) == MOST_TEXTS
    assert [one.why for one in found.left] == ["too_many_texts", "too_many_texts"]


def test_a_distressing_text_is_read_on_its_own_page_first() -> None:
    world = waiting("review coercion", "review plain")
    assert left(world) == {"0": "distressing"}
    world.read_case(ANNA, case_of(world, "0").case)
    assert left(world) == {}
    assert next(one for one in prepared(world).ready if one.case.post_id == "0").excerpt.distressing


def test_what_people_reported_is_read_on_its_own_page_first() -> None:
    world = waiting("review one")
    world.report({"reason": "They took my money.", "platform": "alpha", "post_id": "0"})
    world.run()
    assert left(world) == {"0": "reports"}
    world.read_case(ANNA, case_of(world, "0").case)
    assert left(world) == {}


def test_dismissing_what_takes_two_people_is_refused_by_name() -> None:
    world = waiting("urgent one", "review two")
    found = prepared(world)
    assert {one.case.post_id: "dismiss" in one.actions for one in found.ready} == {"0": False, "1": True}
    assert decided(world, "dismiss", found=found) == {"0": "refused", "1": "done"}
    assert not case_of(world, "0").votes


def test_a_reopened_case_is_not_dismissed_in_a_batch() -> None:
    world = waiting("review one")
    world.all_have_read = True
    case = decide(world, case_of(world, "0"), BEN, "dismiss")
    world.take_back.reopen(BEN, case.case, revision=case.revision, reason="It was read wrongly.")
    world.all_have_read = False
    assert decided(world, "dismiss") == {"0": "refused"}


@pytest.mark.parametrize("action", ["refer", "offer_support", "notify_authority", "uphold", "restore"])
def test_no_referral_support_notice_or_answer_is_given_in_a_batch(action: Action) -> None:
    world = waiting("review one")
    revisions = {case.case: case.revision for case in world.cases.all()}
    with pytest.raises(PermissionDeniedError):
        world.decide_batch(SONIA, "b-1", revisions, action, words=WORDS)
    assert not case_of(world, "0").votes


def test_what_another_holds_is_left_out_and_refused_where_it_was_taken_meanwhile() -> None:
    world = waiting("review one", "review two")
    found = prepared(world)
    world.take_next.take(BEN, case_of(world, "0").case)
    assert decided(world, found=found) == {"0": "held", "1": "done"}
    assert left(world) == {"0": "held", "1": "settled"}


def test_a_second_opinion_is_given_by_itself() -> None:
    world = waiting("urgent one")
    world.all_have_read = True
    found = prepared(world)
    decide(world, case_of(world, "0"), BEN, "dismiss")
    assert left(world) == {"0": "second_look"}
    assert decided(world, found=found) == {"0": "changed"}


def test_a_decision_drawn_for_a_blind_second_look_is_judged_by_itself() -> None:
    world = waiting()
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=1.0)
    world.publish(post("0", "review one"))
    world.run()
    world.all_have_read = True
    decide(world, case_of(world, "0"), BEN, "remove")
    assert left(world) == {"0": "second_look"}


def test_what_changed_since_is_told_by_name_and_stops_no_other() -> None:
    world = waiting("review one", "review two")
    found = prepared(world)
    world.clock.advance(minutes=1)
    world.publish(post("0", "urgent now"))
    world.run()
    assert decided(world, found=found) == {"0": "changed", "1": "done"}


def test_one_that_cannot_be_written_now_is_told_and_the_same_batch_goes_on() -> None:
    world = waiting("review one", "review two")
    found = prepared(world)
    world.faults.throttle("cases.save")
    assert sorted(decided(world, found=found).values()) == ["done", "later"]
    assert decided(world, found=found) == {"0": "done", "1": "done"}
    assert [len(case.votes) for case in world.cases.all()] == [1, 1]


def test_a_doubled_batch_decides_nothing_twice() -> None:
    world = waiting("review one", "review two")
    found = prepared(world)
    decided(world, "dismiss", found=found)
    before = {case.case: case for case in world.cases.all()}
    assert decided(world, "dismiss", found=found) == {"0": "done", "1": "done"}
    assert {case.case: case for case in world.cases.all()} == before


def test_what_was_undone_is_not_decided_again_by_the_same_batch() -> None:
    world = waiting("review one")
    found = prepared(world)
    decided(world, "dismiss", found=found)
    case = case_of(world, "0")
    world.take_back.undo(ANNA, case.case, revision=case.revision)
    assert decided(world, "dismiss", found=found) == {"0": "changed"}
    assert case_of(world, "0").state == "open"


def test_no_decision_is_begun_when_the_time_is_nearly_over() -> None:
    world = waiting("review one", "review two")
    found = prepared(world)
    world.faults.meanwhile("cases.save", lambda: world.clock.advance(seconds=SECONDS_IN_ALL + 1))
    assert sorted(decided(world, found=found).values()) == ["done", "later"]


@pytest.mark.parametrize("action", ["dismiss", "warn_applicants", "ask_poster", "remove"])
def test_many_cases_need_a_reason_whatever_the_action(action: Action) -> None:
    world = waiting("review one")
    revisions = {case.case: case.revision for case in world.cases.all()}
    with pytest.raises(ThinReasonError):
        world.decide_batch(ANNA, "b-1", revisions, action, words="ok")
    with pytest.raises(PermissionDeniedError):
        world.decide_batch(ANNA, "b-1", revisions, action, reasons=("made_up",))


@pytest.mark.parametrize("count", [0, MOST_IN_BATCH + 1])
def test_a_batch_has_an_end(count: int) -> None:
    world = waiting()
    with pytest.raises(PermissionDeniedError):
        world.decide_batch(ANNA, "b-1", {f"case-{number}": 1 for number in range(count)}, "remove", words=WORDS)
    assert world.prepare_batch(ANNA, [f"case-{number}" for number in range(count)]).beyond == max(
        0, count - MOST_IN_BATCH
    )


def test_a_campaigns_open_cases_are_found_from_any_of_them() -> None:
    world = campaign_case()
    world.publish(
        post("b1", "review helper for the season too", platform="beta", contacts=("@one_hand_only",), company="Rex")
    )
    world.run()
    both = type(ANNA)(actor="anna", roles=ANNA.roles, teams=frozenset({"team-a", "team-b"}))
    case = next(one for one in world.cases.all() if one.team == "team-a" and one.state == "open")
    found = {world.cases.read(name).team for name in world.prepare_batch.of_campaign(both, case.case)}  # type: ignore[union-attr]
    assert found == {"team-a", "team-b"}
    assert world.prepare_batch.of_campaign(ANNA, case.case) == (case.case,)
    decide(world, case, BEN, "remove")
    assert world.prepare_batch.of_campaign(ANNA, case.case) == ()
