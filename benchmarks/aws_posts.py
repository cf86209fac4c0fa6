"""The posts of the cost and latency runs: adverts that are not flagged, with contacts and employers, and a stated share that is.

The adverts' contacts were blanked where they were collected, so that each is given some, in the proportions of
`benchmarks.linking`: a phone number of its own, or its employer's; seven in ten name an employer, one employer in twelve posts.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from benchmarks.aws_stack import PLATFORM
from benchmarks.posts import demo_posts, ordinary_posts
from screening.assessment.screener import Screener
from screening.posts.post import Post

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NAMED = 0.7
OF_ONE_EMPLOYER = 12
REPOSTED = 0.14  # share that bears its employer's number


@dataclass(frozen=True, slots=True)
class FlowPosts:
    source: str
    unflagged: tuple[Post, ...]
    flagged: tuple[Post, ...]

    def mixed(self, number: int, share: float) -> list[Post]:
        """`number` posts of which `share` are flagged, evenly spread; the flagged again from the first where they run out."""
        mixed = list(self.unflagged[:number])
        if not share:
            return mixed
        every = round(1 / share)
        for count, place in enumerate(range(every // 2, number, every)):
            mixed[place] = replace(self.flagged[count % len(self.flagged)], id=f"flagged-{count}")
        return mixed


def flow_posts(screener: Screener, number: int) -> FlowPosts:
    """Raises ValueError where the adverts hold too few that aren't flagged."""
    drawn = ordinary_posts(2 * number, platform=PLATFORM, seed=7)
    unflagged: list[Post] = []
    for post in _dressed(drawn.posts):
        if not is_flagged(screener, post):
            unflagged.append(post)
        if len(unflagged) == number:
            break
    if len(unflagged) < number:
        raise ValueError(f"{len(unflagged)} adverts that aren't flagged, {number} are wanted")
    new = (replace(post, posted_at=None, updated_at=None) for post in demo_posts(PLATFORM))  # of today, as the adverts
    flagged = [post for post in new if is_flagged(screener, post)]
    return FlowPosts(drawn.source, tuple(unflagged), tuple(flagged))


def is_flagged(screener: Screener, post: Post) -> bool:
    return screener.assess(post, assessed_at=AT).tier in ("review", "urgent")


def _dressed(posts: Sequence[Post]) -> Iterator[Post]:
    chance = random.Random(3)
    employers = max(1, len(posts) // OF_ONE_EMPLOYER)
    for place, post in enumerate(posts):
        employer = chance.randrange(employers) if chance.random() < NAMED else None
        shared = employer is not None and chance.random() < REPOSTED / NAMED
        number = 900_000 + employer if employer is not None and shared else place
        yield replace(
            post,
            contacts=(f"+48 512 {number // 1000:03} {number % 1000:03}",),
            company=post.company or (f"Zakład nr {employer} Kowalczyk" if employer is not None else ""),
        )
