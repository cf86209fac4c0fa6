"""Whether a post speaks of lures instead of being one: a warning, a report, a question, a story, a request.

Its words tell, which the reader weighs, and so does its form: who quotes clauses, asks, or goes on at length reports more often
than recruits. What is made of both is told by `context_reader.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log1p
from typing import NamedTuple

from screening.text.sentences import quotation_spans

MOST_COUNTED = 10


class Form(NamedTuple):
    """Of a post's repaired fields together."""

    quotations: float  # that hold a clause, up to MOST_COUNTED
    quoted: float  # share of the characters that stand in them
    questions: float  # marks, up to MOST_COUNTED
    exclamations: float
    length: float  # log of the characters


PLAIN = Form(0.0, 0.0, 0.0, 0.0, 0.0)


def form_of(texts: Sequence[str]) -> Form:
    length = sum(map(len, texts))
    if not length:
        return PLAIN
    spans = [end - start for text in texts for start, end in quotation_spans(text)]
    return Form(
        float(min(len(spans), MOST_COUNTED)),
        sum(spans) / length,
        _count("?", texts),
        _count("!", texts),
        log1p(length),
    )


def _count(mark: str, texts: Iterable[str]) -> float:
    return float(min(sum(text.count(mark) for text in texts), MOST_COUNTED))
