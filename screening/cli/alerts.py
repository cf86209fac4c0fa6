"""Channels on which teams are told what can't wait: add, list, test, remove."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import replace
from datetime import time
from typing import Any, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click

from screening.cases.alerts.channel import DAY_NAMES, EVERY_DAY, Breach, Channel, ChannelKind, QuietHours
from screening.cases.alerts.words import LANGUAGES
from screening.cli.operate import connect, require_review_queue, stack_options
from screening.cli.visible import visible

LONGEST_ADDRESS = 2_000
PRIVATE_NAMES = (".local", ".internal", ".localhost", ".lan")


@click.group()
def alerts() -> None:
    """Channels on which teams are told of urgent and overdue cases: add one, list, test or remove them."""


def _checked_name(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    """A topic and a secret bear it as well."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}", name) is None:
        raise click.BadParameter(f"'{name}' must be 1 to 63 letters, digits, '_' or '-', the first a letter or digit")
    return name


def _clock(_context: click.Context, _option: click.Parameter, value: str | None) -> time | None:
    return _time_of(value) if value is not None else None


def _time_of(value: str) -> time:
    try:
        hours, minutes = value.split(":")
        return time(int(hours), int(minutes))
    except ValueError:
        raise click.BadParameter(f"'{value}' is no time such as 22:00") from None


def _hours(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[time, time] | None:
    if value is None:
        return None
    begins, dash, ends = value.partition("-")
    if not dash:
        raise click.BadParameter(f"'{value}' is no span such as 22:00-07:00")
    return _time_of(begins), _time_of(ends)


def _zone(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise click.BadParameter(f"'{value}' is no IANA time zone such as Europe/Warsaw") from None
    return value


def checked_address(address: str) -> str:
    """An address that messages may go to. What a name leads to is checked once more at every call.

    Raises:
        click.BadParameter: without the address, which is a secret.
    """
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme != "https" or not host or port == 0 or parts.username is not None or len(address) > LONGEST_ADDRESS:
        raise click.BadParameter("the file must hold one address with https, without a name or password in it")
    if any(not " " < sign <= "~" for sign in address):
        raise click.BadParameter("the file must hold one address and nothing else")
    try:
        public = ipaddress.ip_address(host).is_global
    except ValueError:
        public = "." in host and not host.endswith(PRIVATE_NAMES)
    if not public:
        raise click.BadParameter("the address leads to a private network")
    return address


@alerts.command(name="add")
@click.argument("channel", callback=_checked_name)
@click.option("--kind", type=click.Choice(get_args(ChannelKind)), help="Needed for a new channel.")
@click.option("--team", help="Review team that it tells; needed for a new channel.")
@click.option(
    "--address-file", type=click.File("r"),
    help="File that holds the address of the webhook, - for standard input: it is a secret, and stands in no command.",
)  # fmt: skip
@click.option("--email", "emails", multiple=True, help="Who gets its e-mails, once they agreed to it; may be repeated.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Of its messages; en for a new channel.")
@click.option("--zone", callback=_zone, help="IANA time zone of its quiet hours and digest; UTC for a new channel.")
@click.option(
    "--group-minutes", type=click.IntRange(1, 120), help="At most one message in so many; 5 for a new channel."
)
@click.option("--quiet", callback=_hours, help="Hours in which little breaks through, as 22:00-07:00.")
@click.option(
    "--quiet-days", help="On which they begin, comma-separated: " + ", ".join(DAY_NAMES) + "; all unless given."
)
@click.option("--no-quiet", is_flag=True, help="No quiet hours any more.")
@click.option(
    "--breaks", help="What breaks through them, comma-separated: " + ", ".join(get_args(Breach)) + "; minor,due_soon for a new channel.",
)  # fmt: skip
@click.option("--digest-at", callback=_clock, help="When the day's figures are sent, as 08:00.")
@click.option("--no-digest", is_flag=True, help="No digest any more.")
@stack_options
def add_channel(
    channel: str, kind: Any, team: str | None, address_file: Any, emails: tuple[str, ...], language: str | None,
    zone: str | None, group_minutes: int | None, quiet: tuple[time, time] | None, quiet_days: str | None, no_quiet: bool,
    breaks: str | None, digest_at: time | None, no_digest: bool, stack: str, endpoint: str | None,
) -> None:  # fmt: skip
    """Add CHANNEL, or change it; of a known one what isn't named stays as it is.

    \b
    screening alerts add night-desk --kind email --team general --email anna@example.org --quiet 22:00-07:00 --zone Europe/Warsaw
    screening alerts add day-desk --kind slack --team general --address-file slack-address.txt --digest-at 08:00
    """
    if (no_quiet and (quiet or quiet_days)) or (no_digest and digest_at):
        raise click.UsageError("what is set and taken away at once can't both be meant")
    operations = connect(stack, endpoint)
    known = {one.name: one for one in operations.alerts.channels()}
    before = known.get(channel)
    if before is None and (kind is None or team is None):
        raise click.UsageError(f"there is no channel '{channel}' yet: a new one needs --kind and --team")
    if before is not None and kind not in (None, before.kind):
        raise click.BadParameter(f"'{channel}' is of kind {before.kind}: remove it first", param_hint="--kind")
    base = before or Channel(name=channel, team=team or "", kind=kind)
    if (address_file is not None) == (base.kind == "email") and (address_file is not None or before is None):
        raise click.UsageError("e-mail takes --email, every other kind --address-file")
    if emails and base.kind != "email":
        raise click.UsageError("--email is for channels of kind email")
    if base.kind == "email" and before is None and not emails:
        raise click.UsageError("a channel of kind email needs --email: nobody would hear of it")
    require_review_queue(operations, stack, team or base.team)
    changed = replace(
        base, team=team or base.team, language=language or base.language, zone=zone or base.zone,
        group_minutes=group_minutes or base.group_minutes, breaks=_breaks(breaks, base),
        digest_at=None if no_digest else digest_at or base.digest_at,
    )  # fmt: skip
    changed = replace(changed, quiet=None if no_quiet else _quiet(changed, quiet, quiet_days))
    address = checked_address(address_file.read().strip()) if address_file is not None else None
    secret = operations.alerts.add(changed, address=address, emails=emails)
    if secret is not None:
        click.echo(f"{channel}: {secret}")
        click.echo("Hand the secret over by a safe way; it signs every message of the channel.", err=True)
    click.echo(f"{channel}: tells team {changed.team} from the next minute on")
    if emails:
        click.echo("Each address gets a mail that asks whether it wants these messages.", err=True)


def _breaks(named: str | None, base: Channel) -> frozenset[Breach]:
    if named is None:
        return base.breaks
    words = {word.strip() for word in named.split(",") if word.strip()}
    unknown = sorted(words - set(get_args(Breach)))
    if unknown:
        raise click.BadParameter(
            f"no {', '.join(unknown)}; there are {', '.join(get_args(Breach))}", param_hint="--breaks"
        )
    return frozenset(name for name in get_args(Breach) if name in words)


def _quiet(channel: Channel, span: tuple[time, time] | None, days: str | None) -> QuietHours | None:
    before = channel.quiet
    if span is None and before is None:
        if days:
            raise click.UsageError("--quiet-days without --quiet: say from when to when")
        return None
    begins, ends = span if span is not None else (before.begins, before.ends) if before else (time(), time())
    names = [word.strip().lower() for word in days.split(",")] if days else []
    unknown = sorted(set(names) - set(DAY_NAMES))
    if unknown:
        raise click.BadParameter(
            f"no {', '.join(unknown)}; there are {', '.join(DAY_NAMES)}", param_hint="--quiet-days"
        )
    chosen = frozenset(map(DAY_NAMES.index, names)) if names else before.days if before else EVERY_DAY
    return QuietHours(zone=channel.zone, begins=begins, ends=ends, days=chosen)


@alerts.command(name="list")
@stack_options
def list_channels(stack: str, endpoint: str | None) -> None:
    """List the channels, without their addresses, each with what became of its last message."""
    administration = connect(stack, endpoint).alerts
    for channel in administration.channels():
        quiet, last = channel.quiet, administration.last(channel.name)
        click.echo(channel.name)
        days = ", ".join(DAY_NAMES[day] for day in sorted(quiet.days)) if quiet else ""
        for name, value in (
            ("kind", channel.kind), ("team", channel.team), ("language", channel.language), ("zone", channel.zone),
            ("at most one message in", f"{channel.group_minutes} min"),
            ("quiet", f"{quiet.begins:%H:%M}-{quiet.ends:%H:%M} on {days}" if quiet else ""),
            ("breaks through", ", ".join(sorted(channel.breaks)) if quiet else ""),
            ("digest at", f"{channel.digest_at:%H:%M}" if channel.digest_at else ""),
            ("last message", f"{last.kind} of {last.made_at:%Y-%m-%d %H:%M} UTC: {last.state}" if last else "none in the last day"),
            ("failure", visible(last.failure) if last else ""),
        ):  # fmt: skip
            if value:
                click.echo(f"  {name}: {value}")


@alerts.command(name="test")
@click.argument("channel")
@stack_options
def test_channel(channel: str, stack: str, endpoint: str | None) -> None:
    """Send a test message on CHANNEL: the function sends it within two minutes, on the way of all others."""
    connect(stack, endpoint).alerts.test(channel)
    click.echo(f"{channel}: a test message goes out within two minutes; screening alerts list tells what became of it")


@alerts.command(name="remove")
@click.argument("channel")
@stack_options
def remove_channel(channel: str, stack: str, endpoint: str | None) -> None:
    """Remove CHANNEL with its address, its subscriptions and what it still had to say."""
    connect(stack, endpoint).alerts.remove(channel)
    click.echo(f"{channel}: removed")
