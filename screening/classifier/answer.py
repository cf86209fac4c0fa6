"""What the classifier says of a post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from screening.classifier.segments import Segment

Question = Literal["exploitation", "fraud", "urgent", "mention", "no_offer"]
QUESTIONS: tuple[Question, ...] = ("exploitation", "fraud", "urgent", "mention", "no_offer")
"""Asked of the post as a whole: whether it is an exploitative offer, a recruitment fraud, one for which somebody is needed today,
speaks of lures instead of being one, is no offer at all (a request, a notice, news)."""
OF_ALL: frozenset[Question] = frozenset({"fraud", "no_offer"})
"""Questions about the manner of the whole: a long post is answered by the mean of its windows. The others are answered by the window that
says most, for one sentence is enough to exploit somebody."""


@dataclass(frozen=True, slots=True)
class SignAnswer:
    """Log-odds that a segment states a sign, and that it denies it. `segment` is its number in `PostAnswer.segments`."""

    indicator: str
    segment: int
    stated: float
    denied: float


@dataclass(frozen=True, slots=True)
class PostAnswer:
    """`signs`: those whose statement or denial is likely enough to be told (`bounds.Bounds.told`), in the order of the text.

    `read`: False where the first look found the post plain, so that the encoder didn't read it.
    `whole`: log-odds of each question, of all windows or of the one where they are highest (`OF_ALL`). `telling`: of each segment, how much
    it speaks for a yes to each question, (segments, questions); the highest are its quotes. `unknown`: share of the text's pieces that the
    vocabulary lacks.
    """

    segments: tuple[Segment, ...]
    signs: tuple[SignAnswer, ...]
    whole: Mapping[Question, float]
    telling: tuple[tuple[float, ...], ...]
    unknown: float
    read: bool = True
