"""What an operator does with a deployed stack: platforms, partners, rejected items, dead letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from screening.cli.visible import visible
from screening.counted import counted
from screening.errors import NotFoundError, ScreeningError
from screening.posts.generic import PLATFORM_RULE, is_platform
from screening.reference.member_states import is_member_state
from screening.referrals.disclosure import FIELDS
from screening.workflows.records import Partner, Platform
from screening.workflows.settings_rules import LONGEST_WAIT, PARTNER_QUEUES, is_address

if TYPE_CHECKING:
    from screening.aws.operations import Operations

FIRST_TEAM = "general"
UNKNOWN = "unknown"
QUEUES = ("posts", "intake", "assessed", "reports", "decided", "alerts")


def listing(*columns: str) -> Table:
    """A table that keeps its first column whole and folds the others: what ends in "…" can't be copied or searched for."""
    table = Table()
    for place, column in enumerate(columns):
        table.add_column(column, overflow="fold", no_wrap=place == 0)
    return table


def stack_options(command: Any) -> Any:
    command = click.option("--stack", default="screening", show_default=True, help="Name of the deployed stack.")(
        command
    )
    return click.option(
        "--endpoint", callback=_address, help="Address of a local emulator, as `screening demo` prints it."
    )(command)


def _address(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not is_address(value, "http", "https"):
        raise click.BadParameter(f"'{value}' is no address such as http://127.0.0.1:4566")
    return value


def connect(stack: str, endpoint: str | None) -> Operations:
    try:
        # boto3 takes a third of a second to import: only where it's needed.
        from screening.aws.operations import Operations
    except ModuleNotFoundError as error:
        raise ScreeningError(
            f"this command speaks to a deployed stack and needs '{error.name}': pip install '.[aws]', or make setup"
        ) from error
    return Operations.connect(stack, endpoint=endpoint)


def checked_name(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    """Platforms are named in addresses and in files, which take no other names."""
    if not is_platform(name):
        raise click.BadParameter(f"'{name}' {PLATFORM_RULE}")
    return name


def checked_webhook(_context: click.Context, _parameter: click.Parameter, address: str | None) -> str | None:
    """What no decision could ever be sent to is refused here, not when people have decided."""
    if address is not None and not is_address(address, "https"):
        raise click.BadParameter(f"'{address}': an address with https was expected")
    return address


@click.group()
def platforms() -> None:
    """Platforms that send posts: add one, rotate its secret, list them."""


@platforms.command(name="add")
@click.argument("platform", callback=checked_name)
@click.option("--team", help=f"Review team that gets its cases; {FIRST_TEAM} for a new platform.")
@click.option(
    "--webhook-url",
    callback=checked_webhook,
    help="Where it is told what people decided (https). Without one it is told nothing.",
)
@click.option("--no-webhook", is_flag=True, help="Forget that address: the platform is told nothing any more.")
@click.option(
    "--transparency/--no-transparency",
    default=None,
    help="It lets us send its removals to the DSA Transparency Database (docs/appeals.md).",
)
@click.option("--member-state", help="EU Member State where it is established, ISO 3166-1 alpha-2.")
@click.option("--active/--inactive", default=None, help="Take its posts, or refuse them from now on.")
@click.option("--rotate", is_flag=True, help="Make a second secret, valid beside the first until the next rotation.")
@stack_options
def add_platform(
    platform: str, team: str | None, webhook_url: str | None, no_webhook: bool, transparency: bool | None,
    member_state: str | None, active: bool | None, rotate: bool, stack: str, endpoint: str | None,
) -> None:  # fmt: skip
    """Add PLATFORM, or change it, and print its webhook secret (Standard Webhooks).

    Of a known platform what isn't named stays as it is.

    \b
    screening platforms add example-jobs --team general --webhook-url https://jobs.example.org/screening
    screening platforms add example-jobs --no-webhook
    screening platforms add example-jobs --rotate
    """
    if no_webhook and webhook_url is not None:
        raise click.UsageError("--no-webhook forgets the address, and --webhook-url sets one: give one of them")
    state = member_state.upper() if member_state else None
    if state is not None and not is_member_state(state):
        raise click.BadParameter(f"'{state}' is no Member State of the EU", param_hint="--member-state")
    operations = connect(stack, endpoint)
    administration = operations.administration
    known = {one.id: one for one in administration.platforms()}
    if rotate:
        _require(platform, list(known), "platform")
    before = known.get(platform, Platform(id=platform, team=FIRST_TEAM))
    changed = replace(
        before,
        team=team or before.team,
        active=before.active if active is None else active,
        webhook_url=None if no_webhook else webhook_url or before.webhook_url,
        transparency=before.transparency if transparency is None else transparency,
        member_state=state or before.member_state,
    )
    require_review_queue(operations, stack, changed.team)
    secret = administration.add_platform(changed)
    if rotate:
        secret = administration.rotate("platform", platform)
    click.echo(f"{platform}: {secret}")
    click.echo("Hand the secret over by a safe way; it signs everything the platform sends.", err=True)
    if changed.active and changed.webhook_url is None:
        click.echo(
            f"{platform} has no --webhook-url: it isn't told what people decide, and each decision it should hear of "
            "ends in the dead letters of 'decided'.",
            err=True,
        )


@platforms.command(name="list")
@stack_options
def list_platforms(stack: str, endpoint: str | None) -> None:
    """List the platforms, without their secrets."""
    table = listing("platform", "team", "active", "notices to", "transparency database", "member state")
    for platform in connect(stack, endpoint).administration.platforms():
        table.add_row(
            platform.id, platform.team, "yes" if platform.active else "no", Text(visible(platform.webhook_url or "")),
            "yes" if platform.transparency else "", platform.member_state or "",
        )  # fmt: skip
    Console().print(table)


@click.group()
def partners() -> None:
    """Partners that receive referrals after people decided: add one, rotate its secret, list them."""


@partners.command(name="add")
@click.argument("partner")
@click.option("--name", help="Full name, as reviewers see it.")
@click.option("--kind", type=click.Choice(["ngo", "police", "labour_inspectorate", "authority"]), required=True)
@click.option("--country", "countries", multiple=True, required=True, help="ISO 3166-1 alpha-2; may be repeated.")
@click.option("--legal-basis", required=True, help="The law or agreement under which it may receive data.")
@click.option("--purpose", default="fight against trafficking in human beings", show_default=True)
@click.option("--fields", default="evidence", show_default=True, help="What it may receive, comma-separated: " + ", ".join(FIELDS) + ".")  # fmt: skip
@click.option("--queue", help="Name of its queue (infra/partner.yaml); default screening-partner-PARTNER.")
@click.option("--expiry-days", type=click.IntRange(1, 183), default=30, show_default=True)
@click.option(
    "--immigration-enforcement", is_flag=True, help="It enforces immigration law: DSA article 18 notices only."
)
@click.option(
    "--format", "formats", multiple=True,
    help="How it may fetch packages beside plain JSON: html, stix, misp, entities, links; may be repeated.",
)  # fmt: skip
@click.option(
    "--fetch-within-days", type=click.IntRange(1, LONGEST_WAIT), default=3, show_default=True,
    help="How long a package may lie before somebody is alarmed, or the fallback gets it.",
)  # fmt: skip
@click.option("--fallback", help="Known partner of the same kind that gets what this one leaves lying.")
@click.option("--rotate", is_flag=True, help="Make a second secret for a known partner.")
@stack_options
def add_partner(
    partner: str, name: str | None, kind: Any, countries: tuple[str, ...], legal_basis: str, purpose: str, fields: str,
    queue: str | None, expiry_days: int, immigration_enforcement: bool, formats: tuple[str, ...], fetch_within_days: int,
    fallback: str | None, rotate: bool, stack: str, endpoint: str | None,
) -> None:  # fmt: skip
    """Add PARTNER, or change it, and print the secret that signs its requests. Deploy infra/partner.yaml for its queue first.

    Of a known partner, too, give all options: what is left out goes back to its default.

    \b
    screening partners add help-desk --kind ngo --country PL --legal-basis "Agreement of 2026-02-01" --fields evidence
    screening partners add help-desk --kind ngo --country PL --legal-basis "Agreement of 2026-02-01" --rotate
    """
    chosen = frozenset(field.strip() for field in fields.split(",") if field.strip())
    unknown = sorted(chosen - FIELDS.keys())
    if unknown:
        raise click.BadParameter(f"no field {', '.join(unknown)}; there are {', '.join(FIELDS)}", param_hint="--fields")
    from screening.referrals.formats import FORMATS  # its writers take longer to import than most commands to run

    unwritten = sorted(set(formats) - FORMATS.keys())
    if unwritten:
        raise click.BadParameter(
            f"no format {', '.join(unwritten)}; there are {', '.join(FORMATS)}", param_hint="--format"
        )
    operations = connect(stack, endpoint)
    administration = operations.administration
    if fallback is not None:
        kinds = {known.id: known.kind for known in administration.partners() if known.id != partner}
        _require(fallback, list(kinds), "partner")
        if kinds[fallback] != kind:
            raise click.BadParameter(
                f"'{fallback}' is of kind {kinds[fallback]}, and only {kind} stands in for {kind}",
                param_hint="--fallback",
            )
    if rotate:
        _require(partner, [known.id for known in administration.partners()], "partner")
        secret = administration.rotate("partner", partner)
    else:
        queue = queue or PARTNER_QUEUES + partner
        _require_partner_queue(operations, queue)
        secret = administration.add_partner(
            Partner(
                id=partner,
                name=name or partner,
                kind=kind,
                queue=queue,
                countries=tuple(country.upper() for country in countries),
                fields=chosen,
                legal_basis=legal_basis,
                purpose=purpose,
                expiry_days=expiry_days,
                immigration_enforcement=immigration_enforcement,
                formats=tuple(dict.fromkeys(("json", *formats))),
                fetch_within_days=fetch_within_days,
                fallback=fallback,
            )
        )
    click.echo(f"{partner}: {secret}")
    click.echo("Hand the secret over by a safe way; it signs everything the partner asks for.", err=True)


@partners.command(name="list")
@stack_options
def list_partners(stack: str, endpoint: str | None) -> None:
    """List the partners with what each may receive."""
    for partner in connect(stack, endpoint).administration.partners():
        # Nine columns fit no terminal: a partner is a paragraph, its name alone on a line.
        click.echo(partner.id)
        for name, value in (
            ("kind", partner.kind), ("countries", ", ".join(partner.countries)),
            ("may receive", ", ".join(sorted(partner.fields))), ("legal basis", visible(partner.legal_basis)),
            ("notices only", "yes" if partner.immigration_enforcement else ""), ("formats", ", ".join(partner.formats)),
            ("fetches within", counted(partner.fetch_within_days, "day")), ("fallback", partner.fallback or ""),
        ):  # fmt: skip
            if value:
                click.echo(f"  {name}: {value}")


@click.command()
@click.argument("platform")
@click.option("--days", type=click.IntRange(1, 30), default=7, show_default=True, help="How far to look back.")
@click.option("--limit", type=click.IntRange(1, 1000), default=100, show_default=True)
@stack_options
def rejected(platform: str, days: int, limit: int, stack: str, endpoint: str | None) -> None:
    """List items of PLATFORM that could not be read, newest first, each with field and reason.

    What can't be told to be any platform's stands under the name 'unknown'.
    """
    since = datetime.now(UTC) - timedelta(days=days)
    operations = connect(stack, endpoint)
    if platform != UNKNOWN:
        require_platform(operations, platform)
    table = listing("received (UTC)", "item", "field", "reason", "source")
    for item in operations.posts.list_rejected(platform, since=since, limit=limit):
        table.add_row(
            item.received_at.strftime("%Y-%m-%d %H:%M"),
            *(Text(visible(shown)) for shown in (item.id, item.field, item.reason, item.source)),
        )
    Console().print(table)


@click.command()
@click.argument("queue", type=click.Choice(QUEUES))
@click.option("--dry-run", is_flag=True, help="Say what would be sent back, and send nothing.")
@click.option("--limit", type=click.IntRange(1, 1000), default=100, show_default=True)
@stack_options
def redrive(queue: str, dry_run: bool, limit: int, stack: str, endpoint: str | None) -> None:
    """Send the dead letters of QUEUE back to it. What can't be read stays, since it would only die again.

    Lists ids, never a post's text: messages are sealed. Why they died stands in the function's log.
    """
    letters, redrive_letters = connect(stack, endpoint).dead_letters(queue)
    try:
        lines = redrive_letters(dry_run=dry_run, limit=limit)
    finally:
        letters.release()
    for line in lines:
        verb = "sent back" if line.sent_back else "would be sent back" if line.readable else "stays"
        click.echo(f"{verb}: {visible(line.about)}")
    sent = sum(line.sent_back for line in lines)
    click.echo(f"{counted(len(lines), 'dead letter')}, {sent} sent back" + (" (dry run)" if dry_run else ""))


def require_review_queue(operations: Operations, stack: str, team: str) -> None:
    """Raises NotFoundError where nobody would hear of the team's cases."""
    if not operations.has_review_queue(team):
        raise NotFoundError(
            f"team '{team}' has no review queue: its cases would wait for ever. Add a queue named {stack}-review-{team} "
            "to template.yaml, beside ReviewGeneralQueue, and deploy"
        )


def _require_partner_queue(operations: Operations, queue: str) -> None:
    """Raises BadParameter where no ticket could be sent: what people decided to hand over would lie here."""
    name = queue.removeprefix(PARTNER_QUEUES)
    if name == queue:
        raise click.BadParameter(
            f"'{queue}' can't be sent to: the queue of a partner begins with {PARTNER_QUEUES}", param_hint="--queue"
        )
    if not operations.has_queue(queue):
        raise click.BadParameter(
            f"there is no queue '{queue}': deploy infra/partner.yaml with PartnerName={name} first, "
            "or name the queue that is there",
            param_hint="--queue",
        )


def require_platform(operations: Operations, platform: str) -> None:
    """Raises NotFoundError for a misspelt one, of which nothing would be listed or counted."""
    _require(platform, [known.id for known in operations.administration.platforms()], "platform")


def _require(name: str, known: list[str], what: str) -> None:
    if name not in known:
        raise NotFoundError(f"no {what} '{name}'; there are {', '.join(sorted(known)) or 'none'}")
