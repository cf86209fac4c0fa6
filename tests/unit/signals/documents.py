"""Documents for the tests of pay, hours and dates, made by the reader that production uses."""

from __future__ import annotations

from datetime import date, datetime

from screening.posts.post import Post, PostKind, Salary
from screening.text.document import Document
from screening.text.reading import read_document

TODAY = date(2026, 3, 2)


def document(
    description: str = "",
    *,
    title: str = "",
    salary: Salary | None = None,
    country: str | None = None,
    language: str | None = None,
    kind: PostKind = "job",
    posted_at: datetime | None = None,
) -> Document:
    return read_document(
        Post(
            platform="test", id="1", kind=kind, title=title, description=description, salary=salary, country=country,
            language=language, posted_at=posted_at,
        )
    )  # fmt: skip
