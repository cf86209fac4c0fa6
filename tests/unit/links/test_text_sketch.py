"""Sketches of texts: what is alike is found alike, in every script, and who doesn't hold the seed learns nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.links.text_sketch import SAMPLE, TextSketch, TextSketcher, similarity, unpacked
from tests.unit.links.members import SKETCHER

WORDS = [f"w{number}" for number in range(60)]


def overlap(one: list[str], other: list[str]) -> float:
    first, second = (set(zip(*(text[start:] for start in range(5)), strict=False)) for text in (one, other))
    return len(first & second) / len(first | second)


def made(words: list[str]) -> TextSketch:
    found = SKETCHER.sketch([words])
    assert found is not None
    return found


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 59), max_size=8), st.integers(0, 20))
def test_short_texts_are_compared_exactly(changed: list[int], cut: int) -> None:
    other = ["x" if index in changed else word for index, word in enumerate(WORDS)][cut:]
    assert similarity(made(WORDS), made(other)) == pytest.approx(overlap(WORDS, other))


def test_long_texts_are_estimated_within_four_standard_errors() -> None:
    words = [f"w{number}" for number in range(2_000)]
    for kept in (1_900, 1_700, 1_000):
        other = [*words[:kept], *(f"v{number}" for number in range(2_000 - kept))]
        exact = overlap(words, other)
        error = (exact * (1 - exact) / SAMPLE) ** 0.5
        assert abs(similarity(made(words), made(other)) - exact) <= 4 * error


@pytest.mark.parametrize(
    "sentences",
    [
        [["робота", "для", "жінок", "у", "польщі"], ["житло", "безкоштовно", "виїзд", "завтра", "зранку"]] * 1,
        [["работа", "на", "складе", "без", "опыта", "жильё"], ["оплата", "каждую", "неделю", "на", "карту", "сразу"]],
    ],
)
def test_every_script_counts(sentences: list[list[str]]) -> None:
    longer = [
        *sentences,
        ["one", "more", "sentence", "of", "six", "words"],
        ["and", "again", "a", "few", "words", "more"],
    ]
    found = SKETCHER.sketch(longer)
    assert found is not None
    assert found.shingles >= 6
    assert similarity(found, SKETCHER.sketch(longer[::-1]) or found) == 1.0


def test_sentences_in_another_order_are_the_same_text_but_not_the_same_bytes() -> None:
    sentences = [WORDS[start : start + 10] for start in range(0, 60, 10)]
    one, other = SKETCHER.sketch(sentences), SKETCHER.sketch(sentences[::-1])
    assert one is not None and other is not None
    assert one.bands == other.bands
    assert one.exact != other.exact
    assert similarity(one, other) == 1.0


def test_a_text_of_a_few_words_has_no_sketch() -> None:
    assert SKETCHER.sketch([["cleaner", "wanted", "in", "leeds"]]) is None
    assert SKETCHER.sketch([]) is None


def test_another_seed_gives_nothing_in_common() -> None:
    other = TextSketcher(b"another seed of sixteen bytes").sketch([WORDS])
    assert other is not None
    assert not set(other.sample) & set(made(WORDS).sample)
    assert not set(other.bands) & set(made(WORDS).bands)


def test_a_short_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 16"):
        TextSketcher(b"short")


def test_packed_and_unpacked_it_says_the_same() -> None:
    one, other = made(WORDS), made(WORDS[3:])
    assert len(made([f"w{n}" for n in range(500)]).packed()) == 4 * (SAMPLE + 1)
    assert similarity(unpacked(one.packed(), one.exact), other) == similarity(one, other)
