"""`python -m benchmarks.loading`: how long a new process needs until it can score, and how much memory it takes.

Ours as a function's bundle holds it (rules compiled), against the stock pipeline with its fitted model on disk. A process
per measurement, in turn; from the first import on, so that starting Python itself is left out of both.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.bundle import ROOT, evict, in_new_process, scoring_bundle
from benchmarks.figures import one_core, provenance, say, table, verdict, write
from benchmarks.posts import BenchPosts, ordinary_posts, text_of
from benchmarks.stock_pipeline import fit

WANTED = 0.2
MANY = 500
"""Posts scored in one process before its memory is read again."""

_MEASURE = """
import json, sys, time
start = time.perf_counter()
{load}
loaded = time.perf_counter()
def megabytes(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name)) / 1024
texts = json.load(open(sys.argv[1]))
memory = megabytes("VmRSS")
before = time.perf_counter()
score(texts[0])
first = time.perf_counter() - before
for text in texts[1:int(sys.argv[2])]:
    score(text)
print(json.dumps({{"load": loaded - start, "first_post": first, "loaded_mb": memory, "used_mb": megabytes("VmRSS"),
                  "peak_mb": megabytes("VmHWM")}}))
"""
OURS = _MEASURE.format(
    load="""
from screening.assessment.screener import Screener
from screening.posts.post import Post
screener = Screener.load()
def score(text):
    return screener.assess(Post(platform="bench", id="1", description=text))
"""
)
STOCK = _MEASURE.format(
    load="""
from pathlib import Path
from benchmarks.stock_pipeline import StockPipeline
pipeline = StockPipeline.load(Path(sys.argv[3]))
score = pipeline.screen
"""
)
STOCK_PARTS = (
    "sklearn",
    "scipy",
    "scipy.libs",
    "numpy",
    "numpy.libs",
    "joblib",
    "threadpoolctl.py",
    "langdetect",
    "phonenumbers",
)
OUR_PARTS = ("langdetect_rs", "phonenumbers", "selectolax")


def measure(rounds: int, cold_rounds: int, posts: BenchPosts, folder: Path) -> dict[str, Any]:
    found = provenance()
    texts, model = folder / "texts.json", folder / "stock.joblib"
    texts.write_text(json.dumps([text_of(post) for post in posts.posts]), "utf-8")
    fit([text_of(post) for post in posts.posts], model)
    site = Path(sysconfig.get_path("purelib"))
    with scoring_bundle() as bundle:
        ours = (OURS, [str(texts), "1"], bundle)
        stock = (STOCK, [str(texts), "1", str(model)], ROOT)
        for code, arguments, place in (ours, stock):  # the first run leaves byte code behind and files in memory
            in_new_process(code, arguments, folder=place)
        warm = _in_turn(ours, stock, rounds)
        parts = [site / name for name in {*STOCK_PARTS, *OUR_PARTS} if (site / name).is_dir()]
        cold = _in_turn(ours, stock, cold_rounds, forget=[*parts, bundle, folder]) if cold_rounds else None
        many = str(min(MANY, len(posts.posts)))
        memory = {
            "ours": in_new_process(OURS, [str(texts), many], folder=bundle),
            "stock": in_new_process(STOCK, [str(texts), many, str(model)], folder=ROOT),
        }
    return found | {
        "posts": posts.source, "rounds": rounds,
        "files_in_memory": warm, "files_read_from_disk": cold,
        "memory_mb": {
            name: {key: round(one[key]) for key in ("loaded_mb", "used_mb", "peak_mb")} for name, one in memory.items()
        },
        "memory_after_posts": int(many), "wanted": WANTED, "holds": warm["load_share"] <= WANTED,
    }  # fmt: skip


_Run = tuple[str, list[str], Path]


def _in_turn(ours: _Run, stock: _Run, rounds: int, *, forget: list[Path] | None = None) -> dict[str, Any]:
    """Median seconds of both, and the median of the shares pair by pair."""
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for _ in range(rounds):
        both = []
        for code, arguments, place in (ours, stock):
            if forget:
                evict(forget)
            both.append(in_new_process(code, arguments, folder=place))
        pairs.append((both[0], both[1]))
    return {
        **{
            name: {
                key: round(statistics.median(pair[place][key] for pair in pairs), 4) for key in ("load", "first_post")
            }
            for place, name in enumerate(("ours", "stock"))
        },
        "load_share": round(statistics.median(a["load"] / b["load"] for a, b in pairs), 3),
        "share_with_first_post": round(
            statistics.median((a["load"] + a["first_post"]) / (b["load"] + b["first_post"]) for a, b in pairs),
            3,
        ),
    }


def show(figures: dict[str, Any]) -> None:
    rows = []
    for name, words in (("files_in_memory", "files in memory"), ("files_read_from_disk", "files read from disk")):
        if (one := figures[name]) is not None:
            rows.append((words, one["ours"]["load"], one["stock"]["load"], one["load_share"],
                         one["ours"]["first_post"], one["stock"]["first_post"]))  # fmt: skip
    table(
        "Loading in a new process, seconds (medians)",
        ("", "ours", "stock", "share", "first post, ours", "first post, stock"), rows,
    )  # fmt: skip
    say(f"Share of the stock pipeline's loading at most {WANTED}: {verdict(figures['holds'])}")
    memory = figures["memory_mb"]
    table(
        f"Memory, MB: loaded, after {figures['memory_after_posts']} posts, at most",
        ("pipeline", "loaded", "after", "at most"),
        [(name, *memory[name].values()) for name in ("stock", "ours")],
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--cold-rounds", type=int, default=3, help="rounds with the files read from disk anew")
    arguments = parser.parse_args()
    one_core()
    with tempfile.TemporaryDirectory(prefix="screening-bench-") as name:
        figures = measure(arguments.rounds, arguments.cold_rounds, ordinary_posts(2000), Path(name))
    show(figures)
    write("loading", figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
