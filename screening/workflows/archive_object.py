"""The archive's objects: JSON records, each its own gzip member, so that a byte range reads one and the whole is valid gzip.

An object is named by the hash of its bytes. The same batch gives the same object, and no object is ever written over with
other bytes, so that a pointer into it holds. The one exception is erasure (`archive_erasure`), which moves no other record.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from screening.assessment.record import ArchivePointer
from screening.cases.ledger import canonical_json
from screening.errors import NotFoundError, PermanentError
from screening.values.result import Tier

ArchiveClass = Literal["brief", "kept"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MS = 253_402_300_799_000  # 9999-12-31
MAX_RECORD = 8_000_000
"""Bytes of one record unpacked: a post of 100,000 characters with all its evidence stays far below."""
TOMBSTONE = b'{"erased":true}\n'
"""What stands in an erased record's place."""


@dataclass(frozen=True, slots=True)
class ArchiveObjectBody:
    key: str
    body: bytes
    pointers: tuple[ArchivePointer, ...]  # in the order of the records given


def day_of(seq: int) -> str:
    """UTC day (YYYY-MM-DD) of a `seq` in milliseconds."""
    return (_EPOCH + timedelta(milliseconds=min(max(seq, 0), _LAST_MS))).strftime("%Y-%m-%d")


def kept_as(tier: Tier, *, drawn: bool) -> ArchiveClass:
    """`brief` for a clear post that nobody will look at, `kept` for what a case may need: each has a lifecycle of its own."""
    return "brief" if tier == "clear" and not drawn else "kept"


def build_object(
    platform: str, day: str, records: Sequence[dict[str, Any]], *, archive_class: ArchiveClass
) -> ArchiveObjectBody:
    """Pack records of one platform, day and class."""
    members = [gzip.compress(canonical_json(record) + b"\n", compresslevel=6, mtime=0) for record in records]
    body = b"".join(members)
    key = f"text/{archive_class}/platform={platform}/day={day}/{hashlib.sha256(body).hexdigest()}.jsonl.gz"
    pointers, start = [], 0
    for member in members:
        pointers.append(ArchivePointer(key=key, start=start, length=len(member)))
        start += len(member)
    return ArchiveObjectBody(key=key, body=body, pointers=tuple(pointers))


def read_record(member: bytes) -> dict[str, Any]:
    """Raises NotFoundError where the record was erased, PermanentError where the bytes are no single record."""
    records = list(iter_records("", member))
    if member and not records:
        raise NotFoundError("archive: the record was erased")
    if len(records) != 1:
        raise PermanentError(f"archive: one record was expected at the pointer, not {len(records)}")
    return records[0][1]


def iter_records(key: str, body: bytes) -> Iterator[tuple[ArchivePointer, dict[str, Any]]]:
    """Every record of an object with its pointer; erased ones aren't told. Raises PermanentError for bytes that are no archive object."""
    start = 0
    while start < len(body):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            plain = unpacker.decompress(body[start:], MAX_RECORD)
            if not unpacker.eof:
                raise PermanentError(
                    f"archive: {key or 'record'} at byte {start}: cut off or larger than {MAX_RECORD} bytes"
                )
            record = json.loads(plain)
        except (zlib.error, ValueError) as error:
            raise PermanentError(f"archive: {key or 'record'} at byte {start}: {type(error).__name__}") from error
        length = len(body) - start - len(unpacker.unused_data)
        if plain != TOMBSTONE:
            yield ArchivePointer(key=key, start=start, length=length), record
        start += length
