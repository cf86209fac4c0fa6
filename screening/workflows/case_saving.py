"""Saving a case: its ledger entries, what it owes the world, and the delivery of that, in one place."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from screening.cases.case import Case
from screening.cases.case_parts import OutboxItem
from screening.cases.golden import is_told
from screening.cases.ledger import EntryKind, LedgerEntry, next_entry
from screening.errors import ConflictError, ScreeningError, TransientError
from screening.ports import (
    CampaignPointer,
    CaseChange,
    CaseStore,
    Clock,
    EventBus,
    Ids,
    Metrics,
    PostPointer,
    ReviewQueue,
)
from screening.workflows.case_queue import shown_tier
from screening.workflows.events import Event, Payload
from screening.workflows.messages import ReviewPointer
from screening.workflows.retention import Retention

OUTBOX_NAMESPACE = uuid.UUID("b1f3a5f0-07d3-5c0b-8d2a-5e2f0b6f4c03")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A ledger entry to be: its place in the chain is given when the case is saved."""

    kind: EntryKind
    actor: str
    payload: dict[str, Any]


def outbox_id(case: str, what: str, revision: int) -> str:
    """The same change of a case gives the same id, however often it is tried."""
    return str(uuid.uuid5(OUTBOX_NAMESPACE, f"{case}\x1f{what}\x1f{revision}"))


class CaseSaver:
    """Writes a case, its ledger entries and its outbox in one transaction, then delivers what the outbox holds."""

    def __init__(
        self,
        *,
        cases: CaseStore,
        bus: EventBus,
        review_queue: ReviewQueue,
        clock: Clock,
        ids: Ids,
        metrics: Metrics,
        retention: Retention | None = None,
    ) -> None:
        self._cases = cases
        self._bus = bus
        self._review_queue = review_queue
        self._clock = clock
        self._ids = ids
        self._metrics = metrics
        self._retention = retention or Retention()

    def save(
        self, case: Case, *, before: Case | None, entries: Sequence[Entry], events: Sequence[Payload] = (),
        pointer: bool = False, correlation_id: str, pointers: Sequence[PostPointer | CampaignPointer] = (),
        not_before: datetime | None = None,
    ) -> Case:  # fmt: skip
        """Save `case` over `before` (None: it is new).

        Args:
            events: payloads to publish; each type at most once per save.
            pointer: whether the review team's queue is to learn of it.
            pointers: those that are to lead to the case from now on.
            not_before: the events stay in the outbox until then.

        Returns:
            The case as saved, with what couldn't be delivered yet still in its outbox.

        Raises:
            ConflictError: somebody else saved first; nothing was written.
            TransientError: the store failed; the same change may be tried again.
        """
        now = self._clock.now()
        if case.golden is not None:
            # The one place by which anything of a case leaves the house: nothing of a golden one does, whoever saves it.
            if before is not None and is_told(before, now):
                raise ConflictError(f"case {case.case}: it is closed")
            source = {"golden": case.golden.source}
            case = replace(case, outbox=())
            events, pointer, pointers = (), False, ()
            entries = [replace(one, payload=one.payload | source) for one in entries]
        revision = (before.revision if before else 0) + 1
        chain = self._chain(case, entries, now)
        since = max(now, not_before) if not_before else now
        owed = tuple(
            replace(self._event(case.case, payload, revision, now, correlation_id), since=since) for payload in events
        )
        if pointer:
            owed = (*owed, _pointer(case, revision, now))
        saved = replace(
            case,
            revision=revision,
            outbox=(*case.outbox, *owed),
            ledger_index=chain[-1].index if chain else case.ledger_index,
            ledger_hash=chain[-1].hash if chain else case.ledger_hash,
        )
        expected = before.revision if before else None
        expires = self._retention.case_expires(saved)
        self._cases.save(
            CaseChange(case=saved, expected_revision=expected, entries=chain, expires=expires, pointers=tuple(pointers))
        )
        return self.deliver(saved)

    def deliver(self, case: Case) -> Case:
        """Deliver what the case owes by now; what fails, or is for later, stays in the outbox for `sweep`.

        Never raises for a failed delivery.
        """
        done: list[str] = []
        due = [item for item in case.outbox if item.since <= self._clock.now()]
        events = [item for item in due if item.kind == "event"]
        if events:
            refused = self._bus.publish([Event.from_detail(item.body) for item in events])
            done += [item.id for index, item in enumerate(events) if index not in refused]
        for item in due:
            if item.kind == "pointer":
                try:
                    self._review_queue.send(case.team, ReviewPointer.from_dict(item.body))
                except ScreeningError:
                    continue  # the queue doesn't answer, or isn't there yet
                done.append(item.id)
        left = tuple(item for item in case.outbox if item.id not in done)
        failed = [item for item in due if item.id not in done]
        if failed:
            self._metrics.count("CaseOutboxLeftPending", len(failed))
        if not done:
            return case
        try:
            self._cases.mark_delivered(case.case, done)
        except TransientError:
            self._metrics.count("CaseOutboxLeftPending", len(done))
        return replace(case, outbox=left)

    def _chain(self, case: Case, entries: Sequence[Entry], now: datetime) -> tuple[LedgerEntry, ...]:
        chain: list[LedgerEntry] = []
        index, last = case.ledger_index, case.ledger_hash
        for entry in entries:
            index += 1
            made = next_entry(
                case=case.case, index=index, prev_hash=last, kind=entry.kind, actor=entry.actor, at=now,
                salt=self._ids.salt(), payload=entry.payload,
            )  # fmt: skip
            chain.append(made)
            last = made.hash
        return tuple(chain)

    def _event(self, case: str, payload: Payload, revision: int, now: datetime, correlation_id: str) -> OutboxItem:
        identity = outbox_id(case, payload.TYPE, revision)
        event = Event.of(payload, id=identity, timestamp=now, correlation_id=correlation_id)
        return OutboxItem(id=identity, kind="event", body=event.to_detail(), since=now)


def _pointer(case: Case, revision: int, now: datetime) -> OutboxItem:
    pointer = ReviewPointer(
        case=case.case, version=revision, platform=case.platform, tier=shown_tier(case.tier), due_at=case.due_at
    )
    return OutboxItem(id=outbox_id(case.case, "pointer", revision), kind="pointer", body=pointer.to_dict(), since=now)
