"""The languages of a text."""

from __future__ import annotations

from screening.text.document import LanguageGuess


def detect_language(text: str, hint: str | None = None) -> LanguageGuess:
    """The languages of a text."""
    return LanguageGuess(hint, (hint,) if hint else (), bool(hint), 0.5 if hint and text else 0.0)
