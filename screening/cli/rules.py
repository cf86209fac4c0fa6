"""`screening rules`: check packs, list indicators, try a text."""

from __future__ import annotations

from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from screening.assessment.indicators import find_indicators
from screening.errors import NotFoundError
from screening.posts.post import Post
from screening.rules.check import check_packs
from screening.rules.compiled import CompiledRules, Indicator
from screening.rules.faults import did_you_mean
from screening.rules.languages import LANGUAGE_BITS, LANGUAGES
from screening.rules.library import load_rules
from screening.text.reading import read_document

_LAST = ("marks", "protective")
"""Listed after the dimensions: what lowers, and building blocks."""


@click.group()
def rules() -> None:
    """Check rule packs, list the indicators, try a text against one."""


@rules.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...]) -> None:
    """Read all packs (or the FILES given), run every example; exit 1 where something is wrong.

    A fault names file, line and column, shows the line and says what was probably meant.
    """
    report = check_packs(files)
    click.echo(report.render())
    if not report.ok:
        context.exit(1)


@rules.command(name="list")
@click.argument("indicator", required=False)
def list_(indicator: str | None) -> None:
    """List the indicators by dimension, or one with its sources, reasons and phrases."""
    compiled = load_rules()
    console = Console()
    if indicator is not None:
        _show_one(console, compiled, _named(compiled, indicator))
        return
    console.print(_all(compiled))


@rules.command()
@click.argument("indicator")
@click.argument("text")
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of the text; told from the text by default.")
@click.option("--kind", type=click.Choice(["job", "accommodation", "transport"]), default="job", show_default=True)
def test(indicator: str, text: str, language: str | None, kind: str) -> None:
    """Say what the rules of INDICATOR find in TEXT, and whether as stated or denied."""
    compiled = load_rules()
    named = _named(compiled, indicator)
    post = Post(platform="test", id="test", kind=kind, description=text, language=language)  # type: ignore[arg-type]
    document = read_document(post)
    found = find_indicators(document, compiled, frozenset({f"kind.{kind}"}))
    own = [e for e in (*found.evidence, *found.protective) if e.indicator == named.id]
    click.echo(f"Read as {document.language.main or 'no language that can be told'}.")
    for evidence in own:
        click.echo(f"{evidence.state}: “{evidence.quote}” ({evidence.strength}, {evidence.rule})")
    if not own:
        click.echo(f"{named.id} is not found.")
        if named.id in found.marks:
            click.echo("It is set as a building block for other rules.")


def _all(compiled: CompiledRules) -> Table:
    table = Table(
        title=f"Rules {compiled.version}: {len(compiled.rules)} rules, {len(compiled.phrases):,} phrases",
        title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False,
    )  # fmt: skip
    for column in ("indicator", "code", "strength", "what it says"):
        table.add_column(column, overflow="fold")
    dimension = ""
    for item in sorted(compiled.indicators.values(), key=lambda i: (i.dimension in _LAST, i.dimension, i.id)):
        if item.dimension != dimension:
            if dimension:
                table.add_row()
            dimension = item.dimension
            table.add_row(Text(dimension, "bold"))
        table.add_row(f"  {item.id}", item.code, item.strength, Text(item.title))
    return table


def _named(compiled: CompiledRules, name: str) -> Indicator:
    found = compiled.indicators.get(name)
    if found is None:
        hint = did_you_mean(name, compiled.indicators) or "`screening rules list` names all"
        raise NotFoundError(f"no indicator '{name}'; {hint}")
    return found


def _show_one(console: Console, compiled: CompiledRules, indicator: Indicator) -> None:
    console.print(
        Text.assemble(
            (indicator.id, "bold"), f" {indicator.code}  {indicator.dimension}, {indicator.strength}\n{indicator.title}"
        )
    )
    for language, sentence in sorted(indicator.reasons.items()):
        console.print(Padding(Text(f"{language}: {sentence}"), (0, 0, 0, 2), expand=False))
    for key in indicator.sources:
        source = compiled.sources.get(key, {})
        console.print(
            Padding(
                Text(f"source {key}: {source.get('citation', '')} {source.get('url', '')}"), (0, 0, 0, 2), expand=False
            )
        )
    for number, rule in enumerate(compiled.rules):
        if rule.indicator != indicator.id:
            continue
        console.print(
            Text.assemble("\n", (rule.id, "bold"), f" {rule.strength}{' (conjunction)' if rule.when else ''}")
        )
        uses = [use for use in compiled.phrases if use.rule == number]
        for language in LANGUAGES:
            for role in ("phrases", "denied", "exclude"):
                texts = [use.text for use in uses if use.role == role and use.language == LANGUAGE_BITS[language]]
                if texts:
                    console.print(Text(f"  {language} {role}:"))
                for text in texts:
                    console.print(Padding(Text(text), (0, 0, 0, 4), expand=False))
