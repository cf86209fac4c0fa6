"""The page of a trial: one self-contained HTML file, readable without script and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from screening.cli.report.language_names import language_name
from screening.cli.report.page import ENVIRONMENT
from screening.cli.report.post_view import PostView, post_view
from screening.cli.trial.budget import PlacedPosts
from screening.cli.trial.comparing import Comparison
from screening.cli.trial.curve import HEIGHT, WIDTH, curve_of
from screening.cli.trial.disagreements import EACH_WAY, Disagreement
from screening.cli.trial.tally import TIERS, Cross, largest_first, tiers_of
from screening.cli.trial.wording import TOO_FEW, hours, interval, interval_of_few, notes, percent
from screening.cli.visible import one_line, visible
from screening.rules.compiled import CompiledRules, Indicator
from screening.statistics import Share
from screening.values.result import Versions

MOST_ROWS = 30
_KEPT, _ACTED, _NOBODY = "You left it up", "You acted", "Nobody decided"


@dataclass(frozen=True, slots=True)
class FigureTable:
    """`columns` name the cells after the first of each row, which is its head; `more` counts the rows left out."""

    title: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class ShownDisagreement:
    id: str
    tier: str
    theirs: str  # what the platform did, in our words and in its own
    reason: str
    signals: str
    signs: str
    view: PostView | None  # None where texts are left out


def write_trial_page(
    target: Path,
    comparison: Comparison,
    placed: PlacedPosts,
    *,
    budget: int,
    minutes: float,
    rules: CompiledRules,
    versions: Versions,
    at: datetime,
    inputs: Sequence[str],
    texts: bool,
) -> None:
    """Write the page. With `texts` it holds adverts: whoever keeps it keeps personal data."""
    tally = comparison.tally
    ours, theirs = comparison.disagreements.to_read()
    page = ENVIRONMENT.get_template("trial.html").render(
        inputs=[visible(name) for name in inputs],
        at=at,
        texts=texts,
        whole=tally.whole,
        words=_words(comparison),
        notes=list(notes(comparison, placed)),
        refusals=[visible(line) for line in comparison.told()],
        interval=interval_of_few,
        cross=_cross_table(tally.whole),
        tiers=_tier_table(tally.by_tier),
        placed=placed,
        budget=placed.at(budget, minutes),
        minutes=f"{minutes:g}",
        hours=hours,
        percent=percent,
        too_few=TOO_FEW,
        curve=curve_of(placed, budget),
        width=WIDTH,
        height=HEIGHT,
        budgets=_budget_table(placed, budget, minutes),
        signals=_signal_table(comparison) if tally.by_signal else None,
        languages=_group_table("Posts by language", "language", largest_first(tally.by_language), language_name),
        sectors=_group_table("Posts by sector", "sector", largest_first(tally.by_sector), lambda name: name.replace("_", " ")),
        ours=[_shown(found, rules.indicators, texts=texts) for found in ours],
        theirs=[_shown(found, rules.indicators, texts=texts) for found in theirs],
        each_way=EACH_WAY,
        versions=versions,
    )  # fmt: skip
    target.write_bytes(page.encode("utf-8", "replace"))


def _words(comparison: Comparison) -> list[tuple[str, int]]:
    ordered = sorted(comparison.decisions.words.items(), key=lambda entry: (-entry[1], entry[0]))
    return [(one_line(word, 40) or "no word", count) for word, count in ordered[:MOST_ROWS]]


def _cross_table(whole: Cross) -> FigureTable:
    rows = (
        (_ACTED, whole.acted_flagged, whole.acted_unflagged, whole.acted_found),
        (_KEPT, whole.kept_flagged, whole.kept_unflagged, whole.kept_found),
        (_NOBODY, whole.undecided_flagged, whole.undecided_unflagged, whole.undecided_found),
    )
    return FigureTable(
        "Your decisions against our flags (review or urgent)",
        "your decision",
        ("we flag it", "we don't", "posts", "share that we flag"),
        tuple(
            (name, f"{flagged:,}", f"{unflagged:,}", f"{flagged + unflagged:,}", interval_of_few(share))
            for name, flagged, unflagged, share in rows
        ),
    )


def _tier_table(by_tier: Mapping[str, Cross]) -> FigureTable:
    rows = tuple(
        (name, f"{cross.posts:,}", f"{cross.acted:,}", f"{cross.kept:,}", f"{cross.undecided:,}", interval(cross.acted_share))
        for name, cross in tiers_of(dict(by_tier))
    )  # fmt: skip
    columns = ("posts", "you acted", "you left it up", "nobody decided", "of the decided, acted on")
    return FigureTable("Posts of each tier, and what you did with them", "tier", columns, rows)


def _budget_table(placed: PlacedPosts, budget: int, minutes: float) -> FigureTable:
    rows = []
    for step in placed.steps(budget):
        row = placed.at(step, minutes)
        rows.append(
            (
                f"{step:,}{' (yours)' if step == budget else ''}",
                f"{row.shown:,}",
                *(f"{row.by_tier[tier]:,}" for tier in TIERS[:3]),
                f"{row.flagged.part:,} of {row.flagged.whole:,}",
                interval(row.acted),
                percent(row.by_chance) if row.by_chance is not None else TOO_FEW,
                hours(row.flagged_hours),
                hours(row.hours),
            )
        )
    time = "a week" if placed.dated_days else "in all"
    columns = (
        "posts seen", *TIERS[:3], "our flags seen", "your actions seen", "by chance", f"hours {time}, flags alone", f"hours {time}",
    )  # fmt: skip
    return FigureTable("What a budget shows", "posts a day", columns, tuple(rows))


def _signal_table(comparison: Comparison) -> FigureTable:
    tally = comparison.tally
    named = largest_first(tally.by_signal)
    rows = [
        ("any of them", tally.with_signals),
        ("none of them", tally.without_signals),
        *((one_line(name, 60), cross) for name, cross in named[:MOST_ROWS]),
    ]
    columns = (
        "posts",
        "we flag",
        "share that we flag",
        "you acted",
        "we flag and you acted",
        "you acted, we don't flag",
    )
    return FigureTable(
        "Posts with each of your signals", "signal", columns,
        tuple(
            (name, f"{cross.posts:,}", f"{cross.flagged:,}", interval(_flagged_share(cross)), f"{cross.acted:,}",
             f"{cross.acted_flagged:,}", f"{cross.acted_unflagged:,}")
            for name, cross in rows
        ),
        more=max(0, len(named) - MOST_ROWS),
    )  # fmt: skip


def _group_table(title: str, kind: str, groups: list[tuple[str, Cross]], name_of: Callable[[str], str]) -> FigureTable:
    columns = ("posts", "we flag", "you acted", "of your actions, we flag", "of what you left up, we flag", "agreement")
    return FigureTable(
        title, kind, columns,
        tuple(
            (name_of(name), f"{cross.posts:,}", f"{cross.flagged:,}", f"{cross.acted:,}", interval(cross.acted_found),
             interval(cross.kept_found), interval(cross.agreement))
            for name, cross in groups[:MOST_ROWS]
        ),
        more=max(0, len(groups) - MOST_ROWS),
    )  # fmt: skip


def _flagged_share(cross: Cross) -> Share:
    return Share(part=cross.flagged, whole=cross.posts)


def _shown(found: Disagreement, indicators: Mapping[str, Indicator], *, texts: bool) -> ShownDisagreement:
    assessment, decision = found.item.assessment, found.decision
    what = {"acted": _ACTED, "kept": _KEPT, None: _NOBODY}[decision.outcome]
    return ShownDisagreement(
        id=one_line(assessment.post.id, 120),
        tier=assessment.tier,
        theirs=f"{what} (“{one_line(decision.word, 40)}”)" if decision.word else what,
        reason=decision.reason if texts else "",
        signals=", ".join(one_line(name, 60) for name in found.signals),
        signs="; ".join(_titles((e.indicator for e in assessment.evidence if e.state == "stated"), indicators)),
        view=post_view(found.item, indicators) if texts else None,
    )


def _titles(names: Iterable[str], indicators: Mapping[str, Indicator]) -> list[str]:
    return [indicators[name].title if name in indicators else name.replace("_", " ") for name in dict.fromkeys(names)]
