"""`screening explain --stages`: the stages of an assessment by name, how long each took, and the tier without it."""

from __future__ import annotations

import time
from datetime import datetime

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from screening.assessment.screener import Screener
from screening.assessment.stages import OPTIONAL, STAGES, StageTimes
from screening.posts.post import Post
from screening.values.result import Assessment

ROUNDS = 5
"""Readings that the times are the mean of, after one that opens the classifier's session and fills memories."""


def show_stages(console: Console, post: Post, at: datetime) -> None:
    """Print the stages in their order, with what each took and what the post would be without it."""
    screener = Screener.load()
    whole = screener.assess(post, assessed_at=at)
    times = StageTimes(time.perf_counter)
    for _ in range(ROUNDS):
        reading = screener.read(post, assessed_at=at, times=times)
        with times.of("tier"):
            screener.conclude(reading)
    table = Table(title=f"Stages: {_told(whole)}", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("stage", "what it does"):
        table.add_column(column, overflow="fold")
    table.add_column("ms", justify="right")
    table.add_column("without it")
    for stage in STAGES:
        left_out = _without(stage.name, post, at) if stage.name in OPTIONAL else "is always there"
        table.add_row(
            Text(stage.name, "bold"), stage.does, f"{1000 * times.seconds[stage.name] / ROUNDS:.2f}", left_out
        )
    console.print(table)


def _without(stage: str, post: Post, at: datetime) -> str:
    return _told(Screener.load(without=(stage,)).assess(post, assessed_at=at))


def _told(assessment: Assessment) -> str:
    stated = len({evidence.indicator for evidence in assessment.evidence if evidence.state == "stated"})
    return f"{assessment.tier}, {stated} {'sign' if stated == 1 else 'signs'}"
