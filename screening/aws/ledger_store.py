"""The ledger table: entries of all chains, their heads, and the nightly roots.

| pk | sk | what |
|---|---|---|
| `C#{chain}` | `{index:08d}` | an entry; `payload` and `salt` are attributes of their own, so that they can be erased alone |
| `H#{shard}` | chain | the chain's head, written with its entry, so that nothing has to scan the table |
| `ROOTS` | `{number:08d}` | a root's summary; the root itself lies under lock (`evidence_store`) |
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from screening.aws.dynamo import Item, Table, as_json, from_millis, millis, number, shard_of, text
from screening.aws.failures import Pause, backoff, error_code, translated
from screening.cases.ledger import LedgerEntry
from screening.cases.ledger_root import ChainHead, LedgerRoot, UnreadHead
from screening.errors import ConflictError, PermanentError, TransientError
from screening.fields import rfc3339

HEAD_SHARDS = 16
ROOTS = "ROOTS"
ATTEMPTS = 4
PAGE = 25
_LAST_MILLISECOND = millis(datetime.max.replace(tzinfo=UTC, microsecond=0))


class DynamoDbLedgerStore:
    """The `LedgerStore` of the functions."""

    def __init__(self, table: Table, *, pause: Pause = time.sleep) -> None:
        self._table = table
        self._pause = pause

    def last(self, chain: str) -> LedgerEntry | None:
        return next(self.newest(chain, limit=1), None)

    def append(self, entry: LedgerEntry) -> None:
        actions = [{"Put": entry_put(self._table.name, entry)}, {"Put": head_put(self._table.name, entry)}]
        what = f"DynamoDB TransactWriteItems of ledger entry {entry.case}/{entry.index}"
        for attempt in range(ATTEMPTS):
            if attempt:
                backoff(attempt, pause=self._pause)
            try:
                with translated(what):
                    self._table.dynamodb.transact_write_items(TransactItems=actions)
            except TransientError as error:
                reasons = cancellation_reasons(error.__cause__)
                if "ConditionalCheckFailed" in reasons:
                    raise ConflictError(f"ledger {entry.case}: entry {entry.index} is taken") from error
                if "TransactionConflict" not in reasons:
                    raise
            else:
                return
        raise TransientError(f"{what}: others keep writing")

    def entries(self, chain: str) -> tuple[LedgerEntry, ...]:
        found = self._table.query("pk = :pk", {":pk": text(chain_pk(chain))}, ConsistentRead=True)
        return tuple(entry_from_item(item) for item in found)

    def newest(self, chain: str, *, limit: int | None = None) -> Iterator[LedgerEntry]:
        page = {} if limit else {"Limit": PAGE}  # a look reads back some minutes, not the megabyte that a page may hold
        found = self._table.query(
            "pk = :pk", {":pk": text(chain_pk(chain))}, limit=limit, ConsistentRead=True, ScanIndexForward=False, **page
        )
        return (entry_from_item(item) for item in found)

    def stored_entries(self, chain: str) -> tuple[dict[str, Any], ...]:
        found = self._table.query("pk = :pk", {":pk": text(chain_pk(chain))}, ConsistentRead=True)
        return tuple(stored_entry(item) for item in found)

    def stored_head(self, chain: str) -> dict[str, Any] | None:
        item = self._table.get(_head_pk(chain), chain)
        return _stored_head(item) if item else None

    def stored_heads(self) -> Iterator[dict[str, Any]]:
        return (_stored_head(item) for item in self._heads())

    def stored_roots(self) -> tuple[dict[str, Any], ...]:
        return tuple(_object(item, "root") for item in self._roots())

    def head(self, chain: str) -> ChainHead | None:
        item = self._table.get(_head_pk(chain), chain)
        return _head_from_item(item) if item else None

    def heads(self) -> Iterator[ChainHead | UnreadHead]:
        return (_head_or_fault(item) for item in self._heads())

    def erase_payload(self, chain: str, index: int) -> bool:
        try:
            self._table.update(
                chain_pk(chain), _entry_sk(index), UpdateExpression="REMOVE payload, salt",
                ConditionExpression="attribute_exists(payload) OR attribute_exists(salt)",
            )  # fmt: skip
        except ConflictError:
            return False
        return True

    def mark_forgotten(self, head: ChainHead) -> None:
        with suppress(ConflictError):  # the chain went on: its new payload is for the next time
            self._table.update(
                _head_pk(head.chain), head.chain, UpdateExpression="SET forgotten = :yes",
                ConditionExpression="#index = :index", ExpressionAttributeNames={"#index": "index"},
                ExpressionAttributeValues={":yes": {"BOOL": True}, ":index": number(head.index)},
            )  # fmt: skip

    def put_root(self, root: LedgerRoot) -> None:
        item: Item = {"pk": text(ROOTS), "sk": text(_entry_sk(root.number)), "root": as_json(root.summary())}
        try:
            self._table.put(item, ConditionExpression="attribute_not_exists(pk)")
        except ConflictError:
            stored = self._table.get(ROOTS, _entry_sk(root.number))
            if stored is None or json.loads(stored["root"]["S"]) != root.summary():
                raise

    def roots(self) -> tuple[LedgerRoot, ...]:
        return tuple(_root_from_item(item) for item in self._roots())

    def last_root(self) -> LedgerRoot | None:
        item = next(self._roots(limit=1, ScanIndexForward=False), None)
        return _root_from_item(item) if item else None

    def _heads(self) -> Iterator[Item]:
        for shard in range(HEAD_SHARDS):
            yield from self._table.query("pk = :pk", {":pk": text(f"H#{shard}")}, ConsistentRead=True)

    def _roots(self, *, limit: int | None = None, **more: Any) -> Iterator[Item]:
        return self._table.query("pk = :pk", {":pk": text(ROOTS)}, limit=limit, ConsistentRead=True, **more)


def chain_pk(chain: str) -> str:
    return f"C#{chain}"


def _entry_sk(index: int) -> str:
    return f"{index:08d}"


def _head_pk(chain: str) -> str:
    return f"H#{shard_of(chain, HEAD_SHARDS)}"


def entry_put(table: str, entry: LedgerEntry) -> dict[str, Any]:
    """A `Put` of a ledger entry that never overwrites one."""
    hashed = entry.to_dict()
    payload, salt = hashed.pop("payload"), hashed.pop("salt")
    item: Item = {
        "pk": text(chain_pk(entry.case)), "sk": text(_entry_sk(entry.index)), "entry": as_json(hashed),
    }  # fmt: skip
    if payload is not None and salt is not None:
        item["payload"], item["salt"] = as_json(payload), text(salt)
    return {"TableName": table, "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}


def entry_from_item(item: Item) -> LedgerEntry:
    """Raises PermanentError where it can't be read: somebody changed it."""
    return LedgerEntry.from_dict(stored_entry(item))


def stored_entry(item: Item) -> dict[str, Any]:
    """An entry as the table holds it, whatever became of it: reading it tells what is wrong."""
    hashed = _object(item, "entry")
    if not isinstance(hashed.get("index"), int):
        hashed["index"] = _whole(item["sk"]["S"])
    return hashed | {"payload": _parsed(item, "payload"), "salt": item.get("salt", {}).get("S")}


def _object(item: Item, name: str) -> dict[str, Any]:
    data = _parsed(item, name)
    return data if isinstance(data, dict) else {}


def _parsed(item: Item, name: str) -> Any:
    """The JSON of an attribute; its text where it holds none."""
    stored = item.get(name, {}).get("S")
    try:
        return json.loads(stored) if stored is not None else None
    except ValueError:
        return stored


def _whole(digits: str | None) -> int | None:
    return int(digits) if digits is not None and digits.isdecimal() else None


def head_put(table: str, entry: LedgerEntry) -> dict[str, Any]:
    """A `Put` of the chain's head, for the transaction that writes its last entry. A head never goes back."""
    return {
        "TableName": table,
        "Item": {
            "pk": text(_head_pk(entry.case)), "sk": text(entry.case), "index": number(entry.index),
            "hash": text(entry.hash), "at": number(millis(entry.at)),
        },
        "ConditionExpression": "attribute_not_exists(pk) OR #index < :index",
        "ExpressionAttributeNames": {"#index": "index"},
        "ExpressionAttributeValues": {":index": number(entry.index)},
    }  # fmt: skip


def _head_from_item(item: Item) -> ChainHead:
    return ChainHead(
        chain=item["sk"]["S"], index=int(item["index"]["N"]), hash=item["hash"]["S"], at=from_millis(item["at"]["N"]),
        forgotten="forgotten" in item,
    )  # fmt: skip


def _head_or_fault(item: Item) -> ChainHead | UnreadHead:
    try:
        return replace(ChainHead.read(_stored_head(item)), forgotten="forgotten" in item)
    except PermanentError as error:
        return UnreadHead(item["sk"]["S"], error.reason)


def _stored_head(item: Item) -> dict[str, Any]:
    """A head as the table holds it, in the shape of `ChainHead.to_dict`; what was taken out of it is None."""
    at = _whole(item.get("at", {}).get("N"))
    if at is not None and at > _LAST_MILLISECOND:
        at = None
    return {
        "chain": item["sk"]["S"], "index": _whole(item.get("index", {}).get("N")), "hash": item.get("hash", {}).get("S"),
        "at": rfc3339(from_millis(at)) if at is not None else None,
    }  # fmt: skip


def _root_from_item(item: Item) -> LedgerRoot:
    try:
        return LedgerRoot.read(_object(item, "root"))
    except PermanentError as error:
        number = _whole(item["sk"]["S"])
        raise PermanentError(
            f"root {number} of the ledger's table can't be read: {error.reason}; delete its item ('{ROOTS}', "
            f"'{item['sk']['S']}'): the next run takes the one that lies under lock"
        ) from error


def cancellation_reasons(error: BaseException | None) -> frozenset[str]:
    """Why a transaction was cancelled, by DynamoDB's codes; empty for any other error."""
    if not isinstance(error, ClientError) or error_code(error) != "TransactionCanceledException":
        return frozenset()
    reasons: Any = error.response.get("CancellationReasons", ())
    return frozenset(str(reason.get("Code")) for reason in reasons)
