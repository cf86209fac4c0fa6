"""Concepts found in tokens: one look-up per token and language, so that cost doesn't grow with the lexicons."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from screening.remembered import Remembered
from screening.rules.languages import LANGUAGE_BITS
from screening.rules.lemmas import NEGATED_PREFIX
from screening.rules.phrase_index import ClassSpans, PhraseIndex, beginnings, index_from_plain, index_to_plain

MIN_NEGATED_CHARS = 5
_MAX_REMEMBERED = 100_000
_NOTHING: tuple[int, ...] = ()

# Endings of verbs, folded: of "we" (and where it is unmistakable "I") and of "you". A doing of the worker's in the first person
# is the other side's, and the reverse: "oddajemy dokumenty" gives nothing away, "trzymasz u siebie" keeps nothing from you.
_WE_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "uk": ("мо", "мось", "мося"), "ru": ("ем", "им", "ом", "емся", "имся"), "bg": ("ме",), "pl": ("my",), "cs": ("me",),
    "sk": ("me",), "es": ("mos",), "it": ("iamo",), "fr": ("ons",), "hu": ("unk", "juk", "suk", "zuk"), "ro": ("am", "em", "im"),
    "lt": ("me",),
}  # fmt: skip
_YOU_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "uk": ("те", "тесь", "ш", "шся"), "ru": ("те", "тесь", "шь", "шься"), "bg": ("те", "ш"), "pl": ("cie", "sz"), "cs": ("te", "s"),
    "sk": ("te", "s"),
}  # fmt: skip

type _Meaning = tuple[tuple[int, ...], bool]
"""Concepts of a word, and whether it bears its language's prefix of negation."""


class Tag(NamedTuple):
    """Tokens [start, end) mean the concept in the language of this bit; `negated`: by a prefix of their own."""

    concept: int
    start: int
    end: int
    language: int
    negated: bool


@dataclass(frozen=True, slots=True)
class ConceptTable:
    """The lexicon of one language, compiled. `phrase_concepts[n]` is the concept of phrase n of the index."""

    language: str
    exact: Mapping[str, tuple[int, ...]]
    prefixes: Mapping[str, tuple[int, ...]]
    prefix_lengths: tuple[int, ...]
    index: PhraseIndex
    phrase_concepts: tuple[int, ...]
    by_worker: frozenset[int]
    by_others: frozenset[int]
    _known: Remembered[str, _Meaning] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", Remembered(self._look_up, _MAX_REMEMBERED))

    def tags(self, words: Sequence[str], borders: Sequence[tuple[int, int]], class_spans: ClassSpans) -> list[Tag]:
        """Every concept of the language that stands in the folded words."""
        bit = LANGUAGE_BITS[self.language]
        found: list[Tag] = []
        for position, (concepts, negated) in enumerate(map(self._known.__getitem__, words)):
            if concepts:
                found.extend(Tag(concept, position, position + 1, bit, negated) for concept in concepts)
        found.extend(
            Tag(self.phrase_concepts[match.phrase], match.start, match.end, bit, False)
            for match in self.index.find(words, borders, bit, class_spans)
        )
        return found

    def _look_up(self, word: str) -> _Meaning:
        concepts, negated = self._concepts(word), False
        if concepts and word.endswith(_WE_ENDINGS.get(self.language, "\0")):
            concepts = tuple(concept for concept in concepts if concept not in self.by_worker)
        if concepts and word.endswith(_YOU_ENDINGS.get(self.language, "\0")):
            concepts = tuple(concept for concept in concepts if concept not in self.by_others)
        prefix = NEGATED_PREFIX.get(self.language, "")
        if not concepts and prefix and word.startswith(prefix) and len(word) >= MIN_NEGATED_CHARS:
            concepts = self._concepts(word[len(prefix) :])
            negated = bool(concepts)
        return concepts, negated

    def _concepts(self, word: str) -> tuple[int, ...]:
        found = set(self.exact.get(word, _NOTHING))
        found.update(*beginnings(word, self.prefixes, self.prefix_lengths))
        return tuple(sorted(found))

    def to_bytes(self) -> bytes:
        return marshal.dumps(
            (
                self.language,
                dict(self.exact),
                dict(self.prefixes),
                self.prefix_lengths,
                index_to_plain(self.index),
                self.phrase_concepts,
                self.by_worker,
                self.by_others,
            )
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> ConceptTable:
        # Written by our own build into the function's read-only folder, never received from anybody.
        language, exact, prefixes, lengths, index, concepts, by_worker, by_others = marshal.loads(data)  # noqa: S302
        return cls(language, exact, prefixes, lengths, index_from_plain(index), concepts, by_worker, by_others)
