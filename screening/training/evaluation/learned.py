"""The learned score: honest splits, rewritten frauds, what it adds to evidence on pairs, and whom it moves. Figures alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from screening.assessment.learned import LearnedModel
from screening.training.evaluation.pool import Workers
from screening.training.learned.datasets import fraud_samples, ordinary_samples, risk_samples
from screening.training.learned.experiments import (
    AUDIT,
    pair_table,
    recall_table,
    rewritten_table,
    slice_table,
    split_table,
    tier_table,
)
from screening.training.learned.moves import moves
from screening.training.learned.rows import read_samples
from screening.training.learned.train import OUTER_FITS, apart_scores, train_target

Announce = Callable[[str, int], Callable[[int], None]]

DIFFERENCE = (
    "not comparable: the audit has 17,014 genuine adverts of EMSCAD and 866 frauds, all of one source; here are 560 of those "
    "frauds and genuine texts of other sources and of 2025–26, nearly half and half, so that both figures come out higher"
)


def learned_tables(data: Path, model: LearnedModel, workers: Workers, announce: Announce) -> dict[str, Any]:
    """Every figure of the learned score. The target `fraud` is fitted anew for the parts held apart; `risk` and what moves are
    measured with the deployed weights, on the untouched fifth of the pairs and on ordinary adverts.

    Raises:
        UnreadableInputError: a file of the data is missing.
    """
    parts = {
        "frauds": fraud_samples(data),
        "pairs": risk_samples(untouched=True),
        "ordinary": ordinary_samples(data),
    }
    rows = {
        name: read_samples(found, workers, announce(f"Learned: {name}", len(found))) for name, found in parts.items()
    }
    fraud = train_target("fraud", rows["frauds"], announce("Learned: fitting", OUTER_FITS))
    known, choice = apart_scores([fraud]), fraud.weights.choice
    frauds = [row for row in rows["frauds"] if row.sample.source == "emscad"]
    rewritten = [row for row in rows["frauds"] if row.sample.source == "rewritten"]
    moved = moves(
        rows["ordinary"], lambda _: None, lambda row: model.score_features(row.features, row.language, row.kind)
    )
    watch = {target.name: target.watch_from for target in model.targets}
    return {
        "model": model.version,
        "watch_from": watch,
        "audit": {**AUDIT, "difference": DIFFERENCE},
        "splits": split_table(fraud.rows, fraud.sample, choice),
        "rewritten": rewritten_table(fraud.rows, rewritten, fraud.sample, choice),
        "control": {"fraud": fraud.report["control"], "risk": model.about["report"]["risk"]["control"]},
        "pairs": pair_table(rows["pairs"], model),
        "tiers": tier_table(rows["ordinary"], model, known),
        "recall": recall_table(frauds, rows["ordinary"], model, known),
        "slices": slice_table(fraud, watch["fraud"]),
        "moved": {"tiers": dict(moved.tiers), "rank_change": moved.rank_change, "refused": list(moved.refused)},
    }
