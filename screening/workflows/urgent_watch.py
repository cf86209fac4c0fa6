"""Urgent cases that wait too long for a notice under DSA art. 18: "promptly" is four hours here, by the house's own rule."""

from __future__ import annotations

from datetime import timedelta

from screening.ports import CaseStore, Clock, ConfigStore, Metrics

NOTIFY_WITHIN = timedelta(hours=4)
LOOKED_AT = 200
"""Cases per team; urgent ones fall due first, so that they stand at the beginning."""


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
            case.tier == "urgent" and not case.votes and case.opened_at < before
            for team in self._config.review_teams()
            for case in self._cases.queue(team, "review", limit=LOOKED_AT)
        )
        if late:
            self._metrics.count("UrgentCasesWaiting", late)
        return late
