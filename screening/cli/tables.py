"""Tables for the terminal."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from screening.cli.report.summary import Flagged, Summary
from screening.cli.visible import one_line, visible
from screening.counted import counted
from screening.values.evidence import Evidence
from screening.values.result import Assessment

TIER_STYLE = {"urgent": "bold red", "review": "yellow", "watch": "cyan", "inconclusive": "magenta", "clear": "green"}
MAX_SIGNS = 6
MAX_QUOTE = 40
MAX_TITLE = 60
_BAR = 24


def show_summary(console: Console, summary: Summary, *, top: int) -> None:
    """Counts by tier, what was refused and where, and the `top` flagged posts with their signs."""
    console.print(_counts(summary))
    notes = []
    if summary.left_out:
        notes.append(f"{summary.left_out:,} left out (no offers)")
    if summary.refused:
        notes.append(f"{summary.refused:,} refused (could not be read)")
    if summary.by_inconclusive:
        reasons = ", ".join(f"{n:,} {name.replace('_', ' ')}" for name, n in summary.by_inconclusive.most_common())
        where = " (--report lists them)" if summary.unjudged else ""
        notes.append(f"inconclusive by reason: {reasons}{where}")
    if notes:
        console.print("; ".join(notes), highlight=False)
    for line in summary.told():
        console.print(Text(f"  {visible(line)}", "red"))
    foremost = summary.foremost()[:top]
    if foremost:
        console.print()
        console.print(_flagged(foremost))
        hidden = sum(summary.by_tier[tier] for tier in ("urgent", "review", "watch")) - len(foremost)
        if hidden > 0:
            console.print(
                f"and {hidden:,} more: --top lists more of them, --report and --out keep them", highlight=False
            )
        console.print("`screening explain FILE ID` tells of one post what each sign counted for.", highlight=False)


def _counts(summary: Summary) -> Table:
    table = Table(
        title=f"{counted(summary.posts, 'post')} by tier",
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    table.add_column("tier")
    table.add_column("posts", justify="right")
    table.add_column("share", justify="right")
    table.add_column("")
    most = max(summary.by_tier.values(), default=0) or 1
    for tier, style in TIER_STYLE.items():
        count = summary.by_tier[tier]
        share = f"{count / summary.posts:.2%}" if summary.posts else "–"
        bar = "█" * max(1 if count else 0, round(_BAR * count / most))
        table.add_row(Text(tier, style), f"{count:,}", share, Text(bar, style))
    return table


def _flagged(items: list[Flagged]) -> Table:
    table = Table(
        title="Flagged, foremost first", title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False,
        show_lines=False,
    )  # fmt: skip
    table.add_column("tier", no_wrap=True)
    table.add_column("post", overflow="fold", max_width=30)
    table.add_column("matches these published warning signs", overflow="fold")
    for number, item in enumerate(items):
        assessment = item.assessment
        about = [visible(assessment.post.id), one_line(item.post.title, MAX_TITLE)]
        if assessment.act_by:
            about.append(f"act by {assessment.act_by}")
        if number:
            table.add_row()
        table.add_row(
            Text(assessment.tier, TIER_STYLE[assessment.tier]),
            Text.assemble((about[0], "bold"), *(f"\n{line}" for line in about[1:] if line)),
            _signs(assessment),
        )
    return table


def _signs(assessment: Assessment) -> Text:
    """One line per stated indicator, strongest first, with its words."""
    order = {"strong": 0, "medium": 1, "weak": 2}
    by_indicator: dict[str, Evidence] = {}
    for evidence in sorted(assessment.evidence, key=lambda e: order[e.strength]):
        if evidence.state == "stated":
            by_indicator.setdefault(evidence.indicator, evidence)
    stated = list(by_indicator.values())
    lines = []
    for evidence in stated[:MAX_SIGNS]:
        quote = one_line(evidence.quote, MAX_QUOTE)
        lines.append(Text.assemble(evidence.indicator, (f"  “{quote}”", "italic") if quote else ""))
    if len(stated) > MAX_SIGNS:
        lines.append(Text(f"and {len(stated) - MAX_SIGNS} more", "dim"))
    return Text("\n").join(lines)
