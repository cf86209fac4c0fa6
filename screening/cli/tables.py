"""Tables for the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from screening.assessment.result import Assessment
from screening.cli.report.summary import Summary

TIER_STYLE = {"urgent": "bold red", "review": "yellow", "watch": "cyan", "inconclusive": "magenta", "clear": "green"}
MAX_QUOTES = 3


def show_summary(console: Console, summary: Summary, *, top: int) -> None:
    counts = Table(title="Posts by tier", title_justify="left")
    counts.add_column("tier")
    counts.add_column("posts", justify="right")
    counts.add_column("share", justify="right")
    for tier in TIER_STYLE:
        count = summary.by_tier[tier]
        share = f"{count / summary.posts:.2%}" if summary.posts else "–"
        counts.add_row(Text(tier, style=TIER_STYLE[tier]), str(count), share)
    console.print(counts)
    if summary.left_out or summary.refused:
        console.print(f"{summary.left_out} left out (no offer), {summary.refused} refused")
    for refusal in summary.refusals:
        console.print(f"  refused: {refusal}", style="red", markup=False, highlight=False)
    foremost = summary.foremost()[:top]
    if not foremost:
        return
    table = Table(title="Flagged, foremost first", title_justify="left", show_lines=True)
    table.add_column("tier", no_wrap=True)
    table.add_column("post", overflow="fold", max_width=28)
    table.add_column("matches these published warning signs", overflow="fold")
    for item in foremost:
        assessment = item.assessment
        table.add_row(
            Text(assessment.tier, style=TIER_STYLE[assessment.tier]),
            Text(f"{assessment.post.id}\n{item.post.title[:60]}"),
            Text("\n".join(quote_lines(assessment))),
        )
    console.print(table)


def quote_lines(assessment: Assessment) -> list[str]:
    """One line per stated indicator, strongest first, with its words."""
    order = {"strong": 0, "medium": 1, "weak": 2}
    stated = sorted((e for e in assessment.evidence if e.state == "stated"), key=lambda e: order[e.strength])
    seen: dict[str, str] = {}
    for evidence in stated:
        quote = " ".join(evidence.quote.split())
        seen.setdefault(evidence.indicator, f"{evidence.indicator}: “{quote}”" if quote else evidence.indicator)
    return list(seen.values())[: MAX_QUOTES * 2]
