"""Where the fixtures of posts are, and a short way to read one."""

from __future__ import annotations

from pathlib import Path

from screening.posts.post import Post
from screening.posts.read_item import LeftOut, ReadItem, ReadPost, Refused
from screening.posts.reading import read_payload

FIXTURES = Path(__file__).parents[2] / "fixtures" / "posts"


def read_fixture(name: str, **options: str) -> list[ReadItem]:
    return list(read_payload((FIXTURES / name).read_bytes(), source=name, **options))


def posts(items: list[ReadItem]) -> list[Post]:
    return [item.post for item in items if isinstance(item, ReadPost)]


def left_out(items: list[ReadItem]) -> list[LeftOut]:
    return [item for item in items if isinstance(item, LeftOut)]


def refused(items: list[ReadItem]) -> list[Refused]:
    return [item for item in items if isinstance(item, Refused)]
