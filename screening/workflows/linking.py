"""Linking: a post's memberships are written, the profiles of its keys grow, and what other posts say about it is found.

Nothing here depends on order or repetition. Memberships are blind puts, written before anything is read: of two posts that
arrive at once at least one sees the other. Profiles join, roots only fall, and both end the same whoever comes first.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from screening.assessment.network import LinkFindings, NetworkSign
from screening.errors import TransientError
from screening.links.clusters import campaign_id
from screening.links.cross_ad import (
    signs_of_copies,
    signs_of_key,
    signs_of_known,
    signs_of_versions,
    strongest_of_each,
)
from screening.links.known_items import current
from screening.links.member import TEXT_KIND, LinkKey, Member
from screening.links.profile import COMMON_ABOVE, Profile, profile_of
from screening.links.ties import copies_of
from screening.ports import Clock, KeyRead, LinkStore, Metrics
from screening.workflows.campaigns import Campaigns, Version, campaign_key
from screening.workflows.records import PostKey

MAX_ATTEMPTS = 8
LEAST_PROFILED = 2
COMMON_FOR = timedelta(days=31)
"""A key that belongs to everybody is left alone for a month; then it is counted anew, from nothing."""
MOST_REQUEUED = 200
"""Members of a campaign that are assessed anew the same minute when its profile crosses a threshold (design, step 6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    membership_days: int = 180
    common_seconds: float = 300.0  # how long a process remembers that a key is common


@dataclass(slots=True)
class Linked:
    """What linking a batch found: by post its findings, the posts to be assessed anew, and those that failed."""

    findings: dict[Version, LinkFindings] = field(default_factory=dict)
    requeue: dict[PostKey, None] = field(default_factory=dict)  # in the order they were found
    failed: dict[PostKey, str] = field(default_factory=dict)  # reason, for redelivery

    def of(self, member: Member) -> LinkFindings | None:
        return self.findings.get((member.post, member.version))


class LinkPosts:
    """Links members of a batch. Safe to call from several processes at once, and again with the same members."""

    def __init__(self, *, store: LinkStore, clock: Clock, metrics: Metrics, settings: LinkSettings) -> None:
        self._store = store
        self._clock = clock
        self._metrics = metrics
        self._settings = settings
        self._campaigns = Campaigns(store=store, clock=clock, metrics=metrics)
        self._common: dict[LinkKey, float] = {}  # until when, by the process's own clock

    def link(self, members: Sequence[Member]) -> Linked:
        """Write, read and grow; erased posts contribute nothing. Where the store fails for now the posts concerned are in `failed`, and nothing is lost by trying again."""
        linked = Linked()
        try:
            erased = self._store.tombstoned(list(dict.fromkeys(member.post for member in members)))
        except TransientError as error:
            linked.failed |= {member.post: str(error) for member in members}
            return linked
        members = [member for member in members if member.post not in erased]
        wanted = [(key, member) for member in members for key in member.keys if not self._is_common(key)]
        expires = self._clock.now() + timedelta(days=self._settings.membership_days)
        try:
            refused = self._store.put_members([(key, member.under(key)) for key, member in wanted], expires=expires)
        except TransientError as error:
            linked.failed |= {member.post: str(error) for member in members}
            return linked
        for index in refused:
            linked.failed.setdefault(wanted[index][1].post, "membership not stored")
        left = [member for member in members if member.post not in linked.failed]
        try:
            reads = self._store.read_keys(
                list(dict.fromkeys(key for key, member in wanted if member.post not in linked.failed))
            )
        except TransientError as error:
            linked.failed |= {member.post: str(error) for member in left}
            return linked
        for member in left:
            try:
                linked.findings[member.post, member.version] = self._link(member, reads, expires, linked)
            except TransientError as error:
                linked.failed[member.post] = str(error)
        # All memberships of the batch were written before any key was read: its own posts have seen one another.
        for post in {member.post for member in members} - linked.failed.keys():
            linked.requeue.pop(post, None)
        self._metrics.count("PostsLinked", len(left))
        return linked

    def erase(self, post: PostKey, keys: Sequence[LinkKey], *, until: datetime) -> None:
        """Take out all that a post contributed; a tombstone keeps it from being linked again until `until`.

        Args:
            keys: those of every version of the post (`Head.links`).

        Raises:
            TransientError: something is left; erasing again goes on where it stopped.
        """
        self._store.put_tombstone(post, expires=until)
        rooted = self._store.roots([post]).get(post)
        every = sorted({*keys, *(rooted.keys if rooted else ())})
        if self._store.remove_members([(key, post) for key in every]):
            raise TransientError("memberships of an erased post are left")
        expires = self._clock.now() + timedelta(days=self._settings.membership_days)
        for key in every:
            self._rebuild(key, expires)
        self._campaigns.leave(post, expires)
        self._metrics.count("PostsUnlinked")

    def _rebuild(self, key: LinkKey, expires: datetime) -> None:
        """The profile made anew from the memberships that are left."""
        for _ in range(MAX_ATTEMPTS):
            read = self._store.read_keys([key])[key]
            if read.profile is None or read.revision is None:
                return
            members = self._store.members_of(key, limit=COMMON_ABOVE + 1)
            alone = len({member.post for member in members}) < LEAST_PROFILED
            rebuilt = None if alone else profile_of(members)
            if rebuilt is None:
                if self._store.remove_profile(key, expected_revision=read.revision):
                    return
            elif self._store.write_profile(key, rebuilt, expected_revision=read.revision, expires=expires):
                return
        raise TransientError("a link profile kept changing")

    def tombstoned(self, posts: Sequence[PostKey]) -> frozenset[PostKey]:
        """Those that were erased: nothing brings them back. Raises TransientError."""
        return self._store.tombstoned(posts)

    def look(self, member: Member) -> LinkFindings:
        """What is known about a post now, without contributing: for rescoring and for trying out. Raises TransientError."""
        reads = self._store.read_keys([key for key in member.keys if not self._is_common(key)])
        usable = {key: read for key, read in reads.items() if not _is_common(read)}
        rooted = self._store.roots([member.post]).get(member.post)
        profiles = {key: read.profile for key, read in usable.items()}
        return self._findings(member, usable, profiles, rooted.root if rooted else None)

    def _link(self, member: Member, reads: dict[LinkKey, KeyRead], expires: datetime, linked: Linked) -> LinkFindings:
        usable: dict[LinkKey, KeyRead] = {}
        for key in member.keys:
            if key in reads:
                read = reads[key]
                if _is_common(read):
                    self._leave(key, member)
                else:
                    usable[key] = read
        profiles = {key: self._grown(key, member, usable[key], expires, linked) for key in usable}
        usable = {key: replace(read, profile=profiles[key]) for key, read in usable.items()}
        root = self._campaigns.join(member, usable, expires)
        return self._findings(member, usable, profiles, root, linked)

    # ------------------------------------------------------------------------------------------------ common keys

    def _is_common(self, key: LinkKey) -> bool:
        until = self._common.get(key)
        if until is None:
            return False
        if until > time.monotonic():
            return True
        del self._common[key]
        return False

    def _leave(self, key: LinkKey, member: Member) -> None:
        """A key of thousands links nothing: no membership is kept under it, and it isn't asked for again for a while."""
        self._common[key] = time.monotonic() + self._settings.common_seconds
        self._store.remove_members([(key, member.post)])
        self._metrics.count("CommonLinkKeys", kind=key.kind)

    # ------------------------------------------------------------------------------------------------ profiles

    def _grown(self, key: LinkKey, member: Member, read: KeyRead, expires: datetime, linked: Linked) -> Profile | None:
        """The key's profile with this member in it. A key of one post has none; one of texts only once its page is full."""
        for _ in range(MAX_ATTEMPTS):
            if not self._wants_profile(key, member, read):
                return None
            before = read.profile
            if before and before.common:
                return before  # it became so since this batch read it, and is counted no more
            # The first profile holds everybody who came while there was none; later ones add themselves.
            beside = read.members if before or not read.full else self._store.members_of(key, limit=COMMON_ABOVE + 1)
            joined = profile_of([member, *beside])
            assert joined is not None
            after = before.joined(joined) if before else joined
            if after == before:
                return after
            until = min(expires, self._clock.now() + COMMON_FOR) if after.common else expires
            if self._store.write_profile(key, after, expected_revision=read.revision, expires=until):
                self._requeue_crossed(
                    key, before or profile_of(_others(member, read.members)), after, read, member, linked
                )
                if key.ties and after.ties_nothing and not (before and before.ties_nothing):
                    self._campaigns.take_apart(key, expires)
                if after.common:
                    self._store.clear_key(key)
                return after
            read = self._store.read_keys([key])[key]
        raise TransientError("a link profile kept changing")

    @staticmethod
    def _wants_profile(key: LinkKey, member: Member, read: KeyRead) -> bool:
        if key.kind == TEXT_KIND:
            return read.full or read.profile is not None
        return read.profile is not None or bool(_others(member, read.members))

    def _requeue_crossed(
        self, key: LinkKey, before: Profile | None, after: Profile, read: KeyRead, member: Member, linked: Linked
    ) -> None:
        """Where the profile now says more than it did, the posts under the key are assessed anew."""
        if not _says_more(signs_of_key(key.kind, before) if before else (), signs_of_key(key.kind, after)):
            return
        self._requeue(member, self._store.members_of(key, limit=MOST_REQUEUED) if read.full else read.members, linked)

    def _requeue(self, member: Member, others: Iterable[Member], linked: Linked) -> None:
        for other in others:
            if other.post != member.post and len(linked.requeue) < MOST_REQUEUED:
                linked.requeue.setdefault(other.post)

    # ------------------------------------------------------------------------------------------------ findings

    def _findings(
        self, member: Member, usable: dict[LinkKey, KeyRead], profiles: dict[LinkKey, Profile | None],
        root: str | None, linked: Linked | None = None,
    ) -> LinkFindings:  # fmt: skip
        signs: list[NetworkSign] = []
        for key, profile in profiles.items():
            if profile:
                signs += signs_of_key(key.kind, profile)
        under_text = [other for key, read in usable.items() if key.kind == TEXT_KIND for other in read.members]
        copies = copies_of(member, under_text)
        of_copies = list(signs_of_copies(member, copies))
        signs += of_copies
        if linked is not None and copies and _says_more(signs_of_copies(copies[0], copies[1:]), of_copies):
            self._requeue(member, copies, linked)
        everyone = [other for read in usable.values() for other in read.members if other.post == member.post]
        signs += signs_of_versions([member, *everyone])
        now = self._clock.now()
        signs += signs_of_known(item for read in usable.values() if (item := current(read.known, at=now)) is not None)
        size = 1
        if root is not None:
            key = campaign_key(root)
            whole = self._store.read_keys([key])[key].profile
            size = whole.size if whole else 1
        return LinkFindings(
            campaign=campaign_id(root) if root is not None else None, size=size, signs=strongest_of_each(signs)
        )


def _others(member: Member, members: Iterable[Member]) -> list[Member]:
    return [other for other in members if other.post != member.post]


def _is_common(read: KeyRead) -> bool:
    return read.profile is not None and read.profile.common


def _says_more(before: Iterable[NetworkSign], after: Iterable[NetworkSign]) -> bool:
    """Whether a sign appeared or grew stronger; counts alone change nothing."""
    order = ("weak", "medium", "strong")
    known = {sign.indicator: order.index(sign.strength) for sign in strongest_of_each(before)}
    return any(order.index(sign.strength) > known.get(sign.indicator, -1) for sign in strongest_of_each(after))
