"""What an operator says about the contacts of a post, and how a post is taken out of the links."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click

from screening.cli.operate import connect, stack_options
from screening.counted import counted
from screening.errors import NotFoundError
from screening.links.known_items import OPINIONS, Opinion


@click.command()
@click.argument("platform")
@click.argument("post")
@click.option("--opinion", type=click.Choice(OPINIONS), required=True,
              help="possible_victim takes the contact out everywhere; cleared and disputed say nothing about later posts.")  # fmt: skip
@click.option("--case", "case", required=True, help="The case that it comes from, by its whole id.")
@click.option(
    "--source", type=click.Choice(["senior", "ngo", "police", "labour_inspectorate", "authority"]), required=True
)
@stack_options
def known(
    platform: str, post: str, opinion: Opinion, case: str, source: str, stack: str, endpoint: str | None
) -> None:  # fmt: skip
    """Remember for 90 days what people found out about the contacts of a POST of PLATFORM.

    It is a hint for the next post that bears one of them, never a restriction. A person who may be a victim is marked
    possible_victim: victims are made to post.

    \b
    screening known example-jobs 4711 --opinion confirmed --case 0d9f6a1e-5b0e-5c55-8e7f-6f0f1d8c3a21 --source police
    screening known example-jobs 4711 --opinion possible_victim --case 0d9f6a1e-5b0e-5c55-8e7f-6f0f1d8c3a21 --source ngo
    """
    operations = connect(stack, endpoint)
    if operations.cases.read(case) is None:
        raise NotFoundError(f"no case '{case}': give its whole id, as the address of its page in the console has it")
    contacts = operations.known_contacts.give((platform, post), opinion, case=case, source=source, at=datetime.now(UTC))
    click.echo(
        f"{counted(contacts, 'contact')} of {platform}/{post}: {opinion} until {datetime.now(UTC) + timedelta(days=90):%Y-%m-%d}"
    )


@click.command()
@click.argument("platform")
@click.argument("post")
@click.option(
    "--days", type=click.IntRange(1, 3650), default=730, show_default=True, help="How long nothing may link it again."
)
@stack_options
def unlink(platform: str, post: str, days: int, stack: str, endpoint: str | None) -> None:
    """Take a POST of PLATFORM out of the links: its memberships, its part of every profile, its place in a campaign.

    The post itself, its assessment and its case stay: they have retention clocks of their own.

    \b
    screening unlink example-jobs 4711
    """
    operations = connect(stack, endpoint)
    keys = operations.unlink((platform, post), until=datetime.now(UTC) + timedelta(days=days))
    click.echo(
        f"{platform}/{post}: taken out from under {counted(keys, 'key')}; not linked again for {counted(days, 'day')}"
    )
