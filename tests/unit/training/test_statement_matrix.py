"""What the reader's questions are fitted on, as a matrix."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from screening.rules.library import load_rules
from screening.training.linear_fit import Weights
from screening.training.statement_matrix import MIN_COUNT_OF_PIECES, Problem
from screening.training.statements import (
    ADVERT,
    MENTIONING,
    WRITTEN,
    WRITTEN_WEIGHT,
    Content,
    Sentence,
    read_adverts,
)
from tests.unit.training.sentences import corpus, sentence


def test_a_piece_counts_as_many_words_as_hold_it_and_a_concept_once() -> None:
    problem = Problem([*corpus(), sentence("passport passports keepers keep")])
    last = problem.rows[-1].toarray()[0]
    assert last[problem.columns["en#<pass"]] == 2
    assert last[problem.columns["en#<keep"]] == 2
    assert "en#pers>" not in problem.columns, f"pieces of fewer than {MIN_COUNT_OF_PIECES} sentences are left out"


def test_words_of_adverts_alone_are_no_columns() -> None:
    adverts = [Sentence("en", ADVERT, "o", Content(frozenset(), frozenset({"en#zebra"})), 0, f"a{n}") for n in range(9)]
    assert "en#<zebr" not in Problem([*corpus(), *adverts]).columns


def test_small_weights_are_left_out() -> None:
    problem = Problem(corpus())

    class Model:
        coef_ = np.array([[0.01] * len(problem.features)])
        intercept_ = np.array([0.5])

    kept = Weights.of(problem, Model())  # type: ignore[arg-type]
    assert kept.bias == 0.5
    assert not len(kept.columns)


def test_an_advert_written_to_be_hard_weighs_more_but_not_for_what_adverts_state_too() -> None:
    content = Content(frozenset(), frozenset({"en#uniform"}))
    plain, hard = (Sentence("en", ADVERT, "o", content, 0, f"a{weight}", weight=weight) for weight in (1.0, 3.0))
    problem = Problem([*corpus(), plain, hard])
    assert problem.labels("D1", "+")[1][-2:].tolist() == [1.0, 3.0]
    assert problem.labels("P1", "+")[1][-2:].tolist() == [0.0, 0.0]


def test_written_adverts_are_texts_of_their_own(tmp_path: Path) -> None:
    """Their numbers begin anew beside those of the boards' adverts."""
    found = list(read_adverts(load_rules(), tmp_path, 5))
    assert found
    assert {sentence.weight for sentence in found} == {WRITTEN_WEIGHT}
    assert all(sentence.text.startswith((WRITTEN, MENTIONING)) for sentence in found)
    assert {sentence.mention for sentence in found if sentence.text.startswith(MENTIONING)} == {True}
    assert not any(sentence.mention for sentence in found if sentence.text.startswith(WRITTEN))
