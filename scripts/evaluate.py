"""`make evaluate`: score the evaluation data and print what was flagged, as it is, good or bad.

Reads the folder SCREENING_DATA, else ../shared/data beside the project. Texts of adverts go nowhere but into
build/evaluation/ (ignored by git), where a person reads what was flagged.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from screening.assessment.result import Assessment
from screening.assessment.screener import Screener
from screening.assessment.weighing import TIER_ORDER
from screening.posts.files import read_file
from screening.posts.post import Post
from screening.posts.reading import ReadPost, Refused

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "evaluation"
CORPUS = ROOT / "screening" / "training" / "corpus"
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""Fixed, so that two runs on the same data give the same figures."""


@dataclass(frozen=True, slots=True)
class Corpus:
    name: str
    path: str
    mapping: dict[str, str]
    genuine: bool = True


CORPORA = (
    Corpus("Polish hand-coded ads", "polish_ads/hand_coded.jsonl.gz", {
        "id": "id_oferty", "title": "job.title", "description": "job.description", "company": "employer",
        "city": "region", "salary": "salary", "contract": "contract.type", "url": "url", "posted_at": "collection.date",
    }),
    Corpus("Spanish public service ads", "spanish_ads/offers.csv", {
        "id": "id", "title": "titulo", "description": "contenido", "city": "ciudad",
    }),
    Corpus("Russian local vacancies", "russian_ads/vacancies.jsonl", {
        "id": "id", "title": "name", "description": "description", "company": "employer", "salary": "salary", "city": "city",
    }),
    Corpus("Russian titles", "russian_hh_titles/hh_vacancies.csv", {"id": "id", "title": "title", "city": "city"}),
    Corpus("Indeed 2025", "indeed_2025/genuine.csv", {
        "id": "job_id", "title": "title", "description": "description", "city": "location", "url": "job_link",
    }),
    Corpus("Agency ads for work abroad", "agency_abroad/offers.jsonl", {}),
    Corpus("Legitimate look-alikes", "lures/benign_hard.jsonl", {
        "id": "id", "description": "text", "kind": "post_type", "language": "lang",
    }),
    Corpus("Fraudulent ads (English)", "emscad/fraudulent.csv", {
        "title": "title", "description": "company_profile+description+requirements+benefits", "city": "location",
        "salary": "salary_range",
    }, genuine=False),
    Corpus("Reported chat spam", "lures/reported_spam.jsonl", {
        "id": "id", "description": "text", "kind": "post_type", "language": "lang",
    }, genuine=False),
)  # fmt: skip


@dataclass(slots=True)
class Result:
    corpus: Corpus
    posts: int = 0
    refused: int = 0
    tiers: Counter[str] = field(default_factory=Counter)
    review_but_labour_law: int = 0
    indicators: Counter[str] = field(default_factory=Counter)
    flagged: list[dict[str, Any]] = field(default_factory=list)

    def share(self, *tiers: str) -> float:
        return sum(self.tiers[tier] for tier in tiers) / self.posts if self.posts else 0.0


def wilson(part: int, whole: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson, 1927)."""
    if not whole:
        return 0.0, 1.0
    z, p = 1.96, part / whole
    middle = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


def evaluate(corpus: Corpus, path: Path, screener: Screener, *, progress: bool) -> Result:
    result = Result(corpus)
    items = read_file(str(path), format="auto", mapping=corpus.mapping, platform="evaluation", on_bytes=None)
    for item in track(
        items, corpus.name, total=None, disable=not progress, transient=True, console=Console(stderr=True)
    ):
        if isinstance(item, Refused):
            result.refused += 1
        if not isinstance(item, ReadPost):
            continue
        assessment = screener.assess(item.post, assessed_at=AT)
        result.posts += 1
        result.tiers[assessment.tier] += 1
        if TIER_ORDER[assessment.tier] >= TIER_ORDER["review"]:
            others = [c for c in assessment.concerns if c.type != "labour_law"]
            result.review_but_labour_law += any(TIER_ORDER[c.tier] >= TIER_ORDER["review"] for c in others)
        if TIER_ORDER[assessment.tier] >= TIER_ORDER["watch"] or assessment.inconclusive:
            result.indicators.update({e.indicator for e in assessment.evidence if e.state == "stated"})
            result.flagged.append(_for_reading(item.post, assessment))
    return result


def _for_reading(post: Post, assessment: Assessment) -> dict[str, Any]:
    return {
        "id": post.id,
        "tier": assessment.tier,
        "inconclusive": assessment.inconclusive,
        "language": assessment.post.language,
        "title": post.title,
        "evidence": [
            f"{e.indicator}/{e.strength}/{e.state}: {e.quote}" for e in assessment.evidence if e.state == "stated"
        ],
        "text": post.description,
    }


def pairs(path: Path, screener: Screener) -> list[dict[str, Any]]:
    """Each constructed example with its tier and what was found, against what a careful reader marks."""
    rows = []
    for line in filter(None, path.read_text("utf-8").splitlines()):
        example = json.loads(line)
        post = Post.from_generic(
            {
                "id": example["id"], "description": example["text"], "kind": example["post_type"],
                "country": example.get("country"),
            },
            platform="pairs",
        )  # fmt: skip
        assessment = screener.assess(post, assessed_at=AT)
        found = {e.indicator for e in assessment.evidence if e.state == "stated"}
        expected = {name.split(" ", 1)[1] for name in example["expected"] if " " in name}
        risky = example["variant"] == "risky"
        bound = example["min_tier"] if risky else example["max_tier"]
        order = TIER_ORDER[assessment.tier]
        rows.append(
            {
                "id": example["id"],
                "lang": example["lang"],
                "risky": risky,
                "tier": assessment.tier,
                "bound": bound,
                "right": order >= TIER_ORDER[bound] if risky else order <= max(TIER_ORDER[bound], 1),
                "subtle": "subtle" in example.get("traits", ()),
                "untouched": is_untouched(example["pair"]),
                "missed": sorted(expected - found),
                "extra": sorted(found - expected),
            }
        )
    return rows


def is_untouched(pair: str) -> bool:
    """Whether a pair belongs to the fixed fifth that rules are never written from: numbers that five divides."""
    return int(re.sub(r"\D", "", pair) or 1) % 5 == 0


def show_pairs(console: Console, title: str, rows: list[dict[str, Any]]) -> None:
    """Per language: risky offers at their tier or above, subtle ones, urgent ones, honest twins at theirs or below."""
    table = Table(title=title)
    for column in ("language", "pairs", "risky at tier", "subtle", "urgent", "risky at watch or above", "honest twins"):
        table.add_column(column, justify="left" if column == "language" else "right")
    for language in [*sorted({row["lang"] for row in rows}), "all"]:
        own = [row for row in rows if language in (row["lang"], "all")]
        risky = [row for row in own if row["risky"]]
        table.add_row(
            language, str(len(risky)), _right(risky), _right([r for r in risky if r["subtle"]]),
            _right([r for r in risky if r["bound"] == "urgent"]),
            _part([TIER_ORDER[r["tier"]] >= TIER_ORDER["watch"] for r in risky]),
            _right([r for r in own if not r["risky"]]),
        )  # fmt: skip
    console.print(table)


def _right(rows: list[dict[str, Any]]) -> str:
    return _part([row["right"] for row in rows])


def _part(answers: list[bool]) -> str:
    return f"{sum(answers)}/{len(answers)} {sum(answers) / len(answers):.0%}" if answers else "–"


def _evaluate_pairs(console: Console, data: Path, screener: Screener) -> None:
    examples = data / "lures" / "pairs_examples.jsonl"
    if examples.exists():
        rows = pairs(examples, screener)
        show_pairs(console, "Example pairs of the evaluation data", rows)
        for row in (row for row in rows if not row["right"]):
            console.print(
                f"  {row['id']}: {row['tier']}, should be {row['bound']}; missed {row['missed']}; extra {row['extra']}"
            )
    rows = [row for path in sorted(CORPUS.glob("*.jsonl")) for row in pairs(path, screener)]
    show_pairs(
        console, "Constructed corpus: the fifth that no rule is written from", [r for r in rows if r["untouched"]]
    )
    show_pairs(
        console, "Constructed corpus: the rest, from which rules were widened", [r for r in rows if not r["untouched"]]
    )
    (OUT / "pairs.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="score only the corpora whose name contains this")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    arguments = parser.parse_args()
    data = Path(os.environ.get("SCREENING_DATA", ROOT.parent / "shared" / "data"))
    OUT.mkdir(parents=True, exist_ok=True)
    screener = Screener.load()
    console = Console(width=140)
    table = Table(
        title="Flagged share (an ordinary advert at review or above is a false alarm until somebody has read it)"
    )
    for column in (
        "corpus",
        "posts",
        "refused",
        "urgent",
        "review",
        "watch",
        "inconclusive",
        "review+ [95 %]",
        "review+ but labour_law",
    ):
        table.add_column(column, justify="left" if column == "corpus" else "right")
    results: list[Result] = []
    if not data.is_dir():
        console.print(
            f"No evaluation data at {data} (set SCREENING_DATA; see docs/evaluation.md): constructed pairs alone"
        )
    for corpus in CORPORA if data.is_dir() else ():
        path = data / corpus.path
        if arguments.only and arguments.only.lower() not in corpus.name.lower():
            continue
        result = evaluate(corpus, path, screener, progress=not arguments.quiet)
        results.append(result)
        high = result.tiers["review"] + result.tiers["urgent"]
        low_bound, high_bound = wilson(high, result.posts)
        table.add_row(
            corpus.name + ("" if corpus.genuine else " *"), str(result.posts), str(result.refused), str(result.tiers["urgent"]),
            str(result.tiers["review"]), str(result.tiers["watch"]), f"{result.share('inconclusive'):.2%}",
            f"{high / max(1, result.posts):.2%} [{low_bound:.2%}, {high_bound:.2%}]", str(result.review_but_labour_law),
        )  # fmt: skip
        name = corpus.name.lower().replace(" ", "_").replace("(", "").replace(")", "")
        with (OUT / f"{name}.jsonl").open("w", encoding="utf-8") as sink:
            for row in sorted(result.flagged, key=lambda r: -TIER_ORDER[r["tier"]]):
                sink.write(json.dumps(row, ensure_ascii=False) + "\n")
    if results:
        console.print(table)
        console.print(
            "* not genuine: employment scams as their sources marked them; no label of trafficking exists in any language"
        )
    if not arguments.only:
        _evaluate_pairs(console, data, screener)
    console.print(f"What was flagged lies in {OUT.relative_to(ROOT)}/ for reading.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
