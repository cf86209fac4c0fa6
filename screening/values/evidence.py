"""Evidence: an indicator as found in a post, with the words and the place they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EvidenceState = Literal["stated", "denied", "absent_checked"]
Strength = Literal["strong", "medium", "weak"]


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
