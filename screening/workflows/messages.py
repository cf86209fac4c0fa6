"""What the queues carry: pointers and sealed posts, never text, quotes or contacts in the clear."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, get_args

from screening.errors import PermanentError
from screening.fields import Fields, rfc3339
from screening.posts.post import PostStatus
from screening.values.result import Tier

MESSAGE_VERSION = "1"
MAX_SEALED = 1_000_000
"""Characters of a sealed post: SQS takes 1 MiB a message, the other fields need the rest."""

PostSource = Literal["webhook", "drop", "event", "requeue"]
TicketKind = Literal["referral", "support", "notice"]


def check_version(fields: Fields, message: str) -> None:
    """Raises PermanentError for a message of another version: this code can't know what it means."""
    version = fields.text("message_version")
    if version != MESSAGE_VERSION:
        raise PermanentError(
            f"{message}: field 'message_version': '{version[:20]}' isn't read here, '{MESSAGE_VERSION}' is"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PostMessage:
    """One post on the posts queue. `sealed` is base64 of the encrypted generic post, bound to `aad`.

    `seq` orders the versions of a post: milliseconds since 1970 UTC of its own updated time, else of the signed
    webhook, else of the event.
    """

    platform: str
    id: str
    seq: int
    status: PostStatus
    received_at: datetime
    source: PostSource
    correlation_id: str
    sealed: str

    @property
    def aad(self) -> str:
        """What the seal is bound to: a sealed post can't be passed off as another's."""
        return seal_context(self.platform, self.id, self.seq)

    def to_dict(self) -> dict[str, Any]:
        return {
            "message_version": MESSAGE_VERSION, "platform": self.platform, "id": self.id, "seq": self.seq,
            "status": self.status, "received_at": rfc3339(self.received_at), "source": self.source,
            "correlation_id": self.correlation_id, "sealed": self.sealed,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: object) -> PostMessage:
        """Raises PermanentError naming the field."""
        fields = Fields(data, "PostMessage")
        check_version(fields, "PostMessage")
        return cls(
            platform=fields.text("platform"),
            id=fields.text("id"),
            seq=fields.integer("seq"),
            status=fields.choice("status", get_args(PostStatus)),
            received_at=fields.moment("received_at"),
            source=fields.choice("source", get_args(PostSource)),
            correlation_id=fields.text("correlation_id"),
            sealed=fields.text("sealed", limit=MAX_SEALED),
        )


def seal_context(platform: str, post_id: str, seq: int) -> str:
    return f"{platform}/{post_id}/{seq}"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeJob:
    """A dropped file to read from item `offset` on; S3 events and `PostPublished` are turned into it."""

    platform: str
    bucket: str
    key: str
    format: str  # a name that the readers know, or "auto"
    offset: int
    received_at: datetime
    correlation_id: str

    def at(self, offset: int) -> IntakeJob:
        return replace(self, offset=offset)

    def to_dict(self) -> dict[str, Any]:
        return {
            "message_version": MESSAGE_VERSION, "platform": self.platform, "bucket": self.bucket, "key": self.key,
            "format": self.format, "offset": self.offset, "received_at": rfc3339(self.received_at),
            "correlation_id": self.correlation_id,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: object) -> IntakeJob:
        """Raises PermanentError naming the field."""
        fields = Fields(data, "IntakeJob")
        check_version(fields, "IntakeJob")
        return cls(
            platform=fields.text("platform"),
            bucket=fields.text("bucket"),
            key=fields.text("key"),
            format=fields.text("format", limit=40),
            offset=fields.integer("offset"),
            received_at=fields.moment("received_at"),
            correlation_id=fields.text("correlation_id"),
        )


def job_from_drop(bucket: str, key: str, received_at: datetime, correlation_id: str) -> IntakeJob:
    """The job for a file dropped as `{platform}/{format or auto}/{name}` (key already URL-decoded).

    Raises:
        PermanentError: the key has another shape, so that whose posts these are can't be told.
    """
    parts = key.split("/", 2)
    if len(parts) != 3 or not all(parts):
        raise PermanentError(f"drop '{key[:200]}': the key must be platform/format/name")
    return IntakeJob(
        platform=parts[0], bucket=bucket, key=key, format=parts[1], offset=0,
        received_at=received_at, correlation_id=correlation_id,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPointer:
    """A case to look at, on its team's review queue. `version` is the case's revision; the case table is the truth."""

    case: str
    version: int
    platform: str
    tier: Tier
    due_at: datetime

    def to_dict(self) -> dict[str, Any]:
        return {
            "message_version": MESSAGE_VERSION, "case": self.case, "version": self.version,
            "platform": self.platform, "tier": self.tier, "due_at": rfc3339(self.due_at),
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: object) -> ReviewPointer:
        """Raises PermanentError naming the field."""
        fields = Fields(data, "ReviewPointer")
        check_version(fields, "ReviewPointer")
        return cls(
            case=fields.text("case"),
            version=fields.integer("version"),
            platform=fields.text("platform"),
            tier=fields.choice("tier", get_args(Tier)),
            due_at=fields.moment("due_at"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTicket:
    """What a partner's queue carries: the package itself is fetched by signed request, so that recall binds until then."""

    id: str  # of the referral
    hash: str  # SHA-256 (hex) of the package's bytes
    expires_at: datetime
    kind: TicketKind

    def to_dict(self) -> dict[str, Any]:
        return {
            "message_version": MESSAGE_VERSION, "id": self.id, "hash": self.hash,
            "expires_at": rfc3339(self.expires_at), "kind": self.kind,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: object) -> ClaimTicket:
        """Raises PermanentError naming the field."""
        fields = Fields(data, "ClaimTicket")
        check_version(fields, "ClaimTicket")
        return cls(
            id=fields.text("id"),
            hash=fields.text("hash"),
            expires_at=fields.moment("expires_at"),
            kind=fields.choice("kind", get_args(TicketKind)),
        )
