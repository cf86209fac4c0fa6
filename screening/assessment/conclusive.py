"""Whether a post can be judged at all: what can't be read is inconclusive, with its reason, never clear."""

from __future__ import annotations

from screening.posts.post import Post
from screening.text.alphabets import OTHER_SCRIPTS
from screening.text.document import Document
from screening.values.result import InconclusiveReason

MIN_LETTERS = 7
"""Fewer letters than this ("Робота!", "Job") say nothing that a rule or the classifier could judge, unless they name an occupation ("Пекар")."""
MAX_GARBLED_SHARE = 0.3
SHORT_CHARS = 80
_OF_OTHER_SCRIPTS = frozenset(language for _, _, language in OTHER_SCRIPTS)
_BROKEN = "\ufffdÐÑÃÂ"


def inconclusive_reason(
    post: Post, document: Document, *, occupation_known: bool, readable: bool = False
) -> InconclusiveReason | None:
    """Why the post's words can't be judged, or None. What needs no language (contacts, pay, place) is judged anyway.

    Args:
        readable: the classifier was shown to read the post's language, though no pack is written in it.
    """
    text = f"{post.title}\n{post.description}"
    letters = sum(map(str.isalpha, text))
    if letters < MIN_LETTERS and post.images:
        return "image"
    if letters < MIN_LETTERS and not occupation_known:
        return "too_short"
    if is_garbled(post):
        return "garbled"
    if document.language.supported or readable:
        return None
    # Few words show no language reliably ("Motion Designer Mobile app"): they are matched against every pack instead. Letters that
    # no pack is written in do show it, and nothing can be matched in them.
    if _is_short(post) and document.language.main not in _OF_OTHER_SCRIPTS:
        return None
    return "language"


def _is_short(post: Post) -> bool:
    return len(post.title) + len(post.description) < SHORT_CHARS


def is_garbled(post: Post) -> bool:
    """Broken encodings: replacement characters, or UTF-8 read as Latin-1 ("Ð Ð°Ð±Ð¾ÑÐ°"). Nothing that needs words is read of it."""
    text = f"{post.title}\n{post.description}"
    broken = sum(map(text.count, _BROKEN))
    return broken > 0 and broken > MAX_GARBLED_SHARE * len("".join(text.split()))
