"""The events on the bus (source "screening") and their envelope; queue messages stand in `workflows.messages`.

Events carry ids, tiers, concerns and indicator names: never text, quotes or contacts. Readers ignore fields they don't
know, so that a producer may add some within a version; they refuse another version.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Literal, Protocol, get_args

from screening.assessment.record import ArchivePointer, ConcernSummary
from screening.errors import PermanentError
from screening.fields import Fields, rfc3339
from screening.posts.post import PostKind, PostStatus
from screening.values.result import ConcernType, DimensionState, Tier
from screening.workflows.messages import ClaimTicket, IntakeJob, PostMessage, ReviewPointer

__all__ = [
    "SOURCE", "AppealReceived", "ArchivePointer", "CaseDecided", "CaseOpened", "Cause", "ClaimTicket", "ConcernSummary", "Event",
    "IntakeJob", "PostAssessed", "PostMessage", "PostPublished", "ReportReceived", "RescoreConcluded", "ReviewPointer",
]  # fmt: skip

SOURCE = "screening"
Cause = Literal["new", "edit", "rescore", "withdrawn"]


class Payload(Protocol):
    """The `data` of an event."""

    TYPE: ClassVar[str]
    VERSION: ClassVar[str]

    def to_dict(self) -> dict[str, Any]: ...


PayloadClass = type[Payload]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event with its metadata. `id` is the key consumers drop repetitions by: the bus's own id changes on the way."""

    id: str
    type: str
    version: str
    timestamp: datetime
    correlation_id: str
    data: dict[str, Any]

    @classmethod
    def of(cls, payload: Payload, *, id: str, timestamp: datetime, correlation_id: str) -> Event:  # noqa: A002
        return cls(
            id=id, type=payload.TYPE, version=payload.VERSION, timestamp=timestamp,
            correlation_id=correlation_id, data=payload.to_dict(),
        )  # fmt: skip

    def to_detail(self) -> dict[str, Any]:
        """The `detail` of a bus entry; its detail-type is `type`."""
        return {
            "metadata": {
                "id": self.id, "version": self.version, "type": self.type,
                "timestamp": rfc3339(self.timestamp), "correlation_id": self.correlation_id,
            },
            "data": self.data,
        }  # fmt: skip

    @classmethod
    def from_detail(cls, detail: object) -> Event:
        """Raises PermanentError naming the field."""
        fields = Fields(detail, "event")
        metadata = fields.fields("metadata")
        return cls(
            id=metadata.text("id"),
            type=metadata.text("type"),
            version=metadata.text("version"),
            timestamp=metadata.moment("timestamp"),
            correlation_id=metadata.text("correlation_id"),
            data=fields.mapping("data"),
        )

    def expect(self, payload: PayloadClass) -> Fields:
        """Raises PermanentError where this is another type or version of event."""
        if (self.type, self.version) != (payload.TYPE, payload.VERSION):
            raise PermanentError(
                f"event {self.id[:60]}: {payload.TYPE}/{payload.VERSION} was expected, not {self.type[:40]}/{self.version[:10]}"
            )
        return Fields(self.data, payload.TYPE)


def _dimensions(fields: Fields) -> dict[str, DimensionState]:
    inner = fields.fields("dimensions")
    return {name: inner.choice(name, get_args(DimensionState)) for name in fields.mapping("dimensions")}


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPublished:
    """A platform tells that a file of posts lies ready: a pointer, not text."""

    TYPE: ClassVar[str] = "PostPublished"
    VERSION: ClassVar[str] = "1"

    platform: str
    bucket: str
    key: str
    format: str

    def to_dict(self) -> dict[str, Any]:
        return {"platform": self.platform, "bucket": self.bucket, "key": self.key, "format": self.format}

    @classmethod
    def from_event(cls, event: Event) -> PostPublished:
        fields = event.expect(cls)
        return cls(
            platform=fields.text("platform"), bucket=fields.text("bucket"), key=fields.text("key"),
            format=fields.text_or_none("format") or "auto",
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAssessed:
    """A post was assessed, and somebody may have to act, or learn that there's nothing left to act on.

    `content_seq` and `content_version` name the version that was assessed: the event's own, but for a withdrawn post. The
    event of a withdrawal bears the tier of its last version and empty lists; full ones where that version came late.
    `rank` orders a queue; it is no probability and goes to no partner or platform.
    """

    TYPE: ClassVar[str] = "PostAssessed"
    VERSION: ClassVar[str] = "1"

    platform: str
    id: str
    version: str
    seq: int
    kind: PostKind
    status: PostStatus
    cause: Cause
    tier: Tier
    previous_tier: Tier | None
    inconclusive: str | None
    rank: float
    concerns: tuple[ConcernSummary, ...]
    dimensions: dict[str, DimensionState]
    indicators: tuple[str, ...]  # names of those stated, sorted
    language: str | None
    work_country: str | None
    act_by: date | None
    audit: float | None  # the probability with which it was drawn for the audit sample; None: not drawn
    content_seq: int
    content_version: str
    archive: ArchivePointer
    versions: str  # "code/rules/model/reference" of the assessment
    campaign: str | None = None  # the campaign that the post is tied into, and how many posts of it are known
    campaign_size: int = 1
    corridor: str | None = None  # "UA>PL": whose people the offer aims at, and where the work is

    def to_dict(self) -> dict[str, Any]:
        return {
            "platform": self.platform, "id": self.id, "version": self.version, "seq": self.seq, "kind": self.kind,
            "status": self.status, "cause": self.cause, "tier": self.tier, "previous_tier": self.previous_tier,
            "inconclusive": self.inconclusive, "rank": self.rank,
            "concerns": [concern.to_dict() for concern in self.concerns], "dimensions": dict(self.dimensions),
            "indicators": list(self.indicators), "language": self.language, "work_country": self.work_country,
            "act_by": self.act_by.isoformat() if self.act_by else None,
            "audit": {"probability": self.audit} if self.audit is not None else None,
            "content": {"seq": self.content_seq, "version": self.content_version},
            "archive": self.archive.to_dict(), "versions": self.versions,
            "campaign": {"id": self.campaign, "size": self.campaign_size} if self.campaign else None,
            "corridor": self.corridor,
        }  # fmt: skip

    @classmethod
    def from_event(cls, event: Event) -> PostAssessed:
        """Raises PermanentError naming the field."""
        return cls.from_fields(event.expect(cls))

    @classmethod
    def from_fields(cls, fields: Fields) -> PostAssessed:
        return cls(
            platform=fields.text("platform"),
            id=fields.text("id"),
            version=fields.text("version"),
            seq=fields.integer("seq"),
            kind=fields.choice("kind", get_args(PostKind)),
            status=fields.choice("status", get_args(PostStatus)),
            cause=fields.choice("cause", get_args(Cause)),
            tier=fields.choice("tier", get_args(Tier)),
            previous_tier=fields.choice("previous_tier", get_args(Tier)) if fields.has("previous_tier") else None,
            inconclusive=fields.text_or_none("inconclusive"),
            rank=fields.number("rank"),
            concerns=fields.each("concerns", ConcernSummary.read),
            dimensions=_dimensions(fields),
            indicators=fields.texts("indicators"),
            language=fields.text_or_none("language"),
            work_country=fields.text_or_none("work_country"),
            act_by=fields.day_or_none("act_by"),
            audit=fields.fields("audit").number("probability") if fields.has("audit") else None,
            content_seq=fields.fields("content").integer("seq"),
            content_version=fields.fields("content").text("version"),
            archive=ArchivePointer.read(fields.fields("archive")),
            versions=fields.text("versions"),
            campaign=fields.fields("campaign").text("id") if fields.has("campaign") else None,
            campaign_size=fields.fields("campaign").integer("size", least=1) if fields.has("campaign") else 1,
            corridor=fields.text_or_none("corridor"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealReceived:
    """A poster appealed against a restriction. What was written lies sealed under the report's id."""

    TYPE: ClassVar[str] = "AppealReceived"
    VERSION: ClassVar[str] = "1"

    report: str
    platform: str
    post_id: str
    case: str
    decided_at: datetime

    def to_dict(self) -> dict[str, Any]:
        return {
            "report": self.report, "platform": self.platform, "post_id": self.post_id, "case": self.case,
            "decided_at": rfc3339(self.decided_at),
        }  # fmt: skip

    @classmethod
    def from_event(cls, event: Event) -> AppealReceived:
        """Raises PermanentError naming the field."""
        fields = event.expect(cls)
        return cls(
            report=fields.text("report"), platform=fields.text("platform"), post_id=fields.text("post_id"),
            case=fields.text("case"), decided_at=fields.moment("decided_at"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened:
    """`post_id` is "" where nothing but a report is known of the offer, here and in `CaseDecided`."""

    TYPE: ClassVar[str] = "CaseOpened"
    VERSION: ClassVar[str] = "1"

    case: str
    platform: str
    post_id: str
    tier: Tier
    queue: str
    team: str
    due_at: datetime

    def to_dict(self) -> dict[str, Any]:
        return {
            "case": self.case, "platform": self.platform, "post_id": self.post_id, "tier": self.tier,
            "queue": self.queue, "team": self.team, "due_at": rfc3339(self.due_at),
        }  # fmt: skip

    @classmethod
    def from_event(cls, event: Event) -> CaseOpened:
        """Raises PermanentError naming the field."""
        fields = event.expect(cls)
        return cls(
            case=fields.text("case"), platform=fields.text("platform"), post_id=fields.text("post_id", empty=True),
            tier=fields.choice("tier", get_args(Tier)), queue=fields.text("queue"), team=fields.text("team"),
            due_at=fields.moment("due_at"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDecided:
    """A human decision. It names no reviewer: who decided stands in the ledger. `revision` is the case's after it."""

    TYPE: ClassVar[str] = "CaseDecided"
    VERSION: ClassVar[str] = "1"

    case: str
    platform: str
    post_id: str
    seq: int
    action: str
    partner: str | None
    decided_at: datetime
    concerns: tuple[ConcernType, ...]
    revision: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "case": self.case, "platform": self.platform, "post_id": self.post_id, "seq": self.seq,
            "action": self.action, "partner": self.partner, "decided_at": rfc3339(self.decided_at),
            "concerns": list(self.concerns), "revision": self.revision,
        }  # fmt: skip

    @classmethod
    def from_event(cls, event: Event) -> CaseDecided:
        """Raises PermanentError naming the field."""
        fields = event.expect(cls)
        known = get_args(ConcernType)
        return cls(
            case=fields.text("case"), platform=fields.text("platform"), post_id=fields.text("post_id", empty=True),
            seq=fields.integer("seq"), action=fields.text("action"), partner=fields.text_or_none("partner"),
            decided_at=fields.moment("decided_at"), revision=fields.integer("revision"),
            concerns=tuple(name for name in known if name in fields.texts("concerns")),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReceived:
    """Somebody reported an offer, or complained of the answer. Reason and contact lie sealed in the report store."""

    TYPE: ClassVar[str] = "ReportReceived"
    VERSION: ClassVar[str] = "1"

    report: str
    platform: str | None
    post_id: str | None
    complaint_of: str | None = None  # the notice whose refusal is complained of

    def to_dict(self) -> dict[str, Any]:
        return {
            "report": self.report, "platform": self.platform, "post_id": self.post_id,
            "complaint_of": self.complaint_of,
        }  # fmt: skip

    @classmethod
    def from_event(cls, event: Event) -> ReportReceived:
        """Raises PermanentError naming the field."""
        fields = event.expect(cls)
        return cls(
            report=fields.text("report"),
            platform=fields.text_or_none("platform"),
            post_id=fields.text_or_none("post_id"),
            complaint_of=fields.text_or_none("complaint_of"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RescoreConcluded:
    """A run of rescoring ended. `by_change` counts posts per "from>to" of tiers."""

    TYPE: ClassVar[str] = "RescoreConcluded"
    VERSION: ClassVar[str] = "1"

    run: str
    scored: int
    changed: int
    by_change: dict[str, int]
    diff_bucket: str
    diff_key: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "run": self.run, "scored": self.scored, "changed": self.changed, "by_change": dict(self.by_change),
            "diff": {"bucket": self.diff_bucket, "key": self.diff_key},
        }  # fmt: skip

    @classmethod
    def from_event(cls, event: Event) -> RescoreConcluded:
        """Raises PermanentError naming the field."""
        fields = event.expect(cls)
        counts = fields.fields("by_change")
        diff = fields.fields("diff")
        return cls(
            run=fields.text("run"), scored=fields.integer("scored"), changed=fields.integer("changed"),
            by_change={name: counts.integer(name) for name in fields.mapping("by_change")},
            diff_bucket=diff.text("bucket"), diff_key=diff.text("key"),
        )  # fmt: skip
