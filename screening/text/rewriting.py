"""Rewriting text with the way back: edits in order, each new code point pointing into what it replaces."""

from __future__ import annotations

from collections.abc import Iterable

from screening.text.document import RepairedText

type Edit = tuple[int, int, str]
"""Replace text[start:end]."""


def edited(text: str, offsets: Iterable[int], edits: Iterable[Edit]) -> tuple[str, list[int]] | None:
    """The text and its offsets after edits in order and without overlap; None where there are none.

    Args:
        offsets: where each code point of `text`, and its end, stands in the original; len(text) + 1 numbers.
    """
    old = offsets if isinstance(offsets, (list, range, tuple)) else list(offsets)
    parts: list[str] = []
    moved: list[int] = []
    position = 0
    for start, end, replacement in edits:
        parts += (text[position:start], replacement)
        moved.extend(old[position:start])
        last = end - 1
        moved.extend([old[min(start + index, last)] for index in range(len(replacement))])
        position = end
    if not parts:
        return None
    parts.append(text[position:])
    moved.extend(old[position:])
    return "".join(parts), moved


def rewritten(repaired: RepairedText, edits: Iterable[Edit], disguises: frozenset[str]) -> RepairedText:
    """The repaired text with edits made, still leading back to its original."""
    changed = edited(repaired.text, repaired.offsets or range(len(repaired.text) + 1), edits)
    if changed is None:
        return repaired
    text, offsets = changed
    return RepairedText(repaired.original, text, tuple(offsets), repaired.disguises | disguises)
