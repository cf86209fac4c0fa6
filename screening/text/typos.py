"""Slips of the key: a word that nobody writes, one slip away from a word that rules know, is read as that word.

A slip is a letter doubled, dropped or swapped with its neighbour; never the first one, and never the ending alone, which is
grammar. A letter hit wrongly is left: too many real words differ by one ("opiekanka", a dish, "opiekunka", a carer). `rule_words.json` holds the words that rules know and the real words that lie a slip
away from one (they are left alone); `scripts/build_rule_words.py` makes it.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from screening.text.document import Token
from screening.text.language_model import language_table
from screening.text.rewriting import Edit

WORDS = Path(__file__).with_name("rule_words.json")
MIN_RULE_WORD = 6
_MAX_WORD = 24
_MAX_REMEMBERED = 100_000


def slips_in(text: str, tokens: Sequence[Token], language: str) -> Iterator[Edit]:
    """Edits that write the word meant for each slip in a tokenised text; none in a language whose words no rule knows.

    A word is written without diacritics, as rules read it. Nothing here is a disguise: slips are human.
    """
    table = corrections(language)
    if table is None:
        return
    known = language_table().known
    for token in tokens:
        mended = table[token.folded]
        if mended:
            word = text[token.start : token.end]
            if word.lower() not in known:  # a word of another language is no slip
                yield token.start, token.end, mended.capitalize() if word[0].isupper() else mended


class Corrections(dict[str, str | None]):
    """By folded word: the rule word meant, "" where none is a slip away, None where the word itself is known."""

    def __init__(self, rule_words: Iterable[str], real_words: Iterable[str]) -> None:
        super().__init__()
        self._ranks = {word: rank for rank, word in enumerate(rule_words)}
        self._real = frozenset(real_words)
        self._alike: dict[tuple[str, str, int], list[str]] = {}
        for word in self._ranks:
            self._alike.setdefault((word[0], word[-1], len(word)), []).append(word)

    def __missing__(self, word: str) -> str | None:
        if len(self) >= _MAX_REMEMBERED:
            self.clear()
        known = word in self._ranks or word in self._real
        found = self[word] = None if known else self.nearest(word)
        return found

    def nearest(self, word: str) -> str:
        """The only rule word one slip away, or the commonest of those that share their stem; "" where there is none."""
        if not MIN_RULE_WORD - 1 <= len(word) <= _MAX_WORD or not word.isalpha():
            return ""
        meant = {other for other in unslipped(word) if other in self._ranks}
        meant.update(other for other in self._longer(word) if dropped(word, other))
        found = sorted(meant, key=self._ranks.__getitem__)
        if not found:
            return ""
        stem = max(MIN_RULE_WORD - 1, len(word) - 3)
        return found[0] if all(other[:stem] == found[0][:stem] for other in found) else ""

    def _longer(self, word: str) -> Iterator[str]:
        """Rule words of a letter more: where one was dropped, the half before it stands as it was, or the half behind."""
        half = (len(word) + 1) // 2
        before, behind = word[:half], word[half - 1 :]
        for other in self._alike.get((word[0], word[-1], len(word) + 1), ()):
            if other.startswith(before) or other.endswith(behind):
                yield other


def unslipped(word: str) -> Iterator[str]:
    """The word without one of two like letters, or with two neighbours swapped back; the first letter stays."""
    for place in range(1, len(word)):
        if word[place] == word[place - 1]:
            yield word[:place] + word[place + 1 :]
        elif place > 1:
            yield word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]


def dropped(word: str, meant: str) -> bool:
    """Whether `word`, which begins and ends as `meant`, is it without one letter between (the last of like ones is its ending)."""
    start = next(
        (place for place, (one, other) in enumerate(zip(word, meant, strict=False)) if one != other), len(word)
    )
    return start < len(word) and word[start:] == meant[start + 1 :]


@cache
def corrections(language: str) -> Corrections | None:
    """The table of a language, loaded when first wanted; None where rules have no words in it."""
    entry = _data().get(language)
    return Corrections(*(unpacked(part) for part in entry)) if entry else None


def rule_words_of(language: str) -> list[str]:
    """The folded words that rules know in a language, the commonest first; empty where they know none."""
    entry = _data().get(language)
    return unpacked(entry[0]) if entry else []


@cache
def all_rule_words() -> frozenset[str]:
    """The folded words that rules know, of every language."""
    return frozenset(word for language in _data() for word in rule_words_of(language))


@cache
def _data() -> Mapping[str, tuple[str, str]]:
    languages: dict[str, tuple[str, str]] = json.loads(WORDS.read_text("utf-8"))["languages"]
    return languages


def packed(words: Iterable[str]) -> str:
    """Words as the file holds them."""
    return base64.b64encode(zlib.compress(" ".join(words).encode(), 9)).decode()


def unpacked(text: str) -> list[str]:
    """The words of `packed`."""
    return zlib.decompress(base64.b64decode(text)).decode().split(" ")
