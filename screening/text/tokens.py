"""Tokens: words and numbers of a repaired text, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from screening.text.document import Sentence, Token
from screening.text.fold import FOLDED

# A number with its decimal, thousand or hour separators ("8.00", "1,200.50", "7:30"), or a word with inner apostrophes.
# A number ends where letters begin, so that "1500zł" gives two tokens; a word that starts with a letter keeps its digits.
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d]\w*(?:['’‘ʼ`´]\w+)*")


def tokenize(text: str, sentences: Sequence[Sentence]) -> tuple[Token, ...]:
    """The tokens of a repaired text, each with the index of its sentence. Linear in the length of the text."""
    tokens: list[Token] = []
    add, folded = tokens.append, FOLDED
    new = tuple.__new__  # as NamedTuple does, without a call of Python a token
    index, last = 0, len(sentences) - 1
    border = sentences[1].start if last > 0 else len(text) + 1
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while start >= border:
            index += 1
            border = sentences[index + 1].start if index < last else len(text) + 1
        add(new(Token, (start, end, folded[match[0]], index)))
    return tuple(tokens)


def words_of(text: str) -> list[str]:
    """The folded tokens of a short text, cut as a post is cut: for phrases and word lists."""
    return [FOLDED[word] for word in _TOKEN.findall(text)]


def words_and_gaps(text: str) -> list[tuple[str, str]]:
    """Each word as written with what stands between it and the next, so that the text can be put together again."""
    found = [match.span() for match in _TOKEN.finditer(text)]
    ends = [start for start, _ in found[1:]] + [len(text)]
    return [(text[start:end], text[end:after]) for (start, end), after in zip(found, ends, strict=True)]
