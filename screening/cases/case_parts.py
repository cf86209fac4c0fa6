"""What a case is made of beside votes: its other posts, what became of it, its history and what it owes the world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from screening.assessment.record import ArchivePointer
from screening.cases.vote import Action
from screening.fields import Fields, rfc3339
from screening.posts.post import PostKind
from screening.values.result import Tier

Opinion = Literal["confirmed", "lead", "not_useful", "disputed", "upheld", "overturned"]
"""What a partner says of a package (the first four), or what became of the decision on appeal (the last two)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMember:
    """Another post of the case: tied to the one it is led by."""

    platform: str
    post_id: str
    seq: int
    version: str
    kind: PostKind
    tier: Tier
    archive: ArchivePointer | None
    withdrawn: bool
    joined_at: datetime

    @property
    def key(self) -> tuple[str, str]:
        return self.platform, self.post_id

    def to_dict(self) -> dict[str, Any]:
        return {
            "platform": self.platform, "post_id": self.post_id, "seq": self.seq, "version": self.version,
            "kind": self.kind, "tier": self.tier, "archive": self.archive.to_dict() if self.archive else None,
            "withdrawn": self.withdrawn, "joined_at": rfc3339(self.joined_at),
        }  # fmt: skip

    @classmethod
    def read(cls, item: object) -> CaseMember:
        fields = Fields(item, "member")
        return cls(
            platform=fields.text("platform"), post_id=fields.text("post_id"), seq=fields.integer("seq"),
            version=fields.text("version", empty=True), kind=fields.choice("kind", get_args(PostKind)),
            tier=fields.choice("tier", get_args(Tier)),
            archive=ArchivePointer.read(fields.fields("archive")) if fields.has("archive") else None,
            withdrawn=fields.flag("withdrawn"), joined_at=fields.moment("joined_at"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What somebody who can know says became of it: a partner, a senior, or the answer to an appeal."""

    source: str  # "partner:<id>", "senior", "appeal:<case>"
    opinion: Opinion
    at: datetime

    def to_dict(self) -> dict[str, Any]:
        return {"source": self.source, "opinion": self.opinion, "at": rfc3339(self.at)}

    @classmethod
    def read(cls, item: object) -> Outcome:
        fields = Fields(item, "outcome")
        return cls(
            source=fields.text("source"), opinion=fields.choice("opinion", get_args(Opinion)), at=fields.moment("at")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealOf:
    """The decision that an appeal case is about. What the poster wrote lies sealed in the report of this id."""

    case: str
    action: Action
    decided_at: datetime
    actors: tuple[str, ...]  # who decided: none of them may answer
    report: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "case": self.case, "action": self.action, "decided_at": rfc3339(self.decided_at),
            "actors": list(self.actors), "report": self.report,
        }  # fmt: skip

    @classmethod
    def read(cls, item: object) -> AppealOf:
        fields = Fields(item, "appeal")
        return cls(
            case=fields.text("case"), action=fields.choice("action", get_args(Action)),
            decided_at=fields.moment("decided_at"), actors=fields.texts("actors"), report=fields.text("report"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """What a platform counted since it warned a post's applicants."""

    platform: str
    post_id: str
    delivered: int
    replied: int
    asked_help: int
    at: datetime

    def to_dict(self) -> dict[str, Any]:
        return {
            "platform": self.platform, "post_id": self.post_id, "delivered": self.delivered, "replied": self.replied,
            "asked_help": self.asked_help, "at": rfc3339(self.at),
        }  # fmt: skip

    @classmethod
    def read(cls, item: object) -> Warned:
        fields = Fields(item, "warned")
        return cls(
            platform=fields.text("platform"), post_id=fields.text("post_id"), delivered=fields.integer("delivered"),
            replied=fields.integer("replied"), asked_help=fields.integer("asked_help"), at=fields.moment("at"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lease:
    """One person works on a case until `until`; it lies beside the case, so that taking one changes no revision."""

    case: str
    actor: str
    token: str
    taken_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """That a senior is asked about the case, since when and by whom; `handed` are those who handed it over. The words stand in the
    case's ledger."""

    at: datetime
    actor: str
    handed: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"at": rfc3339(self.at), "actor": self.actor, "handed": list(self.handed)}

    @classmethod
    def read(cls, item: object) -> Asked:
        fields = Fields(item, "asked")
        return cls(at=fields.moment("at"), actor=fields.text("actor"), handed=fields.texts("handed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """That `actor` gave the case to `to`, who it waits for until then; afterwards it waits for everybody again."""

    at: datetime
    actor: str
    to: str
    until: datetime

    def to_dict(self) -> dict[str, Any]:
        return {"at": rfc3339(self.at), "actor": self.actor, "to": self.to, "until": rfc3339(self.until)}

    @classmethod
    def read(cls, item: object) -> Assigned:
        fields = Fields(item, "assigned")
        return cls(
            at=fields.moment("at"), actor=fields.text("actor"), to=fields.text("to"), until=fields.moment("until")
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
