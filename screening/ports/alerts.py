"""Telling people: channels, what was told on each, messages on their way, and what carries them out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from screening.cases.alerts.channel import Channel
from screening.cases.alerts.message import AlertMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """When a channel's last message was made, the last day of a digest, and a message that isn't whole yet.

    `open` is written with the state, in one conditional write, before what it tells is marked: whoever finds it goes on
    from there, so that nothing is told twice and nothing is lost.
    """

    last_at: datetime | None = None
    digest_on: date | None = None
    open: AlertMessage | None = None
    revision: int = 0


class AlertStore(Protocol):
    def channels(self) -> tuple[Channel, ...]:
        """In order of name."""
        ...

    def state(self, channel: str) -> ChannelState:
        """Strongly consistent; that of a new channel where there is none."""
        ...

    def put_state(self, channel: str, state: ChannelState) -> None:
        """Over the one of the revision before. Raises ConflictError where another stands by now."""
        ...

    def told(self, channel: str, keys: Collection[str]) -> frozenset[str]:
        """Those of the keys that are marked, strongly consistent. Raises TransientError where some can't be read."""
        ...

    def mark(self, channel: str, keys: Collection[str], *, until: datetime) -> None:
        """Again it changes nothing. Raises TransientError where some couldn't be marked."""
        ...

    def add(self, message: AlertMessage) -> None:
        """Nothing happens where there is a message of this id, whatever became of it."""
        ...

    def due(self, channel: str, *, now: datetime) -> tuple[AlertMessage, ...]:
        """Pending ones whose time has come, the oldest first."""
        ...

    def update(self, message: AlertMessage) -> None:
        """Over the one of the revision before. Raises ConflictError where another stands by now."""
        ...

    def note_rules(self, count: int, at: datetime) -> None:
        """How many rules the daily look found to be overturned often."""
        ...

    def rules(self) -> int | None:
        """None where it wasn't looked yet."""
        ...


class AlertSender(Protocol):
    def send(self, channel: Channel, message: AlertMessage) -> None:
        """Raises TransientError where it may work later, PermanentError or NotFoundError where it can't."""
        ...
