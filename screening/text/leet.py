"""Figures written for letters: "c4rd", "Р0Б0ТА", "получ@ешь"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from screening.text.confusables import CYRILLIC_LEET, LATIN_LEET
from screening.text.rewriting import Edit
from screening.text.transliteration import is_romanised
from screening.text.vocabulary import is_word

GATE = re.compile(r"[0134567@$](?<=[^\W\d_].)[^\W\d_]|[0134567@$](?<=[^\W\d_].)[0134567@$][^\W\d_]")
_WORD = re.compile(r"(?<![\w@$/.:#&=+])[^\W\d_][\w@$]{2,24}(?![\w@$/]|\.[^\W_]{2})")
_RUN = re.compile(r"[\d@$]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_MIN_LENGTH = 4
LEFT_GATE = re.compile(r"[^\W\d_][01345@!$]|[01345][^\W\d_]|\d[OoОо]")
_LEFT = re.compile(r"(?<![\w@$/.:#&=+!])[^\W_][\w@$!]{0,23}[\w@$](?![\w@/]|\.[^\W_]{2})")
_INSIDE = {"!": "i"}
_SHORT_SIGNS = "0@"
"""What stands for a letter in a word of two ("n0"): "A1" and "B2" are levels of a language."""
_NUMBER = re.compile(r"(?<![^\W\d_OoОо])(?<![.@/])(?=[OoОо]*\d)(?=\d*[OoОо])[\dOoОо]{2,9}(?![^\W\d_OoОо])")
_WITH_FOUR = re.compile(r"(?<![\w@/.])[A-Za-z]{1,20}4[A-Za-z]{1,20}(?![\w@/])")


def without_leet(text: str, disguises: set[str]) -> Iterator[Edit]:
    """Edits that put letters for figures inside words, the ones that make a word where there is a choice; names "leet"."""
    romanised: bool | None = None
    for match in _WORD.finditer(text):
        word = match[0]
        cyrillic = len(_CYRILLIC.findall(word)) > len(_LATIN.findall(word))
        if not _is_leet(word, cyrillic):
            continue
        table = CYRILLIC_LEET if cyrillic else LATIN_LEET
        signs = [(index, char) for index, char in enumerate(word) if char in table]
        if len(signs) != sum(not char.isalpha() for char in word):
            continue  # a figure that stands for no letter: a code, not a disguise
        letters = _best(word, [(index, table[char]) for index, char in signs])
        if text[match.start() - 1 : match.start()] == "-" and not is_word(_written(word, letters).lower()):
            continue  # the end of a code ("AB-c4d")
        if not cyrillic and "4" in word and not is_word(_written(word, letters).lower()):
            # "momi4e": a figure of those who write Cyrillic sounds in Latin letters
            romanised = _is_romanised(text) if romanised is None else romanised
            if romanised:
                continue
        disguises.add("leet")
        upper = word.isupper()
        for index, letter in letters:
            yield match.start() + index, match.start() + index + 1, letter.upper() if upper else letter


def left_over(text: str) -> Iterator[Edit]:
    """Edits for what `without_leet` left in a text that it found disguised: short words ("n0"), words that begin or end with a
    figure, "n!cht", and letters for noughts in numbers ("2OO"). Of words only those that are known once they are put right."""
    for match in _LEFT.finditer(text):
        word = match[0]
        letters = sum(char.isalpha() for char in word)
        if not letters or letters == len(word) or "_" in word:
            continue
        number = _NUMBER.fullmatch(word)
        if number:
            yield from (
                (match.start() + i, match.start() + i + 1, "0") for i, char in enumerate(word) if char.isalpha()
            )
            continue
        cyrillic = len(_CYRILLIC.findall(word)) > len(_LATIN.findall(word))
        table = CYRILLIC_LEET if cyrillic else LATIN_LEET | _INSIDE
        signs = [(index, char) for index, char in enumerate(word) if not char.isalpha()]
        if any(char not in table for _, char in signs) or len(signs) > letters:
            continue
        if word[0].isdigit() and (letters < _MIN_LENGTH - 1 or len(signs) > 1):
            continue  # "4x4", "15h"
        if len(word) == 2 and word[1] not in _SHORT_SIGNS:
            continue
        found = _best(word, [(index, "l" if char == "1" and "11" in word else table[char]) for index, char in signs])
        if is_word(_written(word, found).lower()):
            yield from ((match.start() + index, match.start() + index + 1, letter) for index, letter in found)


def _is_romanised(text: str) -> bool:
    return any(is_romanised(match[0].lower()) for match in _WITH_FOUR.finditer(text))


def _best(word: str, choices: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A letter for each place: those that make a known word, else the first of each."""
    places = [index for index, _ in choices]
    if len(choices) <= 4:
        for letters in product(*(found for _, found in choices)):
            if is_word(_written(word, list(zip(places, letters, strict=True))).lower()):
                return list(zip(places, letters, strict=True))
    return [(index, found[0]) for index, found in choices]


def _written(word: str, letters: list[tuple[int, str]]) -> str:
    written = list(word)
    for index, letter in letters:
        written[index] = letter
    return "".join(written)


def _is_leet(word: str, cyrillic: bool) -> bool:
    letters = sum(char.isalpha() for char in word)
    signs = len(word) - letters
    if not signs or "_" in word or len(word) < _MIN_LENGTH or letters < 3 or letters <= signs:
        return False
    if not word[-1].isalpha() or any(len(run) > 2 for run in _RUN.findall(word)):
        return False
    bare = "".join(char for char in word if char.isalpha())
    if not (bare.islower() or bare.istitle() or (bare.isupper() and letters >= 4)):
        return False
    name, _, host = word.partition("@")
    return cyrillic or not (host and len(name) >= 4 and len(host) >= 4)
