"""The reader: weights by name of concept, the whole of a post, the words that speak."""

from __future__ import annotations

import math

import numpy as np
import pytest

from screening.rules.concept_table import Tag
from screening.rules.frames import Clauses
from screening.rules.reader import NEGATED, SINGLE, TOGETHER, Occurrences, Reader, pack, pooled, shelf_of, word_features
from screening.text.tokens import words_of
from screening.training.whole_fit import _pooled

CONCEPTS = {"keep": 0, "paper": 1}
SETTLING = {
    "tilt": 1.0,
    "floor": -2.0,
    "weights": dict.fromkeys(
        (
            "read", "read_above_0", "denied_above_0", "phrase", "frame", "condition", "whole", "read_in_whole",
            "phrase_in_whole", "frame_in_whole", "phrase_denied", "frame_denied",
        ),
        0.0,
    ),
    "intercepts": {"doc_retention": 0.0},
    "bounds": {"strong": [0.0, 1.0, 2.0]},
}  # fmt: skip


def reader_json(*weights: list[object], words: dict[str, float] | None = None) -> dict[str, object]:
    question = {
        "indicator": "doc_retention", "state": "stated", "bias": -1.0, "sure": 2.0, "whole": [0.5, 0.25, 2.0],
        "weights": list(weights), "words": words or {},
    }  # fmt: skip
    return {"whole": {"bias": 0.5, "bounds": [0.0, 1.0]}, "settling": SETTLING, "questions": [question]}


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
    data = reader_json(["together", ["keep", "paper"], 2.0])
    first = Reader.from_json(data, CONCEPTS)
    second = Reader.from_json(data, {"paper": 0, "other": 1, "keep": 2})
    assert first.scores([pack(TOGETHER, 0, 1)]) == pytest.approx([1.0])
    assert second.scores([pack(TOGETHER, 0, 2)]) == pytest.approx([1.0])


def test_a_weight_of_a_concept_that_is_gone_is_a_fault() -> None:
    with pytest.raises(KeyError):
        Reader.from_json(reader_json(["single", ["gone"], 1.0]), CONCEPTS)


def test_the_reader_survives_its_plain_form() -> None:
    reader = Reader.from_json(reader_json(["single", ["keep"], 1.5], words={"en:passp": 0.5}), CONCEPTS)
    again = Reader.from_plain(reader.to_plain())
    assert again == reader


def test_the_whole_weighs_the_highest_the_mean_and_how_often_it_is_expected() -> None:
    reader = Reader.from_json(reader_json(), CONCEPTS)
    expected = 1 / (1 + math.exp(-2.0)) + 0.5
    assert reader.whole([[2.0], [0.0]]) == pytest.approx(0.5 + 0.5 * 2.0 + 0.25 * 1.0 + 2.0 * math.log1p(expected))
    assert reader.whole([[-20.0]]) == pytest.approx(0.5 + 0.5 * -4.0 + 0.25 * -6.0), "clipped, and expected nowhere"


def test_what_is_pooled_for_the_fit_is_what_is_pooled_for_a_post() -> None:
    scores = np.random.default_rng(1).uniform(-12, 8, (5, 3))
    assert _pooled(scores).reshape(3, 3) == pytest.approx(np.array([pooled(column) for column in scores.T.tolist()]))


def test_posts_read_plain_doubtful_or_risky_by_the_bounds() -> None:
    reader = Reader.from_json(reader_json(), CONCEPTS)
    assert reader.reads(-0.1) == "plain"
    assert reader.reads(0.4) == "doubtful"
    assert reader.reads(1.0) == "risky"


def test_concepts_near_each_other_are_read_together_and_negation_is_seen() -> None:
    found = occurrences("we keep your paper here", [("keep", 1, False), ("paper", 3, False)])
    assert found.places[pack(TOGETHER, 0, 1)] == (1, 4)
    denied = occurrences("we never keep your paper", [("keep", 2, False), ("paper", 4, False)], [(1, 2)])
    assert pack(NEGATED, 0) in denied.places
    assert pack(SINGLE, 0) in denied.places


def test_the_words_that_speak_are_quoted() -> None:
    reader = Reader.from_json(reader_json(["together", ["keep", "paper"], 2.0], ["single", ["paper"], 0.4]), CONCEPTS)
    found = occurrences("hello we keep your paper here", [("keep", 2, False), ("paper", 4, False)])
    assert reader.span(0, found.places) == (2, 5)


def test_stems_leave_endings_out_and_figures_part_words() -> None:
    features = dict(word_features([(0, "passports"), (1, "5"), (2, "kept"), (3, "here")], "en"))
    assert "en:passp" in features
    assert "en:passp kept" not in features
    assert features["en:kept here"] == (2, 4)


def test_sister_languages_share_a_shelf() -> None:
    assert shelf_of(("uk",)) == shelf_of(("ru",)) == shelf_of(("bg",))
    assert shelf_of(("cs",)) == shelf_of(("sk",))
    assert shelf_of(("xx",)) == ""
