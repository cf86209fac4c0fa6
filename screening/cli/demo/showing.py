"""What the demo prints: tables of what was flagged, decided, fetched and changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from screening.assessment.weighing import TIER_ORDER
from screening.cli.demo.story import Figures, Story
from screening.cli.tables import TIER_STYLE
from screening.counted import counted
from screening.workflows.records import Partner

MAX_QUOTES = 4
MAX_QUOTE_CHARS = 60


def heading(console: Console, text: str) -> None:
    console.print()
    console.rule(f"[bold]{text}[/bold]", align="left")


def refused(console: Console, receipts: Sequence[Mapping[str, Any]]) -> None:
    for receipt in receipts:
        what = f"field '{receipt['field']}': " if receipt.get("field") else ""
        console.print(
            f"  {receipt['status']}: {receipt['platform']}/{receipt['id'] or '(no id)'}: {what}{receipt['reason']}",
            markup=False, highlight=False, style="dim",
        )  # fmt: skip


def tiers(console: Console, figures: Figures) -> None:
    line = Text("By tier: ")
    for tier, style in TIER_STYLE.items():
        line.append(f" {tier} {figures.by_tier.get(tier, 0)} ", style=style)
    console.print(line)


def flagged(console: Console, story: Story) -> None:
    """Each post at review or urgent with its quotes, as its platform reads it by signed request."""
    heads = [
        head for head in story.heads() if TIER_ORDER[head.tier] >= TIER_ORDER["review"] and head.status == "published"
    ]
    table = Table(show_lines=False, expand=True)
    table.add_column("tier", no_wrap=True)
    table.add_column("post", no_wrap=True)
    table.add_column("stated warning signs, with their words", ratio=1, overflow="fold")
    for head in sorted(heads, key=lambda head: (-TIER_ORDER[head.tier], -head.rank, head.key)):
        assessment = story.assessment(head.platform, head.id)
        table.add_row(
            Text(head.tier, style=TIER_STYLE[head.tier]), f"{head.platform}/{head.id}", Text(signs(assessment))
        )
    console.print(table)


def signs(assessment: Mapping[str, Any]) -> str:
    """`doc_retention “Passport stays with us” · …`, strongest first."""
    order = {"strong": 0, "medium": 1, "weak": 2}
    stated = [e for e in assessment["evidence"] if e["state"] == "stated" and e["quote"]]
    by_indicator: dict[str, str] = {}
    for evidence in sorted(stated, key=lambda e: order[e["strength"]]):
        quote = " ".join(evidence["quote"].split())
        by_indicator.setdefault(
            evidence["indicator"], quote if len(quote) <= MAX_QUOTE_CHARS else quote[: MAX_QUOTE_CHARS - 1] + "…"
        )
    return " · ".join(f"{name} “{quote}”" for name, quote in list(by_indicator.items())[:MAX_QUOTES])


def urgent_cases(story: Story, reviewer: str) -> Iterator[dict[str, Any]]:
    """The urgent cases on which the reviewer is offered a referral, in order of due time."""
    for line in story.cases(reviewer):
        if line["tier"] != "urgent":
            continue
        found = story.case(reviewer, line["case"])
        if "refer" in found["actions"]:
            yield found["case"]


def case_line(console: Console, case: Mapping[str, Any]) -> None:
    console.print(
        f"Case {case['case'][:8]}, post {case['platform']}/{case['post_id']}, tier {case['tier']}, due {case['due_at']}.",
        markup=False, highlight=False,
    )  # fmt: skip


def package(console: Console, partner: Partner, claim: Mapping[str, Any]) -> None:
    ticket, content = claim["ticket"], claim["package"]
    console.print(
        f"Its queue {partner.queue} holds a claim ticket: {', '.join(sorted(ticket))}. No text, no contact.",
        markup=False,
    )
    console.print("The package, fetched by signed request and acknowledged:")
    for name, value in content.items():
        shown = (
            ", ".join(sorted(value))
            if isinstance(value, dict)
            else counted(len(value), "item")
            if isinstance(value, list)
            else str(value)
        )
        console.print(f"  {name}: {shown[:110]}", markup=False, highlight=False)


def diff(console: Console, found: Mapping[str, Any]) -> None:
    moved = [line for line in found["posts"] if line["from"] != line["to"]]
    console.print(
        f"One rule was added and deployed. {found['scored']} live posts were scored again; {len(moved)} changed tier:"
    )
    table = Table("post", "before", "after")
    for line in moved:
        table.add_row(f"{line['platform']}/{line['id']}", *change_of(line))
    console.print(table)


def change_of(line: Mapping[str, Any]) -> tuple[Text, Text]:
    before, after = str(line["from"]), str(line["to"])
    return Text(before, style=TIER_STYLE.get(before, "")), Text(after, style=TIER_STYLE.get(after, ""))
