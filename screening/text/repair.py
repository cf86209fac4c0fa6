"""Repair: undoing what hides words from rules, with the way back to the original.

Most posts need nothing, and cheap checks say so. Each step rewrites small places only; a place that could be an address,
a handle, a price or an ordinary code ("B2B", "4K", "24/7") is left alone, since a wrong repair hides as well as a disguise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from screening.text import homoglyphs, leet, spacing
from screening.text.confusables import REMOVED, STYLED, plain
from screening.text.document import RepairedText
from screening.text.rewriting import Edit, edited

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
_FIRST_VIETNAMESE = "\u1e00"
_MANY_MARKS = 3
"""A stress mark or two is spelling ("за́мок"); letters buried under marks are a disguise."""


def repair(text: str) -> RepairedText:
    """The text as a careful reader reads it: the same where nothing was disguised, then with `offsets` empty.

    In order: characters without width removed, styled letters and emoji digits made plain, piled-up marks removed; spaced
    letters joined ("Р О Б О Т А"); figures in words turned to letters ("c4rd"); look-alike letters folded toward the
    script of their word; emoji taken out from between words. `disguises` names the steps that undid something a writer doesn't do by accident. Linear in length.
    """
    draft = _Draft(text)
    if not text.isascii() and _CODE_POINTS_GATE.search(text) and _CODE_POINTS.search(text):
        draft.apply(_plain_code_points(text, draft.disguises))
    if spacing.GATE.search(draft.text):
        draft.apply(spacing.joined(draft.text, draft.disguises))
    if leet.GATE.search(draft.text):
        draft.apply(leet.without_leet(draft.text, draft.disguises))
        if "leet" in draft.disguises and leet.LEFT_GATE.search(draft.text):
            draft.apply(leet.left_over(draft.text))
    if draft.text.isascii():
        return draft.finish()
    if homoglyphs.NOT_LATIN.search(draft.text) and homoglyphs.mixes_scripts(draft.text):
        draft.apply(homoglyphs.one_script(draft.text, draft.disguises))
    if spacing.EMOJI_GATE.search(draft.text):
        draft.apply(spacing.without_emoji_between(draft.text, draft.disguises))
    return draft.finish()


class _Draft:
    def __init__(self, text: str) -> None:
        self.original = text
        self.text = text
        self.offsets: list[int] | None = None
        self.disguises: set[str] = set()

    def apply(self, edits: Iterator[Edit]) -> None:
        """Edits in order, without overlap. Each code point of a replacement points into what it replaces."""
        old = self.offsets if self.offsets is not None else range(len(self.text) + 1)
        changed = edited(self.text, old, edits)
        if changed is not None:
            self.text, self.offsets = changed

    def finish(self) -> RepairedText:
        if self.offsets is None or self.text == self.original:
            return RepairedText(self.original, self.original, (), frozenset())
        return RepairedText(self.original, self.text, tuple(self.offsets), frozenset(self.disguises))


def _plain_code_points(text: str, disguises: set[str]) -> Iterator[Edit]:
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
        if base and len(composed) == 1 and composed < _FIRST_VIETNAMESE and not dropped:
            base = composed
        else:
            dropped += 1
    return base, dropped
