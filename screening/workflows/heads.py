"""How a post's head moves, as pure functions: what is newer, what is published, and under which event id.

Versions are ordered by (seq, version), so that equal times end in the same head whatever order they come in. The version
of a withdrawal begins with "w", which sorts after every hexadecimal hash: where an edit and the withdrawal bear the same
time, the post is withdrawn. A withdrawal without a time of its own is held against when a version was said, not against
the time that the version bears: that one is of another clock, and finer.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from screening.assessment.record import ArchivePointer, ConcernSummary, corridor_of
from screening.posts.post import PostKind, PostStatus
from screening.values.result import Assessment, DimensionState, Tier, Versions
from screening.workflows.events import Cause, Event, PostAssessed
from screening.workflows.records import Head, PostKey

Outcome = Literal["moved", "restated", "filled", "same", "older"]
EVENT_NAMESPACE = uuid.UUID("2f0d7a0a-8c1f-5a41-9a55-0f6f2a7f6a02")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A version of a post that was screened and archived, and wants to be the head.

    For a withdrawal the assessment's part is empty: the tier is the previous head's.
    """

    platform: str
    id: str
    seq: int
    version: str
    hash: str
    said: int  # `enqueue.said_at`
    status: PostStatus
    kind: PostKind
    tier: Tier
    inconclusive: str | None
    rank: float
    concerns: tuple[ConcernSummary, ...]
    dimensions: dict[str, DimensionState]
    indicators: tuple[str, ...]
    language: str | None
    work_country: str | None
    act_by: date | None
    audit: float | None
    archive: ArchivePointer | None  # None for a withdrawal
    versions: str
    received_at: datetime
    correlation_id: str
    expires: datetime
    links: tuple[str, ...] = ()  # the keys under which the version stands in the link store
    network: str = ""  # names what other posts said about it; "" where they said nothing
    campaign: str | None = None
    campaign_size: int = 1
    corridor: str | None = None

    @property
    def key(self) -> PostKey:
        return self.platform, self.id

    @property
    def order(self) -> tuple[int, str]:
        return self.seq, self.version


def version_name(content_hash: str, status: PostStatus) -> str:
    """16 characters that name a version: the start of its content hash, marked where it is a withdrawal."""
    return "w" + content_hash[:15] if status == "withdrawn" else content_hash[:16]


def versions_text(versions: Versions) -> str:
    return f"{versions.code}/{versions.rules}/{versions.model}/{versions.reference}"


def event_id(platform: str, post_id: str, seq: int, version: str, versions: str) -> str:
    """The same version assessed with the same versions gives the same id, whatever caused it."""
    return str(uuid.uuid5(EVENT_NAMESPACE, "\x1f".join((platform, post_id, str(seq), version, versions))))


def stated_indicators(assessment: Assessment) -> tuple[str, ...]:
    """Those of the post and those that other posts show."""
    own = {piece.indicator for piece in assessment.evidence if piece.state == "stated"}
    return tuple(sorted(own.union(_network(assessment))))


def network_name(assessment: Assessment) -> str:
    """A short name of the signs that other posts show, by kind and strength; "" where they show none."""
    signs = _network(assessment)
    return hashlib.sha256(repr(sorted(signs.items())).encode()).hexdigest()[:8] if signs else ""


def _network(assessment: Assessment) -> dict[str, str]:
    found = (assessment.links or {}).get("evidence", ())
    return {str(sign["indicator"]): str(sign["strength"]) for sign in found}


def move(previous: Head | None, candidate: Candidate, *, now: datetime) -> tuple[Outcome, Head | None]:
    """What the head becomes, None where it stays.

    `restated`: the platform sent unchanged content again at a later time, and it was assessed to the same tier; the head
    takes the later time, and nobody is told. `filled`: the post was withdrawn before this version of it arrived; the head
    stays withdrawn, takes tier and archive pointer from it, and a flagged one is told of all the same.
    """
    if previous is None:
        return "moved", _withdrawn(candidate, None, now) if candidate.status == "withdrawn" else _published(
            candidate, None, "new", now
        )
    previous, candidate = _by_what_was_said(previous, candidate)
    withdrawn_again = candidate.status == previous.status == "withdrawn"
    if withdrawn_again and (candidate.order > previous.order or candidate.said > previous.said):
        return "restated", _restated(candidate, previous)
    if candidate.order == previous.order:
        return "same", None
    if candidate.order < previous.order:
        late_content = candidate.status == "published" and candidate.order > previous.content_order
        if previous.status == "withdrawn" and late_content:
            if (candidate.version, candidate.tier) == (previous.content_version, previous.tier):
                return "restated", replace(_restated(candidate, previous), seq=previous.seq, said=previous.said)
            return "filled", _filled(candidate, previous, now)
        return "older", None
    if candidate.status == "withdrawn":
        return "moved", _withdrawn(candidate, previous, now)
    if (candidate.version, candidate.tier) == (previous.version, previous.tier):
        return "restated", _restated(candidate, previous)
    return "moved", _published(candidate, previous, "rescore" if candidate.version == previous.version else "edit", now)


def _by_what_was_said(previous: Head, candidate: Candidate) -> tuple[Head, Candidate]:
    """Both, with a withdrawal that was said after the version or with it standing at the version's own time, where that is later."""
    seq = max(candidate.seq, previous.seq)
    match previous.status, candidate.status:
        case "published", "withdrawn" if candidate.said >= previous.said:
            return previous, replace(candidate, seq=seq)
        case "withdrawn", "published" if previous.said >= candidate.said:
            return replace(previous, seq=seq), candidate
    return previous, candidate


def rescored(previous: Head, candidate: Candidate, *, now: datetime) -> Head:
    """The head after rescoring the very version it stands for. Published where the tier changed."""
    if candidate.tier == previous.tier:
        head = _head(candidate, previous, event=None, now=now)
        return replace(head, event_id=previous.event_id, event_state=previous.event_state, event=previous.event)
    return _published(candidate, previous, "rescore", now)


def relinked(previous: Head, candidate: Candidate, *, now: datetime) -> Head | None:
    """The head after the very version it stands for was held against other posts again; None where that changes nothing."""
    same = (candidate.tier, _identity(candidate, None)) == (previous.tier, previous.event_id)
    return None if same else _published(candidate, previous, "rescore", now)


def _told(previous: Head | None) -> bool:
    return previous is not None and (previous.tier != "clear" or previous.sampled)


def _published(candidate: Candidate, previous: Head | None, cause: Cause, now: datetime) -> Head:
    wanted = candidate.tier != "clear" or candidate.audit is not None or _told(previous)
    return _head(candidate, previous, event=_event(candidate, previous, cause) if wanted else None, now=now)


def _restated(candidate: Candidate, previous: Head) -> Head:
    """The later time and the fresher archive record; what was told stays told."""
    fresh = candidate.status == "published"
    return replace(
        previous,
        seq=max(candidate.seq, previous.seq),
        said=candidate.said if fresh else max(candidate.said, previous.said),
        archive=candidate.archive if fresh else previous.archive,
        content_seq=candidate.seq if fresh else previous.content_seq,
        versions=candidate.versions if fresh else previous.versions,
        rank=candidate.rank if fresh else previous.rank,
        expires=max(candidate.expires, previous.expires),
        sampled=previous.sampled,
        revision=previous.revision + 1,
        links=joined_links(previous, candidate),
    )


def _withdrawn(candidate: Candidate, previous: Head | None, now: datetime) -> Head:
    """Tier, rank and archive pointer stay those of the last version: they are what was published."""
    if previous is None:
        head = _head(candidate, None, event=None, now=now)
        return replace(head, archive=None, content_seq=-1, content_version="")
    kept = replace(
        candidate, tier=previous.tier, rank=previous.rank, language=previous.language, archive=previous.archive,
        kind=previous.kind, versions=previous.versions, expires=max(candidate.expires, previous.expires),
    )  # fmt: skip
    content = previous.content_order
    event = _event(kept, previous, "withdrawn", content=content) if _told(previous) else None
    head = _head(kept, previous, event=event, now=now, content=content)
    return replace(head, content_seq=previous.content_seq, content_version=previous.content_version)


def _filled(candidate: Candidate, previous: Head, now: datetime) -> Head:
    kept = replace(
        candidate, seq=previous.seq, version=previous.version, hash=previous.hash, status="withdrawn",
        said=previous.said,
        expires=max(candidate.expires, previous.expires),
    )  # fmt: skip
    wanted = candidate.tier != "clear" or _told(previous)
    content = candidate.order
    event = _event(kept, previous, "withdrawn", content=content) if wanted else None
    head = _head(kept, previous, event=event, now=now, content=content)
    return replace(head, content_seq=candidate.seq, content_version=candidate.version)


def _event(
    candidate: Candidate, previous: Head | None, cause: Cause, *, content: tuple[int, str] | None = None
) -> Event:
    if candidate.archive is None:
        raise ValueError(f"{candidate.platform}/{candidate.id}: a version without archive record has nothing to tell")
    assessed = content or candidate.order
    payload = PostAssessed(
        platform=candidate.platform, id=candidate.id, version=candidate.version, seq=candidate.seq,
        kind=candidate.kind, status=candidate.status, cause=cause, tier=candidate.tier,
        previous_tier=previous.tier if previous and previous.archive else None, inconclusive=candidate.inconclusive,
        rank=candidate.rank, concerns=candidate.concerns, dimensions=candidate.dimensions,
        indicators=candidate.indicators, language=candidate.language, work_country=candidate.work_country,
        act_by=candidate.act_by, audit=candidate.audit, content_seq=assessed[0], content_version=assessed[1], archive=candidate.archive, versions=candidate.versions,
        campaign=candidate.campaign, campaign_size=candidate.campaign_size, corridor=candidate.corridor,
    )  # fmt: skip
    return Event.of(
        payload,
        id=_identity(candidate, content),
        timestamp=candidate.received_at,
        correlation_id=candidate.correlation_id,
    )


def _identity(candidate: Candidate, content: tuple[int, str] | None) -> str:
    """Withdrawals are told apart by the version that was withdrawn: another content is other news, under another id."""
    version = f"{candidate.version}+{content[0]}.{content[1]}" if content else candidate.version
    if candidate.network:
        version = f"{version}~{candidate.network}"  # what other posts say is news too, though the post is the same
    return event_id(candidate.platform, candidate.id, candidate.seq, version, candidate.versions)


def _head(
    candidate: Candidate,
    previous: Head | None,
    *,
    event: Event | None,
    now: datetime,
    content: tuple[int, str] | None = None,
) -> Head:
    return Head(
        platform=candidate.platform, id=candidate.id, seq=candidate.seq, version=candidate.version,
        hash=candidate.hash, said=candidate.said, status=candidate.status, kind=candidate.kind, tier=candidate.tier, rank=candidate.rank,
        language=candidate.language, archive=candidate.archive, content_seq=candidate.seq,
        content_version=candidate.version, versions=candidate.versions, event_id=_identity(candidate, content),
        event_state="pending" if event else "none", event=event.to_detail() if event else None,
        pending_since=now if event else None,
        sampled=candidate.audit is not None or (previous is not None and previous.sampled),
        expires=candidate.expires, revision=(previous.revision if previous else 0) + 1,
        links=joined_links(previous, candidate),
    )  # fmt: skip


MOST_LINKS = 48
"""Keys kept in a head; a post with more has changed its contacts with every version, and the oldest are kept."""


def joined_links(previous: Head | None, candidate: Candidate) -> tuple[str, ...]:
    """The link keys of all versions of a post."""
    return tuple(dict.fromkeys((*(previous.links if previous else ()), *candidate.links)))[:MOST_LINKS]


def candidate_of(
    assessment: Assessment,
    *,
    version: str,
    said: int,
    received_at: datetime,
    correlation_id: str,
    audit: float | None,
    expires: datetime,
    links: tuple[str, ...] = (),
) -> Candidate:
    """The candidate for an assessed version, its archive pointer still to be filled in."""
    post, tied = assessment.post, assessment.links or {}
    return Candidate(
        platform=post.platform, id=post.id, seq=post.seq, version=version, hash=post.content_hash,
        said=said, status="published",
        kind=post.kind, tier=assessment.tier, inconclusive=assessment.inconclusive, rank=assessment.rank,
        concerns=tuple(ConcernSummary(type=c.type, tier=c.tier) for c in assessment.concerns),
        dimensions=assessment.dimensions, indicators=stated_indicators(assessment), language=post.language,
        work_country=post.work_country, act_by=assessment.act_by, audit=audit, archive=None,
        versions=versions_text(assessment.versions), received_at=received_at, correlation_id=correlation_id,
        expires=expires, links=links, network=network_name(assessment), campaign=tied.get("campaign"),
        campaign_size=tied.get("size", 1), corridor=corridor_of(post.origin_countries, post.work_country),
    )  # fmt: skip
