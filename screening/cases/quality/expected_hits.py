"""How many of a hundred offers shown are what they seem: measured once outcomes are known, else by Bayes' rule alone.

Before that nobody knows how rare such offers are on a platform, so that the table takes two base rates and the figures of
the evaluation (`reading_figures.json`). Its recall is that of *constructed* offers: the true one is unknown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from screening.cases.quality.reviewed_case import ReviewedCase
from screening.fields import Fields
from screening.statistics import Share

FIGURES = Path(__file__).with_name("reading_figures.json")
LEAST_OUTCOMES = 50
BASE_RATES = (1 / 1_000, 1 / 10_000)
"""One such offer in a thousand, and in ten thousand: assumptions, as no platform's rate is published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingFigures:
    """Of one evaluation: risky offers that came out at their tier, and ordinary ones that were flagged.

    `name` tells the pages which texts name the row ("figures.…").
    """

    name: str
    recall: Share
    false_alarms: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRow:
    """Risky offers among a hundred shown (0..100), with the range that the ends of both intervals give.

    `per_hundred` is None where no false alarm was counted: nought of some thousands isn't never.
    """

    figures: ReadingFigures
    base_rate: float
    per_hundred: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedHits:
    """`of_known` are the confirmed among the cases with an outcome, too many, as mostly those acted on get one; `of_shown`
    the confirmed among all decided, too few, as not every true one is confirmed. Both None before `LEAST_OUTCOMES` outcomes.
    """

    outcomes: int
    of_known: Share | None
    of_shown: Share | None
    table: tuple[ExpectedRow, ...]


@dataclass(frozen=True, slots=True)
class DatedFigures:
    source: str
    date: date
    figures: tuple[ReadingFigures, ...]


def expected_hits(
    cases: Iterable[ReviewedCase], figures: Sequence[ReadingFigures], *, base_rates: Sequence[float] = BASE_RATES
) -> ExpectedHits:
    """Of the flagged cases about offers; audit cases were never said to be any."""
    decided = [case for case in cases if case.is_decided and case.judges_offer and case.queue != "audit"]
    words = [case.outcome for case in decided if case.outcome is not None]
    confirmed = words.count("confirmed")
    known = len(words) >= LEAST_OUTCOMES
    return ExpectedHits(
        outcomes=len(words),
        of_known=Share(part=confirmed, whole=len(words)) if known else None,
        of_shown=Share(part=confirmed, whole=len(decided)) if known else None,
        table=tuple(_row(each, rate) for rate in base_rates for each in figures),
    )


def per_hundred(base_rate: float, recall: float, false_alarms: float) -> float:
    """Risky ones among a hundred offers shown, by Bayes' rule; all three figures 0..1. 0 where nothing is ever shown."""
    hits, alarms = base_rate * recall, (1 - base_rate) * false_alarms
    return 100 * hits / (hits + alarms) if hits + alarms else 0.0


def read_figures(path: Path = FIGURES) -> DatedFigures:
    """Raises PermanentError naming the field."""
    fields = Fields(json.loads(path.read_text("utf-8")), path.name)
    return DatedFigures(
        fields.text("source"), date.fromisoformat(fields.text("date")), fields.each("figures", _figures)
    )


def _row(figures: ReadingFigures, base_rate: float) -> ExpectedRow:
    recall, alarms = figures.recall, figures.false_alarms
    return ExpectedRow(
        figures=figures, base_rate=base_rate,
        per_hundred=per_hundred(base_rate, recall.value or 0.0, alarms.value or 0.0) if alarms.part else None,
        low=per_hundred(base_rate, recall.low, alarms.high), high=per_hundred(base_rate, recall.high, alarms.low),
    )  # fmt: skip


def _figures(item: object) -> ReadingFigures:
    fields = Fields(item, "figures")
    return ReadingFigures(
        name=fields.text("name"),
        recall=_share(fields.mapping("recall")),
        false_alarms=_share(fields.mapping("false_alarms")),
    )


def _share(item: object) -> Share:
    fields = Fields(item, "share")
    return Share(part=fields.integer("part"), whole=fields.integer("whole", least=1))
