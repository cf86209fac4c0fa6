"""Erasing one record of an archive object without moving the others: pointers to them hold offsets into the object.

The erased gzip member is replaced by one of exactly the same length, which holds a tombstone. What is left over is filled
with spaces in the member's comment (RFC 1952, FCOMMENT), which every reader of gzip skips.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from screening.assessment.record import ArchivePointer
from screening.ports import Clock, Metrics, RewrittenObjects
from screening.workflows.archive_object import TOMBSTONE, ArchiveClass, iter_records
from screening.workflows.records import PostKey

KEPT_DAYS: dict[ArchiveClass, int] = {"brief": 120, "kept": 730}
"""Days after which the archive bucket's lifecycle deletes an object (template.yaml), by its class."""

_COMMENT = 0x10
_HEADER = b"\x1f\x8b\x08%c\x00\x00\x00\x00\x02\xff"  # deflate, no time, best compression, unknown system


@dataclass(frozen=True, slots=True)
class ErasedRecord:
    """One member that was replaced, with the SHA-256 of its bytes before and after."""

    pointer: ArchivePointer
    sha256_before: str
    sha256_after: str


def records_of(post: PostKey, key: str, body: bytes) -> Iterator[ArchivePointer]:
    """Where an object holds records of a post. Raises PermanentError for bytes that are no archive object."""
    for pointer, record in iter_records(key, body):
        found = record.get("post", {})
        if (found.get("platform"), found.get("id")) == post:
            yield pointer


def without_records(body: bytes, pointers: Sequence[ArchivePointer]) -> tuple[bytes, tuple[ErasedRecord, ...]]:
    """The object with those members replaced: of the same length, and every other byte as it was."""
    erased: list[ErasedRecord] = []
    changed = bytearray(body)
    for pointer in pointers:
        end = pointer.start + pointer.length
        tombstone = tombstone_member(pointer.length)
        before = hashlib.sha256(body[pointer.start : end]).hexdigest()
        changed[pointer.start : end] = tombstone
        erased.append(ErasedRecord(pointer, before, hashlib.sha256(tombstone).hexdigest()))
    return bytes(changed), tuple(erased)


def tombstone_member(length: int) -> bytes:
    """A gzip member of exactly `length` bytes whose record is the tombstone.

    Raises:
        ValueError: `length` is shorter than any record: some 40 bytes.
    """
    plain = TOMBSTONE
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(plain) + packer.flush()
    trailer = struct.pack("<II", zlib.crc32(plain), len(plain))
    spare = length - len(_HEADER % 0) - len(packed) - len(trailer)
    if spare < 0:
        raise ValueError(f"a record of {length} bytes has no room for a tombstone")
    if spare == 0:
        return _HEADER % 0 + packed + trailer
    return _HEADER % _COMMENT + b" " * (spare - 1) + b"\x00" + packed + trailer


def goes_on(key: str, written_at: datetime) -> date:
    """The day on which an object's age ends, counted from when it was first written."""
    days = next(days for kept, days in KEPT_DAYS.items() if key.startswith(f"text/{kept}/"))
    return (written_at + timedelta(days=days)).date()


class DeleteRewritten:
    """Deletes rewritten objects on the day on which they would have gone: erasing one record lengthens no other's stay."""

    def __init__(self, *, rewritten: RewrittenObjects, clock: Clock, metrics: Metrics) -> None:
        self._rewritten = rewritten
        self._clock = clock
        self._metrics = metrics

    def __call__(self) -> int:
        """How many went. Raises TransientError; the next day goes on."""
        due = self._rewritten.due(self._clock.now().date())
        for noted_for, key in due:
            self._rewritten.delete(key, noted_for=noted_for)
        self._metrics.count("RewrittenObjectsDeleted", len(due))
        return len(due)
