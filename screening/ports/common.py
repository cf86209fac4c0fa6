"""What nearly every use case needs: time, randomness, sealing, configuration, secrets, the bus, counters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from screening.workflows.events import Event
from screening.workflows.records import (
    Partner,
    Platform,
    Sampling,
    Team,
    TeamPolicy,
)

Refused = frozenset[int]
"""Indexes of the items of a batch call that were not done."""


class Clock(Protocol):
    def now(self) -> datetime:
        """UTC, whole milliseconds."""
        ...


class Ids(Protocol):
    def new_id(self) -> str:
        """A random id that can't be guessed (UUID 4 or stronger)."""
        ...

    def salt(self) -> str:
        """16 random bytes, hex."""
        ...


class Sealer(Protocol):
    """AES-256-GCM under cached data keys; base64 text out."""

    def seal(self, plain: bytes, context: str) -> str: ...

    def unseal(self, sealed: str, context: str) -> bytes:
        """Raises PermanentError where it was tampered with or sealed for another context; TransientError where the key can't be had."""
        ...


class EventBus(Protocol):
    def publish(self, events: Sequence[Event]) -> Refused:
        """Any number of events; the adapter cuts them into calls of 10 entries and looks at every entry's answer."""
        ...


class ConfigStore(Protocol):
    """None means: surely no such platform, partner or team. "Couldn't tell" is a TransientError."""

    def platform(self, platform: str) -> Platform | None: ...

    def partner(self, partner: str) -> Partner | None: ...

    def partners(self) -> tuple[Partner, ...]: ...

    def platforms_of(self, teams: frozenset[str]) -> tuple[str, ...]:
        """The ids of those whose posts these teams review; sorted."""
        ...

    def review_teams(self) -> tuple[str, ...]:
        """Those that any platform's posts go to, and those configured by name; sorted."""
        ...

    def team(self, team: str) -> Team:
        """As configured, with defaults for what isn't."""
        ...

    def policy(self, team: str) -> TeamPolicy | None:
        """The newest version of the team's policy text."""
        ...

    def rules_off(self, now: datetime) -> frozenset[str]:
        """Ids of the rules that are switched off at this moment."""
        ...

    def sampling(self) -> Sampling | None: ...

    def put_sampling(self, sampling: Sampling) -> None: ...


class Secrets(Protocol):
    def signing_secrets(self, kind: str, id: str, *, refresh: bool = False) -> tuple[str, ...]:  # noqa: A002
        """The `whsec_` secrets of a "platform" or "partner", the new one first during rotation; () where there surely are none.

        `refresh` passes the cache (300 s) by.
        """
        ...


class Metrics(Protocol):
    def count(self, name: str, value: int = 1, **dimensions: str) -> None:
        """A counter by PascalCase name. Dimensions are ids, tiers and reasons: never text of a post."""
        ...
