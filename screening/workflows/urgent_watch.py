"""Urgent cases that wait too long for a notice under DSA art. 18, and notices of an offence against a child that nobody has
looked at: "promptly" is four hours here, by the house's own rule."""

from __future__ import annotations

from datetime import datetime, timedelta

from screening.cases.case import Case, CaseQueue
from screening.cases.queue_order import HOURS_BY_TIER
from screening.ports import CaseStore, Clock, ConfigStore, Metrics

NOTIFY_WITHIN = timedelta(hours=4)
LOOKED_AT: dict[CaseQueue, tuple[int, ...]] = {
    "review": (200, 1_000, 5_000), "reports": (200, 1_000, 5_000), "inconclusive": (20,), "audit": (20,),
}  # fmt: skip
"""Cases per team: more where all that were read have been due for so long that urgent ones may stand behind them. The last two
queues hold none, and are read for notices of an offence against a child, which come before all else."""
URGENT_DUE = timedelta(hours=HOURS_BY_TIER["urgent"])


class WatchUrgent:
    def __init__(self, *, cases: CaseStore, config: ConfigStore, clock: Clock, metrics: Metrics) -> None:
        self._cases = cases
        self._config = config
        self._clock = clock
        self._metrics = metrics

    def __call__(self) -> int:
        """How many urgent cases nobody has said a word on for four hours. Raises TransientError."""
        now = self._clock.now()
        late = sum(self._late(team, queue, now) for team in self._config.review_teams() for queue in LOOKED_AT)
        if late:
            self._metrics.count("UrgentCasesWaiting", late)
        return late

    def _late(self, team: str, queue: CaseQueue, now: datetime) -> int:
        late = 0
        for limit in LOOKED_AT[queue]:
            found = self._cases.queue(team, queue, limit=limit)
            late = sum(_is_urgent(case) and not case.votes and case.opened_at < now - NOTIFY_WITHIN for case in found)
            if late or len(found) < limit or found[-1].due_at > now + URGENT_DUE:
                break
        return late


def _is_urgent(case: Case) -> bool:
    return case.tier == "urgent" or case.child_notice
