"""From evidence to dimensions, concerns, tier and rank, by the conditions of `tiers.yaml`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from screening.assessment.tier_rules import ConcernRule, TierRules
from screening.assessment.tier_signs import carrying
from screening.classifier.bounds import READS
from screening.values.evidence import Evidence, Strength
from screening.values.result import Concern, DimensionState, Tier

TIER_ORDER: dict[Tier, int] = {"clear": 0, "inconclusive": 1, "watch": 2, "review": 3, "urgent": 4}
_STEP: dict[Strength, int] = {"weak": 1, "medium": 2, "strong": 3}
_NAME: dict[int, Strength] = {1: "weak", 2: "medium", 3: "strong"}

# Bands of the rank, so that a higher tier always stands before a lower one in a queue.
_BAND: dict[Tier, tuple[float, float]] = {
    "clear": (0.0, 0.2),
    "inconclusive": (0.0, 0.2),
    "watch": (0.2, 0.45),
    "review": (0.45, 0.75),
    "urgent": (0.75, 1.0),
}
_WEIGHT: dict[Strength, float] = {"weak": 0.5, "medium": 1.5, "strong": 3.0}


@dataclass(frozen=True, slots=True)
class Sign:
    """One indicator as it counts: once, at its strongest stated strength, after contradictions."""

    indicator: str
    dimension: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Weighing:
    signs: tuple[Sign, ...]
    dimensions: dict[str, DimensionState]
    concerns: tuple[Concern, ...]
    tier: Tier
    tier_reason: str  # the name of the condition in tiers.yaml that held; "" for clear
    tier_signs: tuple[str, ...]  # the indicators that it counted, strongest first
    rank: float


def weigh(
    evidence: Iterable[Evidence],
    protective: Iterable[Evidence],
    rules: TierRules,
    *,
    act_by: date | None,
    at: datetime,
    reads: str = "plain",
    at_most: Tier = "urgent",
) -> Weighing:
    """Weigh the evidence of one post. Adding stated evidence never lowers tier or rank (property-tested).

    Args:
        reads: one of READS: how the post reads as a whole. It makes nothing of a post without evidence, and lets less suffice in one that has some.
        at_most: the highest tier that the evidence may give.
    """
    found = tuple(evidence)
    signs = count_signs(found, protective, rules)
    tier, reason = tier_of(signs, rules, act_by=act_by, at=at, reads=reads)
    tier = _lower(tier, at_most)
    concerns = [
        Concern(type=rule.type, tier=_lower(concern_tier, at_most), dimensions=dimensions)
        for rule in rules.concerns
        if (scoped := _within(signs, rule)) is not None
        for concern_tier, dimensions in [
            (
                tier_of(scoped, rules, act_by=act_by, at=at, reads=reads)[0],
                tuple(d for d in rules.dimensions if any(s.dimension == d for s in scoped)),
            )
        ]
        if concern_tier != "clear"
    ]
    concerns.sort(key=lambda concern: -TIER_ORDER[concern.tier])
    if concerns and TIER_ORDER[tier] > TIER_ORDER[concerns[0].tier]:
        # Independent dimensions raised the whole above each of its parts: the foremost concern carries the tier.
        concerns[0] = Concern(type=concerns[0].type, tier=tier, dimensions=concerns[0].dimensions)
    dimensions = dimension_states(signs, rules)
    positive = frozenset(name for name, state in dimensions.items() if state in ("positive", "strong"))
    strongest_first = sorted(signs, key=lambda sign: -_STEP[sign.strength])
    return Weighing(
        signs=signs,
        dimensions=dimensions,
        concerns=tuple(concerns),
        tier=tier,
        tier_reason=reason,
        tier_signs=carrying(reason, strongest_first, positive, rules),
        rank=rank_of(tier, signs),
    )


def _lower(one: Tier, other: Tier) -> Tier:
    return one if TIER_ORDER[one] <= TIER_ORDER[other] else other


def count_signs(evidence: tuple[Evidence, ...], protective: Iterable[Evidence], rules: TierRules) -> tuple[Sign, ...]:
    """The indicators that count, in the order of first appearance."""
    denied = {item.indicator for item in evidence if item.state == "denied"}
    lowered = denied.union(
        *(rules.contradictions.get(item.indicator, frozenset()) for item in protective if item.state == "stated")
    )
    strongest: dict[str, Sign] = {}
    for item in evidence:
        if item.state != "stated":
            continue
        step = _STEP[item.strength]
        known = strongest.get(item.indicator)
        if known is None or step > _STEP[known.strength]:
            strongest[item.indicator] = Sign(item.indicator, item.dimension, item.strength)
    signs = []
    for sign in strongest.values():
        if sign.indicator in lowered and sign.strength != "strong":
            if sign.strength == "weak":
                continue
            sign = Sign(sign.indicator, sign.dimension, _NAME[_STEP[sign.strength] - 1])
        signs.append(sign)
    return tuple(signs)


def dimension_states(signs: Iterable[Sign], rules: TierRules) -> dict[str, DimensionState]:
    """`strong` where a strong indicator stands, `positive` by the rule, `weak` where something does."""
    states: dict[str, DimensionState] = dict.fromkeys(rules.dimensions, "none")
    for dimension in rules.dimensions:
        within = [sign for sign in signs if sign.dimension == dimension]
        if any(sign.strength == "strong" for sign in within):
            states[dimension] = "strong"
        elif _is_positive(within, rules):
            states[dimension] = "positive"
        elif within:
            states[dimension] = "weak"
    return states


def tier_of(
    signs: tuple[Sign, ...],
    rules: TierRules,
    *,
    act_by: date | None,
    at: datetime,
    reads: str = "plain",
) -> tuple[Tier, str]:
    """The highest tier of which a condition holds, and that condition's name.

    What other posts say (`alone_at_most`) raises a post so far on its own, and in full beside a notable sign of the post itself.
    """
    asked = _Asked(rules, hours_until(act_by, at), reads)
    highest, reason = _tier_of(signs, asked)
    for dimension, most in rules.alone_at_most.items():
        own = tuple(sign for sign in signs if sign.dimension != dimension or sign.indicator in rules.never_capped)
        if len(own) == len(signs) or any(sign.strength != "weak" for sign in own):
            continue
        if TIER_ORDER[highest] > TIER_ORDER[most]:
            lower, lower_reason = _tier_of(own, asked)
            highest, reason = (lower, lower_reason) if TIER_ORDER[lower] > TIER_ORDER[most] else (most, reason)
    return highest, reason


@dataclass(frozen=True, slots=True)
class _Asked:
    """What conditions are held against beside the signs."""

    rules: TierRules
    soon: float | None  # hours to the date to act by
    reads: str


def _tier_of(signs: tuple[Sign, ...], asked: _Asked) -> tuple[Tier, str]:
    rules = asked.rules
    by_dimension = {d: [s for s in signs if s.dimension == d] for d in rules.dimensions}
    positive = frozenset(d for d, within in by_dimension.items() if _is_positive(within, rules))
    for tier, conditions in rules.tiers:
        for condition in conditions:
            nested = condition.get("tier")
            if nested is not None:
                # "review, and a date to act by": the lower tier's own conditions, asked without this one.
                lower = next(lines for name, lines in rules.tiers if name == nested)
                if not any(_holds(line, signs, positive, asked) for line in lower):
                    continue
            if _holds(condition, signs, positive, asked):
                return tier, str(condition["name"])
    return "clear", ""


def rank_of(tier: Tier, signs: Iterable[Sign]) -> float:
    """Order within a queue, 0..1: the tier's band, filled by the weight of the signs (0.5, 1.5, 3). Not a probability."""
    low, high = _BAND[tier]
    weight = sum(_WEIGHT[sign.strength] for sign in signs)
    return round(low + (high - low) * (1 - math.exp(-weight / 6)), 4)


def hours_until(act_by: date | None, at: datetime) -> float | None:
    """Hours from `at` to the end of the day `act_by`; None without a date or where the day has passed."""
    if act_by is None:
        return None
    end = datetime.combine(act_by + timedelta(days=1), time(), tzinfo=at.tzinfo)
    hours = (end - at).total_seconds() / 3600
    return hours if hours > 0 else None


def _is_positive(within: list[Sign], rules: TierRules) -> bool:
    counts: dict[Strength, int] = {"strong": 0, "medium": 0, "weak": 0}
    for sign in within:
        if sign.indicator not in rules.of_the_whole:
            counts[sign.strength] += 1
    # A medium sign may stand in for a weak one, a strong for a medium, so that more is never less.
    for line in rules.positive:
        strong, medium, weak = line.get("strong", 0), line.get("medium", 0), line.get("weak", 0)
        if (
            counts["strong"] >= strong
            and counts["strong"] + counts["medium"] >= strong + medium
            and sum(counts.values()) >= strong + medium + weak
        ):
            return True
    return False


def _holds(
    condition: Mapping[str, Any],
    signs: tuple[Sign, ...],
    positive: frozenset[str],
    asked: _Asked,
) -> bool:
    rules, soon = asked.rules, asked.soon
    named = {sign.indicator for sign in signs if sign.strength != "weak"}
    hinted = {sign.indicator for sign in signs}
    signs = tuple(sign for sign in signs if sign.indicator not in rules.of_the_whole)
    strong = sum(sign.strength == "strong" for sign in signs)
    notable = sum(sign.strength != "weak" for sign in signs)
    checks: dict[str, Callable[[Any], bool]] = {
        "strong": lambda n: strong >= n,
        "medium": lambda n: notable >= n,  # a strong sign is at least a medium one
        "weak": lambda n: len(signs) >= n,
        "notable": lambda n: notable >= n,
        "positive_dimensions": lambda n: len(positive) >= n,
        "any_of": lambda names: not named.isdisjoint(names),
        "beside": lambda wanted: wanted == _stands_beside(signs),
        "reads": lambda least: READS.index(asked.reads) >= READS.index(least),
        "hinted": lambda names: not hinted.isdisjoint(names),
        "act_by_within_hours": lambda hours: soon is not None and soon <= hours,
    }
    return all(checks[key](value) for key, value in condition.items() if key not in ("name", "tier"))


def _stands_beside(signs: tuple[Sign, ...]) -> bool:
    notable = {sign.dimension for sign in signs if sign.strength != "weak"}
    return any(sign.dimension != dimension for dimension in notable for sign in signs)


def _within(signs: tuple[Sign, ...], rule: ConcernRule) -> tuple[Sign, ...] | None:
    """The signs of a concern's dimensions, or None where nothing points to the concern."""
    points = any(
        sign.indicator in rule.signs or (sign.strength != "weak" and sign.dimension in rule.notable_in)
        for sign in signs
    )
    if not points:
        return None
    return tuple(s for s in signs if s.dimension in rule.dimensions or s.indicator in rule.signs)
