"""Repair: undoing what hides words from rules, with the way back to the original.

Most posts need nothing, and cheap checks say so. Each step rewrites small places only; a place that could be an address,
a handle, a price or an ordinary code ("B2B", "4K", "24/7") is left alone, since a wrong repair hides as well as a disguise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from screening.text.confusables import (
    CYRILLIC_LEET,
    CYRILLIC_TO_LATIN,
    GREEK_TO_LATIN,
    LATIN_LEET,
    LATIN_TO_CYRILLIC,
    REMOVED,
    STYLED,
    plain,
)
from screening.text.document import RepairedText

type _Edit = tuple[int, int, str]
"""Replace text[start:end]."""

_MARKS = "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20df\u20e1-\u20ff"
_CODE_POINTS = re.compile(rf"[{REMOVED}{STYLED}{_MARKS}]|[0-9#*]\ufe0f?\u20e3|(?<=\w)[\ufe00-\ufe0f]")
# Coarser, with few ranges: five times as fast where nothing is to be done.
_CODE_POINTS_GATE = re.compile(
    "[\u00ad\u02b0-\u036f\u0483-\u0489\u061c\u1000-\u200f\u202a-\u202e\u2060-\u2115\u2118-\u24ff\u2776-\u2793"
    "\u3000-\uffff\U0001d400-\U0001f189\U0001f51f\U000e0000-\U000e0fff]"
)
_KEYCAP = re.compile(r"[0-9#*]\ufe0f?\u20e3")
_MARK_RUN = re.compile(rf"[^\W_]?[{_MARKS}]{{1,200}}")
_SOFT_HYPHEN = "\u00ad"
_MANY_MARKS = 3
"""A stress mark or two is spelling ("за́мок"); letters buried under marks are a disguise."""

_SPACED = re.compile(
    r"(?<![^\W_])[^\W\d_](?:([ \u00a0*_|~·•-])(?:[^\W\d_]|0)(?:\1(?:[^\W\d_]|0)){2,40}|\.[^\W\d_](?:\.[^\W\d_]){3,40})(?![^\W_])"
)
_MIN_SPACED_LETTERS = 4
_SPACED_GATE = re.compile(r"[ \u00a0*_|~·•.-]\w[ \u00a0*_|~·•.-]\w[ \u00a0*_|~·•.-]\w(?!\w)")

_LEET_GATE = re.compile(r"[0134567@$](?<=[^\W\d_].)[^\W\d_]|[0134567@$](?<=[^\W\d_].)[0134567@$][^\W\d_]")
_LEET_WORD = re.compile(r"(?<![\w@$/.:#&=+-])[^\W\d_][\w@$]{2,24}(?![\w@$/]|\.[^\W_]{2})")
_LEET_RUN = re.compile(r"[\d@$]+")
_MIN_LEET_LENGTH = 4

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_GREEK = re.compile(r"[\u0370-\u03ff]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_NOT_LATIN = re.compile(r"[\u0370-\u052f]")
# Both find a Latin letter beside one of another script; each starts at the letters that are rare in its kind of text.
_MIXED_FROM_LATIN = re.compile(r"[A-Za-zÀ-ɏ](?:[\u0370-\u052f]|(?<=[\u0370-\u052f].))")
_MIXED_FROM_OTHER = re.compile(r"[\u0370-\u052f](?:[A-Za-zÀ-ɏ]|(?<=[A-Za-zÀ-ɏ].))")
_SAMPLE = 200
_GRAFT = re.compile(r"[A-Za-z]{1,40}[\u0400-\u052f]{1,40}|[\u0400-\u052f]{1,40}[A-Za-z]{1,40}")
_GRAFTED = re.compile(r"[A-Z]{2,8}[\u0430-\u045f]{2,20}|[\u0410-\u042f]{2,8}[a-z]{2,20}")
"""A foreign abbreviation with a native ending ("SMMщик", "IТівець"): no disguise."""
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS_SIGNS = ("@", "://", "www.", ".me/", ".com", ".org", ".net", ".ua", ".pl", ".ru", ".info")


def repair(text: str) -> RepairedText:
    """The text as a careful reader reads it: the same where nothing was disguised, then with `offsets` empty.

    In order: characters without width removed, styled letters and emoji digits made plain, piled-up marks removed; spaced
    letters joined ("Р О Б О Т А"); figures in words turned to letters ("c4rd"); look-alike letters folded toward the
    script of their word. `disguises` names the steps that undid something a writer doesn't do by accident. Linear in length.
    """
    draft = _Draft(text)
    if not text.isascii() and _CODE_POINTS_GATE.search(text) and _CODE_POINTS.search(text):
        draft.apply(_plain_code_points(text, draft.disguises))
    if _SPACED_GATE.search(draft.text):
        draft.apply(_joined(draft.text, draft.disguises))
    if _LEET_GATE.search(draft.text):
        draft.apply(_without_leet(draft.text, draft.disguises))
    if not draft.text.isascii() and _NOT_LATIN.search(draft.text) and _mixes_scripts(draft.text):
        draft.apply(_one_script(draft.text, draft.disguises))
    return draft.finish()


def _mixes_scripts(text: str) -> bool:
    mostly_latin = len(_LATIN.findall(text[:_SAMPLE])) * 3 > _SAMPLE
    return (_MIXED_FROM_OTHER if mostly_latin else _MIXED_FROM_LATIN).search(text) is not None


class _Draft:
    def __init__(self, text: str) -> None:
        self.original = text
        self.text = text
        self.offsets: list[int] | None = None
        self.disguises: set[str] = set()

    def apply(self, edits: Iterator[_Edit]) -> None:
        """Edits in order, without overlap. Each code point of a replacement points into what it replaces."""
        parts: list[str] = []
        offsets: list[int] = []
        old = self.offsets if self.offsets is not None else range(len(self.text) + 1)
        position = 0
        for start, end, replacement in edits:
            parts += (self.text[position:start], replacement)
            offsets.extend(old[position:start])
            offsets.extend(old[min(start + index, end - 1)] for index in range(len(replacement)))
            position = end
        if not parts:
            return
        parts.append(self.text[position:])
        offsets.extend(old[position:])
        self.text, self.offsets = "".join(parts), offsets

    def finish(self) -> RepairedText:
        if self.offsets is None or self.text == self.original:
            return RepairedText(self.original, self.original, (), frozenset())
        return RepairedText(self.original, self.text, tuple(self.offsets), frozenset(self.disguises))


def _plain_code_points(text: str, disguises: set[str]) -> Iterator[_Edit]:
    marks = styled = 0
    skip_to = 0
    for match in _CODE_POINTS.finditer(text):
        start, end = match.span()
        if start < skip_to:
            continue
        char = text[start]
        if end - start > 1 or _KEYCAP.match(text, start):
            keycap = _KEYCAP.match(text, start)
            skip_to = keycap.end() if keycap else end
            disguises.add("keycap")
            yield start, skip_to, char
        elif unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me"):
            run = _MARK_RUN.match(text, start - 1) if start and start > skip_to - 1 else None
            run = run or _MARK_RUN.match(text, start)
            if run is None or run.start() < skip_to:
                yield start, end, ""
                continue
            skip_to = run.end()
            base, spare = _composed(run[0])
            marks += spare
            if base != run[0]:
                yield run.start(), run.end(), base
        elif start and _is_removed(char):
            if char == "\u200d" and not (text[start - 1].isalnum() or text[end : end + 1].isalnum()):
                continue  # joins the parts of an emoji
            if char != _SOFT_HYPHEN and text[start - 1].isalnum() and text[end : end + 1].isalnum():
                disguises.add("zero_width")
            yield start, end, ""
        elif _is_removed(char):
            yield start, end, ""
        else:
            shown = plain(char)
            if shown != char:
                if shown.isdigit():
                    disguises.add("keycap")
                else:
                    styled += 1
                skip_to = end + 1 if text[end : end + 1] == "\ufe0f" else end
                yield start, skip_to, shown
    if styled >= _MANY_MARKS:
        disguises.add("homoglyph")
    if marks >= _MANY_MARKS:
        disguises.add("mark")


_REMOVED = re.compile(rf"[{REMOVED}]")


def _is_removed(char: str) -> bool:
    return _REMOVED.match(char) is not None


def _composed(run: str) -> tuple[str, int]:
    """A letter with its marks as one letter where Unicode has it, other marks dropped; and how many were dropped."""
    base, marks = (run[0], run[1:]) if run[0].isalnum() else ("", run)
    dropped = 0
    for mark in marks:
        composed = unicodedata.normalize("NFC", base + mark)
        if base and len(composed) == 1 and not dropped:
            base = composed
        else:
            dropped += 1
    return base, dropped


def _joined(text: str, disguises: set[str]) -> Iterator[_Edit]:
    for match in _SPACED.finditer(text):
        letters = match[0][::2]
        figures = letters.count("0")
        if figures * 2 > len(letters):
            continue
        first, last = 0, len(letters)
        upper = sum(map(str.isupper, letters)) * 2 > len(letters) - figures
        if upper:  # a small letter at either end is a word of its own: "Р О Б О Т А в Чехії"
            while letters[first].islower():
                first += 1
            while letters[last - 1].islower():
                last -= 1
        if last - first < _MIN_SPACED_LETTERS:
            continue
        cyrillic = len(_CYRILLIC.findall(letters)) * 2 > len(letters) - figures
        zero = ("О" if upper else "о") if cyrillic else ("O" if upper else "o")
        disguises.add("spaced")
        for index in range(2 * first, 2 * last - 1):
            place = match.start() + index
            if index % 2:
                yield place, place + 1, ""
            elif text[place] == "0":
                yield place, place + 1, zero


def _without_leet(text: str, disguises: set[str]) -> Iterator[_Edit]:
    for match in _LEET_WORD.finditer(text):
        word = match[0]
        if not _is_leet(word):
            continue
        table = CYRILLIC_LEET if len(_CYRILLIC.findall(word)) > len(_LATIN.findall(word)) else LATIN_LEET
        signs = [(index, char) for index, char in enumerate(word) if char in table]
        if len(signs) != sum(not char.isalpha() for char in word):
            continue  # a figure that stands for no letter: a code, not a disguise
        disguises.add("leet")
        upper = word.isupper()
        for index, char in signs:
            letter = table[char]
            yield match.start() + index, match.start() + index + 1, letter.upper() if upper else letter


def _is_leet(word: str) -> bool:
    letters = sum(char.isalpha() for char in word)
    signs = len(word) - letters
    if not signs or "_" in word or len(word) < _MIN_LEET_LENGTH or letters < 3 or letters <= signs:
        return False
    if not word[-1].isalpha() or any(len(run) > 2 for run in _LEET_RUN.findall(word)):
        return False
    bare = "".join(char for char in word if char.isalpha())
    if not (bare.islower() or bare.istitle() or (bare.isupper() and letters >= 4)):
        return False
    name, _, host = word.partition("@")
    return not (host and len(name) >= 4 and len(host) >= 4)


def _one_script(text: str, disguises: set[str]) -> Iterator[_Edit]:
    mostly_cyrillic = len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text))
    edits: list[_Edit] = []
    lone: list[_Edit] = []
    telling = False
    for match in _WORD.finditer(text):
        word = match[0]
        if word.isascii():
            if (
                mostly_cyrillic
                and len(word) <= 6
                and word.islower()
                and all(char in LATIN_TO_CYRILLIC for char in word)
            ):
                lone.append((match.start(), match.end(), "".join(LATIN_TO_CYRILLIC[char] for char in word)))
            continue
        folded = _folded_word(word, mostly_cyrillic)
        if folded == word or _in_address(text, match.start(), match.end()):
            continue
        telling = telling or any(old != new and old not in "iIі" for old, new in zip(word, folded, strict=True))
        edits.append((match.start(), match.end(), folded))
    if telling:
        disguises.add("homoglyph")  # an "i" alone is the next key on a wrongly set keyboard
        edits = sorted(edits + [edit for edit in lone if not _in_address(text, edit[0], edit[1])])
    yield from edits


def _folded_word(word: str, mostly_cyrillic: bool) -> str:
    """All letters in the script that the word is written in, or the word as it is where that can't be done whole."""
    latin, cyrillic, greek = len(_LATIN.findall(word)), len(_CYRILLIC.findall(word)), len(_GREEK.findall(word))
    if (latin > 0) + (cyrillic > 0) + (greek > 0) < 2:
        return word
    if _GRAFTED.fullmatch(word):
        return word
    without_greek = "".join(GREEK_TO_LATIN.get(char, char) for char in word)
    only_cyrillic = sum(char not in CYRILLIC_TO_LATIN for char in _CYRILLIC.findall(word))
    only_latin = sum(char not in LATIN_TO_CYRILLIC for char in _LATIN.findall(word))
    if only_cyrillic and only_latin:
        return word
    if only_cyrillic or only_latin:
        to_cyrillic = bool(only_cyrillic)
        if (cyrillic < latin) == to_cyrillic and cyrillic != latin and _GRAFT.fullmatch(word):
            return word  # two words written as one ("Fiроутер")
    else:
        to_cyrillic = cyrillic > latin or (cyrillic == latin and mostly_cyrillic)
    table, strays = (LATIN_TO_CYRILLIC, _LATIN) if to_cyrillic else (CYRILLIC_TO_LATIN, _CYRILLIC)
    folded = "".join(table.get(char, char) for char in without_greek)
    return word if strays.search(folded) or _GREEK.search(folded) else folded


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
