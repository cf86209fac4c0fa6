"""Leases, skipped cases and views in memory, with the conditions that the real store holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from screening.cases.case_parts import Lease
from screening.cases.putting_aside import NOTE_KEPT_FOR
from screening.cases.quality.exposure import View
from screening.cases.saved_filters import SavedFilters
from screening.errors import ConflictError
from tests.fakes.faults import Faults


class FakeWorkStore:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.held: dict[str, Lease] = {}
        self.put_aside: dict[tuple[str, str], datetime] = {}
        self.notes: dict[tuple[str, str], tuple[str, datetime]] = {}
        self.seen: dict[str, list[View]] = {}
        self.saved: dict[str, SavedFilters] = {}

    def take_lease(self, lease: Lease, *, now: datetime) -> Lease:
        self._faults.before("work.take_lease")
        held = self.leases([lease.case], now=now).get(lease.case)
        if held is not None and held.actor != lease.actor:
            raise ConflictError(f"case {lease.case}: somebody else works on it")
        if held is not None:
            lease = Lease(lease.case, lease.actor, held.token, held.taken_at, lease.until)
        self.held[lease.case] = lease
        return lease

    def release_lease(self, case: str, actor: str) -> None:
        self._faults.before("work.release_lease")
        if case in self.held and self.held[case].actor == actor:
            del self.held[case]

    def leases(self, cases: Sequence[str], *, now: datetime) -> dict[str, Lease]:
        self._faults.before("work.leases")
        return {case: self.held[case] for case in cases if case in self.held and self.held[case].until > now}

    def skip(self, actor: str, case: str, *, until: datetime, note: str = "") -> None:
        self._faults.before("work.skip")
        self.put_aside[actor, case] = until
        self.notes[actor, case] = (note, until + NOTE_KEPT_FOR)

    def own_note(self, actor: str, case: str, *, now: datetime) -> str:
        self._faults.before("work.own_note")
        note, until = self.notes.get((actor, case), ("", now))
        return note if until > now else ""

    def skipped(self, actor: str, *, now: datetime) -> frozenset[str]:
        self._faults.before("work.skipped")
        return frozenset(case for (who, case), until in self.put_aside.items() if who == actor and until > now)

    def note_view(self, actor: str, view: View, *, until: datetime) -> None:
        self._faults.before("work.note_view")
        self.seen.setdefault(actor, []).append(view)

    def views(self, actor: str, *, since: datetime) -> tuple[View, ...]:
        self._faults.before("work.views")
        return tuple(view for view in sorted(self.seen.get(actor, []), key=lambda one: one.at) if view.at >= since)

    def filters(self, actor: str) -> SavedFilters:
        self._faults.before("work.filters")
        return self.saved.get(actor, SavedFilters())

    def put_filters(self, actor: str, filters: SavedFilters, *, until: datetime) -> None:
        self._faults.before("work.put_filters")
        if filters.revision != self.saved.get(actor, SavedFilters()).revision + 1:
            raise ConflictError(f"filters of {actor}: changed since")
        self.saved[actor] = filters
