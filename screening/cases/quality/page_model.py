"""Everything the metrics page shows, as plain rows; words, formats and pictures are the templates'."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from screening.cases.case import Case
from screening.cases.quality.agreement import Agreement, agreement
from screening.cases.quality.expected_hits import DatedFigures, ExpectedHits, expected_hits
from screening.cases.quality.false_alarms import FalseAlarms, false_alarms
from screening.cases.quality.flow import Flow, case_flow
from screening.cases.quality.missed import MissedOffers, missed_offers
from screening.cases.quality.reviewed_case import reviewed
from screening.cases.quality.rule_precision import RulePrecision, rule_precision
from screening.cases.quality.tier_times import TierTimes, tier_times

DAYS_SHOWN = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricsPage:
    """`flow` covers the days from `first_day`; all else every case given, `cases` of them. `figures` are those of the table
    of expected hits, with their source and date.
    """

    made_at: datetime
    first_day: date
    cases: int
    flow: Flow
    agreement: Agreement
    rules: RulePrecision
    missed: MissedOffers
    expected: ExpectedHits
    figures: DatedFigures
    false_alarms: FalseAlarms
    tiers: tuple[TierTimes, ...]


def first_day_shown(now: datetime, days: int = DAYS_SHOWN) -> date:
    """Of the days that the flow shows, today among them."""
    return now.astimezone(UTC).date() - timedelta(days=days - 1)


def metrics_page(
    cases: Iterable[Case], figures: DatedFigures, *, now: datetime, days: int = DAYS_SHOWN
) -> MetricsPage:  # fmt: skip
    """The page of whatever cases lie within a person's reach; the caller reads no others. Merged cases are passed over.

    `figures` are `expected_hits.read_figures()`.
    """
    known = [reviewed(case) for case in cases if case.state != "merged"]
    first = first_day_shown(now, days)
    flow = case_flow(known, first=first, now=now)
    rules = rule_precision(known)
    return MetricsPage(
        made_at=now, first_day=first, cases=len(known), flow=flow, agreement=agreement(known), rules=rules,
        missed=missed_offers(known), expected=expected_hits(known, figures.figures), figures=figures,
        false_alarms=false_alarms(known), tiers=tier_times(known, now=now),
    )  # fmt: skip
