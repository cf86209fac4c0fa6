"""Packages for the tests of their formats: one whole sample, and generated ones that say what was withheld from them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from hypothesis import strategies as st

from screening.referrals.disclosure import FIELDS, ContactBasis, DisclosurePolicy
from screening.referrals.package import Handover, PackageKind, build_package

DECIDED = datetime(2026, 3, 2, 11, 20, tzinfo=UTC)
CAPTURED = datetime(2026, 3, 1, 8, 0, 0, 250_000, tzinfo=UTC)
PHONE = "+48 600 100 200"
MAIL = "jobs@muster.example"
TEXT = "Waiters for the sea, 3000 EUR. Your passport stays with the manager. Pay 500 EUR before you leave."
URL = "https://alpha.example/offers/1?q='a'"
CAMPAIGN: dict[str, Any] = {
    "size": 3,
    "posts": [
        {"platform": "alpha", "url": "https://alpha.example/offers/2", "kind": "job", "posted_at": "2026-02-27T07:00:00+02:00", "text": "Dancers"},
        {"platform": "beta", "url": "", "kind": "job", "posted_at": None},
    ],
}  # fmt: skip


def ids() -> Callable[[], str]:
    """UUIDs of version 4 that come in the same order every time."""
    numbers = count(1)
    return lambda: str(uuid.UUID(int=next(numbers), version=4))


def policy(
    fields: frozenset[str] = frozenset(FIELDS), *, ngo: bool = False, immigration: bool = False
) -> DisclosurePolicy:
    return DisclosurePolicy(
        partner="unit-b", is_ngo=ngo, immigration_enforcement=immigration, fields=fields,
        legal_basis="national law on reports", purpose="investigating trafficking", expiry_days=30,
    )  # fmt: skip


def evidence(indicator: str, text: str, words: str, *, field: str = "description", **changed: Any) -> dict[str, Any]:
    start = text.index(words)
    piece = {
        "indicator": indicator, "state": "stated", "strength": "strong", "dimension": "coercive_recruitment",
        "field": field, "start": start, "end": start + len(words), "quote": words, "rule": f"{indicator}.rule",
        "sources": ["ILO09"],
    }  # fmt: skip
    return {**piece, **changed}


def archived(**changed: Any) -> dict[str, Any]:
    post = {
        "platform": "alpha", "id": "1", "title": "Waiters", "description": TEXT, "company": "Muster GmbH", "url": URL,
        "posted_at": "2026-02-28T10:00:00+00:00", "poster": {"id": "poster-77"}, "contacts_sealed": "c2VhbA==",
        "signals": [{"name": "secret_signal", "value": 0.9, "source": ""}],
    }  # fmt: skip
    return {**post, **changed}


def assessment(post: dict[str, Any], pieces: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "post": {
            "kind": "job", "url": post.get("url", ""), "work_country": "PL", "language": "en",
            "content_hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        },
        "tier": "urgent", "rank": 0.123456, "act_by": "2026-03-04",
        "concerns": [{"type": "trafficking_pattern", "tier": "urgent", "dimensions": ["coercive_recruitment"]}],
        "evidence": pieces,
        "pay": {
            "verdict": "high",
            "reference": {"country": "PL", "isco08": "5131", "minimum": 1000.0, "typical": 1500.0, "high": 2500.0,
                          "source": "Eurostat", "date": "2026-01-01"},
        },
        "versions": {"code": "1", "rules": "r1", "model": "m1", "reference": "x1"},
    }  # fmt: skip


PIECES = [
    evidence("doc_retention", TEXT, "Your passport stays with the manager"),
    evidence("worker_fee", TEXT, "Pay 500 EUR before you leave", strength="medium"),
    {**evidence("employer_unnamed", TEXT, "Waiters"), "state": "absent_checked", "strength": "weak", "field": "", "start": 0, "end": 0, "quote": ""},
]  # fmt: skip


def sample(
    fields: frozenset[str] = frozenset(FIELDS), *, kind: PackageKind = "referral", ngo: bool = False,
    contacts: tuple[str, ...] = (PHONE, MAIL, "Telegram: @waiters_job", "ask at the bar"),
    contact_basis: ContactBasis = "published_by_poster", post: dict[str, Any] | None = None,
    pieces: list[dict[str, Any]] | None = None, campaign: dict[str, Any] | None = CAMPAIGN, immigration: bool = False,
    captured_at: datetime | None = CAPTURED,
) -> dict[str, Any]:  # fmt: skip
    """A package's body, read as a partner reads it."""
    post = archived() if post is None else post
    handover = Handover(case="case-1", kind=kind, decided_at=DECIDED, people=2, contact_basis=contact_basis)
    built = build_package(
        handover, policy(fields, ngo=ngo, immigration=immigration), post=post, contacts=contacts, captured_at=captured_at,
        assessment=assessment(post, PIECES if pieces is None else pieces), campaign=campaign,
    )  # fmt: skip
    body: dict[str, Any] = json.loads(built.body)
    return body


@dataclass(frozen=True)
class Generated:
    package: dict[str, Any]
    withheld: tuple[str, ...]  # texts that must occur in no form of the package
    contacts: tuple[str, ...]  # whether disclosed or not


_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@st.composite
def generated(draw: st.DrawFn) -> Generated:
    """Any policy over a post with hostile text; each private thing carries a mark of its own to look for."""
    mark = draw(st.integers(10**8, 10**9 - 1))
    phone, mail = f"+48{mark}", f"mail{mark}@muster.example"
    company = f"{draw(_WORDS)}Comp{mark}{draw(_WORDS)}"
    text = f"{draw(_WORDS)}Text{mark}{draw(_WORDS)}"
    url = f"https://alpha.example/{mark}{draw(st.sampled_from(['', '?a=1', "/'x'", '/ż', '<script>']))}"
    other = f"https://beta.example/other{mark}"
    contacts = (phone, mail, draw(st.sampled_from([f"Telegram: @user{mark}", f"ask for Olena{mark}", f"=cmd{mark}"])))
    post = archived(title="", description=text, company=company, url=url)
    pieces = [
        evidence("doc_retention", text, text[: draw(st.integers(1, len(text)))]),
        evidence("employer_name", company, company, field="company"),
        {**PIECES[2], "rule": draw(_WORDS) or "r"},
    ]
    kind: PackageKind = draw(st.sampled_from(["referral", "support", "notice"]))
    basis: ContactBasis = draw(st.sampled_from(["published_by_poster", "own_report", "consent", "worker"]))
    package = sample(
        frozenset(draw(st.sets(st.sampled_from(sorted(FIELDS))))), kind=kind, ngo=draw(st.booleans()), contacts=contacts,
        contact_basis=basis, post=post, pieces=pieces, immigration=draw(st.booleans()),
        captured_at=draw(st.sampled_from([None, CAPTURED])),
        campaign=draw(st.sampled_from([None, {"size": 2, "posts": [{"platform": "beta", "url": other, "kind": "job", "posted_at": "2026-02-27T05:00:00Z"}]}])),
    )  # fmt: skip
    facts = package["facts"]
    withheld = [] if "contacts" in facts else [phone, mail, contacts[2]]
    withheld += [] if "company" in facts else [f"Comp{mark}"]
    withheld += [] if "text" in facts else [f"Text{mark}"]
    withheld += [] if "url" in facts else [url]
    withheld += [] if "campaign" in facts and "url" in facts else [other]
    return Generated(package, (*withheld, "poster-77", "secret_signal", "0.123456", "c2VhbA=="), contacts)
