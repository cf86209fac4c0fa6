"""The cases and ledger tables. A case, its ledger entries and the pointer from its post are written in one transaction.

A case is packed JSON (`aws.packing`) beside the attributes that conditions and indexes need: an open one has its place in the
index `queue`, where decided ones stand behind them, one that awaits a second look in `second_look`. What it still owes the world
(`owed`) is a map of its own, so that an item can be taken out without touching the case's revision. The indexes hold cases whole:
a queue page is one query a shard, and a new case is a unit in each.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Any

from screening.aws.dynamo import (
    Item,
    Table,
    from_millis,
    millis,
    number,
    pending_keys,
    post_pk,
    shard_of,
    text,
)
from screening.aws.failures import Pause, backoff, translated
from screening.aws.ledger_store import cancellation_reasons, chain_pk, entry_from_item, entry_put, head_put
from screening.aws.packing import packed, unpacked
from screening.cases.case import Case, CaseQueue
from screening.cases.ledger import LedgerEntry
from screening.errors import ConflictError, PermanentError, TransientError
from screening.ports import CampaignPointer, CaseChange, LatestCase, PostPointer, Snooze
from screening.workflows.records import PostKey
from screening.workflows.retention import Retention

CASE = "CASE"
OPEN = "OPEN"
DECIDED = "~decided"
"""Stands where open cases have the name of their queue: no queue is called so."""
GOLDEN, KNOWN = "~golden", "~known"
"""Likewise in `queue` for golden cases, and in `second_look` for known ones: no list of cases finds either by its name."""
FIRST = "-"
"""Stands before the time that a case is due where it comes before all others (`Case.queue_order`): it sorts before digits."""
QUEUE_SHARDS = 4
ATTEMPTS = 4


class DynamoDbCaseStore:
    """The `CaseStore` of the functions.

    `retention_days` after its decision a case may go; one that is undecided, held or awaits a second look stays.
    """

    def __init__(self, cases: Table, ledger: Table, *, retention_days: int, pause: Pause = time.sleep) -> None:
        self._cases = cases
        self._ledger = ledger
        self._retention = Retention(cases_after_decision=retention_days)
        self._pause = pause

    def read(self, case: str) -> Case | None:
        item = self._cases.get(_case_pk(case), CASE)
        return case_from_item(item) if item else None

    def latest_of(self, platform: str, post_id: str) -> LatestCase | None:
        item = self._cases.get(post_pk(platform, post_id), OPEN)
        return _latest(item) if item else None

    def latest_of_each(self, posts: Sequence[PostKey]) -> dict[PostKey, LatestCase]:
        found, unread = self._cases.get_many([(post_pk(*post), OPEN) for post in posts])
        if unread:
            raise TransientError(f"{len(unread)} pointers of posts to their cases not read")
        return {post: _latest(item) for post in posts if (item := found.get((post_pk(*post), OPEN)))}

    def latest_of_campaign(self, team: str, campaign: str) -> str | None:
        item = self._cases.get(_campaign_pk(team, campaign), OPEN)
        return item["case"]["S"] if item else None

    def save(self, change: CaseChange) -> None:
        actions = [{"Put": self._case_put(change)}, *({"Put": self._entry_put(entry)} for entry in change.entries)]
        if change.entries:
            actions.append({"Put": head_put(self._ledger.name, change.entries[-1])})
        actions += [{"Put": self._pointer_put(change.case, pointer)} for pointer in change.pointers]
        what = f"DynamoDB TransactWriteItems of case {change.case.case}"
        for attempt in range(ATTEMPTS):
            if attempt:
                backoff(attempt, pause=self._pause)
            try:
                with translated(what):
                    self._cases.dynamodb.transact_write_items(TransactItems=actions)
            except TransientError as error:
                reasons = cancellation_reasons(error.__cause__)
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
        done = ", ".join(f"owed.{name}" for name in names)
        if self._all_delivered(case, names, done):
            return
        try:
            left = self._cases.update(
                _case_pk(case), CASE, UpdateExpression=f"REMOVE {done}",
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

    def _all_delivered(self, case: str, names: dict[str, str], done: str) -> bool:
        """Whether these were all that the case owes, and are gone now: nearly always, and one write where two would be charged."""
        there = " AND ".join(f"attribute_exists(owed.{name})" for name in names)
        try:
            self._cases.update(
                _case_pk(case), CASE, UpdateExpression=f"REMOVE {done}, outbox, pending_since",
                ConditionExpression=f"{there} AND size(owed) = :all", ExpressionAttributeNames=names,
                ExpressionAttributeValues={":all": number(len(names))},
            )  # fmt: skip
        except ConflictError:
            return False
        return True

    def pending(self, *, before: datetime, limit: int, newest_first: bool = False) -> tuple[Case, ...]:
        keys = pending_keys(self._cases, before=before, limit=limit, newest_first=newest_first)
        found, unread = self._cases.get_many(keys)
        if unread and not found:
            raise TransientError("cases: what they owe can't be read for now")  # silence would look like nothing owed
        cases = [case_from_item(found[key]) for key in keys if key in found]
        # What is held back for later doesn't wait yet, though it lies beside what did.
        return tuple(case for case in cases if any(owed.since < before for owed in case.outbox))

    def queue(self, team: str, queue: CaseQueue, *, limit: int) -> tuple[Case, ...]:
        return self._in_order("queue", "queue_key", "queue_order", f"{team}#{queue}", limit)

    def ledger(self, case: str) -> tuple[LedgerEntry, ...]:
        found = self._ledger.query("pk = :pk", {":pk": text(chain_pk(case))}, ConsistentRead=True)
        entries: list[LedgerEntry] = []
        for item in found:
            with suppress(PermanentError):
                entries.append(entry_from_item(item))
        return tuple(entries)

    def decided(self, team: str, *, since: datetime, limit: int) -> tuple[Case, ...]:
        return self._newest(team, DECIDED, since, limit)

    def golden(self, team: str, *, since: datetime, limit: int, actor: str | None = None) -> tuple[Case, ...]:
        if actor is None:
            return self._newest(team, GOLDEN, since, limit)
        own = self._cases.query(
            "look_key = :place AND look_order >= :since",
            {":place": text(_golden_place(team, actor)), ":since": text(f"{millis(since):015d}")}, limit=limit,
            at_once=min(limit, 50), IndexName="second_look", ScanIndexForward=False,
        )  # fmt: skip
        return tuple(case_from_item(item) for item in islice(own, limit))

    def known(self, team: str, *, limit: int) -> tuple[Case, ...]:
        return self._in_order("second_look", "look_key", "look_order", f"{team}#{KNOWN}", limit)

    def _newest(self, team: str, place: str, since: datetime, limit: int) -> tuple[Case, ...]:
        shards = [
            self._cases.query(
                "queue_key = :place AND queue_order >= :since",
                {":place": text(f"{team}#{place}#{shard}"), ":since": text(f"{millis(since):015d}")}, limit=limit,
                at_once=_share_of(limit), IndexName="queue", ScanIndexForward=False,
            )
            for shard in range(QUEUE_SHARDS)
        ]  # fmt: skip
        merged = heapq.merge(*shards, key=lambda item: str(item["queue_order"]["S"]), reverse=True)
        return tuple(case_from_item(item) for item in islice(merged, limit))

    def put_snooze(self, snooze: Snooze) -> None:
        self._cases.put({
            "pk": text(_snooze_pk(snooze.platform, snooze.poster)), "sk": text(snooze.rule),
            "until": number(millis(snooze.until)), "actor": text(snooze.actor),
            "ttl": number(int(snooze.until.timestamp())),
        })  # fmt: skip

    def snoozes(self, platform: str, poster: str, *, now: datetime) -> tuple[Snooze, ...]:
        found = self._cases.query("pk = :pk", {":pk": text(_snooze_pk(platform, poster))})
        all_of_them = (
            Snooze(platform, poster, item["sk"]["S"], from_millis(int(item["until"]["N"])), item["actor"]["S"])
            for item in found
        )
        return tuple(snooze for snooze in all_of_them if snooze.until > now)

    def due_for_second_look(self, team: str, *, limit: int) -> tuple[Case, ...]:
        return self._in_order("second_look", "look_key", "look_order", team, limit)

    def _in_order(self, index: str, key: str, order: str, place: str, limit: int) -> tuple[Case, ...]:
        """The first cases of all shards of an index, merged."""
        shards = [
            self._cases.query(
                f"{key} = :place", {":place": text(f"{place}#{shard}")}, limit=limit, at_once=_share_of(limit), IndexName=index
            )
            for shard in range(QUEUE_SHARDS)
        ]  # fmt: skip
        merged = heapq.merge(*shards, key=lambda item: str(item[order]["S"]))
        return tuple(case_from_item(item) for item in islice(merged, limit))

    def _case_put(self, change: CaseChange) -> dict[str, Any]:
        item = case_to_item(change.case)
        expires = self._retention.case_expires(change.case)
        if expires is not None:
            item["ttl"] = number(int(expires.timestamp()))
        put: dict[str, Any] = {"TableName": self._cases.name, "Item": item}
        if change.expected_revision is None:
            return put | {"ConditionExpression": "attribute_not_exists(pk)"}
        return put | {
            "ConditionExpression": "revision = :expected",
            "ExpressionAttributeValues": {":expected": number(change.expected_revision)},
        }

    def _entry_put(self, entry: LedgerEntry) -> dict[str, Any]:
        return entry_put(self._ledger.name, entry)

    def _pointer_put(self, case: Case, pointer: PostPointer | CampaignPointer) -> dict[str, Any]:
        item: Item = {"sk": text(OPEN), "case": text(case.case)}
        if isinstance(pointer, PostPointer):
            item |= {
                "pk": text(post_pk(pointer.platform, pointer.post_id)), "generation": number(pointer.generation),
            }  # fmt: skip
        else:
            item |= {"pk": text(_campaign_pk(pointer.team, pointer.campaign))}
        put: dict[str, Any] = {"TableName": self._cases.name, "Item": item}
        if pointer.seen is None:
            return put | {"ConditionExpression": "attribute_not_exists(pk)"}
        return put | {
            "ConditionExpression": "#case = :seen", "ExpressionAttributeNames": {"#case": "case"},
            "ExpressionAttributeValues": {":seen": text(pointer.seen)},
        }  # fmt: skip


def case_to_item(case: Case) -> Item:
    data = case.to_dict()
    del data["outbox"]
    pk, body = _case_pk(case.case), packed(data)
    item: Item = {
        "pk": text(pk), "sk": text(CASE), "revision": number(case.revision), "case": body,
        "owed": {"M": {owed.id: packed(owed.to_dict(), beside=body) for owed in case.outbox}},
    }  # fmt: skip
    shard = shard_of(case.case, QUEUE_SHARDS)
    if case.golden is not None:
        item["queue_key"] = text(f"{case.team}#{GOLDEN}#{shard}")
        item["queue_order"] = text(_order(case.opened_at, case))
        item["look_key"] = text(_golden_place(case.team, case.golden.actor))
        item["look_order"] = text(_order(case.opened_at, case))
    elif case.waits_for_people:
        item["queue_key"] = text(f"{case.team}#{case.queue}#{shard}")
        item["queue_order"] = text(("" if not case.child_notice else FIRST) + _order(case.due_at, case))
    elif case.decision is not None:
        item["queue_key"] = text(f"{case.team}#{DECIDED}#{shard}")
        item["queue_order"] = text(_order(case.decision.decided_at, case))
    if case.known is not None:
        item["look_key"] = text(f"{case.team}#{KNOWN}#{shard}")
        item["look_order"] = text(_order(case.known.proposed_at, case))
    look_by = [d.second_look_by for d in case.decisions if d.awaits_second_look and d.second_look_by]
    if look_by and case.golden is None:
        item["look_key"] = text(f"{case.team}#{shard}")
        item["look_order"] = text(_order(min(look_by), case))
    if case.outbox:
        item["outbox"] = text(shard_of(pk))
        item["pending_since"] = number(min(millis(owed.since) for owed in case.outbox))
    return item


def case_from_item(item: Item) -> Case:
    owed = [unpacked(one, beside=item["case"]) for one in item["owed"]["M"].values()]
    owed.sort(key=lambda one: (one["since"], one["id"]))
    return Case.from_dict(unpacked(item["case"]) | {"outbox": owed})


def _golden_place(team: str, actor: str) -> str:
    """Where the golden cases of one person stand: few, so that one shard holds them."""
    return f"{team}#{GOLDEN}#{actor}"


def _share_of(limit: int) -> int:
    """Items of one shard read at once: cases spread evenly, so that this much more than its share is nearly always enough."""
    return limit // QUEUE_SHARDS + limit // 10 + 5


def _order(due: datetime, case: Case) -> str:
    return f"{millis(due):015d}#{case.case}"


def _latest(item: Item) -> LatestCase:
    return LatestCase(item["case"]["S"], int(item["generation"]["N"]))


def _case_pk(case: str) -> str:
    return f"C#{case}"


def _campaign_pk(team: str, campaign: str) -> str:
    return f"G#{team}#{campaign}"


def _snooze_pk(platform: str, poster: str) -> str:
    return f"Z#{platform}#{poster}"
