"""`python -m benchmarks.stages`: where the time of a post goes, by stage and by module.

By sampling: every few milliseconds of CPU time, as often as the kernel's clock allows, the running stack is looked at. Timers round each part would slow the short ones
most, and parts timed alone mislead, since in the full loop they push one another's data out of the caches. Stages are named
by the module that the reading, the gathering of signals or the screener calls, so that no list here grows stale.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import screening
from benchmarks.figures import one_core, provenance, say, table, write
from benchmarks.posts import ordinary_posts
from screening.assessment.screener import Screener
from screening.posts.post import Post

EVERY = 0.001  # seconds of CPU time; a kernel may round it up to 4 ms
PACKAGE = str(Path(next(iter(screening.__path__))).resolve()) + "/"
THROUGH = ("assessment/screener", "signals/facts", "text/reading", "signals/indicators")
"""Modules that hand on the work: the stage is the module they call."""
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Samples:
    """Counts, by stage and by the innermost module of ours, of the stacks seen while posts were scored."""

    def __init__(self) -> None:
        self.stages: Counter[str] = Counter()
        self.modules: Counter[str] = Counter()

    def __call__(self, _signal: int, frame: FrameType | None) -> None:
        modules = list(_modules(frame))
        if modules:
            self.modules[modules[0]] += 1
            self.stages[stage_of(modules)] += 1


def stage_of(modules: list[str]) -> str:
    """Of a stack's modules, innermost first: the outermost that isn't merely handing on."""
    return next((name for name in reversed(modules) if name not in THROUGH), modules[0])


def _modules(frame: FrameType | None) -> Iterator[str]:
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(PACKAGE):
            yield name[len(PACKAGE) :].removesuffix(".py")
        frame = frame.f_back


@contextmanager
def sampling(samples: Samples) -> Iterator[None]:
    before = signal.signal(signal.SIGPROF, samples)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def measure(posts: int) -> dict[str, Any]:
    found = provenance()
    drawn = ordinary_posts(100 + 2 * posts)
    screener = Screener.load()

    def score(chosen: tuple[Post, ...]) -> float:
        start = time.process_time()
        for post in chosen:
            screener.assess(post, assessed_at=AT)
        return 1e6 * (time.process_time() - start) / len(chosen)

    score(drawn.posts[:100])
    unwatched = score(drawn.posts[100 : 100 + posts])
    samples = Samples()
    with sampling(samples):
        watched = score(drawn.posts[100 + posts :])
    seen = samples.stages.total()
    return found | {
        "posts": drawn.source, "posts_watched": posts, "mean_characters": drawn.mean_characters, "samples": seen,
        "microseconds_per_post": round(unwatched), "microseconds_per_post_watched": round(watched),
        "stages": [_share(name, count, seen, unwatched) for name, count in samples.stages.most_common()],
        "modules": [_share(name, count, seen, unwatched) for name, count in samples.modules.most_common(25)],
    }  # fmt: skip


def _share(name: str, count: int, seen: int, microseconds: float) -> dict[str, Any]:
    return {"name": name, "share": round(count / seen, 4), "microseconds": round(microseconds * count / seen)}


def show(figures: dict[str, Any]) -> None:
    for key, title in (
        ("stages", "By stage, with all that it calls"),
        ("modules", "By module, the module's own lines alone"),
    ):
        rows = [
            (one["name"], one["microseconds"], f"{one['share']:.1%}") for one in figures[key] if one["share"] >= 0.005
        ]
        table(title, ("module", "µs a post", "share"), rows)
    say(
        f"{figures['microseconds_per_post']:,} µs of CPU time a post ({figures['mean_characters']} characters); "
        f"{figures['samples']:,} stacks of {figures['posts_watched']} posts"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=600)
    arguments = parser.parse_args()
    one_core()
    figures = measure(arguments.posts)
    show(figures)
    write("stages", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
