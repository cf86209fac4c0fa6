"""Look-alike letters: every word read in the script that it is written in, Latin or Cyrillic."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.text.confusables import CYRILLIC_TO_LATIN, GREEK_TO_LATIN, LATIN_TO_CYRILLIC
from screening.text.rewriting import Edit

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_GREEK = re.compile(r"[\u0370-\u03ff]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
NOT_LATIN = re.compile(r"[\u0370-\u052f]")
# Both find a Latin letter beside one of another script; each starts at the letters that are rare in its kind of text.
_MIXED_FROM_LATIN = re.compile(r"[A-Za-zÀ-ɏ](?:[\u0370-\u052f]|(?<=[\u0370-\u052f].))")
_MIXED_FROM_OTHER = re.compile(r"[\u0370-\u052f](?:[A-Za-zÀ-ɏ]|(?<=[A-Za-zÀ-ɏ].))")
_GREEK_IN_CYRILLIC = re.compile(r"[\u0370-\u03ff](?:[\u0400-\u052f]|(?<=[\u0400-\u052f].))")
_NO_LETTER_OF_OURS = re.compile(r"[ѕԁһԛЅԌ]")
"""Cyrillic that no supported language writes: it stands there for its Latin looks."""
_SAMPLE = 200
_GRAFT = re.compile(r"[A-Za-z]{1,40}[\u0400-\u052f]{1,40}|[\u0400-\u052f]{1,40}[A-Za-z]{1,40}")
_GRAFTED = re.compile(r"[A-Z]{2,8}[\u0430-\u045f]{2,20}|[\u0410-\u042f]{2,8}[a-z]{2,20}")
"""A foreign abbreviation with a native ending ("SMMщик", "IТівець"): no disguise."""
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS_SIGNS = ("@", "://", "www.", ".me/", ".com", ".org", ".net", ".ua", ".pl", ".ru", ".info")
_IN_CYRILLIC_WORDS = frozenset("acceikmoptxyïACEHIKMOPTXYÏB")
"""Latin letters whose twins Ukrainian, Russian or Bulgarian write."""
_MAX_LONE = 12


def mixes_scripts(text: str) -> bool:
    """Whether letters of two scripts meet in a word, or letters stand there that are written for their looks alone."""
    mostly_latin = len(_LATIN.findall(text[:_SAMPLE])) * 3 > _SAMPLE
    mixed = (_MIXED_FROM_OTHER if mostly_latin else _MIXED_FROM_LATIN).search(text)
    return mixed is not None or any(found.search(text) for found in (_NO_LETTER_OF_OURS, _GREEK_IN_CYRILLIC))


def one_script(text: str, disguises: set[str]) -> Iterator[Edit]:
    """Edits that fold look-alikes toward the script of their word; more than an "i" of the wrong keyboard names "homoglyph"."""
    mostly_cyrillic = len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text))
    edits: list[Edit] = []
    lone: list[Edit] = []
    telling = False
    words = list(_WORD.finditer(text))
    for index, match in enumerate(words):
        word = match[0]
        folded = _folded_word(word, mostly_cyrillic)
        if folded == word:
            other = _of_the_other_script(word, mostly_cyrillic)
            if other and not (_is_firm(words, index - 1, word) or _is_firm(words, index + 1, word)):
                lone.append((match.start(), match.end(), other))
                telling = telling or _NO_LETTER_OF_OURS.search(word) is not None
            continue
        if _in_address(text, match.start(), match.end()):
            continue
        telling = telling or any(old != new and old not in "iIі" for old, new in zip(word, folded, strict=True))
        edits.append((match.start(), match.end(), folded))
    if telling:
        disguises.add("homoglyph")  # an "i" alone is the next key on a wrongly set keyboard
        edits = sorted(edits + [edit for edit in lone if not _in_address(text, edit[0], edit[1])])
    yield from edits


def _folded_word(word: str, mostly_cyrillic: bool) -> str:
    """All letters in the script that the word is written in, or the word as it is where that can't be done whole."""
    if word.isascii():
        return word
    latin, cyrillic, greek = len(_LATIN.findall(word)), len(_CYRILLIC.findall(word)), len(_GREEK.findall(word))
    if (latin > 0) + (cyrillic > 0) + (greek > 0) < 2:
        return word
    if _GRAFTED.fullmatch(word) and not _NO_LETTER_OF_OURS.search(word):
        return word
    without_greek = "".join(GREEK_TO_LATIN.get(char, char) for char in word)
    only_cyrillic = sum(char not in CYRILLIC_TO_LATIN for char in _CYRILLIC.findall(word))
    only_latin = sum(char not in LATIN_TO_CYRILLIC for char in _LATIN.findall(word))
    if only_cyrillic and only_latin:
        return word
    if only_cyrillic or only_latin:
        to_cyrillic = bool(only_cyrillic)
        against_both = (cyrillic < latin) == to_cyrillic and cyrillic != latin and to_cyrillic != mostly_cyrillic
        if against_both and _GRAFT.fullmatch(word) and not _NO_LETTER_OF_OURS.search(word):
            return word  # two words written as one ("Fiроутер")
    else:
        to_cyrillic = cyrillic > latin or (cyrillic == latin and mostly_cyrillic)
    table, strays = (LATIN_TO_CYRILLIC, _LATIN) if to_cyrillic else (CYRILLIC_TO_LATIN, _CYRILLIC)
    folded = "".join(table.get(char, char) for char in without_greek)
    return word if strays.search(folded) or _GREEK.search(folded) else folded


def _of_the_other_script(word: str, mostly_cyrillic: bool) -> str | None:
    """A word all of whose letters have twins, in the script that the text is written in; None where it is so already."""
    if len(word) > _MAX_LONE or not (word.islower() or (word.istitle() and len(word) > 2) or len(word) == 1):
        return None
    if mostly_cyrillic:
        return "".join(map(LATIN_TO_CYRILLIC.__getitem__, word)) if _IN_CYRILLIC_WORDS.issuperset(word) else None
    return "".join(map(CYRILLIC_TO_LATIN.__getitem__, word)) if CYRILLIC_TO_LATIN.keys() >= set(word) else None


def _is_firm(words: list[re.Match[str]], index: int, word: str) -> bool:
    """Whether the neighbour is plainly written in the word's own script: then the word is too."""
    if not 0 <= index < len(words):
        return False
    neighbour = words[index][0]
    if word.isascii():
        return _CYRILLIC.search(neighbour) is None and any(char not in LATIN_TO_CYRILLIC for char in neighbour)
    return _LATIN.search(neighbour) is None and any(char not in CYRILLIC_TO_LATIN for char in neighbour)


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether the word is part of an e-mail address, a link or a handle."""
    left, right = max(0, start - 80), min(len(text), end + 80)
    before = text[left:start].rsplit(None, 1)
    after = text[end:right].split(None, 1)
    chunk = (
        (before[-1] if before and start > left and not text[start - 1].isspace() else "")
        + text[start:end]
        + (after[0] if after and end < right and not text[end].isspace() else "")
    )
    return any(sign in chunk for sign in _ADDRESS_SIGNS)
