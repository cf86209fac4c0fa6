"""`screening link`: campaigns in files of posts, without any cloud."""

from __future__ import annotations

import json
import os
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table

from screening.cli.inputs import check_distinct, check_inputs, check_output, input_options, refused_option
from screening.cli.linking import FileLinker, LinkCounts
from screening.cli.progress import open_sink, progress_bar, refused_sink, shown_name, size_of
from screening.cli.reading import STANDARD_INPUT, ScanOptions
from screening.cli.report.campaigns_page import write_campaigns
from screening.cli.visible import visible
from screening.counted import counted
from screening.errors import ScreeningError
from screening.links.campaign_view import CampaignView
from screening.links.sign_texts import TITLES

CAMPAIGNS_IN_REPORT = 100
SEED_VARIABLE = "SCREENING_LINK_SEED"
LEAST_SEED = 16


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="FILE...")
@input_options
@click.option("--out", type=click.Path(dir_okay=False, allow_dash=True),
              help="Write one campaign a line (JSONL) here; '-' is standard output.")  # fmt: skip
@click.option("--report", type=click.Path(dir_okay=False),
              help="Write a self-contained HTML page here: templates with their slots, ties, time. It holds texts of posts.")  # fmt: skip
@refused_option
@click.option("--min-size", type=click.IntRange(2), default=2, show_default=True, help="Leave smaller campaigns out.")
@click.option("--signs-only", is_flag=True, help="Leave out campaigns that bear no sign: chains, agencies, reposts.")
@click.option("--top", type=click.IntRange(0, 1000), default=20, show_default=True, help="Campaigns to list.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no table.")
def link(
    inputs: tuple[str, ...],
    format_: str,
    mapping: dict[str, str],
    platform: str | None,
    out: str | None,
    report: str | None,
    refused_out: str | None,
    min_size: int,
    signs_only: bool,
    top: int,
    quiet: bool,
) -> None:
    """Tie posts of FILEs together by contact and text ('-' reads standard input; .gz and .zst are read).

    A campaign is two posts or more that share a contact or nearly the same text. Chains and agencies are campaigns too: a
    campaign that bears no sign is no suspicion. What is compared is hashed under a random key, and kept on disk for the run
    alone; with SCREENING_LINK_SEED set (16 characters or more) two runs agree to the byte.

    \b
    screening link board-a.jsonl board-b.csv --report campaigns.html
    screening link export.csv --map title=name,description=text,company=employer --out campaigns.jsonl
    screening link posts.jsonl --out - --signs-only | jq .evidence
    """
    check_inputs(inputs, "FILE")
    check_output(out, inputs, "--out")
    check_output(report, inputs, "--report")
    check_output(refused_out, inputs, "--refused")
    check_distinct({"--out": out, "--report": report, "--refused": refused_out})
    at = datetime.now(UTC)
    options = ScanOptions(format=format_, mapping=mapping, platform=platform, at=at)
    with ExitStack() as stack:
        sink = open_sink(out, stack)
        refuse = refused_sink(refused_out, stack)
        linker = stack.enter_context(FileLinker(at=at, seed=_seed()))
        bar = stack.enter_context(progress_bar(quiet))
        tasks = {name: bar.add_task(shown_name(name), total=size_of(name)) for name in inputs}
        linker.read(inputs, options, lambda name, count: bar.advance(tasks[name], count), refuse)
        linker.counts.check_any_read()
        shown: list[CampaignView] = []
        found = with_signs = 0
        for view in linker.campaigns():
            if view.campaign.size < min_size or (signs_only and not view.signs):
                continue
            found += 1
            with_signs += bool(view.signs)
            if sink:
                sink.write(json.dumps(view.to_dict(), ensure_ascii=False, separators=(",", ":")) + "\n")
            if len(shown) < max(top, CAMPAIGNS_IN_REPORT if report else 0):
                shown.append(view)
        counts = linker.counts
    if report:
        try:
            write_campaigns(Path(report), shown[:CAMPAIGNS_IN_REPORT], counts=counts, found=found, at=at,
                            inputs=[shown_name(name) for name in inputs])  # fmt: skip
        except OSError as error:
            raise ScreeningError(f"{report}: {error.strerror or 'the report could not be written'}") from error
    if not quiet:
        console = Console(stderr=True) if out == STANDARD_INPUT else Console()
        _show(console, shown[:top], counts, found, with_signs)
        if report:
            console.print(
                f"Report: {report} (holds texts of posts: keep it as you keep them)", markup=False, highlight=False
            )
    counts.check_all_read(len(inputs))


def _seed() -> bytes:
    """Random by default: nobody who has the output can try telephone numbers against it."""
    given = os.environ.get(SEED_VARIABLE)
    if given is None:
        return os.urandom(32)
    if len(given.encode()) < LEAST_SEED:
        raise ScreeningError(f"{SEED_VARIABLE}: has {len(given.encode())} bytes, at least {LEAST_SEED} are needed")
    return given.encode()


def _show(console: Console, views: list[CampaignView], counts: LinkCounts, found: int, with_signs: int) -> None:
    console.print(
        f"{counted(counts.posts, 'post')}, {counted(found, 'campaign')}, {with_signs:,} of them with a sign",
        style="bold",
        highlight=False,
    )
    if counts.left_out:
        console.print(f"{counts.left_out:,} left out (no offers)", highlight=False)
    if counts.refused:
        console.print(f"{counts.refused:,} refused (could not be read)", highlight=False)
    for told in counts.told():
        console.print(f"  {visible(told)}", style="red", markup=False, highlight=False)
    if not views:
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("campaign", "posts", "names", "countries", "tied by", "signs"):
        table.add_column(name, justify="right" if name in ("posts", "names") else "left", overflow="fold")
    for view in views:
        line = view.to_dict()
        table.add_row(
            line["campaign"], str(line["size"]), str(line["employers"]), " ".join(line["countries"]) or "–",
            ", ".join(f"{tie['kind'].replace('_', ' ')} {tie['posts']}" for tie in line["ties"]),
            "; ".join(f"{TITLES[sign.indicator]} ({sign.strength})" for sign in view.signs) or "none",
        )  # fmt: skip
    console.print(table)
    if found > len(views):
        console.print(f"and {found - len(views):,} more: --top lists more of them, --out keeps all", highlight=False)
