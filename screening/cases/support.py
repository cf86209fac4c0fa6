"""Whether the evidence of a case carries a referral.

A person's irregular papers, missing contract or cash pay are no wrong of theirs: these indicators alone never support a
referral (design, "Rules above all others", 4). They are left out before dimensions are counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from screening.assessment.evidence import Evidence

NEVER_ALONE = frozenset({"no_contract", "visa_irregular", "informal_pay"})  # J7, J9, M4
LEAST_DIMENSIONS = 2


def supporting_dimensions(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Dimensions that stay positive by stated evidence without `NEVER_ALONE`, sorted.

    Positive as in tiers.yaml: one strong, two medium, or one medium and two weak indicators, each counted once at its
    strongest.
    """
    order = {"weak": 0, "medium": 1, "strong": 2}
    strongest: dict[tuple[str, str], str] = {}
    for piece in evidence:
        if piece.state != "stated" or piece.indicator in NEVER_ALONE:
            continue
        key = (piece.dimension, piece.indicator)
        if key not in strongest or order[piece.strength] > order[strongest[key]]:
            strongest[key] = piece.strength
    counts: dict[str, dict[str, int]] = defaultdict(lambda: {"strong": 0, "medium": 0, "weak": 0})
    for (dimension, _), strength in strongest.items():
        counts[dimension][strength] += 1
    return tuple(
        sorted(
            dimension
            for dimension, count in counts.items()
            if count["strong"] >= 1 or count["medium"] >= 2 or (count["medium"] >= 1 and count["weak"] >= 2)
        )
    )
