"""A scan streams: what is counted is let go, however many posts there are."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from screening.cli.reading import ScanOptions, platform_of
from screening.cli.report.summary import Summary
from screening.cli.scanning import scan_files
from screening.posts.generic import is_platform
from screening.posts.post import Post
from screening.values.result import AssessedPost, Assessment, PayCheck, Tier, Versions

POSTS = 50_000
VERSIONS = Versions(code="1", rules="1", model="none", reference="1")


class CheapAssessor:
    """Reads nothing: every tenth post is `watch`, ranked by its id."""

    def assess(self, post: Post, *, assessed_at: datetime | None = None, reader_language: str = "en") -> Assessment:
        number = int(post.id)
        tier: Tier = "clear" if number % 10 else "watch"
        return Assessment(
            post=AssessedPost(
                platform=post.platform, id=post.id, version="1", seq=0, kind="job", url="", language="en",
                languages=("en",), work_country=None, origin_countries=(), content_hash="0", sector=None,
            ),
            tier=tier, inconclusive=None, rank=0.0 if number % 10 else number / POSTS, concerns=(), dimensions={},
            evidence=(), protective=(), pay=PayCheck(), contacts=(), links=None, learned=None, act_by=None,
            reasons=(reader_language,), versions=VERSIONS, assessed_at=assessed_at or datetime(2026, 1, 1, tzinfo=UTC),
        )  # fmt: skip


@pytest.fixture
def many(tmp_path: Path) -> Path:
    file = tmp_path / "many.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(
            json.dumps({"id": str(n), "title": f"Cook {n}", "description": "x" * 60}) + "\n" for n in range(POSTS)
        )
    return file


def test_memory_stays_flat_over_fifty_thousand_posts(many: Path) -> None:
    summary = Summary(keep=20)
    scan = scan_files([str(many)], ScanOptions(), CheapAssessor(), summary)
    _pull(scan, 1_000)  # caches and buffers are filled
    tracemalloc.start()
    try:
        _pull(scan, POSTS)
        held, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert summary.posts == POSTS
    assert summary.by_tier == {"clear": POSTS * 9 // 10, "watch": POSTS // 10}
    # 49,000 posts kept would be more than 50 MB.
    assert held < 500_000
    assert peak < 2_000_000
    assert [item.post.id for item in summary.foremost()] == [str(n) for n in range(POSTS - 10, POSTS - 210, -10)]


def test_the_first_post_comes_before_the_file_is_read_to_its_end(many: Path) -> None:
    read = 0

    def count(_name: str, size: int) -> None:
        nonlocal read
        read += size

    scan = scan_files([str(many)], ScanOptions(), CheapAssessor(), Summary(keep=1), count)
    next(scan)
    assert 0 < read < many.stat().st_size / 10
    _pull(scan, POSTS)
    assert read == many.stat().st_size


def test_the_moment_and_the_readers_language_reach_the_assessor(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1", "title": "Cook"}\n', "utf-8")
    options = ScanOptions(at=datetime(2026, 5, 1, tzinfo=UTC), language="pl")
    (only,) = scan_files([str(tmp_path / "a.jsonl")], options, CheapAssessor(), Summary(keep=1))
    assert (only.assessed_at, only.reasons) == (options.at, ("pl",))


@pytest.mark.parametrize(
    ("name", "platform"),
    [
        ("-", "stdin"),
        ("exports/board.2026-03.csv.gz", "board"),
        ("board.jsonl", "board"),
        (".board.jsonl", "board"),
        ("my board (1).jsonl", "my-board-1"),
        ("Éclair.csv", "Eclair"),
        ("()", "local"),
    ],
)
def test_the_platform_of_a_file(name: str, platform: str) -> None:
    assert platform_of(name) == platform


def test_files_named_in_other_letters_stay_two_platforms() -> None:
    names = {
        platform_of(name) for name in ("Вакансії-2026.csv", "Оголошення-2026.csv", "Ogłoszenia.csv", "x" * 90, "x" * 91)
    }
    assert len(names) == 5
    assert all(is_platform(name) for name in names)


def _pull(scan: Iterator[Assessment], most: int) -> None:
    for _ in range(most):
        if next(scan, None) is None:
            return
