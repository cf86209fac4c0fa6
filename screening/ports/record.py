"""What stays on record, and what is taken out of it: ledger, evidence under lock, erasure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from screening.cases.ledger import LedgerEntry
from screening.cases.ledger_root import ChainHead, LedgerRoot, UnreadHead
from screening.workflows.records import (
    PostKey,
)


class LedgerStore(Protocol):
    """The ledger beside `CaseStore.save`: chains that belong to no save of a case, all chains' heads, roots, erasure."""

    def last(self, chain: str) -> LedgerEntry | None:
        """Strongly consistent."""
        ...

    def append(self, entry: LedgerEntry) -> None:
        """The entry and its chain's head in one transaction. Raises ConflictError where that index is taken."""
        ...

    def entries(self, chain: str) -> tuple[LedgerEntry, ...]:
        """In order of index, strongly consistent."""
        ...

    def stored_entries(self, chain: str) -> tuple[dict[str, Any], ...]:
        """`entries` as they are stored, unread, in the shape of `LedgerEntry.to_dict` as far as that is left: verification
        must name one that nobody can read any more, and go on."""
        ...

    def stored_head(self, chain: str) -> dict[str, Any] | None:
        """`head`, unread."""
        ...

    def stored_heads(self) -> Iterator[dict[str, Any]]:
        """`heads`, unread."""
        ...

    def stored_roots(self) -> tuple[dict[str, Any], ...]:
        """`roots`, unread."""
        ...

    def newest(self, chain: str) -> Iterator[LedgerEntry]:
        """The newest first, read as far as they are asked for."""
        ...

    def head(self, chain: str) -> ChainHead | None: ...

    def heads(self) -> Iterator[ChainHead | UnreadHead]:
        """Of every chain, in no order that could be relied on. One that was tampered with stands for itself, and stops no other."""
        ...

    def erase_payload(self, chain: str, index: int) -> bool:
        """Payload and salt of one entry. False where there was none any more."""
        ...

    def mark_forgotten(self, head: ChainHead) -> None:
        """Note that the chain's payloads are erased up to this head; nothing where the chain went on."""
        ...

    def put_root(self, root: LedgerRoot) -> None:
        """Its summary. Raises ConflictError where another root of that number exists."""
        ...

    def roots(self) -> tuple[LedgerRoot, ...]:
        """Summaries, in order of number."""
        ...

    def last_root(self) -> LedgerRoot | None:
        """Raises PermanentError where it can't be read any more."""
        ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """An object under lock: what was kept, why it may be, until when nobody can delete it, and whether a hold lies on it."""

    body: bytes
    legal_basis: str
    retain_until: datetime
    held: bool


class EvidenceStore(Protocol):
    """Objects that can neither be changed nor deleted before their time. The first version of a key is the one that counts."""

    def keep(self, key: str, body: bytes, *, retain_until: datetime, legal_basis: str) -> None:
        """Idempotent. Raises ConflictError where other bytes are kept under this key."""
        ...

    def hold(self, key: str, on: bool) -> None:
        """A legal hold, beyond any time. Raises NotFoundError where nothing is kept under this key."""
        ...

    def read(self, key: str) -> Evidence:
        """Raises NotFoundError."""
        ...

    def keys(self, prefix: str) -> tuple[str, ...]:
        """In order; those that were hidden by a delete marker too."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedPost:
    """A tombstone: what stands in the posts table instead of an erased post.

    A version that isn't newer than `seq`, or whose name is among `versions`, stays out; a newer one with another content
    is screened like any other: erasure must not be a way round screening.
    """

    platform: str
    id: str
    seq: int
    versions: tuple[str, ...]
    erased_at: datetime
    expires: datetime
    proof: str = ""  # SHA-256 of the proof, once it is entered in the ledger

    def covers(self, seq: int, version: str) -> bool:
        return seq <= self.seq or version in self.versions


@dataclass(frozen=True, slots=True)
class VersionKey:
    """A version of a post that an earlier release stored beside the head, with the SHA-256 of what stands there."""

    seq: int
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class OpenedObject:
    """An archive object, the tag that names this state of it, and when it was written."""

    body: bytes
    tag: str
    written_at: datetime


class RewrittenObjects(Protocol):
    """Archive objects that an erasure rewrote, by the day on which their age would have ended."""

    def due(self, day: date) -> Sequence[tuple[date, str]]:
        """(day, key) of those up to `day`."""
        ...

    def delete(self, key: str, *, noted_for: date) -> None:
        """Object and note; no error where they are gone."""
        ...


class ErasureStore(Protocol):
    """What erasing needs beside the stores that write: reading whole, deleting, rewriting."""

    def put_tombstone(self, tombstone: ErasedPost) -> None: ...

    def tombstones(self, posts: Sequence[PostKey]) -> dict[PostKey, ErasedPost]:
        """Those of the posts that were erased. Raises TransientError."""
        ...

    def versions(self, post: PostKey) -> tuple[VersionKey, ...]:
        """What earlier releases left, until it expires."""
        ...

    def delete_version(self, post: PostKey, version: VersionKey) -> None: ...

    def delete_head(self, post: PostKey, *, revision: int) -> None:
        """Raises ConflictError where the head has another revision by now."""
        ...

    def open_object(self, key: str) -> OpenedObject:
        """Raises NotFoundError."""
        ...

    def rewrite_object(self, key: str, body: bytes, *, tag: str, delete_on: date) -> None:
        """Write over it, having noted the day on which it is to go. Raises ConflictError where somebody wrote it since `tag`."""
        ...

    def delete_package(self, key: str) -> bool:
        """False where it is gone."""
        ...

    def followers(self, report: str) -> tuple[str, ...]:
        """The reports that follow this one (`ReportStore.follow`)."""
        ...

    def delete_report(self, report: str) -> bool:
        """False where it is gone."""
        ...
