"""Folding: the one form in which words of rules and words of posts meet."""

from __future__ import annotations

import unicodedata

APOSTROPHES = "'’‘ʼ`´ʹ′＇"
_MAX_REMEMBERED = 200_000

# Letters that Unicode doesn't decompose, but people write with and without the stroke or hook.
_UNDECOMPOSED = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
        "ґ": "г", "ӏ": "і", "ұ": "у",
        **dict.fromkeys(APOSTROPHES, ""),
    }
)  # fmt: skip


def fold(word: str) -> str:
    """Casefolded, without diacritics and apostrophes: ł→l, ø→o, đ→d, ß→ss, ё→е, й→и, ї→і.

    Tokens and phrases go through the same fold, so that a word matches with or without its diacritics. Total: any
    text is accepted. Idempotent.
    """
    return FOLDED[word]


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    return bare.translate(_UNDECOMPOSED)


class _Folds(dict[str, str]):
    """Remembers folds; a busy worker sees the same few thousand words again and again."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MAX_REMEMBERED:
            self.clear()
        folded = self[word] = _fold(word)
        return folded


FOLDED = _Folds()
"""The same by look-up, for loops over every token of a post."""
