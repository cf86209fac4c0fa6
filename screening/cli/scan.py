"""`screening scan`: score files of posts without any cloud, streaming, so that memory stays flat over a million lines."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console

from screening.assessment.screener import Screener
from screening.assessment.stages import OPTIONAL
from screening.assessment.weighing import TIER_ORDER
from screening.cli.inputs import (
    Moment,
    check_distinct,
    check_inputs,
    check_output,
    check_report_language,
    input_options,
    language_option,
    refused_option,
)
from screening.cli.progress import json_line, open_sink, progress_bar, refused_sink, shown_name, size_of
from screening.cli.reading import STANDARD_INPUT, ScanOptions
from screening.cli.report.page import write_report
from screening.cli.report.summary import Summary
from screening.cli.scanning import scan_files
from screening.cli.tables import show_summary
from screening.errors import ScreeningError
from screening.values.result import Tier

POSTS_IN_REPORT = 200


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@input_options
@click.option("--out", type=click.Path(dir_okay=False, allow_dash=True),
              help="Write one assessment a line (JSONL) here; '-' is standard output.")  # fmt: skip
@click.option("--report", type=click.Path(dir_okay=False),
              help="Write a self-contained HTML page here: what was flagged and why. It holds texts of posts.")  # fmt: skip
@refused_option
@click.option("--min-tier", type=click.Choice(["clear", "inconclusive", "watch", "review", "urgent"]), default="clear",
              show_default=True, help="Leave lower tiers out of --out.")  # fmt: skip
@click.option("--top", type=click.IntRange(0, 1000), default=20, show_default=True, help="Flagged posts to list.")
@click.option("--at", "at", type=Moment(),
              help="Score as of this moment (UTC) instead of now: dates are held against it.")  # fmt: skip
@language_option
@click.option("--without", type=click.Choice(sorted(OPTIONAL)), multiple=True,
              help="Leave a stage of the assessment out, to see what it is worth (`screening explain --stages` lists them).")  # fmt: skip
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no table.")
def scan(
    inputs: tuple[str, ...],
    format_: str,
    mapping: dict[str, str],
    platform: str | None,
    out: str | None,
    report: str | None,
    refused_out: str | None,
    min_tier: Tier,
    top: int,
    at: datetime | None,
    language: str,
    without: tuple[str, ...],
    quiet: bool,
) -> None:
    """Score posts in INPUT files ('-' reads standard input; .gz and .zst are read) and show what was flagged and why.

    \b
    screening scan posts.jsonl
    screening scan export.csv --map title=name,description=text,company=employer --report report.html
    screening scan result.json --out - --min-tier watch | jq .reasons
    """
    check_inputs(inputs)
    check_output(out, inputs, "--out")
    check_output(report, inputs, "--report")
    if min_tier != "clear" and out is None:
        raise click.BadParameter("leaves tiers out of --out alone: say where with --out", param_hint="--min-tier")
    check_output(refused_out, inputs, "--refused")
    if report:
        check_report_language(language, "the report")
    check_distinct({"--out": out, "--report": report, "--refused": refused_out})
    options = ScanOptions(
        format=format_,
        mapping=mapping,
        platform=platform,
        min_tier=min_tier,
        at=at.replace(tzinfo=UTC) if at else datetime.now(UTC),
        language=language,
    )
    summary = Summary(keep=max(top, POSTS_IN_REPORT if report else 0))
    screener = Screener.load(without=without)
    with ExitStack() as stack:
        sink = open_sink(out, stack)
        refuse = refused_sink(refused_out, stack)
        bar = stack.enter_context(progress_bar(quiet))
        tasks = {name: bar.add_task(shown_name(name), total=size_of(name)) for name in inputs}

        def advance(name: str, count: int) -> None:
            bar.advance(tasks[name], count)

        for assessment in scan_files(inputs, options, screener, summary, advance, refuse):
            if sink and TIER_ORDER[assessment.tier] >= TIER_ORDER[options.min_tier]:
                sink.write(json_line(assessment.to_dict()))
    summary.check_any_read()
    if report:
        try:
            write_report(
                Path(report),
                summary,
                rules=screener.rules,
                versions=screener.versions,
                at=options.at,
                inputs=[shown_name(name) for name in inputs],
                most=POSTS_IN_REPORT,
                language=language,
            )
        except OSError as error:
            raise ScreeningError(f"{report}: {error.strerror or 'the report could not be written'}") from error
    if not quiet:
        console = Console(stderr=True) if out == STANDARD_INPUT else Console()
        show_summary(console, summary, top=top)
        if report:
            console.print(
                f"Report: {report} (holds texts of posts: keep it as you keep them)", markup=False, highlight=False
            )
    summary.check_all_read(len(inputs))
