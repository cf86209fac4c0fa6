"""What the reader is fitted on is what it adds up for a post: the same model by matrix and by its exported weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from screening.rules.library import load_rules
from screening.rules.reader import SINGLE, TEXT_SCALE, Reader, pack
from screening.rules.weight_lanes import LaneTable
from screening.rules.word_weights import WordWeights
from screening.training.linear_fit import Weights
from screening.training.statement_matrix import MIN_COUNT_OF_PIECES, Problem
from screening.training.statements import (
    ADVERT,
    MENTIONING,
    PAIR,
    WRITTEN,
    WRITTEN_WEIGHT,
    Content,
    Sentence,
    read_adverts,
)
from screening.training.text_fit import fit_mention, fit_risky_text


class Read:
    """A sentence as the reader gets it from a field."""

    def __init__(self, content: Content) -> None:
        self.places = dict.fromkeys(content.features, (0, 1))
        self.words = dict.fromkeys(content.words, (0, 1))


def sentence(
    words: str, sign: str = "o", text: str = "", fold: int = 0, features: tuple[int, ...] = (), mention: bool = False
) -> Sentence:
    content = Content(frozenset(features), frozenset(f"en#{word}" for word in words.split()))
    return Sentence("en", PAIR if text else "D1", sign, content, fold, text, mention=mention)


def corpus() -> list[Sentence]:
    found = []
    for number in range(12):
        fold = number % 4
        found += [
            sentence("we keep your passports", "+", f"en{number}-risky", fold, (pack(SINGLE, 1),)),
            sentence("we keep quiet", "+", f"en{number}-risky", fold),
            sentence("you keep your passport", "o", f"en{number}-benign", fold, (pack(SINGLE, 1),)),
            sentence("kitchen helper wanted", "o", "", fold),
        ]
    return found


def test_a_piece_counts_as_many_words_as_hold_it_and_a_concept_once() -> None:
    problem = Problem([*corpus(), sentence("passport passports keepers keep")])
    last = problem.rows[-1].toarray()[0]
    assert last[problem.columns["en#<pass"]] == 2
    assert last[problem.columns["en#<keep"]] == 2
    assert "en#pers>" not in problem.columns, f"pieces of fewer than {MIN_COUNT_OF_PIECES} sentences are left out"


def test_a_text_holds_what_its_sentences_hold_once() -> None:
    problem = Problem(corpus())
    rows = problem.texts[0]
    assert len(rows) == 2
    assert problem.text_rows[0].toarray()[0][problem.columns["en#<kee"]] == 1
    lone = [rows for rows in problem.texts if len(rows) == 1 and not problem.sentences[rows[0]].text]
    assert len(lone) == 12


def test_words_of_adverts_alone_are_no_columns() -> None:
    adverts = [Sentence("en", ADVERT, "o", Content(frozenset(), frozenset({"en#zebra"})), 0, f"a{n}") for n in range(9)]
    assert "en#<zebr" not in Problem([*corpus(), *adverts]).columns


def test_a_post_is_scored_as_the_fitted_matrix_scores_it() -> None:
    problem = Problem(corpus())
    model = fit_risky_text(problem).final
    concepts, pieces = {}, {}
    for column, weight in zip(model.columns.tolist(), model.values.tolist(), strict=True):
        feature = problem.features[column]
        (pieces if isinstance(feature, str) else concepts)[feature] = [(0, weight * TEXT_SCALE)]
    reader = Reader(
        weights=LaneTable.of(concepts), words=WordWeights.of_pieces(pieces, 2), text_biases=(model.bias, 0.0)
    )
    for number, rows in enumerate(problem.texts):
        by_matrix = model.bias + problem.text_rows[number].toarray()[0][model.columns] @ model.values
        sentences = [Read(problem.sentences[row].content) for row in rows]
        risky, mention = reader.text_scores(sentences)  # type: ignore[arg-type]
        assert risky == pytest.approx(by_matrix, abs=0.01 * len(model.columns) / TEXT_SCALE)
        assert mention == 0


def test_held_apart_scores_tell_risky_from_honest() -> None:
    problem = Problem(corpus())
    scores = fit_risky_text(problem).scores
    risky = np.array([problem.sentences[rows[0]].sign == "+" for rows in problem.texts])
    assert scores[risky].min() > scores[~risky].max()


def test_what_speaks_of_lures_is_told_from_what_is_one() -> None:
    told = [
        sentence("they told us we keep your passports", "o", f"en{number + 100}-benign", number % 4, mention=True)
        for number in range(12)
    ]
    problem = Problem([*corpus(), *told])
    fitted = fit_mention(problem, fit_risky_text(problem))
    mention = np.array([problem.sentences[rows[0]].mention for rows in problem.texts])
    risky = np.array([problem.sentences[rows[0]].sign == "+" for rows in problem.texts])
    assert mention.sum() == 12
    assert fitted.text.scores[mention].min() > fitted.text.scores[risky].max()
    assert fitted.final.bounds[0] <= fitted.final.bounds[1], "what surely is one also seems to be"
    assert fitted.held_apart["surely"] == 1


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
