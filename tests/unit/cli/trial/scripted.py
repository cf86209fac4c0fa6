"""An assessor that gives the tier and rank that a post's title names, and files of such posts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from screening.posts.post import Post
from screening.values.result import AssessedPost, Assessment, PayCheck, Sector, Tier, Versions

VERSIONS = Versions(code="1", rules="1", model="none", reference="1")


class ScriptedAssessor:
    """Title "review 0.6" -> tier review, rank 0.6. Remembers the moment each post was scored as of."""

    def __init__(self) -> None:
        self.moments: dict[str, datetime] = {}

    def assess(self, post: Post, *, assessed_at: datetime | None = None, reader_language: str = "en") -> Assessment:
        tier, rank = post.title.split()
        self.moments[post.id] = assessed_at or datetime(1970, 1, 1, tzinfo=UTC)
        return assessment_of(post, tier, float(rank))  # type: ignore[arg-type]


def assessment_of(post: Post, tier: Tier, rank: float) -> Assessment:
    sector = Sector(isco08="9", name="x", high_risk="care", confidence=1.0) if post.city == "care" else None
    return Assessment(
        post=AssessedPost(
            platform=post.platform, id=post.id, version="1", seq=0, kind=post.kind, url="", language=post.language,
            languages=(), work_country=None, origin_countries=(), content_hash="0", sector=sector,
        ),
        tier=tier, inconclusive=None, rank=rank, concerns=(), dimensions={}, evidence=(), protective=(), pay=PayCheck(),
        contacts=(), links=None, learned=None, act_by=None, reasons=(), versions=VERSIONS,
        assessed_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def posts_file(folder: Path, *posts: dict[str, Any], name: str = "board.jsonl") -> str:
    file = folder / name
    file.write_text("".join(json.dumps(post) + "\n" for post in posts), "utf-8")
    return str(file)
