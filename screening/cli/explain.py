"""`screening explain`: one post of a file, with every piece of evidence, what it counted for and what spoke against it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from screening.assessment.result import Assessment
from screening.assessment.screener import Screener
from screening.cli.scan import parse_mapping
from screening.cli.tables import TIER_STYLE
from screening.errors import NotFoundError
from screening.posts.files import read_file
from screening.posts.post import Post
from screening.posts.reading import LeftOut, ReadPost, Refused


@click.command()
@click.argument("file", type=click.Path(allow_dash=True))
@click.argument("post_id", metavar="ID")
@click.option("--format", "format_", default="auto", show_default=True, help="Feed format of the file.")
@click.option("--map", "mapping", callback=parse_mapping, metavar="FIELD=COLUMN,...", help="As in `screening scan`.")
@click.option("--at", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]), help="Score as of this moment (UTC).")
@click.option("--language", default="en", show_default=True, help="Language of the reasons (en, uk, ru, pl).")
@click.option("--json", "as_json", is_flag=True, help="Print the assessment as JSON.")
def explain(
    file: str, post_id: str, format_: str, mapping: dict[str, str], at: datetime | None, language: str, as_json: bool
) -> None:
    """Explain the assessment of the post ID in FILE: its text with the evidence marked, and what each sign counted for."""
    if file != "-" and not Path(file).is_file():
        raise click.BadParameter(f"{file}: no such file", param_hint="FILE")
    moment = at.replace(tzinfo=UTC) if at else datetime.now(UTC)
    post = _find(file, post_id, format_, mapping)
    assessment = Screener.load().assess(post, assessed_at=moment, reader_language=language)
    if as_json:
        click.echo(json.dumps(assessment.to_dict(), ensure_ascii=False, indent=2))
        return
    _show(Console(), post, assessment)


def _find(file: str, post_id: str, format_: str, mapping: dict[str, str]) -> Post:
    platform = Path(file).name.split(".")[0] if file != "-" else "stdin"
    for item in read_file(file, format=format_, mapping=mapping, platform=platform, on_bytes=None):
        if isinstance(item, ReadPost) and item.post.id == post_id:
            return item.post
        if isinstance(item, LeftOut) and item.id == post_id:
            raise NotFoundError(f"{file}: post {post_id} was left out: {item.reason}")
        if isinstance(item, Refused) and item.id == post_id:
            raise NotFoundError(f"{file}: post {post_id} was refused: field '{item.field}': {item.reason}")
    raise NotFoundError(f"{file}: no post with id {post_id}; `screening scan {file} --out -` lists the ids")


def _show(console: Console, post: Post, assessment: Assessment) -> None:
    console.print(
        Text.assemble(
            ("Tier ", "bold"),
            (assessment.tier, TIER_STYLE[assessment.tier]),
            f"   language {assessment.post.language or 'unknown'}",
            f"   sector {assessment.post.sector.name if assessment.post.sector else 'not told'}",
            f"   work in {assessment.post.work_country or 'not told'}",
        )
    )
    for reason in assessment.reasons:
        console.print(f"  • {reason}", markup=False, highlight=False)
    for name in ("title", "description"):
        text = Text(post.field_text(name))
        for evidence in assessment.evidence:
            if evidence.field == name:
                style = "reverse" if evidence.state == "stated" else "underline"
                text.stylize(style, evidence.start, evidence.end)
        if text.plain:
            console.print(f"\n[bold]{name}[/bold]")
            console.print(text)
    table = Table(title="\nEvidence", title_justify="left")
    for column in ("indicator", "state", "strength", "dimension", "words", "rule", "sources"):
        table.add_column(column, overflow="fold")
    for evidence in (*assessment.evidence, *assessment.protective):
        table.add_row(
            evidence.indicator, evidence.state, evidence.strength, evidence.dimension,
            Text(evidence.quote), evidence.rule, ", ".join(evidence.sources),
        )  # fmt: skip
    console.print(table)
    pay = assessment.pay
    console.print(f"Pay: {pay.verdict}", end="")
    if pay.monthly_eur and pay.reference:
        console.print(
            f"; about {_bound(pay.monthly_eur.min)}–{_bound(pay.monthly_eur.max)} EUR a month, against a minimum of "
            f"{_bound(pay.reference.minimum)} and a usual {_bound(pay.reference.typical)} ({pay.reference.source})",
            end="",
            markup=False,
        )
    console.print()


def _bound(value: float | None) -> str:
    return "?" if value is None else f"{value:,.0f}"
