"""`python -m benchmarks.linking`: what linking costs a post, by simulation: time, memory, reads and writes, with a skewed contact.

Members are made (no text is read) in the proportions that the constants below say, and go through the very use case that
`screen` runs, batch by batch, against the store in a file. Reads and writes are counted as the table in the cloud would charge
them: a write unit a kilobyte begun, a read unit 4 kB begun of a strongly consistent query (AWS, "Read/write capacity mode").
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import random
import resource
import struct
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.prices import PRICES
from screening.cli.link_store import SqliteLinkStore
from screening.links.member import LinkKey, Member
from screening.links.profile import Profile
from screening.links.text_sketch import BANDS, SAMPLE, TextSketch
from screening.ports import KeyRead, Refused, Rooted, Standing
from screening.workflows.linking import LinkPosts, LinkSettings
from screening.workflows.records import PostKey

BATCH = 100
START = 20_000
POSTS_A_DAY = 20_000
CONTACTS = (1, 1, 1, 2)  # of a post, drawn evenly
NAMED = 0.7  # share of posts that name an employer; one employer in 12 posts
IN_CAMPAIGNS = 0.06  # share of posts that belong to a campaign of 2 to 40
REPOSTED = 0.14  # share that repeats a text of its employer under its contact: a fifth tied, as in the Polish adverts
PRICE_WRITE, PRICE_READ = (PRICES[name].dollars for name in ("write_units", "read_units"))
KEY_BYTES, MEMBER_BYTES = 75, 60  # of key and of other attributes beside the facts, as the table keeps them


class CountingStore(SqliteLinkStore):
    """The file store, counting what the table in the cloud would charge."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.writes = self.reads = self.calls = 0
        self.member_bytes: list[int] = []
        self.profile_bytes: list[int] = []

    def _write(self, size: int) -> None:
        self.writes += -(-(size + KEY_BYTES) // 1024)

    def put_members(self, memberships: Sequence[tuple[LinkKey, Member]], *, expires: datetime) -> Refused:
        self.calls += -(-len(memberships) // 25)
        for _, member in memberships:
            sketch = 4 * (len(member.sketch.sample) + 1) if member.sketch else 0
            # In the table the sketch is binary, in JSON it is base64.
            size = len(member.to_json()) - 4 * -(-sketch // 3) + sketch + MEMBER_BYTES
            self._write(size)
            if len(self.member_bytes) < 100_000:
                self.member_bytes.append(size + KEY_BYTES)
        return super().put_members(memberships, expires=expires)

    def read_keys(self, keys: Sequence[LinkKey]) -> dict[LinkKey, KeyRead]:
        found = super().read_keys(keys)
        self.calls += len(keys)
        for read in found.values():
            packed = len(zlib.compress(read.profile.to_json().encode())) if read.profile else 0
            size = 700 * len(read.members) + packed
            self.reads += max(1, -(-size // 4096))
        return found

    def write_profile(
        self, key: LinkKey, profile: Profile, *, expected_revision: int | None, expires: datetime
    ) -> bool:
        size = len(zlib.compress(profile.to_json().encode()))  # as the table keeps it
        self.calls += 1
        self._write(size)
        if len(self.profile_bytes) < 100_000:
            self.profile_bytes.append(size)
        return super().write_profile(key, profile, expected_revision=expected_revision, expires=expires)

    def roots(self, posts: Sequence[PostKey]) -> dict[PostKey, Rooted]:
        self.calls += 1
        self.reads += len(posts)
        return super().roots(posts)

    def standing(self, posts: Sequence[PostKey]) -> dict[PostKey, Standing]:
        self.calls += len(posts) - 1  # a query each; one look at roots is counted below, with a read unit a post
        return super().standing(posts)

    def note_merge(self, root: str, *, into: str, at: datetime) -> None:
        self.calls += 3
        self.writes += 3
        super().note_merge(root, into=into, at=at)

    def lower_root(
        self, post: PostKey, root: str, keys: frozenset[LinkKey], *, expires: datetime
    ) -> tuple[Rooted | None, Rooted]:
        self.calls += 1
        self._write(300)
        return super().lower_root(post, root, keys, expires=expires)


class _Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 26, tzinfo=UTC)


class _Metrics:
    def count(self, name: str, value: int = 1, **dimensions: str) -> None: ...


def simulated(number: int, seed: int, hot_share: float = 0.0) -> Iterator[Member]:
    """`number` posts in order of time. `hot_share` of them bear one and the same contact beside their own."""
    chance = random.Random(seed)
    employers = max(1, number // 12)
    campaign: list[tuple[list[LinkKey], str, int]] = []
    for place in range(number):
        keys = [_key("phone", f"own-{place}-{n}") for n in range(chance.choice(CONTACTS))]
        text, changed = f"own-{place}", 0
        employer = f"e{chance.randrange(employers)}" if chance.random() < NAMED else ""
        drawn = chance.random()
        if drawn < IN_CAMPAIGNS and campaign:
            shared, text, left = campaign[-1]
            keys = shared[:1] if chance.random() < 0.6 else keys
            changed = chance.randint(0, 6)
            employer = f"c{chance.randrange(9)}"
            campaign[-1] = (shared, text, left - 1)
            if left <= 1:
                campaign.pop()
        elif drawn < IN_CAMPAIGNS + REPOSTED and employer:
            keys = [_key("phone", f"of-{employer}")]
            text = employer
        if not campaign:
            campaign.append(([_key("phone", f"ring-{place}")], f"ring-{place}", chance.randint(2, 40)))
        if hot_share and chance.random() < hot_share:
            keys.append(_key("phone", "hot"))
        sketch = _sketch(text, changed, place)
        if employer:
            keys.append(_key("name", employer))
        keys += [LinkKey("text", "k1", band[:20]) for band in sketch.bands]
        yield Member(
            platform=f"board-{place % 5}", id=f"post-{place:08d}", version="0123456789abcdef", day=START + place // POSTS_A_DAY,
            kind="job", keys=tuple(keys), language="pl", country="DE", sector="91", employer=employer[:12],
            title="0123456789ab", exact=sketch.exact, pay=1200, sketch=sketch,
        )  # fmt: skip


def _sketch(text: str, changed: int, place: int) -> TextSketch:
    """A sketch as `TextSketcher` makes it, of a text that nobody wrote; `changed` of its hashes are another's, and then one band."""
    drawn = hashlib.shake_128(text.encode()).digest(4 * SAMPLE + 12 * BANDS)
    sample = list(struct.unpack(f">{SAMPLE}I", drawn[: 4 * SAMPLE]))
    bands = [drawn[4 * SAMPLE + 12 * band :][:12].hex() for band in range(BANDS)]
    if changed:
        own = hashlib.shake_128(f"{place}".encode()).digest(4 * changed + 12)
        sample[:changed] = struct.unpack(f">{changed}I", own[12:])
        bands[0] = own[:12].hex()
    return TextSketch(f"{text}-{place if changed else 0}"[:24], tuple(bands), tuple(sorted(sample)), 120)


def _key(kind: str, name: str) -> LinkKey:
    from screening.links.member import short_hash

    return LinkKey(kind, "k1", (short_hash(name) + short_hash(name[::-1]))[:20])


def run(number: int, folder: Path, *, seed: int = 1, hot_share: float = 0.0, steps: int = 8) -> dict[str, Any]:
    """Link `number` posts; figures in all and for each of `steps` equal parts, so that growth shows."""
    store = CountingStore(folder / f"links-{hot_share}.db")
    # One call at a time: the store is a file, and what is counted doesn't depend on it.
    link = LinkPosts(store=store, clock=_Clock(), metrics=_Metrics(), settings=LinkSettings(threads=1))
    slope = []
    batch: list[Member] = []
    spent = 0.0
    mark = (0, 0, 0, 0.0)
    requeued = 0
    for done, member in enumerate(simulated(number, seed, hot_share), start=1):
        batch.append(member)
        if len(batch) == BATCH or done == number:
            began = time.perf_counter()
            linked = link.link(batch)
            spent += time.perf_counter() - began
            assert not linked.failed
            requeued += len(linked.requeue)
            batch = []
        if done % max(1, number // steps) == 0:
            now = (store.writes, store.reads, store.calls, spent)
            part = number // steps
            slope.append({
                "posts": done, "microseconds_per_post": round(1e6 * (now[3] - mark[3]) / part),
                "write_units_per_post": round((now[0] - mark[0]) / part, 2),
                "read_units_per_post": round((now[1] - mark[1]) / part, 2),
                "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "store_mb": round(store.bytes_used() / 1e6),
            })  # fmt: skip
            mark = now
            print(f"{done:,} of {number:,} posts: {slope[-1]}", file=sys.stderr, flush=True)
    figures = {
        "posts": number, "seconds": round(spent, 1), "microseconds_per_post": round(1e6 * spent / number),
        "write_units_per_post": round(store.writes / number, 2), "read_units_per_post": round(store.reads / number, 2),
        "calls_per_post": round(store.calls / number, 2), "looked_at_anew_per_post": round(requeued / number, 3),
        "dollars_per_million_posts": round(PRICE_WRITE * store.writes / number + PRICE_READ * store.reads / number, 2),
        "membership_bytes": _spread(store.member_bytes), "profile_bytes": _spread(store.profile_bytes),
        "store_bytes_per_post": round(store.bytes_used() / number), "slope": slope,
        "toward_ten_million": _toward_ten_million(slope),
    }  # fmt: skip
    store.close()
    return figures


def _toward_ten_million(slope: list[dict[str, Any]]) -> dict[str, float]:
    """What ten million posts would come to if each further million cost as the last half did, and how that half grew."""
    half = slope[len(slope) // 2 :]
    first, last = half[0], half[-1]
    each = sum(part["microseconds_per_post"] for part in half) / len(half)
    growth = (last["store_mb"] - first["store_mb"]) / max(1, last["posts"] - first["posts"])
    return {
        "hours": round(10_000_000 * each / 3.6e9, 1),
        "store_gb": round((last["store_mb"] + growth * (10_000_000 - last["posts"])) / 1_000, 1),
        "time_of_last_part_over_first": round(
            last["microseconds_per_post"] / max(1, slope[0]["microseconds_per_post"]), 2
        ),
        "memory_of_last_part_over_middle": round(last["peak_memory_mb"] / max(1, first["peak_memory_mb"]), 2),
    }


def _spread(sizes: list[int]) -> dict[str, int]:
    ordered = sorted(sizes) or [0]
    return {"median": ordered[len(ordered) // 2], "p99": ordered[int(len(ordered) * 0.99)], "max": ordered[-1]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--posts", type=int, default=2_000_000, help="posts to link (default two million, about 25 minutes)"
    )
    parser.add_argument(
        "--skewed", type=int, default=200_000, help="posts of the runs with and without the skewed contact"
    )
    parser.add_argument("--hot-share", type=float, default=0.1, help="share of posts that bear the skewed contact")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="screening-bench-") as name:
        folder = Path(name)
        figures: dict[str, Any] = {
            "date": datetime.now(UTC).date().isoformat(),
            "machine": f"{platform.processor() or platform.machine()}, Python {platform.python_version()}",
            "even": run(arguments.posts, folder, hot_share=0.0),
        }
        plain = run(arguments.skewed, folder, seed=2, hot_share=1e-9)
        hot = run(arguments.skewed, folder, seed=2, hot_share=arguments.hot_share)
        figures["skewed"] = {
            "share": arguments.hot_share, "posts": arguments.skewed,
            **{
                f"added_{name}": round(hot[name] - plain[name], 2)
                for name in ("microseconds_per_post", "write_units_per_post", "read_units_per_post", "calls_per_post")
            },
        }  # fmt: skip
    print(json.dumps(figures, indent=2))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
