"""The cases and ledger tables. A case, its ledger entries and the pointer from its post are written in one transaction.

A case is one JSON text beside the attributes that conditions and indexes need: an open one has its place in the index
`queue`, one that awaits a second look in `second_look`. What it still owes the world (`owed`) is a
map of its own, so that an item can be taken out without touching the case's revision.
"""

from __future__ import annotations

import heapq
import json
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from botocore.exceptions import ClientError

from screening.aws.dynamo import (
    Item,
    Table,
    as_json,
    millis,
    number,
    pending_keys,
    post_pk,
    shard_of,
    text,
)
from screening.aws.failures import Pause, backoff, error_code, translated
from screening.cases.case import Case, CaseQueue
from screening.cases.ledger import LedgerEntry
from screening.errors import ConflictError, TransientError
from screening.ports import CaseChange, LatestCase

CASE = "CASE"
OPEN = "OPEN"
QUEUE_SHARDS = 4
ATTEMPTS = 4


class DynamoDbCaseStore:
    """The `CaseStore` of the functions.

    `retention_days` after its decision a case may go; an undecided one stays.
    """

    def __init__(self, cases: Table, ledger: Table, *, retention_days: int, pause: Pause = time.sleep) -> None:
        self._cases = cases
        self._ledger = ledger
        self._retention = timedelta(days=retention_days)
        self._pause = pause

    def read(self, case: str) -> Case | None:
        item = self._cases.get(_case_pk(case), CASE)
        return case_from_item(item) if item else None

    def latest_of(self, platform: str, post_id: str) -> LatestCase | None:
        item = self._cases.get(post_pk(platform, post_id), OPEN)
        if item is None:
            return None
        return LatestCase(item["case"]["S"], int(item["generation"]["N"]), bool(item["open"]["BOOL"]))

    def save(self, change: CaseChange) -> None:
        actions = [{"Put": self._case_put(change)}, *({"Put": self._entry_put(entry)} for entry in change.entries)]
        if change.case.post_id:
            actions.append({"Put": self._pointer_put(change.case)})
        what = f"DynamoDB TransactWriteItems of case {change.case.case}"
        for attempt in range(ATTEMPTS):
            if attempt:
                backoff(attempt, pause=self._pause)
            try:
                with translated(what):
                    self._cases.dynamodb.transact_write_items(TransactItems=actions)
            except TransientError as error:
                reasons = _cancellation_reasons(error.__cause__)
                if "ConditionalCheckFailed" in reasons:
                    raise ConflictError(
                        f"case {change.case.case}: changed since revision {change.expected_revision}"
                    ) from error
                if "TransactionConflict" not in reasons:
                    raise
            else:
                return
        raise TransientError(f"{what}: others keep writing")

    def mark_delivered(self, case: str, outbox_ids: Sequence[str]) -> None:
        if not outbox_ids:
            return
        names = {f"#i{index}": outbox_id for index, outbox_id in enumerate(outbox_ids)}
        try:
            left = self._cases.update(
                _case_pk(case), CASE,
                UpdateExpression=f"REMOVE {', '.join(f'owed.{name}' for name in names)}",
                ConditionExpression="attribute_exists(owed)", ExpressionAttributeNames=names,
                ReturnValues="ALL_NEW",
            )  # fmt: skip
            if not left["owed"]["M"]:
                self._cases.update(
                    _case_pk(case), CASE, UpdateExpression="REMOVE outbox, pending_since",
                    ConditionExpression="size(owed) = :none", ExpressionAttributeValues={":none": number(0)},
                )  # fmt: skip
        except ConflictError:
            return  # the case is gone, or owes something new already: that enters the index by itself

    def pending(self, *, before: datetime, limit: int) -> tuple[Case, ...]:
        keys = pending_keys(self._cases, before=before, limit=limit)
        found, _ = self._cases.get_many(keys)
        cases = [case_from_item(found[key]) for key in keys if key in found]
        return tuple(case for case in cases if case.outbox)

    def queue(self, team: str, queue: CaseQueue, *, limit: int) -> tuple[Case, ...]:
        return self._in_order("queue", "queue_key", "queue_order", f"{team}#{queue}", limit)

    def ledger(self, case: str) -> tuple[LedgerEntry, ...]:
        found = self._ledger.query("pk = :pk", {":pk": text(_case_pk(case))}, ConsistentRead=True)
        return tuple(_entry_from_item(item) for item in found)

    def due_for_second_look(self, team: str, *, limit: int) -> tuple[Case, ...]:
        return self._in_order("second_look", "look_key", "look_order", team, limit)

    def _in_order(self, index: str, key: str, order: str, place: str, limit: int) -> tuple[Case, ...]:
        """The first cases of all shards of an index, merged."""
        shards = [
            self._cases.query(f"{key} = :place", {":place": text(f"{place}#{shard}")}, limit=limit, IndexName=index)
            for shard in range(QUEUE_SHARDS)
        ]
        merged = heapq.merge(*shards, key=lambda item: str(item[order]["S"]))
        return tuple(case_from_item(item) for item in islice(merged, limit))

    def _case_put(self, change: CaseChange) -> dict[str, Any]:
        item = case_to_item(change.case)
        if change.case.decision is not None and not change.case.is_open:
            item["ttl"] = number(int((change.case.decision.decided_at + self._retention).timestamp()))
        put: dict[str, Any] = {"TableName": self._cases.name, "Item": item}
        if change.expected_revision is None:
            return put | {"ConditionExpression": "attribute_not_exists(pk)"}
        return put | {
            "ConditionExpression": "revision = :expected",
            "ExpressionAttributeValues": {":expected": number(change.expected_revision)},
        }

    def _entry_put(self, entry: LedgerEntry) -> dict[str, Any]:
        return entry_put(self._ledger.name, entry)

    def _pointer_put(self, case: Case) -> dict[str, Any]:
        return {
            "TableName": self._cases.name,
            "Item": {
                "pk": text(post_pk(case.platform, case.post_id)), "sk": text(OPEN), "case": text(case.case),
                "generation": number(case.generation), "open": {"BOOL": case.is_open},
            },
            "ConditionExpression": "attribute_not_exists(pk) OR generation <= :generation",
            "ExpressionAttributeValues": {":generation": number(case.generation)},
        }  # fmt: skip


def entry_put(table: str, entry: LedgerEntry) -> dict[str, Any]:
    """A `Put` of a ledger entry that never overwrites one. The payload lies apart, so that it can be erased alone."""
    hashed = entry.to_dict()
    payload = hashed.pop("payload")
    item: Item = {
        "pk": text(_case_pk(entry.case)), "sk": text(f"{entry.index:08d}"), "entry": as_json(hashed),
    }  # fmt: skip
    if payload is not None:
        item["payload"] = as_json(payload)
    return {"TableName": table, "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}


def _entry_from_item(item: Item) -> LedgerEntry:
    payload = json.loads(item["payload"]["S"]) if "payload" in item else None
    return LedgerEntry.from_dict(json.loads(item["entry"]["S"]) | {"payload": payload})


def case_to_item(case: Case) -> Item:
    data = case.to_dict()
    del data["outbox"]
    pk = _case_pk(case.case)
    item: Item = {
        "pk": text(pk), "sk": text(CASE), "revision": number(case.revision), "case": as_json(data),
        "owed": {"M": {owed.id: as_json(owed.to_dict()) for owed in case.outbox}},
    }  # fmt: skip
    shard = shard_of(case.case, QUEUE_SHARDS)
    if case.is_open:
        item["queue_key"] = text(f"{case.team}#{case.queue}#{shard}")
        item["queue_order"] = text(_order(case.due_at, case))
    look_by = [d.second_look_by for d in case.decisions if d.awaits_second_look and d.second_look_by]
    if look_by:
        item["look_key"] = text(f"{case.team}#{shard}")
        item["look_order"] = text(_order(min(look_by), case))
    if case.outbox:
        item["outbox"] = text(shard_of(pk))
        item["pending_since"] = number(min(millis(owed.since) for owed in case.outbox))
    return item


def case_from_item(item: Item) -> Case:
    owed = [json.loads(one["S"]) for one in item["owed"]["M"].values()]
    owed.sort(key=lambda one: (one["since"], one["id"]))
    return Case.from_dict(json.loads(item["case"]["S"]) | {"outbox": owed})


def _order(due: datetime, case: Case) -> str:
    return f"{millis(due):015d}#{case.case}"


def _case_pk(case: str) -> str:
    return f"C#{case}"


def _cancellation_reasons(error: BaseException | None) -> frozenset[str]:
    if not isinstance(error, ClientError) or error_code(error) != "TransactionCanceledException":
        return frozenset()
    reasons: Any = error.response.get("CancellationReasons", ())
    return frozenset(str(reason.get("Code")) for reason in reasons)
