"""A post as it was read: what is known of it before it is held against others. Imports nothing that scores."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from screening.assessment.grading import Graded
from screening.assessment.indicators import IndicatorFindings
from screening.classifier.answer import PostAnswer
from screening.posts.post import Post
from screening.signals.found import Facts
from screening.text.document import Document


@dataclass(frozen=True, slots=True)
class Reading:
    """A post as it was read: what `Screener.conclude` and `links.contribution` go on from. `answer`: the classifier's, if it read.

    `left_out`: ids of rules that found something in it and are switched off.
    """

    post: Post
    document: Document
    facts: Facts
    signs: IndicatorFindings
    graded: Graded
    answer: PostAnswer | None
    seq: int
    at: datetime
    left_out: frozenset[str] = frozenset()
