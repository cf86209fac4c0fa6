"""Scoring files of posts as a stream: nothing of a post is kept once it is counted, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from screening.cli.reading import ScanOptions, read_posts
from screening.cli.report.summary import Flagged, Summary
from screening.posts.post import Post
from screening.posts.reading import Refused
from screening.values.result import Assessment


class Assessor(Protocol):
    """Scores one post; `Screener` is one."""

    def assess(self, post: Post, *, assessed_at: datetime | None = None, reader_language: str = "en") -> Assessment: ...


def scan_files(
    inputs: Sequence[str],
    options: ScanOptions,
    assessor: Assessor,
    summary: Summary,
    on_bytes: Callable[[str, int], None] = lambda _name, _count: None,
    on_refused: Callable[[Refused], None] = lambda _item: None,
) -> Iterator[Assessment]:
    """Assessments of all posts in order; `summary` counts each as it passes, and notes what couldn't be read."""
    for post in read_posts(inputs, options, summary, on_bytes, on_refused):
        assessment = assessor.assess(post, assessed_at=options.at, reader_language=options.language)
        summary.add(Flagged(assessment, post))
        yield assessment
