"""What spoke for each indicator in marked offers and ordinary adverts, each read by a reader that hasn't seen it (`settling_fit.py`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path

from joblib import Parallel, delayed

from screening.assessment.evidence import Evidence
from screening.posts.post import Post
from screening.rules.compiled import CompiledRules
from screening.rules.evaluation import evaluate
from screening.rules.marks import COMPUTED_MARKS, COMPUTED_PREFIXES, TEXT_WARNING
from screening.rules.reader import STATED, Reader
from screening.rules.settling import FEATURES, WAYS, AsWhole, Settling, Signs
from screening.signals.facts import gather
from screening.text.reading import read_document
from screening.training.statements import (
    CORPUS,
    FITTED_AS,
    FOLDS,
    INDICATORS,
    MENTIONING,
    QUOTED,
    advert_posts,
    is_untouched,
    is_written,
    pair_number,
)

AT = datetime(2026, 3, 2, tzinfo=UTC)
FRESH_FROM = 300
"""Pairs from this number on were written after the packs: what phrases and frames find in them says how far they carry."""
_NAMED_ABSENT = "no_employer"
"""What an offer's writer calls so where the name is merely absent: stated only where words refuse it."""


@dataclass(frozen=True, slots=True)
class Case:
    """A post with what spoke for each indicator. `bound`: its lowest right tier, of an honest one its highest."""

    fold: int
    risky: bool
    advert: bool
    written: bool  # an advert written to be hard: no measure of how often ordinary ones are flagged
    subtle: bool
    mention: bool  # it speaks of lures instead of being one
    bound: str
    marked: frozenset[str]
    signs: Mapping[str, Signs]
    as_whole: AsWhole
    evidence: tuple[Evidence, ...]  # of indicators that the reader doesn't ask for, and what is denied
    protective: tuple[Evidence, ...]


def read_cases(rules: CompiledRules, readers: Sequence[Reader], data: Path, adverts: int, jobs: int = 1) -> list[Case]:
    """What spoke for each indicator in the marked offers and in ordinary adverts, each read by the reader of its fold."""
    accepting = _accepting([name for name, state in readers[0].questions if state == STATED])
    by_fold = [replace(rules, reader=replace(reader, settling=accepting)).to_bytes() for reader in readers]
    parts = Parallel(jobs)(delayed(_part_of_cases)(by_fold, data, adverts, part, jobs) for part in range(jobs))
    return [case for _, case in sorted((numbered for part in parts for numbered in part), key=lambda found: found[0])]


def _part_of_cases(by_fold: Sequence[bytes], data: Path, adverts: int, part: int, parts: int) -> list[tuple[int, Case]]:
    """Every `parts`-th case from the `part`-th on, with its number."""
    rules = [CompiledRules.from_bytes(one) for one in by_fold]
    wanted = chain(_offers(rules), _adverts(rules, data, adverts))
    return [(number, read()) for number, read in enumerate(wanted) if number % parts == part]


def _accepting(indicators: Sequence[str]) -> Settling:
    """Takes whatever phrases, frames and conditions found, and nothing from the reader."""
    weights = tuple(10.0 if name in WAYS else 0.0 for name in FEATURES)
    every = dict.fromkeys(("strong", "medium", "weak"), (0.0, 0.0, 0.0))
    return Settling(0.0, -50.0, weights, dict.fromkeys(indicators, -5.0), every)


def _offers(by_fold: Sequence[CompiledRules]) -> Iterator[Callable[[], Case]]:
    for path in sorted(CORPUS.glob("*.jsonl")):
        for row in map(json.loads, filter(None, path.read_text("utf-8").splitlines())):
            if "marks" not in row or is_untouched(row["pair"]) or pair_number(row["pair"]) < FRESH_FROM:
                continue
            post = Post.from_generic(
                {"id": row["id"], "description": row["text"], "kind": row["post_type"], "country": row["country"]},
                platform="fit",
            )
            stated = {FITTED_AS.get(m["code"], m["code"]) for m in row["marks"] if m["state"] == STATED}
            named = {name.split(" ")[1] for name in row["expected"] if " " in name} - {_NAMED_ABSENT}
            marked = frozenset(INDICATORS[code] for code in stated if code in INDICATORS) | named
            risky = row["variant"] == "risky"
            fold = pair_number(row["pair"]) % FOLDS
            bound = row["min_tier"] if risky else row["max_tier"]
            subtle = "subtle" in row["traits"]
            mention = QUOTED in row["traits"] and not risky
            yield partial(_case, post, fold, by_fold[fold], marked, bound, risky=risky, subtle=subtle, mention=mention)


def _adverts(by_fold: Sequence[CompiledRules], data: Path, most: int) -> Iterator[Callable[[], Case]]:
    for _, number, post in advert_posts(data, most):
        fold = number % FOLDS
        written = is_written(post)
        nothing, mention = frozenset[str](), post.platform == MENTIONING
        yield partial(
            _case,
            post,
            fold,
            by_fold[fold],
            nothing,
            "watch",
            risky=False,
            advert=True,
            written=written,
            mention=mention,
        )


def _case(
    post: Post,
    fold: int,
    rules: CompiledRules,
    marked: frozenset[str],
    bound: str,
    *,
    risky: bool,
    subtle: bool = False,
    advert: bool = False,
    written: bool = False,
    mention: bool = False,
) -> Case:
    document = read_document(post)
    facts = gather(document, rules, today=AT.date())
    computed = frozenset(m for m in facts.marks if m in COMPUTED_MARKS or m.startswith(COMPUTED_PREFIXES))
    evaluation = evaluate(document, rules, computed)
    signs = {} if TEXT_WARNING in evaluation.marks else evaluation.signs  # of a warning nothing counts
    others = tuple(e for e in facts.evidence if e.state != STATED or e.indicator not in evaluation.signs)
    return Case(
        fold,
        risky,
        advert,
        written,
        subtle,
        mention,
        bound,
        marked,
        signs,
        evaluation.as_whole,
        others,
        facts.protective,
    )
