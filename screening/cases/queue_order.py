"""How long a case may wait: a fixed deadline set when it opens, so that ageing needs no rewriting.

Queues are ordered by it. Later events move it earlier only: nobody's place gets worse by news.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from screening.cases.case import CaseQueue
from screening.values.result import Tier

HOURS_BY_TIER: dict[Tier, float] = {"urgent": 2, "review": 24, "inconclusive": 48, "watch": 72, "clear": 72}
HOURS_BY_QUEUE: dict[CaseQueue, float] = {"review": 24, "reports": 24, "inconclusive": 48, "appeals": 72}
"""The longest wait in a queue; the tier may shorten it. The audit sample has none of its own (`due_at`)."""
HIGH_RANK, HIGH_RANK_HOURS = 0.8, 12
HOURS_WITH_REPORTS = ((3, 4), (1, 8))
"""(at least so many reports, hours)"""
ABROAD_HOURS = 12
"""Work in another country than the one whose people it aims at: once somebody has left, help is harder (OSCE, 2022)."""
CHILD_NOTICE_HOURS = 2
"""A notice of a child sexual abuse offence; it comes before all else as well (`Case.queue_order`)."""
BEFORE_ACT_BY = timedelta(hours=24)
"""A decision is of use this long before somebody travels or starts, so that applicants can still be warned."""
SHORTEST = timedelta(hours=2)
"""Nothing falls due sooner than this after it came: no team can promise less."""


def due_at(
    *, queue: CaseQueue, tier: Tier, rank: float, act_by: date | None, reports: int, since: datetime,
    corridor: str | None = None, child_notice: bool = False,
) -> datetime:  # fmt: skip
    """The moment by which somebody should have decided. `since` is when the case opened or the news came.

    Args:
        corridor: "UA>PL", origin aimed at and place of work; None where either isn't known or they are one.
    """
    if queue == "audit":
        # As any other of the tier that is shown for it: a deadline of its own would mark the sample, and let it wait longest.
        queue = "inconclusive" if tier == "inconclusive" else "review"
        tier = tier if tier == "inconclusive" else "review"
    hours = min(HOURS_BY_QUEUE[queue], HOURS_BY_TIER[tier])
    if tier == "review" and rank >= HIGH_RANK:
        hours = min(hours, HIGH_RANK_HOURS)
    if tier == "review" and corridor is not None:
        hours = min(hours, ABROAD_HOURS)
    for least, limit in HOURS_WITH_REPORTS:
        if reports >= least:
            hours = min(hours, limit)
    if child_notice:
        hours = min(hours, CHILD_NOTICE_HOURS)
    due = since + timedelta(hours=hours)
    if act_by is not None and tier in ("review", "urgent"):
        due = min(due, datetime.combine(act_by, time(), UTC) - BEFORE_ACT_BY)
    return max(due, since + SHORTEST)
