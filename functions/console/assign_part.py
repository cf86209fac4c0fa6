"""To whom a case is assigned, and what this person may do about it: as the case page and the page of colleagues show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from screening.cases.assigning import assigned_to, check_assignable, may_be_chosen
from screening.cases.case import Case
from screening.cases.people import MAY_SEE_WHO, MAY_WORK, Person
from screening.errors import ConflictError, PermissionDeniedError
from screening.workflows.case_reading import CaseView


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignPart:
    """`state`: nobody's, this person's ("mine") or a colleague's. `who` is the colleague's id, where the reader is told it."""

    state: Literal["", "mine", "others"]
    who: str
    until: datetime | None
    may_assign: bool
    may_take_over: bool
    may_release: bool

    @property
    def is_shown(self) -> bool:
        return bool(self.state) or self.may_assign


def assign_part(view: CaseView, person: Person, *, now: datetime) -> AssignPart:
    """Nothing of it to who judges blind, and nothing to do while somebody else works on the case."""
    case = view.case
    to = None if view.blind else assigned_to(case, now)
    assigned = case.assigned if to is not None else None
    free = view.lease is None or view.lease.actor == person.actor
    may = free and not view.blind and bool(person.roles & MAY_WORK) and _is_assignable(case, person)
    return AssignPart(
        state="" if to is None else "mine" if to == person.actor else "others",
        who=to if to is not None and to != person.actor and person.roles & MAY_SEE_WHO else "",
        until=assigned.until if assigned else None,
        may_assign=may,
        may_take_over=may and to is not None and to != person.actor and may_be_chosen(case, person),
        may_release=may and assigned is not None and (person.actor in (assigned.to, assigned.actor) or "senior" in person.roles),
    )  # fmt: skip


def _is_assignable(case: Case, person: Person) -> bool:
    try:
        check_assignable(case, person)
    except (ConflictError, PermissionDeniedError):
        return False
    return True
