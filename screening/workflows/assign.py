"""Assigning a case to a colleague, taking it over, and giving it back to everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from screening.cases.assigning import (
    assign,
    assigned_to,
    check_assignable,
    held_for_other,
    may_be_chosen,
    release,
)
from screening.cases.case import Case
from screening.cases.people import MAY_WORK, Person
from screening.errors import ConflictError, NotFoundError, PermissionDeniedError, TransientError
from screening.fields import rfc3339
from screening.ports import CaseStore, Clock, Directory, Metrics, WorkStore
from screening.workflows.case_saving import CaseSaver, Entry
from screening.workflows.records import Access

MAX_ATTEMPTS = 6


class AssignCase:
    """An assignment is made on no revision: news of the post doesn't refuse it."""

    def __init__(
        self, *, cases: CaseStore, work: WorkStore, directory: Directory, saver: CaseSaver, clock: Clock, metrics: Metrics
    ) -> None:  # fmt: skip
        self._cases = cases
        self._work = work
        self._directory = directory
        self._saver = saver
        self._clock = clock
        self._metrics = metrics

    def colleagues(self, person: Person, case_id: str) -> tuple[Access, ...]:
        """Those to whom this person may assign the case, in the order of their names; themselves are not among them.

        Raises:
            NotFoundError: no such case within the person's reach.
            PermissionDeniedError: by role, state, or the person's own part in the case.
            ConflictError: its posts went to another case.
            TransientError: the directory of people can't be read for now.
        """
        case = self._read(person, case_id)
        check_assignable(case, person)
        return tuple(
            one
            for one in self._directory.accounts()
            if one.active and one.actor != person.actor and may_be_chosen(case, one.person)
        )

    def __call__(self, person: Person, case_id: str, to: str) -> Case:
        """The case, which waits for the colleague of this id from now on. Assigned to them already, nothing changes.

        Who holds it gives it up by that.

        Raises:
            NotFoundError: no such case within the person's reach.
            PermissionDeniedError: as `colleagues` does; or they can't be given the case.
            ConflictError: somebody else works on it now, or its posts went to another case.
            TransientError: something can't be read or written for now; it may be sent again.
        """
        chosen = next((one for one in self.colleagues(person, case_id) if one.actor == to), None)
        if chosen is None:
            raise PermissionDeniedError(f"case {case_id}: assign: there is no such colleague who could take it")

        def changed(case: Case, now: datetime) -> Case | None:
            if not may_be_chosen(case, chosen.person):
                raise PermissionDeniedError(f"case {case_id}: assign: this colleague can't take it any more")
            return None if assigned_to(case, now) == to else assign(case, person, to, now=now)

        case = self._change(person, case_id, changed, "CasesAssigned")
        self._work.release_lease(case_id, person.actor)
        return case

    def take_over(self, person: Person, case_id: str) -> Case:
        """The case, which waits for this person in place of the colleague it was assigned to. Raises as `__call__` does."""

        def changed(case: Case, now: datetime) -> Case | None:
            if assigned_to(case, now) == person.actor:
                return None
            if not may_be_chosen(case, person):
                raise PermissionDeniedError(f"case {case_id}: take over: it doesn't wait for your word")
            return assign(case, person, person.actor, now=now)

        return self._change(person, case_id, changed, "CasesTakenOver")

    def release(self, person: Person, case_id: str) -> Case:
        """The case, which waits for everybody again. Whoever it was assigned to may say so, who assigned it, and a senior.

        Raises as `__call__` does.
        """

        def changed(case: Case, now: datetime) -> Case | None:
            if case.assigned is None:
                return None
            concerned = person.actor in (case.assigned.actor, case.assigned.to) or "senior" in person.roles
            if not concerned and held_for_other(case, person, now):
                raise PermissionDeniedError(f"case {case_id}: release: take it over in place of that")
            return release(case, now=now)

        return self._change(person, case_id, changed, "CasesReleased")

    def _change(
        self, person: Person, case_id: str, changed: Callable[[Case, datetime], Case | None], counted: str
    ) -> Case:
        for _ in range(MAX_ATTEMPTS):
            case = self._read(person, case_id)
            check_assignable(case, person)
            now = self._clock.now()
            lease = self._work.leases([case_id], now=now).get(case_id)
            if lease is not None and lease.actor != person.actor:
                raise ConflictError(f"case {case_id}: somebody else works on it; wait until they are done")
            after = changed(case, now)
            if after is None:
                return case
            assigned = after.assigned
            payload = {"to": assigned.to if assigned else None, "until": rfc3339(assigned.until) if assigned else None}
            entry = Entry(kind="assigned", actor=person.actor, payload=payload)
            try:
                saved = self._saver.save(after, before=case, entries=[entry], correlation_id=case_id)
            except ConflictError:
                if case.golden is not None:
                    raise  # closed: its time is over
                continue
            if case.golden is None:
                self._metrics.count(counted)
            return saved
        raise TransientError(f"case {case_id}: it kept changing")

    def _read(self, person: Person, case_id: str) -> Case:
        person.acting_role(MAY_WORK, f"case {case_id}: assign")
        case = self._cases.read(case_id)
        if case is None or not person.reaches(case):
            raise NotFoundError(f"case {case_id}: no such case")
        return case
