"""How review teams work: what a day holds, how much of it is judged twice, and how much that is hard to read."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from screening.cases.golden import MOST_SHARE
from screening.cli.operate import connect, require_review_queue, stack_options
from screening.cli.visible import visible
from screening.errors import PermanentError
from screening.fields import rfc3339
from screening.workflows.records import Team


@click.group()
def teams() -> None:
    """Review teams: say how one works, list them."""


@teams.command(name="add")
@click.argument("team")
@click.option("--daily-budget", type=click.IntRange(1), help="Cases its queue shows as today's; all, unless given.")
@click.option("--no-daily-budget", is_flag=True, help="Show all again.")
@click.option(
    "--second-review-share", type=click.FloatRange(0, 1),
    help="Share of the decisions of one person that another judges blind; 0.1 for a new team.",
)  # fmt: skip
@click.option(
    "--severe-per-day", type=click.IntRange(0),
    help="Distressing texts that one person is shown unasked; 20 for a new team.",
)  # fmt: skip
@click.option(
    "--golden-share", type=click.FloatRange(0, MOST_SHARE),
    help="Share of the cases a person takes that are known ones, unmarked; 0.02 for a new team, 0 for none.",
)  # fmt: skip
@click.option(
    "--translation-characters", type=click.IntRange(0),
    help="Characters a month that its reviewers may have translated by machine; 0, as for a new team, switches it off.",
)  # fmt: skip
@stack_options
def add_team(
    team: str, daily_budget: int | None, no_daily_budget: bool, second_review_share: float | None,
    severe_per_day: int | None, golden_share: float | None, translation_characters: int | None,
    stack: str, endpoint: str | None,
) -> None:  # fmt: skip
    """Say how TEAM works, or change it; what isn't named stays as it is. Urgent cases are shown whatever the budget.

    \b
    screening teams add general --daily-budget 60 --second-review-share 0.1 --severe-per-day 15
    """
    if no_daily_budget and daily_budget is not None:
        raise click.UsageError("--daily-budget and --no-daily-budget can't both be meant")
    operations = connect(stack, endpoint)
    require_review_queue(operations, stack, team)
    administration = operations.administration
    known = {one.id: one for one in administration.teams()}.get(team, Team(id=team))
    administration.put_team(
        Team(
            id=team,
            daily_budget=None if no_daily_budget else daily_budget or known.daily_budget,
            second_review_share=known.second_review_share if second_review_share is None else second_review_share,
            severe_per_day=known.severe_per_day if severe_per_day is None else severe_per_day,
            golden_share=known.golden_share if golden_share is None else golden_share,
            translation_characters=known.translation_characters
            if translation_characters is None
            else translation_characters,
        )
    )
    click.echo(f"{team}: known to the functions within a minute")


@teams.command(name="policy")
@click.argument("team")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--version", type=click.IntRange(1), help="Show this version in place of the newest.")
@click.option("--withdraw", is_flag=True, help="Show none beside its cases any more; earlier versions are kept.")
@stack_options
def team_policy(
    team: str, file: Path | None, version: int | None, withdraw: bool, stack: str, endpoint: str | None
) -> None:
    """Set the policy text that stands beside TEAM's cases from FILE, or show it.

    Plain text, UTF-8, 20,000 characters at most: "# " begins a heading, "- " or "1. " a point of a list, an empty line a
    paragraph. Every version is kept, with who set it and when.

    \b
    screening teams policy general our-policy.txt
    """
    if sum((file is not None, version is not None, withdraw)) > 1:
        raise click.UsageError("FILE, --version and --withdraw can't be meant together")
    operations = connect(stack, endpoint)
    require_review_queue(operations, stack, team)
    administration = operations.administration
    if file is None and not withdraw:
        policy = administration.policy(team, version)
        if policy is None:
            raise click.ClickException(f"{team}: no such policy")
        click.echo(f"{team}: version {policy.version}, set by {policy.by} at {rfc3339(policy.at)}")
        click.echo(visible(policy.text) or "withdrawn")
        return
    try:
        text = file.read_text("utf-8-sig") if file is not None else ""
    except UnicodeDecodeError:
        raise click.ClickException(f"{file}: is no UTF-8 text") from None
    if file is not None and not text.strip():
        raise click.ClickException(f"{file}: is empty; --withdraw takes the policy back")
    try:
        policy = administration.put_policy(team, text)
    except PermanentError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{team}: version {policy.version}, known to the functions within a minute")


@teams.command(name="list")
@stack_options
def list_teams(stack: str, endpoint: str | None) -> None:
    """List the review teams. One that nobody said anything of works by the defaults."""
    administration = connect(stack, endpoint).administration
    known = {team.id: team for team in administration.teams()}
    table = Table("team", "cases a day", "judged twice", "distressing texts a day", "known cases", "translated a month")
    for name in administration.review_teams():
        team = known.get(name, Team(id=name))
        budget = "all" if team.daily_budget is None else str(team.daily_budget)
        table.add_row(
            team.id,
            budget,
            f"{team.second_review_share:.0%}",
            str(team.severe_per_day),
            f"{team.golden_share:.1%}",
            str(team.translation_characters or "off"),
        )
    Console().print(table)
