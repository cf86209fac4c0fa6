"""Channels in the config table; their states, marks and messages in the cases table, each item by its own clock."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from screening.aws.dynamo import Item, Table, as_json, from_millis, key_part, millis, number, text
from screening.cases.alerts.channel import Channel
from screening.cases.alerts.message import AlertMessage
from screening.errors import ConflictError, TransientError
from screening.ports import ChannelState

CHANNELS, STATE, TOLD, MESSAGE, RULES = "ALERTS", "STATE", "TOLD#", "MESSAGE#", "ALERT-RULES"
SENT_KEPT = timedelta(days=1)
"""A message that was sent holds no case any more; it stays a day, so that nobody adds it anew and an operator sees it."""


class DynamoDbAlertStore:
    """The `AlertStore` of the functions, and what the operator's commands need beside it."""

    def __init__(self, config: Table, cases: Table) -> None:
        self._config = config
        self._cases = cases

    def channels(self) -> tuple[Channel, ...]:
        found = self._config.query("pk = :pk", {":pk": text(CHANNELS)})
        return tuple(Channel.from_dict(json.loads(item["config"]["S"])) for item in found)

    def put_channel(self, channel: Channel) -> None:
        self._config.put({
            "pk": text(CHANNELS), "sk": text(key_part(channel.name)), "config": as_json(channel.to_dict()),
        })  # fmt: skip

    def remove_channel(self, name: str) -> None:
        """With what it still has to say. State and marks stay: a channel of the same name tells nothing twice."""
        self._config.delete(CHANNELS, key_part(name))
        for message in self.messages(name):
            self._cases.delete(_pk(name), _message_sk(message))

    def state(self, channel: str) -> ChannelState:
        item = self._cases.get(_pk(channel), STATE)
        if item is None:
            return ChannelState()
        data: dict[str, Any] = json.loads(item["state"]["S"])
        return ChannelState(
            last_at=from_millis(data["last_at"]) if data["last_at"] is not None else None,
            digest_on=date.fromisoformat(data["digest_on"]) if data["digest_on"] else None,
            open=AlertMessage.from_dict(data["open"]) if data["open"] else None,
            revision=int(item["revision"]["N"]),
        )

    def put_state(self, channel: str, state: ChannelState) -> None:
        data = {
            "last_at": millis(state.last_at) if state.last_at else None,
            "digest_on": state.digest_on.isoformat() if state.digest_on else None,
            "open": state.open.to_dict() if state.open else None,
        }
        item: Item = {
            "pk": text(_pk(channel)), "sk": text(STATE), "state": as_json(data), "revision": number(state.revision),
        }  # fmt: skip
        self._cases.put(item, **_over(state.revision))

    def told(self, channel: str, keys: Collection[str]) -> frozenset[str]:
        found, unread = self._cases.get_many([(_pk(channel), TOLD + key) for key in keys])
        if unread:
            raise TransientError(f"channel {channel}: not all marks could be read for now")
        return frozenset(sk.removeprefix(TOLD) for _, sk in found)

    def mark(self, channel: str, keys: Collection[str], *, until: datetime) -> None:
        ttl = number(int(until.timestamp()))
        left = self._cases.put_many([
            {"pk": text(_pk(channel)), "sk": text(TOLD + key), "ttl": ttl} for key in keys
        ])  # fmt: skip
        if left:
            raise TransientError(f"channel {channel}: not all could be marked for now")

    def add(self, message: AlertMessage) -> None:
        try:
            self._cases.put(_message_item(message), ConditionExpression="attribute_not_exists(pk)")
        except ConflictError:
            return  # an earlier try did, whose answer was lost

    def due(self, channel: str, *, now: datetime) -> tuple[AlertMessage, ...]:
        found = (
            message for message in self.messages(channel, state="pending") if message.next_at <= now
        )  # fmt: skip
        return tuple(sorted(found, key=lambda one: (one.made_at, one.id)))

    def messages(self, channel: str, *, state: str | None = None) -> Iterator[AlertMessage]:
        """In the order in which they were made."""
        values: Item = {":pk": text(_pk(channel)), ":prefix": text(MESSAGE)}
        more: dict[str, Any] = {}
        if state is not None:
            values[":state"] = text(state)
            more = {"FilterExpression": "#state = :state", "ExpressionAttributeNames": {"#state": "state"}}
        for item in self._cases.query("pk = :pk AND begins_with(sk, :prefix)", values, **more):
            yield AlertMessage.from_dict(json.loads(item["message"]["S"]))

    def update(self, message: AlertMessage) -> None:
        self._cases.put(_message_item(message), **_over(message.revision))

    def note_rules(self, count: int, at: datetime) -> None:
        self._cases.put({
            "pk": text(RULES), "sk": text(STATE), "count": number(count), "ttl": number(int((at + timedelta(days=3)).timestamp())),
        })  # fmt: skip

    def rules(self) -> int | None:
        item = self._cases.get(RULES, STATE)
        return int(item["count"]["N"]) if item else None


def _over(revision: int) -> dict[str, Any]:
    """The condition of a write over what was read: there is nothing yet, or it has the revision before."""
    if revision == 1:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "ConditionExpression": "revision = :before",
        "ExpressionAttributeValues": {":before": number(revision - 1)},
    }


def _message_item(message: AlertMessage) -> Item:
    item: Item = {
        "pk": text(_pk(message.channel)), "sk": text(_message_sk(message)), "state": text(message.state),
        "message": as_json(message.to_dict()), "revision": number(message.revision),
    }  # fmt: skip
    if message.state == "sent":
        item["ttl"] = number(int((message.made_at + SENT_KEPT).astimezone(UTC).timestamp()))
    return item


def _message_sk(message: AlertMessage) -> str:
    return f"{MESSAGE}{millis(message.made_at):015d}#{message.id}"


def _pk(channel: str) -> str:
    return f"A#{channel}"
