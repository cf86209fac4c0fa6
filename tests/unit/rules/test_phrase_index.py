"""The index against a naive matcher: every phrase tried as a regular expression at every token."""

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from screening.rules.phrase_index import IndexBuilder, PhraseIndex
from screening.rules.phrases import has_required_word

WORDS = ["fee", "feed", "pay", "paying", "we", "no", "10"]

words = st.builds(lambda word: ("word", word), st.sampled_from(["fee", "pay", "we", "no"]))
prefixes = st.builds(lambda word: ("prefix", word), st.sampled_from(["fe", "pa", "fee"]))
simple = st.one_of(words, prefixes)
sequence = st.lists(simple, min_size=1, max_size=2).map(tuple)
item = st.one_of(
    simple,
    st.builds(lambda branches: ("any", tuple(branches)), st.lists(sequence, min_size=2, max_size=3)),
    st.builds(lambda body: ("optional", body), sequence),
    st.just(("class", "number")),
)


@st.composite
def phrases(draw: st.DrawFn) -> tuple[Any, ...]:
    items: list[Any] = []
    for part in draw(st.lists(item, min_size=1, max_size=4)):
        if items and draw(st.booleans()):
            items.append(("gap", draw(st.integers(1, 3))))
        items.append(part)
    return tuple(items)


def as_regex(items: tuple[Any, ...]) -> str:
    parts = []
    for kind, value in items:
        if kind == "word":
            parts.append(f"{value} ")
        elif kind == "prefix":
            parts.append(f"{value}\\w* ")
        elif kind == "class":
            parts.append("\\d+ ")
        elif kind == "gap":
            parts.append(f"(?:\\w+ ){{0,{value}}}?")
        elif kind == "optional":
            parts.append(f"(?:{as_regex(value)})?")
        else:
            parts.append("(?:" + "|".join(as_regex(branch) for branch in value) + ")")
    return "".join(parts)


def build(*all_phrases: tuple[Any, ...]) -> PhraseIndex:
    builder = IndexBuilder()
    for number, items in enumerate(all_phrases):
        builder.add(number, 1, items)
    return builder.build()


@given(
    st.lists(phrases().filter(has_required_word), min_size=1, max_size=4),
    st.lists(st.lists(st.sampled_from(WORDS), max_size=8), min_size=1, max_size=3),
)
def test_it_finds_what_a_naive_matcher_finds(all_phrases: list[tuple[Any, ...]], sentences: list[list[str]]) -> None:
    tokens = [word for sentence in sentences for word in sentence]
    borders, first = [], 0
    for sentence in sentences:
        borders.append((first, first + len(sentence)))
        first += len(sentence)
    numbers = [(index, index + 1) for index, word in enumerate(tokens) if word.isdigit()]
    found = build(*all_phrases).find(tokens, borders, 1, lambda _name: numbers)
    for number, items in enumerate(all_phrases):
        pattern = re.compile(as_regex(items))
        for first, last in borders:
            expected = (
                re.search(r"\b" + pattern.pattern, "".join(f"{word} " for word in tokens[first:last])) is not None
            )
            assert expected == any(match.phrase == number and first <= match.start < last for match in found)
    for match in found:
        text = "".join(f"{word} " for word in tokens[match.start : match.end])
        assert re.fullmatch(as_regex(all_phrases[match.phrase]), text)
        assert any(first <= match.start < match.end <= last for first, last in borders)
        assert all(match.start < skipped < match.end - 1 for skipped in match.skipped)


def test_only_phrases_of_the_wanted_languages_count() -> None:
    builder = IndexBuilder()
    builder.add(0, 1, (("word", "fee"),))
    builder.add(1, 2, (("word", "fee"),))
    found = builder.build().find(["fee"], [(0, 1)], 2, lambda _name: ())
    assert [match.phrase for match in found] == [1]
