"""Votes and outcomes: who may, how many people it takes, and what a changed case does to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from screening.cases.appeals import appeal_case
from screening.cases.case import Case
from screening.cases.decisions import ANSWERS, DecisionRequest, offered_actions
from screening.cases.ledger import chain_faults
from screening.cases.people import MAY_DECIDE, Role
from screening.cases.vote import Action
from screening.errors import ConflictError, NotFoundError, PermissionDeniedError, TransientError
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
CORA = person("cora", "reviewer")
SONIA = person("sonia", "senior")
LEO = person("leo", "partner_liaison")
PARTNER_FOR: dict[Action, str] = {"refer": "police-b", "offer_support": "ngo-a", "notify_authority": "police-b"}


@pytest.fixture
def world() -> World:
    """One open case about one post at review."""
    made = World()
    made.publish(post("1", "review offer", contacts=("+48 600 100 200",)))
    made.run()
    return made


def decided(world: World) -> list[tuple[str, str | None]]:
    return [(event.data["action"], event.data["partner"]) for event in world.bus.of("CaseDecided")]


@pytest.mark.parametrize("action", list(MAY_DECIDE))
@pytest.mark.parametrize("role", ["reviewer", "senior", "auditor", "partner_liaison", "administrator"])
def test_the_role_table_holds(world: World, action: Action, role: Role) -> None:
    who = person("someone", role)
    partner = PARTNER_FOR.get(action)
    if action in ANSWERS:
        world = appealed()
    if role in MAY_DECIDE[action]:
        assert action in offered_actions(world.only_case(), who)
        assert world.vote(who, action, partner).votes
        if partner is None:
            assert action not in offered_actions(world.only_case(), who), "what was decided isn't offered again"
    else:
        with pytest.raises(PermissionDeniedError, match="role"):
            world.vote(who, action, partner)
        assert action not in offered_actions(world.only_case(), who)
        assert not world.only_case().votes


def appealed() -> World:
    """One case: the appeal against a removal by Anna."""
    world = World()
    world.publish(post("1", "review offer"))
    world.run()
    removed = world.vote(ANNA, "remove")
    assert removed.decision is not None
    world.cases.items.clear()
    opened = appeal_case(removed, removed.decision, report="r-1", now=world.clock.now())
    world.saver.save(opened, before=None, entries=[], correlation_id="test/1")
    return world


def test_auditors_and_administrators_decide_nothing() -> None:
    assert not [action for action, roles in MAY_DECIDE.items() if roles & {"auditor", "administrator"}]


@pytest.mark.parametrize("action", ["dismiss", "warn_applicants", "ask_poster", "remove"])
def test_one_person_is_enough_where_nobody_is_handed_anything(world: World, action: Action) -> None:
    case = world.vote(ANNA, action)
    assert case.state == "decided"
    world.let_out()
    assert decided(world) == [(action, None)]


@pytest.mark.parametrize("action", ["refer", "offer_support"])
def test_a_referral_takes_two_different_people(world: World, action: Action) -> None:
    case = world.vote(ANNA, action, PARTNER_FOR[action])
    assert (case.state, decided(world)) == ("second_look", [])
    case = world.vote(BEN, action, PARTNER_FOR[action])
    assert case.state == "decided"
    assert case.decision is not None
    assert set(case.decision.actors) == {"anna", "ben"}
    assert decided(world) == [(action, PARTNER_FOR[action])]


def test_the_same_person_twice_is_one_person(world: World) -> None:
    world.vote(ANNA, "refer", "police-b")
    with pytest.raises(ConflictError, match="another person"):
        world.vote(ANNA, "refer", "police-b")
    # Neither does a second role make them a second person.
    with pytest.raises(ConflictError, match="another person"):
        world.vote(person("anna", "senior", "partner_liaison"), "refer", "police-b")
    assert decided(world) == []


def test_two_people_must_agree_on_the_partner(world: World) -> None:
    world.config.all_partners["police-d"] = replace(world.config.all_partners["police-b"], id="police-d")
    world.vote(ANNA, "refer", "police-b")
    assert world.vote(BEN, "refer", "police-d").state == "escalated"
    assert decided(world) == []
    assert world.vote(SONIA, "refer", "police-d").state == "decided"
    assert decided(world) == [("refer", "police-d")]


def test_nobody_overrules_a_colleague_alone(world: World) -> None:
    world.vote(ANNA, "refer", "police-b")
    assert world.vote(BEN, "dismiss").state == "escalated"
    assert decided(world) == []
    assert world.vote(SONIA, "dismiss").state == "decided"
    world.let_out()
    assert decided(world) == [("dismiss", None)]


def test_a_person_may_change_their_mind(world: World) -> None:
    world.vote(ANNA, "refer", "police-b")
    assert world.vote(ANNA, "dismiss").state == "decided"
    world.let_out()
    assert decided(world) == [("dismiss", None)]


def test_who_changed_their_mind_no_longer_counts_for_the_first_vote(world: World) -> None:
    world.vote(ANNA, "refer", "police-b")
    world.vote(ANNA, "offer_support", "ngo-a")
    assert world.vote(CORA, "refer", "police-b").state == "escalated"
    assert decided(world) == []


def test_a_removed_post_may_be_referred_as_well_but_not_dismissed(world: World) -> None:
    world.vote(ANNA, "remove")
    with pytest.raises(ConflictError, match="decided already"):
        world.vote(BEN, "dismiss")
    assert world.vote(ANNA, "refer", "police-b").state == "second_look"
    assert world.vote(BEN, "refer", "police-b").state == "decided"
    assert decided(world) == [("remove", None), ("refer", "police-b")]
    with pytest.raises(ConflictError, match="decided already"):
        world.vote(CORA, "refer", "police-b")


def test_a_dismissed_case_is_closed(world: World) -> None:
    world.vote(ANNA, "dismiss")
    with pytest.raises(ConflictError, match="dismissed"):
        world.vote(BEN, "remove")


@pytest.mark.parametrize("text", ["review paperless"])
def test_papers_contract_and_cash_alone_never_support_a_referral(text: str) -> None:
    world = World()
    world.publish(post("1", text))
    world.run()
    with pytest.raises(PermissionDeniedError, match="two independent dimensions"):
        world.vote(ANNA, "refer", "police-b")
    assert not world.only_case().votes


def test_a_referral_waits_while_its_evidence_cannot_be_read(world: World) -> None:
    world.faults.throttle("archive.read")
    with pytest.raises(TransientError):
        world.vote(ANNA, "refer", "police-b")
    assert not world.only_case().votes


def test_a_partner_that_enforces_immigration_law_gets_notices_only(world: World) -> None:
    with pytest.raises(PermissionDeniedError, match="notices only"):
        world.vote(ANNA, "refer", "border-c")
    assert world.vote(SONIA, "notify_authority", "border-c").state == "decided"


@pytest.mark.parametrize(
    ("action", "partner", "words"),
    [
        ("refer", None, "needs a partner"), ("refer", "nobody", "needs a partner"), ("refer", "ngo-a", "non-governmental"),
        ("offer_support", "police-b", "non-governmental"), ("dismiss", "police-b", "no partner"),
    ],
)  # fmt: skip
def test_the_partner_must_fit(world: World, action: Action, partner: str | None, words: str) -> None:
    with pytest.raises(PermissionDeniedError, match=words):
        world.vote(ANNA, action, partner)


def test_an_inactive_partner_gets_nothing(world: World) -> None:
    world.config.all_partners["police-b"] = replace(world.config.all_partners["police-b"], active=False)
    with pytest.raises(PermissionDeniedError, match="active"):
        world.vote(ANNA, "refer", "police-b")


def test_a_partner_that_cannot_be_looked_up_is_not_an_unknown_partner(world: World) -> None:
    world.faults.throttle("config.partner")
    with pytest.raises(TransientError):
        world.vote(ANNA, "refer", "police-b")


def test_the_poster_is_not_asked_where_somebody_may_be_controlled() -> None:
    world = World()
    world.publish(post("1", "review coercion"))
    world.run()
    with pytest.raises(PermissionDeniedError, match="coercion"):
        world.vote(ANNA, "ask_poster")
    assert "ask_poster" not in offered_actions(world.only_case(), ANNA)


@pytest.mark.parametrize("action", ["refer", "dismiss", "remove"])
def test_weighty_decisions_need_a_reason(world: World, action: Action) -> None:
    with pytest.raises(PermissionDeniedError, match="reason"):
        world.vote(ANNA, action, PARTNER_FOR.get(action), reason="  ")


def test_a_notice_waits_for_nobody_and_is_looked_at_within_a_day(world: World) -> None:
    case = world.vote(SONIA, "notify_authority", "police-b")
    assert decided(world) == [("notify_authority", "police-b")]
    assert case.decision is not None
    assert case.decision.second_look_by is not None
    assert (case.decision.second_look_by - world.clock.now()).total_seconds() == 24 * 3600
    assert [c.case for c in world.cases.due_for_second_look("team-a", limit=5)] == [case.case]
    with pytest.raises(PermissionDeniedError, match="another person"):
        world.decide.second_look(case.case, SONIA, revision=case.revision, agrees=True, reason="")
    with pytest.raises(PermissionDeniedError, match="role"):
        world.decide.second_look(case.case, ANNA, revision=case.revision, agrees=True, reason="")
    world.decide.second_look(
        case.case, LEO, revision=case.revision, agrees=False, reason="It is a chain's pasted text."
    )
    assert not world.cases.due_for_second_look("team-a", limit=5)
    last = world.cases.ledger(case.case)[-1]
    assert (last.kind, last.actor) == ("second_look", "leo")
    assert last.payload == {"agrees": False, "reason": "It is a chain's pasted text."}


def test_a_notice_leaves_a_colleagues_vote_waiting_for_its_second(world: World) -> None:
    world.vote(ANNA, "refer", "police-b")
    assert world.vote(SONIA, "notify_authority", "police-b").state == "second_look"
    assert world.vote(BEN, "refer", "police-b").state == "decided"
    assert decided(world) == [("notify_authority", "police-b"), ("refer", "police-b")]


def test_a_double_click_is_one_vote(world: World) -> None:
    before = world.only_case().revision
    first = world.vote(ANNA, "refer", "police-b", decision_id="d-1", revision=before)
    again = world.vote(ANNA, "refer", "police-b", decision_id="d-1", revision=before)
    assert first == again
    assert len(world.only_case().votes) == 1
    assert len(world.cases.ledger(first.case)) == 2  # opened, vote


def test_two_clicks_at_the_same_moment_are_one_vote(world: World) -> None:
    before = world.only_case().revision

    def other_click() -> None:
        world.vote(ANNA, "remove", decision_id="d-1", revision=before)

    world.faults.meanwhile("cases.save", other_click)
    case = world.vote(ANNA, "remove", decision_id="d-1", revision=before)
    assert len(case.votes) == 1
    assert decided(world) == [("remove", None)]


@pytest.mark.parametrize("fault", ["lose_answer", "throttle"])
def test_after_a_lost_answer_the_same_decision_may_be_sent_again(world: World, fault: str) -> None:
    before = world.only_case().revision
    getattr(world.faults, fault)("cases.save")
    with pytest.raises(TransientError):
        world.vote(ANNA, "remove", decision_id="d-1", revision=before)
    world.vote(ANNA, "remove", decision_id="d-1", revision=before)
    assert len(world.only_case().votes) == 1
    assert decided(world) == [("remove", None)]


def test_a_decision_id_stands_for_one_decision(world: World) -> None:
    world.vote(ANNA, "refer", "police-b", decision_id="d-1")
    with pytest.raises(ConflictError, match="another decision"):
        world.vote(BEN, "refer", "police-b", decision_id="d-1")
    with pytest.raises(ConflictError, match="another decision"):
        world.vote(ANNA, "dismiss", decision_id="d-1")
    assert decided(world) == []


def test_a_decision_on_a_changed_case_is_refused(world: World) -> None:
    seen = world.only_case().revision
    world.clock.advance(minutes=1)
    world.publish(post("1", "urgent offer"))
    world.run()
    with pytest.raises(ConflictError, match="changed since"):
        world.vote(ANNA, "dismiss", revision=seen)
    assert world.only_case().state == "open"


def test_two_people_at_the_same_moment_one_reads_again(world: World) -> None:
    seen = world.only_case().revision

    def quicker() -> None:
        world.vote(BEN, "refer", "police-b", revision=seen)

    world.faults.meanwhile("cases.save", quicker)
    with pytest.raises(ConflictError):
        world.vote(ANNA, "refer", "police-b", revision=seen)
    assert {vote.actor for vote in world.only_case().votes} == {"ben"}
    assert world.vote(ANNA, "refer", "police-b").state == "decided"


def test_votes_on_other_facts_do_not_add_up(world: World) -> None:
    world.vote(ANNA, "refer", "police-b")
    world.clock.advance(minutes=1)
    world.publish(post("1", "urgent offer now"))
    world.run()
    assert world.only_case().state == "open"
    assert world.vote(BEN, "refer", "police-b").state == "second_look"
    assert decided(world) == []
    # Anna judges the new version too, and is the second person for it.
    assert world.vote(ANNA, "refer", "police-b").state == "decided"


def test_withdrawn_during_the_second_look_the_vote_stands_and_the_second_person_sees_it(world: World) -> None:
    first = world.vote(ANNA, "refer", "police-b")
    world.clock.advance(minutes=1)
    world.publish(post("1", "", status="withdrawn"))
    world.run()
    case = world.only_case()
    assert (case.state, case.post_withdrawn, case.tier) == ("second_look", True, "review")
    with pytest.raises(ConflictError, match="changed since"):
        world.vote(BEN, "refer", "police-b", revision=first.revision)
    case = world.vote(BEN, "refer", "police-b")
    assert case.state == "decided"
    assert case.decision is not None
    assert case.decision.archive == first.archive


def test_another_teams_case_is_not_said_to_exist(world: World) -> None:
    with pytest.raises(NotFoundError, match="no such case"):
        world.vote(person("bea", "senior", teams=("team-b",)), "dismiss")


def test_no_reviewer_is_named_on_the_bus(world: World) -> None:
    world.vote(ANNA, "refer", "police-b")
    world.vote(BEN, "refer", "police-b")
    world.run()
    assert "anna" not in world.everything_in_transit()
    assert "It is plain." not in world.everything_in_transit()


def test_case_ledger_and_event_are_one(world: World) -> None:
    before = world.only_case()
    for call in ("cases.save",):
        world.faults.throttle(call)
        with pytest.raises(TransientError):
            world.vote(ANNA, "remove")
    assert world.only_case() == before
    assert len(world.cases.ledger(before.case)) == 1
    assert decided(world) == []


def test_the_event_of_a_decision_comes_out_later_where_the_bus_fails(world: World) -> None:
    world.faults.throttle("bus.publish")
    case = world.vote(ANNA, "remove")
    assert (decided(world), len(case.outbox)) == ([], 1)
    world.clock.advance(minutes=2)
    world.sweep()
    assert decided(world) == [("remove", None)]
    assert not world.only_case().outbox


@pytest.mark.parametrize(
    "tamper",
    [
        lambda entries: [entries[0], *entries[2:]],
        lambda entries: [*entries[:1], replace(entries[1], actor="mallory"), *entries[2:]],
        lambda entries: [*entries[:1], replace(entries[1], payload={"action": "dismiss"}), *entries[2:]],
        lambda entries: entries[:-1],
        lambda entries: [replace(entries[0], index=1), replace(entries[1], index=0), *entries[2:]],
    ],
)  # fmt: skip
def test_a_tampered_ledger_is_noticed(world: World, tamper: Callable[[list], list]) -> None:  # type: ignore[type-arg]
    world.vote(ANNA, "refer", "police-b")
    case: Case = world.vote(BEN, "refer", "police-b")
    entries = list(world.cases.ledger(case.case))
    kept = {"head_index": case.ledger_index, "head_hash": case.ledger_hash}
    assert [entry.kind for entry in entries] == ["opened", "vote", "vote", "decision"]
    assert chain_faults(entries, **kept) == ()  # type: ignore[arg-type]
    assert chain_faults(tamper(entries), **kept)  # type: ignore[arg-type]


def test_an_erased_payload_leaves_the_chain_whole(world: World) -> None:
    case = world.vote(ANNA, "refer", "police-b")
    entries = [replace(entry, payload=None) for entry in world.cases.ledger(case.case)]
    assert chain_faults(entries, head_index=case.ledger_index, head_hash=case.ledger_hash) == ()


def test_the_ledger_tells_what_was_judged_and_why(world: World) -> None:
    case = world.vote(ANNA, "refer", "police-b", reason="Two dimensions, same contact as before.")
    payload = world.cases.ledger(case.case)[-1].payload
    assert payload is not None
    assert payload["reason"] == "Two dimensions, same contact as before."
    assert (payload["action"], payload["partner"], payload["role"]) == ("refer", "police-b", "reviewer")
    assert payload["version"] == world.posts.heads["alpha", "1"].version


def test_decision_request_is_checked_for_unknown_actions(world: World) -> None:
    case = world.only_case()
    request = DecisionRequest(decision_id="x", action="arrest", revision=case.revision)  # type: ignore[arg-type]
    with pytest.raises(PermissionDeniedError, match="no such action"):
        world.decide(case.case, ANNA, request)


def test_a_notice_leaves_ones_own_vote_waiting_too(world: World) -> None:
    world.vote(SONIA, "refer", "police-b")
    assert world.vote(SONIA, "notify_authority", "police-b").state == "second_look"
    assert world.vote(BEN, "refer", "police-b").state == "decided"


def test_an_outcome_ends_the_debate_before_it(world: World) -> None:
    world.vote(ANNA, "refer", "police-b")
    world.vote(BEN, "remove")
    world.vote(SONIA, "remove")
    assert decided(world) == [("remove", None)]
    # Anna's vote was part of that debate: two people must want the referral now.
    assert world.vote(CORA, "refer", "police-b").state == "second_look"
    assert decided(world) == [("remove", None)]
