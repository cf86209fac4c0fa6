"""The metrics page as a file: one figure a line, so that a spreadsheet can sort and sum what it wants."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from screening.cases.quality.page_model import MetricsPage
from screening.statistics import Share

HEAD = ("table", "of", "figure", "value", "part", "whole", "low", "high")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would compute instead of showing it; a platform's name is not ours."""

Line = tuple[str, str, str, float | int | None, int | None, int | None, float | None, float | None]


def metrics_csv(page: MetricsPage) -> str:
    """With a line of names; shares 0..1 with their intervals of 95 %, minutes as decimals, nothing where nothing is known."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(HEAD)
    for table, of, figure, *numbers in _lines(page):
        writer.writerow([table, _plain(of), figure, *("" if number is None else _short(number) for number in numbers)])
    return written.getvalue()


def _lines(page: MetricsPage) -> Iterator[Line]:
    for row in (*page.flow.queues, page.flow.total):
        of = row.queue or "all"
        for name, count in (("came_in", row.inflow), ("decided", row.decided), ("waiting", row.backlog)):
            yield _number("flow", of, name, count)
        yield _share("flow", of, "in_time", row.in_time)
        yield _number("flow", of, "median_minutes", row.median_minutes)
        yield _number("flow", of, "p90_minutes", row.p90_minutes)
    for tier in page.tiers:
        yield _number("tiers", tier.tier, "first_looks_known", tier.looked)
        yield _number("tiers", tier.tier, "first_look_median_minutes", tier.median_minutes)
        yield _number("tiers", tier.tier, "first_look_p90_minutes", tier.p90_minutes)
        yield _share("tiers", tier.tier, "late", tier.late)
    alarms = page.false_alarms
    yield _share("false_alarms", "all", "flagged_dismissed", alarms.flagged)
    yield _share("false_alarms", "all", "sample_dismissed", alarms.sample)
    for alarm in (*alarms.by_rule, *alarms.by_language, *alarms.by_platform):
        yield _share(f"false_alarms_by_{alarm.by}", alarm.name, "flagged_dismissed", alarm.flagged)
        yield _share(f"false_alarms_by_{alarm.by}", alarm.name, "sample_dismissed", alarm.sample)
    for sign in (*page.rules.indicators, *page.rules.rules):
        table = f"{sign.sign}s"
        yield _share(table, sign.name, "acted_on", sign.acted_on)
        yield _share(table, sign.name, "dismissed", sign.dismissed)
        yield _share(table, sign.name, "confirmed", sign.confirmed)
    for missed in (page.missed.total, *page.missed.by_language):
        language = "all" if missed.language is None else missed.language
        for name, found in (("missed", missed.number), ("missed_rate", missed.rate)):
            if found is not None:
                yield "missed", language, name, found.value, None, None, found.low, found.high
    agreement = page.agreement
    yield _share("agreement", "all", "overturned", agreement.overturned)
    yield _share("agreement", "all", "overturned_on_appeal", agreement.on_appeal)
    yield _share("agreement", "all", "overturned_on_recheck", agreement.on_recheck)
    kappas = (("kappa_on_acting", agreement.total.on_acting), ("kappa_on_action", agreement.total.on_action))
    for name, kappa in kappas:
        yield "agreement", "all", name, kappa.value, kappa.same, kappa.pairs, kappa.low, kappa.high


def _number(table: str, of: str, figure: str, value: float | None) -> Line:
    return table, of, figure, value, None, None, None, None


def _share(table: str, of: str, figure: str, share: Share) -> Line:
    known = share.value is not None
    return (
        table,
        of,
        figure,
        share.value,
        share.part,
        share.whole,
        share.low if known else None,
        share.high if known else None,
    )


def _short(number: float) -> str:
    return str(number) if isinstance(number, int) else f"{number:.4f}".rstrip("0").rstrip(".")


def _plain(name: str) -> str:
    return f"'{name}" if name.startswith(FORMULA) else name
