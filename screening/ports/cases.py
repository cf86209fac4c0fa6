"""Cases: the store with its pointers, who works on what, the teams' queues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from screening.cases.case import Case, CaseQueue
from screening.cases.case_parts import Lease
from screening.cases.ledger import LedgerEntry
from screening.cases.quality.exposure import View
from screening.cases.saved_filters import SavedFilters
from screening.workflows.messages import ReviewPointer
from screening.workflows.records import PostKey


@dataclass(frozen=True, slots=True)
class PostPointer:
    """From a post to its newest case. `seen` is the case it led to when it was read: another one refuses the change."""

    platform: str
    post_id: str
    generation: int
    seen: str | None


@dataclass(frozen=True, slots=True)
class CampaignPointer:
    """From a team's campaign to its newest case."""

    team: str
    campaign: str
    seen: str | None


@dataclass(frozen=True, slots=True)
class CaseChange:
    """One transaction: the case, its new ledger entries, and the pointers that lead to it.

    The store refuses it as a whole (ConflictError) where the stored case's revision isn't `expected_revision` (None:
    no such case), where a ledger entry of that index exists already, or where a pointer leads elsewhere than it was seen
    to. `expires` is when the case and its ledger payloads may go (None: not yet known, as while it is open, or a legal hold).
    """

    case: Case
    expected_revision: int | None
    entries: tuple[LedgerEntry, ...]
    expires: datetime | None = None
    pointers: tuple[PostPointer | CampaignPointer, ...] = ()


@dataclass(frozen=True, slots=True)
class LatestCase:
    """The newest case of a post; `generation` counts those the post has had."""

    case: str
    generation: int


@dataclass(frozen=True, slots=True)
class Snooze:
    """One rule is put aside for one poster until `until`: it opens no case by itself. `poster` is a keyed hash."""

    platform: str
    poster: str
    rule: str
    until: datetime
    actor: str


class CaseStore(Protocol):
    def read(self, case: str) -> Case | None:
        """Strongly consistent."""
        ...

    def latest_of(self, platform: str, post_id: str) -> LatestCase | None:
        """The newest case of a post, strongly consistent."""
        ...

    def latest_of_each(self, posts: Sequence[PostKey]) -> dict[PostKey, LatestCase]:
        """`latest_of` of many posts at once; those without a case are left out. Raises TransientError where some can't be read."""
        ...

    def latest_of_campaign(self, team: str, campaign: str) -> str | None:
        """The newest case that a team has of a campaign, strongly consistent."""
        ...

    def save(self, change: CaseChange) -> None:
        """Everything of the change in ONE transaction. Where the case's outbox isn't empty it enters the outbox index.

        Raises:
            ConflictError: somebody else saved first; nothing was written.
        """
        ...

    def mark_delivered(self, case: str, outbox_ids: Sequence[str]) -> None:
        """Take items out of the case's outbox, without growing `revision`; ids that are gone are no error."""
        ...

    def pending(self, *, before: datetime, limit: int, newest_first: bool = False) -> tuple[Case, ...]:
        """Cases with an outbox item waiting since before `before`, per shard the oldest first, or the newest."""
        ...

    def queue(self, team: str, queue: CaseQueue, *, limit: int) -> tuple[Case, ...]:
        """Cases that wait for people (`Case.waits_for_people`) in order of `Case.queue_order`."""
        ...

    def decided(self, team: str, *, since: datetime, limit: int) -> tuple[Case, ...]:
        """Cases that wait for nobody any more, by their newest decision, the newest first."""
        ...

    def ledger(self, case: str) -> tuple[LedgerEntry, ...]:
        """In order of index. One that somebody changed so that it can't be read is left out, which `chain_faults` names."""
        ...

    def due_for_second_look(self, team: str, *, limit: int) -> tuple[Case, ...]:
        """Cases with a decision that `awaits_second_look`, soonest `second_look_by` first."""
        ...

    def golden(self, team: str, *, since: datetime, limit: int, actor: str | None = None) -> tuple[Case, ...]:
        """Cases that were shown to measure (`Case.golden`) and opened since then, the newest first. No other list holds them.

        Args:
            actor: those of one person, which is one small read; None: of the whole team.
        """
        ...

    def known(self, team: str, *, limit: int) -> tuple[Case, ...]:
        """Decided cases whose right answer is known, or proposed (`Case.known`), the longest known first."""
        ...

    def put_snooze(self, snooze: Snooze) -> None: ...

    def snoozes(self, platform: str, poster: str, *, now: datetime) -> tuple[Snooze, ...]:
        """Those that still hold."""
        ...


class WorkStore(Protocol):
    """Who works on what now, and what a person has put aside or read today. Nothing here is part of a case."""

    def take_lease(self, lease: Lease, *, now: datetime) -> Lease:
        """The lease, renewed where the same person holds one (with its first token and time).

        Raises:
            ConflictError: somebody else holds it.
        """
        ...

    def release_lease(self, case: str, actor: str) -> None:
        """Nothing happens where somebody else holds it."""
        ...

    def leases(self, cases: Sequence[str], *, now: datetime) -> dict[str, Lease]:
        """Those that hold now, strongly consistent."""
        ...

    def skip(self, actor: str, case: str, *, until: datetime, note: str = "") -> None:
        """`note` is kept a day longer (`cases.putting_aside.NOTE_KEPT_FOR`), since it is read when the case comes back."""
        ...

    def own_note(self, actor: str, case: str, *, now: datetime) -> str:
        """What this person noted when they put the case aside; "" for nothing, or once its time is over."""
        ...

    def skipped(self, actor: str, *, now: datetime) -> frozenset[str]: ...

    def note_view(self, actor: str, view: View, *, until: datetime) -> None: ...

    def views(self, actor: str, *, since: datetime) -> tuple[View, ...]:
        """In order of time."""
        ...

    def filters(self, actor: str) -> SavedFilters:
        """What the person keeps, strongly consistent; revision 0 where that is nothing."""
        ...

    def put_filters(self, actor: str, filters: SavedFilters, *, until: datetime) -> None:
        """Raises ConflictError where the stored revision isn't the one before `filters.revision`; nothing was written."""
        ...


class ReviewQueue(Protocol):
    def send(self, team: str, pointer: ReviewPointer) -> None:
        """To the team's own queue, message group = platform. Raises NotFoundError where the team has no queue."""
        ...
