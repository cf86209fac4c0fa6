"""What the use cases need from outside, as Protocols: `screening.aws` holds the real ones, `tests.fakes` those in memory.

Failure, for every port: a call that failed for now raises `TransientError` after the adapter's own short retries; it never
answers "none" for "couldn't tell". Batch calls return the *indexes* (into what was passed) that were not done, an empty
set when all were, and raise nothing for a partial failure; where the whole call failed, every index of it is returned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO, Literal, Protocol

from screening.assessment.network import LinkFindings
from screening.assessment.result import Assessment, Versions
from screening.assessment.screener import Reading
from screening.cases.case import Case, CaseQueue
from screening.cases.case_parts import Lease
from screening.cases.ledger import LedgerEntry
from screening.cases.ledger_root import ChainHead, LedgerRoot
from screening.cases.quality.exposure import View
from screening.links.known_items import KnownItem
from screening.links.member import LinkKey, Member
from screening.links.profile import Profile
from screening.posts.post import Post
from screening.workflows.events import Event
from screening.workflows.messages import ClaimTicket, IntakeJob, PostMessage, ReviewPointer
from screening.workflows.records import (
    Answer,
    ArchiveObject,
    Head,
    HeadsRead,
    Partner,
    Platform,
    PostKey,
    Referral,
    Rejected,
    Report,
    Sampling,
    StoredVersion,
    Team,
)

Refused = frozenset[int]
"""Indexes of the items of a batch call that were not done."""


class Assessor(Protocol):
    """The scorer, as `assessment.screener.Screener` offers it."""

    @property
    def versions(self) -> Versions:
        """What it scores with now."""
        ...

    def read(self, post: Post, *, seq: int | None = None, assessed_at: datetime | None = None) -> Reading:
        """What the post itself tells. Raises InvalidPostError where it can never be assessed."""
        ...

    def conclude(self, reading: Reading, *, links: LinkFindings | None = None) -> Assessment:
        """The assessment of a read post together with what other posts say about it."""
        ...


class Clock(Protocol):
    def now(self) -> datetime:
        """UTC, whole milliseconds."""
        ...


class Ids(Protocol):
    def new_id(self) -> str:
        """A random id that can't be guessed (UUID 4 or stronger)."""
        ...

    def salt(self) -> str:
        """16 random bytes, hex."""
        ...


class Sealer(Protocol):
    """AES-256-GCM under cached data keys; base64 text out."""

    def seal(self, plain: bytes, context: str) -> str: ...

    def unseal(self, sealed: str, context: str) -> bytes:
        """Raises PermanentError where it was tampered with or sealed for another context; TransientError where the key can't be had."""
        ...


class PostQueue(Protocol):
    def send(self, messages: Sequence[PostMessage]) -> Refused:
        """Any number of messages; the adapter cuts them into calls of 10 entries and 1 MiB."""
        ...


class IntakeQueue(Protocol):
    def send(self, job: IntakeJob) -> None: ...


class DropStore(Protocol):
    def open(self, bucket: str, key: str) -> AbstractContextManager[BinaryIO]:
        """Raises NotFoundError where the object is gone."""
        ...


class Archive(Protocol):
    def put(self, key: str, body: bytes) -> None:
        """Idempotent: keys are named by their content."""
        ...

    def read(self, key: str, start: int, length: int) -> bytes:
        """A byte range. Raises NotFoundError where the object is gone."""
        ...

    def read_object(self, key: str) -> bytes:
        """Raises NotFoundError where the object is gone."""
        ...

    def list_objects(self, prefix: str) -> Iterator[ArchiveObject]:
        """In order of key."""
        ...


class PostStore(Protocol):
    def read_head(self, key: PostKey) -> Head | None:
        """A strongly consistent read. Heads past `expires` count as gone."""
        ...

    def read_heads(self, keys: Sequence[PostKey]) -> HeadsRead:
        """Strongly consistent, any number of keys. Keys left unprocessed come back in `unread`, never as absent."""
        ...

    def write_head(self, head: Head, *, expected_revision: int | None) -> bool:
        """Write `head` only where the stored revision is `expected_revision` (None: there is none). False where it isn't.

        The caller gives `head.revision == (expected_revision or 0) + 1`. Where `event_state` is pending the head
        enters the outbox index under `pending_since`.
        """
        ...

    def mark_sent(self, key: PostKey, event_id: str) -> bool:
        """Pending → sent where the head still owes exactly this event (else False). Takes it out of the outbox, grows `revision` by one."""
        ...

    def pending(self, *, before: datetime, limit: int) -> tuple[Head, ...]:
        """Heads whose event is pending since before `before`, oldest first per shard."""
        ...

    def put_versions(self, versions: Sequence[StoredVersion]) -> Refused: ...

    def read_version(self, key: PostKey, seq: int, version: str) -> StoredVersion | None: ...

    def put_rejected(self, rejected: Sequence[Rejected]) -> Refused: ...

    def list_rejected(self, platform: str, *, since: datetime, limit: int) -> tuple[Rejected, ...]:
        """Newest first."""
        ...


class EventBus(Protocol):
    def publish(self, events: Sequence[Event]) -> Refused:
        """Any number of events; the adapter cuts them into calls of 10 entries and looks at every entry's answer."""
        ...


@dataclass(frozen=True, slots=True)
class PostPointer:
    """From a post to its newest case. `seen` is the case it led to when it was read: another one refuses the change."""

    platform: str
    post_id: str
    generation: int
    seen: str | None


@dataclass(frozen=True, slots=True)
class CampaignPointer:
    """From a team's campaign to its newest case."""

    team: str
    campaign: str
    seen: str | None


@dataclass(frozen=True, slots=True)
class CaseChange:
    """One transaction: the case, its new ledger entries, and the pointers that lead to it.

    The store refuses it as a whole (ConflictError) where the stored case's revision isn't `expected_revision` (None:
    no such case), where a ledger entry of that index exists already, or where a pointer leads elsewhere than it was seen
    to. `expires` is when the case and its ledger payloads may go (None: not yet known, as while it is open, or a legal hold).
    """

    case: Case
    expected_revision: int | None
    entries: tuple[LedgerEntry, ...]
    expires: datetime | None = None
    pointers: tuple[PostPointer | CampaignPointer, ...] = ()


@dataclass(frozen=True, slots=True)
class LatestCase:
    """The newest case of a post; `generation` counts those the post has had."""

    case: str
    generation: int


@dataclass(frozen=True, slots=True)
class Snooze:
    """One rule is put aside for one poster until `until`: it opens no case by itself. `poster` is a keyed hash."""

    platform: str
    poster: str
    rule: str
    until: datetime
    actor: str


class CaseStore(Protocol):
    def read(self, case: str) -> Case | None:
        """Strongly consistent."""
        ...

    def latest_of(self, platform: str, post_id: str) -> LatestCase | None:
        """The newest case of a post, strongly consistent."""
        ...

    def latest_of_campaign(self, team: str, campaign: str) -> str | None:
        """The newest case that a team has of a campaign, strongly consistent."""
        ...

    def save(self, change: CaseChange) -> None:
        """Everything of the change in ONE transaction. Where the case's outbox isn't empty it enters the outbox index.

        Raises:
            ConflictError: somebody else saved first; nothing was written.
        """
        ...

    def mark_delivered(self, case: str, outbox_ids: Sequence[str]) -> None:
        """Take items out of the case's outbox, without growing `revision`; ids that are gone are no error."""
        ...

    def pending(self, *, before: datetime, limit: int) -> tuple[Case, ...]:
        """Cases with an outbox item waiting since before `before`."""
        ...

    def queue(self, team: str, queue: CaseQueue, *, limit: int) -> tuple[Case, ...]:
        """Cases that wait for people (`Case.waits_for_people`) in order of (due_at, case)."""
        ...

    def decided(self, team: str, *, since: datetime, limit: int) -> tuple[Case, ...]:
        """Cases that wait for nobody any more, by their newest decision, the newest first."""
        ...

    def ledger(self, case: str) -> tuple[LedgerEntry, ...]:
        """In order of index."""
        ...

    def due_for_second_look(self, team: str, *, limit: int) -> tuple[Case, ...]:
        """Cases with a decision that `awaits_second_look`, soonest `second_look_by` first."""
        ...

    def put_snooze(self, snooze: Snooze) -> None: ...

    def snoozes(self, platform: str, poster: str, *, now: datetime) -> tuple[Snooze, ...]:
        """Those that still hold."""
        ...


class WorkStore(Protocol):
    """Who works on what now, and what a person has put aside or read today. Nothing here is part of a case."""

    def take_lease(self, lease: Lease, *, now: datetime) -> Lease:
        """The lease, renewed where the same person holds one (with its first token and time).

        Raises:
            ConflictError: somebody else holds it.
        """
        ...

    def release_lease(self, case: str, actor: str) -> None:
        """Nothing happens where somebody else holds it."""
        ...

    def leases(self, cases: Sequence[str], *, now: datetime) -> dict[str, Lease]:
        """Those that hold now, strongly consistent."""
        ...

    def skip(self, actor: str, case: str, *, until: datetime) -> None: ...

    def skipped(self, actor: str, *, now: datetime) -> frozenset[str]: ...

    def note_view(self, actor: str, view: View, *, until: datetime) -> None: ...

    def views(self, actor: str, *, since: datetime) -> tuple[View, ...]:
        """In order of time."""
        ...


class ReviewQueue(Protocol):
    def send(self, team: str, pointer: ReviewPointer) -> None:
        """To the team's own queue, message group = platform. Raises NotFoundError where the team has no queue."""
        ...


class PartnerQueue(Protocol):
    def send(self, partner: Partner, ticket: ClaimTicket) -> None: ...


class PlatformNotices(Protocol):
    """Signed calls to a platform's own endpoint (Standard Webhooks), for notices to its applicants."""

    def send(self, platform: Platform, *, message_id: str, body: dict[str, Any]) -> None: ...


class TransparencyDatabase(Protocol):
    def send(self, platform: str, records: Sequence[dict[str, Any]]) -> tuple[str, ...]:
        """Why records were refused, in words; () where all are there now. Sending the same again is safe.

        Raises AuthenticationError, TransientError or PermanentError where nothing could be told.
        """
        ...


class ReferralStore(Protocol):
    def put_package(self, key: str, sealed: str) -> None:
        """Idempotent by key."""
        ...

    def read_package(self, key: str) -> str:
        """The sealed package. Raises NotFoundError where it is gone."""
        ...

    def create(self, referral: Referral) -> bool:
        """False where a referral of this id exists already."""
        ...

    def read(self, referral: str) -> Referral | None: ...

    def update(self, referral: Referral, *, expected_revision: int) -> None:
        """Raises ConflictError where the stored revision is another."""
        ...

    def unfetched(self, *, before: datetime, limit: int) -> tuple[Referral, ...]:
        """Those still `issued` that were issued before `before`, the oldest first."""
        ...


class ReportStore(Protocol):
    def put(self, report: Report) -> None: ...

    def read(self, report: str) -> Report | None:
        """Strongly consistent."""
        ...

    def put_answer(self, report: str, answer: Answer) -> bool:
        """False, and nothing written, where the stored answer follows the same or a later decision (`Answer.as_of`)."""
        ...

    def read_answer(self, report: str) -> Answer | None:
        """Strongly consistent."""
        ...


@dataclass(frozen=True, slots=True)
class KeyRead:
    """What stands under a link key: a page of memberships, and the profile where one was written.

    `full` says that there may be more members than the page holds. `revision` is the profile's, None where there is none.
    """

    members: tuple[Member, ...] = ()
    full: bool = False
    profile: Profile | None = None
    revision: int | None = None
    known: KnownItem | None = None


CampaignEventKind = Literal["took_in", "went_into", "split_off"]


@dataclass(frozen=True, slots=True, order=True)
class CampaignEvent:
    at: datetime
    what: CampaignEventKind
    other: str  # the other campaign's root


@dataclass(frozen=True, slots=True)
class Rooted:
    """A post's place in its campaign: the root that names it, and the keys of all of the post's versions that were tied."""

    root: str
    keys: frozenset[LinkKey]


class LinkStore(Protocol):
    """Memberships are the truth; profiles and roots are made from them. Every read is strongly consistent."""

    def put_members(self, memberships: Sequence[tuple[LinkKey, Member]], *, expires: datetime) -> Refused:
        """Blind and idempotent: the same membership twice is one."""
        ...

    def read_keys(self, keys: Sequence[LinkKey]) -> dict[LinkKey, KeyRead]:
        """Every key, `KeyRead()` where nothing stands under it. Expired items count as gone. Raises TransientError."""
        ...

    def members_of(self, key: LinkKey, *, limit: int) -> tuple[Member, ...]: ...

    def write_profile(
        self, key: LinkKey, profile: Profile, *, expected_revision: int | None, expires: datetime
    ) -> bool:
        """False where the stored revision is another (None: there is none)."""
        ...

    def remove_profile(self, key: LinkKey, *, expected_revision: int) -> bool: ...

    def remove_members(self, memberships: Sequence[tuple[LinkKey, PostKey]]) -> Refused:
        """Every version of the post under each key."""
        ...

    def clear_key(self, key: LinkKey) -> None:
        """Every membership under the key; its profile stays."""
        ...

    def roots(self, posts: Sequence[PostKey]) -> dict[PostKey, Rooted]:
        """Those of the posts that are in a campaign."""
        ...

    def lower_root(
        self, post: PostKey, root: str, keys: frozenset[LinkKey], *, expires: datetime
    ) -> tuple[Rooted | None, Rooted]:
        """Set the root where there is none or a greater one, and add `keys` to the post's; what stood before, and what stands."""
        ...

    def remove_root(self, post: PostKey) -> None: ...

    def note_merge(self, root: str, *, into: str, at: datetime) -> None:
        """Idempotent: `root` is known under `into` from now on, and the history of both holds it."""
        ...

    def note_split(self, root: str, *, part: str, at: datetime) -> None:
        """Idempotent: a part of `root` stands for itself from now on, as `part`."""
        ...

    def merged_into(self, root: str) -> str:
        """Where a root's campaign went; itself where nowhere."""
        ...

    def history(self, root: str) -> tuple[CampaignEvent, ...]:
        """What became of a campaign, in the order of (at, what, other)."""
        ...

    def put_tombstone(self, post: PostKey, *, expires: datetime) -> None: ...

    def tombstoned(self, posts: Sequence[PostKey]) -> frozenset[PostKey]: ...

    def put_known(self, key: LinkKey, item: KnownItem) -> None: ...


class ConfigStore(Protocol):
    """None means: surely no such platform, partner or team. "Couldn't tell" is a TransientError."""

    def platform(self, platform: str) -> Platform | None: ...

    def partner(self, partner: str) -> Partner | None: ...

    def partners(self) -> tuple[Partner, ...]: ...

    def review_teams(self) -> tuple[str, ...]:
        """Those that any platform's posts go to, and those configured by name; sorted."""
        ...

    def team(self, team: str) -> Team:
        """As configured, with defaults for what isn't."""
        ...

    def sampling(self) -> Sampling | None: ...

    def put_sampling(self, sampling: Sampling) -> None: ...


class Secrets(Protocol):
    def signing_secrets(self, kind: str, id: str, *, refresh: bool = False) -> tuple[str, ...]:  # noqa: A002
        """The `whsec_` secrets of a "platform" or "partner", the new one first during rotation; () where there surely are none.

        `refresh` passes the cache (300 s) by.
        """
        ...


class RescoreStore(Protocol):
    def put_manifest(self, run: str, lines: Sequence[str]) -> tuple[str, str]:
        """JSON lines, one chunk descriptor each. Returns (bucket, key)."""
        ...

    def put_result(self, run: str, index: int, result: dict[str, Any]) -> None:
        """Idempotent: a chunk run twice overwrites its own result."""
        ...

    def read_result(self, run: str, index: int) -> dict[str, Any] | None:
        """What an earlier try of this chunk wrote; None where there was none."""
        ...

    def results(self, run: str) -> Iterator[dict[str, Any]]:
        """In order of index."""
        ...

    def put_diff(self, run: str, diff: dict[str, Any]) -> tuple[str, str]:
        """Returns (bucket, key)."""
        ...


class Metrics(Protocol):
    def count(self, name: str, value: int = 1, **dimensions: str) -> None:
        """A counter by PascalCase name. Dimensions are ids, tiers and reasons: never text of a post."""
        ...


class LedgerStore(Protocol):
    """The ledger beside `CaseStore.save`: chains that belong to no save of a case, all chains' heads, roots, erasure."""

    def last(self, chain: str) -> LedgerEntry | None:
        """Strongly consistent."""
        ...

    def append(self, entry: LedgerEntry) -> None:
        """The entry and its chain's head in one transaction. Raises ConflictError where that index is taken."""
        ...

    def entries(self, chain: str) -> tuple[LedgerEntry, ...]:
        """In order of index, strongly consistent."""
        ...

    def newest(self, chain: str) -> Iterator[LedgerEntry]:
        """The newest first, read as far as they are asked for."""
        ...

    def head(self, chain: str) -> ChainHead | None: ...

    def heads(self) -> Iterator[ChainHead]:
        """Of every chain, in no order that could be relied on."""
        ...

    def erase_payload(self, chain: str, index: int) -> bool:
        """Payload and salt of one entry. False where there was none any more."""
        ...

    def mark_forgotten(self, head: ChainHead) -> None:
        """Note that the chain's payloads are erased up to this head; nothing where the chain went on."""
        ...

    def put_root(self, root: LedgerRoot) -> None:
        """Its summary. Raises ConflictError where another root of that number exists."""
        ...

    def roots(self) -> tuple[LedgerRoot, ...]:
        """Summaries, in order of number."""
        ...

    def last_root(self) -> LedgerRoot | None: ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """An object under lock: what was kept, why it may be, until when nobody can delete it, and whether a hold lies on it."""

    body: bytes
    legal_basis: str
    retain_until: datetime
    held: bool


class EvidenceStore(Protocol):
    """Objects that can neither be changed nor deleted before their time. The first version of a key is the one that counts."""

    def keep(self, key: str, body: bytes, *, retain_until: datetime, legal_basis: str) -> None:
        """Idempotent. Raises ConflictError where other bytes are kept under this key."""
        ...

    def hold(self, key: str, on: bool) -> None:
        """A legal hold, beyond any time. Raises NotFoundError where nothing is kept under this key."""
        ...

    def read(self, key: str) -> Evidence:
        """Raises NotFoundError."""
        ...

    def keys(self, prefix: str) -> tuple[str, ...]:
        """In order; those that were hidden by a delete marker too."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedPost:
    """A tombstone: what stands in the posts table instead of an erased post.

    A version that isn't newer than `seq`, or whose name is among `versions`, stays out; a newer one with another content
    is screened like any other: erasure must not be a way round screening.
    """

    platform: str
    id: str
    seq: int
    versions: tuple[str, ...]
    erased_at: datetime
    expires: datetime
    proof: str = ""  # SHA-256 of the proof, once it is entered in the ledger

    def covers(self, seq: int, version: str) -> bool:
        return seq <= self.seq or version in self.versions


@dataclass(frozen=True, slots=True)
class VersionKey:
    """A stored version of a post, by its key in the posts table, with the SHA-256 of what stands there."""

    seq: int
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class OpenedObject:
    """An archive object, the tag that names this state of it, and when it was written."""

    body: bytes
    tag: str
    written_at: datetime


class RewrittenObjects(Protocol):
    """Archive objects that an erasure rewrote, by the day on which their age would have ended."""

    def due(self, day: date) -> Sequence[tuple[date, str]]:
        """(day, key) of those up to `day`."""
        ...

    def delete(self, key: str, *, noted_for: date) -> None:
        """Object and note; no error where they are gone."""
        ...


class ErasureStore(Protocol):
    """What erasing needs beside the stores that write: reading whole, deleting, rewriting."""

    def put_tombstone(self, tombstone: ErasedPost) -> None: ...

    def tombstones(self, posts: Sequence[PostKey]) -> dict[PostKey, ErasedPost]:
        """Those of the posts that were erased. Raises TransientError."""
        ...

    def versions(self, post: PostKey) -> tuple[VersionKey, ...]: ...

    def delete_version(self, post: PostKey, version: VersionKey) -> None: ...

    def delete_head(self, post: PostKey, *, revision: int) -> None:
        """Raises ConflictError where the head has another revision by now."""
        ...

    def open_object(self, key: str) -> OpenedObject:
        """Raises NotFoundError."""
        ...

    def rewrite_object(self, key: str, body: bytes, *, tag: str, delete_on: date) -> None:
        """Write over it, having noted the day on which it is to go. Raises ConflictError where somebody wrote it since `tag`."""
        ...

    def delete_package(self, key: str) -> bool:
        """False where it is gone."""
        ...

    def delete_report(self, report: str) -> bool:
        """False where it is gone."""
        ...
