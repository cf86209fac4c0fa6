"""The posts that benchmarks score: real Polish adverts where the evaluation data lies, else the demo's.

The texts are third-party texts and stay where they are (see the data's README); results hold counts and times alone.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from screening.posts.files import read_file
from screening.posts.post import Post
from screening.posts.reading import ReadPost
from screening.training.evaluation.corpora import data_folder

DEMO = Path(__file__).resolve().parent.parent / "screening" / "cli" / "demo_posts"


@dataclass(frozen=True, slots=True)
class BenchPosts:
    source: str
    posts: tuple[Post, ...]

    @property
    def mean_characters(self) -> int:
        return round(sum(len(text_of(post)) for post in self.posts) / len(self.posts))


def ordinary_posts(most: int, *, platform: str = "bench", seed: int = 1) -> BenchPosts:
    """`most` adverts, each another; of the demo's posts as many as there are, again and again under other ids."""
    path = data_folder() / "polish_ads" / "hand_coded.jsonl.gz"
    if not path.exists():
        demo = demo_posts(platform)
        repeated = [replace(demo[place % len(demo)], id=f"post-{place}") for place in range(most)]
        return BenchPosts(
            f"the demo's {len(demo)} posts, repeated (no evaluation data at {data_folder()})", tuple(repeated)
        )
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(seed).shuffle(rows)
    posts = [
        Post(
            platform=platform,
            id=f"post-{place}",
            title=row.get("job.title") or "",
            description=row.get("job.description") or "",
            company=row.get("employer") or "",
            city=row.get("region") or "",
            country="PL",
        )
        for place, row in enumerate(rows[:most])
    ]
    return BenchPosts("Polish adverts of 2021 (RepOD doi:10.18150/SX0E7G), drawn at random", tuple(posts))


def demo_posts(platform: str = "bench", name: str = "jobs.json") -> list[Post]:
    """The constructed posts of one of the demo's files; of the jobs a third are flagged."""
    found = read_file(str(DEMO / name), format="auto", mapping={}, platform=platform, on_bytes=None)
    return [item.post for item in found if isinstance(item, ReadPost)]


def text_of(post: Post) -> str:
    """What a pipeline without our model of a post is given."""
    return f"{post.title}\n{post.description}"


def long_text(posts: Sequence[Post], characters: int, *, start: int = 0) -> str:
    """`characters` of adverts one after the other, beginning with advert `start`."""
    parts: list[str] = []
    length, place = 0, start
    while length < characters:
        part = text_of(posts[place % len(posts)])
        parts.append(part)
        length += len(part) + 1
        place += 1
    return "\n".join(parts)[:characters]
