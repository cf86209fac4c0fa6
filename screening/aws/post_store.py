"""The posts table: `HEAD` and tombstone of each post under `P#{platform}#{b64url(id)}`, rejected items under `R#{platform}`,
how many posts were drawn for the audit under `S#{day}`.

What conditions and indexes need are attributes of their own; the rest of a record is packed JSON (`aws.packing`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from screening.assessment.record import ArchivePointer
from screening.aws.dynamo import (
    Item,
    Table,
    as_json,
    from_millis,
    key_part,
    millis,
    number,
    pending_keys,
    post_pk,
    shard_of,
    text,
)
from screening.aws.failures import note
from screening.aws.packing import packed, unpacked
from screening.aws.tombstones import ERASED, recent_tombstones, tombstone_from_item
from screening.errors import ConflictError, TransientError
from screening.fields import parse_moment, rfc3339
from screening.ports import Clock, ErasedPost, PostsStanding, Refused
from screening.workflows.records import Head, HeadsRead, PostKey, Rejected
from screening.workflows.side_by_side import side_by_side

HEAD = "HEAD"
DRAWN_KEPT = timedelta(days=3)
"""The count of a day's draws: longer than any batch of that day may still run."""


class DynamoDbPostStore:
    """The `PostStore` of the functions."""

    def __init__(self, table: Table, clock: Clock, *, threads: int = 16) -> None:
        self._table = table
        self._clock = clock
        self._threads = threads

    def read_head(self, key: PostKey) -> Head | None:
        item = self._table.get(post_pk(*key), HEAD)
        return self._alive(head_from_item(item)) if item else None

    def read_heads(self, keys: Sequence[PostKey]) -> HeadsRead:
        by_pk = {post_pk(*key): key for key in keys}
        found, unread = self._table.get_many([(pk, HEAD) for pk in by_pk])
        heads = {by_pk[pk]: self._alive(head_from_item(item)) for (pk, _), item in found.items()}
        return HeadsRead(
            {key: head for key, head in heads.items() if head is not None}, frozenset(by_pk[pk] for pk, _ in unread)
        )

    def standing(self, keys: Sequence[PostKey]) -> PostsStanding:
        """One query a post, side by side: of both items it costs half a read unit, where getting each would cost as much each."""
        try:
            recent = recent_tombstones(self._table, now=self._clock.now())
        except TransientError as error:
            note(error)
            return PostsStanding(unread=frozenset(keys))
        heads: dict[PostKey, Head] = {}
        erased: dict[PostKey, ErasedPost] = {}
        unread: set[PostKey] = set()
        for key, found in side_by_side(self._stands, dict.fromkeys(keys), threads=self._threads):
            if isinstance(found, TransientError):
                note(found)
                unread.add(key)
                continue
            head, tombstone = found
            if head is not None:
                heads[key] = head
            if tombstone := recent.get(key) or tombstone:
                erased[key] = tombstone
        return PostsStanding(heads, erased, frozenset(unread))

    def _stands(self, key: PostKey) -> tuple[Head | None, ErasedPost | None]:
        values = {":pk": text(post_pk(*key)), ":first": text(ERASED), ":last": text(HEAD)}
        found = {
            item["sk"]["S"]: item for item in self._table.query("pk = :pk AND sk BETWEEN :first AND :last", values)
        }
        head = self._alive(head_from_item(found[HEAD])) if HEAD in found else None
        return head, tombstone_from_item(key, found[ERASED]) if ERASED in found else None

    def write_head(self, head: Head, *, expected_revision: int | None) -> bool:
        if expected_revision is None:
            # What has expired but isn't deleted yet counts as gone.
            condition, values = "attribute_not_exists(pk) OR #ttl < :now", {":now": number(self._seconds())}
            names = {"ExpressionAttributeNames": {"#ttl": "ttl"}}
        else:
            condition, values, names = "revision = :expected", {":expected": number(expected_revision)}, {}
        try:
            self._table.put(
                head_to_item(head), ConditionExpression=condition, ExpressionAttributeValues=values, **names
            )
        except ConflictError:
            return False
        return True

    def mark_sent(self, key: PostKey, event_id: str) -> bool:
        try:
            self._table.update(
                post_pk(*key), HEAD,
                UpdateExpression="SET event_state = :sent, revision = revision + :one REMOVE outbox, pending_since, event",
                ConditionExpression="event_id = :event AND event_state = :pending",
                ExpressionAttributeValues={
                    ":sent": text("sent"), ":pending": text("pending"), ":event": text(event_id), ":one": number(1),
                },
            )  # fmt: skip
        except ConflictError:
            return False
        return True

    def pending(self, *, before: datetime, limit: int, newest_first: bool = False) -> tuple[Head, ...]:
        keys = pending_keys(self._table, before=before, limit=limit, newest_first=newest_first)
        found, unread = self._table.get_many(keys)  # what couldn't be read stays in the index for the next sweep
        if unread and not found:
            raise TransientError("posts: what they owe can't be read for now")  # silence would look like nothing owed
        heads = [head_from_item(found[key]) for key in keys if key in found]
        return tuple(head for head in heads if head.event_state == "pending")

    def put_rejected(self, rejected: Sequence[Rejected]) -> Refused:
        return self._table.put_many([_rejected_to_item(record) for record in rejected])

    def count_drawn(self, day: date, language: str, *, by: int) -> int:
        """One item a day and language: what is drawn is few, so that no two batches wait for one another."""
        until = datetime.combine(day, time(), UTC) + DRAWN_KEPT
        left = self._table.update(
            f"S#{day.isoformat()}", f"DRAWN#{language}", UpdateExpression="SET #ttl = :ttl ADD drawn :by",
            ExpressionAttributeNames={"#ttl": "ttl"},
            ExpressionAttributeValues={":by": number(by), ":ttl": number(int(until.timestamp()))},
            ReturnValues="UPDATED_NEW",
        )  # fmt: skip
        return int(left["drawn"]["N"])

    def list_rejected(self, platform: str, *, since: datetime, limit: int) -> tuple[Rejected, ...]:
        found = self._table.query(
            "pk = :pk AND sk >= :since",
            {":pk": text(_rejected_pk(platform)), ":since": text(_sortable(since))},
            limit=limit, ScanIndexForward=False, ConsistentRead=True,
        )  # fmt: skip
        now = self._seconds()
        return tuple(_rejected_from_item(platform, item) for item in found if int(item["ttl"]["N"]) >= now)

    def _alive(self, head: Head) -> Head | None:
        return head if int(head.expires.timestamp()) >= self._seconds() else None

    def _seconds(self) -> int:
        return int(self._clock.now().timestamp())


def head_to_item(head: Head) -> Item:
    item: Item = {
        "pk": text(post_pk(head.platform, head.id)),
        "sk": text(HEAD),
        "revision": number(head.revision),
        "event_id": text(head.event_id),
        "event_state": text(head.event_state),
        "ttl": number(int(head.expires.timestamp())),
        "head": packed({
            "platform": head.platform, "id": head.id, "seq": head.seq, "version": head.version, "hash": head.hash,
            "status": head.status, "kind": head.kind, "tier": head.tier, "rank": head.rank, "language": head.language,
            "archive": head.archive.to_dict() if head.archive else None, "content_seq": head.content_seq,
            "content_version": head.content_version, "versions": head.versions, "sampled": head.sampled,
            "expires": millis(head.expires), "links": list(head.links),
            **({"said": head.said} if head.said != head.seq else {}),
        }),
    }  # fmt: skip
    if head.event_state == "pending" and head.event is not None and head.pending_since is not None:
        item["event"] = packed(head.event, beside=item["head"])
        item["outbox"] = text(shard_of(item["pk"]["S"]))
        item["pending_since"] = number(millis(head.pending_since))
    return item


def head_from_item(item: Item) -> Head:
    data: dict[str, Any] = unpacked(item["head"])
    archive = data.pop("archive")
    data.setdefault("said", data["seq"])
    data["links"] = tuple(data.get("links", ()))
    return Head(
        **(data | {"expires": from_millis(data["expires"])}),
        archive=ArchivePointer(**archive) if archive else None,
        event_id=item["event_id"]["S"],
        event_state=item["event_state"]["S"],
        event=unpacked(item["event"], beside=item["head"]) if "event" in item else None,
        pending_since=from_millis(item["pending_since"]["N"]) if "pending_since" in item else None,
        revision=int(item["revision"]["N"]),
    )


def _rejected_pk(platform: str) -> str:
    return f"R#{key_part(platform)}"


def _sortable(moment: datetime) -> str:
    """Like `rfc3339`, but always with milliseconds: texts must sort as the moments do."""
    return f"{millis(moment):015d}"


def _rejected_to_item(record: Rejected) -> Item:
    # Two faults of one batch bear the same time, and perhaps no id: their content tells them apart.
    told_apart = hashlib.sha256("\x1f".join((record.id, record.field, record.reason, record.source)).encode())
    return {
        "pk": text(_rejected_pk(record.platform)),
        "sk": text(f"{_sortable(record.received_at)}#{told_apart.hexdigest()[:16]}"),
        "record": as_json({
            "id": record.id, "received_at": rfc3339(record.received_at), "field": record.field,
            "reason": record.reason, "source": record.source, "expires": rfc3339(record.expires),
        }),
        "ttl": number(int(record.expires.timestamp())),
    }  # fmt: skip


def _rejected_from_item(platform: str, item: Item) -> Rejected:
    data = json.loads(item["record"]["S"])
    moments = {name: parse_moment(data[name]) for name in ("received_at", "expires")}
    return Rejected(platform=platform, **(data | moments))
