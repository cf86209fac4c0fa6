"""Rows weighed with and without a learned score: which tier and rank each comes to."""

from __future__ import annotations

from collections.abc import Sequence

from screening.assessment.learned import LearnedModel
from screening.assessment.learned_score import LearnedScore
from screening.assessment.result import Tier
from screening.assessment.tier_rules import TierRules, load_tier_rules
from screening.assessment.weighing import weigh
from screening.training.evaluation.records import AT
from screening.training.learned.rows import Row


def weighed(row: Row, learned: LearnedScore | None, rules: TierRules | None = None) -> tuple[Tier, float]:
    """Tier and rank of a row, as the screener weighs it."""
    found = weigh(
        row.evidence,
        row.protective,
        rules or load_tier_rules(),
        act_by=row.act_by,
        at=AT,
        reads=row.reads,
        learned=learned,
    )
    return ("inconclusive" if row.inconclusive and found.tier == "clear" else found.tier), found.rank


def scores(rows: Sequence[Row], model: LearnedModel | None) -> list[LearnedScore | None]:
    return [model.score_features(row.features, row.language, row.kind) if model is not None else None for row in rows]
