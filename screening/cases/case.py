"""A case: what a reviewer works on. One post (or one report of an unknown post), one case at a time."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, get_args

from screening.assessment.record import ArchivePointer, ConcernSummary
from screening.assessment.result import DimensionState, Tier
from screening.fields import Fields, rfc3339
from screening.posts.post import PostKind

CaseQueue = Literal["review", "audit", "inconclusive", "reports"]
CaseState = Literal["open", "second_look", "decided"]
Action = Literal[
    "dismiss", "warn_applicants", "ask_poster", "remove", "offer_support", "refer", "notify_authority"
]  # fmt: skip

CASE_NAMESPACE = uuid.UUID("6a4f0a5e-1f0c-5d0e-9b0a-2f6f2d1c7a10")
MAX_EVENTS = 20
"""Event ids remembered on a case; the bus retries for 24 hours, an offer has far fewer changes in them."""
MAX_HISTORY = 50
MAX_REASON = 4_000
"""Characters of a reviewer's reason."""


def case_id(platform: str, post_id: str, generation: int) -> str:
    """The same post and generation give the same id, so that an event delivered twice opens one case."""
    return str(uuid.uuid5(CASE_NAMESPACE, f"{platform}\x1f{post_id}\x1f{generation}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What one person decided. `decision_id` comes from the form, so that a double click is one vote.

    `facts` names the state of facts the person judged (`Case.facts`): votes on other facts don't add up.
    """

    decision_id: str
    actor: str  # stable id of the person (token subject), never a name or address
    role: str
    action: Action
    partner: str | None
    reason: str
    at: datetime
    facts: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "decision_id": self.decision_id,
            "actor": self.actor,
            "role": self.role,
            "action": self.action,
            "partner": self.partner,
            "reason": self.reason,
            "at": rfc3339(self.at),
            "facts": self.facts,
        }

    @classmethod
    def read(cls, item: object) -> Vote:
        fields = Fields(item, "vote")
        return cls(
            decision_id=fields.text("decision_id"),
            actor=fields.text("actor"),
            role=fields.text("role"),
            action=fields.choice("action", get_args(Action)),
            partner=fields.text_or_none("partner"),
            reason=fields.text("reason", limit=MAX_REASON, empty=True),
            at=fields.moment("at"),
            facts=fields.integer("facts"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An outcome, made by one or two votes.

    `second_look_by` is set where one person may act alone and another must look at it afterwards; `looked_at` once done.
    """

    action: Action
    partner: str | None
    decided_at: datetime
    votes: tuple[str, ...]  # decision ids of the votes that made it
    actors: tuple[str, ...]
    archive: ArchivePointer | None = None  # of what was judged: a later edit changes nothing about what is handed on
    version: str = ""
    second_look_by: datetime | None = None
    looked_at: datetime | None = None

    @property
    def awaits_second_look(self) -> bool:
        return self.second_look_by is not None and self.looked_at is None

    def to_dict(self) -> dict[str, Any]:
        return {
            "action": self.action,
            "partner": self.partner,
            "decided_at": rfc3339(self.decided_at),
            "votes": list(self.votes),
            "actors": list(self.actors),
            "archive": self.archive.to_dict() if self.archive else None,
            "version": self.version,
            "second_look_by": rfc3339(self.second_look_by) if self.second_look_by else None,
            "looked_at": rfc3339(self.looked_at) if self.looked_at else None,
        }

    @classmethod
    def read(cls, item: object) -> Decision:
        fields = Fields(item, "decision")
        return cls(
            action=fields.choice("action", get_args(Action)),
            partner=fields.text_or_none("partner"),
            decided_at=fields.moment("decided_at"),
            votes=fields.texts("votes"),
            actors=fields.texts("actors"),
            archive=ArchivePointer.read(fields.fields("archive")) if fields.has("archive") else None,
            version=fields.text("version", empty=True),
            second_look_by=fields.moment_or_none("second_look_by"),
            looked_at=fields.moment_or_none("looked_at"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    at: datetime
    what: str  # opened, edited, rescored, withdrawn, published_again, reported, voted:<action>, decided:<action>, ...
    detail: str = ""  # ids, tiers; never text of the post

    def to_dict(self) -> dict[str, Any]:
        return {"at": rfc3339(self.at), "what": self.what, "detail": self.detail}

    @classmethod
    def read(cls, item: object) -> HistoryLine:
        fields = Fields(item, "history")
        return cls(at=fields.moment("at"), what=fields.text("what"), detail=fields.text("detail", empty=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxItem:
    """Something the case owes the world; written with it in one transaction and taken away once delivered."""

    id: str  # event id, or id of the pointer
    kind: Literal["event", "pointer"]
    body: dict[str, Any]  # Event detail, or ReviewPointer
    since: datetime

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "kind": self.kind, "body": self.body, "since": rfc3339(self.since)}

    @classmethod
    def read(cls, item: object) -> OutboxItem:
        fields = Fields(item, "outbox")
        return cls(
            id=fields.text("id"), kind=fields.choice("kind", ("event", "pointer")), body=fields.mapping("body"),
            since=fields.moment("since"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`revision` grows by one with every save: a decision names the revision it was made on.

    `ledger_index` and `ledger_hash` are those of the last entry of the case's own chain (`cases.ledger`); -1 and "" before.
    """

    case: str
    generation: int
    team: str
    platform: str
    post_id: str  # "" where a report names a post that isn't known
    seq: int
    version: str
    kind: PostKind
    tier: Tier
    highest_tier: Tier
    rank: float
    concerns: tuple[ConcernSummary, ...]
    dimensions: dict[str, DimensionState]
    indicators: tuple[str, ...]
    queue: CaseQueue
    state: CaseState
    opened_at: datetime
    due_at: datetime
    facts_at: datetime  # timestamp of the event whose facts it holds: orders assessments of one version
    act_by: date | None = None
    language: str | None = None
    work_country: str | None = None
    archive: ArchivePointer | None = None
    versions: str = ""
    content_seq: int = -1  # (content_seq, content_version) name the version whose facts it holds:
    content_version: str = ""  # (seq, version), but for a withdrawn post
    post_withdrawn: bool = False
    events: tuple[str, ...] = ()  # ids applied, newest last
    reports: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()  # ids of those the ledger holds as issued
    votes: tuple[Vote, ...] = ()
    decisions: tuple[Decision, ...] = ()  # in time order; a removed post may be referred as well
    facts: int = 1  # grows whenever what reviewers judge changes: version, tier, concerns, dimensions
    audit_probability: float | None = None
    previous_case: str | None = None
    hold: str | None = None  # name of a legal hold: the case is kept whatever its age
    history: tuple[HistoryLine, ...] = ()
    outbox: tuple[OutboxItem, ...] = ()
    revision: int = 0
    ledger_index: int = -1
    ledger_hash: str = field(default="")

    @property
    def is_open(self) -> bool:
        return self.state in ("open", "second_look")

    @property
    def decision(self) -> Decision | None:
        """The newest decision."""
        return self.decisions[-1] if self.decisions else None

    @property
    def positive_dimensions(self) -> tuple[str, ...]:
        return tuple(name for name, state in self.dimensions.items() if state in ("positive", "strong"))

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready shape; `from_dict` reads it back to an equal case."""
        return {
            "case": self.case, "generation": self.generation, "team": self.team, "platform": self.platform,
            "post_id": self.post_id, "seq": self.seq, "version": self.version, "kind": self.kind, "tier": self.tier,
            "highest_tier": self.highest_tier, "rank": self.rank,
            "concerns": [concern.to_dict() for concern in self.concerns], "dimensions": dict(self.dimensions),
            "indicators": list(self.indicators), "queue": self.queue, "state": self.state,
            "opened_at": rfc3339(self.opened_at), "due_at": rfc3339(self.due_at), "facts_at": rfc3339(self.facts_at),
            "act_by": self.act_by.isoformat() if self.act_by else None, "language": self.language,
            "work_country": self.work_country, "archive": self.archive.to_dict() if self.archive else None,
            "versions": self.versions, "content_seq": self.content_seq, "content_version": self.content_version, "post_withdrawn": self.post_withdrawn, "events": list(self.events),
            "reports": list(self.reports), "referrals": list(self.referrals), "votes": [vote.to_dict() for vote in self.votes],
            "decisions": [decision.to_dict() for decision in self.decisions],
            "facts": self.facts,
            "audit_probability": self.audit_probability, "previous_case": self.previous_case, "hold": self.hold,
            "history": [line.to_dict() for line in self.history], "outbox": [item.to_dict() for item in self.outbox],
            "revision": self.revision, "ledger_index": self.ledger_index, "ledger_hash": self.ledger_hash,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: object) -> Case:
        """Raises PermanentError naming the field."""
        fields = Fields(data, "case")
        dimensions = fields.fields("dimensions")
        return cls(
            case=fields.text("case"), generation=fields.integer("generation"), team=fields.text("team"),
            platform=fields.text("platform"), post_id=fields.text("post_id", empty=True),
            seq=fields.integer("seq"), version=fields.text("version", empty=True),
            kind=fields.choice("kind", get_args(PostKind)), tier=fields.choice("tier", get_args(Tier)),
            highest_tier=fields.choice("highest_tier", get_args(Tier)), rank=fields.number("rank"),
            concerns=fields.each("concerns", ConcernSummary.read),
            dimensions={n: dimensions.choice(n, get_args(DimensionState)) for n in fields.mapping("dimensions")},
            indicators=fields.texts("indicators"), queue=fields.choice("queue", get_args(CaseQueue)),
            state=fields.choice("state", get_args(CaseState)), opened_at=fields.moment("opened_at"),
            due_at=fields.moment("due_at"), facts_at=fields.moment("facts_at"), act_by=fields.day_or_none("act_by"),
            language=fields.text_or_none("language"), work_country=fields.text_or_none("work_country"),
            archive=ArchivePointer.read(fields.fields("archive")) if fields.has("archive") else None,
            versions=fields.text("versions", empty=True), post_withdrawn=fields.flag("post_withdrawn"),
            content_seq=fields.integer("content_seq", least=-1), content_version=fields.text("content_version", empty=True),
            events=fields.texts("events"), reports=fields.texts("reports"), referrals=fields.texts("referrals"), votes=fields.each("votes", Vote.read),
            decisions=fields.each("decisions", Decision.read),
            facts=fields.integer("facts"),
            audit_probability=fields.number("audit_probability") if fields.has("audit_probability") else None,
            previous_case=fields.text_or_none("previous_case"), hold=fields.text_or_none("hold"), history=fields.each("history", HistoryLine.read),
            outbox=fields.each("outbox", OutboxItem.read), revision=fields.integer("revision"),
            ledger_index=fields.integer("ledger_index", least=-1), ledger_hash=fields.text("ledger_hash", empty=True),
        )  # fmt: skip
