"""What `urgent` costs: from which bound on a post reads urgent decides how many urgent offers get there, and how many honest ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from screening.assessment.screener import Screener
from screening.posts.post import Post
from screening.training.evaluation.pairs import Outcome
from screening.training.evaluation.pool import Workers
from screening.training.evaluation.records import AT
from screening.training.evaluation.shares import share_of

BOUNDS = (-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
"""Log-odds beside the shipped one."""


def urgent_bounds(
    outcomes: Sequence[Outcome], shipped: float, workers: Workers, progress: Callable[[int], None]
) -> list[dict[str, Any]]:
    """For each bound, the least first: of the offers marked urgent and of the honest twins, the share at `urgent`.

    Scored again are those at review or above alone: what the lines of `urgent` ask for opens a case in any post that reads risky.

    Args:
        shipped: the bound that the rules have.
        progress: told when another bound is done.
    """
    parts = {
        "urgent_at_urgent": [o for o in outcomes if o.example.risky and o.example.bound == "urgent"],
        "twins_urgent": [o for o in outcomes if not o.example.risky],
    }
    again = {name: [o.example.post for o in part if o.record.at_least("review")] for name, part in parts.items()}
    bounds = sorted({*BOUNDS, shipped})
    waiting = [
        {name: workers.start_with_screener(count_urgent, posts, bound) for name, posts in again.items()}
        for bound in bounds
    ]
    rows = []
    for bound, waits in zip(bounds, waiting, strict=True):
        shares = {name: share_of(wait(), len(parts[name])) for name, wait in waits.items()}
        rows.append({"bound": bound, "shipped": bound == shipped, **shares})
        progress(1)
    return rows


def count_urgent(screener: Screener, posts: Sequence[Post], bound: float) -> int:
    """How many come out at `urgent` where a post reads so from this bound on."""
    reader = replace(screener.rules.reader, urgent_bound=bound)
    moved = replace(screener, rules=replace(screener.rules, reader=reader))
    return sum(moved.assess(post, assessed_at=AT).tier == "urgent" for post in posts)
