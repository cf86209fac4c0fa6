"""Holding back a restriction and its statement of reasons for a while, so that neither warns those who control somebody.

DSA art. 17(1) wants the statement when the restriction is imposed, so both wait or neither does. It is a person's decision,
for a case whose notice to an authority is pending, for 72 hours at most; public safety notices go on meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from screening.cases.case import Case
from screening.cases.people import MAY_HOLD, Person
from screening.cases.updates import note
from screening.cases.vote import Action, Decision
from screening.errors import ConflictError, NotFoundError, PermissionDeniedError
from screening.ports import CaseStore, Clock, Metrics
from screening.workflows.case_saving import CaseSaver, Entry

LONGEST = timedelta(hours=72)
HELD_BACK: frozenset[Action] = frozenset({"remove", "ask_poster", "restore"})
"""What the poster would notice."""


def held_until(case: Case, decision: Decision | None) -> datetime | None:
    """Until when the event of this decision waits; None where it doesn't."""
    return case.silent_until if decision is not None and decision.action in HELD_BACK else None


class HoldStatement:
    def __init__(self, *, cases: CaseStore, saver: CaseSaver, clock: Clock, metrics: Metrics) -> None:
        self._cases = cases
        self._saver = saver
        self._clock = clock
        self._metrics = metrics

    def __call__(self, person: Person, case_id: str, *, revision: int, hours: int, reason: str) -> Case:
        """Hold back what the poster would notice of later decisions on this case. A hold may be shortened, not lengthened.

        Raises:
            NotFoundError: no such case within reach.
            ConflictError: the case changed since, it is restricted already, or an earlier hold is over.
            PermissionDeniedError: role, hours, reason, or no notice that is pending.
        """
        person.acting_role(MAY_HOLD, f"case {case_id}: hold")
        case = self._cases.read(case_id)
        if case is None or not person.reaches(case):
            raise NotFoundError(f"case {case_id}: no such case")
        if revision != case.revision:
            raise ConflictError(f"case {case_id}: it changed since you read it; read it again")
        if not reason.strip():
            raise PermissionDeniedError(f"case {case_id}: hold: needs a reason in your own words")
        now = self._clock.now()
        latest = _latest_end(case)
        if latest is None or latest <= now:
            raise PermissionDeniedError(
                f"case {case_id}: hold: no notice to an authority of the last 72 hours is pending"
            )
        if any(decision.action in HELD_BACK for decision in case.decisions):
            raise ConflictError(f"case {case_id}: hold: the poster was told already")
        if case.silent_until is not None and case.silent_until <= now:
            raise ConflictError(f"case {case_id}: hold: it is over, and isn't begun again")
        if not timedelta(0) < timedelta(hours=hours) <= LONGEST:
            raise PermissionDeniedError(f"case {case_id}: hold: 1 to 72 hours, not {hours}")
        until = min(now + timedelta(hours=hours), case.silent_until or latest, latest)
        held = note(replace(case, silent_until=until), now, "held", "")
        entry = Entry(kind="held", actor=person.actor, payload={"until": until.isoformat(), "reason": reason[:4_000]})
        saved = self._saver.save(held, before=case, entries=[entry], correlation_id=case_id)
        if case.golden is None:
            self._metrics.count("StatementsHeld")
        return saved


def _latest_end(case: Case) -> datetime | None:
    """72 hours after the newest notice to an authority; None where there is none."""
    notices = [decision.decided_at for decision in case.decisions if decision.action == "notify_authority"]
    return max(notices) + LONGEST if notices else None
