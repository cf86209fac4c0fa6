"""What a post says when its sentences are read in turn: order counts, filling doesn't."""

from __future__ import annotations

import json
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.rules.context_reader import (
    FROM,
    GATES,
    MOST_SENTENCES,
    OF_POST,
    OF_WORDS,
    ContextReader,
    Direction,
    Rows,
    chosen,
    sigmoid,
)

QUESTIONS, UNITS, ASKED = 4, 3, (0, 2)
POST = (0.1, 0.0, 1.0, 0.0, 5.0, -2.0, 0.5, 1.5)
NOTHING = [FROM - 2] * QUESTIONS
FEE = [3.0, FROM - 2, FROM - 2, 1.0]
PAPERS = [FROM - 2, 2.0, 4.0, FROM - 2]
type Sentences = list[list[float]]


def random_reader(seed: int = 1) -> ContextReader:
    draw = random.Random(seed)

    def rows(count: int, width: int) -> Rows:
        return tuple(tuple(round(draw.uniform(-1, 1), 2) for _ in range(width)) for _ in range(count))

    def direction() -> Direction:
        gates = GATES * UNITS
        return Direction(
            rows(QUESTIONS + OF_WORDS, gates),
            rows(OF_POST, gates),
            rows(1, gates)[0],
            rows(gates, UNITS),
            rows(1, UNITS)[0],
        )

    return ContextReader(
        ASKED,
        direction(),
        direction(),
        rows(len(ASKED), 2 * UNITS + 2),
        rows(UNITS, 4 * UNITS + OF_POST + 1),
        rows(3, UNITS + 1),
    )


def words(sentences: Sentences) -> list[tuple[float, float]]:
    return [(0.2, -0.1)] * len(sentences)


def told(reader: ContextReader, sentences: Sentences) -> tuple[float, float]:
    found = reader.read(sentences, words(sentences), POST)
    return found.risky, found.mention


def test_what_stands_before_counts_otherwise_than_what_stands_after() -> None:
    reader = random_reader()
    assert told(reader, [FEE, PAPERS]) != pytest.approx(told(reader, [PAPERS, FEE]))


def test_one_who_remembers_nothing_doesnt_mind_the_order() -> None:
    """An update gate that is shut lets nothing of the state before through; all that is left is each sentence by itself."""
    reader = random_reader()

    def forgetting(one: Direction) -> Direction:
        bias = (*[0.0] * UNITS, *[-60.0] * UNITS, *one.bias[2 * UNITS :])
        return Direction(one.said, one.post, bias, ((0.0,) * UNITS,) * (GATES * UNITS), (0.0,) * UNITS)

    forgetful = ContextReader(
        ASKED, forgetting(reader.forwards), forgetting(reader.backwards), reader.signs, reader.hidden, reader.out
    )
    assert told(forgetful, [FEE, PAPERS]) == pytest.approx(told(forgetful, [PAPERS, FEE]))


def test_a_sign_is_told_with_the_sentence_that_says_it() -> None:
    own = ((*[0.0] * (2 * UNITS), 1.0, -0.5),) * len(ASKED)  # what the question said, and a bias
    base = random_reader()
    reader = ContextReader(ASKED, base.forwards, base.backwards, own, base.hidden, base.out)
    found = reader.read([NOTHING, FEE, PAPERS], words([NOTHING, FEE, PAPERS]), POST)
    assert found.signs == {0: (pytest.approx(3.0 - 0.5), 1), 2: (pytest.approx(4.0 - 0.5), 2)}


def test_how_unlikely_an_answer_is_counts_for_nothing() -> None:
    reader = random_reader()
    less = [FEE[0], FROM - 30, FEE[2], FEE[3]]
    assert told(reader, [less, PAPERS]) == told(reader, [FEE, PAPERS])


def test_filling_hides_nothing() -> None:
    reader = random_reader()
    filled = [*[NOTHING] * 500, FEE, *[NOTHING] * 500, PAPERS]
    short = [*[NOTHING] * (MOST_SENTENCES - 2), FEE, PAPERS]
    found = reader.read(filled, words(filled), POST)
    assert {number for _, number in found.signs.values()} <= {*range(MOST_SENTENCES), 500, 1001}
    assert (found.risky, found.mention) == pytest.approx(told(reader, short)), (
        "the first of the filling, then what says something"
    )


@given(st.lists(st.floats(-20, 8), max_size=200))
def test_those_that_say_most_are_chosen_and_stay_in_order(highest: list[float]) -> None:
    numbers = chosen(highest)
    assert numbers == sorted(set(numbers))
    assert len(numbers) == min(len(highest), MOST_SENTENCES)
    left = set(range(len(highest))) - set(numbers)
    assert max((highest[number] for number in left), default=-99) <= min(
        (highest[number] for number in numbers), default=0
    )


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=QUESTIONS, max_size=QUESTIONS), min_size=1, max_size=5))
def test_whatever_is_said_the_answer_is_finite(sentences: Sentences) -> None:
    assert all(map(math.isfinite, told(random_reader(), sentences)))


@given(st.floats(-1e9, 1e9))
def test_a_chance_lies_between_none_and_one(value: float) -> None:
    assert 0 <= sigmoid(value) <= 1
    if abs(value) < 30:
        assert sigmoid(value) == pytest.approx(1 / (1 + math.exp(-value)), abs=1e-12)


def test_weights_survive_their_file_and_their_plain_form() -> None:
    reader = ContextReader.from_plain(random_reader().to_plain(), QUESTIONS)
    assert ContextReader.from_json(json.loads(json.dumps(reader.to_json())), QUESTIONS) == reader
    assert told(reader, [FEE, PAPERS]) == pytest.approx(told(random_reader(), [FEE, PAPERS]), abs=1e-5)
    assert ContextReader.from_plain(ContextReader().to_plain(), QUESTIONS) == ContextReader()


def test_weights_of_other_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="weights"):
        ContextReader.from_plain(random_reader().to_plain(), QUESTIONS - 1)
