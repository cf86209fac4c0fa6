"""From log-odds to a chance, by Platt's two numbers on rows held apart; and the bins that show how well it fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from screening.training.evaluation.shares import share_of
from screening.training.learned.fit import SEED, Floats, Ints

BINS = 10


@dataclass(frozen=True, slots=True)
class Calibration:
    """chance = 1 / (1 + exp(-(slope * raw + shift))), among posts of which half are such."""

    slope: float
    shift: float

    def chances(self, raw: Floats) -> Floats:
        return np.asarray(1 / (1 + np.exp(-(self.slope * raw + self.shift))))


def platt(raw: Floats, labels: Ints, weights: Floats) -> Calibration:
    """Fitted on log-odds that each came from a model which hadn't seen the row's group (Platt, 1999).

    The slope is kept above 0: a score that turned the order round would be none.
    """
    balanced = weights.copy()
    for label in (0, 1):
        balanced[labels == label] /= balanced[labels == label].sum()
    model = LogisticRegression(C=1e6, random_state=SEED).fit(raw[:, None], labels, sample_weight=balanced * len(labels))
    return Calibration(max(1e-3, float(model.coef_[0, 0])), float(model.intercept_[0]))


def reliability(chances: Floats, labels: Ints) -> list[dict[str, Any]]:
    """For each tenth of the scale that has rows: mean chance told, and the share that were such, with its interval."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    return [
        {
            "told": float(chances[bins == number].mean()),
            **share_of(int(labels[bins == number].sum()), int((bins == number).sum())),
        }
        for number in range(BINS)
        if (bins == number).any()
    ]


def calibration_error(chances: Floats, labels: Ints) -> float:
    """Mean distance of chance told and share found over the bins, by their rows."""
    bins = reliability(chances, labels)
    return float(sum(abs(one["told"] - one["share"]) * one["whole"] for one in bins) / len(labels))
