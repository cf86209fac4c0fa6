"""`python -m benchmarks.throughput`: posts a second on one core, ours against the stock pipeline, on the same posts in one run.

Both take turns, a handful of posts each, so that other work on the machine slows both alike. Of CPU time a core gives as many
posts a second as an idle one by the clock; the ratio is by the clock. No timed post was seen before:
words that are new to a process are part of the work. What comes again is timed apart.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.figures import one_core, provenance, say, table, verdict, write
from benchmarks.posts import ordinary_posts, text_of
from benchmarks.stock_pipeline import StockPipeline, fit
from screening.assessment.screener import Screener
from screening.posts.post import Post

WANTED = 15.0
TURN = 20  # posts that one pipeline takes before the other has its turn
WARM_UP = 100
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(slots=True)
class Spent:
    """Seconds by the clock and of this process's CPU."""

    wall: float = 0.0
    cpu: float = 0.0

    def on(self, work: Callable[[Post], object], posts: Sequence[Post]) -> None:
        cpu, wall = time.process_time(), time.perf_counter()
        for post in posts:
            work(post)
        self.wall += time.perf_counter() - wall
        self.cpu += time.process_time() - cpu


@dataclass(slots=True)
class Round:
    posts: int = 0
    stock: Spent = field(default_factory=Spent)
    ours: Spent = field(default_factory=Spent)
    ours_again: Spent = field(default_factory=Spent)

    @property
    def ratio(self) -> float:
        return self.stock.wall / self.ours.wall

    @property
    def cpu_ratio(self) -> float:
        return self.stock.cpu / self.ours.cpu


def run_round(posts: Sequence[Post], stock: Callable[[Post], object], ours: Callable[[Post], object]) -> Round:
    done = Round(len(posts))
    for start in range(0, len(posts), TURN):
        turn = posts[start : start + TURN]
        done.stock.on(stock, turn)
        done.ours.on(ours, turn)
    done.ours_again.on(ours, posts)
    return done


def measure(rounds: int, posts_a_round: int) -> dict[str, Any]:
    found = provenance()
    drawn = ordinary_posts(WARM_UP + rounds * posts_a_round)
    screener = Screener.load()
    with tempfile.TemporaryDirectory(prefix="screening-bench-") as folder:
        model = Path(folder) / "stock.joblib"
        fit([text_of(post) for post in drawn.posts], model)
        stock_pipeline = StockPipeline.load(model)

    def stock(post: Post) -> object:
        return stock_pipeline.screen(text_of(post))

    def ours(post: Post) -> object:
        return screener.assess(post, assessed_at=AT)

    run_round(drawn.posts[:WARM_UP], stock, ours)
    timed = [
        run_round(drawn.posts[start : start + posts_a_round], stock, ours)
        for start in range(WARM_UP, len(drawn.posts), posts_a_round)
    ]
    ratio = statistics.median(one.ratio for one in timed)
    return found | {
        "posts": drawn.source, "mean_characters": drawn.mean_characters, "rounds": len(timed),
        "posts_a_round": posts_a_round,
        "posts_per_second": {
            "stock": _spread(one.posts / one.stock.wall for one in timed),
            "ours": _spread(one.posts / one.ours.wall for one in timed),
            "ours_posts_seen_before": _spread(one.posts / one.ours_again.wall for one in timed),
        },
        "posts_per_second_of_cpu_time": {
            "stock": _spread(one.posts / one.stock.cpu for one in timed),
            "ours": _spread(one.posts / one.ours.cpu for one in timed),
            "ours_posts_seen_before": _spread(one.posts / one.ours_again.cpu for one in timed),
        },
        "times_the_stock_pipeline": {
            **_spread(one.ratio for one in timed),
            "by_cpu_time": round(statistics.median(one.cpu_ratio for one in timed), 2),
            "wanted": WANTED,
            "holds": ratio >= WANTED,
        },
        "versions": {"rules": screener.versions.rules, "model": screener.versions.model},
    }  # fmt: skip


def _spread(values: Any) -> dict[str, float]:
    ordered = sorted(values)
    return {name: round(value, 2) for name, value in (
        ("median", statistics.median(ordered)), ("min", ordered[0]), ("max", ordered[-1]),
    )}  # fmt: skip


def show(figures: dict[str, Any]) -> None:
    rates, times, cpu = (
        figures[name] for name in ("posts_per_second", "times_the_stock_pipeline", "posts_per_second_of_cpu_time")
    )
    table(
        f"Posts a second on one core ({figures['mean_characters']} characters a post, {figures['posts']})",
        ("pipeline", "of CPU time: median", "lowest", "highest", "by the clock: median"),
        [
            (name.replace("_", " "), *(cpu[name][part] for part in ("median", "min", "max")), rates[name]["median"])
            for name in cpu
        ],
    )
    say(
        f"{times['median']:.2f} times the stock pipeline (median of {figures['rounds']} rounds, {times['min']:.2f} to "
        f"{times['max']:.2f}; by CPU time {times['by_cpu_time']:.2f}); wanted {WANTED:.0f}: {verdict(times['holds'])}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--posts", type=int, default=400, help="posts a round, each round other ones")
    arguments = parser.parse_args()
    one_core()
    figures = measure(arguments.rounds, arguments.posts)
    show(figures)
    write("throughput", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
