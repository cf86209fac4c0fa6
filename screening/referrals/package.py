"""The package a partner fetches: facts and assessments apart, evidence with offsets and rule versions, and what is allowed."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from screening.cases.ledger import canonical_json
from screening.fields import rfc3339
from screening.referrals.allowed_use import allowed_use
from screening.referrals.disclosure import FIELDS, DisclosurePolicy

PackageKind = Literal["referral", "support", "notice"]
KIND_OF_ACTION: dict[str, PackageKind] = {"refer": "referral", "offer_support": "support", "notify_authority": "notice"}
REFERRAL_NAMESPACE = uuid.UUID("c0a5c3c8-51b5-5f2e-8a53-3f0c2f8d9e04")
PACKAGE_VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What was decided, and by how many; who they are stays in the ledger."""

    case: str
    kind: PackageKind
    decided_at: datetime
    people: int


@dataclass(frozen=True, slots=True)
class Package:
    id: str
    body: bytes  # canonical JSON: what the partner fetches
    sha256: str
    expires_at: datetime


def referral_id(case: str, decided_at: datetime, kind: str, partner: str) -> str:
    """The same decision for the same partner gives the same id, however often it is carried out."""
    return str(uuid.uuid5(REFERRAL_NAMESPACE, "\x1f".join((case, rfc3339(decided_at), kind, partner))))


def build_package(
    handover: Handover, policy: DisclosurePolicy, *, post: Mapping[str, Any], contacts: tuple[str, ...],
    assessment: Mapping[str, Any],
) -> Package:  # fmt: skip
    """Build the package for one partner.

    Args:
        post: the archived post in `post_to_dict` shape, without contacts.
        contacts: its contacts in the clear; used only where the policy allows them.
        assessment: the archived assessment in the contract's shape.
    """
    allowed = policy.allowed(handover.kind)
    values = _values(post, contacts, assessment, policy, with_quotes="text" in allowed)
    chosen = {name: values[name] for name in sorted(allowed) if values.get(name) not in (None, "", [], {})}
    identity = referral_id(handover.case, handover.decided_at, handover.kind, policy.partner)
    expires_at = handover.decided_at + timedelta(days=policy.expiry_days)
    package = {
        "package_version": PACKAGE_VERSION,
        "id": identity,
        "kind": handover.kind,
        "partner": policy.partner,
        "issued_at": rfc3339(handover.decided_at),
        "expires_at": rfc3339(expires_at),
        "subject": "an offer, not a person",
        "handling": {
            "legal_basis": policy.legal_basis,
            "purpose": policy.purpose,
            "marking": "TLP:AMBER+STRICT",
            "allowed_use": list(allowed_use(handover.kind)),
        },
        "decision": {"people": handover.people, "decided_at": rfc3339(handover.decided_at)},
        "content_hash": assessment["post"]["content_hash"],
        "facts": {name: value for name, value in chosen.items() if FIELDS[name] == "fact"},
        "assessments": {name: value for name, value in chosen.items() if FIELDS[name] == "assessment"},
        "grading": {"facts": "as the platform published them, not verified", "assessments": "by rules, then by people"},
        "versions": dict(assessment["versions"]),
    }
    body = canonical_json(package)
    return Package(id=identity, body=body, sha256=hashlib.sha256(body).hexdigest(), expires_at=expires_at)


def _values(
    post: Mapping[str, Any], contacts: tuple[str, ...], assessment: Mapping[str, Any], policy: DisclosurePolicy,
    *, with_quotes: bool,
) -> dict[str, Any]:  # fmt: skip
    assessed = assessment["post"]
    evidence = [piece for piece in assessment["evidence"] if policy.indicators([piece["indicator"]])]
    stated = {piece["indicator"] for piece in evidence if piece["state"] == "stated"}
    return {
        "kind": assessed["kind"],
        "url": assessed["url"],
        "published": {
            name: post[name] for name in ("posted_at", "updated_at", "expires_at") if post.get(name) is not None
        },
        "company": post.get("company"),
        "text": {name: post[name] for name in ("title", "description") if post.get(name)},
        "contacts": list(contacts),
        "work_country": assessed["work_country"],
        "language": assessed["language"],
        "act_by": assessment["act_by"],
        "tier": assessment["tier"],
        "concerns": [concern["type"] for concern in assessment["concerns"]],
        "indicators": sorted(stated),
        "evidence": [_evidence(piece, with_quotes=with_quotes) for piece in evidence],
        "pay": {"verdict": assessment["pay"]["verdict"], "reference": assessment["pay"]["reference"]},
    }


def _evidence(piece: Mapping[str, Any], *, with_quotes: bool) -> dict[str, Any]:
    names = ("indicator", "state", "strength", "dimension", "field", "start", "end", "rule", "sources")
    told = {name: piece[name] for name in names}
    return {**told, "quote": piece["quote"]} if with_quotes else told
