"""Assigning a case to a colleague: who may be asked to take it, and for how long it waits for them alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from screening.cases.case import Case
from screening.cases.case_parts import Assigned
from screening.cases.decisions import seen_blind
from screening.cases.people import MAY_SEE_WHO, MAY_WORK, Person
from screening.cases.updates import note
from screening.errors import ConflictError, PermissionDeniedError

LONGEST_HELD = timedelta(hours=8)
"""A working day: beyond that a colleague who is away would keep a case from everybody."""
SHORTEST_HELD = timedelta(hours=1)
"""What is urgent, or nearly due, waits for one person no longer than this."""
ASSIGNABLE = frozenset({"open", "escalated"})
"""States in which a case waits for anybody's word. Who judges blind is nobody's choice."""


def assigned_to(case: Case, now: datetime) -> str | None:
    """Whom the case waits for; None: whoever may judge it."""
    assigned = case.assigned
    if assigned is None or now >= assigned.until or case.state not in ASSIGNABLE:
        return None
    return assigned.to


def held_for_other(case: Case, person: Person, now: datetime) -> bool:
    """Whether it waits for somebody else."""
    to = assigned_to(case, now)
    return to is not None and to != person.actor


def held_until(case: Case, now: datetime) -> datetime:
    """Until when an assignment made now keeps the case for one person."""
    if case.tier == "urgent" or case.child_notice:
        return now + SHORTEST_HELD
    return min(now + LONGEST_HELD, max(case.due_at, now + SHORTEST_HELD))


def check_assignable(case: Case, person: Person) -> None:
    """Whether this person may say who takes the case.

    Raises:
        ConflictError: its posts went to another case.
        PermissionDeniedError: the person is to judge it blind, it is about their own decision, or it waits for nobody in particular.
    """
    if case.state == "merged":
        raise ConflictError(f"case {case.case}: its posts went to case {case.merged_into}; assign that one")
    # Before all that is said of its state: to who judges blind a decided case looks like any that waits.
    if seen_blind(case, person):
        raise PermissionDeniedError(
            f"case {case.case}: assign: your own word is asked first; give it, or skip the case"
        )
    if person.actor in case.excluded:
        raise PermissionDeniedError(f"case {case.case}: assign: it is about a decision of yours")
    if case.excluded and not person.roles & MAY_SEE_WHO:
        # Who isn't among those who can be chosen is who decided.
        raise PermissionDeniedError(f"case {case.case}: assign: it is about a decision; a senior may assign it")
    if case.state not in ASSIGNABLE:
        raise PermissionDeniedError(
            f"case {case.case}: assign: it is decided, or a second person judges it by themselves"
        )


def may_be_chosen(case: Case, colleague: Person) -> bool:
    """Whether the case can be assigned to this colleague: they work on cases of its team and platforms, and have no part in it.

    Whether it is a golden case changes nothing: it would show itself by who can be chosen.
    """
    if not colleague.roles & MAY_WORK or colleague.actor in case.excluded:
        return False
    if case.state == "escalated" and "senior" not in colleague.roles:
        return False
    voted = any(vote.actor == colleague.actor and vote.facts == case.facts for vote in case.votes)
    return colleague.reaches(replace(case, golden=None)) and not (voted and case.state == "escalated")


def assign(case: Case, person: Person, to: str, *, now: datetime) -> Case:
    """The case with its assignment. Its history says that there is one, and not whose."""
    assigned = Assigned(at=now, actor=person.actor, to=to, until=held_until(case, now))
    return note(replace(case, assigned=assigned), now, "taken_over" if to == person.actor else "assigned", "")


def release(case: Case, *, now: datetime) -> Case:
    """The case as it waits for everybody again."""
    return note(replace(case, assigned=None), now, "unassigned", "")
