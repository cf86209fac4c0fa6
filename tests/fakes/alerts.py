"""Channels, marks and messages in memory, with the conditions that the real store holds, and a sender that remembers."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from screening.cases.alerts.channel import Channel
from screening.cases.alerts.message import AlertMessage
from screening.errors import ConflictError, ScreeningError
from screening.ports import ChannelState
from tests.fakes.faults import Faults


class FakeAlertStore:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.known: dict[str, Channel] = {}
        self.states: dict[str, ChannelState] = {}
        self.marks: dict[tuple[str, str], datetime] = {}
        self.messages: dict[str, str] = {}
        self.overturned: int | None = None

    def channels(self) -> tuple[Channel, ...]:
        self._faults.before("alerts.channels")
        return tuple(Channel.from_dict(self.known[name].to_dict()) for name in sorted(self.known))

    def state(self, channel: str) -> ChannelState:
        self._faults.before("alerts.state")
        return self.states.get(channel, ChannelState())

    def put_state(self, channel: str, state: ChannelState) -> None:
        self._faults.before("alerts.put_state")
        if self.states.get(channel, ChannelState()).revision != state.revision - 1:
            raise ConflictError(f"channel {channel}: changed meanwhile")
        self.states[channel] = state
        self._faults.after("alerts.put_state")

    def told(self, channel: str, keys: Collection[str]) -> frozenset[str]:
        self._faults.before("alerts.told")
        return frozenset(key for key in keys if (channel, key) in self.marks)

    def mark(self, channel: str, keys: Collection[str], *, until: datetime) -> None:
        self._faults.before("alerts.mark")
        self.marks |= {(channel, key): until for key in keys}
        self._faults.after("alerts.mark")

    def add(self, message: AlertMessage) -> None:
        self._faults.before("alerts.add")
        self.messages.setdefault(message.id, json.dumps(message.to_dict()))
        self._faults.after("alerts.add")

    def all(self) -> list[AlertMessage]:
        return [AlertMessage.from_dict(json.loads(body)) for body in self.messages.values()]

    def due(self, channel: str, *, now: datetime) -> tuple[AlertMessage, ...]:
        self._faults.before("alerts.due")
        due = [one for one in self.all() if one.channel == channel and one.state == "pending" and one.next_at <= now]
        return tuple(sorted(due, key=lambda one: (one.made_at, one.id)))

    def update(self, message: AlertMessage) -> None:
        self._faults.before("alerts.update")
        stored = AlertMessage.from_dict(json.loads(self.messages[message.id]))
        if stored.revision != message.revision - 1:
            raise ConflictError(f"message {message.id}: changed meanwhile")
        self.messages[message.id] = json.dumps(message.to_dict())
        self._faults.after("alerts.update")

    def note_rules(self, count: int, at: datetime) -> None:
        self.overturned = count

    def rules(self) -> int | None:
        return self.overturned


class FakeAlertSender:
    """`fails` is raised for as long as it is set."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.sent: list[AlertMessage] = []
        self.fails: ScreeningError | None = None

    def send(self, channel: Channel, message: AlertMessage) -> None:
        self._faults.before("alert_sender.send")
        if self.fails is not None:
            raise self.fails
        assert channel.name == message.channel
        self.sent.append(replace(message))
        self._faults.after("alert_sender.send")
