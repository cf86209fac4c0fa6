"""Golden cases of one person: drawn when they take a case, given when their turn comes, never while real work is urgent or late.

A golden case opens like any other, at the moment it is drawn: its place in the list, its hour, and everything on its page follow
from that by the rules of every case. It is a case of its own that no list of cases finds; these here add it for its person.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from screening.cases.case import CASE_NAMESPACE, Case
from screening.cases.golden import (
    LAPSES_AFTER,
    NOT_TWICE_WITHIN,
    drawn,
    golden_id,
    had_a_part,
    is_told,
    lapsed,
    may_answer,
    may_serve,
    pick,
    shown_again,
)
from screening.cases.people import Person
from screening.errors import NotFoundError, ScreeningError
from screening.ports import Archive, CaseStore, Clock, ConfigStore, Metrics
from screening.workflows.archived import read_archived
from screening.workflows.case_merging import SYSTEM
from screening.workflows.case_queue import QueueFilters, may_judge, waiting_cases
from screening.workflows.case_saving import CaseSaver, Entry
from screening.workflows.golden_cases import retire
from screening.workflows.ledger_chain import ShownTo

RETIRED_BY = "system:golden"
"""Who retires a known case whose text is gone."""
MOST_KNOWN = 500
MOST_SHOWN = 1_000
UNTOLD_FOR = LAPSES_AFTER + timedelta(days=5)
"""Opened longer ago a golden case has lapsed or was told: none falls due later than three days after it opened."""


class GoldenCases:
    def __init__(
        self, *, cases: CaseStore, archive: Archive, config: ConfigStore, saver: CaseSaver, shown: ShownTo, clock: Clock,
        metrics: Metrics,
    ) -> None:  # fmt: skip
        self._cases = cases
        self._archive = archive
        self._config = config
        self._saver = saver
        self._shown = shown
        self._clock = clock
        self._metrics = metrics

    def own(self, person: Person, team: str) -> tuple[Case, ...]:
        """This person's of whom they don't know yet what they are, the newest first; none where the team has no share of them."""
        if self._config.team(team).golden_share <= 0:
            return ()
        now = self._clock.now()
        return tuple(
            case
            for case in self._of(person, team, within=UNTOLD_FOR)
            if not is_told(case, now) and not lapsed(case, now)
        )

    def given(self, person: Person, team: str, filters: QueueFilters) -> tuple[Case, ...]:
        """Those that wait for the person's word now, in the order in which they are due. None while real work of theirs is urgent
        or overdue, and none whose source is known no more, or whose text is gone."""
        waiting = [case for case in self.own(person, team) if may_judge(case, person) and filters.fit(case)]
        served = [case for case in waiting if self._still_serves(case)]
        if not served or self._real_work_presses(person):
            return ()
        return tuple(sorted(served, key=lambda case: case.queue_order))

    def draw(self, person: Person, team: str, token: str) -> None:
        """Open one for this person, by the share of their team. Whatever goes wrong with it: who took a case gets that case."""
        share = self._config.team(team).golden_share
        if share <= 0 or not drawn(token, share):
            return
        try:
            self._open_one(person, team, token)
        except ScreeningError:
            self._metrics.count("GoldenCasesNotDrawn")

    def _open_one(self, person: Person, team: str, token: str) -> None:
        now = self._clock.now()
        shown = self._of(person, team, within=NOT_TWICE_WITHIN)
        if any(case.is_open and not case.votes and not lapsed(case, now) for case in shown):
            return  # one at a time
        before = {case.golden.source for case in shown if case.golden is not None}
        fit = [case for case in self._cases.known(team, limit=MOST_KNOWN) if case.case not in before]
        fit = [case for case in fit if may_serve(case) and person.reaches(case) and may_answer(case, person)]
        fit = [case for case in fit if not had_a_part(case, person)]
        while (source := pick(fit, token)) is not None:
            fit.remove(source)
            if not self._has_text(source):
                retire(self._saver, source, by=RETIRED_BY)
            elif self._is_new_to(source, person):
                self._open(shown_again(source, person, identity=golden_id(token), now=now), token)
                return

    def _open(self, case: Case, token: str) -> None:
        """Its chain begins as any case's does, and says to auditors what it is (`CaseSaver` adds that to every entry)."""
        payload: dict[str, Any] = {
            "event": str(uuid.uuid5(CASE_NAMESPACE, f"golden event\x1f{token}")), "cause": "new", "tier": case.tier, "seq": case.seq,
            "version": case.version, "versions": case.versions, "withdrawn": False, "queue": case.queue,
            "due_at": str(case.due_at), "platform": case.platform, "post_id": case.post_id,
        }  # fmt: skip
        entry = Entry(kind="opened", actor=SYSTEM, payload=payload)
        self._saver.save(case, before=None, entries=[entry], correlation_id=case.case)

    def _of(self, person: Person, team: str, *, within: timedelta) -> tuple[Case, ...]:
        found = self._cases.golden(team, since=self._clock.now() - within, limit=MOST_SHOWN, actor=person.actor)
        return tuple(case for case in found if person.reaches(case))

    def _is_new_to(self, source: Case, person: Person) -> bool:
        """Whether the person never read its text, and its post has no newer case, where they might."""
        latest = self._cases.latest_of(source.platform, source.post_id)
        if latest is None or latest.case != source.case:
            return False
        return not self._shown(source.case, person.actor, source.content_version)

    def _still_serves(self, case: Case) -> bool:
        source = self._cases.read(case.golden.source) if case.golden is not None else None
        return source is not None and may_serve(source) and self._has_text(source)

    def _has_text(self, case: Case) -> bool:
        try:
            return case.archive is not None and read_archived(self._archive, case.archive) is not None
        except NotFoundError:
            return False

    def _real_work_presses(self, person: Person) -> bool:
        now = self._clock.now()
        return any(
            case.tier == "urgent" or case.child_notice or case.due_at < now
            for team in sorted(person.teams)
            for case in waiting_cases(self._cases, person, team, QueueFilters())
            if may_judge(case, person)
        )
