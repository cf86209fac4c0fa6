"""A post's sentences read one after the other, each with what stands before and after it.

The questions (`reader.py`) are asked of a sentence by itself, and the post as one text (`text_reader.py`) knows no order. But "they keep
your passport" after "a girl told us" is a report, and a deduction is another thing in a post that has just asked for a fee. So what the
questions and the words said of each sentence goes through a small recurrent net, once forwards and once backwards (GRU: Cho et al. 2014,
"Learning phrase representations using RNN encoder-decoder"). It tells of the post whether it is a risky one and whether it speaks of
lures instead of being one, whether somebody is needed today, and of each sign how likely a careful reader would mark it, and in which sentence.

Held apart, 92 in 100 risky offers read riskier than all but one in twenty honest twins, those that quote or report a lure among them; 85
did by one weighing of all sentences together. Fitted in `screening/training/context_fit.py` (docs/decisions/0016-sentences-in-turn.md).
"""

from __future__ import annotations

import base64
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import batched
from math import sumprod, tanh
from operator import add
from typing import Any, NamedTuple

from screening.rules.mention import Form
from screening.rules.weight_lanes import array_of

FROM = -4.0
"""Log-odds of a question in a sentence from which it is told to the net: nearly all of them lie below, and nothing is computed for them."""
LOWEST, HIGHEST = -9.0, 6.0
"""Log-odds of a question beyond which more makes no difference."""
MOST_SENTENCES = 64
"""Of a longer post those that say most of what is asked; 200,000 characters of filling hide nothing."""
OF_WORDS = 2
"""Beside the questions: what the sentence's own words weigh for the text being risky, and for it speaking of lures."""
OF_POST = len(Form._fields) + 3
"""What is known of the post: its form, what it says as one text (risky, mention), and all sentences weighed together."""
GATES = 3
TOLD = 3
"""What is told of the post: risky, mention, urgent."""

type Floats = tuple[float, ...]
type Rows = tuple[Floats, ...]


class InContext(NamedTuple):
    """Log-odds that a post is a risky one, that it speaks of lures, and that somebody is needed today; by question asked again,
    (log-odds that a careful reader would mark its sign, number of the sentence)."""

    risky: float
    mention: float
    urgent: float
    signs: Mapping[int, tuple[float, int]]


@dataclass(frozen=True, slots=True)
class Direction:
    """One reading, forwards or backwards. Rows of `said` and `post` stand for what is given, and hold a weight for each unit of each
    gate (reset, update, new); rows of `state` stand for these, and hold a weight for each unit of the state before."""

    said: Rows = ()
    post: Rows = ()
    bias: Floats = ()
    state: Rows = ()
    state_bias: Floats = ()  # of the new gate alone

    def states(self, sentences: Iterable[Mapping[int, float]], post: Floats) -> Iterator[Floats]:
        """The state after each sentence, of its values by row of `said`."""
        units = len(self.state_bias)
        start = added(self.bias, zip(self.post, post, strict=True))
        state: Floats = (0.0,) * units
        for sentence in sentences:
            given = added(start, ((self.said[row], value) for row, value in sentence.items()))
            kept = [sumprod(row, state) for row in self.state]
            reset, update = batched(map(sigmoid, map(add, given[: 2 * units], kept[: 2 * units])), units)
            new = [
                tanh(own + let * (before + bias))
                for own, let, before, bias in zip(
                    given[2 * units :], reset, kept[2 * units :], self.state_bias, strict=True
                )
            ]
            state = tuple(
                held * before + (1 - held) * now for held, before, now in zip(update, state, new, strict=True)
            )
            yield state


@dataclass(frozen=True, slots=True)
class ContextReader:
    """`asked`: the questions whose signs are told, each with a row of `signs`: a weight for each unit of both directions, one for what
    the question itself said, and a bias. `hidden` and `out` tell of the post: rows of weights, the bias last."""

    asked: tuple[int, ...] = ()
    forwards: Direction = field(default_factory=Direction)
    backwards: Direction = field(default_factory=Direction)
    signs: Rows = ()
    hidden: Rows = ()
    out: Rows = ()

    def read(self, scores: Sequence[Sequence[float]], words: Sequence[tuple[float, float]], post: Floats) -> InContext:
        """Of each sentence's log-odds by question and what its words weigh (risky, mention), and of what is known of the post."""
        numbers = chosen([max(of_one) for of_one in scores])
        sentences = [
            {question: min(score, HIGHEST) - FROM for question, score in enumerate(scores[number]) if score > FROM}
            | dict(enumerate(words[number], len(scores[number])))
            for number in numbers
        ]
        backwards = list(self.backwards.states(reversed(sentences), post))
        states = [
            (*one, *other)
            for one, other in zip(self.forwards.states(sentences, post), reversed(backwards), strict=True)
        ]
        signs = dict[int, tuple[float, int]]()
        for question, weights in zip(self.asked, self.signs, strict=True):
            told = [
                sumprod(weights, (*state, max(LOWEST, min(HIGHEST, scores[number][question])), 1.0))
                for state, number in zip(states, numbers, strict=True)
            ]
            best = max(range(len(told)), key=told.__getitem__)
            signs[question] = (told[best], numbers[best])
        columns = list(zip(*states, strict=True))
        pooled = (*map(max, columns), *(sum(column) / len(states) for column in columns), *post, 1.0)
        hidden = (*(max(0.0, sumprod(row, pooled)) for row in self.hidden), 1.0)
        risky, mention, urgent = (sumprod(row, hidden) for row in self.out)
        return InContext(risky, mention, urgent, signs)

    def to_plain(self) -> tuple[Any, ...]:
        """The questions asked again, the units, and all weights in the order of the fields."""
        return self.asked, len(self.forwards.state_bias), array("f", self._flat()).tobytes()

    def _flat(self) -> Iterator[float]:
        for one in (self.forwards, self.backwards):
            for rows in (one.said, one.post, (one.bias,), one.state, (one.state_bias,)):
                for row in rows:
                    yield from row
        for row in (*self.signs, *self.hidden, *self.out):
            yield from row

    @classmethod
    def from_plain(cls, data: tuple[Any, ...], questions: int) -> ContextReader:
        """`questions`: how many the reader asks.

        Raises:
            ValueError: there are not as many weights as that asks for.
        """
        asked, units, weights = tuple(data[0]), data[1], array_of("f", data[2])
        if not asked:
            return cls()
        at = 0

        def rows(count: int, width: int) -> Rows:
            nonlocal at
            start, at = at, at + count * width
            if at > len(weights):
                raise ValueError(f"{len(weights)} weights where {at} and more are needed")
            return tuple(batched(weights[start:at], width))

        def direction() -> Direction:
            gates = GATES * units
            said, post, bias = rows(questions + OF_WORDS, gates), rows(OF_POST, gates), rows(1, gates)[0]
            return Direction(said, post, bias, rows(gates, units), rows(1, units)[0])

        read = cls(
            asked, direction(), direction(),
            rows(len(asked), 2 * units + 2), rows(units, 4 * units + OF_POST + 1), rows(TOLD, units + 1),
        )  # fmt: skip
        if at != len(weights):
            raise ValueError(f"{len(weights)} weights where {at} are needed")
        return read

    @property
    def checksum(self) -> int:
        """By which a file names the weights that it was fitted with."""
        return zlib.crc32(self.to_plain()[-1])

    def to_json(self) -> dict[str, Any]:
        asked, units, weights = self.to_plain()
        return {
            "asked": list(asked),
            "units": units,
            "weights": base64.b64encode(zlib.compress(weights, 9)).decode(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], questions: int) -> ContextReader:
        return cls.from_plain(
            (data["asked"], data["units"], zlib.decompress(base64.b64decode(data["weights"]))), questions
        )


def chosen(highest: Sequence[float]) -> list[int]:
    """Numbers of the sentences that are read, in order, of each sentence's highest log-odds."""
    if len(highest) <= MOST_SENTENCES:
        return list(range(len(highest)))
    return sorted(nlargest(MOST_SENTENCES, range(len(highest)), key=highest.__getitem__))


def added(start: Sequence[float], weighed: Iterable[tuple[Floats, float]]) -> Sequence[float]:
    """The start, and each row as often as its value says."""
    total = start
    for row, value in weighed:
        total = [known + value * weight for known, weight in zip(total, row, strict=True)]
    return total


def sigmoid(value: float) -> float:
    return 0.5 + 0.5 * tanh(value / 2)  # as 1 / (1 + exp(-value)), without an overflow
