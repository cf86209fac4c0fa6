"""Undoing one's own decision within minutes, and reopening a decided case with a reason."""

from __future__ import annotations

from screening.cases.case import Case
from screening.cases.given_reasons import check_words
from screening.cases.people import Person
from screening.cases.taking_back import reopen, undo
from screening.errors import ConflictError, NotFoundError
from screening.fields import rfc3339
from screening.ports import CaseStore, Clock, Metrics
from screening.workflows.case_saving import CaseSaver, Entry
from screening.workflows.merged_cases import find_case


class TakeBack:
    """What a person does where a decision was wrong. Both stand in the ledger beside what they take back."""

    def __init__(self, *, cases: CaseStore, saver: CaseSaver, clock: Clock, metrics: Metrics) -> None:
        self._cases = cases
        self._saver = saver
        self._clock = clock
        self._metrics = metrics

    def undo(self, person: Person, case_id: str, *, revision: int) -> Case:
        """The case as it was before this person's newest decision. What it owed the world of that decision it owes no more:
        saved on the revision that was read, so that it can't leave in this moment unnoticed.

        Raises:
            NotFoundError: no such case within the person's reach.
            ConflictError: it changed since, or there is nothing (more) to undo.
            PermissionDeniedError: by role.
        """
        case = self._read(person, case_id)
        undone = undo(case, person, revision=revision, now=self._clock.now())
        payload = {
            "decision_id": undone.vote.decision_id, "action": undone.vote.action,
            "decided": rfc3339(undone.decision.decided_at) if undone.decision else None,
        }  # fmt: skip
        entry = Entry(kind="undone", actor=person.actor, payload=payload)
        saved = self._saver.save(undone.case, before=case, entries=[entry], pointer=True, correlation_id=case_id)
        if case.golden is None:
            self._metrics.count("DecisionsUndone", action=undone.vote.action)
        return saved

    def reopen(self, person: Person, case_id: str, *, revision: int, reason: str) -> Case:
        """The case open again, or its decision before a senior. Raises as `undo` does, ThinReasonError."""
        case = self._read(person, case_id)
        reopened = reopen(case, person, revision=revision, now=self._clock.now())
        check_words(f"case {case_id}: reopen", reason)
        if case.golden is None:
            self._check_is_newest(case)
        newest = case.decision
        payload = {"reason": reason, "decided": newest.action if newest else None, "open": reopened.is_open}
        entry = Entry(kind="reopened", actor=person.actor, payload=payload)
        saved = self._saver.save(reopened, before=case, entries=[entry], pointer=True, correlation_id=case_id)
        if case.golden is None:
            self._metrics.count("CasesReopened", action=newest.action if newest else "")
        return saved

    def _check_is_newest(self, case: Case) -> None:
        """Where its post has a newer case, people judge the post there: two open cases would be judged two ways."""
        latest = self._cases.latest_of(case.platform, case.post_id) if case.post_id else None
        newest = find_case(self._cases, latest.case) if latest else None
        if newest is not None and newest.case != case.case:
            raise ConflictError(f"case {case.case}: reopen: its post has a newer case, {newest.case}; go on there")

    def _read(self, person: Person, case_id: str) -> Case:
        case = self._cases.read(case_id)
        if case is None:
            raise NotFoundError(f"case {case_id}: no such case")
        person.check_reach(case)
        return case
