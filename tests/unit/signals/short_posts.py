"""Documents for the tests of signals: a post of a few words, read as the service reads it."""

from __future__ import annotations

from typing import Any

from screening.posts.post import Post
from screening.text.document import Document
from screening.text.reading import read_document


def document(description: str = "", language: str | None = None, **fields: Any) -> Document:
    return read_document(Post(platform="test", id="1", description=description, language=language, **fields))
