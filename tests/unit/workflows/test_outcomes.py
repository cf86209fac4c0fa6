"""What became of a decision: the word of the partner that fetched the package, and of a senior who learned of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from screening.errors import (
    AuthenticationError,
    ConflictError,
    NotFoundError,
    PermanentError,
    PermissionDeniedError,
    TransientError,
)
from screening.workflows.records import Referral
from tests.fakes.world import POLICE, SECRET, World, person
from tests.unit.workflows.deciding import ANNA, SARA, SONIA, configure, decide, fetch, one_case, referred, the_case


@pytest.fixture
def world() -> World:
    return one_case()


def opinion(world: World, referral: str, word: str = "lead", *, partner: str = "police-b", **more: Any) -> Referral:
    body = json.dumps({"id": referral, "opinion": word, **more}).encode()
    return world.opinion(partner, world.signed(body), body)


def test_who_never_fetched_it_has_no_opinion_of_it(world: World) -> None:
    referral = referred(world)
    with pytest.raises(NotFoundError, match="no such package"):
        opinion(world, referral)
    fetch(world, referral)
    assert opinion(world, referral).opinion == "lead"


def test_only_the_partner_that_it_was_made_for_is_heard(world: World) -> None:
    referral = referred(world)
    fetch(world, referral)
    with pytest.raises(NotFoundError, match="no such package"):
        opinion(world, referral, partner="ngo-a")
    body = json.dumps({"id": referral, "opinion": "lead"}).encode()
    with pytest.raises(AuthenticationError):
        world.opinion("police-b", world.signed(b"another body"), body)
    configure(world, "police-b", active=False)
    with pytest.raises(AuthenticationError):
        opinion(world, referral)
    assert not the_case(world).outcomes


@pytest.mark.parametrize("word", ["upheld", "overturned", "guilty", ""])
def test_a_word_that_is_no_opinion_of_a_partner_is_refused(world: World, word: str) -> None:
    referral = referred(world)
    fetch(world, referral)
    with pytest.raises(PermanentError, match="opinion"):
        opinion(world, referral, word)


def test_the_same_opinion_twice_counts_once_and_a_later_one_stands_beside_it(world: World) -> None:
    referral = referred(world)
    fetch(world, referral)
    opinion(world, referral, "lead", note="We look into it.")
    opinion(world, referral, "lead")
    opinion(world, referral, "confirmed")
    case = the_case(world)
    assert [(told.source, told.opinion) for told in case.outcomes] == [
        ("partner:police-b", "lead"),
        ("partner:police-b", "confirmed"),
    ]
    entries = [entry for entry in world.cases.ledger(case.case) if entry.kind == "outcome"]
    assert [entry.actor for entry in entries] == ["partner:police-b"] * 2
    assert world.referrals.referrals[referral].opinion == "confirmed"


def test_a_partner_that_comes_back_to_its_first_opinion_is_heard(world: World) -> None:
    referral = referred(world)
    fetch(world, referral)
    for word in ("lead", "not_useful", "lead"):
        opinion(world, referral, word)
    assert [told.opinion for told in the_case(world).outcomes] == ["lead", "not_useful", "lead"]


def test_what_a_partner_writes_stays_in_the_ledger(world: World) -> None:
    referral = referred(world)
    fetch(world, referral)
    opinion(world, referral, "lead", note="Ask Sergeant Kowalczyk.")
    assert "Kowalczyk" not in world.everything_in_transit()
    assert "Kowalczyk" not in "".join(world.cases.items.values())


@pytest.mark.parametrize("call", ["cases.save", "referrals.update"])
def test_an_opinion_that_could_not_be_kept_is_kept_once_when_it_comes_again(world: World, call: str) -> None:
    referral = referred(world)
    fetch(world, referral)
    world.faults.throttle(call)
    with pytest.raises(TransientError):
        opinion(world, referral, "disputed")
    opinion(world, referral, "disputed")
    assert [told.opinion for told in the_case(world).outcomes] == ["disputed"]
    assert world.referrals.referrals[referral].opinion == "disputed"


def test_a_disputed_referral_comes_before_a_senior_who_had_no_part_in_it(world: World) -> None:
    case = the_case(world)
    decide(world, case, ANNA, "refer", "police-b")
    decide(world, case, SONIA, "refer", "police-b")
    referral = str(world.partner_queue.sent[POLICE.queue][0]["id"])
    fetch(world, referral)
    before = len(world.review_queue.teams["team-a"])
    assert world.take_next(SARA, "team-a") is None
    opinion(world, referral, "disputed")
    assert len(world.review_queue.teams["team-a"]) == before + 1
    for who in (ANNA, SONIA, person("carla", "reviewer")):
        assert world.take_next(who, "team-a") is None
    taken = world.take_next(SARA, "team-a")
    assert taken is not None
    decided = decide(world, taken, SARA, "refer", "police-b")
    assert [made.recheck for made in decided.decisions] == ["upheld"]
    assert world.take_next(person("sven", "senior"), "team-a") is None


def test_an_opinion_that_disputes_nothing_leaves_the_decision_alone(world: World) -> None:
    referral = referred(world)
    fetch(world, referral)
    opinion(world, referral, "not_useful")
    assert [made.recheck for made in the_case(world).decisions] == [None]
    assert world.take_next(SARA, "team-a") is None


def test_who_stands_in_for_a_silent_partner_may_dispute_the_decision_as_well(world: World) -> None:
    world.config.all_partners["police-d"] = replace(POLICE, id="police-d", queue="screening-partner-police-d")
    world.secrets.put("partner", "police-d", SECRET)
    configure(world, "police-b", fallback="police-d")
    referred(world)
    world.clock.advance(days=4)
    world.reroute(lambda: 900.0)
    instead = str(world.partner_queue.sent["screening-partner-police-d"][0]["id"])
    fetch(world, instead, "police-d")
    opinion(world, instead, "disputed", partner="police-d")
    assert [made.recheck for made in the_case(world).decisions] == ["differs"]


class TestTheWordOfASenior:
    def test_it_is_noted_with_its_ledger_entry(self, world: World) -> None:
        case = decide(world, the_case(world), ANNA, "remove")
        told = world.outcome(
            SONIA, case.case, revision=case.revision, opinion="confirmed", reason="It was in the news."
        )
        assert [(one.source, one.opinion) for one in told.outcomes] == [("senior", "confirmed")]
        last = world.cases.ledger(case.case)[-1]
        assert (last.kind, last.actor) == ("outcome", "sonia")
        assert "news" not in world.everything_in_transit()

    def test_nothing_is_said_of_what_nobody_decided(self, world: World) -> None:
        case = the_case(world)
        with pytest.raises(ConflictError):
            world.outcome(SONIA, case.case, revision=case.revision, opinion="confirmed", reason="r")

    def test_a_case_that_changed_is_read_again_first(self, world: World) -> None:
        case = decide(world, the_case(world), ANNA, "remove")
        with pytest.raises(ConflictError):
            world.outcome(SONIA, case.case, revision=case.revision - 1, opinion="confirmed", reason="r")

    def test_it_needs_words_and_is_of_others_decisions(self, world: World) -> None:
        case = decide(world, the_case(world), SONIA, "remove")
        with pytest.raises(PermissionDeniedError, match="how it became known"):
            world.outcome(SARA, case.case, revision=case.revision, opinion="confirmed", reason="  ")
        with pytest.raises(PermissionDeniedError, match="your own decision"):
            world.outcome(SONIA, case.case, revision=case.revision, opinion="confirmed", reason="r")
        with pytest.raises(PermanentError, match="opinion"):
            world.outcome(SARA, case.case, revision=case.revision, opinion="overturned", reason="r")
