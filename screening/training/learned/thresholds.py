"""Thresholds: from which score a post with a sign is watched, and what a reviewer's budget would show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from screening.assessment.learned import LearnedModel, LearnedTarget
from screening.training.evaluation.shares import share_of
from screening.training.learned.datasets import is_even
from screening.training.learned.rows import Row
from screening.training.learned.weighed import weighed

if TYPE_CHECKING:
    from screening.training.learned.train import Fitted

MOST_MOVED = 0.001
"""Share of the genuine adverts of one half, in all and of each language, that a target may make watched: half of the bound
of 0.2 %, which the other half is held against."""
HIGHEST = 0.9999
COMMON = 0.01
"""A score that so many genuine adverts reach, whether or not they bear a sign, is no reason to watch any."""
NEVER = 1.0
"""No score reaches it but by rounding: such a target lifts nothing."""
SHOWN = (0.001, 0.005, 0.01, 0.02, 0.05)
"""Shares of a platform's posts that reviewers may look at: 1 of 1,000, 5 of 1,000, and so on."""
LEAST_MEASURED = 20
"""Genuine adverts above a threshold below which it says little."""

Known = Mapping[tuple[str, str], float]


def score_of(target: LearnedTarget, row: Row, known: Known) -> float | None:
    """The row's score by the target, by a fit that hadn't seen it where it learned from that advert; None where it abstains."""
    if target.abstains(row.language, row.kind, len(row.features.words)):
        return None
    number = row.sample.notes.get("number")
    learned_as = f"indeed-{number}" if row.sample.source == "english" else row.sample.post.id
    held = known.get((target.name, learned_as))
    return target.chance(row.features) if held is None else held


def watch_from(name: str, ordinary: Sequence[Row], model: LearnedModel, known: Known) -> float:
    """The lowest threshold at which few enough genuine adverts of the even half are watched for it; rounded up."""
    target = next(one for one in model.targets if one.name == name)
    half = [row for row in ordinary if is_even(row.sample)]
    counts: dict[str, int] = {}
    moved: list[tuple[float, str]] = []
    for row in half:
        language = row.language or "unknown"
        counts[language] = counts.get(language, 0) + 1
        score = score_of(target, row, known)
        if score is not None and could_be_watched(row):
            moved.append((score, language))
    every = [score for row in half if (score := score_of(target, row, known)) is not None]
    if not every:
        return NEVER
    lowest = float(np.quantile(every, 1 - COMMON, method="higher"))
    for language, whole in [("", len(half)), *counts.items()]:
        own = sorted((score for score, its in moved if language in ("", its)), reverse=True)
        allowed = int(MOST_MOVED * whole)
        if len(own) > allowed:
            lowest = max(lowest, own[allowed])
    threshold = float(np.ceil((lowest + 1e-4) * 1e4) / 1e4)
    return threshold if threshold <= HIGHEST else NEVER


def could_be_watched(row: Row) -> bool:
    """Whether a high score would make the post watched: it has a sign that counts, and its evidence leaves it clear."""
    return weighed(row, None)[0] in ("clear", "inconclusive") and any(item.state == "stated" for item in row.evidence)


def budget_thresholds(
    fitted: Fitted, ordinary: Sequence[Row], model: LearnedModel, known: Known
) -> list[dict[str, Any]]:
    """For each share of genuine posts that may be shown: the score from which, and what of the sought class reaches it,
    held apart. `genuine` says on how many adverts it stands; `measured` whether those are enough."""
    target = next(one for one in model.targets if one.name == fitted.name)
    scores = np.array([score for row in ordinary if (score := score_of(target, row, known)) is not None])
    positive = fitted.calibration.chances(fitted.raw)[fitted.labels == 1]
    if not len(scores):
        return []
    table = []
    for share in SHOWN:
        bound = float(np.quantile(scores, 1 - share, method="higher"))
        table.append(
            {
                "shown": share,
                "score": round(bound, 4),
                "genuine": len(scores),
                "measured": share * len(scores) >= LEAST_MEASURED,
                "found": share_of(int((positive >= bound).sum()), len(positive)),
            }
        )
    return table
