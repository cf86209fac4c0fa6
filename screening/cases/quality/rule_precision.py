"""How often what a rule or an indicator raised was acted on, and how often it proved right: two figures, never mixed.

*Acted on* is the reviewers' judgement of what the rule showed them. *Confirmed* is a partner's or a senior's word
afterwards, over the cases that have one: those are mostly cases that were acted on, so that it says nothing of the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from screening.cases.quality.reviewed_case import ReviewedCase
from screening.statistics import Share

Sign = Literal["rule", "indicator"]
LEAST_CASES = 20
"""Decided cases below which no alarm is raised."""
DISMISSED_BOUND = 0.8
"""A default to be agreed with the team: four of five cases that come to nothing is where a sign costs more than it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignPrecision:
    """`acted_on` and `dismissed` of the decided cases that cite the sign; `confirmed` of those with an outcome.

    `dismissed` is what came to nothing in the end, so it isn't `acted_on` turned round where decisions were reversed.
    """

    sign: Sign
    name: str
    acted_on: Share
    dismissed: Share
    confirmed: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePrecision:
    """Most cited first. `alarms` are the rules and indicators whose lower bound of `dismissed` lies above the bound."""

    rules: tuple[SignPrecision, ...]
    indicators: tuple[SignPrecision, ...]
    alarms: tuple[SignPrecision, ...]


def rule_precision(
    cases: Iterable[ReviewedCase], *, bound: float = DISMISSED_BOUND, least: int = LEAST_CASES
) -> RulePrecision:
    """Of the decided cases about offers, but for the audit queue: nobody claimed that an unflagged offer's signs show anything."""
    decided = [case for case in cases if case.is_decided and case.judges_offer and case.queue != "audit"]
    rules = _signs("rule", ((name, case) for case in decided for name in case.rules))
    indicators = _signs("indicator", ((name, case) for case in decided for name in case.indicators))
    alarms = tuple(
        row for row in (*rules, *indicators) if row.dismissed.whole >= least and row.dismissed.low > bound
    )  # fmt: skip
    return RulePrecision(rules=rules, indicators=indicators, alarms=alarms)


def _signs(sign: Sign, cited: Iterable[tuple[str, ReviewedCase]]) -> tuple[SignPrecision, ...]:
    citing: defaultdict[str, list[ReviewedCase]] = defaultdict(list)
    for name, case in cited:
        citing[name].append(case)
    rows = [_row(sign, name, found) for name, found in citing.items()]
    return tuple(sorted(rows, key=lambda row: (-row.acted_on.whole, row.name)))


def _row(sign: Sign, name: str, cases: Sequence[ReviewedCase]) -> SignPrecision:
    return SignPrecision(
        sign=sign, name=name, acted_on=Share.where(case.acted_on for case in cases),
        dismissed=Share.where(case.stands_dismissed for case in cases),
        confirmed=Share.where(case.outcome == "confirmed" for case in cases if case.outcome is not None),
    )  # fmt: skip
