"""A post prepared for reading: each text field repaired, cut into sentences and tokens, with the way back to the original."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from screening.posts.post import Post


@dataclass(frozen=True, slots=True)
class RepairedText:
    """Text with disguise undone. `offsets[i]` is the index in the original of repaired code point i; one more closes it."""

    original: str
    text: str
    offsets: tuple[int, ...]  # len(text) + 1 entries, non-decreasing; empty where text == original
    disguises: frozenset[str]  # zero_width, homoglyph, keycap, spaced, leet, mark

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where repaired [start, end) stands in the original."""
        if not self.offsets:
            return start, end
        if end <= start:
            return self.offsets[start], self.offsets[start]
        # What was removed after the last code point (the rest of a keycap, a zero-width character) belongs to it.
        return self.offsets[start], max(self.offsets[end - 1] + 1, self.offsets[end])


class Token(NamedTuple):
    """A word or number; a named tuple because a post has hundreds and a frozen dataclass costs three times as much. `folded` is what rules match: casefolded, without diacritics or apostrophes (ł→l, ё→е, ß→ss)."""

    start: int  # in the repaired text
    end: int
    folded: str
    sentence: int  # index of its sentence in the field


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int  # in the repaired text
    end: int
    question: bool
    quoted: bool  # wholly inside quotation marks


@dataclass(frozen=True, slots=True)
class FieldText:
    name: str  # a name that Post.field_text knows
    repaired: RepairedText
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    main: str | None  # ISO 639-1, None where it can't be told
    languages: tuple[str, ...]  # every language with a real share, main first
    supported: bool
    confidence: float  # 0..1
    transliterated: bool = False  # main's own letters are Cyrillic, the text's Latin


@dataclass(frozen=True, slots=True)
class Document:
    """What the signals read. Fields come in the order title, description, company, salary, contract; empty ones are left out."""

    post: Post
    fields: tuple[FieldText, ...]
    language: LanguageGuess

    def field(self, name: str) -> FieldText | None:
        return next((field for field in self.fields if field.name == name), None)
