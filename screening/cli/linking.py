"""Linking files of posts: contributions go into a store on disk, so that memory stays flat over a million posts."""

from __future__ import annotations

import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from screening.cli.link_store import SqliteLinkStore
from screening.cli.reading import InputCounts, ScanOptions, read_posts
from screening.links.campaign_view import CampaignView, view_campaigns
from screening.links.clusters import PostName
from screening.links.contribution import Hashes, contribution
from screening.links.member import LinkKey, Member
from screening.links.text_sketch import TextSketcher
from screening.posts.post import Post
from screening.posts.reading import Refused
from screening.signals.facts import gather
from screening.text.reading import read_document

WRITTEN_AT_ONCE = 500
TEXTS_IN_TEMPLATE = 40
LONGEST_TEXT = 20_000


@dataclass(slots=True, kw_only=True)
class LinkCounts(InputCounts):
    posts: int = 0
    platforms: set[str] = field(default_factory=set)


def file_hashes(seed: bytes) -> Hashes:
    """Keyed hashing for one run over files: equal values fall together, and the output tells nobody what they were."""

    def fingerprint(kind: str, value: str) -> str:
        return (
            "f:" + blake2b(f"{kind}\x1f{value}".encode("utf-8", "surrogatepass"), digest_size=16, key=seed).hexdigest()
        )

    return Hashes(fingerprint=fingerprint, sketcher=TextSketcher(seed), seed=seed)


class FileLinker:
    """Links the posts of files. Use as a context: what it writes to disk is removed at the end."""

    def __init__(self, *, at: datetime, seed: bytes) -> None:
        self._at = at
        self._hashes = file_hashes(seed)
        self._folder = tempfile.TemporaryDirectory(prefix="screening-link-")
        self._store = SqliteLinkStore(Path(self._folder.name) / "links.db")
        self._texts = SqliteTexts(Path(self._folder.name) / "texts.db")
        self._waiting: list[tuple[LinkKey, Member]] = []
        self.counts = LinkCounts()

    def __enter__(self) -> FileLinker:
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()
        self._texts.close()
        self._folder.cleanup()

    def read(
        self,
        inputs: Sequence[str],
        options: ScanOptions,
        on_bytes: Callable[[str, int], None],
        on_refused: Callable[[Refused], None],
    ) -> None:
        """Take in every post of the inputs; what can't be read is noted in `counts`, and told one by one to `on_refused`."""
        for post in read_posts(inputs, options, self.counts, on_bytes, on_refused):
            self.add(post)
        self._write()

    def add(self, post: Post) -> None:
        document = read_document(post)
        facts = gather(document, today=self._at.date())
        member = contribution(
            post, document, facts, self._hashes, version=post.content_hash()[:16], received_at=self._at,
            language=document.language.main,
        )  # fmt: skip
        self.counts.posts += 1
        self.counts.platforms.add(post.platform)
        self._texts.put(member.post, (post.description or post.title)[:LONGEST_TEXT])
        self._waiting += [(key, member.under(key)) for key in member.keys]
        if len(self._waiting) >= WRITTEN_AT_ONCE:
            self._write()

    def _write(self) -> None:
        self._store.put_members(self._waiting, expires=datetime.now(UTC) + timedelta(days=1))
        self._texts.flush()
        self._waiting = []

    def campaigns(self) -> Iterator[CampaignView]:
        """Campaigns of two posts or more, largest first."""
        self._write()
        return view_campaigns(self._store.shared_keys, self._texts.of)


class SqliteTexts:
    """The texts of the posts, packed, on disk for as long as the command runs: templates are made from them."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute(
            "CREATE TABLE texts (platform TEXT, id TEXT, text BLOB, PRIMARY KEY (platform, id)) WITHOUT ROWID"
        )
        self._waiting: list[tuple[str, str, bytes]] = []

    def put(self, post: PostName, text: str) -> None:
        self._waiting.append((*post, zlib.compress(text.encode("utf-8", "surrogatepass"), 1)))

    def flush(self) -> None:
        self._db.execute("BEGIN")
        self._db.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", self._waiting)
        self._db.execute("COMMIT")
        self._waiting = []

    def of(self, posts: Sequence[PostName]) -> list[str]:
        texts = []
        for post in posts[:TEXTS_IN_TEMPLATE]:
            row = self._db.execute("SELECT text FROM texts WHERE platform = ? AND id = ?", post).fetchone()
            if row:
                texts.append(zlib.decompress(row[0]).decode("utf-8", "surrogatepass"))
        return texts

    def close(self) -> None:
        self._db.close()
