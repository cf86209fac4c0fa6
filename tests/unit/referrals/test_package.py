"""The package: what travels to whom, on what ground, with which grade; and its published schema."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, FormatChecker

from screening.cases.ledger import canonical_json
from screening.referrals.art18_notice import missing_parts
from screening.referrals.disclosure import FIELDS, PERSONAL_CONTACT, WORKERS_OWN
from screening.referrals.grading import OF_FACTS, grades
from screening.referrals.member_state import MemberStates, Places, member_states
from screening.referrals.package import Handover, Package, PackageKind, build_package
from tests.unit.referrals.package_samples import (
    CAMPAIGN,
    CAPTURED,
    DECIDED,
    PHONE,
    TEXT,
    Generated,
    archived,
    assessment,
    evidence,
    generated,
    policy,
    sample,
)

SCHEMA = Path(__file__).resolve().parents[3] / "events" / "ReferralPackage"
SEEKER = "I am looking for work as a waitress, I can start at once. Call +48 600 100 200."


def faults(package: object) -> list[str]:
    schema = json.loads((SCHEMA / "1.schema.json").read_text("utf-8"))
    return [
        error.message for error in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(package)
    ]


def test_each_item_that_is_sent_has_its_grade_and_nothing_else_has() -> None:
    package = sample(frozenset({"url", "text", "tier"}))
    assert package["handling"]["source_grading"] == {
        "scale": "admiralty",
        "items": {"text": "F6", "tier": "C3", "url": "B2"},
    }


def test_every_field_has_a_grade() -> None:
    assert set(grades(FIELDS)) == set(FIELDS)
    assert set(OF_FACTS) == {name for name, nature in FIELDS.items() if nature == "fact"}


def test_nobody_is_put_into_a_category() -> None:
    assert sample()["handling"]["data_subject_category"] == "unknown"


def test_the_original_is_named_by_the_hash_of_its_archived_bytes() -> None:
    capture = sample()["capture"]
    assert capture == {
        "sha256": hashlib.sha256(canonical_json(archived())).hexdigest(),
        "at": "2026-03-01T08:00:00.250Z",
        "time_zone": "UTC",
    }
    assert "at" not in sample(captured_at=None)["capture"]


def test_a_campaign_tells_where_and_when_the_other_posts_stand_and_nothing_of_their_text() -> None:
    assert sample()["facts"]["campaign"] == {
        "size": 3,
        "posts": [
            {"platform": "alpha", "url": "https://alpha.example/offers/2", "kind": "job", "posted_at": "2026-02-27T05:00:00Z"},
            {"platform": "beta", "kind": "job"},
        ],
    }  # fmt: skip
    assert "Dancers" not in json.dumps(sample())


def test_addresses_of_a_campaign_are_held_back_where_the_offers_own_is() -> None:
    posts = sample(frozenset({"campaign"}))["facts"]["campaign"]["posts"]
    assert not [post for post in posts if "url" in post]
    assert "campaign" not in sample(frozenset({"campaign"}), campaign=None)["facts"]


def test_an_ngo_gets_the_campaign_and_no_contact() -> None:
    facts = sample(ngo=True, kind="support")["facts"]
    assert facts["campaign"]["size"] == CAMPAIGN["size"]
    assert not facts.keys() & PERSONAL_CONTACT


@pytest.mark.parametrize("kind", ["referral", "notice"])
def test_a_workers_contact_never_travels_to_the_police(kind: PackageKind) -> None:
    package = sample(contact_basis="worker", kind=kind)
    assert not package["facts"].keys() & WORKERS_OWN
    assert "quote" not in json.dumps(package)
    assert PHONE not in json.dumps(package)


@pytest.mark.parametrize("kind", ["referral", "notice"])
def test_a_post_that_reads_as_a_workers_own_is_treated_as_one(kind: PackageKind) -> None:
    package = sample(post=archived(title="", description=SEEKER), pieces=[], kind=kind)
    assert not package["facts"].keys() & WORKERS_OWN
    assert "600 100 200" not in json.dumps(package)


@pytest.mark.parametrize("basis", ["own_report", "consent"])
def test_a_workers_own_report_or_consent_opens_the_way(basis: Any) -> None:
    package = sample(post=archived(title="", description=SEEKER), pieces=[], contact_basis=basis)
    assert PHONE in package["facts"]["contacts"]
    assert package["facts"]["text"] == {"description": SEEKER}


def test_an_offer_is_not_taken_for_a_workers_post() -> None:
    assert PHONE in sample()["facts"]["contacts"]
    assert sample()["facts"]["text"]["description"] == TEXT


def test_what_a_poster_is_taken_for_is_told_to_nobody() -> None:
    told = json.dumps(sample(contact_basis="worker"))
    assert "contact_basis" not in told
    assert '"worker"' not in told
    assert '"consent"' not in json.dumps(sample(contact_basis="consent"))


def test_no_policy_gives_the_police_a_workers_contact() -> None:
    for name in FIELDS:
        for kind in ("referral", "support", "notice"):
            assert not policy(frozenset({name})).allowed(kind, "worker") & WORKERS_OWN  # type: ignore[arg-type]


def test_a_hash_that_covers_withheld_contacts_stays_here() -> None:
    without = frozenset(FIELDS) - {"contacts"}
    assert "content_hash" in sample()
    assert "content_hash" not in sample(without)
    assert "content_hash" in sample(without, contacts=())


def test_the_companys_name_is_not_quoted_where_it_is_withheld() -> None:
    piece = {
        "indicator": "employer_name", "state": "stated", "strength": "weak", "dimension": "employer_identity",
        "field": "company", "start": 0, "end": 6, "quote": "Muster", "rule": "r", "sources": [],
    }  # fmt: skip
    assert "Muster" not in json.dumps(sample(frozenset({"text", "evidence"}), pieces=[piece]))
    assert sample(frozenset({"text", "evidence", "company"}), pieces=[piece])["assessments"]["evidence"][0]["quote"]


@given(generated())
def test_nothing_withheld_is_in_a_package(case: Generated) -> None:
    told = json.dumps(case.package, ensure_ascii=False)
    assert [value for value in case.withheld if value in told] == []


@given(generated())
def test_every_package_fits_the_published_schema(case: Generated) -> None:
    assert faults(case.package) == []


def test_the_schema_is_one_and_its_example_is_a_package() -> None:
    schema = json.loads((SCHEMA / "1.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    example = json.loads((SCHEMA / "1.example.json").read_text("utf-8"))
    assert faults(example) == []
    assert example == sample()


def test_the_schema_names_each_field_where_it_belongs() -> None:
    properties = json.loads((SCHEMA / "1.schema.json").read_text("utf-8"))["properties"]
    for part, nature in (("facts", "fact"), ("assessments", "assessment")):
        assert set(properties[part]["properties"]) == {name for name, found in FIELDS.items() if found == nature}
    assert set(properties) - {"notice"} == set(sample())  # a notice has one more part: see below


@pytest.mark.parametrize("field", ["id", "handling", "capture", "facts", "expires_at"])
def test_a_package_without_what_must_be_there_is_refused(field: str) -> None:
    assert faults({name: value for name, value in sample().items() if name != field})


def test_a_package_with_what_never_travels_is_refused() -> None:
    package = sample()
    assert faults({**package, "rank": 0.5})
    assert faults({**package, "facts": {**package["facts"], "poster": "p"}})
    assert faults({**package, "assessments": {**package["assessments"], "rank": 0.5}})


def notified(concerned: MemberStates, *, without: tuple[str, ...] = ()) -> Package:
    post = archived()
    assessed = assessment(post, [evidence("doc_retention", TEXT, "passport stays with the manager")])
    assessed["post"] |= {"platform": "alpha", "id": "1", "origin_countries": []}
    return build_package(
        Handover(case="case-1", kind="notice", decided_at=DECIDED, people=1), policy(frozenset(FIELDS) - set(without)),
        post=post, contacts=(PHONE,), assessment=assessed, captured_at=CAPTURED, concerned=concerned,
    )  # fmt: skip


def test_a_notice_says_what_recital_56_lists_and_fits_the_schema() -> None:
    concerned = member_states(
        Places(work_country="DE", account_country=None, origin_countries=("RO",), language="ro"), operator_state="PL"
    )
    notice = json.loads(notified(concerned).body)
    assert faults(notice) == []
    assert missing_parts(notice["notice"]) == ()
    assert notice["notice"]["published"]["time_zone"] == "UTC"
    assert {one["country"] for one in notice["notice"]["member_states"]["states"]} == {"DE", "RO"}


def test_a_notice_names_no_contact_to_an_authority_whose_policy_takes_none() -> None:
    concerned = member_states(
        Places(work_country="DE", account_country=None, origin_countries=(), language="ro"), operator_state="PL"
    )
    told = notified(concerned, without=("contacts", "company", "text")).body.decode()
    assert PHONE not in told
    assert json.loads(told)["notice"]["recipient"].get("contacts") is None
