"""How people answer golden cases: agreement with what is known, with its interval, and by week.

An answer agrees where its action is among the right ones. Few answers tell little: each share comes with its interval, and no
alarm is raised by it. `Share` and its Wilson interval are those of all metrics.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from markupsafe import Markup

from screening.cases.golden import GoldenAnswer
from screening.cases.svg import WIDTH, Words, dot, drawing, label, line, polyline
from screening.cases.vote import Action
from screening.statistics import Share

WEEKS_SHOWN = 12
_LEFT, _TOP, _TALL = 34, 12, 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """`first` is its Monday (UTC)."""

    first: date
    agreed: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldenFigures:
    """`acted` and `dismissed`: of the cases that were to be acted on, and to be dismissed. `by_action` is by the first right
    action, `by_sign` by what the case showed, the most answered first; `weeks` are the last ones without a gap."""

    answers: int
    agreed: Share
    acted: Share
    dismissed: Share
    by_action: tuple[tuple[Action, Share], ...]
    by_sign: tuple[tuple[str, Share], ...]
    weeks: tuple[Week, ...]


def golden_figures(answers: Iterable[GoldenAnswer], *, today: date) -> GoldenFigures:
    known = list(answers)
    return GoldenFigures(
        answers=len(known), agreed=_share(known),
        acted=_share([one for one in known if "dismiss" not in one.right]),
        dismissed=_share([one for one in known if "dismiss" in one.right]),
        by_action=_grouped(known, lambda one: one.right[:1]), by_sign=_grouped(known, lambda one: one.signs),
        weeks=_weeks(known, today),
    )  # fmt: skip


def by_person(answers: Iterable[GoldenAnswer]) -> tuple[tuple[str, Share], ...]:
    return _grouped(answers, lambda one: (one.actor,))


def drift_plot(weeks: Sequence[Week], *, words: Words, name: str = "drift") -> Markup:
    """Agreement week by week with its intervals; empty where fewer than two weeks have answers."""
    known = [week for week in weeks if week.agreed.value is not None]
    if len(known) < 2:
        return Markup("")
    wide = (WIDTH - _LEFT - 8) / len(weeks)

    def down(share: float) -> float:
        return _TOP + _TALL * (1 - share)

    parts = [line("chart-grid", _LEFT, down(at), WIDTH - 8, down(at), dash="2 4") for at in (0, 0.5, 1)]
    parts += [label(0, down(at) + 4, f"{round(100 * at)} %") for at in (0, 0.5, 1)]
    points = []
    for place, week in enumerate(weeks):
        if week.agreed.value is None:
            continue
        across = _LEFT + (place + 0.5) * wide
        parts.append(line("chart-acted", across, down(week.agreed.low), across, down(week.agreed.high)))
        parts.append(dot("chart-acted", across, down(week.agreed.value)))
        points.append((across, down(week.agreed.value)))
    parts.append(polyline("chart-acted", points, dash="1 3"))
    foot = _TOP + _TALL + 18
    parts += [
        label(_LEFT, foot, words.day(weeks[0].first)),
        label(WIDTH - 8, foot, words.day(weeks[-1].first), end=True),
    ]
    said = "; ".join(
        words(
            "quality.chart.week", day=words.day(week.first), part=words.number(week.agreed.part),
            whole=words.number(week.agreed.whole),
        )
        for week in known
    )  # fmt: skip
    return drawing(name, height=foot + 6, title=words("quality.chart"), description=f"{said}.", parts=parts)


def _share(answers: Iterable[GoldenAnswer]) -> Share:
    return Share.where(one.agrees for one in answers)


def _grouped[Key: str](
    answers: Iterable[GoldenAnswer], keys: Callable[[GoldenAnswer], Iterable[Key]]
) -> tuple[tuple[Key, Share], ...]:  # fmt: skip
    found: defaultdict[Key, list[GoldenAnswer]] = defaultdict(list)
    for one in answers:
        for key in keys(one):
            found[key].append(one)
    rows = [(key, _share(group)) for key, group in found.items()]
    return tuple(sorted(rows, key=lambda row: (-row[1].whole, row[0])))


def _weeks(answers: Sequence[GoldenAnswer], today: date) -> tuple[Week, ...]:
    monday = today - timedelta(days=today.weekday())
    firsts = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS_SHOWN))]
    days = [(one.at.astimezone(UTC).date(), one) for one in answers]
    return tuple(
        Week(first=first, agreed=_share(one for day, one in days if first <= day < first + timedelta(days=7)))
        for first in firsts
    )
