"""A partner fetches its package in the formats that were agreed with it, signed, and the same bytes each time."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from screening.errors import AuthenticationError, PermanentError
from screening.referrals.formats import FORMATS
from screening.referrals.signing import is_signed
from tests.fakes.world import SECRET, World
from tests.unit.workflows.deciding import ANNA, BEN, configure, decide, fetch, one_case, referred, the_case

ALL = tuple(FORMATS)


@pytest.fixture
def world() -> World:
    return one_case()


def own_ids(bundle: bytes) -> set[str]:
    """Ids that this package's making chose: neither fixed by a standard nor derived from what an object says."""
    return {one["id"] for one in json.loads(bundle)["objects"] if one["type"] in ("observed-data", "note", "grouping")}


@pytest.mark.parametrize("format", ALL)
def test_every_agreed_format_is_signed_over_its_own_bytes(world: World, format: str) -> None:  # noqa: A002
    configure(world, "police-b", formats=ALL)
    package = fetch(world, referred(world), format=format)
    assert package.headers["Content-Type"] == FORMATS[format].content_type
    assert is_signed(SECRET, package.headers, package.body)
    assert not is_signed(SECRET, package.headers, package.body + b" ")
    assert not is_signed("whsec_" + "QUJD" * 10, package.headers, package.body)


def test_during_a_rotation_both_secrets_verify(world: World) -> None:
    other = "whsec_" + "QUJD" * 10
    world.secrets.put("partner", "police-b", other, SECRET)
    package = fetch(world, referred(world))
    assert is_signed(SECRET, package.headers, package.body)
    assert is_signed(other, package.headers, package.body)


@pytest.mark.parametrize("format", ALL)
def test_fetched_twice_it_is_the_same_to_the_byte(world: World, format: str) -> None:  # noqa: A002
    configure(world, "police-b", formats=ALL)
    referral = referred(world)
    first = fetch(world, referral, format=format)
    world.clock.advance(days=2)
    assert fetch(world, referral, format=format).body == first.body


def test_ids_of_a_bundle_stay_while_those_of_another_package_differ(world: World) -> None:
    configure(world, "police-b", formats=ALL)
    referral = referred(world)
    ids = [own_ids(fetch(world, referral, format="stix").body) for _ in range(2)]
    assert ids[0] == ids[1]
    world.referrals.referrals[referral] = replace(world.referrals.referrals[referral], seed="ff" * 16)
    assert not own_ids(fetch(world, referral, format="stix").body) & ids[0]


def test_json_is_what_the_ticket_names_whatever_was_agreed(world: World) -> None:
    configure(world, "police-b", formats=("stix",))
    referral = referred(world)
    (ticket,) = world.partner_queue.sent["screening-partner-police-b"]
    assert hashlib.sha256(fetch(world, referral).body).hexdigest() == ticket["hash"]


@pytest.mark.parametrize("format", ["stix", "html", "pdf", ""])
def test_a_format_that_was_not_agreed_is_refused_and_leaves_no_trace(world: World, format: str) -> None:  # noqa: A002
    configure(world, "police-b", formats=("json", "misp"))
    referral = referred(world)
    with pytest.raises(PermanentError, match="this partner takes"):
        fetch(world, referral, format=format)
    assert world.referrals.referrals[referral].state == "issued"
    assert not [e for e in world.cases.ledger(the_case(world).case) if e.kind == "referral_fetched"]


def test_a_request_signed_for_one_format_fetches_no_other(world: World) -> None:
    configure(world, "police-b", formats=ALL)
    referral = referred(world)
    line = world.signed_line("GET", "/v1/partners/police-b/packages", id=referral)
    with pytest.raises(AuthenticationError):
        world.fetch("police-b", line, referral, format="html")


def test_the_ledger_names_format_and_bytes_of_each_disclosure(world: World) -> None:
    configure(world, "police-b", formats=ALL)
    referral = referred(world)
    bodies = {name: fetch(world, referral, format=name).body for name in ("json", "html", "entities")}
    entries = [e.payload or {} for e in world.cases.ledger(the_case(world).case) if e.kind == "referral_fetched"]
    told = {entry["format"]: entry["sha256"] for entry in entries}
    assert told == {name: hashlib.sha256(body).hexdigest() for name, body in bodies.items()}


@pytest.mark.parametrize("format", ALL)
def test_no_format_holds_more_than_the_package(world: World, format: str) -> None:  # noqa: A002
    """The NGO's package carries no personal contact, and neither does any form of it."""
    configure(world, "ngo-a", formats=ALL)
    decide(world, the_case(world), ANNA, "offer_support", "ngo-a")
    decide(world, the_case(world), BEN, "offer_support", "ngo-a")
    (ticket,) = world.partner_queue.sent["screening-partner-ngo-a"]
    text = fetch(world, ticket["id"], "ngo-a", format=format).body.decode("utf-8-sig")
    assert not [word for word in ("600 100 200", "600100200", "Olena", "anna", "ben") if word in text]
