"""Constructed pairs: a risky offer and its honest twin, alike but for the decisive words, against a careful reader's marks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from screening.assessment.weighing import TIER_ORDER
from screening.errors import UnreadableInputError
from screening.posts.post import Post
from screening.training.constructed import is_untouched, pair_number
from screening.training.evaluation.records import Record
from screening.training.evaluation.shares import share_of, share_where
from screening.values.result import Tier

CORPUS = Path(__file__).parents[1] / "corpus"
EXAMPLES = Path("lures") / "pairs_examples.jsonl"
AXES = ("lang", "post_type", "sector", "style", "series")
SERIES = {
    4301: "seventeenth (4301–), for measuring alone",
    4001: "sixteenth (4001–), easy money in chats",
    3901: "fifteenth (3901–), mention against use",
    3701: "fourteenth (3701–), signs in words of their own",
    3501: "thirteenth (3501–), mention against use",
    3401: "twelfth (3401–), mention against use",
    3301: "eleventh (3301–), mention against use",
    3201: "tenth (3201–), innocent details",
    3001: "ninth (3001–), mention against use",
    2601: "eighth (2601–)",
    1701: "seventh (1701–)",
    901: "sixth (901–)",
    601: "fifth (601–)",
    501: "fourth (501–)",
    401: "third (401–)",
    301: "second (301–)",
    0: "first (101–)",
}
"""By the number of their first pair: each was written by other hands and in another manner (`training/corpus/README.md`)."""


@dataclass(frozen=True, slots=True)
class Example:
    """One half of a pair. `bound` is the lowest right tier of a risky offer, the highest of an honest twin."""

    id: str
    pair: str
    lang: str
    risky: bool
    post_type: str
    sector: str
    style: str
    bound: Tier
    expected: frozenset[str]  # indicators by name
    denied: frozenset[str]
    traits: frozenset[str]
    post: Post

    @property
    def untouched(self) -> bool:
        return is_untouched(self.pair)

    @property
    def series(self) -> str:
        return next(name for first, name in SERIES.items() if pair_number(self.pair) >= first)


@dataclass(frozen=True, slots=True)
class Outcome:
    example: Example
    record: Record

    @property
    def right(self) -> bool:
        """At its lowest tier or above, for an honest twin at its highest or below; nobody reads an inconclusive one."""
        order, bound = TIER_ORDER[self.record.tier], TIER_ORDER[self.example.bound]  # type: ignore[index]
        return order >= bound if self.example.risky else order <= max(bound, TIER_ORDER["inconclusive"])

    @property
    def found(self) -> frozenset[str]:
        """Indicators found, stated or plainly absent (no employer, no licence)."""
        return frozenset(self.record.stated) | frozenset(self.record.absent)


def corpus_examples(folder: Path = CORPUS) -> list[Example]:
    """The constructed corpus that ships with the project, by file and line.

    Raises:
        UnreadableInputError: a line is no example; the message names file and line.
    """
    return [example for path in sorted(folder.glob("*.jsonl")) for example in read_examples(path)]


def read_examples(path: Path) -> Iterator[Example]:
    """Examples of a JSON Lines file in the form of `training/corpus/README.md`."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield _example(json.loads(line))
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise UnreadableInputError(str(path), f"no constructed example ({error!r})", line=number) from error


def corpus_rows(folder: Path = CORPUS) -> list[dict[str, Any]]:
    """The rows of the constructed corpus as they stand, by file and line."""
    paths = sorted(folder.glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line.strip()]


def _example(row: dict[str, Any]) -> Example:
    risky = row["variant"] == "risky"
    post = Post.from_generic(
        {"id": row["id"], "description": row["text"], "kind": row["post_type"], "country": row.get("country")},
        platform="pairs",
    )
    return Example(
        id=row["id"],
        pair=row["pair"],
        lang=row["lang"],
        risky=risky,
        post_type=row["post_type"],
        sector=row["sector"],
        style=row["style"],
        bound=row["min_tier"] if risky else row["max_tier"],
        expected=_names(row["expected"]),
        denied=_names(row["denied"]),
        traits=frozenset(row.get("traits", ())),
        post=post,
    )


def _names(marked: Iterable[str]) -> frozenset[str]:
    """ "D1 doc_retention" as "doc_retention"; what pays for a worker's way (P1–P3) weighs nothing and isn't judged."""
    parts = (name.partition(" ") for name in marked)
    return frozenset(name for code, _, name in parts if name and code not in ("P1", "P2", "P3") and code[0] != "R")


def pair_tables(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """How pairs came out: in all, by language, kind, sector, style, series and trait, and which came out wrong."""
    traits = sorted({trait for outcome in outcomes for trait in outcome.example.traits})
    return {
        "all": _group(outcomes),
        **{f"by_{axis}": _by(outcomes, _axis(axis)) for axis in AXES},
        "by_trait": {trait: _group([o for o in outcomes if trait in o.example.traits]) for trait in traits},
        "wrong": [_wrong(outcome) for outcome in outcomes if not outcome.right],
    }


def _group(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    risky = [outcome for outcome in outcomes if outcome.example.risky]
    twins = [outcome for outcome in outcomes if not outcome.example.risky]
    urgent = [outcome for outcome in risky if outcome.example.bound == "urgent"]
    return {
        "risky_at_tier": share_where(outcome.right for outcome in risky),
        "risky_at_watch": share_where(outcome.record.at_least("watch") for outcome in risky),
        "risky_at_review": share_where(outcome.record.at_least("review") for outcome in risky),
        "subtle_at_tier": share_where(outcome.right for outcome in risky if "subtle" in outcome.example.traits),
        "urgent_at_urgent": share_where(outcome.record.tier == "urgent" for outcome in urgent),
        "twins_right": share_where(outcome.right for outcome in twins),
        "twins_at_review": share_where(outcome.record.at_least("review") for outcome in twins),
        "twins_urgent": share_where(outcome.record.tier == "urgent" for outcome in twins),
    }


def _axis(axis: str) -> Callable[[Outcome], str]:
    return lambda outcome: str(getattr(outcome.example, axis))


def _by(outcomes: Sequence[Outcome], name: Callable[[Outcome], str]) -> dict[str, Any]:
    grouped: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        grouped.setdefault(name(outcome), []).append(outcome)
    return {key: _group(own) for key, own in sorted(grouped.items())}


def _wrong(outcome: Outcome) -> dict[str, Any]:
    example, found = outcome.example, outcome.found
    return {
        "id": example.id,
        "tier": outcome.record.tier,
        "should_be": example.bound,
        "missed": sorted(example.expected - found),
        "extra": sorted(frozenset(outcome.record.stated) - example.expected),
    }


def signal_tables(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Each indicator on pairs: found where marked, stated though denied, stated on honest twins that don't bear it.

    `by` holds the share found for each language, kind of post and sector.
    """
    marked = sorted({name for outcome in outcomes for name in outcome.example.expected | outcome.example.denied})
    return {name: _signal(name, outcomes) for name in marked}


def _signal(name: str, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    expected = [outcome for outcome in outcomes if name in outcome.example.expected]
    denied = [o for o in outcomes if name in o.example.denied and name not in o.example.expected]
    clean_twins = [o for o in outcomes if not o.example.risky and name not in o.example.expected]
    by: dict[str, dict[str, Any]] = {}
    for axis in ("lang", "post_type", "sector"):
        read = _axis(axis)
        by[axis] = {
            value: share_where(name in o.found for o in expected if read(o) == value)
            for value in sorted({read(o) for o in outcomes})
        }
    return {
        "found": share_where(name in outcome.found for outcome in expected),
        "stated_though_denied": share_where(name in outcome.record.stated for outcome in denied),
        "extra_on_twins": share_of(sum(name in o.record.stated for o in clean_twins), len(clean_twins)),
        "by": by,
    }
