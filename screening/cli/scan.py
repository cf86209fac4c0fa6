"""`screening scan`: score files of posts without any cloud, streaming, so that memory stays flat over a million lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from screening.assessment.result import Assessment, Tier
from screening.assessment.screener import Screener
from screening.assessment.weighing import TIER_ORDER
from screening.cli.report.page import write_report
from screening.cli.report.summary import Flagged, Summary
from screening.cli.tables import show_summary
from screening.posts.files import read_file
from screening.posts.post import Post
from screening.posts.reading import FORMATS, LeftOut, ReadPost, Refused

MAX_REFUSALS_SHOWN = 10


@dataclass(slots=True)
class ScanOptions:
    format: str = "auto"
    mapping: dict[str, str] = field(default_factory=dict)
    platform: str | None = None
    min_tier: Tier = "clear"
    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    language: str = "en"


def parse_mapping(_context: click.Context, _parameter: click.Parameter, text: str | None) -> dict[str, str]:
    """`title=job.title,description=intro+body` -> {"title": "job.title", "description": "intro+body"}."""
    mapping: dict[str, str] = {}
    for pair in filter(None, (text or "").split(",")):
        name, separator, column = pair.partition("=")
        if not separator or not name.strip() or not column.strip():
            raise click.BadParameter(
                f"'{pair}' is not FIELD=COLUMN; for example --map title=job.title,company=employer"
            )
        mapping[name.strip()] = column.strip()
    return mapping


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--format", "format_", default="auto", show_default=True, metavar="NAME",
              help="Feed format of the input: auto, " + ", ".join(sorted(FORMATS)) + ".")  # fmt: skip
@click.option("--map", "mapping", callback=parse_mapping, metavar="FIELD=COLUMN,...",
              help="Which column or key holds which field: title=job.title,description=intro+body,company=employer.")  # fmt: skip
@click.option("--platform", help="Name of the platform the posts come from; default the file's name.")
@click.option("--out", type=click.Path(dir_okay=False, allow_dash=True),
              help="Write one assessment a line (JSONL) here; '-' is standard output.")  # fmt: skip
@click.option("--report", type=click.Path(dir_okay=False),
              help="Write a self-contained HTML page here: what was flagged and why. It holds texts of posts.")  # fmt: skip
@click.option("--min-tier", type=click.Choice(["clear", "inconclusive", "watch", "review", "urgent"]), default="clear",
              show_default=True, help="Leave lower tiers out of --out.")  # fmt: skip
@click.option("--top", type=click.IntRange(0, 1000), default=20, show_default=True, help="Flagged posts to list.")
@click.option("--at", "at", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
              help="Score as of this moment (UTC) instead of now: dates are held against it.")  # fmt: skip
@click.option("--language", default="en", show_default=True, help="Language of the reasons (en, uk, ru, pl).")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no table.")
def scan(
    inputs: tuple[str, ...],
    format_: str,
    mapping: dict[str, str],
    platform: str | None,
    out: str | None,
    report: str | None,
    min_tier: Tier,
    top: int,
    at: datetime | None,
    language: str,
    quiet: bool,
) -> None:
    """Score posts in INPUT files ('-' reads standard input; .gz and .zst are read) and show what was flagged and why.

    \b
    screening scan posts.jsonl
    screening scan export.csv --map title=name,description=text,company=employer --report report.html
    screening scan result.json --out - --min-tier watch | jq .reasons
    """
    options = ScanOptions(
        format=format_,
        mapping=mapping,
        platform=platform,
        min_tier=min_tier,
        at=at.replace(tzinfo=UTC) if at else datetime.now(UTC),
        language=language,
    )
    _check_inputs(inputs)
    console = Console(stderr=True) if out == "-" else Console()
    summary = Summary(keep=max(top, 200 if report else 0))
    screener = Screener.load()
    with ExitStack() as stack:
        sink = _open_sink(out, stack)
        progress = stack.enter_context(_progress(inputs, quiet))
        for assessment, post in _assess_all(inputs, options, screener, summary, progress):
            if sink and TIER_ORDER[assessment.tier] >= TIER_ORDER[options.min_tier]:
                sink.write(json.dumps(assessment.to_dict(), ensure_ascii=False, separators=(",", ":")) + "\n")
            summary.add(Flagged(assessment, post))
    if report:
        write_report(Path(report), summary, versions=screener.versions, at=options.at, inputs=inputs)
    if not quiet:
        show_summary(console, summary, top=top)
        if report:
            console.print(f"Report: {report} (holds texts of posts: keep it as you keep them)")


def _assess_all(
    inputs: tuple[str, ...], options: ScanOptions, screener: Screener, summary: Summary, progress: Progress
) -> Iterator[tuple[Assessment, Post]]:
    for name in inputs:
        task = progress.add_task(Path(name).name if name != "-" else "standard input", total=_size(name))

        def advance(count: int, task: object = task) -> None:
            progress.advance(task, count)  # type: ignore[arg-type]

        for item in read_file(
            name,
            format=options.format,
            mapping=options.mapping,
            platform=options.platform or (Path(name).name.split(".")[0] if name != "-" else "stdin"),
            on_bytes=advance,
        ):
            if isinstance(item, ReadPost):
                yield screener.assess(item.post, assessed_at=options.at, reader_language=options.language), item.post
            elif isinstance(item, LeftOut):
                summary.left_out += 1
            elif isinstance(item, Refused):
                summary.refused += 1
                if len(summary.refusals) < MAX_REFUSALS_SHOWN:
                    summary.refusals.append(
                        f"{name}, item {item.id or item.index}: field '{item.field}': {item.reason}"
                    )


def _check_inputs(inputs: tuple[str, ...]) -> None:
    for name in inputs:
        if name != "-" and not Path(name).is_file():
            raise click.BadParameter(f"{name}: no such file", param_hint="INPUT")


def _open_sink(out: str | None, stack: ExitStack) -> IO[str] | None:
    if out is None:
        return None
    if out == "-":
        return sys.stdout
    return stack.enter_context(Path(out).open("w", encoding="utf-8"))


def _size(name: str) -> int | None:
    return Path(name).stat().st_size if name != "-" else None


def _progress(inputs: tuple[str, ...], quiet: bool) -> Progress:
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal or not inputs,
    )
