"""The table of a trial on the terminal: the figures that decide whether to read on."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from screening.cli.report.language_names import language_name
from screening.cli.trial.budget import PlacedPosts
from screening.cli.trial.comparing import Comparison
from screening.cli.trial.tally import Cross, largest_first
from screening.cli.trial.wording import hours, interval, interval_of_few, notes, percent
from screening.cli.visible import one_line, visible
from screening.counted import counted

MOST_GROUPS = 8


def show_trial(console: Console, comparison: Comparison, placed: PlacedPosts, *, budget: int, minutes: float) -> None:
    whole = comparison.tally.whole
    console.print(_whole(whole))
    for note in notes(comparison, placed):
        console.print(note, highlight=False, markup=False)
    for line in comparison.told():
        console.print(f"  {visible(line)}", style="red", markup=False, highlight=False)
    console.print()
    console.print(_budgets(placed, budget, minutes))
    groups = [(language_name(name), cross) for name, cross in largest_first(comparison.tally.by_language)]
    console.print(_groups("language", groups))
    console.print(_groups("sector", largest_first(comparison.tally.by_sector)))
    if comparison.tally.by_signal:
        console.print(_groups("your signal", largest_first(comparison.tally.by_signal)))
    console.print(
        "Your decisions aren't the truth either: a flag that you left up may be a mistake of ours or something missed; "
        "reading the posts tells. Intervals are of 95 % (Wilson).",
        highlight=False,
    )


def _whole(whole: Cross) -> Table:
    table = _table(
        f"{counted(whole.posts, 'post')}, {whole.decided:,} of them decided", "", "posts", "of", "share (95 %)"
    )
    rows = (
        ("agreement", whole.agreement),
        ("  would be, if nothing were flagged", whole.agreement_of_silence),
        ("you acted, we flag too", whole.acted_found),
        ("you left it up, we flag (missed so far, or our mistake)", whole.kept_found),
        ("nobody decided, we flag (missing, not negative)", whole.undecided_found),
    )
    for name, share in rows:
        table.add_row(name, f"{share.part:,}", f"{share.whole:,}", interval_of_few(share))
    table.add_row("you acted, we don't flag (would be missed)", f"{whole.acted_unflagged:,}", f"{whole.acted:,}", "")
    return table


def _budgets(placed: PlacedPosts, budget: int, minutes: float) -> Table:
    time = "hours a week" if placed.dated_days else "hours in all"
    table = _table(
        f"At a budget ({minutes:g} {"minute" if minutes == 1 else "minutes"} a case: an assumption)",
        "posts a day", "our flags seen", "your actions seen", "by chance", f"{time}: flags", "all shown",
    )  # fmt: skip
    for step in placed.steps(budget):
        row = placed.at(step, minutes)
        table.add_row(
            f"{step:,}{' ◀' if step == budget else ''}", f"{row.flagged.part:,} of {row.flagged.whole:,}",
            f"{row.acted.part:,} of {row.acted.whole:,}" + (f", {percent(row.acted.value)}" if row.acted.value is not None else ""),
            percent(row.by_chance) if row.by_chance is not None else "–", hours(row.flagged_hours), hours(row.hours),
        )  # fmt: skip
    return table


def _groups(kind: str, groups: list[tuple[str, Cross]]) -> Table:
    table = _table("", kind, "posts", "we flag", "you acted", "of your actions, flagged", "of those left up, flagged")
    for name, cross in groups[:MOST_GROUPS]:
        table.add_row(
            Text(one_line(name.replace("_", " ") if kind == "sector" else name, 40)), f"{cross.posts:,}", f"{cross.flagged:,}",
            f"{cross.acted:,}", interval(cross.acted_found), interval(cross.kept_found),
        )  # fmt: skip
    if len(groups) > MOST_GROUPS:
        table.add_row(f"and {len(groups) - MOST_GROUPS:,} more", "", "", "", "", "")
    return table


def _table(title: str, first: str, *columns: str) -> Table:
    table = Table(title=title or None, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(first, overflow="fold")
    for name in columns:
        table.add_column(name, justify="right")
    return table
