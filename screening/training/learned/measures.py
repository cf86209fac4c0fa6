"""Figures of a score against labels: F1 of the sought class, average precision, area, with intervals over groups."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score, f1_score, precision_recall_curve, roc_auc_score

from screening.statistics import wilson
from screening.training.learned.fit import SEED, Floats, Ints

AUDIT_BASE_RATE = 866 / 17_880
"""Frauds among the adverts of EMSCAD, on which the published audit stands; here nearly half are."""
DRAWS = 400


def figures(labels: Ints, raw: Floats) -> dict[str, float]:
    """At log-odds 0, and over all thresholds."""
    return {
        "f1": float(f1_score(labels, raw > 0)),
        "average_precision": float(average_precision_score(labels, raw)),
        "area": float(roc_auc_score(labels, raw)),
        "recall": float((raw[labels == 1] > 0).mean()),
        "false_positives": float((raw[labels == 0] > 0).mean()),
    }


def at_base_rate(labels: Ints, raw: Floats, rate: float = AUDIT_BASE_RATE) -> dict[str, float]:
    """F1 and average precision with genuine rows weighed so that frauds are `rate` of all: with few genuine rows a rough
    figure. F1 at the best threshold, which flatters it."""
    weights = np.where(labels == 1, 1.0, (labels == 1).sum() * (1 - rate) / rate / (labels == 0).sum())
    precision, recall, _ = precision_recall_curve(labels, raw, sample_weight=weights)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    return {
        "f1": float(f1.max()),
        "average_precision": float(average_precision_score(labels, raw, sample_weight=weights)),
    }


def area_interval(labels: Ints, raw: Floats, groups: Ints) -> dict[str, float]:
    """Area under the curve with the 95 % interval of draws of whole groups (bootstrap)."""
    chosen = np.random.default_rng(SEED)
    members = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    found = []
    for _ in range(DRAWS):
        rows = np.concatenate([members[number] for number in chosen.integers(0, len(members), len(members))])
        if 0 < labels[rows].sum() < len(rows):
            found.append(roc_auc_score(labels[rows], raw[rows]))
    low, high = np.quantile(found, (0.025, 0.975)) if found else (0.0, 1.0)
    return {"area": float(roc_auc_score(labels, raw)), "low": float(low), "high": float(high)}


def unlabelled_view(chances: Floats, labels: Ints) -> dict[str, Any]:
    """The genuine rows taken as unlabelled, for nobody looked whether they are (Elkan & Noto, KDD 2008).

    `labelled_share` estimates how many of the frauds like EMSCAD's bear a label, from the mean chance of labelled ones;
    `at_most` is the share of presumed genuine rows that score as high as half of the labelled frauds: no more of them can be
    such frauds than twice that, whatever the labels say.
    """
    labelled, unlabelled = chances[labels == 1], chances[labels == 0]
    above = int((unlabelled >= np.median(labelled)).sum())
    low, high = wilson(above, len(unlabelled))
    return {
        "labelled_share": float(labelled.mean()),
        "above_median_fraud": {"part": above, "whole": len(unlabelled), "low": low, "high": high},
        "at_most": min(1.0, 2 * above / len(unlabelled)),
    }
