"""The reader: weights by name of concept, the whole of a post, the words that speak."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from screening.errors import RulePackError
from screening.rules.concept_table import Tag
from screening.rules.context_reader import ContextReader
from screening.rules.frames import Clauses
from screening.rules.reader import NEGATED, SINGLE, TOGETHER, Occurrences, Reader, pack, pooled, shelf_of
from screening.rules.settling import AsWhole
from screening.rules.text_reader import TextWeights, to_json
from screening.rules.word_weights import WordWeights, key_of
from screening.text.tokens import words_of
from screening.training.whole_fit import _pooled

NO_CONTEXT = ContextReader()
CONCEPTS = {"keep": 0, "paper": 1}
SETTLING = {
    "tilt": 1.0,
    "floor": -2.0,
    "weights": dict.fromkeys(
        (
            "read", "read_above_0", "denied_above_0", "phrase", "frame", "condition", "whole", "read_in_whole",
            "phrase_in_whole", "frame_in_whole", "phrase_denied", "frame_denied", "mention", "read_in_mention",
            "phrase_in_mention", "frame_in_mention",
        ),
        0.0,
    ),
    "intercepts": {"doc_retention": 0.0},
    "bounds": {"strong": [0.0, 1.0, 2.0]},
}  # fmt: skip


def reader_of(
    *weights: list[object],
    features: tuple[list[object], ...] = (),
    names: dict[str, tuple[float, float]] | None = None,
    pieces: dict[str, list[tuple[int, float]]] | None = None,
    concepts: dict[str, int] = CONCEPTS,
    read_with: WordWeights | None = None,
    usual: float = 2.0,
    context: dict[str, Any] | None = None,
) -> Reader:
    """A reader with one question. `features`, `names`: what weighs (risky, mention) for the post as one text."""
    words = WordWeights.of_pieces(pieces or {}, 1)
    as_one = TextWeights.of({key_of(name): found for name, found in (names or {}).items()})
    question = {
        "indicator": "doc_retention", "state": "stated", "bias": -1.0, "sure": 2.0, "whole": [0.5, 0.25, 2.0],
        "weights": list(weights),
    }  # fmt: skip
    data = {
        "whole": {"bias": 0.5, "text": 2.0}, "settling": SETTLING, "questions": [question],
        "text": {"biases": [-0.5, -1.5], "usual": usual, "names": as_one.checksum}, "words": words.checksum,
        "context": {"bounds": [0.0, 1.0], "mention_bounds": [-0.5, 0.3], "urgent_bound": 2.0, "weights": NO_CONTEXT.checksum},
    }  # fmt: skip
    return Reader.from_json(
        data,
        read_with or words,
        to_json(as_one) | {"features": list(features)},
        context or NO_CONTEXT.to_json(),
        concepts,
    )


def occurrences(
    text: str, tags: list[tuple[str, int, bool]], negators: list[tuple[int, int]] | None = None
) -> Occurrences:
    words = words_of(text)
    tokens, at = [], 0
    for word in words:
        at = text.lower().index(word, at)
        tokens.append((at, at + len(word), word, 0))
        at += len(word)
    found = [Tag(CONCEPTS[name], place, place + 1, 1, negated) for name, place, negated in tags]
    return Occurrences(found, negators or [], Clauses(text, tokens), list(enumerate(words)), "en")


def test_weights_are_written_by_name_and_outlive_a_new_numbering() -> None:
    weight = ["together", ["keep", "paper"], 2.0]
    first = reader_of(weight)
    second = reader_of(weight, concepts={"paper": 0, "other": 1, "keep": 2})
    assert first.weights.all() == {pack(TOGETHER, 0, 1): 200}
    assert second.weights.all() == {pack(TOGETHER, 0, 2): 200}


def test_a_weight_of_a_concept_that_is_gone_is_a_fault() -> None:
    with pytest.raises(KeyError):
        reader_of(["single", ["gone"], 1.0])


def test_words_of_another_fit_are_refused() -> None:
    """Whoever dies between writing the two files must not leave a reader that reads something else."""
    with pytest.raises(RulePackError, match="several fits"):
        reader_of(pieces={"en#<keep": [(0, 0.5)]}, read_with=WordWeights.of_pieces({"en#<keep": [(0, 0.4)]}, 1))


def test_weights_of_sentences_in_turn_for_other_questions_are_refused() -> None:
    """As a fit that asks more questions leaves it, where it died before it wrote the last file."""
    with pytest.raises(RulePackError, match="several fits"):
        reader_of(context={"asked": [0], "units": 2, "weights": ContextReader().to_json()["weights"]})


def test_the_reader_survives_its_plain_form() -> None:
    reader = reader_of(
        ["single", ["keep"], 1.5],
        features=(["single", ["paper"], -0.5, 0.0],),
        names={"en#<keep>": (-0.2, 0.3)},
        pieces={"en#<keep": [(0, 0.5)]},
    )
    assert Reader.from_plain(reader.to_plain()) == reader


def test_concepts_and_the_pieces_of_words_are_added_up() -> None:
    reader = reader_of(["single", ["keep"], 1.5], pieces={"en#<keep": [(0, 0.5)], "en#aper>": [(0, 0.2)]})
    assert reader.scores(occurrences("we keep your paper", [("keep", 1, False)])) == pytest.approx(
        [-1 + 1.5 + 0.5 + 0.2]
    )
    assert reader.scores(occurrences("sandpaper", [])) == pytest.approx([-1 + 0.2]), "a word never seen, by its ending"


def test_the_post_as_one_text_counts_what_stands_twice_once() -> None:
    reader = reader_of(features=(["single", ["keep"], 1.5, 0.0],), names={"en#<keep": (0.4, 0.0)})
    once = occurrences("we keep it", [("keep", 1, False)])
    again = occurrences("we keep her", [("keep", 1, False)])
    assert reader.text_scores([once]) == pytest.approx((-0.5 + 1.9, -1.5)), (
        "four things read: as a text of the usual length"
    )
    assert reader.text_scores([once, again]) == pytest.approx((-0.5 + 1.9 * 2 / math.sqrt(5), -1.5)), "one word more"


def test_the_post_as_one_text_is_read_by_words_by_pieces_and_by_neighbours() -> None:
    names = {"en#<keep>": (1.0, 0.0), "en#eeps": (0.5, 0.0), "en#your passp": (2.0, 0.0), "en#0 euro": (4.0, 0.0)}
    for text, wanted in (
        ("keep", 1.0), ("keeps", 0.5), ("your passports", 2.0), ("passports your", 0.0), ("500 euro", 4.0), ("euro 500", 0.0),
    ):  # fmt: skip
        risky, _ = reader_of(names=names, usual=1.0).text_scores([occurrences(text, [])])
        assert risky == pytest.approx(-0.5 + wanted / math.sqrt(sum(word.isalpha() for word in text.split()))), text


def test_a_post_seems_or_surely_is_a_mention_by_the_bounds() -> None:
    assert [reader_of().mention_cues(value) for value in (-0.6, -0.5, 0.3)] == [0, 1, 2]


def test_the_whole_weighs_the_highest_the_mean_how_often_it_is_expected_and_the_text() -> None:
    reader = reader_of()
    expected = 1 / (1 + math.exp(-2.0)) + 0.5
    pooled_ones = 0.5 + 0.5 * 2.0 + 0.25 * 1.0 + 2.0 * math.log1p(expected)
    assert reader.whole([[2.0], [0.0]], 0.0) == pytest.approx(pooled_ones)
    assert reader.whole([[2.0], [0.0]], 0.7) == pytest.approx(pooled_ones + 2.0 * 0.7)
    assert reader.whole([[-20.0]], 0.0) == pytest.approx(0.5 + 0.5 * -4.0 + 0.25 * -6.0), (
        "clipped, and expected nowhere"
    )


def test_what_is_pooled_for_the_fit_is_what_is_pooled_for_a_post() -> None:
    scores = np.random.default_rng(1).uniform(-12, 8, (5, 3))
    assert _pooled(scores).reshape(3, 3) == pytest.approx(np.array([pooled(column) for column in scores.T.tolist()]))


def test_posts_read_plain_doubtful_risky_or_urgent_by_the_bounds() -> None:
    reader = reader_of()
    for whole, urgent, wanted in (
        (-0.1, 9.0, "plain"),
        (0.4, 9.0, "doubtful"),
        (1.0, 1.9, "risky"),
        (1.0, 2.0, "urgent"),
    ):
        assert reader.reads(AsWhole(whole, 0.0, urgent)) == wanted


def test_concepts_near_each_other_are_read_together_and_negation_is_seen() -> None:
    found = occurrences("we keep your paper here", [("keep", 1, False), ("paper", 3, False)])
    assert found.places[pack(TOGETHER, 0, 1)] == (1, 4)
    denied = occurrences("we never keep your paper", [("keep", 2, False), ("paper", 4, False)], [(1, 2)])
    assert pack(NEGATED, 0) in denied.places
    assert pack(SINGLE, 0) in denied.places


def test_the_words_that_speak_are_quoted() -> None:
    reader = reader_of(["together", ["keep", "paper"], 2.0], ["single", ["paper"], 0.4])
    found = occurrences("hello we keep your paper here", [("keep", 2, False), ("paper", 4, False)])
    assert reader.span(0, found) == (2, 5)
    by_word = reader_of(pieces={"en#<hand": [(0, 1.0)], "en#them>": [(0, 0.6)], "en#<here": [(0, 0.2)]})
    assert by_word.span(0, occurrences("hand them over here", [])) == (0, 2)


def test_where_nothing_speaks_the_beginning_is_quoted() -> None:
    assert reader_of().span(0, occurrences("hello there", [])) == (0, 1)


def test_figures_are_no_words() -> None:
    assert list(occurrences("passports 5 kept", []).words) == ["en#passports", "en#kept"]


def test_sister_languages_share_a_shelf() -> None:
    assert shelf_of(("uk",)) == shelf_of(("ru",)) == shelf_of(("bg",))
    assert shelf_of(("cs",)) == shelf_of(("sk",))
    assert shelf_of(("xx",)) == ""
