"""The package a partner fetches: facts and assessments apart, evidence with offsets and rule versions, and what is allowed."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from screening.cases.ledger import canonical_json
from screening.fields import parse_moment, rfc3339
from screening.posts.free_text import is_seeker
from screening.referrals.allowed_use import allowed_use
from screening.referrals.art18_notice import art18_notice
from screening.referrals.disclosure import FIELDS, ContactBasis, DisclosurePolicy
from screening.referrals.grading import SCALE, grades
from screening.referrals.member_state import MemberStates
from screening.values.evidence import listed_place

PackageKind = Literal["referral", "support", "notice"]
KIND_OF_ACTION: dict[str, PackageKind] = {"refer": "referral", "offer_support": "support", "notify_authority": "notice"}
REFERRAL_NAMESPACE = uuid.UUID("c0a5c3c8-51b5-5f2e-8a53-3f0c2f8d9e04")
PACKAGE_VERSION = "1"
MARKING = "TLP:AMBER+STRICT"
MOST_CAMPAIGN_POSTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What was decided, and by how many; who they are stays in the ledger.

    `contact_basis` says why the poster's contacts may travel. "worker" takes them, the text and what leads to the post out
    of every package for police or an authority; so does a post that reads as a worker's own, unless that person reported it
    ("own_report") or agreed ("consent"). Which of them it was stays here, for it would say what the contact's role is.
    """

    case: str
    kind: PackageKind
    decided_at: datetime
    people: int
    contact_basis: ContactBasis = "published_by_poster"


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
    assessment: Mapping[str, Any], captured_at: datetime | None = None, campaign: Mapping[str, Any] | None = None,
    concerned: MemberStates | None = None,
) -> Package:  # fmt: skip
    """Build the package for one partner.

    Args:
        post: the archived post in `post_to_dict` shape, its contacts sealed or left out: its hash is that of the original.
        contacts: its contacts in the clear; used only where the policy allows them.
        assessment: the archived assessment in the contract's shape.
        captured_at: when the post was received from its platform.
        campaign: {"size": posts in the case, this one counted, "posts": [{"platform", "url", "kind", "posted_at"}]}, the
            other posts of the case; whatever else an entry holds is left out.
        concerned: the Member States that a notice under DSA art. 18 is for; needed for a notice alone.

    Raises:
        ValueError: a campaign's `posted_at` is no RFC 3339 moment with a time zone.
    """
    allowed = policy.allowed(handover.kind, _contact_basis(handover, post))
    values = _values(post, contacts, assessment, policy, allowed)
    if campaign is not None:
        values["campaign"] = _campaign(campaign, with_urls="url" in allowed)
    chosen = {name: values[name] for name in sorted(allowed) if values.get(name) not in (None, "", [], {})}
    identity = referral_id(handover.case, handover.decided_at, handover.kind, policy.partner)
    expires_at = handover.decided_at + timedelta(days=policy.expiry_days)
    package: dict[str, Any] = {
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
            "marking": MARKING,
            "allowed_use": list(allowed_use(handover.kind)),
            "source_grading": {"scale": SCALE, "items": grades(chosen)},
            # Art. 6 of Directive (EU) 2016/680 tells suspects, victims and others apart; nobody here can.
            "data_subject_category": "unknown",
        },
        "decision": {"people": handover.people, "decided_at": rfc3339(handover.decided_at)},
        "capture": _capture(post, captured_at),
        "facts": {name: value for name, value in chosen.items() if FIELDS[name] == "fact"},
        "assessments": {name: value for name, value in chosen.items() if FIELDS[name] == "assessment"},
        "grading": {"facts": "as the platform published them, not verified", "assessments": "by rules, then by people"},
        "versions": dict(assessment["versions"]),
    }
    if not contacts or "contacts" in chosen:
        # It covers the contacts: whoever knows the rest could try every number until the hash fits.
        package["content_hash"] = assessment["post"]["content_hash"]
    if handover.kind == "notice" and concerned is not None:
        package["notice"] = _notice(handover, policy, post, contacts, assessment, concerned)
    body = canonical_json(package)
    return Package(id=identity, body=body, sha256=hashlib.sha256(body).hexdigest(), expires_at=expires_at)


def _notice(
    handover: Handover, policy: DisclosurePolicy, post: Mapping[str, Any], contacts: tuple[str, ...],
    assessment: Mapping[str, Any], concerned: MemberStates,
) -> dict[str, Any]:  # fmt: skip
    """What art. 18 asks for, of that what the authority's policy takes: it may have its reasons for wanting less."""
    text = {"title", "description"} if "text" not in policy.fields else set()
    company = {"company"} if "company" not in policy.fields else set()
    shown = {name: value for name, value in post.items() if name not in text | company}
    evidence = [piece for piece in assessment["evidence"] if policy.indicators([piece["indicator"]])]
    assessed = dict(assessment["post"]) | ({} if "url" in policy.fields else {"url": None})
    return art18_notice(
        post=shown, contacts=contacts if "contacts" in policy.fields else (),
        assessment={**assessment, "post": assessed, "evidence": evidence},
        contact_basis=_contact_basis(handover, post), states=concerned,
    )  # fmt: skip


def _contact_basis(handover: Handover, post: Mapping[str, Any]) -> ContactBasis:
    written = f"{post.get('title', '')}\n{post.get('description', '')}"
    if handover.contact_basis == "published_by_poster" and is_seeker(written):
        return "worker"
    return handover.contact_basis


def _capture(post: Mapping[str, Any], captured_at: datetime | None) -> dict[str, str]:
    """The original by its hash. Where it had contacts, their seal stands in it, so that nobody can guess them from the hash."""
    capture = {"sha256": hashlib.sha256(canonical_json(post)).hexdigest(), "time_zone": "UTC"}
    return capture if captured_at is None else {**capture, "at": rfc3339(captured_at)}


def _campaign(campaign: Mapping[str, Any], *, with_urls: bool) -> dict[str, Any]:
    names = ("platform", "url", "kind", "posted_at") if with_urls else ("platform", "kind", "posted_at")
    posts = [{name: post[name] for name in names if post.get(name)} for post in campaign["posts"]]
    for post in posts:
        if "posted_at" in post:
            post["posted_at"] = rfc3339(parse_moment(post["posted_at"]))
    return {"size": campaign["size"], "posts": posts[:MOST_CAMPAIGN_POSTS]}


def _values(
    post: Mapping[str, Any], contacts: tuple[str, ...], assessment: Mapping[str, Any], policy: DisclosurePolicy,
    allowed: frozenset[str],
) -> dict[str, Any]:  # fmt: skip
    assessed = assessment["post"]
    told = [piece for piece in assessment["evidence"] if policy.indicators([piece["indicator"]])]
    evidence = sorted(told, key=lambda piece: listed_place(state=piece["state"], strength=piece["strength"]))
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
        "evidence": [_evidence(piece, with_quote=_may_quote(piece["field"], allowed)) for piece in evidence],
        "pay": {"verdict": assessment["pay"]["verdict"], "reference": assessment["pay"]["reference"]},
    }


def _may_quote(field: str, allowed: frozenset[str]) -> bool:
    """A quote is part of the text; one from the company's name is that name."""
    return "text" in allowed and (field != "company" or "company" in allowed)


def _evidence(piece: Mapping[str, Any], *, with_quote: bool) -> dict[str, Any]:
    names = ("indicator", "state", "strength", "dimension", "field", "start", "end", "rule", "sources")
    told = {name: piece[name] for name in names}
    return {**told, "quote": piece["quote"]} if with_quote else told
