"""Earlier cases like this one, and what was decided on them: help to judge alike what is alike.

It says nothing of how a case came to be looked at: whether one was drawn for the audit stays unmarked.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from screening.cases.case import Case
from screening.cases.told_decisions import standing_decision
from screening.cases.vote import Action, Decision

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarCase:
    """`similarity` 0..1. `same_corridor`: the same country of work, and the same people addressed."""

    case: str
    similarity: float
    same_corridor: bool
    shared_indicators: tuple[str, ...]
    shared_concerns: tuple[str, ...]
    action: Action
    decided_at: datetime


def similar_cases(case: Case, decided: Iterable[Case], *, most: int = MOST_SHOWN) -> tuple[SimilarCase, ...]:
    """The most similar decided cases of the same kind of offer: those of the same corridor first, then by similarity.

    Weighted Jaccard over indicators and concerns, the rarer among `decided` the heavier, so that what nearly every case
    shows ties none together. Nothing shared, no similarity: fewer than `most` may come back.

    Args:
        decided: of the reader's own reach; the caller sees to that. Undecided cases, appeals and the case itself are passed
            over, and what turned out wrong: nobody should follow a decision that was overturned.
    """
    known = list(decided)
    acted_on = {other.previous_case for other in known if other.decision and other.decision.action != "dismiss"}
    standing = {
        other.case: made
        for other in known
        if (made := standing_decision(other)) is not None
        # Dismissed, opened again under another number, and acted on then.
        and not (made.action == "dismiss" and other.case in acted_on)
    }
    others = [
        other
        for other in known
        if other.case in standing and other.appeal is None and other.case != case.case and other.kind == case.kind
    ]
    signs = {other.case: _signs(other) for other in others}
    counted = Counter(sign for found in signs.values() for sign in found)
    weights = {sign: math.log((len(others) + 1) / (count + 1)) + 1 for sign, count in counted.items()}
    alone = math.log(len(others) + 1) + 1  # of a sign that no decided case has
    own = _signs(case)
    rows = [_row(case, other, standing[other.case], own, signs[other.case], weights, alone) for other in others]
    found = [row for row in rows if row.similarity > 0]
    found.sort(key=lambda row: (not row.same_corridor, -row.similarity, -row.decided_at.timestamp(), row.case))
    return tuple(found[:most])


def _row(
    case: Case, other: Case, decision: Decision, own: frozenset[str], signs: frozenset[str],
    weights: Mapping[str, float], alone: float,
) -> SimilarCase:  # fmt: skip
    shared = own & signs
    whole = sum(weights.get(sign, alone) for sign in own | signs)
    return SimilarCase(
        case=other.case, similarity=sum(weights[sign] for sign in shared) / whole if whole else 0.0,
        same_corridor=_corridor(case) == _corridor(other),
        shared_indicators=tuple(sorted(set(case.indicators) & set(other.indicators))),
        shared_concerns=tuple(sorted({each.type for each in case.concerns} & {each.type for each in other.concerns})),
        action=decision.action, decided_at=decision.decided_at,
    )  # fmt: skip


def _signs(case: Case) -> frozenset[str]:
    return frozenset(case.indicators) | {f"concern:{concern.type}" for concern in case.concerns}


def _corridor(case: Case) -> tuple[str | None, str | None]:
    """By the language where it isn't known whom the offer aims at."""
    return case.work_country, case.corridor or case.language
