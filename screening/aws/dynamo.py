"""What the DynamoDB stores share: keys, values, batches that look at what was left undone, and paging."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import Any

from screening.aws.failures import Pause, backoff, note, translated
from screening.errors import NotFoundError, TransientError

Item = dict[str, dict[str, Any]]
"""DynamoDB's own shape: attribute name to typed value, e.g. {"pk": {"S": "P#a#b"}}."""

ATTEMPTS = 5
GET_KEYS = 100
WRITE_ITEMS = 25
CHUNKS_AT_ONCE = 8
SHARDS = 10
_LONGEST_KEY_PART = 600
LONGEST_PK, LONGEST_SK = 2_048, 1_024
"""Bytes of a key that DynamoDB takes; what asks for a longer one is refused, in the same words as much that passes."""


def key_part(text: str) -> str:
    """A post's id as part of a key: base64url, so that no character of it can end the part; a very long one by its hash."""
    encoded = base64.urlsafe_b64encode(text.encode()).decode("ascii").rstrip("=")
    if len(encoded) <= _LONGEST_KEY_PART:
        return encoded
    return "h." + hashlib.sha256(text.encode()).hexdigest()


def post_pk(platform: str, post_id: str) -> str:
    return f"P#{platform}#{key_part(post_id)}"


def shard_of(text: str, shards: int = SHARDS) -> str:
    """Spreads an index over partitions: a hot one would slow every writer."""
    return str(int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % shards)


def text(value: str) -> dict[str, Any]:
    return {"S": value}


def number(value: float) -> dict[str, Any]:
    return {"N": str(value)}


def as_json(data: object) -> dict[str, Any]:
    return {"S": json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)}


def millis(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def from_millis(value: str | int) -> datetime:
    return datetime.fromtimestamp(int(value) / 1000, UTC)


def can_be_key(pk: str, sk: str = "") -> bool:
    """Whether an item could have this key. Ids come from outside: where none could, there is none, and nobody need ask again."""
    try:
        return len(pk.encode()) <= LONGEST_PK and len(sk.encode()) <= LONGEST_SK
    except UnicodeEncodeError:  # half a character
        return False


class Table:
    """One table, with the calls that the stores need. Every method raises TransientError for what may work later."""

    def __init__(self, dynamodb: Any, name: str, *, pause: Pause = time.sleep) -> None:
        self.dynamodb = dynamodb
        self.name = name
        self._pause = pause

    def get(self, pk: str, sk: str) -> Item | None:
        """Strongly consistent."""
        if not can_be_key(pk, sk):
            return None
        with self._translated("GetItem"):
            answer = self.dynamodb.get_item(
                TableName=self.name, Key={"pk": text(pk), "sk": text(sk)}, ConsistentRead=True
            )
        item: Item | None = answer.get("Item")
        return item

    def put(self, item: Item, **more: Any) -> None:
        """Raises ConflictError where a condition in `more` doesn't hold."""
        with self._translated("PutItem"):
            self.dynamodb.put_item(TableName=self.name, Item=item, **more)

    def update(self, pk: str, sk: str, **more: Any) -> Item:
        """Raises ConflictError where a condition in `more` doesn't hold."""
        with self._translated("UpdateItem"):
            answer = self.dynamodb.update_item(TableName=self.name, Key={"pk": text(pk), "sk": text(sk)}, **more)
        return answer.get("Attributes") or {}

    def delete(self, pk: str, sk: str) -> None:
        """No error where there is no such item."""
        with self._translated("DeleteItem"):
            self.dynamodb.delete_item(TableName=self.name, Key={"pk": text(pk), "sk": text(sk)})

    def get_many(self, keys: Sequence[tuple[str, str]]) -> tuple[dict[tuple[str, str], Item], set[tuple[str, str]]]:
        """Strongly consistent. The items found, and the keys that couldn't be read: those are not absent."""
        found: dict[tuple[str, str], Item] = {}
        unread: set[tuple[str, str]] = set()
        unique = [key for key in dict.fromkeys(keys) if can_be_key(*key)]
        for start in range(0, len(unique), GET_KEYS):
            left = unique[start : start + GET_KEYS]
            for attempt in range(ATTEMPTS):
                if attempt:
                    backoff(attempt, pause=self._pause)
                items, left = self._get_chunk(left)
                found |= items
                if not left:
                    break
            unread |= set(left)
        return found, unread

    def _get_chunk(self, keys: list[tuple[str, str]]) -> tuple[dict[tuple[str, str], Item], list[tuple[str, str]]]:
        wanted = [{"pk": text(pk), "sk": text(sk)} for pk, sk in keys]
        try:
            with self._translated("BatchGetItem"):
                answer = self.dynamodb.batch_get_item(
                    RequestItems={self.name: {"Keys": wanted, "ConsistentRead": True}}
                )
        except TransientError as error:
            note(error)
            return {}, keys
        items = {(item["pk"]["S"], item["sk"]["S"]): item for item in answer["Responses"].get(self.name, ())}
        unprocessed = answer.get("UnprocessedKeys", {}).get(self.name, {}).get("Keys", ())
        return items, [(key["pk"]["S"], key["sk"]["S"]) for key in unprocessed]

    def put_many(self, items: Sequence[Item]) -> frozenset[int]:
        """Indexes of the items that weren't written. Of items with the same key the last one is."""
        last = {(item["pk"]["S"], item["sk"]["S"]): index for index, item in enumerate(items)}
        unique = list(last.items())
        chunks = [dict(unique[start : start + WRITE_ITEMS]) for start in range(0, len(unique), WRITE_ITEMS)]
        if len(chunks) <= 1:
            refused = {key for chunk in chunks for key in self._put_whole_chunk(chunk, items)}
        else:  # no key stands in two chunks, so that their order is of no account
            with ThreadPoolExecutor(max_workers=min(CHUNKS_AT_ONCE, len(chunks))) as pool:
                left = pool.map(lambda chunk: self._put_whole_chunk(chunk, items), chunks)
                refused = {key for keys in left for key in keys}
        keys = [(item["pk"]["S"], item["sk"]["S"]) for item in items]
        return frozenset(index for index, key in enumerate(keys) if key in refused)

    def _put_whole_chunk(self, chunk: dict[tuple[str, str], int], items: Sequence[Item]) -> set[tuple[str, str]]:
        """The keys that weren't written, after retries."""
        left = chunk
        for attempt in range(ATTEMPTS):
            if attempt:
                backoff(attempt, pause=self._pause)
            left = self._put_chunk(left, items)
            if not left:
                break
        return set(left)

    def delete_many(self, keys: Sequence[tuple[str, str]]) -> int:
        """How many items couldn't be deleted, after retries."""
        left = 0
        for start in range(0, len(keys), WRITE_ITEMS):
            chunk = {key: index for index, key in enumerate(keys[start : start + WRITE_ITEMS])}
            for attempt in range(ATTEMPTS):
                if attempt:
                    backoff(attempt, pause=self._pause)
                requests = [{"DeleteRequest": {"Key": {"pk": text(pk), "sk": text(sk)}}} for pk, sk in chunk]
                try:
                    with self._translated("BatchWriteItem"):
                        answer = self.dynamodb.batch_write_item(RequestItems={self.name: requests})
                except TransientError as error:
                    note(error)
                    continue
                undone = answer.get("UnprocessedItems", {}).get(self.name, ())
                asked = [one["DeleteRequest"]["Key"] for one in undone]
                chunk = {(key["pk"]["S"], key["sk"]["S"]): 0 for key in asked}
                if not chunk:
                    break
            left += len(chunk)
        return left

    def _put_chunk(self, chunk: dict[tuple[str, str], int], items: Sequence[Item]) -> dict[tuple[str, str], int]:
        requests = [{"PutRequest": {"Item": items[index]}} for index in chunk.values()]
        try:
            with self._translated("BatchWriteItem"):
                answer = self.dynamodb.batch_write_item(RequestItems={self.name: requests})
        except TransientError as error:
            note(error)
            return chunk
        left = answer.get("UnprocessedItems", {}).get(self.name, ())
        keys = ((one["PutRequest"]["Item"]["pk"]["S"], one["PutRequest"]["Item"]["sk"]["S"]) for one in left)
        return {key: chunk[key] for key in keys}

    def query(
        self, condition: str, values: Item, *, limit: int | None = None, at_once: int = 1000, **more: Any
    ) -> Iterator[Item]:
        """Items page by page, at most `limit` of them; with a limit a page has at most `at_once`."""
        if ":pk" in values and not can_be_key(values[":pk"]["S"]):
            return
        start: dict[str, Any] = {}
        left = limit
        while left is None or left > 0:
            page = {"Limit": min(left, at_once)} if left is not None else {}
            with self._translated("Query"):
                answer = self.dynamodb.query(
                    TableName=self.name, KeyConditionExpression=condition, ExpressionAttributeValues=values,
                    **page, **start, **more,
                )  # fmt: skip
            for item in answer["Items"]:
                yield item
                if left is not None:
                    left -= 1
            if "LastEvaluatedKey" not in answer:
                return
            start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}

    def _translated(self, call: str) -> AbstractContextManager[None]:
        return _present(f"DynamoDB {call} on {self.name}")


def pending_keys(table: Table, *, before: datetime, limit: int, newest_first: bool = False) -> list[tuple[str, str]]:
    """Keys in the sparse index `outbox` that have waited since before `before`, within each shard the oldest or newest first.

    Every shard has the same share of `limit`: one that is stuck must not starve the others.
    """
    share = -(-limit // SHARDS)
    keys: list[tuple[str, str]] = []
    for shard in range(SHARDS):
        found = table.query(
            "outbox = :shard AND pending_since < :before",
            {":shard": text(str(shard)), ":before": number(millis(before))},
            limit=share, IndexName="outbox", ScanIndexForward=not newest_first,
        )  # fmt: skip
        keys += [(item["pk"]["S"], item["sk"]["S"]) for item in found]
    return keys[:limit]


@contextmanager
def _present(what: str) -> Iterator[None]:
    """A table that isn't there is a mistake in the deployment, not an answer to "is there such a post?"."""
    try:
        with translated(what):
            yield
    except NotFoundError as error:
        raise TransientError(str(error)) from error.__cause__
