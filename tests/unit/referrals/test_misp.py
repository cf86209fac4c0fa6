"""The MISP event: types and categories that MISP has, nothing published or spread by default, nothing withheld."""

from __future__ import annotations

import json
import uuid
from typing import Any

from hypothesis import given

from screening.referrals.misp import misp_event
from tests.unit.referrals.package_samples import PHONE, URL, Generated, generated, ids, sample

# From MISP's describeTypes.json (category_type_mappings), those in use here.
KNOWN = {
    ("text", "Other"), ("text", "Social network"), ("email-dst", "Social network"), ("phone-number", "Other"),
    ("url", "Network activity"), ("sha256", "External analysis"), ("datetime", "Other"),
}  # fmt: skip


def event(package: dict[str, Any] | None = None) -> dict[str, Any]:
    made: dict[str, Any] = misp_event(package or sample(), new_id=ids(), producer="Alpha trust and safety")["Event"]
    return made


def values(found: dict[str, Any], kind: str) -> list[str]:
    return [attribute["value"] for attribute in found["Attribute"] if attribute["type"] == kind]


def test_an_event_is_neither_published_nor_spread() -> None:
    found = event()
    assert (found["published"], found["distribution"], found["uuid"]) == (False, "0", sample()["id"])
    assert found["Tag"] == [{"name": "tlp:amber+strict"}]
    assert {attribute["distribution"] for attribute in found["Attribute"]} == {"0"}
    assert not [attribute for attribute in found["Attribute"] if attribute["to_ids"]]
    assert "Orgc" not in found


def test_contacts_and_addresses_have_the_types_of_misp() -> None:
    found = event()
    assert values(found, "phone-number") == ["+48600100200"]
    assert values(found, "email-dst") == ["jobs@muster.example"]
    assert values(found, "url") == [URL, "https://alpha.example/offers/2"]
    assert values(found, "sha256") == [sample()["capture"]["sha256"]]
    assert "Telegram: @waiters_job" in values(found, "text")
    assert PHONE not in values(found, "text")


def test_items_are_graded_with_misps_own_tags() -> None:
    (phone,) = [attribute for attribute in event()["Attribute"] if attribute["type"] == "phone-number"]
    assert [tag["name"] for tag in phone["Tag"]] == [
        'admiralty-scale:source-reliability="f"',
        'admiralty-scale:information-credibility="6"',
    ]


def test_allowed_use_and_expiry_travel_along() -> None:
    by_comment = {attribute["comment"]: attribute["value"] for attribute in event()["Attribute"]}
    assert "accuses nobody" in by_comment["allowed use"]
    assert by_comment["delete by"] == "2026-04-01T11:20:00Z"
    assert by_comment["sender of this package"] == "Alpha trust and safety"


@given(generated())
def test_any_package_gives_an_event_that_misp_takes(case: Generated) -> None:
    found = event(case.package)
    text = json.dumps(found, ensure_ascii=False)
    assert [value for value in case.withheld if value in text] == []
    assert {(attribute["type"], attribute["category"]) for attribute in found["Attribute"]} <= KNOWN
    assert all(attribute["value"].strip() for attribute in found["Attribute"])
    identities = [uuid.UUID(attribute["uuid"]) for attribute in found["Attribute"]]
    assert len(identities) == len(set(identities))
