"""From log-odds to grades: bounds that were set on texts held apart from the fit, and lie in the model's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Grade = Literal["hint", "likely", "sure"]
Reads = Literal["plain", "doubtful", "risky", "urgent"]
Wording = Literal["none", "watch", "review"]
READS: tuple[Reads, ...] = ("plain", "doubtful", "risky", "urgent")
"""How a post reads as a whole, least first."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Log-odds from which an answer counts.

    `hint`, `likely`, `sure`: of a sign in a segment, a chance of one, two and three in four. `mention`, `no_offer`: of a text that
    speaks of lures, of one that offers nothing; four in five, for what they undo must be sure. `urgent`: that somebody is needed
    today, more likely than not. Chances are those among constructed texts.

    `doubtful`, `risky`: of an exploitative offer, where signs are found too; `exploitation_watch`, `exploitation_review`: the same, by its
    wording alone; `fraud_watch`, `fraud_review`: of a recruitment fraud. They say how many honest posts are stopped, and were set on real honest posts of sources that the model hadn't learned from
    (docs/evaluation.md, "Bounds").
    """

    doubtful: float
    risky: float
    exploitation_watch: float
    exploitation_review: float
    fraud_watch: float
    fraud_review: float
    hint: float = -1.1
    likely: float = 0.0
    sure: float = 1.1
    urgent: float = 0.0
    mention: float = 1.4
    no_offer: float = 1.4

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Bounds:
        return cls(**{name: float(data[name]) for name in cls.__slots__})

    @classmethod
    def standard(cls) -> Bounds:
        """Where none were set on honest posts: more likely than not, three in four; by wording alone, five in six and nine in ten."""
        return cls(
            doubtful=0.0, risky=1.1, exploitation_watch=1.6, exploitation_review=2.2, fraud_watch=0.0, fraud_review=1.1
        )

    @property
    def told(self) -> float:
        """Log-odds of a sign under which nothing is told of it."""
        return self.hint

    def grade(self, log_odds: float) -> Grade | None:
        if log_odds >= self.sure:
            return "sure"
        if log_odds >= self.likely:
            return "likely"
        return "hint" if log_odds >= self.hint else None

    def reads(self, whole: Mapping[Any, float]) -> Reads:
        """How a post reads by what was answered of the whole."""
        if whole["exploitation"] >= self.risky:
            return "urgent" if whole["urgent"] >= self.urgent else "risky"
        return "doubtful" if whole["exploitation"] >= self.doubtful else "plain"

    def wording(self, question: Literal["exploitation", "fraud"], whole: Mapping[Any, float]) -> Wording:
        """Up to which tier the post's wording as a whole leads on its own: by how surely it reads exploitative, or fraudulent."""
        watch, review = {
            "exploitation": (self.exploitation_watch, self.exploitation_review),
            "fraud": (self.fraud_watch, self.fraud_review),
        }[question]
        if whole[question] >= review:
            return "review"
        return "watch" if whole[question] >= watch else "none"
