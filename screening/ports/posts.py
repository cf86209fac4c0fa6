"""Posts on their way: the scorer, queues, drops, the archive, heads and versions, the night."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO, Protocol

from screening.assessment.network import LinkFindings
from screening.assessment.reading import Reading
from screening.ports.common import Refused
from screening.ports.record import ErasedPost
from screening.posts.post import Post
from screening.values.result import Assessment, Versions
from screening.workflows.messages import IntakeJob, PostMessage
from screening.workflows.records import (
    ArchiveObject,
    Head,
    HeadsRead,
    PostKey,
    Rejected,
)


class Assessor(Protocol):
    """The scorer, as `assessment.screener.Screener` offers it."""

    @property
    def versions(self) -> Versions:
        """What it scores with now."""
        ...

    def read(
        self,
        post: Post,
        *,
        seq: int | None = None,
        assessed_at: datetime | None = None,
        switched_off: frozenset[str] = frozenset(),
    ) -> Reading:
        """What the post itself tells, but for what rules of these ids found. Raises InvalidPostError where it can never be assessed."""
        ...

    def conclude(self, reading: Reading, *, links: LinkFindings | None = None) -> Assessment:
        """The assessment of a read post together with what other posts say about it."""
        ...


class PostQueue(Protocol):
    def send(self, messages: Sequence[PostMessage], *, alone: bool = False) -> Refused:
        """Any number of posts; the adapter may put several of one platform into a message, unless they are to come `alone`."""
        ...


class IntakeQueue(Protocol):
    def send(self, job: IntakeJob) -> None: ...


class DropStore(Protocol):
    def open(self, bucket: str, key: str) -> AbstractContextManager[BinaryIO]:
        """Raises NotFoundError where the object is gone."""
        ...


class Archive(Protocol):
    def put(self, key: str, body: bytes) -> None:
        """Idempotent: keys are named by their content."""
        ...

    def read(self, key: str, start: int, length: int) -> bytes:
        """A byte range. Raises NotFoundError where the object is gone."""
        ...

    def read_object(self, key: str) -> bytes:
        """Raises NotFoundError where the object is gone."""
        ...

    def list_objects(self, prefix: str) -> Iterator[ArchiveObject]:
        """In order of key."""
        ...


@dataclass(frozen=True, slots=True)
class PostsStanding:
    """What stands of posts; `unread` are those the store couldn't answer for."""

    heads: dict[PostKey, Head] = field(default_factory=dict)
    erased: dict[PostKey, ErasedPost] = field(default_factory=dict)
    unread: frozenset[PostKey] = frozenset()


class PostStore(Protocol):
    def read_head(self, key: PostKey) -> Head | None:
        """A strongly consistent read. Heads past `expires` count as gone."""
        ...

    def read_heads(self, keys: Sequence[PostKey]) -> HeadsRead:
        """Strongly consistent, any number of keys. Keys left unprocessed come back in `unread`, never as absent."""
        ...

    def standing(self, keys: Sequence[PostKey]) -> PostsStanding:
        """Heads and tombstones in one look, for who then writes heads.

        A head may be a moment old: `write_head` refuses to write over what came since, and `read_head` tells it. Tombstones
        are all there from the moment on that putting them returned.
        """
        ...

    def write_head(self, head: Head, *, expected_revision: int | None) -> bool:
        """Write `head` only where the stored revision is `expected_revision` (None: there is none). False where it isn't.

        The caller gives `head.revision == (expected_revision or 0) + 1`. Where `event_state` is pending the head
        enters the outbox index under `pending_since`.
        """
        ...

    def mark_sent(self, key: PostKey, event_id: str) -> bool:
        """Pending → sent where the head still owes exactly this event (else False). Takes it out of the outbox, grows `revision` by one."""
        ...

    def pending(self, *, before: datetime, limit: int, newest_first: bool = False) -> tuple[Head, ...]:
        """Heads whose event is pending since before `before`, per shard the oldest first, or the newest."""
        ...

    def put_rejected(self, rejected: Sequence[Rejected]) -> Refused: ...

    def count_drawn(self, day: date, language: str, *, by: int) -> int:
        """Adds to how many posts were drawn for the audit that day in this language ("": not known); how many there are then.

        No two callers are told the same number. Raises TransientError: perhaps it was added.
        """
        ...

    def list_rejected(self, platform: str, *, since: datetime, limit: int) -> tuple[Rejected, ...]:
        """Newest first."""
        ...


class RescoreStore(Protocol):
    def put_manifest(self, run: str, lines: Sequence[str]) -> tuple[str, str]:
        """JSON lines, one chunk descriptor each. Returns (bucket, key)."""
        ...

    def put_result(self, run: str, index: int, result: dict[str, Any]) -> None:
        """Idempotent: a chunk run twice overwrites its own result."""
        ...

    def read_result(self, run: str, index: int) -> dict[str, Any] | None:
        """What an earlier try of this chunk wrote; None where there was none."""
        ...

    def results(self, run: str) -> Iterator[dict[str, Any]]:
        """In order of index."""
        ...

    def put_diff(self, run: str, diff: dict[str, Any]) -> tuple[str, str]:
        """Returns (bucket, key)."""
        ...
