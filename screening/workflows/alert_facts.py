"""What teams may have to be told: cases that are urgent or past due, packages that nobody fetched, and the day's figures."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from screening.cases.alerts.telling import DUE_SOON, Digest, Waiting, waiting_of
from screening.cases.case import Case, CaseQueue
from screening.ports import AlertStore, CaseStore, ConfigStore, ReferralStore
from screening.workflows.case_queue import WORKED_QUEUES, shown_queue, shown_tier

READ = (50, 200, 1_000, 5_000)
"""Cases per queue: more where all that were read are due by now or soon, so that urgent ones may stand behind them."""
COUNTED = 1_000
A_DAY = timedelta(days=1)
SHORTEST_WAIT = A_DAY
"""No partner has less time to fetch (`fetch_within_days`)."""


class AlertFacts:
    """Reads each team once, however many channels it has. For one run: made anew each minute."""

    def __init__(
        self, *, cases: CaseStore, config: ConfigStore, referrals: ReferralStore, store: AlertStore, now: datetime
    ) -> None:
        self._cases = cases
        self._config = config
        self._referrals = referrals
        self._store = store
        self._now = now
        self._of_team: dict[str, tuple[Waiting, ...]] = {}
        self._late: dict[str, list[Waiting]] | None = None

    def waiting(self, team: str) -> tuple[Waiting, ...]:
        """Raises TransientError."""
        if team not in self._of_team:
            cases = {case.case: case for name in WORKED_QUEUES for case in self._pressing(team, name)}
            found = [
                one
                for case in cases.values()
                for one in waiting_of(case, tier=shown_tier(case.tier), queue=shown_queue(case), now=self._now)
            ]
            self._of_team[team] = (*found, *self._unfetched().get(team, ()))
        return self._of_team[team]

    def digest(self, team: str) -> Digest:
        """Raises TransientError."""
        read = {name: self._cases.queue(team, name, limit=COUNTED) for name in WORKED_QUEUES}
        waiting = [case for cases in read.values() for case in cases]
        tiers = Counter(shown_tier(case.tier) for case in waiting)
        decided = self._cases.decided(team, since=self._now - A_DAY, limit=COUNTED)
        return Digest(
            waiting=tuple((tier, tiers[tier]) for tier in ("urgent", "review", "inconclusive") if tiers[tier]),
            overdue=sum(case.due_at <= self._now for case in waiting), decided=len(decided),
            oldest=min((case.opened_at for case in waiting), default=None), audit=len(read["audit"]),
            rules=self._store.rules(), more=any(len(cases) == COUNTED for cases in (*read.values(), decided)),
        )  # fmt: skip

    def _pressing(self, team: str, queue: CaseQueue) -> tuple[Case, ...]:
        found: tuple[Case, ...] = ()
        for limit in READ:
            found = self._cases.queue(team, queue, limit=limit)
            if len(found) < limit or found[-1].due_at > self._now + DUE_SOON:
                break
        return found

    def _unfetched(self) -> dict[str, list[Waiting]]:
        if self._late is None:
            self._late = {}
            for referral in self._referrals.unfetched(before=self._now - SHORTEST_WAIT):
                partner = self._config.partner(referral.partner)
                due = referral.issued_at + (timedelta(days=partner.fetch_within_days) if partner else SHORTEST_WAIT)
                case = self._cases.read(referral.case) if due <= self._now else None
                if case is not None:
                    self._late.setdefault(case.team, []).append(
                        Waiting(
                            cause="unfetched", subject=referral.id, case=case.case, tier=shown_tier(case.tier),
                            queue=shown_queue(case), due_at=due,
                        )
                    )  # fmt: skip
        return self._late
