"""Entries that belong to no save of a case: who looked at it, and erasures of posts that never had one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from screening.cases.ledger import FIRST_PREVIOUS, EntryKind, LedgerEntry, next_entry, views_of
from screening.errors import ConflictError, TransientError
from screening.ports import Clock, Ids, LedgerStore

MAX_ATTEMPTS = 8
SHOWN_TEXT, SHOWN_REPORT = "text", "report"
"""What a look shows: the text of the post; what a poster wrote in an appeal, or notifiers in their reports."""
SAME_VIEW = timedelta(minutes=15)
"""A page that is loaded again while somebody works on a case is one look, not ten."""


class AppendToChain:
    """Adds one entry to a chain, after whatever others added meanwhile."""

    def __init__(self, *, store: LedgerStore, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids

    def __call__(self, chain: str, kind: EntryKind, actor: str, payload: dict[str, Any]) -> LedgerEntry:
        """The entry as written. Raises TransientError where it can't be written for now: nothing was."""
        for _ in range(MAX_ATTEMPTS):
            last = self._store.last(chain)
            entry = next_entry(
                case=chain, index=last.index + 1 if last else 0, prev_hash=last.hash if last else FIRST_PREVIOUS,
                kind=kind, actor=actor, at=self._clock.now(), salt=self._ids.salt(), payload=payload,
            )  # fmt: skip
            try:
                self._store.append(entry)
            except ConflictError:
                continue
            return entry
        raise TransientError(f"ledger {chain}: others keep writing")


class RecordView:
    """Enters in the ledger that somebody looked at personal data of a case. The case itself doesn't change by it."""

    def __init__(self, *, store: LedgerStore, append: AppendToChain, clock: Clock, same: timedelta = SAME_VIEW) -> None:
        """Within `same` of its entry the same view by the same actor is no new one."""
        self._store = store
        self._append = append
        self._clock = clock
        self._same = same

    def __call__(self, case: str, actor: str, what: tuple[str, ...], *, version: str | None = None) -> None:
        """Call it before anything is shown: no look without its entry.

        Args:
            what: which personal data, as "text", "contacts", "report"; never the data.
            version: name of the version that was shown, where it is one post's: a decision asks for it (`ShownTo`).

        Raises:
            TransientError: it can't be entered for now.
        """
        chain, payload = views_of(case), {"what": sorted(what), **({} if version is None else {"version": version})}
        if not self._entered(chain, actor, payload):
            self._append(chain, "viewed", actor, payload)

    def _entered(self, chain: str, actor: str, payload: dict[str, Any]) -> bool:
        since = self._clock.now() - self._same
        for entry in self._store.newest(chain):
            if entry.at <= since:
                return False
            if (entry.kind, entry.actor, entry.payload) == ("viewed", actor, payload):
                return True
        return False


class ShownTo:
    """What a person was shown of a case, by the entries of `RecordView`: who decides must have seen what they decide on."""

    def __init__(self, *, store: LedgerStore) -> None:
        self._store = store

    def __call__(self, case: str, actor: str, version: str) -> frozenset[str]:
        """Everything of this version that stands as shown to the person; empty where nothing does. Raises TransientError."""
        found: set[str] = set()
        for entry in self._store.newest(views_of(case)):
            payload = entry.payload or {}
            if (entry.kind, entry.actor, payload.get("version")) == ("viewed", actor, version):
                found |= {str(name) for name in payload.get("what", ())}
                if SHOWN_TEXT in found:
                    break  # nothing more is ever asked for
        return frozenset(found)
