"""Robustness: constructed pairs and ordinary adverts plain and under each disguise, shared out over the workers."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from screening.assessment.screener import Screener
from screening.posts.post import Post
from screening.training.disguise import DISGUISES, DisguiseEvaluation, DisguiseScore, evaluate_disguises
from screening.training.evaluation.corpora import CORPORA, SEED, read_corpus
from screening.training.evaluation.pairs import corpus_rows
from screening.training.evaluation.pool import Workers

ADVERTS_A_CORPUS = 60
"""So many ordinary adverts of each corpus are disguised too."""
SHARES = 6
"""Into so many tasks the disguises are parted; each scores the plain texts once."""
PLAIN = "plain"


def disguise_tables(
    data: Path | None, workers: Workers, progress: Callable[[int], None], sample: int | None = None
) -> dict[str, Any]:
    """For each disguise, in all and by language: risky offers right plain and disguised, points lost, adverts flagged.

    `sample`: of so many pairs, the same at every run.

    Adverts are honest twins and, where `data` has them, ordinary adverts of a known language; flagged means review or above.

    Raises:
        UnreadableInputError: a corpus of ordinary adverts is missing in `data`.
    """
    names = [name for name in DISGUISES if name != PLAIN]
    adverts = ordinary_adverts(data) if data is not None else []
    tasks = [names[first::SHARES] for first in range(SHARES)]
    waiting = [(task, workers.start_with_screener(_score, task, adverts, sample)) for task in tasks]
    found: dict[str, dict[str, Any]] = {}
    for task, wait in waiting:
        found |= _plain_values(wait())
        progress(len(task))
    return {name: found[name] for name in names}


def count_of_disguises() -> int:
    return len(DISGUISES) - 1


def ordinary_adverts(data: Path) -> list[Post]:
    """A fixed sample of ordinary adverts in each language that the corpora name, with that language set."""
    return [
        replace(post, language=corpus.language)
        for corpus in CORPORA
        if corpus.role == "ordinary" and corpus.language
        for post in read_corpus(corpus, data, sample=ADVERTS_A_CORPUS).posts
    ]


def _score(screener: Screener, names: Sequence[str], adverts: Sequence[Post], sample: int | None) -> DisguiseEvaluation:
    return evaluate_disguises(sampled(corpus_rows(), sample), adverts, screener, names=names, untouched=True)


def sampled(rows: list[dict[str, Any]], sample: int | None) -> list[dict[str, Any]]:
    """The rows of so many pairs, the same at every run; all where None."""
    pairs = sorted({row["pair"] for row in rows})
    if sample is None or sample >= len(pairs):
        return rows
    chosen = set(random.Random(SEED).sample(pairs, sample))  # noqa: S311 - a sample, no secret
    return [row for row in rows if row["pair"] in chosen]


def _plain_values(found: DisguiseEvaluation) -> dict[str, dict[str, Any]]:
    return {
        name: {
            "all": _values(scores["all"]),
            "by_language": {language: _values(score) for language, score in scores.items() if language != "all"},
            "missed": list(found.missed[name]),
        }
        for name, scores in found.by_disguise.items()
    }


def _values(score: DisguiseScore) -> Mapping[str, Any]:
    return {
        "risky": score.risky,
        "plain_right": score.plain_right,
        "right": score.right,
        "lost": round(score.lost, 2),
        "adverts": score.genuine,
        "plain_flagged": score.plain_flagged,
        "flagged": score.flagged,
    }
