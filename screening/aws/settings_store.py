"""Settings as administrators change them, in the config table, each in one transaction with its entry in the ledger table.

| pk | sk | config |
|---|---|---|
| `TEAM`, `PLATFORM`, `PARTNER`, `RULE` | name | the setting, as `config_store` reads it |
| `SECRET` | kind and name | how often a signing secret was made, and when last |
| `POLICY` | team; team and version | a team's policy text, the newest and each version |
| `PROPOSAL` | kind and name | a change that waits for a second administrator, or the last one that did |
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

from screening.aws.dynamo import Item, Table, as_json, key_part, text
from screening.aws.failures import Pause, backoff, translated
from screening.aws.ledger_store import cancellation_reasons, entry_put, head_put
from screening.cases.ledger import LedgerEntry
from screening.errors import ConflictError, NotFoundError, TransientError
from screening.ports.settings import SettingWrite
from screening.workflows.settings_records import Data, RecordKind

ATTEMPTS = 4


class DynamoDbSettingsStore:
    """The `SettingsStore` of the console and of the command line."""

    def __init__(self, config: Table, ledger: Table, *, pause: Pause = time.sleep) -> None:
        self._config = config
        self._ledger = ledger
        self._pause = pause

    def read(self, kind: RecordKind, id: str) -> Data | None:  # noqa: A002
        item = self._config.get(kind.upper(), key_part(id))
        return None if item is None else _data(item)

    def all(self, kind: RecordKind) -> tuple[Data, ...]:
        found = self._config.query("pk = :pk", {":pk": text(kind.upper())}, ConsistentRead=True)
        return tuple(_data(item) for item in found)

    def write(self, writes: Sequence[SettingWrite], entry: LedgerEntry) -> None:
        actions = [{"Put": self._put(write)} for write in writes]
        actions += [{"Put": entry_put(self._ledger.name, entry)}, {"Put": head_put(self._ledger.name, entry)}]
        what = f"DynamoDB TransactWriteItems of ledger entry {entry.case}/{entry.index}"
        for attempt in range(ATTEMPTS):
            if attempt:
                backoff(attempt, pause=self._pause)
            try:
                with translated(what):
                    self._config.dynamodb.transact_write_items(TransactItems=actions)
            except TransientError as error:
                reasons = cancellation_reasons(error.__cause__)
                if "ConditionalCheckFailed" in reasons:
                    raise ConflictError(f"{what}: a record or the entry's place was changed") from error
                if "TransactionConflict" not in reasons:
                    raise
            else:
                return
        raise TransientError(f"{what}: others keep writing")

    def _put(self, write: SettingWrite) -> dict[str, Any]:
        item: Item = {
            "pk": text(write.kind.upper()), "sk": text(key_part(write.id)), "config": as_json(write.after),
        }  # fmt: skip
        put: dict[str, Any] = {"TableName": self._config.name, "Item": item}
        if write.before is None:
            return {**put, "ConditionExpression": "attribute_not_exists(pk)"}
        # What was stored is compared as a whole: `as_json` writes what it read the same again.
        return {
            **put, "ConditionExpression": "config = :before",
            "ExpressionAttributeValues": {":before": as_json(write.before)},
        }  # fmt: skip


class SqsQueueNames:
    """The `QueueNames` of the console and of the command line."""

    def __init__(self, sqs: Any) -> None:
        self._sqs = sqs

    def has_queue(self, name: str) -> bool:
        try:
            with translated(f"SQS GetQueueUrl {name}"):
                self._sqs.get_queue_url(QueueName=name)
        except NotFoundError:
            return False
        return True


def _data(item: Item) -> Data:
    data: Data = json.loads(item["config"]["S"])
    return data
