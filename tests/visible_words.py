"""What somebody reads on a page: text nodes and attributes that are read out, without what is in another language by design."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "rect", "line", "circle", "path", "col"})
_NOT_READ = frozenset({"script", "style", "code", "kbd"})
_READ_OUT = ("aria-label", "title", "placeholder", "alt", "data-name")


class _Reader(HTMLParser):
    def __init__(self, posts: bool) -> None:
        super().__init__()
        self.posts = posts
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "html":
            self.language = held.get("lang") or ""
        # Words of posts and people stand under dir="auto"; what is marked as another language is so by design.
        theirs = held.get("dir") == "auto" and not self.posts
        other = held.get("lang", self.language) != self.language or theirs or tag in _NOT_READ
        aside = other or any(one for _, one in self.open)
        if not aside:
            self.found += [value for name in _READ_OUT if (value := held.get(name))]
        if tag not in _VOID:
            self.open.append((tag, aside))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(one for _, one in self.open):
            self.found.append(data)


def visible_words(page: str, *, posts: bool = False) -> tuple[str, set[str]]:
    """The language of the page, and its pieces of text that hold a word of three letters; with `posts` also theirs."""
    reader = _Reader(posts)
    reader.feed(page)
    said = {" ".join(piece.split()) for piece in reader.found}
    return reader.language, {piece for piece in said if re.search(r"[^\W\d_]{3}", piece)}
