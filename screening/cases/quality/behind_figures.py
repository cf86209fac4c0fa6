"""Which cases stand behind a figure of the metrics page, so that somebody can look at them and act.

Figures of the audit sample and of blind second judgements have no list: it would tell which cases were drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Literal

from screening.cases.quality.page_model import first_day_shown
from screening.cases.quality.reviewed_case import ReviewedCase
from screening.cases.quality.tier_times import is_late

FigureName = Literal[
    "came_in", "decided", "waiting", "missed_its_hour", "late", "alarms", "false_alarms", "cited", "acted_on", "came_to_nothing",
    "confirmed", "overturned", "overturned_on_appeal",
]  # fmt: skip
"""`came_in`, `decided` and `missed_its_hour` are of the days that the page's flow shows, all others of half a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`rule` and `indicator` narrow it to the cases that cite one."""

    name: FigureName
    rule: str | None = None
    indicator: str | None = None


def stands_behind(figure: Figure, case: ReviewedCase, *, now: datetime) -> bool:
    """Whether the figure counts this case; in a figure of a sign, whether its part does."""
    if figure.rule is not None and figure.rule not in case.rules:
        return False
    if figure.indicator is not None and figure.indicator not in case.indicators:
        return False
    return _COUNTS[figure.name](case, now)


def _since_first_day(at: datetime | None, now: datetime) -> bool:
    return at is not None and datetime.combine(first_day_shown(now), time(), UTC) <= at < now


def _judged(case: ReviewedCase) -> bool:
    return case.is_decided and case.judges_offer and case.queue != "audit"


_COUNTS: Mapping[FigureName, Callable[[ReviewedCase, datetime], bool]] = {
    "came_in": lambda case, now: _since_first_day(case.opened_at, now),
    "decided": lambda case, now: _since_first_day(case.decided_at, now),
    "waiting": lambda case, _now: not case.is_decided,
    "missed_its_hour": lambda case, now: _since_first_day(case.due_at, now) and is_late(case, now),
    "late": is_late,
    "alarms": lambda case, _now: case.is_decided and case.is_flagged,
    "false_alarms": lambda case, _now: case.is_flagged and case.stands_dismissed,
    "cited": lambda case, _now: _judged(case),
    "acted_on": lambda case, _now: _judged(case) and case.acted_on,
    "came_to_nothing": lambda case, _now: _judged(case) and case.stands_dismissed,
    "confirmed": lambda case, _now: _judged(case) and case.outcome == "confirmed",
    "overturned": lambda case, _now: case.is_decided and case.judges_offer and case.overturned,
    "overturned_on_appeal": lambda case, _now: (
        case.is_decided and case.judges_offer and case.appeal_answer == "overturned"
    ),
}
