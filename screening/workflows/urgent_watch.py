"""Urgent cases that wait too long for a notice under DSA art. 18, and notices of an offence against a child that nobody has
looked at: "promptly" is four hours here, by the house's own rule."""

from __future__ import annotations

from datetime import timedelta

from screening.cases.case import Case, CaseQueue
from screening.ports import CaseStore, Clock, ConfigStore, Metrics

NOTIFY_WITHIN = timedelta(hours=4)
LOOKED_AT: dict[CaseQueue, int] = {"review": 200, "reports": 200, "inconclusive": 20, "audit": 20}
"""Cases per team; urgent ones fall due first, so that they stand at the beginning. The last two queues hold none, and are read
for notices of an offence against a child, which come before all else."""


class WatchUrgent:
    def __init__(self, *, cases: CaseStore, config: ConfigStore, clock: Clock, metrics: Metrics) -> None:
        self._cases = cases
        self._config = config
        self._clock = clock
        self._metrics = metrics

    def __call__(self) -> int:
        """How many urgent cases nobody has said a word on for four hours. Raises TransientError."""
        before = self._clock.now() - NOTIFY_WITHIN
        late = sum(
            _is_urgent(case) and not case.votes and case.opened_at < before
            for team in self._config.review_teams()
            for queue, limit in LOOKED_AT.items()
            for case in self._cases.queue(team, queue, limit=limit)
        )
        if late:
            self._metrics.count("UrgentCasesWaiting", late)
        return late


def _is_urgent(case: Case) -> bool:
    return case.tier == "urgent" or case.child_notice
