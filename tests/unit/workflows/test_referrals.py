"""From a decision to a partner: package, ticket, fetching, acknowledgement, recall, expiry; and notices to platforms."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest

from screening.cases.ledger import chain_faults
from screening.cases.vote import Action
from screening.errors import (
    AuthenticationError,
    ConflictError,
    NotFoundError,
    PermanentError,
    PermissionDeniedError,
    TransientError,
)
from screening.posts.post import PlatformSignal, Poster
from tests.fakes.faults import Killed
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
SONIA = person("sonia", "senior")
TEXT = "review: call Olena on +48 600 100 200, two weeks unpaid trial"


@pytest.fixture
def world() -> World:
    made = World()
    made.publish(
        post(
            "1", TEXT, contacts=("+48 600 100 200",), company="Muster GmbH", url="https://alpha.example/1",
            signals=(PlatformSignal(name="secret_signal", value=0.9),), poster=Poster(id="poster-77"),
        )
    )  # fmt: skip
    made.run()
    return made


def referred(world: World, action: Action, partner: str) -> dict[str, Any]:
    """Decide and carry out; the ticket the partner got."""
    if action == "notify_authority":
        world.vote(SONIA, action, partner)
    else:
        world.vote(ANNA, action, partner)
        world.vote(BEN, action, partner)
    world.run()
    (ticket,) = world.partner_queue.sent[f"screening-partner-{partner}"]
    return ticket


def fetched(world: World, partner: str, ticket: dict[str, Any]) -> dict[str, Any]:
    body = world.fetch(
        partner, world.signed_line("GET", f"/v1/partners/{partner}/packages", id=ticket["id"]), ticket["id"]
    )
    assert hashlib.sha256(body.body).hexdigest() == ticket["hash"]
    package: dict[str, Any] = json.loads(body.body)
    return package


def test_a_police_package_keeps_facts_and_assessments_apart(world: World) -> None:
    package = fetched(world, "police-b", referred(world, "refer", "police-b"))
    assert package["kind"] == "referral"
    assert package["facts"]["contacts"] == ["+48 600 100 200"]
    assert package["facts"]["text"] == {"description": TEXT}
    assert set(package["assessments"]) == {"tier", "concerns", "indicators", "evidence"}
    evidence = package["assessments"]["evidence"][0]
    assert evidence["quote"] == TEXT[evidence["start"] : evidence["end"]]
    assert evidence["rule"]
    assert package["handling"]["legal_basis"]
    assert package["decision"]["people"] == 2
    assert package["subject"] == "an offer, not a person"
    assert package["versions"]["rules"] == "r1"


def test_an_ngo_package_carries_no_personal_contact(world: World) -> None:
    world.config.all_partners["ngo-a"] = replace(
        world.config.all_partners["ngo-a"], fields=world.config.all_partners["police-b"].fields
    )
    package = fetched(world, "ngo-a", referred(world, "offer_support", "ngo-a"))
    text = json.dumps(package, ensure_ascii=False)
    assert not [part for part in ("+48 600 100 200", "Olena", "Muster GmbH") if part in text]
    assert "evidence" in package["assessments"]
    assert all("quote" not in piece for piece in package["assessments"]["evidence"])


@pytest.mark.parametrize(
    ("action", "partner"), [("refer", "police-b"), ("offer_support", "ngo-a"), ("notify_authority", "border-c")]
)
def test_no_package_holds_rank_platform_signals_poster_or_reviewers(world: World, action: Action, partner: str) -> None:
    text = json.dumps(fetched(world, partner, referred(world, action, partner)))
    assert not [
        part
        for part in ('"rank"', "secret_signal", "poster-77", "anna", "ben", "sonia", "It is plain.")
        if part in text
    ]


def test_who_enforces_immigration_law_is_told_nothing_of_papers_contract_or_cash() -> None:
    world = World()
    world.publish(post("1", "review paperless"))
    world.run()
    package = fetched(world, "border-c", referred(world, "notify_authority", "border-c"))
    assert package["kind"] == "notice"
    assert "visa_irregular" not in json.dumps(package)


def test_a_misspelt_disclosure_policy_sends_nothing(world: World) -> None:
    world.config.all_partners["police-b"] = replace(
        world.config.all_partners["police-b"], fields=frozenset({"contatcs"})
    )
    world.vote(ANNA, "refer", "police-b")
    world.vote(BEN, "refer", "police-b")
    world.run()
    assert not world.partner_queue.sent
    assert len(world.refer_jobs.dead) == 1


@pytest.mark.parametrize(
    "call",
    ["referrals.put_package", "referrals.create", "cases.save", "partner_queue.send", "referrals.update", "sealer.seal", "archive.read", "config.partner"],
)  # fmt: skip
@pytest.mark.parametrize("how", ["kill_before", "kill_after", "throttle"])
def test_carrying_out_twice_or_after_a_crash_makes_one_referral(world: World, call: str, how: str) -> None:
    world.vote(ANNA, "refer", "police-b")
    world.vote(BEN, "refer", "police-b")
    getattr(world.faults, how)(call)
    world.refer_jobs.pump(lambda messages: world.carry_out(messages), twice=True)
    (referral,) = world.referrals.referrals.values()
    assert referral.ticket_sent
    tickets = world.partner_queue.sent["screening-partner-police-b"]
    assert len({ticket["id"] for ticket in tickets}) == 1
    case = world.only_case()
    entries = world.cases.ledger(case.case)
    assert [entry.kind for entry in entries].count("referral_issued") == 1
    assert chain_faults(entries, head_index=case.ledger_index, head_hash=case.ledger_hash) == ()
    assert fetched(world, "police-b", tickets[0])["id"] == referral.id


def test_what_was_judged_is_handed_on_not_what_came_later(world: World) -> None:
    world.vote(ANNA, "refer", "police-b")
    world.vote(BEN, "refer", "police-b")
    world.clock.advance(minutes=1)
    world.publish(post("1", "all quiet now"))
    world.posts_queue.pump(lambda messages: world.screen(messages))
    world.review_jobs.pump(lambda messages: world.review(messages))
    world.run()
    (ticket,) = world.partner_queue.sent["screening-partner-police-b"]
    assert fetched(world, "police-b", ticket)["facts"]["text"] == {"description": TEXT}


def test_the_bus_is_not_believed_for_what_goes_to_whom(world: World) -> None:
    world.vote(ANNA, "refer", "police-b")
    world.vote(BEN, "refer", "police-b")
    (event,) = world.bus.of("CaseDecided")
    forged = replace(event, data={**event.data, "partner": "border-c"})
    with pytest.raises(PermanentError, match="no such decision"):
        world.carry_out.handle(forged)
    assert "screening-partner-border-c" not in world.partner_queue.sent


def test_each_fetch_is_a_disclosure_in_the_ledger(world: World) -> None:
    ticket = referred(world, "refer", "police-b")
    fetched(world, "police-b", ticket)
    fetched(world, "police-b", ticket)
    entries = [entry for entry in world.cases.ledger(world.only_case().case) if entry.kind == "referral_fetched"]
    assert [entry.actor for entry in entries] == ["partner:police-b"] * 2
    assert world.referrals.referrals[ticket["id"]].state == "fetched"


def test_no_package_without_its_entry_in_the_ledger(world: World) -> None:
    ticket = referred(world, "refer", "police-b")
    world.faults.throttle("cases.save")
    with pytest.raises(TransientError):
        world.fetch(
            "police-b", world.signed_line("GET", "/v1/partners/police-b/packages", id=ticket["id"]), ticket["id"]
        )


def test_recall_binds(world: World) -> None:
    ticket = referred(world, "refer", "police-b")
    with pytest.raises(PermissionDeniedError):
        world.recall(ANNA, ticket["id"], "Wrong post.")
    with pytest.raises(NotFoundError):
        world.recall(person("bea", "senior", teams=("team-b",)), ticket["id"], "Wrong post.")
    world.recall(SONIA, ticket["id"], "Wrong post.")
    assert world.recall(SONIA, ticket["id"], "Again.").recall_reason == "Wrong post."
    with pytest.raises(NotFoundError, match="recalled"):
        world.fetch(
            "police-b", world.signed_line("GET", "/v1/partners/police-b/packages", id=ticket["id"]), ticket["id"]
        )
    last = world.cases.ledger(world.only_case().case)[-1]
    assert (last.kind, last.actor) == ("referral_recalled", "sonia")


def test_a_recall_in_the_moment_of_fetching_wins(world: World) -> None:
    ticket = referred(world, "refer", "police-b")
    world.faults.meanwhile("referrals.update", lambda: world.recall(SONIA, ticket["id"], "Wrong post.") and None)
    with pytest.raises(NotFoundError, match="recalled"):
        world.fetch(
            "police-b", world.signed_line("GET", "/v1/partners/police-b/packages", id=ticket["id"]), ticket["id"]
        )


def test_a_recalled_referral_is_not_sent_by_a_late_delivery(world: World) -> None:
    world.vote(ANNA, "refer", "police-b")
    world.vote(BEN, "refer", "police-b")
    world.faults.kill_before("partner_queue.send")
    with pytest.raises(Killed):
        world.carry_out.handle(world.bus.of("CaseDecided")[0])
    (referral_id,) = world.referrals.referrals
    world.recall(SONIA, referral_id, "Wrong post.")
    world.run()
    assert not world.partner_queue.sent


def test_expiry_binds(world: World) -> None:
    ticket = referred(world, "refer", "police-b")
    world.clock.advance(days=31)
    with pytest.raises(NotFoundError, match="expired"):
        world.fetch(
            "police-b", world.signed_line("GET", "/v1/partners/police-b/packages", id=ticket["id"]), ticket["id"]
        )


def test_only_signed_requests_of_active_partners_are_answered(world: World) -> None:
    ticket = referred(world, "refer", "police-b")
    with pytest.raises(AuthenticationError):
        world.fetch("police-b", world.signed(b"other body"), ticket["id"])
    world.config.all_partners["police-b"] = replace(world.config.all_partners["police-b"], active=False)
    with pytest.raises(AuthenticationError):
        world.fetch(
            "police-b", world.signed_line("GET", "/v1/partners/police-b/packages", id=ticket["id"]), ticket["id"]
        )


def test_a_package_that_was_changed_at_rest_is_not_handed_out(world: World) -> None:
    ticket = referred(world, "refer", "police-b")
    (key,) = world.referrals.packages
    world.referrals.packages[key] = world.sealer.seal(b"{}", f"referral/{ticket['id']}")
    with pytest.raises(PermanentError):
        world.fetch(
            "police-b", world.signed_line("GET", "/v1/partners/police-b/packages", id=ticket["id"]), ticket["id"]
        )


def test_acknowledging(world: World) -> None:
    ticket = referred(world, "refer", "police-b")
    body = json.dumps({"id": ticket["id"], "state": "accepted"}).encode()
    world.acknowledge("police-b", world.signed(body), body)
    world.acknowledge("police-b", world.signed(body), body)
    kinds = [entry.kind for entry in world.cases.ledger(world.only_case().case)]
    assert kinds.count("referral_acknowledged") == 1
    with pytest.raises(NotFoundError):
        world.acknowledge("ngo-a", world.signed(body), body)
    wrong = json.dumps({"id": ticket["id"], "state": "arrested"}).encode()
    with pytest.raises(PermanentError, match="state"):
        world.acknowledge("police-b", world.signed(wrong), wrong)


@pytest.mark.parametrize("action", ["warn_applicants", "ask_poster", "remove"])
def test_platforms_are_told_once_by_one_id_and_never_of_anybody_else(world: World, action: Action) -> None:
    world.vote(ANNA, action)
    world.refer_jobs.pump(lambda messages: world.carry_out(messages), twice=True)
    assert len({message_id for _, message_id, _ in world.platform_notices.sent}) == 1
    platform, _, body = world.platform_notices.sent[0]
    assert platform == "alpha"
    text = json.dumps(body).lower()
    assert not [word for word in ("police", "referr", "authorit", "ngo", "rank", "anna", "olena") if word in text]


def test_a_dismissed_case_tells_nobody(world: World) -> None:
    world.vote(ANNA, "dismiss")
    world.run()
    assert not world.platform_notices.sent
    assert not world.partner_queue.sent
    assert not world.refer_jobs.dead


def test_a_conflict_while_acknowledging_is_told(world: World) -> None:
    ticket = referred(world, "refer", "police-b")
    body = json.dumps({"id": ticket["id"], "state": "accepted"}).encode()
    world.faults.meanwhile("referrals.update", lambda: fetched(world, "police-b", ticket) and None)
    with pytest.raises(ConflictError):
        world.acknowledge("police-b", world.signed(body), body)


def test_who_acknowledges_the_ticket_first_has_fetched_the_package_all_the_same(world: World) -> None:
    ticket = referred(world, "refer", "police-b")
    body = json.dumps({"id": ticket["id"], "state": "received"}).encode()
    world.acknowledge("police-b", world.signed(body), body)
    assert world.referrals.referrals[ticket["id"]].fetched_at is None
    fetched(world, "police-b", ticket)
    stored = world.referrals.referrals[ticket["id"]]
    assert (stored.state, stored.fetched_at) == ("acknowledged", world.clock.now())
    spoken = json.dumps({"id": ticket["id"], "opinion": "lead"}).encode()
    assert world.opinion("police-b", world.signed(spoken), spoken).opinion == "lead"


def test_a_fetch_that_meets_an_acknowledgement_is_remembered_all_the_same(world: World) -> None:
    """Else an erasure wouldn't tell the partner, its opinion wouldn't count, and a fallback could get what it has."""
    ticket = referred(world, "refer", "police-b")
    body = json.dumps({"id": ticket["id"], "state": "received"}).encode()
    world.faults.meanwhile("referrals.update", lambda: world.acknowledge("police-b", world.signed(body), body) and None)
    fetched(world, "police-b", ticket)
    stored = world.referrals.referrals[ticket["id"]]
    assert (stored.state, stored.fetched_at) == ("acknowledged", world.clock.now())


def entered(world: World, kind: str) -> list[str]:
    return [entry.actor for entry in world.cases.ledger(world.only_case().case) if entry.kind == kind]


def test_an_acknowledgement_whose_entry_failed_is_entered_when_it_comes_again(world: World) -> None:
    ticket = referred(world, "refer", "police-b")
    body = json.dumps({"id": ticket["id"], "state": "accepted"}).encode()
    world.faults.throttle("cases.save")
    with pytest.raises(TransientError):
        world.acknowledge("police-b", world.signed(body), body)
    assert entered(world, "referral_acknowledged") == []
    for _ in range(2):
        world.acknowledge("police-b", world.signed(body), body)
    assert entered(world, "referral_acknowledged") == ["partner:police-b"]


def test_a_recall_whose_entry_failed_is_entered_when_somebody_recalls_again(world: World) -> None:
    ticket = referred(world, "refer", "police-b")
    world.faults.throttle("cases.save")
    with pytest.raises(TransientError):
        world.recall(SONIA, ticket["id"], "the wrong offer")
    assert entered(world, "referral_recalled") == []
    for _ in range(2):
        world.recall(SONIA, ticket["id"], "the wrong offer")
    assert entered(world, "referral_recalled") == ["sonia"]
