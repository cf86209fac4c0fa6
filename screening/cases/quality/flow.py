"""What comes in, what is decided, what waits: by day and queue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from screening.cases.case import CaseQueue
from screening.cases.quality.reviewed_case import ReviewedCase
from screening.statistics import Share, quantile

QUEUES: tuple[CaseQueue, ...] = ("review", "reports", "inconclusive", "audit", "appeals")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFlow:
    """One queue on one day (UTC); backlog and ages as they stood at the day's end, or now where the day goes on.

    `in_time` counts the cases that fell due on that day: those decided by then. Ages in hours, None where nothing waits.
    """

    day: date
    queue: CaseQueue
    inflow: int
    decided: int
    backlog: int
    oldest_hours: float | None
    median_hours: float | None
    in_time: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFlow:
    """One queue over all the days, or all queues together where `queue` is None.

    `measured` is the number of decided cases whose handling time is known: the times below are theirs alone, and
    `confirmed` is how many of them a partner or a senior confirmed. `minutes_per_confirmed` is None until there is one.
    """

    queue: CaseQueue | None
    inflow: int
    decided: int
    backlog: int
    in_time: Share
    measured: int
    median_minutes: float | None
    p90_minutes: float | None
    confirmed: int
    minutes_per_confirmed: float | None


@dataclass(frozen=True, slots=True)
class Flow:
    """`days` in order of day, then queue; queues that never held a case are left out."""

    days: tuple[DayFlow, ...]
    queues: tuple[QueueFlow, ...]
    total: QueueFlow


def case_flow(cases: Iterable[ReviewedCase], *, first: date, now: datetime) -> Flow:
    """The days from `first` to today. `cases` must hold those opened earlier as well, where they are still open or were
    decided since, or the backlog comes out too small.
    """
    known = list(cases)
    used = [queue for queue in QUEUES if any(case.queue == queue for case in known)]
    by_queue = {queue: [case for case in known if case.queue == queue] for queue in used}
    count = (now.astimezone(UTC).date() - first).days + 1
    days = tuple(
        _day(first + timedelta(days=number), queue, by_queue[queue], now) for number in range(count) for queue in used
    )
    start = _midnight(first)
    queues = tuple(_over_all(queue, by_queue[queue], start, now) for queue in used)
    return Flow(days, queues, _over_all(None, known, start, now))


def _day(day: date, queue: CaseQueue, cases: Sequence[ReviewedCase], now: datetime) -> DayFlow:
    start = _midnight(day)
    end = min(start + timedelta(days=1), now)
    waited = [(end - case.opened_at) / timedelta(hours=1) for case in cases if _is_open(case, end)]
    return DayFlow(
        day=day,
        queue=queue,
        inflow=sum(start <= case.opened_at < end for case in cases),
        decided=sum(case.decided_at is not None and start <= case.decided_at < end for case in cases),
        backlog=len(waited),
        oldest_hours=max(waited, default=None),
        median_hours=quantile(waited, 0.5),
        in_time=_in_time(cases, start, end),
    )


def _over_all(queue: CaseQueue | None, cases: Sequence[ReviewedCase], start: datetime, now: datetime) -> QueueFlow:
    decided = [case for case in cases if case.decided_at is not None and start <= case.decided_at < now]
    measured = [case for case in decided if case.handling_seconds is not None]
    minutes = [case.handling_seconds / 60 for case in measured if case.handling_seconds is not None]
    confirmed = sum(case.outcome == "confirmed" for case in measured)
    return QueueFlow(
        queue=queue,
        inflow=sum(start <= case.opened_at < now for case in cases),
        decided=len(decided),
        backlog=sum(_is_open(case, now) for case in cases),
        in_time=_in_time(cases, start, now),
        measured=len(measured),
        median_minutes=quantile(minutes, 0.5),
        p90_minutes=quantile(minutes, 0.9),
        confirmed=confirmed,
        minutes_per_confirmed=sum(minutes) / confirmed if confirmed else None,
    )


def _in_time(cases: Iterable[ReviewedCase], start: datetime, end: datetime) -> Share:
    """By the day on which cases fell due, not on which they were decided: those still waiting then count as late."""
    return Share.where(
        case.decided_at is not None and case.decided_at <= case.due_at for case in cases if start <= case.due_at < end
    )


def _is_open(case: ReviewedCase, at: datetime) -> bool:
    """At the end of an interval that doesn't hold `at` itself."""
    return case.opened_at < at and (case.decided_at is None or case.decided_at >= at)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
