"""Whether the evidence of a case carries a referral, and what it lacks where it doesn't.

A person's irregular papers, missing contract or cash pay are no wrong of theirs: these indicators alone never support a
referral (design, "Rules above all others", 4). They are left out before dimensions are weighed, by the rules of tiers.yaml.

Signs of coercion are one dimension of a tier. For a referral three kinds of them count each for itself: papers that are kept,
a debt, isolation. Each is an indicator of its own in the ILO's list of eleven (docs/decisions/0020-what-carries-a-referral.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from screening.assessment.tier_rules import TierRules
from screening.assessment.weighing import Sign, count_signs, dimension_states
from screening.values.evidence import Evidence

LEAST_DIMENSIONS = 2
COERCION = "coercive_recruitment"
INDEPENDENT_SIGNS: dict[str, frozenset[str]] = {
    "documents": frozenset({"doc_retention", "host_takes_docs"}),
    "debt": frozenset({"debt_workoff"}),
    "isolation": frozenset({"confinement", "phone_surrender", "secrecy"}),
}
"""Kinds of coercion that count as dimensions of a referral, by their indicators. A fee is no debt: it stays with the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralGrounds:
    """What a referral would rest on.

    `supporting` are the independent dimensions, `weak` those with signs too weak to count, `left_out` the indicators that were
    found and never support a referral.
    """

    supporting: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def carries(self) -> bool:
        return len(self.supporting) >= LEAST_DIMENSIONS

    @property
    def may_be_overridden(self) -> bool:
        """Whether a senior may refer all the same: not where nothing but papers, contract and cash was found."""
        return bool(self.supporting) and not self.carries


def referral_grounds(evidence: Iterable[Evidence], protective: Iterable[Evidence], rules: TierRules) -> ReferralGrounds:
    """What of the evidence carries a referral, each group of names sorted."""
    found = tuple(evidence)
    left_out = {piece.indicator for piece in found if piece.state == "stated" and piece.indicator in rules.never_alone}
    counted = tuple(piece for piece in found if piece.indicator not in rules.never_alone)
    signs = count_signs(counted, tuple(protective), rules)
    states = dimension_states(signs, rules)
    supporting = {name for name, state in states.items() if state in ("positive", "strong")}
    kinds = {name for name, indicators in INDEPENDENT_SIGNS.items() if _stands(signs, indicators, rules)}
    if kinds:
        supporting = supporting - {COERCION} | kinds
    return ReferralGrounds(
        supporting=tuple(sorted(supporting)),
        weak=tuple(sorted(name for name, state in states.items() if state == "weak")),
        left_out=tuple(sorted(left_out)),
    )


def _stands(signs: Iterable[Sign], indicators: frozenset[str], rules: TierRules) -> bool:
    within = [sign for sign in signs if sign.dimension == COERCION and sign.indicator in indicators]
    return dimension_states(within, rules)[COERCION] in ("positive", "strong")


def supporting_dimensions(
    evidence: Iterable[Evidence], protective: Iterable[Evidence], rules: TierRules
) -> tuple[str, ...]:
    """Dimensions that stay positive without `rules.never_alone`, with `INDEPENDENT_SIGNS` in place of coercion, sorted."""
    return referral_grounds(evidence, protective, rules).supporting
