"""Decisions as data: for learning from them, and for a platform's transparency report."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import click

from screening.cli.inputs import Moment
from screening.cli.operate import connect, require_platform, stack_options
from screening.cli.progress import progress_bar
from screening.cli.whole_file import tell_written, whole_file
from screening.counted import counted
from screening.referrals.transparency_report import report_csv, transparency_report
from screening.workflows.decided_cases import decided_since, decision_row, moderated_cases, moderated_offers

DAY = Moment(day_alone=True)


@click.group()
def decisions() -> None:
    """What people decided, without texts or names: rows for training, figures for a transparency report."""


@decisions.command()
@click.option("--out", required=True, type=click.Path(dir_okay=False), help="File for the JSON lines.")
@click.option("--days", type=click.IntRange(1, 183), default=183, show_default=True, help="How far to look back.")
@click.option("-q", "--quiet", is_flag=True, help="No progress bar.")
@stack_options
def export(out: str, days: int, quiet: bool, stack: str, endpoint: str | None) -> None:
    """Write one JSON line for each decided case: evidence by name, tier, decision, outcome, and how it was drawn.

    \b
    screening decisions export --out decisions.jsonl
    """
    operations = connect(stack, endpoint)
    since = datetime.now(UTC) - timedelta(days=days)
    decided = decided_since(operations.cases, operations.review_teams(), since=since)
    with whole_file(out) as sink, progress_bar(quiet) as progress:
        task = progress.add_task("decided cases", total=None)
        count = 0
        for case in decided:
            click.echo(json.dumps(decision_row(case), ensure_ascii=False), file=sink)
            count += 1
            progress.advance(task)
    tell_written(out, f"{counted(count, 'decided case')} of the last {counted(days, 'day')}")


@decisions.command(name="transparency-report")
@click.argument("platform")
@click.option("--from", "since", type=DAY, required=True, help="First day, UTC.")
@click.option("--until", type=DAY, required=True, help="The day after the last, UTC.")
@click.option("--public", is_flag=True, help="Hide counts below ten, as in a published report.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV instead of JSON.")
@stack_options
def report(
    platform: str, since: datetime, until: datetime, public: bool, as_csv: bool, stack: str, endpoint: str | None
) -> None:
    """Count PLATFORM's decisions for its transparency report (DSA art. 15 and 24): kind, source, action, time, complaints.

    Cases are kept half a year after their decision: count each half-year before it is over.

    \b
    screening decisions transparency-report jobs-pl --from 2026-07-01 --until 2027-01-01
    """
    first, end = since.replace(tzinfo=UTC), until.replace(tzinfo=UTC)
    if end <= first:
        raise click.BadParameter("must be after --from", param_hint="--until")
    operations = connect(stack, endpoint)
    require_platform(operations, platform)
    cases = list(moderated_cases(operations.cases, operations.review_teams(), since=first))
    counted = transparency_report(moderated_offers(cases, platform, since=first, until=end), public=public)
    click.echo(report_csv(counted) if as_csv else json.dumps(counted, indent=1, ensure_ascii=False))
