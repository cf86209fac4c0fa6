"""What administrators change: the settings with their ledger, the signing secrets, and which queues there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from screening.cases.ledger import LedgerEntry
from screening.workflows.settings_records import Data, RecordKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingWrite:
    """One record as it was read (None: there was none) and as it shall be."""

    kind: RecordKind
    id: str
    before: Data | None
    after: Data


class SettingsStore(Protocol):
    """Settings as an administrator needs them: never from a cache."""

    def read(self, kind: RecordKind, id: str) -> Data | None:  # noqa: A002
        """Strongly consistent, as it is stored."""
        ...

    def all(self, kind: RecordKind) -> tuple[Data, ...]:
        """Strongly consistent, in the order of their ids."""
        ...

    def write(self, writes: Sequence[SettingWrite], entry: LedgerEntry) -> None:
        """All of it and the entry in one transaction: no change without its entry, no entry without its change.

        Raises:
            ConflictError: a record isn't any more what its `before` says, or the entry's place is taken. Nothing was written.
        """
        ...


class SecretKeeper(Protocol):
    """Signing secrets, written too."""

    def signing_secrets(self, kind: str, id: str, *, refresh: bool = False) -> tuple[str, ...]:  # noqa: A002
        """As `Secrets` gives them."""
        ...

    def put(self, kind: str, id: str, secrets: tuple[str, ...]) -> None:  # noqa: A002
        """Create or replace them, the new one first."""
        ...


class QueueNames(Protocol):
    def has_queue(self, name: str) -> bool:
        """Raises TransientError where it can't be looked up."""
        ...
