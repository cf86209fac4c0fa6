"""What a candidate model would move against the current one, and whether that is within bounds: the gate of promotion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from screening.assessment.learned import LearnedModel
from screening.assessment.learned_score import LearnedScore
from screening.assessment.weighing import TIER_ORDER
from screening.training.evaluation.shares import share_of
from screening.training.learned.rows import Row
from screening.training.learned.thresholds import Known, score_of
from screening.training.learned.weighed import weighed

MOST_RISE = 0.002
"""By how much the flagged share of genuine posts may rise, in all."""
MOST_RISE_A_LANGUAGE = 0.005
"""The same for each language with at least `LEAST_POSTS`."""
LEAST_POSTS = 100
FLAGGED_FROM = TIER_ORDER["watch"]

Scorer = Callable[[Row], LearnedScore | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """`by`: axis -> value -> {posts, before, after}: flagged shares; `tiers`: "clear>watch" -> posts; `refused`: why not."""

    posts: int
    by: Mapping[str, Mapping[str, Mapping[str, Any]]]
    tiers: Mapping[str, int]
    rank_change: float  # mean of the absolute change of the rank, 0..1
    refused: tuple[str, ...] = field(default=())


def held_apart_score(row: Row, model: LearnedModel, known: Known) -> LearnedScore:
    """The model's score; of an advert that a target learned from, the score by a fit that hadn't seen it."""
    score = model.score_features(row.features, row.language, row.kind)
    if score.score is None:
        return score
    found = {target.name: score_of(target, row, known) for target in model.targets if target.name in score.scores}
    high = tuple(
        target.name
        for target in model.targets
        if (own := found.get(target.name)) is not None and own >= target.watch_from
    )
    return replace(score, score=max(value for value in found.values() if value is not None), high=high)


def moves(rows: Sequence[Row], before: Scorer, after: Scorer) -> Moves:
    """Weigh genuine rows by both scorers. Each post counts as flagged at watch or above."""
    counts: dict[str, dict[str, list[int]]] = {"all": {}, "language": {}, "sector": {}}
    tiers: dict[str, int] = {}
    change = 0.0
    for row in rows:
        (old, old_rank), (new, new_rank) = weighed(row, before(row)), weighed(row, after(row))
        change += abs(new_rank - old_rank)
        if old != new:
            tiers[f"{old}>{new}"] = tiers.get(f"{old}>{new}", 0) + 1
        for axis, value in (("all", "all"), ("language", row.language or "unknown"), ("sector", row.sector)):
            cell = counts[axis].setdefault(value, [0, 0, 0])
            cell[0] += 1
            cell[1] += TIER_ORDER[old] >= FLAGGED_FROM
            cell[2] += TIER_ORDER[new] >= FLAGGED_FROM
    by = {
        axis: {
            value: {"posts": whole, "before": share_of(old, whole), "after": share_of(new, whole)}
            for value, (whole, old, new) in sorted(found.items())
        }
        for axis, found in counts.items()
    }
    return Moves(
        posts=len(rows), by=by, tiers=dict(sorted(tiers.items())), rank_change=change / len(rows) if rows else 0.0,
        refused=tuple(_refusals(by)),
    )  # fmt: skip


def _refusals(by: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[str]:
    reasons = []
    for axis, bound in (("all", MOST_RISE), ("language", MOST_RISE_A_LANGUAGE)):
        for value, cell in by[axis].items():
            if axis == "language" and cell["posts"] < LEAST_POSTS:
                continue
            rise = cell["after"]["share"] - cell["before"]["share"] if cell["posts"] else 0.0
            if rise > bound:
                reasons.append(f"{axis} {value}: flagged genuine posts rise by {rise:.2%}, at most {bound:.2%} may be")
    return reasons
