"""The pictures of the metrics page, in the reader's words. Each says in words what it shows; the figures stand in tables beside them as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from screening.cases.quality.flow import DayFlow
from screening.cases.quality.rule_precision import SignPrecision
from screening.cases.svg import WIDTH, Words, bar, diamond, dot, drawing, label, line, polyline
from screening.statistics import Share

MOST_ROWS = 20
LONGEST_NAME = 40
_LEFT, _PANEL, _TOPS = 4, 70, (22, 128)
_ROW, _HEAD = 44, 46


def flow_chart(days: Sequence[DayFlow], *, words: Words, name: str = "flow") -> Markup:
    """All queues together, day by day: what came in and was decided as bars, below it what waited. Empty of no day."""
    inflow, decided, backlog = (_summed(days, field) for field in ("inflow", "decided", "backlog"))
    if not inflow:
        return Markup("")
    wide = (WIDTH - 2 * _LEFT) / len(inflow)
    parts = _panel(_TOPS[0], words("metrics.chart.flow_key"), max(*inflow.values(), *decided.values()), words)
    most = max(1, *inflow.values(), *decided.values())
    for place, day in enumerate(inflow):
        left, thick = _LEFT + place * wide, min(8.0, wide * 0.38)
        tall, other = _PANEL * inflow[day] / most, _PANEL * decided[day] / most
        parts.append(bar("chart-inflow", left + 1, _TOPS[0] + _PANEL - tall, thick, tall))
        parts.append(bar("chart-decided", left + 2 + thick, _TOPS[0] + _PANEL - other, thick, other, hollow=True))
    parts += _panel(_TOPS[1], words("metrics.chart.waiting"), max(backlog.values()), words)
    most = max(1, *backlog.values())
    points = [
        (_LEFT + (place + 0.5) * wide, _TOPS[1] + _PANEL * (1 - waiting / most))
        for place, waiting in enumerate(backlog.values())
    ]
    parts.append(polyline("chart-backlog", points))
    parts.append(dot("chart-backlog", *points[-1]))
    first, last = min(inflow), max(inflow)
    foot = _TOPS[1] + _PANEL + 16
    parts += [label(_LEFT, foot, words.day(first)), label(WIDTH - _LEFT, foot, words.day(last), end=True)]
    peak = max(backlog, key=lambda day: backlog[day])
    text = words(
        "metrics.chart.flow_text",
        first=words.day(first), last=words.day(last), came=words.number(sum(inflow.values())),
        decided=words.number(sum(decided.values())), waiting=words.number(backlog[last]),
        most=words.number(backlog[peak]), peak=words.day(peak),
    )  # fmt: skip
    return drawing(name, height=foot + 6, title=words("metrics.chart.flow"), description=text, parts=parts)


def precision_plot(rows: Sequence[SignPrecision], *, words: Words, name: str = "precision") -> Markup:
    """Acted on and confirmed with their intervals, the first `MOST_ROWS` rows; empty of none."""
    named = [(row.name, row.acted_on, row.confirmed) for row in rows[:MOST_ROWS]]
    return interval_rows(
        named, words=words, name=name, title="metrics.chart.rules", key="metrics.chart.rules_key",
        row_text="metrics.chart.rule_text",
    )  # fmt: skip


def interval_rows(
    rows: Sequence[tuple[str, Share, Share]], *, words: Words, name: str, title: str, key: str, row_text: str
) -> Markup:
    """Two shares a row, each with its interval. `title`, `key` and `row_text` name texts; the last takes name, acted and confirmed."""
    if not rows:
        return Markup("")
    height = _HEAD + _ROW * len(rows)
    parts = [label(_LEFT, 12, words(key))]
    for tenth in (0, 5, 10):
        at = _across(tenth / 10)
        parts.append(label(at, _HEAD - 14, f"{10 * tenth} %", end=tenth == 10, middle=tenth == 5))
    for place, (named, first, second) in enumerate(rows):
        top = _HEAD + place * _ROW
        # Between the names: a line through a word makes it hard to read.
        parts += [line("chart-grid", _across(at), top + 15, _across(at), top + 41, dash="2 4") for at in (0, 0.5, 1)]
        parts.append(label(_LEFT, top + 11, _shortened(named)))
        parts += _interval("chart-acted", first, top + 22, hollow=False)
        parts += _interval("chart-confirmed", second, top + 35, hollow=True)
    said = (
        words(row_text, name=named, acted=_said(first, words), confirmed=_said(second, words))
        for named, first, second in rows
    )
    return drawing(name, height=height, title=words(title), description=f"{'; '.join(said)}.", parts=parts)


def _interval(css: str, share: Share, y: float, *, hollow: bool) -> list[Markup]:
    if share.value is None:
        return []
    low, high = _across(share.low), _across(share.high)
    ends = [line(css, at, y - 3, at, y + 3) for at in (low, high)]
    # The mark of a share that isn't filled must not have the line run through it.
    middle = _across(share.value)
    gap = 5.0 if hollow else 0.0
    lines = [line(css, low, y, max(low, middle - gap), y), line(css, min(high, middle + gap), y, high, y)]
    return [*lines, *ends, diamond(css, middle, y) if hollow else dot(css, middle, y)]


def _panel(top: float, title: str, most: int, words: Words) -> list[Markup]:
    return [
        label(_LEFT, top - 8, title),
        label(WIDTH - _LEFT, top - 8, words("metrics.chart.most", n=words.number(most)), end=True),
        line("chart-axis", _LEFT, top + _PANEL, WIDTH - _LEFT, top + _PANEL),
    ]


def _summed(days: Sequence[DayFlow], field: str) -> dict[date, int]:
    found: defaultdict[date, int] = defaultdict(int)
    for row in days:
        found[row.day] += getattr(row, field)
    return dict(sorted(found.items()))


def _across(share: float) -> float:
    return 8 + (WIDTH - 16) * share


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _said(share: Share, words: Words) -> str:
    if share.value is None:
        return words("metrics.chart.none_known")
    return words("metrics.chart.part", part=words.number(share.part), whole=words.number(share.whole))
