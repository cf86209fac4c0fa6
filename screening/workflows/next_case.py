"""Going on after a decision: the next case at once, and what the person decided on the last one, to look back at or undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from screening.cases.case import Case
from screening.cases.people import MAY_WORK, Person
from screening.cases.quality.exposure import exposure
from screening.cases.taking_back import UNDO_WITHIN, undoable
from screening.cases.vote import Action
from screening.errors import NotFoundError
from screening.ports import CaseStore, Clock, WorkStore
from screening.workflows.case_queue import QueueFilters, TakeNext, midnight_of

SHOWN_FOR = timedelta(hours=1)
"""So long a page tells of the last case: who opens an old address again is told nothing of a decision of days ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextCase:
    """`case` is None where nothing is left for this person. `break_due`: they have worked for long without a pause."""

    case: Case | None
    break_due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCase:
    """The case that was worked on before. `action` is None where this person has given no word on it (it was put aside).

    `undo_until` is set while the word can be taken back, on `revision`.
    """

    case: str
    revision: int
    action: Action | None
    undo_until: datetime | None


class GoOn:
    """What follows on a case that is done with."""

    def __init__(self, *, cases: CaseStore, work: WorkStore, take_next: TakeNext, clock: Clock) -> None:
        self._cases = cases
        self._work = work
        self._take_next = take_next
        self._clock = clock

    def __call__(self, person: Person, team: str, filters: QueueFilters | None = None) -> NextCase:
        """The next case, now leased to the person. Whoever goes from case to case sees no queue, so that a break is proposed
        here. Raises as `TakeNext` does."""
        case = self._take_next(person, team, filters)
        now = self._clock.now()
        views = self._work.views(person.actor, since=midnight_of(now))
        return NextCase(case=case, break_due=exposure(views, now=now).break_due)

    def last(self, person: Person, case_id: str) -> LastCase:
        """What this person said on it within the last hour. It costs a read of that case, and is asked only on a page that
        follows on another.

        Raises:
            NotFoundError: no such case within the person's reach.
            PermissionDeniedError: the role doesn't work on cases.
        """
        person.acting_role(MAY_WORK, f"case {case_id}")
        case = self._cases.read(case_id)
        if case is None:
            raise NotFoundError(f"case {case_id}: no such case")
        person.check_reach(case)
        now = self._clock.now()
        own = next((vote for vote in reversed(case.votes) if vote.actor == person.actor), None)
        said = own if own is not None and now - own.at < SHOWN_FOR else None
        vote, gone = undoable(case, person, now=now)
        return LastCase(
            case=case.case, revision=case.revision, action=said.action if said else None,
            undo_until=vote.at + UNDO_WITHIN if vote is not None and not gone else None,
        )  # fmt: skip
