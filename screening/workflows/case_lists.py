"""The lists of a team's cases, page by page: what waits, what is this person's, what was decided, what waits for a senior."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from screening.cases.assigning import assigned_to
from screening.cases.case import Case
from screening.cases.decisions import decision_to_recheck
from screening.cases.people import MAY_LOOK_AFTER, MAY_READ, Person
from screening.cases.quality.exposure import ExposureLimits, exposure
from screening.ports import CaseStore, Clock, ConfigStore, WorkStore
from screening.workflows.case_queue import (
    QUEUE_READ,
    QueueFilters,
    check_team,
    counted_cases,
    may_look_after,
    midnight_of,
)

ListName = Literal["waiting", "mine", "decided", "escalated"]
"""`mine`: cases that this person took, that were assigned to them, or that they have voted on, whatever became of them."""
PAGE = 25
"""Cases on a page: each shows a few words of its post, and nobody should see more of these than they work on."""
LOOKS_SHOWN = 20
LOOKED_BACK = timedelta(days=183)
"""Decided cases are kept half a year (`Retention.cases_after_decision`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueView:
    """One page of a list. `whole` are all cases of the list in their order, `cases` those of the page.

    `more`: there are more than were counted. `beyond` counts what waits and the day's budget leaves for later. `leased` are
    held by others, `mine` by this person; `skipped` were put aside by them, and stand at the end.
    """

    team: str
    name: ListName
    whole: tuple[Case, ...]
    cases: tuple[Case, ...]
    more: bool
    page: int
    pages: int
    leased: frozenset[str]
    mine: frozenset[str]
    skipped: frozenset[str]
    budget: int | None
    decided_today: int
    beyond: int
    break_due: bool
    breaks: int
    severe_left: int
    looks: tuple[Case, ...] = ()  # notices this person may give the second look, the soonest due first


class GoldenForLists(Protocol):
    """Golden cases as lists need them (`workflows.golden_draw.GoldenCases`)."""

    def own(self, person: Person, team: str) -> tuple[Case, ...]: ...

    def given(self, person: Person, team: str, filters: QueueFilters) -> tuple[Case, ...]: ...


class ListCases:
    """A team's cases. Those that wait stand in the order in which they are due, decided ones the newest first."""

    def __init__(
        self, *, cases: CaseStore, work: WorkStore, config: ConfigStore, clock: Clock,
        golden: GoldenForLists | None = None,
    ) -> None:  # fmt: skip
        self._cases = cases
        self._work = work
        self._config = config
        self._clock = clock
        self._golden = golden

    def __call__(
        self, person: Person, team: str, filters: QueueFilters | None = None, *, name: ListName = "waiting",
        page: int = 1, limit: int = PAGE,
    ) -> QueueView:  # fmt: skip
        """A page of one list; of one queue, or of all as one: audit cases then stand among the others unmarked.

        A page behind the last is the last.

        Raises:
            NotFoundError: the team isn't the person's.
            PermissionDeniedError: the role doesn't read cases.
        """
        filters = filters or QueueFilters()
        person.acting_role(MAY_READ, "cases")
        check_team(person, team)
        now = self._clock.now()
        settings = self._config.team(team)
        skipped = self._work.skipped(person.actor, now=now)
        cut = name == "waiting" and settings.daily_budget is not None
        decided = self._decided_today(team, now) if cut else 0
        listed, more = self._listed(person, team, filters, name, now)
        today = listed
        if cut and settings.daily_budget is not None and not filters.everything:
            today = _within_budget(listed, max(0, settings.daily_budget - decided))
        beyond = len(listed) - len(today)
        if self._golden is not None:
            today = self._with_golden(self._golden, today, person, team, filters, name, now)
            decided += self._answered_today(self._golden, person, team, now) if cut else 0
        whole = sorted(today, key=lambda case: case.case in skipped) if name == "waiting" else today
        pages = max(1, -(-len(whole) // limit))
        page = min(max(1, page), pages)
        shown = whole[(page - 1) * limit : page * limit]
        leases = self._work.leases([case.case for case in shown], now=now)
        told = exposure(
            self._work.views(person.actor, since=midnight_of(now)), now=now,
            limits=ExposureLimits(severe_a_day=settings.severe_per_day),
        )  # fmt: skip
        return QueueView(
            team=team,
            name=name,
            whole=tuple(whole),
            cases=tuple(shown),
            more=more,
            page=page,
            pages=pages,
            leased=frozenset(case for case, lease in leases.items() if lease.actor != person.actor),
            mine=frozenset(case for case, lease in leases.items() if lease.actor == person.actor),
            skipped=skipped,
            budget=settings.daily_budget if name == "waiting" else None,
            decided_today=decided,
            beyond=beyond,
            break_due=told.break_due,
            breaks=told.breaks,
            severe_left=told.severe_left,
            looks=self._looks(person, team) if name == "waiting" else (),
        )

    def _listed(
        self, person: Person, team: str, filters: QueueFilters, name: ListName, now: datetime
    ) -> tuple[list[Case], bool]:
        """All cases of a list, and whether there are more than were read."""
        if name == "waiting":
            return counted_cases(self._cases, person, team, filters)
        if name == "escalated":
            waiting, more = counted_cases(self._cases, person, team, filters)
            return [case for case in waiting if case.state == "escalated" or case.asks_senior], more
        waiting, more = counted_cases(self._cases, person, team, filters, everything=True)
        settled, more_settled = self._settled(person, team, filters, waiting, now)
        if name == "decided":
            return settled, more_settled
        held = self._work.leases([case.case for case in waiting], now=now)
        taken = {case for case, lease in held.items() if lease.actor == person.actor}
        taken |= {case.case for case in waiting if assigned_to(case, now) == person.actor}
        ids = {case.case for case in settled}
        open_ones = [case for case in waiting if case.case not in ids and (case.case in taken or voted(case, person))]
        return [*open_ones, *(case for case in settled if voted(case, person))], more or more_settled

    def _settled(
        self, person: Person, team: str, filters: QueueFilters, waiting: Iterable[Case], now: datetime
    ) -> tuple[list[Case], bool]:
        """What was decided, the newest first.

        A decision that was drawn for a second review stands among these for all but those who are to judge it blind: if it
        were missing for who made it, they would know that it was drawn.
        """
        read = self._cases.decided(team, since=now - LOOKED_BACK, limit=QUEUE_READ)
        drawn = [case for case in waiting if case.state == "decided" and decision_to_recheck(case, person) is None]
        known = {case.case: case for case in (*drawn, *read) if person.reaches(case) and filters.fit(case)}
        ordered = sorted(known.values(), key=lambda case: (_decided_at(case, now), case.case), reverse=True)
        return ordered, len(read) == QUEUE_READ

    def _with_golden(
        self, golden: GoldenForLists, listed: list[Case], person: Person, team: str, filters: QueueFilters, name: ListName,
        now: datetime,
    ) -> list[Case]:  # fmt: skip
        """The list as it reads to this person, for whom a golden case stands where any other would. The case that it shows is
        left out meanwhile: it says what was decided."""
        if name == "waiting":
            return sorted([*listed, *golden.given(person, team, filters)], key=lambda case: case.queue_order)
        own = golden.own(person, team)
        shown = {case.golden.source for case in own if case.golden is not None}
        listed = [case for case in listed if case.case not in shown]
        if name == "escalated":
            asks = [case for case in own if case.asks_senior and filters.fit(case)]
            return sorted([*listed, *asks], key=lambda case: case.queue_order)
        if not own:
            return listed
        fitting = [case for case in own if filters.fit(case)]
        held = self._work.leases([case.case for case in fitting], now=now)
        taken = {case for case, lease in held.items() if lease.actor == person.actor}
        taken |= {case.case for case in fitting if assigned_to(case, now) == person.actor}
        begun = [case for case in fitting if case.is_open and (case.case in taken or voted(case, person))]
        settled = [*(case for case in listed if not case.is_open), *(case for case in fitting if not case.is_open)]
        settled.sort(key=lambda case: (_decided_at(case, now), case.case), reverse=True)
        if name == "decided":
            return settled
        open_ones = sorted([*(case for case in listed if case.is_open), *begun], key=lambda case: case.queue_order)
        return [*open_ones, *settled]

    def _answered_today(self, golden: GoldenForLists, person: Person, team: str, now: datetime) -> int:
        return sum(
            case.decision is not None and case.decision.decided_at >= midnight_of(now)
            for case in golden.own(person, team)
        )

    def _looks(self, person: Person, team: str) -> tuple[Case, ...]:
        if not person.roles & MAY_LOOK_AFTER:
            return ()
        waiting = self._cases.due_for_second_look(team, limit=LOOKS_SHOWN)
        return tuple(case for case in waiting if person.reaches(case) and may_look_after(case, person))

    def _decided_today(self, team: str, now: datetime) -> int:
        return len(self._cases.decided(team, since=midnight_of(now), limit=QUEUE_READ))


def voted(case: Case, person: Person) -> bool:
    return any(vote.actor == person.actor for vote in case.votes)


def _decided_at(case: Case, now: datetime) -> datetime:
    return case.decision.decided_at if case.decision else now


def _within_budget(waiting: Iterable[Case], budget: int) -> list[Case]:
    """The first `budget` cases; urgent ones and notices of an offence against a child are shown whatever the budget."""
    shown: list[Case] = []
    for case in waiting:
        if case.tier == "urgent" or case.child_notice or budget > 0:
            shown.append(case)
            budget -= 1
    return shown
