"""Decided cases for tests of what follows: a restricted offer, a campaign of two, an appeal, a package that was fetched."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from screening.cases.case import Case
from screening.cases.decisions import DecisionRequest
from screening.cases.people import Person
from screening.cases.vote import Action
from screening.workflows.appeal import AppealReceipt
from screening.workflows.fetch_package import FetchedPackage
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
SONIA = person("sonia", "senior")
SARA = person("sara", "senior")
TEXT = "review: call Olena on +48 600 100 200, two weeks unpaid trial"
WORDS = "We pay fairly, ask our bookkeeper Zdenka."


def one_case() -> World:
    """An offer on alpha, flagged and waiting."""
    world = World()
    world.publish(post("1", TEXT, contacts=("+48 600 100 200",), language="pl"))
    world.run()
    return world


def campaign_case(posted: Sequence[datetime | None] = (None, None, None)) -> World:
    """Offers "p0" on alpha and "p1", "p2" after it, tied by a contact and in one case."""
    world = World()
    for number, company in enumerate(("Alma GmbH", "Vega GmbH", "Delta GmbH")):
        text = f"review helper for the season in the north p{number}"
        fields: dict[str, Any] = {"company": company, "contacts": ("@one_hand_only",), "posted_at": posted[number]}
        world.publish(post(f"p{number}", text, **fields))
        world.run(batch=1)
        world.clock.advance(minutes=1)
    return world


def the_case(world: World) -> Case:
    """The only one that wasn't merged away and answers no appeal."""
    (case,) = [case for case in world.cases.all() if case.appeal is None and case.state != "merged"]
    return case


def the_appeal(world: World) -> Case:
    (case,) = [case for case in world.cases.all() if case.appeal is not None]
    return case


def decide(world: World, case: Case, who: Person, action: Action, partner: str | None = None) -> Case:
    """A vote on the case as it stands now, carried out as far as it goes."""
    stored = world.cases.read(case.case)
    assert stored is not None
    request = DecisionRequest(
        decision_id=world.ids.new_id(), action=action, revision=stored.revision, reason="It is plain.", partner=partner
    )
    world.decide(case.case, who, request)
    world.run()
    after = world.cases.read(case.case)
    assert after is not None
    return after


def appeal(
    world: World,
    post_id: str = "1",
    *,
    id: str = "a-1",  # noqa: A002
    platform: str = "alpha",
    text: str = WORDS,
) -> AppealReceipt:
    body = json.dumps({"post_id": post_id, "text": text, "language": "pl"}).encode()
    receipt = world.appeal(platform, world.signed(body, id=id), body)
    world.run()
    return receipt


def referred(world: World, partner: str = "police-b") -> str:
    """Two people refer the only case; the referral's id."""
    case = the_case(world)
    decide(world, case, ANNA, "refer", partner)
    decide(world, case, BEN, "refer", partner)
    return str(world.partner_queue.sent[f"screening-partner-{partner}"][0]["id"])


def fetch(world: World, referral: str, partner: str = "police-b", *, format: str = "json") -> FetchedPackage:  # noqa: A002
    query = {"id": referral} if format == "json" else {"format": format, "id": referral}
    line = world.signed_line("GET", f"/v1/partners/{partner}/packages", **query)
    return world.fetch(partner, line, referral, format=format)


def configure(world: World, partner: str, **fields: Any) -> None:
    world.config.all_partners[partner] = replace(world.config.all_partners[partner], **fields)
