"""`make bench`: how fast posts are scored on this machine, in one process, and how long loading takes.

A measurement, never a test: prints medians over several rounds and, with --json, writes them with machine and date.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from screening.assessment.screener import Screener
from screening.posts.files import read_file
from screening.posts.post import Post
from screening.posts.reading import ReadPost

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "screening" / "cli" / "demo_posts" / "jobs.json"
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def load_posts(path: Path, mapping: dict[str, str], most: int) -> list[Post]:
    posts = []
    for item in read_file(str(path), format="auto", mapping=mapping, platform="bench", on_bytes=None):
        if isinstance(item, ReadPost):
            posts.append(item.post)
        if len(posts) == most:
            break
    return posts


def posts_per_second(screener: Screener, posts: list[Post], rounds: int) -> list[float]:
    rates = []
    for _ in range(rounds):
        start = time.perf_counter()
        for post in posts:
            screener.assess(post, assessed_at=AT)
        rates.append(len(posts) / (time.perf_counter() - start))
    return rates


def cold_start_seconds(rounds: int) -> list[float]:
    """Wall time of a new interpreter that loads the screener and scores one post, less that of an empty interpreter.

    A checkout compiles its rules from YAML first (about half a second); a function's bundle holds them compiled.
    """
    code = (
        "from screening.assessment.screener import Screener; from screening.posts.post import Post; "
        "Screener.load().assess(Post(platform='b', id='1', description='Cleaner wanted in Leeds, 12 pounds an hour.'))"
    )
    return [_timed(code) - _timed("pass") for _ in range(rounds)]


def _timed(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    return time.perf_counter() - start


def growth_with_length(screener: Screener) -> dict[int, float]:
    """Milliseconds for one post of so many characters, median of five."""
    sentence = "We are looking for a reliable person to clean offices in the evening, five days a week. "
    result = {}
    for length in (1_000, 10_000, 100_000):
        post = Post(platform="b", id="1", description=(sentence * (length // len(sentence) + 1))[:length])
        assess = partial(screener.assess, post, assessed_at=AT)
        result[length] = 1000 * statistics.median(_once(assess) for _ in range(5))
    return result


def _once(call: Callable[[], Any]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=Path, default=SAMPLES, help="file of posts to score (default: the demo's)")
    parser.add_argument("--map", default="", help="FIELD=COLUMN,... as in `screening scan`")
    parser.add_argument("--most", type=int, default=2000, help="posts to read at most")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    arguments = parser.parse_args()
    mapping = dict(pair.split("=", 1) for pair in arguments.map.split(",") if pair)
    posts = load_posts(arguments.posts, mapping, arguments.most)
    screener = Screener.load()
    rates = posts_per_second(screener, posts, arguments.rounds)
    cold = cold_start_seconds(arguments.rounds)
    figures = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.processor() or platform.machine()}, Python {platform.python_version()}",
        "posts": len(posts),
        "mean_characters": round(statistics.mean(len(p.title) + len(p.description) for p in posts)),
        "posts_per_second_one_core": {
            "median": round(statistics.median(rates)),
            "min": round(min(rates)),
            "max": round(max(rates)),
        },
        "cold_start_seconds": {
            "median": round(statistics.median(cold), 3),
            "min": round(min(cold), 3),
            "max": round(max(cold), 3),
        },
        "milliseconds_by_length": {str(k): round(v, 2) for k, v in growth_with_length(screener).items()},
        "rules": screener.versions.rules,
    }
    print(json.dumps(figures, indent=2))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
