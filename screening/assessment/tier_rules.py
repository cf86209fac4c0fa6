"""The rules of `tiers.yaml`, read once and checked: which dimensions, concerns and conditions of tiers there are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

from screening.errors import RulePackError
from screening.values.result import ConcernType, Tier

SOURCE = Path(__file__).with_name("tiers.yaml")
COMPILED = Path(__file__).with_name("tiers.json")
"""Written beside the source by `make build`, so that a function parses no YAML."""

_CONDITION_KEYS = {
    "name", "strong", "medium", "weak", "notable", "positive_dimensions", "any_of", "beside", "act_by_within_hours", "tier", "reads",
    "hinted",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConcernRule:
    type: ConcernType
    dimensions: frozenset[str]
    notable_in: frozenset[str]
    signs: frozenset[str]


@dataclass(frozen=True, slots=True)
class TierRules:
    dimensions: tuple[str, ...]
    positive: tuple[Mapping[str, int], ...]
    of_the_whole: frozenset[str]
    tiers: tuple[tuple[Tier, tuple[Mapping[str, Any], ...]], ...]  # highest first
    concerns: tuple[ConcernRule, ...]
    contradictions: Mapping[str, frozenset[str]]
    never_alone: frozenset[str]
    alone_at_most: Mapping[str, Tier]
    never_capped: frozenset[str]
    without_phrases_at_most: Tier


@cache
def load_tier_rules() -> TierRules:
    """The rules as shipped.

    Raises:
        RulePackError: where the file names a dimension, tier, concern or condition that doesn't exist.
    """
    if COMPILED.exists():
        return parse_tier_rules(json.loads(COMPILED.read_text("utf-8")))
    return parse_tier_rules(read_source())


def read_source() -> dict[str, Any]:
    import yaml  # build and checkout only; functions find the compiled file

    return cast("dict[str, Any]", yaml.safe_load(SOURCE.read_text("utf-8")))


def compile_to(target: Path) -> None:
    """Write the checked rules as JSON for a function's bundle."""
    data = read_source()
    parse_tier_rules(data)
    # In the order of the source: the tiers are asked highest first.
    target.write_text(json.dumps(data), "utf-8")


def parse_tier_rules(data: Mapping[str, Any]) -> TierRules:
    dimensions = tuple(data["dimensions"])
    known = frozenset(dimensions)
    tiers: list[tuple[Tier, tuple[Mapping[str, Any], ...]]] = []
    for tier, conditions in data["tiers"].items():
        if tier not in get_args(Tier):
            raise RulePackError(f"{SOURCE.name}: tiers: '{tier}' is no tier; there are {', '.join(get_args(Tier))}")
        for condition in conditions:
            unknown = set(condition) - _CONDITION_KEYS
            if unknown:
                raise RulePackError(
                    f"{SOURCE.name}: tiers.{tier}: unknown condition {', '.join(sorted(unknown))}; "
                    f"there are {', '.join(sorted(_CONDITION_KEYS))}"
                )
        tiers.append((tier, tuple(conditions)))
    concerns = []
    for name, rule in data["concerns"].items():
        if name not in get_args(ConcernType):
            raise RulePackError(f"{SOURCE.name}: concerns: '{name}' is no concern")
        named = frozenset(rule["dimensions"]) | frozenset(rule.get("notable_in", ()))
        if named - known:
            raise RulePackError(f"{SOURCE.name}: concerns.{name}: no dimension {', '.join(sorted(named - known))}")
        concerns.append(
            ConcernRule(
                name,
                frozenset(rule["dimensions"]),
                frozenset(rule.get("notable_in", ())),
                frozenset(rule.get("signs", ())),
            )
        )
    return TierRules(
        dimensions=dimensions,
        positive=tuple(data["positive"]),
        of_the_whole=frozenset(data["of_the_whole"]),
        tiers=tuple(tiers),
        concerns=tuple(concerns),
        contradictions={name: frozenset(targets) for name, targets in data["contradictions"].items()},
        never_alone=frozenset(data["never_alone"]),
        alone_at_most=_alone_at_most(data, known),
        never_capped=frozenset(data["never_capped"]),
        without_phrases_at_most=_tier(data["without_phrases_at_most"]),
    )


def _tier(name: Any) -> Tier:
    if name not in get_args(Tier):
        raise RulePackError(f"{SOURCE.name}: without_phrases_at_most: '{name}' is no tier")
    return cast("Tier", name)


def _alone_at_most(data: Mapping[str, Any], dimensions: frozenset[str]) -> Mapping[str, Tier]:
    limits: dict[str, Tier] = dict(data["alone_at_most"])
    for dimension, tier in limits.items():
        if dimension not in dimensions or tier not in get_args(Tier):
            raise RulePackError(f"{SOURCE.name}: alone_at_most: '{dimension}: {tier}' names no dimension or no tier")
    return limits
