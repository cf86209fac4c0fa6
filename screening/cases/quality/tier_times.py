"""By tier: how long a case lay before somebody first looked at it, and how many were past their hour.

Looking begins when who votes takes the case: that is on record with the vote. A vote without a case taken before it says nothing
of when its person looked, and is left out; `looked` says how many are known. A case that nobody has looked at yet has no time:
the figure is of those that somebody has, so that a growing backlog shows in `late` first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from screening.cases.quality.reviewed_case import ReviewedCase
from screening.statistics import Share, quantile
from screening.values.result import Tier

TIERS: tuple[Tier, ...] = ("urgent", "review", "inconclusive")


@dataclass(frozen=True, slots=True, kw_only=True)
class TierTimes:
    """`tier` as the console tells it, so that the audit sample counts where it stood. Minutes; None where nothing is known.

    `late` of the cases that are decided or past their hour: decided after it, or not yet.
    """

    tier: Tier
    cases: int
    looked: int
    median_minutes: float | None
    p90_minutes: float | None
    late: Share


def tier_times(cases: Iterable[ReviewedCase], *, now: datetime) -> tuple[TierTimes, ...]:
    """Tiers without a case are left out."""
    known = list(cases)
    rows = ((tier, [case for case in known if case.shown_tier == tier]) for tier in TIERS)
    return tuple(_row(tier, found, now) for tier, found in rows if found)


def is_late(case: ReviewedCase, now: datetime) -> bool:
    """Whether it was decided past its hour, or waits past it."""
    return (case.decided_at or now) > case.due_at


def _row(tier: Tier, cases: Sequence[ReviewedCase], now: datetime) -> TierTimes:
    looks = [
        (case.first_look_at - case.opened_at).total_seconds() / 60 for case in cases if case.first_look_at is not None
    ]
    minutes = [max(0.0, look) for look in looks]
    return TierTimes(
        tier=tier, cases=len(cases), looked=len(minutes), median_minutes=quantile(minutes, 0.5),
        p90_minutes=quantile(minutes, 0.9),
        late=Share.where(is_late(case, now) for case in cases if case.is_decided or is_late(case, now)),
    )  # fmt: skip
