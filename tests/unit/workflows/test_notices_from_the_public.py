"""What the public may send: simple reports, notices under DSA art. 16, and a notifier's complaint."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.cases.decisions import DecisionRequest, offered_actions
from screening.cases.vote import Action
from screening.errors import (
    ConflictError,
    NotFoundError,
    PermanentError,
    PermissionDeniedError,
    ScreeningError,
    TransientError,
)
from screening.workflows.complaint import ReceiveComplaint
from screening.workflows.notifier_answers import AskAboutReport, answer_notifiers, note_taken_up, source_of
from screening.workflows.receive import PayloadTooLargeError
from screening.workflows.records import Team
from screening.workflows.report import MAX_BODY, ReportReceipt, hash_of_token, read_request, statement_of
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
NOTICE: dict[str, Any] = {
    "kind": "notice", "explanation": "They keep Zebrafink papers.", "platform": "alpha", "post_id": "1",
    "name": "Quittenmus Notifier", "email": "notifier@example.net", "good_faith": True, "language": "de",
}  # fmt: skip
PRIVATE = ("Zebrafink", "Quittenmus", "notifier@example.net", "Wackelpudding")


def asking(world: World) -> AskAboutReport:
    return AskAboutReport(reports=world.reports, clock=world.clock, metrics=world.metrics)


def complaining(world: World) -> ReceiveComplaint:
    return ReceiveComplaint(
        reports=world.reports, sealer=world.sealer, bus=world.bus, clock=world.clock, metrics=world.metrics
    )


def answered(world: World) -> None:
    answer_notifiers(world.only_case(), reports=world.reports, now=world.clock.now())


@pytest.fixture
def world() -> World:
    made = World()
    made.publish(post("1", "quiet offer"))
    made.run()
    return made


def refused(world: World) -> ReportReceipt:
    """A notice that nothing was restricted after."""
    receipt = world.report(NOTICE)
    world.run()
    world.clock.advance(hours=1)
    world.vote(ANNA, "dismiss")
    world.run()
    answered(world)
    return receipt


def test_a_notice_is_confirmed_at_once_and_its_token_is_kept_as_a_hash_alone(world: World) -> None:
    receipt = world.report(NOTICE)
    assert receipt.to_dict() == {
        "report": receipt.report, "token": receipt.token, "received_at": "2026-03-02T09:00:00Z",
    }  # fmt: skip
    stored = world.reports.reports[receipt.report]
    assert stored.token_hash == hash_of_token(receipt.token)
    assert receipt.token not in repr(stored)
    assert (stored.kind, stored.source) == ("notice", "notifier")
    assert statement_of(stored, world.sealer).words == NOTICE["explanation"]


def test_a_simple_report_is_taken_as_before_and_may_be_asked_about(world: World) -> None:
    receipt = world.report({"reason": "They keep papers.", "url": "https://example.org/1"})
    stored = world.reports.reports[receipt.report]
    assert (stored.kind, stored.source) == ("report", "public")
    assert statement_of(stored, world.sealer).words == "They keep papers."
    assert asking(world)(receipt.report, receipt.token).status == "received"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("kind", "complaint", "is none of"), ("kind", "x", "is none of"), ("explanation", None, "is missing"),
        ("explanation", " ", "is empty"), ("explanation", "x" * 5_001, "longer"), ("name", None, "is missing"),
        ("name", " ", "is empty"), ("email", None, "is missing"), ("email", "nobody", "e-mail address"),
        ("email", "a@b", "e-mail address"), ("good_faith", None, "is missing"), ("good_faith", False, "must be true"),
        ("good_faith", "yes", "true or false"), ("child_sexual_offence", "no", "true or false"),
        ("url", "example.org/1", "http"), ("url", "https://example.org/", "exact"), ("url", "https://[", "no address"),
        ("language", "x" * 11, "longer"),
    ],
)  # fmt: skip
def test_a_bad_notice_names_its_field_and_reason(world: World, field: str, value: object, reason: str) -> None:
    with pytest.raises(PermanentError, match=f"field '{field}'.*{reason}"):
        world.report(NOTICE | {field: value})
    assert not world.reports.reports


def test_a_notice_names_where_the_offer_stands(world: World) -> None:
    nowhere = {name: value for name, value in NOTICE.items() if name != "post_id"}
    with pytest.raises(PermanentError, match="field 'url'"):
        world.report(nowhere)
    assert world.report(nowhere | {"url": "https://example.org/offers?id=1"}).report


def test_a_notice_about_a_child_sexual_abuse_offence_needs_no_name(world: World) -> None:
    without = {name: value for name, value in NOTICE.items() if name not in ("name", "email")}
    assert world.report(without | {"child_sexual_offence": True}).token
    with pytest.raises(PermanentError, match="field 'email'"):
        world.report(without | {"child_sexual_offence": True, "email": "wrong"})
    with pytest.raises(PermanentError, match="field 'name'"):
        world.report(without | {"child_sexual_offence": False})


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=20), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*NOTICE, "url", "reason", "contact"]), inner, max_size=8), max_leaves=12))  # fmt: skip
def test_whatever_is_sent_is_taken_or_refused_in_our_own_words(data: object) -> None:
    world = World()
    try:
        receipt = world.report(NOTICE | data if isinstance(data, dict) else data)
    except PermanentError:
        assert not world.bus.published
    else:
        assert receipt.report in world.reports.reports


def test_a_large_body_is_refused_before_it_is_read() -> None:
    with pytest.raises(PayloadTooLargeError):
        read_request(b" " * (MAX_BODY + 1))
    with pytest.raises(PermanentError):
        read_request(b"{")
    longest = json.dumps(NOTICE | {"explanation": "\U0001f600" * 5_000}, ensure_ascii=False).encode()
    assert read_request(longest)


def test_a_wrong_token_and_an_unknown_number_are_answered_in_the_same_words(world: World) -> None:
    receipt = world.report(NOTICE)
    other = world.report(NOTICE)
    said = set()
    for report, token in (
        (receipt.report, other.token), (receipt.report, ""), ("unknown", receipt.token), ("", ""), ("x" * 3_000, "y"),
    ):  # fmt: skip
        with pytest.raises(NotFoundError) as refusal:
            asking(world)(report, token)
        said.add(str(refusal.value))
        with pytest.raises(ScreeningError):
            complaining(world)({"report": report, "reason": "x"}, token)
    assert len(said) == 1


def test_what_nobody_may_ask_about_can_not_be_asked_about(world: World) -> None:
    """As an appeal of a poster, which has no token."""
    receipt = world.report(NOTICE)
    world.reports.put(replace(world.reports.reports[receipt.report], token_hash=""))
    for token in ("", receipt.token):
        with pytest.raises(NotFoundError):
            asking(world)(receipt.report, token)


def test_an_expired_report_counts_as_gone(world: World) -> None:
    receipt = world.report(NOTICE)
    world.clock.advance(days=366)
    with pytest.raises(NotFoundError):
        asking(world)(receipt.report, receipt.token)


def test_a_notice_goes_from_received_to_in_review_to_decided(world: World) -> None:
    receipt = world.report(NOTICE)
    assert asking(world)(receipt.report, receipt.token).status == "received"
    note_taken_up(receipt.report, reports=world.reports, received_at=receipt.received_at)
    world.run()
    assert asking(world)(receipt.report, receipt.token).to_dict() == {
        "report": receipt.report, "status": "in_review", "received_at": "2026-03-02T09:00:00Z", "language": "de",
        "text": "Wir prüfen das Angebot.",
    }  # fmt: skip
    world.clock.advance(hours=1)
    world.vote(ANNA, "remove")
    world.run()
    answered(world)
    note_taken_up(receipt.report, reports=world.reports, received_at=receipt.received_at)  # delivered again
    told = asking(world)(receipt.report, receipt.token).to_dict()
    assert told["status"] == "decided"
    assert told["decision"]["restricted"] is True
    assert told["decision"]["decided_at"] == "2026-03-02T10:00:00Z"
    assert told["decision"]["automated_means"]["detection"] is True
    assert told["decision"]["automated_means"]["decision"] is False
    assert told["decision"]["complaint_until"] is None
    assert source_of(world.only_case(), world.reports) == "notice"


def test_the_source_of_a_case_is_what_opened_it() -> None:
    world = World()
    world.publish(post("1", "review offer"), post("2", "quiet"))
    world.run()
    world.report(NOTICE)
    world.report({"reason": "x", "platform": "alpha", "post_id": "2"})
    world.run()
    found = {case.post_id: source_of(case, world.reports) for case in world.cases.all()}
    assert found == {"1": "own_initiative", "2": "other_notification"}


def test_a_refusal_can_be_complained_of_within_six_months(world: World) -> None:
    receipt = refused(world)
    told = asking(world)(receipt.report, receipt.token)
    assert (told.restricted, told.complaint_until is None) == (False, False)
    assert any("sechs Monaten" in sentence for sentence in told.redress)
    complaint = complaining(world)({"report": receipt.report, "reason": "Wackelpudding"}, receipt.token)
    stored = world.reports.reports[complaint.complaint]
    assert (stored.kind, stored.complaint_of, stored.platform) == ("complaint", receipt.report, "alpha")
    assert statement_of(stored, world.sealer).words == "Wackelpudding"
    assert world.bus.of("ReportReceived")[-1].data["complaint_of"] == receipt.report
    assert asking(world)(complaint.complaint, receipt.token).status == "received"
    world.run()
    cases = sorted(world.cases.all(), key=lambda case: case.generation)
    assert [case.previous_case for case in cases] == [None, cases[0].case]
    assert cases[1].reports == (complaint.complaint,)


def test_what_a_complaint_changes_is_told_of_the_notice_too(world: World) -> None:
    receipt = refused(world)
    complaint = complaining(world)({"report": receipt.report, "reason": "Look again."}, receipt.token)
    world.run()
    (case,) = (case for case in world.cases.all() if case.is_open)
    world.clock.advance(days=1)
    request = DecisionRequest(decision_id="d", action="remove", revision=case.revision, reason="It is plain.")
    decided = world.decide(case.case, person("ben", "reviewer"), request)
    assert answer_notifiers(decided, reports=world.reports, now=world.clock.now()) == 2
    for number in (receipt.report, complaint.complaint):
        assert asking(world)(number, receipt.token).restricted is True
    with pytest.raises(ConflictError, match="was restricted"):
        complaining(world)({"report": receipt.report, "reason": "x"}, receipt.token)


def test_a_complaint_sent_again_is_the_same_complaint_with_its_newest_words(world: World) -> None:
    receipt = refused(world)
    first = complaining(world)({"report": receipt.report, "reason": "one"}, receipt.token)
    world.clock.advance(hours=1)
    assert complaining(world)({"report": receipt.report, "reason": "two"}, receipt.token) == first
    assert statement_of(world.reports.reports[first.complaint], world.sealer).words == "two"
    world.run(twice=True)
    (case,) = (case for case in world.cases.all() if case.is_open)
    assert case.reports == (first.complaint,)


def test_there_is_nothing_to_complain_of_before_an_answer_after_six_months_or_without_a_notice(world: World) -> None:
    early = world.report(NOTICE)
    with pytest.raises(ConflictError, match="isn't decided"):
        complaining(world)({"report": early.report, "reason": "x"}, early.token)
    simple = world.report({"reason": "x", "platform": "alpha", "post_id": "1"})
    world.run()
    world.clock.advance(hours=1)
    world.vote(ANNA, "dismiss")
    answered(world)
    with pytest.raises(ConflictError, match="only a notice"):
        complaining(world)({"report": simple.report, "reason": "x"}, simple.token)
    for field, data in (("reason", {"report": early.report}), ("reason", {"report": early.report, "reason": " "}), ("report", {"reason": "x"})):  # fmt: skip
        with pytest.raises(PermanentError, match=f"field '{field}'"):
            complaining(world)(data, early.token)
    world.clock.advance(days=184)
    assert complaining(world)({"report": early.report, "reason": "x"}, early.token).complaint
    world.clock.advance(hours=1)
    with pytest.raises(ConflictError, match="six months"):
        complaining(world)({"report": early.report, "reason": "x"}, early.token)


def test_an_answered_complaint_is_not_taken_again(world: World) -> None:
    receipt = refused(world)
    first = complaining(world)({"report": receipt.report, "reason": "one"}, receipt.token)
    world.run()
    (case,) = (case for case in world.cases.all() if case.is_open)
    world.clock.advance(hours=1)
    request = DecisionRequest(decision_id="d", action="dismiss", revision=case.revision, reason="It is plain.")
    answer_notifiers(
        world.decide(case.case, person("ben", "reviewer"), request), reports=world.reports, now=world.clock.now()
    )
    with pytest.raises(ConflictError, match="answered already"):
        complaining(world)({"report": receipt.report, "reason": "two"}, receipt.token)
    told = asking(world)(first.complaint, receipt.token)
    assert (told.status, told.restricted, told.complaint_until) == ("decided", False, None)
    assert not any("sechs Monaten" in sentence for sentence in told.redress)


def test_a_complaint_that_could_not_be_passed_on_is_sent_again(world: World) -> None:
    receipt = refused(world)
    world.faults.refuse("bus.publish", 1)
    with pytest.raises(TransientError):
        complaining(world)({"report": receipt.report, "reason": "one"}, receipt.token)
    assert complaining(world)({"report": receipt.report, "reason": "one"}, receipt.token).complaint
    world.run()
    assert [case.reports for case in world.cases.all() if case.is_open] == [(world.bus.of("ReportReceived")[-1].data["report"],)]  # fmt: skip


def test_nothing_of_a_notifier_travels_or_lies_open(world: World) -> None:
    receipt = refused(world)
    complaining(world)({"report": receipt.report, "reason": "Wackelpudding"}, receipt.token)
    asking(world)(receipt.report, receipt.token)
    world.run()
    open_to_readers = [
        world.everything_in_transit(), repr(world.reports.reports), repr(world.reports.answers),
        json.dumps([case.to_dict() for case in world.cases.all()]), repr(list(world.cases.entries.values())),
    ]  # fmt: skip
    assert receipt.report in open_to_readers[0]
    assert [word for word in (*PRIVATE, receipt.token) for text in open_to_readers if word in text] == []


def test_nobody_is_told_what_was_refused_of_a_notice(world: World) -> None:
    """Words of a refusal name the field, and never repeat what stood in it."""
    for field in ("explanation", "name", "email", "url", "language"):
        with pytest.raises(PermanentError) as refusal:
            world.report(NOTICE | {field: "Zebrafink" * 800})
        assert "Zebrafink" not in str(refusal.value)


@pytest.mark.parametrize(("share", "drawn"), [(0.0, False), (1.0, True)])
@pytest.mark.parametrize("offer", [{"platform": "alpha", "post_id": "1"}, {"url": "https://example.org/1"}])
def test_reported_offers_are_drawn_for_a_second_review_as_flagged_ones_are(
    world: World, share: float, drawn: bool, offer: dict[str, str]
) -> None:
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=share)
    world.report({"reason": "They keep papers.", **offer})
    world.run()
    assert world.only_case().second_review is drawn


@pytest.mark.parametrize(
    ("action", "partner"),
    [("warn_applicants", None), ("ask_poster", None), ("remove", None), ("notify_authority", "police-b"), ("offer_support", "ngo-a")],
)  # fmt: skip
def test_where_a_report_is_all_that_is_known_nothing_is_decided_that_nobody_could_carry_out(
    world: World, action: Action, partner: str | None
) -> None:
    world.report({"reason": "They keep papers.", "url": "https://example.org/1"})
    world.run()
    with pytest.raises(PermissionDeniedError, match="nothing but a report is known"):
        world.vote(person("sonia", "senior"), action, partner)
    assert offered_actions(world.only_case(), person("sonia", "senior")) == ("dismiss",)
    assert world.vote(person("sonia", "senior"), "dismiss").state == "decided"


def test_a_complaint_has_few_who_may_judge_it_and_is_not_drawn(world: World) -> None:
    receipt = refused(world)
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=1.0)
    complaining(world)({"report": receipt.report, "reason": "Look again."}, receipt.token)
    world.run()
    complaint = max(world.cases.all(), key=lambda case: case.generation)
    assert (complaint.excluded, complaint.second_review) == (("anna",), False)


@pytest.mark.parametrize(
    ("action", "partner", "restricted"), [("remove", None, True), ("notify_authority", "police-b", False)]
)
def test_who_gave_notice_is_answered_although_nobody_is_there_to_be_told(
    world: World, action: Action, partner: str | None, restricted: bool
) -> None:
    receipt = world.report(NOTICE)
    world.run()
    world.clock.advance(hours=1)
    world.vote(person("sonia", "senior"), action, partner)
    del world.config.platforms["alpha"]
    del world.config.all_partners["police-b"]
    world.run()
    assert len(world.refer_jobs.dead) == 1
    world.clock.advance(days=4)  # an answer after a notice to an authority waits, as a hold may begin
    told = asking(world)(receipt.report, receipt.token)
    assert (told.status, told.restricted) == ("decided", restricted)
