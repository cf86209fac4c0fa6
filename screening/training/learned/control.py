"""Controls: models that see nothing of what a text says. What they reach is what style, length and source give away."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from screening.training.learned.fit import OUTER, SEED, Floats, Ints, splits
from screening.training.learned.rows import Row

MOST_ODDS = 0.98
"""Chances of the control nearer to 0 or 1 count as this: rows that style alone tells for sure get next to no weight."""


def given_style(row: Row) -> tuple[float, ...]:
    """What is left of style in what the model is given: how many words, how long, how varied. Words bear no case or order."""
    words = row.features.words
    count = max(1, len(words))
    lengths = [len(word) for word in words]
    return (
        float(np.log1p(len(words))),
        sum(lengths) / count,
        len(set(words)) / count,
        sum(length <= 3 for length in lengths) / count,
        sum(length >= 9 for length in lengths) / count,
        float(np.std(lengths)) if lengths else 0.0,
    )


def source_style(row: Row) -> tuple[float, ...]:
    """Style, length, layout, placeholders and missing fields of the text as its source has it."""
    return row.sample.style


def control_chances(styles: Sequence[tuple[float, ...]], labels: Ints, groups: Ints, weights: Floats) -> Floats:
    """Each row's chance of label 1 by trees over its style, held apart by group."""
    x = np.array(styles, np.float64)
    chances = np.zeros(len(labels))
    for train, test in splits(labels, groups, OUTER, SEED):
        model = HistGradientBoostingClassifier(max_iter=60, max_depth=3, learning_rate=0.1, random_state=SEED)
        chances[test] = model.fit(x[train], labels[train], sample_weight=weights[train]).predict_proba(x[test])[:, 1]
    return chances


def overlap_weights(styles: Sequence[tuple[float, ...]], labels: Ints, groups: Ints) -> Floats:
    """Weights under which style no longer tells the labels: each row counts by the chance of the *other* label at its style
    (Li, Morgan, Zaslavsky, "Balancing covariates via propensity score weighting", JASA 2018), by the mean of a linear model
    and of trees, as the one leaves something over and the other takes too much. Mean 1."""
    x = np.array(styles, np.float64)
    squares = np.hstack([x, x**2])
    linear = np.zeros(len(labels))
    for train, test in splits(labels, groups, OUTER, SEED):
        model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=2_000, random_state=SEED))
        linear[test] = model.fit(squares[train], labels[train]).predict_proba(squares[test])[:, 1]
    trees = control_chances(styles, labels, groups, np.ones(len(labels)))
    chances = np.clip((linear + trees) / 2, 1 - MOST_ODDS, MOST_ODDS)
    weights = np.where(labels == 1, 1 - chances, chances)
    return np.asarray(weights / weights.mean(), np.float64)


def area(labels: Ints, chances: Floats, weights: Floats | None = None) -> float:
    """Area under the curve; 0.5 is chance."""
    return float(roc_auc_score(labels, chances, sample_weight=weights))
