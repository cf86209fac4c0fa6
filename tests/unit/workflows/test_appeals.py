"""Appeals: from the platform's signed request to a case for other people, and what their answer does."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from screening.cases.appeals import OPEN_FOR
from screening.cases.decisions import DecisionRequest
from screening.cases.vote import Action
from screening.errors import (
    AuthenticationError,
    ConflictError,
    NotFoundError,
    PermanentError,
    PermissionDeniedError,
    TransientError,
)
from screening.workflows.case_queue import may_judge
from tests.fakes.world import World, person, post
from tests.unit.workflows.deciding import (
    ANNA,
    BEN,
    SARA,
    SONIA,
    TEXT,
    WORDS,
    appeal,
    campaign_case,
    decide,
    one_case,
    the_appeal,
    the_case,
)


@pytest.fixture
def world() -> World:
    """An offer that Anna restricted, and its platform was told."""
    made = one_case()
    decide(made, the_case(made), ANNA, "remove")
    return made


def answers(world: World, kind: str) -> list[dict[str, Any]]:
    return [body for _, _, body in world.platform_notices.sent if body["type"] == kind]


def test_an_appeal_opens_a_case_of_its_own_judged_on_what_was_restricted(world: World) -> None:
    receipt = appeal(world)
    case, opened = the_case(world), the_appeal(world)
    assert receipt.received_at == world.clock.now()
    assert (opened.queue, opened.state, opened.team) == ("appeals", "open", "team-a")
    assert (opened.platform, opened.post_id, opened.archive) == ("alpha", "1", case.decisions[0].archive)
    assert opened.previous_case == case.case
    assert [line.what for line in case.history].count("appealed") == 1
    view = world.read_case(BEN, opened.case)
    assert [said.words for said in view.statements] == [WORDS]
    assert view.post is not None
    assert view.post.description == TEXT


def test_only_what_the_platform_signed_is_taken(world: World) -> None:
    body = json.dumps({"post_id": "1", "text": WORDS}).encode()
    with pytest.raises(AuthenticationError):
        world.appeal("alpha", world.signed(b"another body"), body)
    with pytest.raises(AuthenticationError):
        world.appeal("gamma", world.signed(body), body)
    world.secrets.put("platform", "beta", "whsec_" + "QUJD" * 10)
    with pytest.raises(AuthenticationError):
        world.appeal("beta", world.signed(body), body)
    assert not world.reports.reports


def test_another_platform_cannot_appeal_for_a_post_of_the_same_id(world: World) -> None:
    with pytest.raises(NotFoundError):
        appeal(world, platform="beta")


@pytest.mark.parametrize("body", [b"\xff", b"[]", b"{}", b'{"post_id": "1"}', b'{"post_id": "1", "text": 5}'])
def test_a_body_that_is_no_appeal_is_refused_by_its_field(world: World, body: bytes) -> None:
    with pytest.raises(PermanentError, match="appeal"):
        world.appeal("alpha", world.signed(body), body)


def test_the_same_message_twice_is_one_case_and_one_receipt(world: World) -> None:
    first = appeal(world, id="a-7")
    world.clock.advance(minutes=3)
    assert appeal(world, id="a-7") == first
    assert the_appeal(world).appeal is not None
    assert world.metrics.counts["AppealsReceived"] == 1


def test_its_event_delivered_twice_opens_one_case(world: World) -> None:
    body = json.dumps({"post_id": "1", "text": WORDS}).encode()
    world.appeal("alpha", world.signed(body), body)
    world.run(twice=True)
    assert len(world.bus.of("CaseOpened")) == 2  # the offer's, and the appeal's


@pytest.mark.parametrize("call", ["reports.put", "bus.publish", "sealer.seal"])
def test_what_could_not_be_taken_for_now_is_taken_when_it_is_sent_again(world: World, call: str) -> None:
    world.faults.throttle(call)
    with pytest.raises(TransientError):
        appeal(world)
    appeal(world)
    assert the_appeal(world).queue == "appeals"


@pytest.mark.parametrize("call", ["cases.save", "bus.publish"])
@pytest.mark.parametrize("how", ["kill_before", "kill_after", "throttle"])
@pytest.mark.parametrize("nth", [1, 2])
def test_a_crash_while_opening_it_leaves_one_case_and_one_line_of_history(
    world: World, call: str, how: str, nth: int
) -> None:
    body = json.dumps({"post_id": "1", "text": WORDS}).encode()
    world.appeal("alpha", world.signed(body), body)
    getattr(world.faults, how)(call, nth)
    world.run()
    world.faults.forget()
    world.clock.advance(minutes=2)
    world.sweep()
    assert the_appeal(world).state == "open"
    assert [line.what for line in the_case(world).history].count("appealed") == 1


def test_an_offer_without_a_restriction_has_nothing_to_appeal() -> None:
    world = one_case()
    with pytest.raises(NotFoundError, match="no restriction"):
        appeal(world)
    decide(world, the_case(world), ANNA, "warn_applicants")
    with pytest.raises(NotFoundError, match="no restriction"):
        appeal(world)
    with pytest.raises(NotFoundError, match="no restriction"):
        appeal(world, "unheard-of")
    assert not world.reports.reports


def test_after_six_months_it_is_too_late(world: World) -> None:
    world.clock.advance(days=OPEN_FOR.days)
    appeal(world)
    world.clock.advance(seconds=1)
    with pytest.raises(NotFoundError, match="no restriction"):
        appeal(world, id="a-2")


def test_a_newer_case_of_the_offer_does_not_take_the_appeal_away(world: World) -> None:
    world.report({"reason": "Strange offer.", "platform": "alpha", "post_id": "1"})
    world.run()
    assert len(world.cases.all()) == 2
    appeal(world)
    restricted = next(case for case in world.cases.all() if case.decisions)
    assert the_appeal(world).previous_case == restricted.case


def test_who_decided_neither_answers_nor_is_given_the_case(world: World) -> None:
    appeal(world)
    opened = the_appeal(world)
    assert not may_judge(opened, ANNA)
    assert world.take_next(ANNA, "team-a") is None
    assert world.read_case(ANNA, opened.case).actions == ()
    with pytest.raises(PermissionDeniedError, match="another person"):
        decide(world, opened, ANNA, "uphold")
    taken = world.take_next(BEN, "team-a")
    assert taken is not None
    assert taken.case == opened.case


def test_an_appeal_is_answered_by_upholding_or_restoring_and_nothing_else(world: World) -> None:
    appeal(world)
    others: tuple[Action, ...] = ("dismiss", "remove", "warn_applicants")
    for action in others:
        with pytest.raises(PermissionDeniedError, match="upholding or restoring"):
            decide(world, the_appeal(world), BEN, action)
    with pytest.raises(PermissionDeniedError, match="role"):
        decide(world, the_appeal(world), BEN, "restore")
    with pytest.raises(PermissionDeniedError, match="upholding or restoring"):
        decide(world, the_case(world), SONIA, "restore")


def test_upholding_tells_the_platform_with_the_reasons_and_is_noted(world: World) -> None:
    appeal(world)
    decide(world, the_appeal(world), BEN, "uphold")
    (answer,) = answers(world, "offer.appeal_answered")
    data = answer["data"]
    assert (data["id"], data["outcome"], data["decided_by"]) == ("1", "upheld", "a person")
    assert data["statement"]["automated_decision"] is False
    (outcome,) = the_case(world).outcomes
    assert (outcome.opinion, outcome.source) == ("upheld", f"appeal:{the_appeal(world).case}")
    appeal(world, id="a-2")  # the restriction stands, and with it the way to complain


def test_restoring_tells_the_platform_and_ends_the_restriction(world: World) -> None:
    first = appeal(world)
    decide(world, the_appeal(world), SONIA, "restore")
    (answer,) = answers(world, "offer.restriction_lifted")
    assert answer["data"] == {"id": "1", "outcome": "reversed", "decided_by": "a person"}
    case = the_case(world)
    assert [outcome.opinion for outcome in case.outcomes] == ["overturned"]
    assert [entry.kind for entry in world.cases.ledger(case.case)][-1] == "appeal_decided"
    with pytest.raises(NotFoundError, match="no restriction"):
        appeal(world, id="a-2")
    world.clock.advance(minutes=1)
    assert appeal(world) == first  # the same message again says what it said


@pytest.mark.parametrize("call", ["platform_notices.send", "cases.save"])
@pytest.mark.parametrize("how", ["kill_before", "kill_after", "throttle"])
def test_an_answer_carried_out_twice_or_after_a_crash_counts_once(world: World, call: str, how: str) -> None:
    appeal(world)
    case = the_appeal(world)
    request = DecisionRequest(decision_id="d-9", action="restore", revision=case.revision, reason="A mistake was made.")
    world.decide(case.case, SONIA, request)
    getattr(world.faults, how)(call)
    world.refer_jobs.pump(lambda messages: world.carry_out(messages), twice=True)
    assert [outcome.opinion for outcome in the_case(world).outcomes] == ["overturned"]
    ids = {message for _, message, body in world.platform_notices.sent if body["type"] == "offer.restriction_lifted"}
    assert len(ids) == 1


def test_a_member_of_a_campaign_appeals_for_itself_alone() -> None:
    world = campaign_case()
    decide(world, the_case(world), ANNA, "remove")
    removed = sorted(str(body["data"]["id"]) for body in answers(world, "offer.removal_recommended"))
    assert removed == ["p0", "p1", "p2"]
    appeal(world, "p1")
    opened = the_appeal(world)
    assert (opened.post_id, opened.members, opened.member_count) == ("p1", (), 0)
    view = world.read_case(BEN, opened.case)
    assert view.post is not None
    assert "p1" in view.post.description
    decide(world, opened, SONIA, "restore")
    lifted = [body["data"]["id"] for body in answers(world, "offer.restriction_lifted")]
    assert lifted == ["p1"]
    with pytest.raises(NotFoundError, match="no restriction"):
        appeal(world, "p1", id="a-2")
    appeal(world, "p2", id="a-3")  # for the others the restriction stands
    appeal(world, "p0", id="a-4")


def test_what_the_poster_wrote_stays_sealed(world: World) -> None:
    appeal(world)
    decide(world, the_appeal(world), SONIA, "restore")
    world.run()
    held = [
        world.everything_in_transit(),
        *world.cases.items.values(),
        *(str(e.payload) for e in world.cases.entries.values()),
    ]
    held += [report.sealed for report in world.reports.reports.values()]
    held += [json.dumps(body) for _, _, body in world.platform_notices.sent]
    assert [said.words for said in world.read_case(BEN, the_appeal(world).case).statements] == [WORDS]
    assert not [text for text in held if "Zdenka" in text or "bookkeeper" in text]


def test_a_restriction_that_is_held_back_is_told_to_nobody_who_asks() -> None:
    world = one_case()
    decide(world, the_case(world), SONIA, "notify_authority", "police-b")
    case = the_case(world)
    world.hold_statement(SARA, case.case, revision=case.revision, hours=24, reason="The victims are still there.")
    decide(world, the_case(world), ANNA, "remove")
    assert not world.platform_notices.sent
    with pytest.raises(NotFoundError, match="no restriction"):
        appeal(world)
    world.clock.advance(hours=24, minutes=2)
    world.sweep()
    world.run()
    assert [body["type"] for _, _, body in world.platform_notices.sent] == ["offer.removal_recommended"]
    appeal(world)


def test_an_appeal_of_a_campaign_case_that_was_merged_is_found(world: World) -> None:
    case = the_case(world)
    into = replace(case, case="merged-into", revision=0, ledger_index=-1, ledger_hash="", outbox=())
    world.saver.save(into, before=None, entries=[], correlation_id="t")
    world.saver.save(replace(case, merged_into="merged-into"), before=case, entries=[], correlation_id="t")
    appeal(world)
    assert the_appeal(world).previous_case == "merged-into"


def test_cases_of_other_teams_stay_out_of_reach(world: World) -> None:
    appeal(world)
    with pytest.raises(NotFoundError):
        decide(world, the_appeal(world), person("bea", "senior", teams=("team-b",)), "uphold")


def test_an_offer_that_was_published_anew_can_still_be_appealed(world: World) -> None:
    world.clock.advance(minutes=5)
    world.publish(post("1", "urgent " + TEXT))
    world.run()
    assert len(world.cases.all()) == 2
    appeal(world)
    assert the_appeal(world).archive == next(case for case in world.cases.all() if case.decisions).decisions[0].archive


class Deaf:
    """A platform that refuses whatever it is told."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    def send(self, platform: Any, *, message_id: str, body: dict[str, Any]) -> None:
        raise PermanentError("platform alpha: webhook refused with 410")


@pytest.mark.parametrize(("action", "opinion"), [("restore", "overturned"), ("uphold", "upheld")])
def test_what_an_appeal_came_to_holds_though_the_platform_will_not_hear_it(
    world: World, action: Action, opinion: str
) -> None:
    appeal(world)
    world.platform_notices = Deaf()  # type: ignore[assignment]
    decide(world, the_appeal(world), SONIA, action)
    assert [outcome.opinion for outcome in the_case(world).outcomes] == [opinion]
    assert len(world.refer_jobs.dead) == 1


def test_one_appeal_is_answered_at_a_time_and_by_somebody_new_each_time(world: World) -> None:
    appeal(world)
    with pytest.raises(ConflictError, match="being answered"):
        appeal(world, id="msg-second")
    decide(world, the_appeal(world), BEN, "uphold")
    appeal(world, id="msg-third")
    again = next(case for case in world.cases.all() if case.appeal is not None and case.is_open)
    assert again.excluded == (ANNA.actor, BEN.actor)
    assert not may_judge(again, BEN)
