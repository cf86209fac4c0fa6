"""Whether a word is one that people write: asked where a repair could be right or wrong."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path

from screening.text.fold import FOLDED
from screening.text.language_model import language_table
from screening.text.typos import all_rule_words, unpacked

USUAL = Path(__file__).with_name("usual_words.json")
_LONE_LETTERS = frozenset("aeiouyzwkvsв у і й з и а о к с я є ж б n".replace(" ", ""))
"""Letters that are words by themselves in the supported languages."""
_MIN_SPLIT = 5
_STEM = 6


def is_word(word: str) -> bool:
    """Whether the lowercased word is a frequent one of some language, or one that rules know."""
    return word in language_table().known or FOLDED[word] in _all_words()


@cache
def usual_words(language: str) -> list[str]:
    """The commonest words of a supported language, folded, in order; empty for another language."""
    languages: dict[str, str] = json.loads(USUAL.read_text("utf-8"))["languages"]
    return unpacked(languages[language]) if language in languages else []


@cache
def _all_words() -> frozenset[str]:
    languages = json.loads(USUAL.read_text("utf-8"))["languages"]
    return all_rule_words().union(*(usual_words(language) for language in languages))


@cache
def _stems() -> frozenset[str]:
    """The first six letters of every longer word."""
    return frozenset(word[:_STEM] for word in _all_words() if len(word) > _STEM)


@lru_cache(maxsize=4_096)
def split_words(letters: str) -> tuple[str, ...]:
    """The words that run together in lowercased letters; the letters as they are where no reading makes better sense.

    A word; else a word with a lone letter before or after it ("в", "i"); else two words.
    """
    if is_word(letters):
        return (letters,)
    head, tail = letters[0], letters[-1]
    if tail in _LONE_LETTERS and is_word(letters[:-1]):
        return letters[:-1], tail
    if head in _LONE_LETTERS and is_word(letters[1:]):
        return head, letters[1:]
    if head in _LONE_LETTERS and tail in _LONE_LETTERS and is_word(letters[1:-1]):
        return head, letters[1:-1], tail
    if head in _LONE_LETTERS and letters[1] in _LONE_LETTERS and is_word(letters[2:]):
        return head, letters[1], letters[2:]
    if head in _LONE_LETTERS and letters[:_STEM] not in _stems() and letters[1 : _STEM + 1] in _stems():
        return head, letters[1:]  # a form that isn't listed of a word that is
    for place in range(_MIN_SPLIT, len(letters) - _MIN_SPLIT + 1):
        if is_word(letters[:place]) and is_word(letters[place:]):
            return letters[:place], letters[place:]
    return (letters,)
