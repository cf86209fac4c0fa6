"""The STIX bundle: valid to both of OASIS's tools, and nothing in it that the package withholds, nor an id made from that."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
import stix2
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from stix2.canonicalization.Canonicalize import canonicalize
from stix2validator import ValidationOptions, validate_instance

from screening.referrals.contact_kinds import read_contact
from screening.referrals.stix import stix_bundle
from screening.referrals.stix_objects import INDICATOR_EXTENSION, INDICATOR_EXTENSION_ID
from tests.unit.referrals.package_samples import CAPTURED, PHONE, URL, Generated, generated, ids, sample

SCO_NAMESPACE = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
STRICT = ValidationOptions(
    version="2.1", strict=True, strict_properties=True, enforce_refs=True,
    # Telephone numbers and messengers are in no vocabulary of account types, which STIX leaves open (section 10.1).
    disabled="account-type",
)  # fmt: skip


def bundle(package: dict[str, Any] | None = None) -> dict[str, Any]:
    return stix_bundle(package or sample(), new_id=ids(), producer="Alpha trust and safety")


def of_type(found: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one for one in found["objects"] if one["type"] == kind]


def faults(found: dict[str, Any]) -> list[str]:
    result = validate_instance(json.loads(json.dumps(found)), STRICT)
    return [str(error) for error in (*result.errors, *(result.warnings or ()))]


def derived(kind: str, **contributing: str) -> str:
    return str(uuid.uuid5(SCO_NAMESPACE, canonicalize(contributing, utf8=False)))


def test_the_sample_is_valid_in_strict_mode() -> None:
    assert faults(bundle()) == []


@settings(max_examples=60, deadline=None)
@given(generated())
def test_every_bundle_is_valid_to_both_tools(case: Generated) -> None:
    found = bundle(case.package)
    assert faults(found) == []
    parsed = stix2.parse(found, allow_custom=False)
    assert [str(one["id"]) for one in parsed.objects] == [one["id"] for one in found["objects"]]


@settings(max_examples=60, deadline=None)
@given(generated())
def test_no_withheld_value_and_no_id_made_from_one_is_in_a_bundle(case: Generated) -> None:
    text = json.dumps(bundle(case.package), ensure_ascii=False)
    assert [value for value in case.withheld if value in text] == []
    if "contacts" not in case.package["facts"]:
        guesses = [
            derived("x", value=written)
            for contact in case.contacts
            for written in (contact, read_contact(contact).value)
        ]
        guesses += [
            derived("user-account", account_type=kind, user_id=read_contact(contact).value)
            for contact in case.contacts
            for kind in ("phone", "telegram", "viber", "whatsapp", "other")
        ]
        assert [guess for guess in guesses if guess in text] == []
        assert not of_type(bundle(case.package), "user-account")


def test_ids_of_observables_are_those_that_stix_prescribes() -> None:
    """What another producer of the same number or address gets: checked against OASIS's own library."""
    found = bundle()
    for made in (*of_type(found, "url"), *of_type(found, "email-addr"), *of_type(found, "user-account"), *of_type(found, "file")):  # fmt: skip
        known = {
            name: value for name, value in made.items() if name not in ("id", "object_marking_refs", "display_name")
        }
        assert stix2.parse(known, version="2.1")["id"] == made["id"]
    phone = next(one for one in of_type(found, "user-account") if one["account_type"] == "phone")
    assert phone["user_id"] == "+48600100200"
    assert phone["display_name"] == PHONE
    assert phone["id"] == "user-account--" + derived("user-account", account_type="phone", user_id="+48600100200")


def test_a_number_that_is_disclosed_would_be_found_by_its_derived_id() -> None:
    """So that the test of withheld values looks for the right thing."""
    assert derived("user-account", account_type="phone", user_id="+48600100200") in json.dumps(bundle())


def test_other_objects_have_random_ids() -> None:
    given_ids = [uuid.UUID(int=number, version=4) for number in range(1, 60)]
    for one in bundle()["objects"]:
        identity = uuid.UUID(one["id"].split("--")[1])
        if one["type"] not in ("url", "email-addr", "user-account", "file", "extension-definition"):
            fixed = one["type"] == "marking-definition" and one.get("name", "").startswith("TLP")
            assert fixed or identity in given_ids or one["name"] == "Offer Screening (software)"


def test_each_object_carries_tlp_and_the_allowed_use() -> None:
    found = bundle()
    tlp, statement = of_type(found, "marking-definition")
    assert tlp["id"] == "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"
    (extension,) = tlp["extensions"].values()
    assert extension == {"extension_type": "property-extension", "tlp_2_0": "amber+strict"}
    assert "It accuses nobody." in statement["definition"]["statement"]
    assert "Delete by: 2026-04-01T11:20:00Z" in statement["definition"]["statement"]
    marked = {
        "grouping",
        "note",
        "indicator",
        "observed-data",
        "url",
        "user-account",
        "email-addr",
        "file",
        "relationship",
    }
    for one in found["objects"]:
        if one["type"] in marked:
            assert one["object_marking_refs"] == [tlp["id"], statement["id"]]
    assert marked <= {one["type"] for one in found["objects"]}


def test_one_grouping_refers_to_all_else() -> None:
    found = bundle()
    (grouping,) = of_type(found, "grouping")
    assert grouping["context"] == "suspicious-activity"
    frame = {"marking-definition", "extension-definition", "grouping"}
    held = {one["id"] for one in found["objects"] if one["type"] not in frame and one.get("identity_class") != "system"}
    assert set(grouping["object_refs"]) == held


def test_a_piece_of_evidence_is_a_note_with_our_extension() -> None:
    found = bundle()
    note = next(one for one in of_type(found, "note") if one["abstract"] == "doc_retention")
    extension = note["extensions"][INDICATOR_EXTENSION_ID]
    piece = sample()["assessments"]["evidence"][0]
    assert {name: extension[name] for name in ("start", "end", "field")} == {
        name: piece[name] for name in ("start", "end", "field")
    }
    assert piece["quote"] in note["content"]
    assert "ILO09" in note["content"]
    validator = Draft202012Validator(json.loads(INDICATOR_EXTENSION["schema"]))
    extensions = [one["extensions"][INDICATOR_EXTENSION_ID] for one in of_type(found, "note") if "extensions" in one]
    assert len(extensions) == 3
    assert [error.message for one in extensions for error in validator.iter_errors(one)] == []


def test_notes_quote_nothing_where_the_text_may_not_be_sent() -> None:
    text = json.dumps(bundle(sample(frozenset({"evidence", "url"}))))
    assert "doc_retention" in text
    assert "passport stays" not in text
    assert "quote" not in text


def test_only_the_offers_address_becomes_an_indicator() -> None:
    (indicator,) = of_type(bundle(), "indicator")
    assert indicator["pattern"] == "[url:value = '" + URL.replace("'", "\\'") + "']"
    assert indicator["valid_until"] == "2026-04-01T11:20:00.000Z"
    assert not of_type(bundle(sample(frozenset({"contacts", "evidence"}))), "indicator")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://пример.рф/1", "no address", "https://a.example/\\x"]
)
def test_what_is_no_web_address_becomes_a_note(address: str) -> None:
    post = {**sample()["facts"], "platform": "alpha", "url": address, "description": "x"}
    package = sample(
        frozenset({"url"}), post={"platform": "alpha", "id": "1", **post, "kind": "job"}, pieces=[], campaign=None
    )
    found = bundle(package)
    assert faults(found) == []
    assert not of_type(found, "url")
    assert address in of_type(found, "note")[0]["content"]


def test_no_time_but_those_of_the_package_and_of_published_definitions() -> None:
    found = bundle()
    times = {
        one[name]
        for one in found["objects"]
        for name in ("created", "modified", "valid_from", "valid_until", "first_observed", "last_observed")
        if name in one and one["type"] != "extension-definition" and one.get("identity_class") != "system"
    }
    assert times == {
        "2026-03-02T11:20:00.000Z", "2026-04-01T11:20:00.000Z", "2026-03-01T08:00:00.250Z", "2026-02-27T05:00:00.000Z",
        "2022-10-01T00:00:00.000Z",
    }  # fmt: skip
    assert CAPTURED.microsecond == 250_000


def test_no_rank_and_no_confidence_leave() -> None:
    text = json.dumps(bundle())
    assert "confidence" not in text
    assert "0.123456" not in text


def test_a_package_that_discloses_nothing_is_still_a_valid_bundle() -> None:
    found = bundle(sample(frozenset()))
    assert faults(found) == []
    assert {one["type"] for one in found["objects"]} == {
        "marking-definition",
        "identity",
        "file",
        "observed-data",
        "grouping",
    }
