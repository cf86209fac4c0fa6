"""Which decided cases of a team are known ones: a senior proposes, a second confirms, any of them retires. All of it is on record.

The command line proposes for an operator, from a file; a senior confirms that too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, get_args

from screening.cases.case import Case
from screening.cases.given_reasons import check_words
from screening.cases.golden import RIGHT_ACTIONS, may_serve, unfit
from screening.cases.golden_marks import LONGEST_WHY, Known
from screening.cases.people import MAY_KEEP_GOLDEN, Person
from screening.cases.told_decisions import standing_decision
from screening.cases.vote import Action
from screening.errors import ConflictError, NotFoundError, PermanentError, PermissionDeniedError
from screening.fields import Fields
from screening.ports import CaseStore, Clock
from screening.workflows.case_queue import check_team
from screening.workflows.case_saving import CaseSaver, Entry

MOST_LISTED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCase:
    """`serves`: it may be shown. `unfit` names why it can't be any more ("" where only the second word is missing)."""

    case: str
    known: Known
    serves: bool
    unfit: str
    decided: Action | None
    may_confirm: bool


class KeepGoldenCases:
    """The known cases of a team, in the hands of its seniors."""

    def __init__(self, *, cases: CaseStore, saver: CaseSaver, clock: Clock) -> None:
        self._cases = cases
        self._saver = saver
        self._clock = clock

    def list(self, person: Person, team: str) -> tuple[KnownCase, ...]:
        """Proposed and confirmed ones within the person's reach. Raises NotFoundError for another team's, PermissionDeniedError."""
        person.acting_role(MAY_KEEP_GOLDEN, "golden cases")
        check_team(person, team)
        found = self._cases.known(team, limit=MOST_LISTED)
        return tuple(_row(case, person.actor) for case in found if person.reaches(case))

    def propose(self, person: Person, case_id: str, *, right: Sequence[str], why: str) -> Case:
        """Say which actions are right on a decided case, and why. Proposing again replaces what waited for the second word.

        Raises:
            NotFoundError: no such case within the person's reach.
            ConflictError: it is a known case already, or not fit to be one.
            PermissionDeniedError: role or reason.
        """
        case = self._read(person, case_id)
        return propose(self._saver, case, right=right, why=why, by=person.actor, at=self._clock.now())

    def confirm(self, person: Person, case_id: str) -> Case:
        """The second senior's word. Raises as `propose` does; PermissionDeniedError for who proposed it."""
        case = self._read(person, case_id)
        known = _known(case)
        if known.is_confirmed:
            return case  # a doubled click
        if known.proposed_by == person.actor:
            raise PermissionDeniedError(f"case {case_id}: golden: another senior than who proposed it confirms it")
        _check_fit(case, known.right)
        confirmed = replace(known, confirmed_by=person.actor, confirmed_at=self._clock.now())
        entry = Entry(kind="golden_confirmed", actor=person.actor, payload=_payload(confirmed))
        return self._saver.save(replace(case, known=confirmed), before=case, entries=[entry], correlation_id=case_id)

    def retire(self, person: Person, case_id: str) -> Case:
        """It is shown to nobody any more; what was answered stays. Raises as `propose` does."""
        return retire(self._saver, self._read(person, case_id), by=person.actor)

    def _read(self, person: Person, case_id: str) -> Case:
        person.acting_role(MAY_KEEP_GOLDEN, f"case {case_id}: golden")
        case = self._cases.read(case_id)
        if case is None or not person.reaches(case):
            raise NotFoundError(f"case {case_id}: no such case")
        return case


def propose(saver: CaseSaver, case: Case, *, right: Sequence[str], why: str, by: str, at: datetime) -> Case:
    """The first of two words. Raises as `KeepGoldenCases.propose` does; PermanentError for what is no action of these."""
    name = f"case {case.case}: golden"
    if case.known is not None and case.known.is_confirmed:
        raise ConflictError(f"{name}: it is a known case already; retire it first")
    actions = _actions(right, name)
    _check_fit(case, actions)
    check_words(name, why)
    if len(why) > LONGEST_WHY:
        raise PermissionDeniedError(f"{name}: at most {LONGEST_WHY} characters of reasons")
    known = Known(right=actions, why=why, proposed_by=by, proposed_at=at)
    if case.known is not None and replace(known, proposed_at=case.known.proposed_at) == case.known:
        return case  # a doubled click
    entry = Entry(kind="golden_proposed", actor=by, payload=_payload(known))
    return saver.save(replace(case, known=known), before=case, entries=[entry], correlation_id=case.case)


def retire(saver: CaseSaver, case: Case, *, by: str) -> Case:
    """Raises ConflictError where it changed meanwhile."""
    if case.known is None:
        return case  # a doubled click, or it was erased
    entry = Entry(kind="golden_retired", actor=by, payload={})
    return saver.save(replace(case, known=None), before=case, entries=[entry], correlation_id=case.case)


def _check_fit(case: Case, right: Sequence[Action]) -> None:
    why_not = unfit(case)
    if why_not:
        raise ConflictError(f"case {case.case}: golden: not fit ({why_not})")
    decision = standing_decision(case)
    if decision is None or decision.action not in right:
        raise ConflictError(
            f"case {case.case}: golden: what was decided isn't among the right actions; reopen the case if it was wrong"
        )


def _actions(right: Sequence[str], name: str) -> tuple[Action, ...]:
    chosen: list[Action] = []
    for one in dict.fromkeys(right):
        action: Action = Fields({"action": one}, name).choice("action", get_args(Action))
        if action not in RIGHT_ACTIONS:
            raise PermanentError(f"{name}: '{one}' is never a right answer of a known case")
        chosen.append(action)
    if not chosen:
        raise PermanentError(f"{name}: say at least one right action")
    return tuple(chosen)


def _known(case: Case) -> Known:
    if case.known is None:
        raise ConflictError(f"case {case.case}: golden: nobody proposed it, or it was retired")
    return case.known


def _row(case: Case, actor: str) -> KnownCase:
    known, decision = _known(case), standing_decision(case)
    return KnownCase(
        case=case.case, known=known, serves=may_serve(case), unfit=unfit(case),
        decided=decision.action if decision else None,
        may_confirm=not known.is_confirmed and known.proposed_by != actor,
    )  # fmt: skip


def _payload(known: Known) -> dict[str, Any]:
    return {"right": list(known.right), "why": known.why, "proposed_by": known.proposed_by}


class OperateGoldenCases:
    """The same in an operator's hands, by case id. What an operator proposes a senior confirms at the console."""

    def __init__(self, *, cases: CaseStore, saver: CaseSaver) -> None:
        self._cases = cases
        self._saver = saver

    def list(self, team: str) -> tuple[tuple[str, Known, str], ...]:
        """(case, what is known, "shown", "proposed" or why it is not fit any more)."""
        rows = (_row(case, "") for case in self._cases.known(team, limit=MOST_LISTED))
        return tuple((row.case, row.known, _state(row)) for row in rows)

    def propose(self, case_id: str, *, right: Sequence[str], why: str, by: str, at: datetime) -> Case:
        """Raises as `KeepGoldenCases.propose` does."""
        return propose(self._saver, self._read(case_id), right=right, why=why, by=by, at=at)

    def retire(self, case_id: str, *, by: str) -> Case:
        """Raises NotFoundError, ConflictError."""
        return retire(self._saver, self._read(case_id), by=by)

    def _read(self, case_id: str) -> Case:
        case = self._cases.read(case_id)
        if case is None:
            raise NotFoundError(f"case {case_id}: no such case")
        return case


def _state(row: KnownCase) -> str:
    if row.serves:
        return "shown"
    return f"not fit any more: {row.unfit or 'not_settled'}" if row.unfit or row.known.is_confirmed else "proposed"
