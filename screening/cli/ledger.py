"""The ledger in the operator's hands: verify it, on the stack or from a file, and export it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import click
from rich.progress import Progress, TaskID

from screening.cli.operate import connect, stack_options
from screening.cli.progress import progress_bar
from screening.cli.whole_file import tell_written, whole_file
from screening.counted import counted
from screening.workflows.ledger_check import LedgerReport, parsed_lines, verify_export

FAULTS_FOUND = 1
MOST_SHOWN = 200


@click.group()
def ledger() -> None:
    """The record of decisions, views and disclosures: verify that nobody changed it, export it."""


@ledger.command()
@click.argument("cases", nargs=-1)
@click.option(
    "--export", "export_file", type=click.Path(dir_okay=False), help="Write what was verified to this file too."
)
@click.option("--file", "file", type=click.Path(exists=True, dir_okay=False), help="Verify an export instead of the stack.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="No progress bar.")
@stack_options
@click.pass_context
def verify(
    context: click.Context, cases: tuple[str, ...], export_file: str | None, file: str | None, quiet: bool, stack: str,
    endpoint: str | None,
) -> None:  # fmt: skip
    """Check every chain and every nightly root, or the chains of some CASES. Exit 1 where a fault is found.

    Each tampered, missing or slipped-in entry is named by its chain and index, and each root that doesn't match.

    \b
    screening ledger verify
    screening ledger verify 0d9f6a1e-5b0e-5c55-8e7f-6f0f1d8c3a21
    screening ledger verify --file ledger.jsonl
    """
    if file is not None:
        if cases or export_file:
            raise click.UsageError("--file verifies a whole export: it takes neither CASES nor --export")
        report = _verify_file(Path(file), quiet)
    else:
        export = connect(stack, endpoint).ledger.export
        with whole_file(export_file, "--export") as sink, progress_bar(quiet) as progress:
            task = progress.add_task("ledger", total=None if cases else export.expected_chains() or None)
            report = verify_export(_written(export(cases), sink, progress, task))
    _show(report)
    if report.faults:
        context.exit(FAULTS_FOUND)


@ledger.command()
@click.option("--out", required=True, type=click.Path(dir_okay=False), help="File for the JSON lines.")
@click.option("--without-payloads", is_flag=True, help="Leave out what the entries say: hashes, kinds, times and actors stay.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="No progress bar.")
@stack_options
def export(out: str, without_payloads: bool, quiet: bool, stack: str, endpoint: str | None) -> None:
    """Write all chains and roots to a file, for keeping elsewhere or for verifying it there.

    \b
    screening ledger export --out ledger.jsonl --without-payloads
    """
    ledger_export = connect(stack, endpoint).ledger.export
    with whole_file(out) as sink, progress_bar(quiet) as progress:
        task = progress.add_task("ledger", total=ledger_export.expected_chains() or None)
        lines = sum(1 for _ in _written(ledger_export(payloads=not without_payloads), sink, progress, task))
    tell_written(out, counted(lines, "line"))


def _written(
    lines: Iterable[dict[str, Any]], sink: IO[str] | None, progress: Progress, task: TaskID
) -> Iterator[dict[str, Any]]:
    for line in lines:
        if sink is not None:
            sink.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        if "head" in line:
            progress.advance(task)
        yield line


def _verify_file(path: Path, quiet: bool) -> LedgerReport:
    with path.open("r", encoding="utf-8", errors="replace") as source, progress_bar(quiet) as progress:
        task = progress.add_task(path.name, total=path.stat().st_size)

        def read() -> Iterator[str]:
            for line in source:
                progress.advance(task, len(line.encode()))
                yield line

        return verify_export(parsed_lines(read()))


def _show(report: LedgerReport) -> None:
    for fault in report.faults[:MOST_SHOWN]:
        click.echo(str(fault))
    if len(report.faults) > MOST_SHOWN:
        click.echo(f"... and {len(report.faults) - MOST_SHOWN} more")
    verdict = counted(len(report.faults), "fault") if report.faults else "no fault"
    click.echo(
        f"{counted(report.chains, 'chain')}, {counted(report.entries, 'entry', 'entries')} "
        f"({report.without_payload} without payload), {counted(report.roots, 'root')}: {verdict}"
    )
