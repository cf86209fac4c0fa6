"""The phrase language: how a pack author writes down the words of an indicator (docs/rules.md, "Phrases").

A parsed phrase is a sequence of items, each a plain tuple so that it compiles, compares and serialises as it stands:
`("word", folded)`, `("prefix", folded)`, `("class", name)`, `("any", (sequence, ...))`, `("optional", sequence)`,
`("gap", most)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from screening.text.tokens import words_of

type Item = tuple[str, Any]
type Sequence_ = tuple[Item, ...]

CLASSES = ("number", "money", "percent", "phone", "handle")
DEFAULT_GAP = 3
MAX_GAP = 10
MAX_TOTAL_GAP = 20
MIN_PREFIX_CHARS = 2
MAX_DEPTH = 4

_LEXEME = re.compile(r"\s+|(?P<gap>\.\.\d*)|(?P<mark>[()|\[\]])|(?P<class><[^<>\s]{0,20}>?)|(?P<word>[^\s()|\[\]<>]+)")
_HAS_LETTER = re.compile(r"\w")


class PhraseError(ValueError):
    """A phrase is wrong: `offset` in its text, `reason`, and perhaps a `hint`."""

    def __init__(self, offset: int, reason: str, hint: str = "") -> None:
        self.offset = offset
        self.reason = reason
        self.hint = hint
        super().__init__(reason)


def parse_phrase(text: str, *, lone_class: bool = False) -> Sequence_:
    """Parse one phrase. `lone_class`: "<money>" alone is a phrase too, as it is among exclusions.

    Raises:
        PhraseError: with the offset of the fault in `text`.
    """
    parser = _Parser(text)
    items = parser.sequence(depth=0, closing="")
    if not items:
        raise PhraseError(0, "the phrase is empty")
    if not (lone_class and is_lone_class(items)):
        _check_shape(items)
    return items


def is_lone_class(items: Sequence_) -> bool:
    return len(items) == 1 and items[0][0] == "class"


def has_required_word(items: Sequence_) -> bool:
    """Whether every text that matches holds one of a known set of words: only then can the phrase be indexed."""
    return any(
        item[0] in ("word", "prefix") or (item[0] == "any" and all(has_required_word(branch) for branch in item[1]))
        for item in items
    )


def words_in(items: Sequence_) -> Iterator[Item]:
    """Every `word` and `prefix` item, wherever it stands."""
    for item in items:
        if item[0] in ("word", "prefix"):
            yield item
        elif item[0] == "any":
            for branch in item[1]:
                yield from words_in(branch)
        elif item[0] == "optional":
            yield from words_in(item[1])


def total_gap(items: Sequence_) -> int:
    total = 0
    for kind, value in items:
        if kind == "gap":
            total += value
        elif kind == "optional":
            total += total_gap(value)
        elif kind == "any":
            total += max(total_gap(branch) for branch in value)
    return total


def _check_shape(items: Sequence_) -> None:
    if not has_required_word(items):
        raise PhraseError(
            0, "needs at least one word that is always there", "numbers, gaps and [optional] words alone match anything"
        )
    if items[0][0] == "gap" or items[-1][0] == "gap":
        raise PhraseError(0, "a gap stands between two elements, not at the start or end")
    if total_gap(items) > MAX_TOTAL_GAP:
        raise PhraseError(0, f"its gaps add up to more than {MAX_TOTAL_GAP} tokens")


class _Parser:
    def __init__(self, text: str) -> None:
        self._lexemes: list[tuple[int, str, str]] = []
        position = 0
        while position < len(text):
            match = _LEXEME.match(text, position)
            if match is None:
                raise PhraseError(position, f"unexpected '{text[position]}'")
            if match.lastgroup:
                self._lexemes.append((position, match.lastgroup, match[0]))
            position = match.end()
        self._at = 0
        self._length = len(text)

    def sequence(self, depth: int, closing: str) -> Sequence_:
        """Items up to `closing` or, within parentheses, up to '|', which is left for the caller."""
        items: list[Item] = []
        while self._at < len(self._lexemes):
            offset, kind, lexeme = self._lexemes[self._at]
            if kind == "mark" and lexeme in ")|]":
                if lexeme == closing or (lexeme == "|" and closing == ")"):
                    break
                raise PhraseError(
                    offset, f"'{lexeme}' has no opening bracket" if lexeme != "|" else "'|' belongs in (...)"
                )
            self._at += 1
            if kind == "word":
                items.extend(_words(offset, lexeme))
            elif kind == "gap":
                items.append(("gap", _gap(offset, lexeme)))
            elif kind == "class":
                items.append(("class", _class(offset, lexeme)))
            elif depth >= MAX_DEPTH:
                raise PhraseError(offset, f"brackets are nested deeper than {MAX_DEPTH}")
            else:
                items.append(self._group(offset, lexeme, depth + 1))
        return tuple(items)

    def _group(self, offset: int, opening: str, depth: int) -> Item:
        closing = ")" if opening == "(" else "]"
        branches = [self.sequence(depth, closing)]
        while self._peek() == "|":
            self._at += 1
            branches.append(self.sequence(depth, closing))
        if self._peek() != closing:
            raise PhraseError(offset, f"'{opening}' is never closed")
        self._at += 1
        if not all(branches):
            raise PhraseError(offset, "an alternative is empty", "write [word] for a word that may be missing")
        if opening == "[":
            return "optional", branches[0]
        return "any", tuple(branches)

    def _peek(self) -> str:
        return self._lexemes[self._at][2] if self._at < len(self._lexemes) else ""


def _words(offset: int, lexeme: str) -> list[Item]:
    star = lexeme.find("*")
    if star != -1 and star != len(lexeme) - 1:
        raise PhraseError(offset + star, "'*' stands at the end of a word only")
    bare = lexeme.rstrip("*")
    if ".." in bare:
        raise PhraseError(offset, f"put spaces around '..' in '{lexeme}'")
    words = words_of(bare)
    if not words or not all(words):
        hint = "signs are no tokens; for sums of money write <money>, for shares <percent>"
        raise PhraseError(offset, f"'{lexeme}' holds no word", hint)
    items: list[Item] = [("word", word) for word in words]
    if star != -1:
        if len(words[-1]) < MIN_PREFIX_CHARS:
            raise PhraseError(offset, f"the prefix '{lexeme}' is too short", f"at least {MIN_PREFIX_CHARS} letters")
        items[-1] = ("prefix", words[-1])
    return items


def _gap(offset: int, lexeme: str) -> int:
    most = int(lexeme[2:6]) if len(lexeme) > 2 else DEFAULT_GAP
    if not 1 <= most <= MAX_GAP:
        raise PhraseError(offset, f"a gap holds 1 to {MAX_GAP} tokens")
    return most


def _class(offset: int, lexeme: str) -> str:
    name = lexeme.strip("<>")
    if name in CLASSES and lexeme.endswith(">"):
        return name
    close = get_close_matches(name, CLASSES, 1)
    hint = f"did you mean <{close[0]}>?" if close else "known: " + " ".join(f"<{known}>" for known in CLASSES)
    raise PhraseError(offset, f"unknown class '{lexeme}'", hint)
