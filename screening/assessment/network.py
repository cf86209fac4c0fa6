"""What other posts say about a post: signs of the dimension `network`, and the campaign that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from screening.values.evidence import Evidence, Strength

NETWORK = "network"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSign:
    """An indicator that stands in no text: it comes from comparing posts. `counts` are what was counted, by name.

    `counter` says what else would explain it, and whether the post bears that out; a sign that is explained is left out or weak.
    """

    indicator: str  # a name of domain/indicators 3f, e.g. "contact_many_names"
    strength: Strength
    counts: Mapping[str, int] = field(default_factory=dict)
    counter: str = ""
    sources: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)  # one sentence by language

    def as_evidence(self) -> Evidence:
        """Evidence without words: field and quote are empty, as for what is absent."""
        return Evidence(
            indicator=self.indicator, state="stated", strength=self.strength, dimension=NETWORK, field="", start=0,
            end=0, quote="", rule=f"{self.indicator}.links", sources=self.sources,
        )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        return {
            "indicator": self.indicator, "strength": self.strength, "counts": dict(self.counts),
            "counter": self.counter, "sources": list(self.sources),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFindings:
    """`campaign` is None for a post that is tied to no other; `size` counts the posts of the campaign that are known here."""

    campaign: str | None = None
    size: int = 1
    signs: tuple[NetworkSign, ...] = ()

    def to_dict(self) -> dict[str, Any] | None:
        """The contract's `links`: None where nothing is tied and nothing found."""
        if self.campaign is None and not self.signs:
            return None
        return {"campaign": self.campaign, "size": self.size, "evidence": [sign.to_dict() for sign in self.signs]}
