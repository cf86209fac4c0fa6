"""Screening: posts from the queue are read, linked, assessed, archived, made heads by conditional write, and published.

The order makes a crash at any point safe. Archive objects are named by their content. The head's conditional write is the record
of what was done: a redelivered message finds the same head, and publishes again what the head still owes. No head that
owes an event is written over before that event is out, so that a quick harmless edit can't hide a flagged version.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

from screening.assessment.reading import Reading
from screening.crashes import told
from screening.errors import InvalidPostError, PermanentError, TransientError
from screening.fields import Fields, rfc3339
from screening.links.member import Member
from screening.ports import Archive, Assessor, Clock, ConfigStore, EventBus, Metrics, PostsStanding, PostStore, Sealer
from screening.values.result import Assessment
from screening.workflows.archive_object import ArchiveClass, build_object, day_of, kept_as
from screening.workflows.audit_places import AuditPlaces, Sampled, Version
from screening.workflows.batch import BatchOutcome, QueuedMessage, Remaining, no_hurry, read_body
from screening.workflows.enqueue import said_at
from screening.workflows.heads import (
    Candidate,
    candidate_of,
    move,
    relinked,
    version_name,
    versions_text,
)
from screening.workflows.keep_out import kept_out
from screening.workflows.linking import Linked
from screening.workflows.messages import PostMessage
from screening.workflows.outbox import publish_pending
from screening.workflows.records import Head, PostKey, Rejected, Sampling
from screening.workflows.relinking import Linking
from screening.workflows.retention import Retention
from screening.workflows.sealing import OpenedPost, open_post

MAX_HEAD_ATTEMPTS = 8
SECONDS_KEPT_BACK = 5.0
SECONDS_KEPT_A_POST = 0.02
"""A batch stops assessing with this much of its run left, and reports the rest for redelivery: each post read is still to be linked and
written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenSettings:
    sample_key: bytes  # keyed draw of the audit sample
    default_sampling: Sampling = field(default_factory=lambda: Sampling(default=0.01))  # its target is the day's places
    retention: Retention = field(default_factory=Retention)
    threads: int = 8


@dataclass(slots=True)
class _Item:
    """One message on its way through the batch."""

    message_id: str
    message: PostMessage
    opened: OpenedPost
    reading: Reading | None = None  # None for a withdrawal
    member: Member | None = None
    assessment: Assessment | None = None  # None for a withdrawal
    candidate: Candidate | None = None


class ScreenPosts:
    """Screens a batch of the posts queue. Call it with the messages; it returns those that must come again."""

    def __init__(
        self, *, assessor: Assessor, sealer: Sealer, archive: Archive, posts: PostStore, bus: EventBus,
        config: ConfigStore, metrics: Metrics, clock: Clock, settings: ScreenSettings, linking: Linking | None = None,
    ) -> None:  # fmt: skip
        """Without `linking` each post is judged by itself."""
        self._linking = linking
        self._assessor = assessor
        self._sealer = sealer
        self._archive = archive
        self._posts = posts
        self._bus = bus
        self._config = config
        self._metrics = metrics
        self._clock = clock
        self._settings = settings
        self._places = AuditPlaces(
            posts=posts, metrics=metrics, key=settings.sample_key, places=settings.default_sampling.target_per_day
        )

    def __call__(self, batch: Sequence[QueuedMessage], *, remaining: Remaining = no_hurry) -> BatchOutcome:
        outcome = BatchOutcome()
        sampling, switched_off = self._sampling(), self._switched_off()
        rejected: list[tuple[str, Rejected]] = []
        items: list[_Item] = []
        for queued in batch:
            if remaining() < SECONDS_KEPT_BACK + SECONDS_KEPT_A_POST * len(items):
                outcome.fail(queued.message_id, "no time left in this run")
                continue
            item = self._read(queued, switched_off, outcome, rejected)
            if item is not None:
                items.append(item)
        standing = self._posts.standing([_key(item) for item in items]) if items else PostsStanding()
        items = self._to_screen(items, standing, outcome)
        linked = self._link(items, outcome)
        items = [item for item in items if self._concluded(item, linked, outcome, rejected)]
        self._put_rejected(rejected, outcome)
        self._archive_items(items, self._drawn(items, sampling, standing), standing, outcome)
        heads = self._move_heads([item for item in items if outcome.ok(item.message_id)], standing, outcome)
        publish_pending(self._bus, self._posts, self._metrics, heads)
        if self._linking and linked and linked.requeue:
            self._linking.requeue(list(linked.requeue))
        self._metrics.count("PostsScreened", len(batch) - len(outcome.failed))
        # By platform, so that a share of inconclusive posts above 2 % of its intake shows.
        tiers = Counter(
            (item.message.platform, item.assessment.tier)
            for item in items
            if item.assessment is not None and outcome.ok(item.message_id)
        )
        for (platform, tier), number in sorted(tiers.items()):
            self._metrics.count("PostsByTier", number, platform=platform, tier=tier)
        if outcome.failed:
            self._metrics.count("PostsToRetry", len(outcome.failed))
        return outcome

    def _sampling(self) -> Sampling:
        """Yesterday's rates, else the default: the probability used is stored either way, so estimates stay unbiased."""
        try:
            return self._config.sampling() or self._settings.default_sampling
        except TransientError:
            self._metrics.count("SamplingUnknown")
            return self._settings.default_sampling

    def _switched_off(self) -> frozenset[str]:
        """Without the list every rule counts: a post too many for a person is better than one too few."""
        try:
            return self._config.rules_off(self._clock.now())
        except TransientError:
            self._metrics.count("RuleSwitchesUnknown")
            return frozenset()

    def _read(
        self, queued: QueuedMessage, switched_off: frozenset[str], outcome: BatchOutcome,
        rejected: list[tuple[str, Rejected]],
    ) -> _Item | None:  # fmt: skip
        """One message opened and read; None where it was rejected or failed, alone."""
        data: object = None
        try:
            data = read_body(queued.body)
            message = PostMessage.from_dict(data)
            opened = open_post(self._sealer, message)
            item = _Item(message_id=queued.message_id, message=message, opened=opened)
            if message.status == "published":
                item.reading = self._assessor.read(
                    opened.post, seq=message.seq, assessed_at=message.received_at, switched_off=switched_off
                )
                if self._linking:
                    item.member = self._linking.member(item.reading, received_at=message.received_at)
        except InvalidPostError as error:
            rejected.append((queued.message_id, self._rejected(data, error.field, error.reason)))
            return None
        except PermanentError as error:
            rejected.append((queued.message_id, self._rejected(data, "message", error.reason)))
            return None
        except TransientError as error:
            outcome.fail(queued.message_id, f"transient: {error}")
            return None
        except Exception as error:  # one bad post never stops the batch: it is retried alone, at last a dead letter
            self._metrics.count("ScreenCrash", error=type(error).__name__)
            outcome.fail(queued.message_id, f"crash: {told(error)}")
            return None
        return item

    def _to_screen(self, items: list[_Item], standing: PostsStanding, outcome: BatchOutcome) -> list[_Item]:
        """Those whose post could be read; of them erased versions are dropped before anything of them is stored."""
        for item in items:
            if _key(item) in standing.unread:
                outcome.fail(item.message_id, "post not read")
        read = [item for item in items if outcome.ok(item.message_id)]
        versions = [
            (_key(item), item.message.seq, version_name(item.opened.post.content_hash(), item.message.status))
            for item in read
        ]
        out = kept_out(versions, standing.erased)
        if out:
            self._metrics.count("ErasedPostsKeptOut", len(out))
        return [item for index, item in enumerate(read) if index not in out]

    def _link(self, items: Sequence[_Item], outcome: BatchOutcome) -> Linked | None:
        members = [item.member for item in items if item.member is not None]
        if self._linking is None or not members:
            return None
        news = {_key(item) for item in items if item.message.source != "requeue"}
        linked = self._linking.link(members, anew=frozenset(member.post for member in members) - news)
        for item in items:
            if _key(item) in linked.failed:
                outcome.fail(item.message_id, f"links: {linked.failed[_key(item)]}")
        return linked

    def _concluded(
        self, item: _Item, linked: Linked | None, outcome: BatchOutcome, rejected: list[tuple[str, Rejected]]
    ) -> bool:
        """Whether the item goes on: a withdrawal, or a post whose assessment was concluded."""
        if item.reading is None:
            return True
        if not outcome.ok(item.message_id):
            return False
        findings = linked.of(item.member) if linked and item.member else None
        try:
            item.assessment = self._assessor.conclude(item.reading, links=findings)
        except InvalidPostError as error:
            rejected.append((item.message_id, self._rejected(item.message.to_dict(), error.field, error.reason)))
            return False
        except Exception as error:  # one bad post never stops the batch: it is retried alone, at last a dead letter
            self._metrics.count("ScreenCrash", error=type(error).__name__)
            outcome.fail(item.message_id, f"crash: {told(error)}")
            return False
        return True

    def _rejected(self, data: object, field_name: str, reason: str) -> Rejected:
        now = self._clock.now()
        return Rejected(
            platform=_text_of(data, "platform") or "unknown", id=_text_of(data, "id"), received_at=now,
            field=field_name, reason=reason, source=_text_of(data, "source") or "unknown",
            expires=self._settings.retention.rejected_expires(now),
        )  # fmt: skip

    def _put_rejected(self, rejected: Sequence[tuple[str, Rejected]], outcome: BatchOutcome) -> None:
        if not rejected:
            return
        refused = self._posts.put_rejected([record for _, record in rejected])
        for index in refused:
            outcome.fail(rejected[index][0], "rejected record not stored")
        self._metrics.count("PostsRejected", len(rejected) - len(refused))

    def _drawn(self, items: Sequence[_Item], sampling: Sampling, standing: PostsStanding) -> dict[Version, float]:
        versions = [
            Sampled(
                key=_key(item), version=version_name(found.post.content_hash, "published"), tier=found.tier,
                language=found.post.language,
            )
            for item in items
            if (found := item.assessment) is not None
        ]  # fmt: skip
        return self._places.drawn(versions, sampling, heads=standing.heads, day=self._clock.now().date())

    def _archive_items(
        self, items: Sequence[_Item], drawn: Mapping[Version, float], standing: PostsStanding, outcome: BatchOutcome
    ) -> None:
        """One object per platform, day and class; afterwards every item that is still good has its candidate."""
        groups: dict[tuple[str, str, ArchiveClass], dict[tuple[str, int, str], list[_Item]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for item in items:
            if item.assessment is None:
                item.candidate = self._withdrawal(item)
                continue
            message = item.message
            identity = (message.id, message.seq, item.assessment.post.content_hash)
            item.candidate = self._candidate(item, item.assessment, drawn)
            kept = kept_as(item.assessment.tier, drawn=_in_sample(item.candidate, standing.heads.get(_key(item))))
            groups[message.platform, day_of(message.seq), kept][identity].append(item)
        for (platform, day, kept), by_identity in sorted(groups.items()):
            # The same version twice in one batch becomes one record.
            ordered = [by_identity[identity] for identity in sorted(by_identity)]
            packed = build_object(platform, day, [_record(same[0]) for same in ordered], archive_class=kept)
            try:
                self._archive.put(packed.key, packed.body)
            except TransientError as error:
                for item in (item for same in ordered for item in same):
                    item.candidate = None
                    outcome.fail(item.message_id, f"archive: {error}")
                continue
            for same, pointer in zip(ordered, packed.pointers, strict=True):
                for item in same:
                    assert item.candidate is not None
                    item.candidate = replace(item.candidate, archive=pointer)

    def _candidate(self, item: _Item, assessment: Assessment, drawn: Mapping[Version, float]) -> Candidate:
        message, post = item.message, item.opened.post
        version = version_name(assessment.post.content_hash, "published")
        return candidate_of(
            assessment,
            version=version,
            said=said_at(message),
            # News of a version that a case already holds must be later than what the case was told of it.
            received_at=self._clock.now() if message.source == "requeue" else message.received_at,
            correlation_id=message.correlation_id,
            audit=drawn.get((message.platform, message.id, version)),
            expires=self._settings.retention.post_expires(
                assessment.tier, received_at=message.received_at, post_expires_at=post.expires_at
            ),
            links=tuple(key.text for key in item.member.keys) if item.member else (),
        )  # fmt: skip

    def _withdrawal(self, item: _Item) -> Candidate:
        message, post = item.message, item.opened.post
        content_hash = post.content_hash()
        return Candidate(
            platform=message.platform, id=message.id, seq=message.seq, hash=content_hash,
            version=version_name(content_hash, "withdrawn"), said=said_at(message), status="withdrawn", kind=post.kind, tier="clear",
            inconclusive=None, rank=0.0, concerns=(), dimensions={}, indicators=(), language=None, work_country=None,
            act_by=None, audit=None, archive=None, versions=versions_text(self._assessor.versions),
            received_at=message.received_at, correlation_id=message.correlation_id,
            expires=self._settings.retention.post_expires(
                "clear", received_at=message.received_at, post_expires_at=post.expires_at
            ),
        )  # fmt: skip

    def _move_heads(self, items: Sequence[_Item], standing: PostsStanding, outcome: BatchOutcome) -> list[Head]:
        """Heads that may owe an event. Posts go side by side, versions of one post one after the other."""
        by_key: dict[PostKey, list[_Item]] = defaultdict(list)
        for item in items:
            by_key[_key(item)].append(item)
        if not by_key:
            return []

        def move_one(key: PostKey) -> Head | None:
            return self._move_post(by_key[key], standing.heads.get(key), outcome)

        return [head for head in self._side_by_side(move_one, by_key) if head is not None]

    def _side_by_side(self, work: Callable[[PostKey], Head | None], keys: Iterable[PostKey]) -> list[Head | None]:
        if self._settings.threads <= 1:
            return [work(key) for key in keys]
        with ThreadPoolExecutor(max_workers=self._settings.threads) as pool:
            return list(pool.map(work, keys))

    def _move_post(self, items: list[_Item], head: Head | None, outcome: BatchOutcome) -> Head | None:
        ordered = sorted(items, key=lambda item: (item.message.seq, item.candidate.version if item.candidate else ""))
        for item in ordered:
            try:
                if item.candidate is not None:
                    again = item.message.source == "requeue"
                    head = self._move_head(item.candidate, head, again=again)
            except TransientError as error:
                outcome.fail(item.message_id, f"head: {error}")
        return head

    def _move_head(self, candidate: Candidate, known: Head | None, *, again: bool) -> Head | None:
        """The head after this candidate, whether it moved or not; `again` where its very version is held against other posts anew.

        Raises:
            TransientError: the store failed, others kept writing, the old head's event can't be got out, or the head went.
        """
        previous = known
        for _ in range(MAX_HEAD_ATTEMPTS):
            if previous is None and known is not None:
                raise TransientError("the head is gone")  # perhaps erased: who comes again finds the tombstone
            move_to = move(previous, candidate, now=self._clock.now())
            if again and previous is not None and move_to[0] == "same" and previous.status == "published":
                move_to = ("moved", relinked(previous, candidate, now=self._clock.now()))
            if move_to[1] is None:
                self._metrics.count("HeadKept", outcome=move_to[0])
                return previous
            if previous is not None and previous.event_state == "pending":
                previous = self._settled(previous)
                continue
            if self._posts.write_head(move_to[1], expected_revision=previous.revision if previous else None):
                return move_to[1]
            previous = self._posts.read_head(candidate.key)
        raise TransientError("the head kept changing")

    def _settled(self, previous: Head) -> Head | None:
        """Publish what the old head owes before it is written over; the head as it stands afterwards."""
        if publish_pending(self._bus, self._posts, self._metrics, [previous]):
            raise TransientError("the earlier version's event isn't out yet")
        return self._posts.read_head(previous.key)


def _in_sample(candidate: Candidate, head: Head | None) -> bool:
    """Whether this version is drawn, or was when it came before."""
    return candidate.audit is not None or (head is not None and head.sampled and head.version == candidate.version)


def _key(item: _Item) -> PostKey:
    return item.message.platform, item.message.id


def _record(item: _Item) -> dict[str, Any]:
    assert item.assessment is not None
    return {
        "post": item.opened.archived,
        "seq": item.message.seq,
        "received_at": rfc3339(item.message.received_at),
        "assessment": item.assessment.to_dict(),
    }


def _text_of(data: object, name: str) -> str:
    """A field of a message that may be anything, for the record of its rejection."""
    if not isinstance(data, dict):
        return ""
    try:
        return Fields(data, "message").text(name, limit=500)
    except PermanentError:
        return ""
