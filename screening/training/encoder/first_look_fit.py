"""The first look: one weight a piece, so cheap that every post can be told plain or doubtful before the encoder reads it.

A linear bound on which pieces a text holds (each once, over the root of their number), fitted by logistic regression on the same texts as
the classifier. The bound is set on texts held apart, in four folds of sources and pairs: of real posts that were reported at most LOST are
taken for plain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from screening.training.encoder.batches import Tokens
from screening.training.encoder.plan import SEED, fold_of

LOST = 0.003
FOLDS = 4
REAL_WEIGHT = 3.0
RISKY_WEIGHT = 3.0
"""A risky text counts so much more than an honest one: a plain one that is read costs milliseconds, a risky one that isn't, a person."""
_LARGE = ("Glasis9", "emscad", "board_", "written")
"""Sources whose texts may be dealt into several folds: many and unlike each other."""


@dataclass(frozen=True, slots=True)
class FirstLook:
    """`weights`: (pieces,) float16. Texts whose sum lies below `bound` are plain. `told`: what that means on texts held apart."""

    weights: np.ndarray
    bias: float
    bound: float
    told: dict[str, float]


def fit_first_look(examples: Sequence[Mapping[str, Any]], tokens: Tokens, pieces: int) -> FirstLook:
    """Fit weights and bound; `examples` are those of the classifier, statements left out."""
    used = [e for e in examples if "exploitation" in e["whole"] or "fraud" in e["whole"]]
    rows = [sorted({n for text in e["segments"] for n in tokens.processor.encode(text)}) for e in used]
    counts = np.array([len(row) for row in rows])
    matrix = csr_matrix(
        (np.repeat(1 / np.sqrt(counts), counts), np.concatenate(rows), np.concatenate([[0], counts.cumsum()])),
        shape=(len(rows), pieces),
    )
    risky = np.array([max(e["whole"].get("exploitation", 0), e["whole"].get("fraud", 0)) for e in used])
    real = np.array([fold_of(e["source"]) is not None for e in used])
    weight = np.array([e["weight"] for e in used]) * np.where(real, REAL_WEIGHT, 1.0)
    groups = [
        e["pair"] or (f"{e['source']} {number % 10}" if e["source"].startswith(_LARGE) else e["source"])
        for number, e in enumerate(used)
    ]
    apart = np.zeros(len(used))
    for inside, outside in GroupKFold(FOLDS).split(matrix, risky, groups):
        apart[outside] = _fitted(matrix[inside], risky[inside], weight[inside]).decision_function(matrix[outside])
    bound = float(np.quantile(apart[real & (risky == 1)], LOST))
    final = _fitted(matrix, risky, weight)
    told = {
        "reported_lost": float((apart[real & (risky == 1)] < bound).mean()),
        "constructed_lost": float((apart[~real & (risky == 1)] < bound).mean()),
        "honest_unread": float((apart[real & (risky == 0)] < bound).mean()),
    }
    return FirstLook(final.coef_[0].astype(np.float16), float(final.intercept_[0]), round(bound, 2), told)


def _fitted(matrix: csr_matrix, risky: np.ndarray, weight: np.ndarray) -> LogisticRegression:
    model = LogisticRegression(C=8, solver="liblinear", class_weight={0: 1.0, 1: RISKY_WEIGHT}, random_state=SEED)
    return model.fit(matrix, risky, sample_weight=weight)
