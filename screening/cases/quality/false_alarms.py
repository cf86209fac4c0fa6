"""How often what was flagged came to nothing, by rule, language and platform; beside it the same of the audit sample.

Two figures that are never mixed. *Flagged* are the cases that the screening raised: what was dismissed of these are its false
alarms. The *sample* are offers that it did not raise: what was dismissed of these it was right about. A rule with a high share in
both says nothing by being there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from screening.cases.quality.chart import MOST_ROWS, interval_rows
from screening.cases.quality.reviewed_case import ReviewedCase
from screening.cases.svg import Words
from screening.statistics import Share

AlarmBy = Literal["rule", "language", "platform"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRow:
    """`flagged` and `sample`: dismissed of decided. `name` is "" where the language isn't known."""

    by: AlarmBy
    name: str
    flagged: Share
    sample: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseAlarms:
    """Each with the most decided flagged cases first."""

    flagged: Share
    sample: Share
    by_rule: tuple[AlarmRow, ...]
    by_language: tuple[AlarmRow, ...]
    by_platform: tuple[AlarmRow, ...]


def false_alarms(cases: Iterable[ReviewedCase]) -> FalseAlarms:
    decided = [case for case in cases if case.is_decided]
    flagged, sample = [case for case in decided if case.is_flagged], [case for case in decided if in_sample(case)]

    def rows(by: AlarmBy, names: Callable[[ReviewedCase], Iterable[str]]) -> tuple[AlarmRow, ...]:
        ours, drawn = _grouped(flagged, names), _grouped(sample, names)
        found = [
            AlarmRow(by=by, name=name, flagged=_dismissed(ours.get(name, ())), sample=_dismissed(drawn.get(name, ())))
            for name in ours.keys() | drawn.keys()
        ]
        return tuple(sorted(found, key=lambda row: (-row.flagged.whole, -row.sample.whole, row.name)))

    return FalseAlarms(
        flagged=_dismissed(flagged), sample=_dismissed(sample), by_rule=rows("rule", lambda case: case.rules),
        by_language=rows("language", lambda case: (case.language or "",)),
        by_platform=rows("platform", lambda case: (case.platform,)),
    )  # fmt: skip


def in_sample(case: ReviewedCase) -> bool:
    return case.queue == "audit" and case.judges_offer and case.tier not in ("review", "urgent")


def alarms_plot(
    rows: Iterable[AlarmRow], *, words: Words, called: Callable[[AlarmRow], str], name: str = "alarms"
) -> Markup:
    """The first rows as intervals; empty of none. `called`: a row's name in the reader's words."""
    shown = [row for row in rows if row.flagged.whole or row.sample.whole][:MOST_ROWS]
    return interval_rows(
        [(called(row), row.flagged, row.sample) for row in shown], words=words, name=name, title="metrics.chart.alarms",
        key="metrics.chart.alarms_key", row_text="metrics.chart.alarm_text",
    )  # fmt: skip


def _grouped(
    cases: Iterable[ReviewedCase], names: Callable[[ReviewedCase], Iterable[str]]
) -> dict[str, list[ReviewedCase]]:
    found: defaultdict[str, list[ReviewedCase]] = defaultdict(list)
    for case in cases:
        for name in names(case):
            found[name].append(case)
    return found


def _dismissed(cases: Iterable[ReviewedCase]) -> Share:
    return Share.where(case.stands_dismissed for case in cases)
