"""Known cases from the command line: proposed from a file, listed, retired. A senior confirms each at the console."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console

from screening.cli.operate import connect, listing, stack_options
from screening.cli.visible import visible
from screening.counted import counted
from screening.errors import NotFoundError, PermanentError, ScreeningError
from screening.fields import Fields

NOT_ALL = 1


@click.group()
def golden() -> None:
    """Known cases, shown to reviewers unmarked to learn how they judge: propose from a file, list, retire."""


@golden.command(name="add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--by", "by", help="Who proposes, for the ledger; default: the account that runs this.")
@stack_options
@click.pass_context
def add_golden(context: click.Context, file: str, by: str | None, stack: str, endpoint: str | None) -> None:
    """Propose the decided cases of FILE, JSON lines with case, right (a list of actions) and why.

    They are shown to nobody before a senior of their team confirms them at the console. Exit 1 where some can't be proposed;
    each is named with the reason, and the others are.

    \b
    {"case": "0d9f6a1e-5b0e-5c55-8e7f-6f0f1d8c3a21", "right": ["remove"], "why": "It states unpaid weeks."}
    screening golden add known.jsonl
    """
    lines = list(_lines(Path(file)))  # before anything is written: a file that can't be read proposes nothing
    keep = connect(stack, endpoint).ledger.golden
    done = 0
    for number, case, right, why in lines:
        try:
            keep.propose(case, right=right, why=why, by=_who(by), at=datetime.now(UTC))
        except ScreeningError as error:
            click.echo(f"line {number}: {visible(str(error))}", err=True)
        else:
            done += 1
    click.echo(f"{counted(done, 'case')} proposed; a senior of the team confirms each at the console")
    if done < len(lines):
        context.exit(NOT_ALL)


@golden.command(name="list")
@click.argument("team")
@stack_options
def list_golden(team: str, stack: str, endpoint: str | None) -> None:
    """List the proposed and confirmed cases of TEAM."""
    operations = connect(stack, endpoint)
    if team not in operations.review_teams():
        raise NotFoundError(f"team '{team}': no such team; `screening teams list` names them")
    table = listing("case", "right actions", "state")
    for case, known, state in operations.ledger.golden.list(team):
        table.add_row(case, ", ".join(known.right), state)
    Console().print(table)


@golden.command(name="retire")
@click.argument("case")
@click.option("--by", "by", help="Who retires it, for the ledger; default: the account that runs this.")
@stack_options
def retire_golden(case: str, by: str | None, stack: str, endpoint: str | None) -> None:
    """Show CASE to nobody any more. What was answered stays."""
    connect(stack, endpoint).ledger.golden.retire(case, by=_who(by))
    click.echo(f"{case}: retired")


def _lines(path: Path) -> Iterator[tuple[int, str, tuple[str, ...], str]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            fields = Fields(json.loads(line), "line")
            yield number, fields.text("case", limit=100), fields.texts("right"), fields.text("why", limit=4_000)
        except ValueError:
            raise PermanentError(f"{path}, line {number}: is no JSON") from None
        except PermanentError as error:
            raise PermanentError(f"{path}, line {number}: {error.reason}") from None


def _who(by: str | None) -> str:
    return by or f"operator:{getpass.getuser()}"
