"""Counts what passes between the SDK and AWS: calls, bytes, and the units that each service charges."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from benchmarks.aws_wire import Answer, Call
from benchmarks.dynamo_units import Index, Item, item_bytes, read_units, units_of_write
from benchmarks.prices import chunks

Key = Mapping[str, Any]
LookUp = Callable[[str, Key], Item | None]
"""Table and key -> the item as it stands."""


class Meter:
    """`used` holds what is charged, by name of the price list, for each function and table."""

    def __init__(
        self,
        look_up: LookUp,
        plain_dynamodb: Any,
        indexes: Mapping[str, tuple[Index, ...]],
        fair_queues: frozenset[str],
    ) -> None:
        """Neither looking up nor `plain_dynamodb`, a client that no wire is attached to, is counted."""
        self._look_up = look_up
        self._dynamodb = plain_dynamodb
        self._indexes = indexes
        self._fair = fair_queues
        self.function = ""
        self.reset()

    def reset(self) -> None:
        self.calls: Counter[tuple[str, str]] = Counter()  # (function, operation)
        self.sent: Counter[tuple[str, str]] = Counter()
        self.received: Counter[tuple[str, str]] = Counter()
        self.refused: Counter[tuple[str, str]] = Counter()  # conditions that didn't hold are charged as well
        self.used: Counter[tuple[str, str]] = (
            Counter()
        )  # (function, table and kind of item, or queue; name in the price list)
        self.item_sizes: dict[str, list[int]] = defaultdict(list)  # "table kind" -> bytes as written

    def use(self, where: str, name: str, quantity: float = 1) -> None:
        self.used[where, name] += quantity  # type: ignore[assignment]

    def queue(self, where: str, url: str, requests: int) -> None:
        self.use(where, "sqs", requests)
        if url.rsplit("/", 1)[-1] in self._fair:
            self.use(where, "sqs_fair", requests)

    # ------------------------------------------------------------------------------------------------ the wire's calls

    def before(self, call: Call) -> list[Item | None]:
        return [self._look_up(table, key) for table, key, _ in _written(call)]

    def after(self, call: Call, answer: Answer, noted: list[Item | None]) -> None:
        what = self.function, call.operation
        self.calls[what] += 1
        self.sent[what] += call.size
        self.received[what] += len(answer[2])
        self.refused[what] += answer[0] >= 400
        service, _, operation = call.operation.partition(".")
        match service:
            case "dynamodb":
                self._writes(call, noted)
                if answer[0] < 300:
                    self._reads(call.asked, operation, json.loads(answer[2]))
            case "sqs":
                self._sqs(call.asked)
            case "eventbridge":
                for entry in call.asked["Entries"]:
                    self.use(self.function, "events", chunks(len(entry["Detail"].encode())))
            case "s3":
                self.use(self.function, "s3_puts" if operation == "PutObject" else "s3_gets")
                if operation == "PutObject":
                    self.item_sizes["archive object"].append(call.size)
            case "kms":
                self.use(self.function, "kms")
            case "secrets-manager":
                self.use(self.function, "secrets")
            case _:
                raise ValueError(f"no price for calls of {service}")

    # ------------------------------------------------------------------------------------------------ units

    def _writes(self, call: Call, noted: list[Item | None]) -> None:
        for (table, key, times), before in zip(_written(call), noted, strict=True):
            after = self._look_up(table, key)
            kind = f"{table} {_kind(key)}"
            self.use(kind, "write_units", times * units_of_write(before, after, self._indexes[table]))
            if after is not None and after != before:
                self.item_sizes[kind].append(item_bytes(after))

    def _reads(self, asked: dict[str, Any], operation: str, answer: dict[str, Any]) -> None:
        match operation:
            case "GetItem":
                units = read_units(item_bytes(answer.get("Item")), consistent=asked.get("ConsistentRead", False))
                self.use(asked["TableName"], "read_units", units)
            case "BatchGetItem":
                for table, wanted in asked["RequestItems"].items():
                    consistent, found = wanted.get("ConsistentRead", False), answer["Responses"].get(table, [])
                    absent = len(wanted["Keys"]) - len(found)
                    units = sum(read_units(item_bytes(item), consistent=consistent) for item in found)
                    self.use(table, "read_units", units + absent * read_units(0, consistent=consistent))
            case "Query":
                if "ProjectionExpression" in asked:  # what isn't shown is charged all the same
                    whole = {name: value for name, value in asked.items() if name != "ProjectionExpression"}
                    answer = self._dynamodb.query(**whole)
                size = sum(item_bytes(item) for item in answer["Items"])
                self.use(
                    asked["TableName"], "read_units", read_units(size, consistent=asked.get("ConsistentRead", False))
                )

    def _sqs(self, asked: dict[str, Any]) -> None:
        bodies = [entry["MessageBody"] for entry in asked.get("Entries", ())] or [asked.get("MessageBody", "")]
        self.queue(self.function, asked.get("QueueUrl", ""), chunks(sum(len(body.encode()) for body in bodies)))


def _written(call: Call) -> Iterator[tuple[str, Key, int]]:
    """Table and key of each item that a call writes, and how many times its units are charged.

    Raises ValueError for a call of DynamoDB's that nobody has taught this file to charge.
    """
    service, _, operation = call.operation.partition(".")
    if service != "dynamodb":
        return
    asked = call.asked
    match operation:
        case "PutItem":
            yield asked["TableName"], _key(asked["Item"]), 1
        case "UpdateItem" | "DeleteItem":
            yield asked["TableName"], asked["Key"], 1
        case "BatchWriteItem":
            for table, requests in asked["RequestItems"].items():
                for request in requests:
                    yield (
                        table,
                        _key(request["PutRequest"]["Item"])
                        if "PutRequest" in request
                        else request["DeleteRequest"]["Key"],
                        1,
                    )
        case "TransactWriteItems":
            for one in asked["TransactItems"]:
                ((_, part),) = one.items()
                yield part["TableName"], _key(part["Item"]) if "Item" in part else part["Key"], 2
        case "GetItem" | "BatchGetItem" | "Query":
            return
        case _:
            raise ValueError(f"no price for {call.operation}")


def _key(item: Item) -> Key:
    return {"pk": item["pk"], "sk": item["sk"]}


def _kind(key: Key) -> str:
    """What an item is, from its sort key: HEAD, V, M, PROFILE; in the ledger entries have numbers, and chains ids."""
    start = str(key["sk"]["S"]).partition("#")[0]
    return start if start.isupper() else "ENTRY" if start.isdigit() else "CHAIN"
