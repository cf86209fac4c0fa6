"""`screening trial`: a platform holds the screening against its own history, offline, before it integrates anything."""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console

from screening.assessment.screener import Screener
from screening.cli.inputs import Moment, check_distinct, check_inputs, check_output, input_options, refused_option
from screening.cli.progress import open_sink, progress_bar, refused_sink, shown_name, size_of
from screening.cli.reading import STANDARD_INPUT, ScanOptions
from screening.cli.trial.budget import DEFAULT_BUDGET, DEFAULT_MINUTES, parse_budget
from screening.cli.trial.comparing import compare_files
from screening.cli.trial.decision_words import ACTED, KEPT, DecisionWords, decision_words, listed
from screening.cli.trial.decisions_file import read_decisions
from screening.cli.trial.figures import figures_of
from screening.cli.trial.page import write_trial_page
from screening.cli.trial.terminal import show_trial
from screening.errors import ScreeningError


def _budget(_context: click.Context, _parameter: click.Parameter, text: str) -> int:
    try:
        return parse_budget(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="POSTS...")
@click.option("--decisions", "decisions_file", required=True, metavar="OURS.csv",
              help="Your decisions: columns id and decision, perhaps decided_at and reason.")  # fmt: skip
@click.option("--acted", metavar="WORD,...",
              help=f"Your words that mean that you acted on a post; default {listed(ACTED)}.")  # fmt: skip
@click.option("--kept", metavar="WORD,...",
              help=f"Your words that mean that you looked and left it up; default {listed(KEPT)}.")  # fmt: skip
@click.option("--budget", default=f"{DEFAULT_BUDGET}/day", show_default=True, metavar="N/day", callback=_budget,
              help="Posts that your reviewers could look at in a day.")  # fmt: skip
@click.option("--minutes-per-case", "minutes", type=click.FloatRange(0.1, 600), default=DEFAULT_MINUTES, show_default=True,
              help="What one post takes a reviewer. The default is an assumption.")  # fmt: skip
@input_options
@click.option("--report", type=click.Path(dir_okay=False), default="trial.html", show_default=True,
              help="Write the self-contained HTML page here. It holds texts of posts.")  # fmt: skip
@click.option("--without-texts", is_flag=True, help="Leave texts of posts and your reasons out of the page.")
@click.option("--out", type=click.Path(dir_okay=False, allow_dash=True),
              help="Write the figures (JSON, no texts, no ids) here; '-' is standard output.")  # fmt: skip
@refused_option
@click.option("--at", "at", type=Moment(),
              help="Score posts without a date as of this moment (UTC) instead of now; others as of their own day.")  # fmt: skip
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no table.")
def trial(
    inputs: tuple[str, ...],
    decisions_file: str,
    acted: str | None,
    kept: str | None,
    budget: int,
    minutes: float,
    format_: str,
    mapping: dict[str, str],
    platform: str | None,
    report: str,
    without_texts: bool,
    out: str | None,
    refused_out: str | None,
    at: datetime | None,
    quiet: bool,
) -> None:
    """Hold the screening against your own decisions on POSTS that you have already moderated.

    It says what would have been caught that was missed, what you caught that would be missed, how both overlap with your
    rules (the posts' `signals`), what reviewing takes at a budget, and shows fifty disagreements to read. Everything stays
    on this machine. POSTS are read as `screening scan` reads them.

    OURS.csv has a line a post, in your own words; a post without a line has no decision, which counts as missing and not as
    "left up":

    \b
    id,decision,decided_at,reason
    8841,remove,2026-03-02T10:15:00Z,fees
    8842,approve,2026-03-02T10:17:00Z,

    \b
    screening trial posts.jsonl --decisions ours.csv --budget 200/day
    screening trial march.csv april.csv --map id=ad_id,title=name,description=body --decisions ours.csv --acted hide,ban
    screening trial posts.jsonl --decisions ours.csv --without-texts --out trial.json
    """
    check_inputs(inputs, "POSTS")
    if decisions_file == STANDARD_INPUT:
        raise click.BadParameter("must be a file", param_hint="--decisions")
    check_inputs([decisions_file], "--decisions")
    outputs = {"--report": report, "--out": out, "--refused": refused_out}
    for hint, name in outputs.items():
        check_output(name, (*inputs, decisions_file), hint)
    check_distinct(outputs)
    words = _words(acted, kept)
    moment = at.replace(tzinfo=UTC) if at else datetime.now(UTC)
    options = ScanOptions(format=format_, mapping=mapping, platform=platform, at=moment)
    names = [shown_name(name) for name in inputs]
    with ExitStack() as stack:
        sink = open_sink(out, stack)
        refuse = refused_sink(refused_out, stack)
        bar = stack.enter_context(progress_bar(quiet))
        task = bar.add_task(shown_name(decisions_file), total=size_of(decisions_file))
        decisions = read_decisions(decisions_file, words, lambda count: bar.advance(task, count))
        screener = Screener.load()
        tasks = {name: bar.add_task(shown_name(name), total=size_of(name)) for name in inputs}
        comparison = compare_files(
            inputs, decisions, options, screener, lambda name, count: bar.advance(tasks[name], count), refuse
        )
        placed = comparison.ranked.placed()
        if sink:
            figures = figures_of(
                comparison, placed, budget=budget, minutes=minutes, versions=screener.versions, inputs=names
            )
            sink.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")
    try:
        write_trial_page(
            Path(report),
            comparison,
            placed,
            budget=budget,
            minutes=minutes,
            rules=screener.rules,
            versions=screener.versions,
            at=moment,
            inputs=names,
            texts=not without_texts,
        )
    except OSError as error:
        raise ScreeningError(f"{report}: {error.strerror or 'the report could not be written'}") from error
    if not quiet:
        console = Console(stderr=True) if out == STANDARD_INPUT else Console()
        show_trial(console, comparison, placed, budget=budget, minutes=minutes)
        holds = "names ids of posts" if without_texts else "holds texts of posts: keep it as you keep them"
        console.print(f"Report: {report} ({holds})", markup=False, highlight=False)
    comparison.check_all_read(len(inputs))


def _words(acted: str | None, kept: str | None) -> DecisionWords:
    try:
        return decision_words(acted, kept)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--acted" if acted is not None else "--kept") from error
