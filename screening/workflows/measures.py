"""How a team judges, measured, and what its partners did with what they were given: for those who answer for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from screening.cases.case import Case
from screening.cases.people import MAY_SEE_MEASURES, Person
from screening.cases.quality.expected_hits import DatedFigures
from screening.cases.quality.page_model import DAYS_SHOWN, MetricsPage, metrics_page
from screening.ports import CaseStore, Clock, ReferralStore
from screening.workflows.case_queue import QueueFilters, check_team, waiting_cases
from screening.workflows.records import Referral

MEASURED_DAYS = DAYS_SHOWN
LOOKED_BACK = timedelta(days=183)
"""Decided cases are kept half a year (`Retention.cases_after_decision`)."""
MOST_CASES = 20_000
REFERRALS_FROM = 500
"""Cases whose referrals are listed."""


class ReadMeasures:
    def __init__(self, *, cases: CaseStore, clock: Clock, figures: DatedFigures) -> None:
        self._cases = cases
        self._clock = clock
        self._figures = figures

    def __call__(self, person: Person, team: str) -> MetricsPage:
        """Raises NotFoundError for another team's, PermissionDeniedError by role."""
        person.acting_role(MAY_SEE_MEASURES, "measures")
        check_team(person, team)
        now = self._clock.now()
        return metrics_page(measured_cases(self._cases, person, team, now), self._figures, now=now, days=MEASURED_DAYS)


def measured_cases(cases: CaseStore, person: Person, team: str, now: datetime) -> tuple[Case, ...]:
    """What the measures count: all that was decided in half a year or waits, within the person's reach. Merged ones are in it."""
    decided = cases.decided(team, since=now - LOOKED_BACK, limit=MOST_CASES)
    waiting = waiting_cases(cases, person, team, QueueFilters(), everything=True)
    return tuple({case.case: case for case in (*decided, *waiting) if person.reaches(case)}.values())


@dataclass(frozen=True, slots=True)
class ListedReferral:
    case: Case
    referral: Referral


class ListReferrals:
    """The referrals of a team's cases, the newest first."""

    def __init__(self, *, cases: CaseStore, referrals: ReferralStore, clock: Clock) -> None:
        self._cases = cases
        self._referrals = referrals
        self._clock = clock

    def __call__(self, person: Person, team: str) -> tuple[ListedReferral, ...]:
        """Raises NotFoundError for another team's, PermissionDeniedError by role."""
        person.acting_role(MAY_SEE_MEASURES | {"partner_liaison"}, "referrals")
        check_team(person, team)
        since: datetime = self._clock.now() - LOOKED_BACK
        waiting = waiting_cases(self._cases, person, team, QueueFilters(), everything=True)
        cases = [
            case for case in (*self._cases.decided(team, since=since, limit=MOST_CASES), *waiting) if case.referrals
        ]
        reached = [case for case in cases if person.reaches(case)][:REFERRALS_FROM]
        found = [
            ListedReferral(case, referral)
            for case in reached
            for identity in case.referrals
            if (referral := self._referrals.read(identity)) is not None
        ]
        return tuple(sorted(found, key=lambda one: (one.referral.issued_at, one.referral.id), reverse=True))
