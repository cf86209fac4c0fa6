"""Evidence: an indicator as found in a post, with the words and the place they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EvidenceState = Literal["stated", "denied", "absent_checked"]
Strength = Literal["strong", "medium", "weak"]
PROTECTIVE = "protective"
"""The dimension of claims that speak against a finding."""
_STRENGTHS = {"strong": 0, "medium": 1, "weak": 2}
_STATES = {"denied": 4, "absent_checked": 5}


def listed_place(*, state: str, strength: str, dimension: str = "") -> int:
    """Where a piece of evidence stands in every list that people read: strong, medium, weak, then what speaks against the
    finding (protective, denied), and what a complete post lacks last."""
    if dimension == PROTECTIVE:
        return 3
    return _STATES.get(state, _STRENGTHS.get(strength, 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """`start` and `end` are code-point offsets into `Post.field_text(field)`; `quote` is exactly that slice.

    `absent_checked` evidence has field "", offsets 0 and no quote: a complete post plainly lacks something.
    """

    indicator: str  # name of domain/indicators, e.g. "worker_fee"
    state: EvidenceState
    strength: Strength
    dimension: str
    field: str
    start: int
    end: int
    quote: str
    rule: str  # id of the rule that found it, e.g. "worker_fee.pay_before_departure"
    sources: tuple[str, ...]
