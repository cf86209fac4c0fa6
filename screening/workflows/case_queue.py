"""A team's queue as one person works through it: what is due first, taken one at a time, put aside, given back.

What is shown of it is in `case_lists`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from screening.cases.assigning import assigned_to, held_for_other
from screening.cases.case import Case, CaseQueue
from screening.cases.case_parts import Lease
from screening.cases.comments import handed_on
from screening.cases.decisions import decision_to_recheck
from screening.cases.people import MAY_WORK, Person
from screening.cases.putting_aside import LONGEST_NOTE, USUAL, aside_until
from screening.errors import ConflictError, NotFoundError, PermanentError
from screening.ports import CaseStore, Clock, Ids, WorkStore
from screening.values.result import Tier

WORKED_QUEUES: tuple[CaseQueue, ...] = ("review", "reports", "appeals", "inconclusive", "audit")
LEASE_FOR = timedelta(minutes=20)
"""Long enough to judge a case, short enough that one left lying comes back the same hour."""
QUEUE_READ = 1_000
"""Cases looked at per queue; filters, budget and counts work on these. Where there are more, the page says "more than"."""
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


class GoldenForTaking(Protocol):
    """Golden cases as taking needs them (`workflows.golden_draw.GoldenCases`)."""

    def given(self, person: Person, team: str, filters: QueueFilters) -> tuple[Case, ...]: ...

    def draw(self, person: Person, team: str, token: str) -> None: ...


class Answering(Protocol):
    """(person, the case they took): the case, where a senior's taking answered what was asked (`workflows.comments`)."""

    def __call__(self, person: Person, case: Case) -> Case: ...


class TakeNext:
    """Gives a person the first case that they may judge and nobody else works on."""

    def __init__(
        self, *, cases: CaseStore, work: WorkStore, clock: Clock, ids: Ids, golden: GoldenForTaking | None = None,
        answer: Answering | None = None,
    ) -> None:  # fmt: skip
        self._answer = answer
        self._cases = cases
        self._work = work
        self._clock = clock
        self._ids = ids
        self._golden = golden

    def __call__(self, person: Person, team: str, filters: QueueFilters | None = None) -> Case | None:
        """The case, now leased to the person; None where nothing is left for them. Raises as `ListCases` does.

        One that they hold already comes first where it stands among the first that are read.
        """
        person.acting_role(MAY_WORK, "cases: take")
        check_team(person, team)
        now = self._clock.now()
        skipped = self._work.skipped(person.actor, now=now)
        tried: set[str] = set()
        golden = self._golden.given(person, team, filters or QueueFilters()) if self._golden else ()
        for read in first_waiting(self._cases, person, team, filters or QueueFilters()):
            waiting = [
                case
                for case in with_golden(read, golden)
                if case.case not in tried and case.case not in skipped and _comes_to(case, person, now)
            ]
            tried |= {case.case for case in waiting}
            taken = self._first_free(person, waiting, now)
            if taken is not None:
                return self._taken(person, team, taken)
        left = [case for case in golden if case.case not in tried | skipped and _comes_to(case, person, now)]
        taken = self._first_free(person, left, now)
        return self._taken(person, team, taken) if taken is not None else None

    def _taken(self, person: Person, team: str, taken: tuple[Case, Lease]) -> Case:
        """Some cases bring a golden one after them, which opens now and waits for its turn like any other."""
        case, lease = taken
        if self._golden is not None and case.golden is None:
            self._golden.draw(person, team, lease.token)
        return case

    def _first_free(self, person: Person, waiting: list[Case], now: datetime) -> tuple[Case, Lease] | None:
        held = self._work.leases([case.case for case in waiting[:QUEUE_READ]], now=now)
        own = [case for case in waiting if case.case in held and held[case.case].actor == person.actor]
        free = [case for case in waiting if case.case not in held]
        free.sort(key=lambda case: assigned_to(case, now) != person.actor)  # theirs first, each in its order
        for case in (*own, *free):
            try:
                lease = self._lease(person, case.case)
            except ConflictError:
                continue  # somebody was quicker
            # The queue may lag behind the case: what was decided or changed a moment ago is seen now that it is held.
            now_stored = self._cases.read(case.case)
            if now_stored is not None and person.reaches(now_stored) and _comes_to(now_stored, person, now):
                return self._answered(person, now_stored), lease
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
        if held_for_other(stored, person, self._clock.now()):
            raise ConflictError(f"case {case}: it is assigned to a colleague; take it over, or take another")
        lease = self._lease(person, case)
        self._answered(person, stored)
        return lease

    def _answered(self, person: Person, case: Case) -> Case:
        return self._answer(person, case) if self._answer is not None and case.asks_senior else case

    def _lease(self, person: Person, case: str) -> Lease:
        now = self._clock.now()
        lease = Lease(case, person.actor, self._ids.new_id(), now, now + LEASE_FOR)
        return self._work.take_lease(lease, now=now)


class PutAside:
    """Gives a case back, or puts it aside for this person for some hours. Nobody else's queue changes."""

    def __init__(self, *, cases: CaseStore, work: WorkStore, clock: Clock) -> None:
        self._cases = cases
        self._work = work
        self._clock = clock

    def release(self, person: Person, case_id: str) -> None:
        """Raises NotFoundError outside the person's reach."""
        self._check(person, case_id)
        self._work.release_lease(case_id, person.actor)

    def skip(self, person: Person, case_id: str, *, aside: str = USUAL, note: str = "") -> datetime:
        """Until when it is put aside; never past the hour by which it is due (`cases.putting_aside`).

        Args:
            aside: for how long, one of `AsideFor`.
            note: what this person wants to remember of it; nobody else is shown it.

        Raises:
            NotFoundError: outside the person's reach.
            PermanentError: no such time, or the note is too long.
        """
        case = self._check(person, case_id)
        until = aside_until(case, aside, now=self._clock.now())
        if len(note) > LONGEST_NOTE:
            raise PermanentError(f"case {case_id}: the note is longer than {LONGEST_NOTE} characters")
        self._work.release_lease(case_id, person.actor)
        self._work.skip(person.actor, case_id, until=until, note=note.strip())
        return until

    def _check(self, person: Person, case_id: str) -> Case:
        person.acting_role(MAY_WORK, f"case {case_id}")
        case = self._cases.read(case_id)
        if case is None or not person.reaches(case):
            raise NotFoundError(f"case {case_id}: no such case")
        return case


def _comes_to(case: Case, person: Person, now: datetime) -> bool:
    """Whether it is given to this person by itself: it waits for their word, they didn't hand it to a senior, and it isn't assigned
    to a colleague."""
    return may_judge(case, person) and not handed_on(case, person) and not held_for_other(case, person, now)


def with_golden(waiting: list[Case], golden: Iterable[Case]) -> list[Case]:
    """The golden ones in their places: a beginning of a queue gets those alone that stand before its end."""
    within = [case for case in golden if waiting and case.queue_order < waiting[-1].queue_order]
    return sorted([*waiting, *within], key=lambda case: case.queue_order) if within else waiting


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
    return counted_cases(cases, person, team, filters, everything=everything)[0]


def counted_cases(
    cases: CaseStore, person: Person, team: str, filters: QueueFilters, *, everything: bool = False
) -> tuple[list[Case], bool]:
    """As `waiting_cases`, and whether there are more: a queue is read no further than `QUEUE_READ`."""
    read = [cases.queue(team, name, limit=QUEUE_READ) for name in _queues(filters)]
    found = [case for queue in read for case in queue]
    return _shown(found, person, filters, everything=everything), any(len(queue) == QUEUE_READ for queue in read)


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
