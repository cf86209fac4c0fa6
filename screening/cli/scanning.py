"""Scoring files of posts as a stream: nothing of a post is kept once it is counted, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from screening.assessment.result import Assessment, Tier
from screening.cli.report.summary import Flagged, Summary
from screening.posts.files import read_file
from screening.posts.post import Post
from screening.posts.reading import LeftOut, ReadPost, Refused

MAX_REFUSALS_SHOWN = 10
STANDARD_INPUT = "-"


class Assessor(Protocol):
    """Scores one post; `Screener` is one."""

    def assess(self, post: Post, *, assessed_at: datetime | None = None, reader_language: str = "en") -> Assessment: ...


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """`at` is the moment that dates are held against; `platform` None names each platform after its file."""

    format: str = "auto"
    mapping: dict[str, str] = field(default_factory=dict)
    platform: str | None = None
    min_tier: Tier = "clear"
    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    language: str = "en"


def scan_files(
    inputs: Sequence[str],
    options: ScanOptions,
    assessor: Assessor,
    summary: Summary,
    on_bytes: Callable[[str, int], None] = lambda _name, _count: None,
) -> Iterator[Assessment]:
    """Assessments of all posts in order; `summary` counts each as it passes. `on_bytes` is told the input and bytes read.

    Raises:
        UnreadableInputError: naming file and, where known, line. What came before has been given by then.
    """
    for name in inputs:
        items = read_file(
            name,
            format=options.format,
            mapping=options.mapping,
            platform=options.platform or platform_of(name),
            on_bytes=lambda count, name=name: on_bytes(name, count),  # type: ignore[misc]
        )
        for item in items:
            if isinstance(item, ReadPost):
                assessment = assessor.assess(item.post, assessed_at=options.at, reader_language=options.language)
                summary.add(Flagged(assessment, item.post))
                yield assessment
            elif isinstance(item, LeftOut):
                summary.left_out += 1
            elif isinstance(item, Refused):
                summary.refused += 1
                if len(summary.refusals) < MAX_REFUSALS_SHOWN:
                    summary.refusals.append(str(item))


def platform_of(name: str) -> str:
    """The platform of an input that tells none: "board" for "exports/board.2026-03.csv.gz"."""
    return "stdin" if name == STANDARD_INPUT else Path(name).name.split(".")[0]
