"""Where the bounds of the whole lie: by how many real honest posts they stop, told by models that hadn't learned from these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from screening.classifier.answer import QUESTIONS, Question
from screening.classifier.bounds import Bounds
from screening.statistics import wilson

SHARES: Mapping[str, tuple[Question, float, float]] = {
    "doubtful": ("exploitation", 0.025, 0.003),
    "risky": ("exploitation", 0.009, 0.001),
    "exploitation_watch": ("exploitation", 0.007, 0.002),
    "exploitation_review": ("exploitation", 0.003, 0.0005),
    "fraud_watch": ("fraud", 0.027, 0.003),
    "fraud_review": ("fraud", 0.009, 0.001),
}
"""Each bound with its question, and the shares of real honest posts and of board adverts that may reach it. Together with what phrases
raise they keep within the aims: 3 in a hundred honest posts at watch, 1 at review."""
STEP = 0.05


@dataclass(slots=True)
class HeldApart:
    """Answers to the whole of examples that the answering model hadn't learned from."""

    examples: list[Mapping[str, Any]] = field(default_factory=list)
    whole: list[np.ndarray] = field(default_factory=list)

    def add(self, examples: Sequence[Mapping[str, Any]], signs: Sequence[np.ndarray], whole: np.ndarray) -> None:
        """Keep the answers of `fit.answers`."""
        del signs
        self.examples += examples
        self.whole += list(whole)

    def of(self, question: str, *, honest: bool, board: bool) -> np.ndarray:
        """Log-odds of a question for real posts (or the board adverts), honest or reported."""
        number = QUESTIONS.index(question)  # type: ignore[arg-type]
        return np.array([
            row[number]
            for example, row in zip(self.examples, self.whole, strict=True)
            if example["source"].startswith("board_") == board
            and example["source"] != "constructed"
            and example["whole"].get("fraud") == int(not honest)
        ])  # fmt: skip


def bounds_of(apart: HeldApart) -> Bounds:
    """The lowest bounds at which no more than the shares of honest posts are stopped."""

    def bound(question: Question, share: float, board_share: float) -> float:
        honest, board = apart.of(question, honest=True, board=False), apart.of(question, honest=True, board=True)
        return max(_over(honest, share), _over(board, board_share))

    return Bounds(**{name: bound(*shares) for name, shares in SHARES.items()})


def _over(values: np.ndarray, share: float) -> float:
    """The lowest step that at most this share of the values reaches."""
    if not len(values):
        return 0.0
    allowed = int(share * len(values))
    highest = np.sort(values)[::-1]
    return float(np.floor(highest[allowed] / STEP) * STEP + STEP)


def left_out_table(apart: HeldApart, bounds: Bounds) -> list[dict[str, Any]]:
    """For each real source, scored by a model that had learned from none of it: posts, and how many read like fraud."""
    rows: dict[tuple[str, bool], list[float]] = {}
    for example, row in zip(apart.examples, apart.whole, strict=True):
        if example["source"] != "constructed" and "fraud" in example["whole"]:
            key = example["source"], bool(example["whole"]["fraud"])
            rows.setdefault(key, []).append(float(row[QUESTIONS.index("fraud")]))
    return [
        {
            "source": source,
            "reported": reported,
            "posts": len(values),
            **{
                name: {
                    "part": (part := sum(value >= bound for value in values)),
                    "interval": list(wilson(part, len(values))),
                }
                for name, bound in (("watch", bounds.fraud_watch), ("review", bounds.fraud_review))
            },
        }
        for (source, reported), values in sorted(rows.items(), key=lambda item: (not item[0][1], -len(item[1])))
    ]
