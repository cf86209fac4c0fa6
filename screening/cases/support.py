"""Whether the evidence of a case carries a referral.

A person's irregular papers, missing contract or cash pay are no wrong of theirs: these indicators alone never support a
referral (design, "Rules above all others", 4). They are left out before dimensions are weighed, by the rules of tiers.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable

from screening.assessment.tier_rules import TierRules
from screening.assessment.weighing import count_signs, dimension_states
from screening.values.evidence import Evidence

LEAST_DIMENSIONS = 2


def supporting_dimensions(
    evidence: Iterable[Evidence], protective: Iterable[Evidence], rules: TierRules
) -> tuple[str, ...]:
    """Dimensions that stay positive without `rules.never_alone`, sorted."""
    counted = tuple(piece for piece in evidence if piece.indicator not in rules.never_alone)
    states = dimension_states(count_signs(counted, tuple(protective), rules), rules)
    return tuple(sorted(name for name, state in states.items() if state in ("positive", "strong")))


def carries_referral(evidence: Iterable[Evidence], protective: Iterable[Evidence], rules: TierRules) -> bool:
    return len(supporting_dimensions(evidence, protective, rules)) >= LEAST_DIMENSIONS
