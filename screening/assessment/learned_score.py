"""What the learned score says of a post: apart from the model, so that weighing needs neither weights nor words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

TargetName = Literal["fraud", "risk"]
Abstention = Literal["language", "length", "kind"]


@dataclass(frozen=True, slots=True)
class LearnedScore:
    """`score`: the highest of `scores`, 0..1, None where every target abstains, for the reason `abstains`. `high`: targets
    that put the post so high that a sign in it suffices to watch it."""

    score: float | None
    target: TargetName | None
    scores: Mapping[TargetName, float]
    high: tuple[TargetName, ...]
    top: Sequence[Sequence[Any]]
    abstains: Abstention | None

    def to_dict(self) -> dict[str, Any] | None:
        if self.score is None:
            return None
        return {"score": self.score, "top": self.top, "target": self.target, "scores": dict(self.scores)}
