"""Ledger, evidence and erasure in memory, over what the other fakes hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from screening.cases.ledger import LedgerEntry
from screening.cases.ledger_root import ChainHead, LedgerRoot
from screening.errors import ConflictError, NotFoundError
from screening.ports import ErasedPost, Evidence, OpenedObject, VersionKey
from screening.workflows.records import PostKey
from tests.fakes.basics import START
from tests.fakes.faults import Faults
from tests.fakes.stores import FakeArchive, FakeCaseStore, FakePostStore, FakeReferralStore, FakeReportStore


class FakeLedgerStore:
    """On the entries of a `FakeCaseStore`, so that both see one ledger."""

    def __init__(self, faults: Faults, cases: FakeCaseStore) -> None:
        self._faults = faults
        self._entries = cases.entries
        self._forgotten: dict[str, int] = {}
        self.kept_roots: dict[int, LedgerRoot] = {}

    def last(self, chain: str) -> LedgerEntry | None:
        self._faults.before("ledger.last")
        return next(self._newest(chain), None)

    def _newest(self, chain: str) -> Iterator[LedgerEntry]:
        return iter(sorted(self._of(chain), key=lambda entry: -entry.index))

    def _of(self, chain: str) -> list[LedgerEntry]:
        return [entry for (name, _), entry in sorted(self._entries.items()) if name == chain]

    def append(self, entry: LedgerEntry) -> None:
        self._faults.before("ledger.append")
        if (entry.case, entry.index) in self._entries:
            raise ConflictError(f"ledger {entry.case}: entry {entry.index} is taken")
        self._entries[entry.case, entry.index] = entry
        self._faults.after("ledger.append")

    def entries(self, chain: str) -> tuple[LedgerEntry, ...]:
        self._faults.before("ledger.entries")
        return tuple(self._of(chain))

    def stored_entries(self, chain: str) -> tuple[dict[str, Any], ...]:
        return tuple(entry.to_dict() for entry in self.entries(chain))

    def stored_head(self, chain: str) -> dict[str, Any] | None:
        head = self.head(chain)
        return head.to_dict() if head else None

    def stored_heads(self) -> Iterator[dict[str, Any]]:
        return (head.to_dict() for head in self.heads())

    def stored_roots(self) -> tuple[dict[str, Any], ...]:
        return tuple(root.summary() for root in self.roots())

    def newest(self, chain: str) -> Iterator[LedgerEntry]:
        self._faults.before("ledger.newest")
        return self._newest(chain)

    def head(self, chain: str) -> ChainHead | None:
        last = next(self._newest(chain), None)
        if last is None:
            return None
        return ChainHead(chain, last.index, last.hash, last.at, self._forgotten.get(chain) == last.index)

    def heads(self) -> Iterator[ChainHead]:
        self._faults.before("ledger.heads")
        for chain in dict.fromkeys(name for name, _ in self._entries):
            head = self.head(chain)
            assert head is not None
            yield head

    def erase_payload(self, chain: str, index: int) -> bool:
        self._faults.before("ledger.erase_payload")
        entry = self._entries[chain, index]
        if entry.payload is None and entry.salt is None:
            return False
        self._entries[chain, index] = entry.without_payload
        self._faults.after("ledger.erase_payload")
        return True

    def mark_forgotten(self, head: ChainHead) -> None:
        self._forgotten[head.chain] = head.index

    def put_root(self, root: LedgerRoot) -> None:
        self._faults.before("ledger.put_root")
        summary = replace(root, changed=())
        if self.kept_roots.setdefault(root.number, summary) != summary:
            raise ConflictError(f"root {root.number}: another one exists")
        self._faults.after("ledger.put_root")

    def roots(self) -> tuple[LedgerRoot, ...]:
        return tuple(self.kept_roots[number] for number in sorted(self.kept_roots))

    def last_root(self) -> LedgerRoot | None:
        return self.roots()[-1] if self.kept_roots else None


class FakeEvidenceStore:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.kept: dict[str, Evidence] = {}

    def keep(self, key: str, body: bytes, *, retain_until: datetime, legal_basis: str) -> None:
        self._faults.before("evidence.keep")
        stored = self.kept.setdefault(key, Evidence(body, legal_basis, retain_until, False))
        if stored.body != body:
            raise ConflictError(f"evidence {key}: other bytes are kept there")
        self._faults.after("evidence.keep")

    def hold(self, key: str, on: bool) -> None:
        self._faults.before("evidence.hold")
        self.kept[key] = replace(self._read(key), held=on)

    def read(self, key: str) -> Evidence:
        self._faults.before("evidence.read")
        return self._read(key)

    def _read(self, key: str) -> Evidence:
        if key not in self.kept:
            raise NotFoundError(f"evidence {key}: nothing is kept there")
        return self.kept[key]

    def keys(self, prefix: str) -> tuple[str, ...]:
        return tuple(sorted(key for key in self.kept if key.startswith(prefix)))


class FakeErasureStore:
    def __init__(
        self, faults: Faults, posts: FakePostStore, archive: FakeArchive, referrals: FakeReferralStore,
        reports: FakeReportStore,
    ) -> None:  # fmt: skip
        self._faults = faults
        self._posts = posts
        self._archive = archive
        self._referrals = referrals
        self._reports = reports
        self.put = posts.erased
        self.left: dict[tuple[str, str, int, str], str] = {}  # versions that an earlier release stored
        self.noted: set[tuple[date, str]] = set()
        self.written_at = START  # of every archive object: S3 tells it, the fake archive doesn't

    def put_tombstone(self, tombstone: ErasedPost) -> None:
        self._faults.before("erasures.put_tombstone")
        self.put[tombstone.platform, tombstone.id] = tombstone

    def tombstones(self, posts: Sequence[PostKey]) -> dict[PostKey, ErasedPost]:
        self._faults.before("erasures.tombstones")
        return {post: self.put[post] for post in posts if post in self.put}

    def versions(self, post: PostKey) -> tuple[VersionKey, ...]:
        return tuple(
            VersionKey(seq, version, hashlib.sha256(stored.encode()).hexdigest())
            for (platform, post_id, seq, version), stored in sorted(self.left.items())
            if (platform, post_id) == post
        )

    def delete_version(self, post: PostKey, version: VersionKey) -> None:
        self._faults.before("erasures.delete_version")
        self.left.pop((*post, version.seq, version.version), None)

    def delete_head(self, post: PostKey, *, revision: int) -> None:
        self._faults.before("erasures.delete_head")
        head = self._posts.heads.get(post)
        if head is not None and head.revision != revision:
            raise ConflictError("the head changed meanwhile")
        self._posts.heads.pop(post, None)

    def open_object(self, key: str) -> OpenedObject:
        body = self._archive.read_object(key)
        return OpenedObject(body, hashlib.sha256(body).hexdigest(), self.written_at)

    def due(self, day: date) -> tuple[tuple[date, str], ...]:
        return tuple(noted for noted in sorted(self.noted) if noted[0] <= day)

    def delete(self, key: str, *, noted_for: date) -> None:
        self._archive.objects.pop(key, None)
        self.noted.discard((noted_for, key))

    def rewrite_object(self, key: str, body: bytes, *, tag: str, delete_on: date) -> None:
        self.noted.add((delete_on, key))
        self._faults.before("erasures.rewrite_object")
        if hashlib.sha256(self._archive.objects[key]).hexdigest() != tag:
            raise ConflictError(f"archive {key}: somebody else wrote it meanwhile")
        self._archive.objects[key] = body

    def delete_package(self, key: str) -> bool:
        self._faults.before("erasures.delete_package")
        return self._referrals.packages.pop(key, None) is not None

    def followers(self, report: str) -> tuple[str, ...]:
        self._faults.before("erasures.followers")
        return tuple(sorted(name for name, leader in self._reports.leaders.items() if leader == report))

    def delete_report(self, report: str) -> bool:
        self._faults.before("erasures.delete_report")
        return self._reports.reports.pop(report, None) is not None
