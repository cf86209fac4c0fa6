"""A team's queue as one person works through it: what is due first, taken one at a time, put aside, given back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from screening.cases.case import Case, CaseQueue
from screening.cases.case_parts import Lease
from screening.cases.decisions import decision_to_recheck
from screening.cases.people import MAY_LOOK_AFTER, MAY_READ, MAY_WORK, Person
from screening.cases.quality.exposure import ExposureLimits, exposure
from screening.errors import ConflictError, NotFoundError
from screening.ports import CaseStore, Clock, ConfigStore, Ids, WorkStore
from screening.values.result import Tier

WORKED_QUEUES: tuple[CaseQueue, ...] = ("review", "reports", "appeals", "inconclusive", "audit")
LEASE_FOR = timedelta(minutes=20)
"""Long enough to judge a case, short enough that one left lying comes back the same hour."""
SKIPPED_FOR = timedelta(hours=12)
LOOKS_SHOWN = 20
QUEUE_READ = 1_000
"""Cases looked at per queue; filters and budget work on these."""
READ_FIRST = (50, 150, QUEUE_READ)
"""Cases read per queue, more where those before gave too few: a case has 3 to 70 kB, and whoever takes one needs the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilters:
    """What to see of a queue; None: all."""

    queue: CaseQueue | None = None
    tier: Tier | None = None
    language: str | None = None
    kind: str | None = None
    country: str | None = None
    concern: str | None = None
    platform: str | None = None
    everything: bool = False  # beyond today's budget as well

    def fit(self, case: Case) -> bool:
        platforms = {case.platform, *(member.platform for member in case.members)}
        return (
            (self.queue is None or shown_queue(case) == self.queue)
            and (self.tier is None or shown_tier(case.tier) == self.tier)
            and (self.language is None or case.language == self.language)
            and (self.kind is None or case.kind == self.kind)
            and (self.country is None or case.work_country == self.country)
            and (self.concern is None or self.concern in {concern.type for concern in case.concerns})
            and (self.platform is None or self.platform in platforms)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueView:
    """`cases` are today's, in the order in which they are due; `beyond` counts those the budget leaves for later.

    `leased` are held by others, `mine` by this person; `skipped` were put aside by them, and stand at the end.
    """

    team: str
    cases: tuple[Case, ...]
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


class ListCases:
    """A team's open cases in the order in which they are due."""

    def __init__(self, *, cases: CaseStore, work: WorkStore, config: ConfigStore, clock: Clock) -> None:
        self._cases = cases
        self._work = work
        self._config = config
        self._clock = clock

    def __call__(
        self, person: Person, team: str, filters: QueueFilters | None = None, *, limit: int = 100
    ) -> QueueView:
        """One queue, or all of them as one: audit cases then stand among the others unmarked.

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
        decided = self._decided_today(team, now) if settings.daily_budget is not None else 0
        if settings.daily_budget is not None and not filters.everything:
            waiting = waiting_cases(self._cases, person, team, filters)
            today = _within_budget(waiting, max(0, settings.daily_budget - decided))
        else:
            waiting = today = self._enough(person, team, filters, skipped, limit)
        shown = sorted(today, key=lambda case: case.case in skipped)[:limit]
        leases = self._work.leases([case.case for case in shown], now=now)
        told = exposure(
            self._work.views(person.actor, since=midnight_of(now)), now=now,
            limits=ExposureLimits(severe_a_day=settings.severe_per_day),
        )  # fmt: skip
        return QueueView(
            team=team,
            cases=tuple(shown),
            leased=frozenset(case for case, lease in leases.items() if lease.actor != person.actor),
            mine=frozenset(case for case, lease in leases.items() if lease.actor == person.actor),
            skipped=skipped,
            budget=settings.daily_budget,
            decided_today=decided,
            beyond=len(waiting) - len(today),
            break_due=told.break_due,
            breaks=told.breaks,
            severe_left=told.severe_left,
            looks=self._looks(person, team),
        )

    def _enough(
        self, person: Person, team: str, filters: QueueFilters, skipped: frozenset[str], limit: int
    ) -> list[Case]:
        """The first of what waits, so many that `limit` of them aren't put aside, or all."""
        waiting: list[Case] = []
        for waiting in first_waiting(self._cases, person, team, filters):
            if sum(case.case not in skipped for case in waiting) >= limit:
                break
        return waiting

    def _looks(self, person: Person, team: str) -> tuple[Case, ...]:
        if not person.roles & MAY_LOOK_AFTER:
            return ()
        waiting = self._cases.due_for_second_look(team, limit=LOOKS_SHOWN)
        return tuple(case for case in waiting if person.reaches(case) and may_look_after(case, person))

    def _decided_today(self, team: str, now: datetime) -> int:
        return len(self._cases.decided(team, since=midnight_of(now), limit=QUEUE_READ))


class TakeNext:
    """Gives a person the first case that they may judge and nobody else works on."""

    def __init__(self, *, cases: CaseStore, work: WorkStore, clock: Clock, ids: Ids) -> None:
        self._cases = cases
        self._work = work
        self._clock = clock
        self._ids = ids

    def __call__(self, person: Person, team: str, filters: QueueFilters | None = None) -> Case | None:
        """The case, now leased to the person; None where nothing is left for them. Raises as `ListCases` does.

        One that they hold already comes first where it stands among the first that are read.
        """
        person.acting_role(MAY_WORK, "cases: take")
        check_team(person, team)
        now = self._clock.now()
        skipped = self._work.skipped(person.actor, now=now)
        tried: set[str] = set()
        for read in first_waiting(self._cases, person, team, filters or QueueFilters()):
            waiting = [
                case for case in read if case.case not in tried and case.case not in skipped and may_judge(case, person)
            ]
            tried |= {case.case for case in waiting}
            taken = self._first_free(person, waiting, now)
            if taken is not None:
                return taken
        return None

    def _first_free(self, person: Person, waiting: list[Case], now: datetime) -> Case | None:
        held = self._work.leases([case.case for case in waiting[:QUEUE_READ]], now=now)
        own = [case for case in waiting if case.case in held and held[case.case].actor == person.actor]
        free = [case for case in waiting if case.case not in held]
        for case in (*own, *free):
            try:
                self._lease(person, case.case)
            except ConflictError:
                continue  # somebody was quicker
            # The queue may lag behind the case: what was decided or changed a moment ago is seen now that it is held.
            now_stored = self._cases.read(case.case)
            if now_stored is not None and person.reaches(now_stored) and may_judge(now_stored, person):
                return now_stored
            self._work.release_lease(case.case, person.actor)
        return None

    def take(self, person: Person, case: str) -> Lease:
        """Lease this very case.

        Raises:
            ConflictError: somebody else holds it, or it doesn't wait for this person's word.
            NotFoundError: no such case within the person's reach.
            PermissionDeniedError: the role doesn't work on cases.
        """
        person.acting_role(MAY_WORK, "cases: take")
        stored = self._cases.read(case)
        if stored is None or not person.reaches(stored):
            raise NotFoundError(f"case {case}: no such case")
        if not may_judge(stored, person):
            raise ConflictError(f"case {case}: it doesn't wait for your word")
        return self._lease(person, case)

    def _lease(self, person: Person, case: str) -> Lease:
        now = self._clock.now()
        lease = Lease(case, person.actor, self._ids.new_id(), now, now + LEASE_FOR)
        return self._work.take_lease(lease, now=now)


class PutAside:
    """Gives a case back, or puts it aside for this person until tomorrow. Nobody else's queue changes."""

    def __init__(self, *, cases: CaseStore, work: WorkStore, clock: Clock) -> None:
        self._cases = cases
        self._work = work
        self._clock = clock

    def release(self, person: Person, case_id: str) -> None:
        """Raises NotFoundError outside the person's reach."""
        self._check(person, case_id)
        self._work.release_lease(case_id, person.actor)

    def skip(self, person: Person, case_id: str) -> None:
        """Raises NotFoundError outside the person's reach."""
        self.release(person, case_id)
        self._work.skip(person.actor, case_id, until=self._clock.now() + SKIPPED_FOR)

    def _check(self, person: Person, case_id: str) -> None:
        person.acting_role(MAY_WORK, f"case {case_id}")
        case = self._cases.read(case_id)
        if case is None or not person.reaches(case):
            raise NotFoundError(f"case {case_id}: no such case")


def may_look_after(case: Case, person: Person) -> bool:
    return any(made.awaits_second_look and person.actor not in made.actors for made in case.decisions)


def may_judge(case: Case, person: Person) -> bool:
    """Whether this person's word is what the case waits for: not one they have given already."""
    if person.actor in case.excluded:
        return False
    voted = any(vote.actor == person.actor and vote.facts == case.facts for vote in case.votes)
    if not case.is_open:
        return decision_to_recheck(case, person) is not None
    if case.state == "escalated":
        return "senior" in person.roles and not voted
    return not (voted and case.state == "second_look")


def waiting_cases(
    cases: CaseStore, person: Person, team: str, filters: QueueFilters, *, everything: bool = False
) -> list[Case]:
    """Those of a team's cases that wait, within the person's reach, in the order in which they are due.

    Args:
        everything: decided ones too that wait for another's second review. Otherwise these stand in the queue of those
            alone who may give it, where they look like any other.
    """
    found = [case for name in _queues(filters) for case in cases.queue(team, name, limit=QUEUE_READ)]
    return _shown(found, person, filters, everything=everything)


def first_waiting(cases: CaseStore, person: Person, team: str, filters: QueueFilters) -> Iterator[list[Case]]:
    """Ever longer beginnings of what `waiting_cases` gives, each without a gap; the last is all of it."""
    for limit in READ_FIRST:
        read = [cases.queue(team, name, limit=limit) for name in _queues(filters)]
        # Behind the last case read of a queue that goes on, one of that queue might come before one of another.
        ends = [found[-1].queue_order for found in read if len(found) == limit]
        whole = not ends or limit == QUEUE_READ
        known = (case for found in read for case in found if whole or case.queue_order <= min(ends))
        yield _shown(known, person, filters)
        if whole:
            return


def _queues(filters: QueueFilters) -> tuple[CaseQueue, ...]:
    if filters.queue in ("review", "inconclusive"):
        return filters.queue, "audit"  # left out, the audit sample would be told apart
    return WORKED_QUEUES if filters.queue is None else (filters.queue,)


def _shown(found: Iterable[Case], person: Person, filters: QueueFilters, *, everything: bool = False) -> list[Case]:
    reached = (case for case in found if person.reaches(case) and filters.fit(case))
    shown = (case for case in reached if everything or case.is_open or decision_to_recheck(case, person) is not None)
    return sorted(shown, key=lambda case: case.queue_order)


def shown_tier(tier: Tier) -> Tier:
    """The tier as the console tells it: cases of the audit sample, `clear` or `watch`, look like any of `review`."""
    return tier if tier in ("urgent", "inconclusive") else "review"


def shown_queue(case: Case) -> CaseQueue:
    """The queue as the console tells it: a case of the audit sample stands where a flagged post like it would."""
    if case.queue != "audit":
        return case.queue
    return "inconclusive" if case.tier == "inconclusive" else "review"


def midnight_of(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def check_team(person: Person, team: str) -> None:
    if team not in person.teams:
        raise NotFoundError(f"team '{team[:60]}': no such team")


def _within_budget(waiting: Iterable[Case], budget: int) -> list[Case]:
    """The first `budget` cases; urgent ones and notices of an offence against a child are shown whatever the budget."""
    shown: list[Case] = []
    for case in waiting:
        if case.tier == "urgent" or case.child_notice or budget > 0:
            shown.append(case)
            budget -= 1
    return shown
