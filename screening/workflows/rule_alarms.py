"""What nobody would notice by themselves, told once a day: rules that people overturn again and again, second looks that nobody
gave, and cases that have waited for so long that perhaps nobody of the team may judge them any more (the only senior had a
part in what two people differ on): such a case stands in nobody's queue.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from screening.cases.case import Case
from screening.cases.quality.reviewed_case import reviewed
from screening.cases.quality.rule_precision import rule_precision
from screening.ports import CaseStore, Clock, ConfigStore, Metrics
from screening.workflows.batch import Remaining
from screening.workflows.case_queue import WORKED_QUEUES

LOOKED_BACK = timedelta(days=90)
MOST_CASES = 20_000
LOOKS_READ = 200
LONG_OVERDUE = timedelta(days=7)
CASES_READ = 50
"""Of each queue, the longest due first: one is enough for an alarm."""


class WatchJudgement:
    """Looks at every team's decided cases, and at its notices that wait for a second look."""

    def __init__(
        self, *, cases: CaseStore, config: ConfigStore, clock: Clock, metrics: Metrics,
        note: Callable[[int, datetime], None] | None = None,
    ) -> None:  # fmt: skip
        """`note`: keeps how many rules stand out, for the teams' digests."""
        self._note = note
        self._cases = cases
        self._config = config
        self._clock = clock
        self._metrics = metrics

    def __call__(self, _remaining: Remaining) -> int:
        """How many rules stand out, over all teams together: one team's few cases would tell little. Raises TransientError."""
        now = self._clock.now()
        decided: list[Case] = []
        overdue = forgotten = 0
        for team in self._config.review_teams():
            decided += self._cases.decided(team, since=now - LOOKED_BACK, limit=MOST_CASES)
            waiting = self._cases.due_for_second_look(team, limit=LOOKS_READ)
            late = [
                case
                for case in waiting
                if any(
                    made.awaits_second_look and made.second_look_by is not None and made.second_look_by < now
                    for made in case.decisions
                )
            ]
            overdue += len(late)
            forgotten += self._forgotten(team, before=now - LONG_OVERDUE)
        if forgotten:
            self._metrics.count("CasesLongOverdue", forgotten)
        if overdue:
            self._metrics.count("SecondLooksOverdue", overdue)
        alarms = rule_precision(reviewed(case) for case in decided).alarms
        for alarm in alarms:
            self._metrics.count("RuleOverturnedOften", rule=alarm.name)
        if alarms:
            self._metrics.count("RulesOverturnedOften", len(alarms))
        if self._note is not None:
            self._note(len(alarms), now)
        return len(alarms)

    def _forgotten(self, team: str, *, before: datetime) -> int:
        first = (case for name in WORKED_QUEUES for case in self._cases.queue(team, name, limit=CASES_READ))
        return sum(case.due_at < before for case in first)
