"""What the stores keep: heads and versions of posts, rejected items, configuration, referrals and reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from screening.assessment.record import ArchivePointer
from screening.cases.people import Person, Role
from screening.fields import parse_moment, rfc3339
from screening.posts.post import PostKind, PostStatus
from screening.values.result import Tier
from screening.workflows.messages import TicketKind

EventState = Literal["none", "pending", "sent"]
PostKey = tuple[str, str]
"""(platform, id)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The newest version of a post, at most 1 kB. Versions are ordered by (seq, version).

    `event` is the detail of the event owed or sent (`Event.to_detail()`); stores keep it while `event_state` is pending.
    `revision` is 1 for the first head and grows with every write through `PostStore.write_head`.
    """

    platform: str
    id: str
    seq: int
    version: str
    hash: str
    said: int  # when the platform said so, by the clock that signs (`enqueue.said_at`)
    status: PostStatus
    kind: PostKind
    tier: Tier
    rank: float
    language: str | None
    archive: ArchivePointer | None  # None where only a withdrawal was ever seen
    content_seq: int  # (content_seq, content_version) name the version that tier, rank and archive come from:
    content_version: str  # the head's own, but for a withdrawn post; -1 and "" where none was seen
    versions: str
    event_id: str
    event_state: EventState
    event: dict[str, Any] | None
    pending_since: datetime | None
    sampled: bool  # this or an earlier version entered the audit sample
    expires: datetime  # when the record may go (retention by tier)
    revision: int
    links: tuple[str, ...] = ()  # link keys of every version seen, so that an erasure finds what they contributed

    @property
    def key(self) -> PostKey:
        return self.platform, self.id

    @property
    def order(self) -> tuple[int, str]:
        return self.seq, self.version

    @property
    def content_order(self) -> tuple[int, str]:
        return self.content_seq, self.content_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """An item that can never be read, kept 30 days so that its platform can see why. Holds no text of the post."""

    platform: str
    id: str  # "" where the item has none
    received_at: datetime
    field: str
    reason: str
    source: str  # webhook, drop, event, requeue, and where known the place in it
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    id: str
    team: str
    active: bool = True
    webhook_url: str | None = None  # where it takes notices for its applicants and posters
    transparency: bool = False  # whether it lets us send its records to the DSA Transparency Database
    member_state: str | None = None  # where it is established, ISO 3166-1 alpha-2


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """`fields` is the disclosure policy: names of `referrals.disclosure.FIELDS` this partner may receive."""

    id: str
    name: str
    kind: Literal["ngo", "police", "labour_inspectorate", "authority"]
    queue: str  # name of its own encrypted queue
    countries: tuple[str, ...]
    fields: frozenset[str]
    legal_basis: str
    purpose: str
    expiry_days: int = 30
    immigration_enforcement: bool = False
    active: bool = True
    formats: tuple[str, ...] = ("json",)  # of `referrals.formats`, beside the JSON that is always there
    fetch_within_days: int = 3
    fallback: str | None = None  # partner that receives what this one leaves lying


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """How a review team works. `daily_budget` cuts what its queue shows as today's, never the tiers."""

    id: str
    daily_budget: int | None = None
    second_review_share: float = 0.1  # of cases that one person may decide alone, judged blind by another
    severe_per_day: int = 20  # texts hard to read that one person is shown unasked
    golden_share: float = 0.02  # of the cases that a person takes: known ones, unmarked; 0: none
    translation_characters: int = 0  # that machine translation may take a month; 0: it is off


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSwitch:
    """Whether what a rule finds counts. It is off until this day begins (UTC), and then on again by itself; "" means on."""

    id: str  # of the rule: "excess_hours.hours_stated"
    off_until: str = ""  # YYYY-MM-DD

    def is_off(self, now: datetime) -> bool:
        return now.astimezone(UTC).date().isoformat() < self.off_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What one account of the user pool may do. `id` is the name that its holder signs in with, in lower case.

    `actor` is the account's stable id, which ledgers name; "" where it isn't known yet.
    """

    id: str
    actor: str = ""
    roles: tuple[Role, ...] = ()
    teams: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()  # narrows the teams' cases to these; empty: all of them
    active: bool = True

    @property
    def person(self) -> Person:
        return Person(
            actor=self.actor, roles=frozenset(self.roles), teams=frozenset(self.teams), platforms=frozenset(self.platforms)
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPolicy:
    """What a team has agreed on, in its own words; `by` set this version. `text` is "" where the policy was withdrawn."""

    team: str
    version: int
    text: str
    by: str
    at: datetime

    def to_data(self) -> dict[str, Any]:
        return {"team": self.team, "version": self.version, "text": self.text, "by": self.by, "at": rfc3339(self.at)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> TeamPolicy:
        return cls(
            team=data["team"], version=data["version"], text=data["text"], by=data["by"], at=parse_moment(data["at"])
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """Inclusion probability of the audit sample per language ("" for posts without one), with the default for others."""

    default: float
    by_language: dict[str, float] = field(default_factory=dict)
    target_per_day: int = 20

    def probability(self, language: str | None) -> float:
        return self.by_language.get(language or "", self.default)


ReferralState = Literal["issued", "fetched", "acknowledged", "recalled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """`hash` is the SHA-256 of the package's bytes as the partner fetches them; `ticket_sent` closes its outbox."""

    id: str
    case: str
    partner: str
    kind: TicketKind
    state: ReferralState
    package_key: str
    hash: str
    issued_at: datetime
    expires_at: datetime
    ticket_sent: bool = False
    fetched_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_state: str | None = None
    recalled_at: datetime | None = None
    recall_reason: str = ""
    opinion: str | None = None  # what the partner says of it (`cases.case_parts.Opinion`)
    opinion_at: datetime | None = None
    seed: str = ""  # secret: the random ids of every format derive from it, so that fetching again gives the same bytes
    instead_of: str | None = None  # the referral that another partner left lying
    revision: int = 1

    @property
    def is_waited_for(self) -> bool:
        """Whether the partner is still to fetch the package. A word that the ticket came isn't the fetch."""
        taken = self.state == "acknowledged" and self.acknowledged_state in ("received", "accepted")
        return self.state == "issued" or (taken and self.fetched_at is None)


ReportKind = Literal["report", "notice", "complaint"]
"""What anybody may send, a notice under DSA art. 16, or a notifier's complaint of a refusal (art. 20)."""
ReportSource = Literal["public", "notifier"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Something from the public. `sealed` holds reason, address, name and contact; bound to the report's id."""

    id: str
    platform: str | None
    post_id: str | None
    language: str | None
    received_at: datetime
    sealed: str
    expires: datetime
    kind: ReportKind = "report"
    token_hash: str = ""  # SHA-256 of the secret that asks for the answer; "" where nobody may ask
    complaint_of: str | None = None  # id of the notice that a complaint is about
    child_offence: bool = (
        False  # a notice of a child sexual abuse offence (DSA art. 16(2)(c)), or a complaint about one
    )
    sender: str = ""  # keyed hash of who sent it; "" where they don't say

    @property
    def source(self) -> ReportSource:
        return "public" if self.kind == "report" else "notifier"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealClaim:
    """That one appeal against a restriction of a post is being answered: another waits until it is. Ids alone."""

    report: str  # of the appeal
    at: datetime
    expires: datetime


Told = Literal["in_review", "restricted", "not_restricted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the sender of a report is told. It knows nothing of who else was told, so that it can't give it away."""

    outcome: Told
    as_of: datetime  # moment of the decision it follows: orders answers, and is told to nobody
    shown_from: datetime  # until then `earlier` is told, since `earlier_from`
    automated_detection: bool
    expires: datetime
    earlier: Told = "in_review"
    earlier_from: datetime | None = None

    def at(self, now: datetime) -> tuple[Told, datetime | None]:
        """What is told now, and since when."""
        return (self.outcome, self.shown_from) if now >= self.shown_from else (self.earlier, self.earlier_from)


@dataclass(frozen=True, slots=True)
class HeadsRead:
    """`unread` are keys the store couldn't answer for, after its retries: neither known nor unknown."""

    heads: dict[PostKey, Head]
    unread: frozenset[PostKey]


@dataclass(frozen=True, slots=True)
class ArchiveObject:
    key: str
    size: int  # bytes
