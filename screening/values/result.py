"""The assessment of one version of a post: the contract shared by the tables, the API, the events and the CLI."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from screening.posts.post import PayBasis, PayPeriod, PostKind
from screening.values.evidence import Evidence

Tier = Literal["clear", "watch", "review", "urgent", "inconclusive"]
ConcernType = Literal[
    "trafficking_pattern", "sexual_exploitation", "forced_labour", "labour_law",
    "forced_criminality", "employment_fraud", "minor",
]  # fmt: skip
DimensionState = Literal["none", "weak", "positive", "strong"]
InconclusiveReason = Literal["language", "too_short", "image", "garbled"]
PayVerdict = Literal["below_minimum", "plausible", "high", "implausible", "no_reference", "not_stated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    isco08: str  # 1 to 4 digits of ISCO-08
    name: str
    high_risk: str | None  # domestic_work, care, agriculture, tourism, cleaning or construction; else None
    confidence: float  # 0..1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """One stated pay, in the stated currency and period; None where the post doesn't say."""

    min: float | None
    max: float | None
    currency: str | None
    period: PayPeriod | None
    basis: PayBasis | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    min: float
    max: float
    period: Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    min: float | None
    max: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayReference:
    country: str
    isco08: str | None
    minimum: float | None  # EUR a month, gross, statutory
    typical: float | None  # EUR a month, gross
    high: float | None  # EUR a month, gross: above it pay is `high`, above twice it `implausible`
    source: str
    date: str  # of the reference figures, YYYY-MM-DD


@dataclass(frozen=True, slots=True, kw_only=True)
class PayCheck:
    stated: tuple[Pay, ...] = ()
    hours: Hours | None = None
    monthly_eur: Bounds | None = None
    hourly_eur: Bounds | None = None
    reference: PayReference | None = None
    verdict: PayVerdict = "not_stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFingerprint:
    kind: str  # phone, email, telegram, viber, whatsapp, signal, facebook, instagram, url, iban, wallet
    country: str | None
    fingerprint: str  # "{key id}:{hex}", keyed; "" where no key is configured (the CLI without --key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    type: ConcernType
    tier: Tier
    dimensions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedPost:
    platform: str
    id: str
    version: str
    seq: int  # milliseconds since 1970 UTC: the post's own updated time, else the webhook's, else the event's
    kind: PostKind
    url: str
    language: str | None
    languages: tuple[str, ...]
    work_country: str | None
    origin_countries: tuple[str, ...]
    content_hash: str
    sector: Sector | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    code: str
    rules: str
    model: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The same post, versions and link profile give the same bytes (`to_json`), but for `assessed_at`, which is given."""

    post: AssessedPost
    tier: Tier
    inconclusive: InconclusiveReason | None
    rank: float  # order within a queue, 0..1; not a probability, never leaves the operator
    concerns: tuple[Concern, ...]
    dimensions: dict[str, DimensionState]
    evidence: tuple[Evidence, ...]
    protective: tuple[Evidence, ...]
    pay: PayCheck
    contacts: tuple[ContactFingerprint, ...]
    links: dict[str, Any] | None
    learned: dict[str, Any] | None  # what the classifier says of the whole: score, top; None where it read nothing
    act_by: date | None
    reasons: tuple[str, ...]
    versions: Versions
    assessed_at: datetime
    tier_reason: str = ""  # which condition of tiers.yaml gave the tier; "" where none did
    tier_signs: tuple[str, ...] = ()  # the indicators that it counted

    def to_dict(self) -> dict[str, Any]:
        """The contract's JSON shape (design, "Contracts"), dates as RFC 3339. Why the tier stands where it does is no part of it."""
        data = asdict(self)
        del data["tier_reason"], data["tier_signs"]
        data["act_by"] = self.act_by.isoformat() if self.act_by else None
        data["assessed_at"] = self.assessed_at.isoformat().replace("+00:00", "Z")
        return data
