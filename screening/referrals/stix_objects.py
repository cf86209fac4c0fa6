"""The parts of a STIX 2.1 bundle that don't depend on a package: markings, our extension, and ids of observables.

Sources: OASIS STIX 2.1 (10 June 2021); the TLP 2.0 marking definitions of OASIS's common object repository (cti-stix-common-
objects, extension-definition-specifications/tlp-2.0, read 2026-11-26), whose ids and time are part of the published objects.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from screening.referrals.contact_kinds import SharedContact

Observable = dict[str, Any]

SPEC_VERSION = "2.1"
_SCO_NAMESPACE = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")  # fixed by STIX 2.1 section 2.9
_TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_TLP_IDS = {
    "TLP:CLEAR": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "TLP:GREEN": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "TLP:AMBER": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "TLP:AMBER+STRICT": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "TLP:RED": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}

PROJECT: dict[str, Any] = {
    "type": "identity", "spec_version": SPEC_VERSION, "id": "identity--6b0f7a52-8d0c-4c3e-9a51-2f7d1c5e80b4",
    "created": "2026-11-26T00:00:00.000Z", "modified": "2026-11-26T00:00:00.000Z", "name": "Offer Screening (software)",
    "description": "Author of the extension for recruitment-risk indicators; not who sends this bundle.",
    "identity_class": "system",
}  # fmt: skip
"""An extension's author must be the same in every bundle: one id and time stand for one content."""

INDICATOR_EXTENSION_ID = "extension-definition--d2c1f5ae-94b7-4d0e-8a36-71c5b9e04f2d"
_INDICATOR_SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "extension_type": {"const": "property-extension"},
        "indicator": {"type": "string"},
        "state": {"enum": ["stated", "denied", "absent_checked"]},
        "strength": {"enum": ["strong", "medium", "weak"]},
        "dimension": {"type": "string"},
        "rule": {"type": "string"},
        "field": {"enum": ["title", "company", "salary", "contract", "description"]},
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 1},
    },
    "required": ["extension_type", "indicator", "state", "strength", "dimension", "rule"],
}
INDICATOR_EXTENSION: dict[str, Any] = {
    "type": "extension-definition", "spec_version": SPEC_VERSION, "id": INDICATOR_EXTENSION_ID,
    "created_by_ref": PROJECT["id"], "created": PROJECT["created"], "modified": PROJECT["modified"],
    "name": "Recruitment-risk indicator",
    "description": (
        "On a note: a published warning sign of trafficking or exploitative recruitment as found in an offer. `field`, "
        "`start` and `end` say where, in code points; they are absent where a complete offer plainly lacks something."
    ),
    "schema": json.dumps(_INDICATOR_SCHEMA, sort_keys=True),
    "version": "1.0.0",
    "extension_types": ["property-extension"],
}  # fmt: skip


def tlp_marking(level: str) -> dict[str, Any]:
    """The published marking definition of a TLP 2.0 level. Raises KeyError for a level that TLP 2.0 doesn't know."""
    return {
        "type": "marking-definition", "spec_version": SPEC_VERSION, "id": _TLP_IDS[level],
        "created": "2022-10-01T00:00:00.000Z", "name": level,
        "extensions": {
            _TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": level.removeprefix("TLP:").lower()}
        },
    }  # fmt: skip


def url_observable(address: str) -> Observable:
    return _observable("url", {"value": address})


def file_observable(sha256: str) -> Observable:
    """The archived original, by its hash alone."""
    return _observable("file", {"hashes": {"SHA-256": sha256}})


def contact_observable(contact: SharedContact) -> Observable | None:
    """None for a text that is no address, number or account: it goes into a note."""
    if contact.kind == "other":
        return None
    if contact.kind == "url":
        return url_observable(contact.value)
    if contact.kind == "email":
        return _observable("email-addr", {"value": contact.value})
    account = _observable("user-account", {"account_type": contact.kind, "user_id": contact.value})
    return {**account, "display_name": contact.published}


def _observable(kind: str, contributing: Mapping[str, Any]) -> Observable:
    """Its id is derived from the value (STIX 2.1 section 2.9): never call it for a value that the package withholds, for
    whoever tries all numbers finds the one that fits."""
    name = json.dumps(contributing, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    # Half characters can't be hashed as UTF-8; what was sealed has none.
    identity = uuid.uuid5(_SCO_NAMESPACE, name.encode("utf-8", "replace").decode())
    return {"type": kind, "spec_version": SPEC_VERSION, "id": f"{kind}--{identity}", **contributing}
