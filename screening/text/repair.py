"""Repair: undoing what hides words from rules, with the way back to the original."""

from __future__ import annotations

from screening.text.document import RepairedText


def repair(text: str) -> RepairedText:
    """The text as a careful reader reads it."""
    return RepairedText(text, text, (), frozenset())
