"""Rescoring, nightly: plan which archive objects to read, assess their live posts anew, conclude with a diff.

A head is moved only where it is still the version, and the very record, that was scored. A chunk notes what it is about to
change before it changes it, so that a second try, which finds those heads moved, still has them in its result.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from screening.assessment.network import LinkFindings
from screening.assessment.reading import Reading
from screening.assessment.record import ArchivePointer
from screening.errors import InvalidPostError, NotFoundError, PermanentError, TransientError
from screening.fields import Fields, parse_moment, rfc3339
from screening.links.contribution import Hashes
from screening.ports import (
    Archive,
    Assessor,
    Clock,
    ConfigStore,
    EventBus,
    Metrics,
    PostStore,
    RescoreStore,
    Sealer,
)  # fmt: skip
from screening.workflows.archive_object import ArchiveClass, build_object, day_of, iter_records, kept_as
from screening.workflows.archived import ArchivedPost
from screening.workflows.audit_sample import SAMPLED_TIERS, next_sampling
from screening.workflows.case_saving import outbox_id
from screening.workflows.events import Event, RescoreConcluded
from screening.workflows.heads import Candidate, candidate_of, rescored, versions_text
from screening.workflows.linking import LinkPosts
from screening.workflows.messages import seal_context
from screening.workflows.outbox import publish_pending
from screening.workflows.records import Head, Sampling
from screening.workflows.relinking import member_of
from screening.workflows.retention import Retention
from screening.workflows.sealing import post_from_archive

PREFIX = "text/"
READ_AHEAD = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RescoreSettings:
    chunk_bytes: int = 64_000_000  # packed bytes of archive objects a chunk; about 50,000 posts
    max_keys: int = 2_000  # objects a chunk: a descriptor must fit a state machine's payload of 256 KiB
    default_sampling: Sampling = field(default_factory=lambda: Sampling(default=0.01))
    retention: Retention = field(default_factory=Retention)


@dataclass(frozen=True, slots=True)
class RescorePlan:
    run: str
    bucket: str
    key: str  # of the manifest
    count: int  # chunks

    def to_dict(self) -> dict[str, Any]:
        return {"run": self.run, "manifest": {"bucket": self.bucket, "key": self.key}, "count": self.count}


class PlanRescore:
    """Lists the archive and groups its objects into chunks."""

    def __init__(self, *, archive: Archive, store: RescoreStore, settings: RescoreSettings) -> None:
        self._archive = archive
        self._store = store
        self._settings = settings

    def __call__(self, run: str, started_at: datetime) -> RescorePlan:
        """Write the manifest: one descriptor {run, started_at, index, keys} a line. Raises TransientError."""
        chunks: list[list[str]] = []
        size = 0
        for item in self._archive.list_objects(PREFIX):
            full = chunks and (
                size + item.size > self._settings.chunk_bytes or len(chunks[-1]) >= self._settings.max_keys
            )
            if not chunks or full:
                chunks.append([])
                size = 0
            chunks[-1].append(item.key)
            size += item.size
        lines = [
            json.dumps({"run": run, "started_at": rfc3339(started_at), "index": index, "keys": keys})
            for index, keys in enumerate(chunks)
        ]
        bucket, key = self._store.put_manifest(run, lines)
        return RescorePlan(run, bucket, key, len(lines))


@dataclass(slots=True)
class _Tally:
    run: str
    index: int
    scored: int = 0
    gone: int = 0  # superseded, withdrawn, expired or erased since
    failed: int = 0
    unpublished: int = 0
    changed: list[dict[str, Any]] = field(default_factory=list)
    by_language: Counter[str] = field(default_factory=Counter)  # new posts below review, of the day before the run


class RescoreChunk:
    """Assesses the live posts of a chunk's archive objects anew."""

    def __init__(
        self, *, assessor: Assessor, sealer: Sealer, archive: Archive, posts: PostStore, bus: EventBus,
        store: RescoreStore, config: ConfigStore, clock: Clock, metrics: Metrics, settings: RescoreSettings,
        links: LinkPosts | None = None, hashes: Hashes | None = None,
    ) -> None:  # fmt: skip
        """With `links` and `hashes` each post is held against the others as they stand now; nothing is contributed."""
        self._links = links
        self._hashes = hashes
        self._assessor = assessor
        self._sealer = sealer
        self._archive = archive
        self._posts = posts
        self._bus = bus
        self._store = store
        self._config = config
        self._clock = clock
        self._metrics = metrics
        self._settings = settings

    def __call__(self, descriptor: object) -> dict[str, Any]:
        """Run one chunk; returns a summary small enough for a state machine.

        Raises:
            PermanentError: the descriptor can't be read.
            TransientError: something failed for now; the chunk may be run again as a whole.
        """
        fields = Fields(descriptor, "rescore chunk")
        run, started_at = fields.text("run"), fields.moment("started_at")
        index, keys = fields.integer("index"), fields.texts("keys")
        tally = _Tally(run=run, index=index)
        self._take_up(tally)
        for key in keys:
            self._object(key, started_at, tally)
        by_change = Counter(f"{line['from']}>{line['to']}" for line in tally.changed if line["from"] != line["to"])
        summary: dict[str, Any] = {
            "run": run, "index": index, "scored": tally.scored, "gone": tally.gone, "failed": tally.failed,
            "unpublished": tally.unpublished, "by_change": dict(by_change),
        }  # fmt: skip
        self._store.put_result(
            run, index, {**summary, "changed": tally.changed, "by_language": dict(tally.by_language), "done": True}
        )
        self._metrics.count("PostsRescored", tally.scored)
        if tally.failed:
            self._metrics.count("RescoreFailures", tally.failed)
        return summary

    def _object(self, key: str, started_at: datetime, tally: _Tally) -> None:
        try:
            body = self._archive.read_object(key)
        except NotFoundError:
            return  # erased or expired since the plan
        batch: list[tuple[ArchivePointer, ArchivedPost]] = []
        for pointer, record in iter_records(key, body):
            batch.append((pointer, ArchivedPost.read(record)))
            if len(batch) == READ_AHEAD:
                self._batch(batch, started_at, tally)
                batch = []
        if batch:
            self._batch(batch, started_at, tally)

    def _batch(self, batch: Sequence[tuple[ArchivePointer, ArchivedPost]], started_at: datetime, tally: _Tally) -> None:
        keys = sorted({(str(archived.post["platform"]), str(archived.post["id"])) for _, archived in batch})
        read = self._posts.read_heads(keys)
        if read.unread:
            raise TransientError(f"{len(read.unread)} heads not read")
        erased = self._links.tombstoned(keys) if self._links else frozenset()
        moves: list[tuple[Head, Candidate, dict[str, Any]]] = []
        for pointer, archived in batch:
            if (archived.post["platform"], archived.post["id"]) in erased:
                tally.gone += 1
                continue
            head = read.heads.get((str(archived.post["platform"]), str(archived.post["id"])))
            if head is None or head.status == "withdrawn" or head.archive != pointer or _expired(archived, started_at):
                tally.gone += 1
                continue
            if head.tier in SAMPLED_TIERS and started_at - timedelta(days=1) <= archived.received_at < started_at:
                tally.by_language[head.language or ""] += 1
            move = self._scored(head, archived, started_at, tally)
            if move is not None:
                moves.append((head, *move))
        if moves:
            self._write(moves, started_at, tally)

    def _scored(
        self, head: Head, archived: ArchivedPost, started_at: datetime, tally: _Tally
    ) -> tuple[Candidate, dict[str, Any]] | None:
        """Candidate and archive record where the new assessment differs in tier or versions."""
        context = seal_context(head.platform, head.id, archived.seq)
        try:
            post = post_from_archive(self._sealer, archived.post, context)
            reading = self._assessor.read(
                post, seq=archived.seq, assessed_at=started_at, switched_off=self._config.rules_off(started_at)
            )
            assessment = self._assessor.conclude(reading, links=self._looked_up(reading, archived.received_at))
        except (InvalidPostError, PermanentError) as error:
            tally.failed += 1
            self._metrics.count("RescoreRejected", error=type(error).__name__)
            return None
        tally.scored += 1
        if (assessment.tier, versions_text(assessment.versions)) == (head.tier, head.versions):
            return None
        candidate = candidate_of(
            assessment, version=head.version, said=head.said, received_at=started_at, correlation_id=f"rescore/{tally.run}"[:200], audit=None,
            expires=self._settings.retention.post_expires(
                assessment.tier, received_at=archived.received_at, post_expires_at=post.expires_at
            ),
        )  # fmt: skip
        record = {
            "post": archived.post, "seq": archived.seq, "received_at": rfc3339(archived.received_at),
            "assessment": assessment.to_dict(),
        }  # fmt: skip
        return replace(candidate, seq=head.seq), record

    def _looked_up(self, reading: Reading, received_at: datetime) -> LinkFindings | None:
        if self._links is None or self._hashes is None:
            return None
        return self._links.look(member_of(reading, self._hashes, received_at=received_at))

    def _write(
        self,
        moves: Sequence[tuple[Head, Candidate, dict[str, Any]]],
        started_at: datetime,
        tally: _Tally,
    ) -> None:
        groups: dict[tuple[str, str, ArchiveClass], list[int]] = defaultdict(list)
        for place, (head, candidate, record) in enumerate(moves):
            kept = kept_as(candidate.tier, drawn=head.sampled)
            groups[head.platform, day_of(int(record["seq"])), kept].append(place)
        pointers: dict[int, ArchivePointer] = {}
        for (platform, day, kept), places in sorted(groups.items()):
            packed = build_object(platform, day, [moves[place][2] for place in places], archive_class=kept)
            self._archive.put(packed.key, packed.body)
            pointers.update(zip(places, packed.pointers, strict=True))
        lines = [_line(head, candidate) for head, candidate, _ in moves]
        self._store.put_result(tally.run, tally.index, {"changed": [*tally.changed, *lines], "done": False})
        owing: list[Head] = []
        for place, (head, candidate, _) in enumerate(moves):
            after = self._replace(head, replace(candidate, archive=pointers[place]))
            if after is None:
                tally.gone += 1
                continue
            owing.append(after)
            tally.changed.append(lines[place])
        tally.unpublished += publish_pending(self._bus, self._posts, self._metrics, owing)

    def _take_up(self, tally: _Tally) -> None:
        """What an earlier try of this chunk did change: those of its lines whose heads are as it left them."""
        earlier = self._store.read_result(tally.run, tally.index)
        lines = earlier["changed"] if earlier else []
        if not lines:
            return
        read = self._posts.read_heads(sorted({(line["platform"], line["id"]) for line in lines}))
        if read.unread:
            raise TransientError(f"{len(read.unread)} heads not read")
        for line in lines:
            head = read.heads.get((line["platform"], line["id"]))
            done = (line["version"], line["to"], line["to_versions"])
            if head is not None and (head.version, head.tier, head.versions) == done:
                tally.changed.append(line)
                tally.scored += 1

    def _replace(self, scored: Head, candidate: Candidate) -> Head | None:
        """Move the head that was scored; None where it is another by now."""
        current: Head | None = scored
        for _ in range(3):
            if current is None or (current.order, current.status, current.archive) != (
                scored.order, scored.status, scored.archive,
            ):  # fmt: skip
                return None
            if current.event_state == "pending":
                if publish_pending(self._bus, self._posts, self._metrics, [current]):
                    raise TransientError("the earlier event isn't out yet")
                current = self._posts.read_head(current.key)
                continue
            head = rescored(current, candidate, now=self._clock.now())
            if self._posts.write_head(head, expected_revision=current.revision):
                return head
            current = self._posts.read_head(scored.key)
            if current is not None and (current.archive, current.event_id) == (head.archive, head.event_id):
                return current  # our own write, whose answer was lost
        return None


class ConcludeRescore:
    """Merges the chunks' results into one diff, sets tomorrow's sampling, and tells that the run is over."""

    def __init__(
        self, *, store: RescoreStore, config: ConfigStore, bus: EventBus, clock: Clock, metrics: Metrics,
        settings: RescoreSettings,
    ) -> None:  # fmt: skip
        self._store = store
        self._config = config
        self._bus = bus
        self._clock = clock
        self._metrics = metrics
        self._settings = settings

    def __call__(self, run: str, *, count: int) -> dict[str, Any]:
        """The summary of the run; `missing` names chunks without result, whose posts keep their old assessment.

        Raises:
            TransientError: results can't be read, or the event can't be published, for now.
        """
        results = [result for result in self._store.results(run) if result["done"]]
        found = {int(result["index"]) for result in results}
        by_change: Counter[str] = Counter()
        by_language: Counter[str] = Counter()
        changed: list[dict[str, Any]] = []
        for result in results:
            by_change.update(result["by_change"])
            by_language.update(result["by_language"])
            changed += result["changed"]
        summary: dict[str, Any] = {
            "run": run, "chunks": count, "missing": sorted(set(range(count)) - found),
            "scored": sum(result["scored"] for result in results),
            "failed": sum(result["failed"] for result in results),
            "unpublished": sum(result["unpublished"] for result in results),
            "changed": len(changed), "by_change": dict(sorted(by_change.items())),
        }  # fmt: skip
        changed.sort(key=lambda line: (line["platform"], line["id"]))
        bucket, key = self._store.put_diff(run, {**summary, "posts": changed})
        if not summary["missing"]:
            previous = self._config.sampling() or self._settings.default_sampling
            # The setting as it is now: a stored one would outlive its change.
            previous = replace(previous, target_per_day=self._settings.default_sampling.target_per_day)
            self._config.put_sampling(next_sampling(by_language, previous=previous))
        concluded = RescoreConcluded(
            run=run, scored=summary["scored"], changed=len(changed), by_change=summary["by_change"],
            diff_bucket=bucket, diff_key=key,
        )  # fmt: skip
        event = Event.of(
            concluded, id=outbox_id(run, "concluded", 1), timestamp=self._clock.now(), correlation_id=f"rescore/{run}"
        )
        if self._bus.publish([event]):
            raise TransientError("the run's end couldn't be published")
        if summary["missing"]:
            self._metrics.count("RescoreChunksMissing", len(summary["missing"]))
        return {**summary, "diff": {"bucket": bucket, "key": key}}


def _line(head: Head, candidate: Candidate) -> dict[str, Any]:
    return {
        "platform": head.platform, "id": head.id, "version": head.version, "from": head.tier, "to": candidate.tier,
        "from_versions": head.versions, "to_versions": candidate.versions,
    }  # fmt: skip


def _expired(archived: ArchivedPost, now: datetime) -> bool:
    expires = archived.post.get("expires_at")
    return isinstance(expires, str) and parse_moment(expires) < now


def manifest_lines(text: str) -> Iterator[dict[str, Any]]:
    """The descriptors of a manifest, for running a plan without a state machine."""
    for line in text.splitlines():
        if line.strip():
            yield json.loads(line)
