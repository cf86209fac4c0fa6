"""Erasing a post, and the legal holds that keep one from being erased."""

from __future__ import annotations

import getpass
import json
from pathlib import Path

import click

from screening.cli.operate import connect, stack_options
from screening.cli.progress import progress_bar
from screening.counted import counted
from screening.workflows.erasure_proof import ErasureProof, ErasureRequest


@click.command()
@click.argument("platform")
@click.argument("post")
@click.option("--reason", required=True, help="Why, in words that name no person: it stays in the ledger.")
@click.option("--by", "by", help="Who erases, for the ledger; default: the account that runs this.")
@click.option("--with-reports", is_flag=True, help="Erase the public's reports of its cases as well.")
@click.option("--dry-run", is_flag=True, help="Say what would be erased and what left, and erase nothing.")
@click.option("--proof", "proof_file", type=click.Path(dir_okay=False), help="Write the proof to this file (JSON).")
@click.option("-q", "--quiet", is_flag=True, help="No progress bar.")
@stack_options
def erase(
    platform: str, post: str, reason: str, by: str | None, with_reports: bool, dry_run: bool, proof_file: str | None,
    quiet: bool, stack: str, endpoint: str | None,
) -> None:  # fmt: skip
    """Remove a POST of PLATFORM from every store, and prove it.

    Text, assessments, links, reviewers' reasons and packages go; hashes, the ledger's chain and evidence under lock stay, each
    with its legal basis in the proof. Partners that fetched a package are named: they must be told. Reads the platform's whole
    archive. A second run finds nothing more. Refused while a legal hold stands.

    \b
    screening erase example-jobs 4711 --reason "request of 3 May, GDPR art. 17(1)(d)" --dry-run
    screening erase example-jobs 4711 --reason "request of 3 May, GDPR art. 17(1)(d)" --proof proof.json
    """
    operations = connect(stack, endpoint).ledger
    request = ErasureRequest(
        platform=platform, post_id=post, reason=reason, by=by or _operator(), with_reports=with_reports
    )
    with progress_bar(quiet) as progress:
        task = progress.add_task("archive", total=operations.archive_size(platform) or None)
        proof = operations.erase(request, dry_run=dry_run, progress=lambda size: progress.advance(task, size))
    if proof_file is not None:
        Path(proof_file).write_text(json.dumps(proof.to_dict(), indent=2, ensure_ascii=False) + "\n", "utf-8")
    _show(proof)


@click.group()
def hold() -> None:
    """Legal holds: while one stands, its case is kept whatever its age, and nothing of it is erased."""


@hold.command(name="set")
@click.argument("case")
@click.option("--name", required=True, help="The order or proceedings it rests on.")
@click.option("--basis", required=True, help="The law that demands it.")
@click.option("--by", "by", help="Who sets it, for the ledger; default: the account that runs this.")
@stack_options
def set_hold(case: str, name: str, basis: str, by: str | None, stack: str, endpoint: str | None) -> None:
    """Lay a hold on CASE: what was judged is copied under lock, and stays until the hold is lifted.

    \b
    screening hold set 0d9f6a1e-5b0e-5c55-8e7f-6f0f1d8c3a21 --name "district court 12/2026" --basis "StPO section 94"
    """
    held = connect(stack, endpoint).ledger.holds.set(case, name=name, basis=basis, by=by or _operator())
    click.echo(f"{case}: on hold '{name}', {counted(len(held.evidence), 'record')} under lock")


@hold.command(name="lift")
@click.argument("case")
@click.option("--name", required=True, help="The hold's own name.")
@click.option("--basis", required=True, help="Why it ends.")
@click.option("--by", "by", help="Who lifts it, for the ledger; default: the account that runs this.")
@stack_options
def lift_hold(case: str, name: str, basis: str, by: str | None, stack: str, endpoint: str | None) -> None:
    """Lift a hold: from then on the case goes by its age again, and each copy at its own time."""
    held = connect(stack, endpoint).ledger.holds.lift(case, name=name, basis=basis, by=by or _operator())
    click.echo(f"{case}: hold '{name}' lifted from {counted(len(held.evidence), 'record')}")


def _operator() -> str:
    return f"operator:{getpass.getuser()}"


def _show(proof: ErasureProof) -> None:
    verb = "would be erased" if proof.dry_run else "erased"
    if not proof.erased:
        click.echo("nothing more to erase")
    for where, count in proof.counts.items():
        click.echo(f"{verb}: {count} in {where}")
    for line in proof.left:
        click.echo(f"left: {line['where']}: {line['what']} ({line['basis']})")
    for line in proof.to_be_told:
        click.echo(
            f"must be told: {line['partner']}, which fetched referral {line['referral']} on {line['fetched_at']}"
        )
    for note in proof.notes:
        click.echo(f"note: {note}")
    if proof.entered is not None:
        click.echo(f"proof {proof.sha256}, entry {proof.entered['index']} of chain {proof.entered['chain']}")
