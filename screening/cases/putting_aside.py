"""For how long a person may put a case aside for themselves: never past the hour by which it is due."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Literal, get_args

from screening.cases.case import Case
from screening.errors import PermanentError

AsideFor = Literal["1h", "4h", "tomorrow", "12h"]
USUAL: AsideFor = "12h"
SHORTEST = timedelta(hours=1)
"""The most for what is urgent, and for what is overdue already: it must leave a person's next cases for a while, or they would be
given nothing else."""
TOMORROW_AT = time(9)
LONGEST_NOTE = 200
NOTE_KEPT_FOR = timedelta(days=1)
"""Beyond the time for which the case is put aside: it is read when the case comes back."""


def aside_until(case: Case, chosen: str, *, now: datetime) -> datetime:
    """Until when the case stays out of the person's next cases.

    Raises:
        PermanentError: there is no such choice.
    """
    if chosen not in get_args(AsideFor):
        raise PermanentError(f"aside: one of {', '.join(get_args(AsideFor))}")
    return min(_wanted(chosen, now), _latest(case, now))


def aside_choices(case: Case, *, now: datetime) -> tuple[AsideFor, ...]:
    """The choices that hold in full, the shortest first; where none does, the shortest, which then ends earlier."""
    choices: tuple[AsideFor, ...] = get_args(AsideFor)
    fitting = tuple(name for name in choices if _wanted(name, now) <= _latest(case, now))
    return tuple(sorted(fitting, key=lambda name: _wanted(name, now))) or ("1h",)


def _wanted(chosen: str, now: datetime) -> datetime:
    if chosen == "tomorrow":
        return datetime.combine(now.date() + timedelta(days=1), TOMORROW_AT, now.tzinfo)
    return now + timedelta(hours={"1h": 1, "4h": 4, "12h": 12}[chosen])


def _latest(case: Case, now: datetime) -> datetime:
    if case.due_at <= now:
        return now + SHORTEST
    presses = case.tier == "urgent" or case.child_notice
    return min(case.due_at, now + SHORTEST) if presses else case.due_at
