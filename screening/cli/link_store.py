"""A link store in one file (SQLite), for `screening link` and for measuring: the same contract as the table in the cloud."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from screening.fields import parse_moment, rfc3339
from screening.links.known_items import KnownItem, replaced
from screening.links.member import LinkKey, Member
from screening.links.profile import Profile
from screening.ports import CampaignEvent, KeyRead, Refused, Rooted, Standing
from screening.workflows.records import PostKey

_SCHEMA = """
CREATE TABLE IF NOT EXISTS members (key TEXT, platform TEXT, id TEXT, version TEXT, facts TEXT, PRIMARY KEY (key, platform, id, version)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS profiles (key TEXT PRIMARY KEY, revision INTEGER, profile TEXT, known TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS posts (platform TEXT, id TEXT, root TEXT, keys TEXT, tombstone TEXT, PRIMARY KEY (platform, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS merges (root TEXT PRIMARY KEY, into_root TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events (root TEXT, what TEXT, other TEXT, at TEXT, PRIMARY KEY (root, what, other)) WITHOUT ROWID;
"""
_FROM_THE_START = """
SELECT platform, id, version, facts FROM members WHERE key = ? ORDER BY platform, id, version LIMIT ?
"""
_FROM_THE_END = """
SELECT platform, id, version, facts FROM members WHERE key = ? ORDER BY platform DESC, id DESC, version DESC LIMIT ?
"""


class SqliteLinkStore:
    """`path` None keeps everything in memory. One connection behind a lock: threads may share it. Nothing expires in it."""

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        # What a crash would lose is read again from the input: speed comes before safety here.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-65536", "temp_store=FILE"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(_SCHEMA)

    def put_members(self, memberships: Sequence[tuple[LinkKey, Member]], *, expires: datetime) -> Refused:
        rows = [(key.text, m.platform, m.id, m.version, m.to_json()) for key, m in memberships]
        with self._lock:
            self._db.execute("BEGIN")
            self._db.executemany("INSERT OR REPLACE INTO members VALUES (?, ?, ?, ?, ?)", rows)
            self._db.execute("COMMIT")
        return frozenset()

    def read_keys(self, keys: Sequence[LinkKey]) -> dict[LinkKey, KeyRead]:
        with self._lock:
            return {key: self._read(key) for key in keys}

    def _read(self, key: LinkKey) -> KeyRead:
        members = self._members(key, key.page, _FROM_THE_END)  # the table in the cloud is read from the end, too
        row = self._db.execute("SELECT revision, profile, known FROM profiles WHERE key = ?", (key.text,)).fetchone()
        revision, profile, known = row or (None, None, None)
        return KeyRead(
            members=members, full=len(members) == key.page, profile=Profile.from_json(profile) if profile else None,
            revision=revision or None, known=KnownItem.read(json.loads(known)) if known else None,
        )  # fmt: skip

    def _members(self, key: LinkKey, limit: int, query: str = _FROM_THE_START) -> tuple[Member, ...]:
        return tuple(Member.from_json(*row) for row in self._db.execute(query, (key.text, limit)))

    def members_of(self, key: LinkKey, *, limit: int) -> tuple[Member, ...]:
        with self._lock:
            return self._members(key, limit)

    def write_profile(
        self, key: LinkKey, profile: Profile, *, expected_revision: int | None, expires: datetime
    ) -> bool:
        with self._lock:
            if expected_revision is not None:
                changed = self._db.execute(
                    "UPDATE profiles SET revision = revision + 1, profile = ? WHERE key = ? AND revision = ?",
                    (profile.to_json(), key.text, expected_revision),
                )
            else:
                changed = self._db.execute(
                    "INSERT INTO profiles VALUES (?, 1, ?, NULL) ON CONFLICT (key) DO UPDATE SET revision = 1,"
                    " profile = excluded.profile WHERE profiles.revision = 0",
                    (key.text, profile.to_json()),
                )
            return changed.rowcount == 1

    def remove_profile(self, key: LinkKey, *, expected_revision: int) -> bool:
        with self._lock:
            changed = self._db.execute(
                "UPDATE profiles SET revision = 0, profile = NULL WHERE key = ? AND revision = ?",
                (key.text, expected_revision),
            )
            return changed.rowcount == 1

    def remove_members(self, memberships: Sequence[tuple[LinkKey, PostKey]]) -> Refused:
        with self._lock:
            self._db.executemany(
                "DELETE FROM members WHERE key = ? AND platform = ? AND id = ?",
                [(key.text, *post) for key, post in memberships],
            )
        return frozenset()

    def clear_key(self, key: LinkKey) -> None:
        with self._lock:
            self._db.execute("DELETE FROM members WHERE key = ?", (key.text,))

    def roots(self, posts: Sequence[PostKey]) -> dict[PostKey, Rooted]:
        with self._lock:
            found = {}
            for post in posts:
                row = self._db.execute("SELECT root, keys FROM posts WHERE platform = ? AND id = ?", post).fetchone()
                if row and row[0]:
                    found[post] = Rooted(row[0], frozenset(LinkKey.read(key) for key in row[1].split()))
            return found

    def lower_root(
        self, post: PostKey, root: str, keys: frozenset[LinkKey], *, expires: datetime
    ) -> tuple[Rooted | None, Rooted]:
        with self._lock:
            known = self.roots([post]).get(post)
            after = Rooted(min(root, known.root), known.keys | keys) if known else Rooted(root, keys)
            self._db.execute(
                "INSERT INTO posts VALUES (?, ?, ?, ?, NULL) ON CONFLICT (platform, id) DO UPDATE SET root = excluded.root,"
                " keys = excluded.keys",
                (*post, after.root, " ".join(sorted(key.text for key in after.keys))),
            )
            return known, after

    def remove_root(self, post: PostKey) -> None:
        with self._lock:
            self._db.execute("UPDATE posts SET root = NULL, keys = NULL WHERE platform = ? AND id = ?", post)

    def note_merge(self, root: str, *, into: str, at: datetime) -> None:
        with self._lock:
            self._db.execute(
                "INSERT INTO merges VALUES (?, ?) ON CONFLICT (root) DO UPDATE SET into_root = excluded.into_root"
                " WHERE merges.into_root > excluded.into_root",
                (root, into),
            )
            self._note(root, "went_into", into, at)
            self._note(into, "took_in", root, at)

    def note_split(self, root: str, *, part: str, at: datetime) -> None:
        with self._lock:
            self._db.execute("DELETE FROM merges WHERE root = ?", (part,))
            self._note(root, "split_off", part, at)

    def _note(self, root: str, what: str, other: str, at: datetime) -> None:
        self._db.execute("INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?)", (root, what, other, rfc3339(at)))

    def went_into(self, root: str) -> str | None:
        with self._lock:
            row = self._db.execute("SELECT into_root FROM merges WHERE root = ?", (root,)).fetchone()
            return row[0] if row else None

    def merged_into(self, root: str) -> str:
        while (into := self.went_into(root)) is not None:
            root = into
        return root

    def history(self, root: str) -> tuple[CampaignEvent, ...]:
        with self._lock:
            found = self._db.execute("SELECT at, what, other FROM events WHERE root = ?", (root,))
            return tuple(sorted(CampaignEvent(parse_moment(at), what, other) for at, what, other in found))

    def put_tombstone(self, post: PostKey, *, expires: datetime) -> None:
        with self._lock:
            self._db.execute(
                "INSERT INTO posts VALUES (?, ?, NULL, NULL, ?) ON CONFLICT (platform, id) DO UPDATE SET tombstone = excluded.tombstone",
                (*post, rfc3339(expires)),
            )

    def tombstoned(self, posts: Sequence[PostKey]) -> frozenset[PostKey]:
        with self._lock:
            return frozenset(
                post
                for post in posts
                if self._db.execute(
                    "SELECT 1 FROM posts WHERE platform = ? AND id = ? AND tombstone IS NOT NULL", post
                ).fetchone()
            )

    def standing(self, posts: Sequence[PostKey]) -> dict[PostKey, Standing]:
        with self._lock:
            erased, roots = self.tombstoned(posts), self.roots(posts)
            return {post: Standing(post in erased, roots.get(post)) for post in posts}

    def put_known(self, key: LinkKey, item: KnownItem) -> None:
        with self._lock:
            known = self._read(key).known
            self._db.execute(
                "INSERT INTO profiles VALUES (?, 0, NULL, ?) ON CONFLICT (key) DO UPDATE SET known = excluded.known",
                (key.text, json.dumps(replaced(known, item).to_dict())),
            )

    def shared_keys(self) -> Iterator[tuple[LinkKey, list[Member]]]:
        """Every key that two posts or more stand under, with its members, as a stream in order of key."""
        found = self._db.execute(
            "SELECT key, platform, id, version, facts FROM members WHERE key IN (SELECT key FROM members GROUP BY key"
            " HAVING MIN(platform || char(31) || id) < MAX(platform || char(31) || id)) ORDER BY key, platform, id, version"
        )
        for key, rows in groupby(found, key=lambda row: str(row[0])):
            yield LinkKey.read(key), [Member.from_json(*row[1:]) for row in rows]

    def bytes_used(self) -> int:
        pages, size = (self._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        return int(pages) * int(size)

    def close(self) -> None:
        self._db.close()
