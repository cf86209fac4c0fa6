"""The languages that rules are written in, and which of them are read together."""

from __future__ import annotations

LANGUAGES = ("en", "uk", "ru", "pl", "ro", "bg", "de", "cs", "sk", "hu", "es", "lt", "it", "fr", "tr")
"""The last four have no phrases yet: what they say is read by the classifier alone."""
WITH_PHRASES = frozenset(LANGUAGES[:11])
LANGUAGE_BITS = {language: 1 << position for position, language in enumerate(LANGUAGES)}
ALL_LANGUAGES = (1 << len(LANGUAGES)) - 1
RELATED = (frozenset({"uk", "ru", "bg"}), frozenset({"cs", "sk"}))
"""Languages close enough that one is taken for the other, or mixed, in short posts: each is matched with the whole group."""
