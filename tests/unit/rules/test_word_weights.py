"""What pieces of words weigh: kept in bytes, added up for a word that may never have been seen."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.rules.weight_lanes import LARGEST, lane
from screening.rules.word_weights import MAX_LETTERS, PIECES, WordWeights, key_of, pieces_of

words = st.text("abcdefgß\u043f\u0430", min_size=1, max_size=12)


def lanes(table: WordWeights, name: str) -> list[float]:
    number = table.of(name)
    return [lane(number, question) for question in range(table.lanes)]


def test_pieces_hold_the_borders_of_a_word_and_short_ones_whole() -> None:
    assert list(pieces_of("en#we")) == ["en#<we>"]
    assert list(pieces_of("en#keep")) == ["en#<kee", "en#keep", "en#eep>", "en#<keep", "en#keep>"]


@given(words)
def test_every_letter_is_in_a_piece_and_none_is_longer_than_told(word: str) -> None:
    pieces = [piece.partition("#")[2] for piece in pieces_of(f"en#{word}")]
    assert set("".join(pieces)) == set(f"<{word}>")
    assert max(map(len, pieces)) <= max(PIECES)


def test_an_endless_word_is_read_to_a_bound() -> None:
    assert len(list(pieces_of("en#" + "a" * 100_000))) < 2 * MAX_LETTERS + 4


@given(
    st.dictionaries(words, st.lists(st.tuples(st.integers(0, 3), st.integers(-20, 20)), max_size=4), max_size=8), words
)
def test_a_word_weighs_what_its_pieces_weigh_together(weights: dict[str, list[tuple[int, int]]], word: str) -> None:
    table = WordWeights.of_pieces(
        {f"en#{piece}": [(question, step / 50) for question, step in entries] for piece, entries in weights.items()}, 4
    )
    for question in range(4):
        wanted = sum(
            step / 50
            for piece in pieces_of(f"en#{word}")
            for asked, step in weights.get(piece.partition("#")[2], ())
            if asked == question
        )
        assert lanes(table, f"en#{word}")[question] == pytest.approx(max(-LARGEST, min(LARGEST, wanted)))


def test_languages_have_shelves_of_their_own() -> None:
    table = WordWeights.of_pieces({"en#<gift": [(0, 1.0)]}, 1)
    assert lanes(table, "en#gift") == [1.0]
    assert table.of("de#gift") == 0


@given(st.dictionaries(words, st.lists(st.tuples(st.integers(0, 200), st.integers(-20, 20)), max_size=3), max_size=20))
def test_the_table_survives_its_plain_form_and_its_file(weights: dict[str, list[tuple[int, int]]]) -> None:
    table = WordWeights.of_pieces({p: [(q, step / 50) for q, step in entries] for p, entries in weights.items()}, 201)
    assert WordWeights.from_plain(table.to_plain()) == table
    assert WordWeights.from_json(json.loads(json.dumps(table.to_json()))) == table


def test_too_large_a_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="beyond"):
        WordWeights.of_pieces({"en#<keep": [(0, 2.6)]}, 1)


def test_keys_do_not_depend_on_the_process() -> None:
    assert key_of("en#<keep") == 0x29FDF306
