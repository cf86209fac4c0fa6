"""Which signs made a condition of `tiers.yaml` hold: for the reader of one assessment, not for the weighing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from screening.assessment.tier_rules import TierRules


class Counted(Protocol):
    """A sign as it counts (`weighing.Sign`)."""

    @property
    def indicator(self) -> str: ...
    @property
    def dimension(self) -> str: ...
    @property
    def strength(self) -> str: ...


_Carries = Callable[[Counted, Any, frozenset[str], TierRules], bool]
_CARRIES: Mapping[str, _Carries] = {
    "strong": lambda sign, _n, _positive, _rules: sign.strength == "strong",
    "medium": lambda sign, _n, _positive, _rules: sign.strength != "weak",
    "notable": lambda sign, _n, _positive, _rules: sign.strength != "weak",
    "weak": lambda _sign, _n, _positive, _rules: True,
    "beside": lambda _sign, _wanted, _positive, _rules: True,
    "tier": lambda sign, _tier, _positive, _rules: sign.strength != "weak",
    "positive_dimensions": lambda sign, _n, positive, _rules: sign.dimension in positive,
    "hinted": lambda sign, names, _positive, _rules: sign.indicator in names,
    "any_of": lambda sign, names, _positive, _rules: sign.indicator in names and sign.strength != "weak",
}

_BY_NAME = frozenset({"any_of", "hinted"})


def carrying(reason: str, signs: Iterable[Counted], positive: frozenset[str], rules: TierRules) -> tuple[str, ...]:
    """The indicators that the condition named `reason` counted; none where no condition bears the name."""
    condition = next((line for _, lines in rules.tiers for line in lines if line["name"] == reason), {})
    asked = [(key, _CARRIES[key], value) for key, value in condition.items() if key in _CARRIES]
    return tuple(
        sign.indicator
        for sign in signs
        if any(
            holds(sign, value, positive, rules)
            for key, holds, value in asked
            if sign.indicator not in rules.of_the_whole or key in _BY_NAME
        )
    )
