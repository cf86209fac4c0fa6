"""Linking: a post's memberships are written, the profiles of its keys grow, and what other posts say about it is found.

Nothing here depends on order or repetition. Memberships are blind puts, written before anything is read: of two posts that
arrive at once at least one sees the other. Profiles join, roots only fall, and both end the same whoever comes first. A batch
goes through each step as a whole: every key is read and grown once, every campaign joined once.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
from screening.links.profile import COMMON_ABOVE
from screening.links.ties import copies_of
from screening.ports import Clock, KeyRead, LinkStore, Metrics
from screening.workflows.campaign_parts import Joining, Version, campaign_key, still_ties
from screening.workflows.campaigns import Campaigns
from screening.workflows.link_profiles import MOST_REQUEUED, Profiles, says_more
from screening.workflows.records import PostKey
from screening.workflows.side_by_side import side_by_side


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    membership_days: int = 180
    common_seconds: float = 300.0  # how long a process remembers that a key is common
    threads: int = 16  # calls at once: keys that grow, campaigns that are joined


@dataclass(slots=True)
class Linked:
    """What linking a batch found: by post its findings, the posts to be assessed anew, and those that failed."""

    findings: dict[Version, LinkFindings] = field(default_factory=dict)
    requeue: dict[PostKey, None] = field(default_factory=dict)  # in the order they were found
    failed: dict[PostKey, str] = field(default_factory=dict)  # reason, for redelivery

    def fail(self, members: Iterable[Member], reason: str) -> None:
        for member in members:
            self.failed.setdefault(member.post, reason)

    def of(self, member: Member) -> LinkFindings | None:
        return self.findings.get((member.post, member.version))


class LinkPosts:
    """Links members of a batch. Safe to call from several processes at once, and again with the same members."""

    def __init__(self, *, store: LinkStore, clock: Clock, metrics: Metrics, settings: LinkSettings) -> None:
        self._store = store
        self._clock = clock
        self._metrics = metrics
        self._settings = settings
        self._campaigns = Campaigns(store=store, clock=clock, metrics=metrics, threads=settings.threads)
        self._profiles = Profiles(store=store, clock=clock, campaigns=self._campaigns, threads=settings.threads)
        self._common: dict[LinkKey, float] = {}  # until when, by the process's own clock

    def link(self, members: Sequence[Member], *, anew: frozenset[PostKey] = frozenset()) -> Linked:
        """Write, read and grow; erased posts contribute nothing. Where the store fails for now the posts concerned are in `failed`, and nothing is lost by trying again.

        Args:
            anew: posts that are only looked at anew. Their copies were sent back when they came themselves: would they be now,
                two groups of copies could send back one another for ever.
        """
        linked = Linked()
        try:
            standing = self._store.standing(list(dict.fromkeys(member.post for member in members)))
        except TransientError as error:
            linked.fail(members, str(error))
            return linked
        members = [member for member in members if not standing[member.post].erased]
        wanted = [(key, member) for member in members for key in member.keys if not self._is_common(key)]
        expires = self._clock.now() + timedelta(days=self._settings.membership_days)
        try:
            refused = self._store.put_members([(key, member.under(key)) for key, member in wanted], expires=expires)
        except TransientError as error:
            linked.fail(members, str(error))
            return linked
        linked.fail([wanted[index][1] for index in refused], "membership not stored")
        left = [member for member in members if member.post not in linked.failed]
        came: defaultdict[LinkKey, list[Member]] = defaultdict(list)
        for key, member in wanted:
            if member.post not in linked.failed:
                came[key].append(member)
        try:
            reads = self._store.read_keys(list(came))
        except TransientError as error:
            linked.fail(left, str(error))
            return linked
        self._beyond(reads, came, linked)
        self._leave({key: came.pop(key) for key, read in reads.items() if _is_common(read)}, linked)
        tying = [key for key in came if key.ties and still_ties(key, reads[key])]
        requeue = self._grow(came, reads, expires, linked)
        # `standing` was read before anything was taken apart: then it may name a campaign that is gone.
        apart = bool(linked.failed) or not all(still_ties(key, reads[key]) for key in tying)
        joining = [Joining(member, _under(member, reads, came)) for member in left if member.post not in linked.failed]
        joined = self._campaigns.join(joining, expires)
        linked.failed |= joined.failed
        try:
            apart |= self._campaigns.take_apart_since(joining, expires)
            stands = self._store.roots(list(dict.fromkeys(m.post for m in left))) if apart else {}
        except TransientError as error:
            linked.fail(left, str(error))
            stands = {}
        if apart:
            roots = {post: rooted.root for post, rooted in stands.items()}
        else:
            roots = {post: known.rooted.root for post, known in standing.items() if known.rooted} | joined.roots
        requeue += self._find(joining, roots, anew, linked)
        # All memberships of the batch were written before any key was read: its own posts have seen one another.
        own = {member.post for member in members} - linked.failed.keys()
        linked.requeue = dict.fromkeys([post for post in dict.fromkeys(requeue) if post not in own][:MOST_REQUEUED])
        self._metrics.count("PostsLinked", len({member.post for member in left} - linked.failed.keys()))
        return linked

    def _beyond(self, reads: dict[LinkKey, KeyRead], came: Mapping[LinkKey, Sequence[Member]], linked: Linked) -> None:
        """Add to `reads`, where a page of copies is full, those at its other end: posts that come at once may fill one end, and what
        merely looks alike may. Where both hold the batch alone, others are looked for up to the key's end."""
        crowded = [key for key, read in reads.items() if key.kind == TEXT_KIND and read.full and not _is_common(read)]
        batch = {member.post for members in came.values() for member in members}

        def others(key: LinkKey) -> list[Member]:
            for limit in (key.page, COMMON_ABOVE):
                found = [each for each in self._store.members_of(key, limit=limit) if each.post not in batch]
                if found or any(each.post not in batch for each in reads[key].members):
                    return found[: key.page]
            return []

        for key, found in side_by_side(others, crowded, threads=self._settings.threads):
            if isinstance(found, TransientError):
                linked.fail(came[key], str(found))
            else:
                known = {(each.post, each.version) for each in reads[key].members}
                more = [each for each in found if (each.post, each.version) not in known]
                reads[key] = replace(reads[key], members=(*reads[key].members, *more))

    def _grow(
        self, came: Mapping[LinkKey, Sequence[Member]], reads: dict[LinkKey, KeyRead], expires: datetime, linked: Linked
    ) -> list[PostKey]:
        """`reads` with the profiles as they stand now; the posts to be assessed anew, since a key of theirs says more."""
        requeue: list[PostKey] = []
        for key, grown in self._profiles.grow(came, reads, expires).items():
            if isinstance(grown, TransientError):
                linked.fail(came[key], str(grown))
            else:
                reads[key] = replace(reads[key], profile=grown.profile)
                requeue += grown.says_more_of
        return requeue

    def _find(
        self, joining: Sequence[Joining], roots: Mapping[PostKey, str], anew: frozenset[PostKey], linked: Linked
    ) -> list[PostKey]:
        """What the posts' neighbours say about them; the posts to be assessed anew, since their copies now say more."""
        left = [each for each in joining if each.member.post not in linked.failed]
        try:
            sizes = self._sizes({root for each in left if (root := roots.get(each.member.post)) is not None})
        except TransientError as error:
            linked.fail([each.member for each in left], str(error))
            return []
        requeue: list[PostKey] = []
        for each in left:
            copies = _copies(each)
            of_copies = list(signs_of_copies(each.member, copies))
            news = each.member.post not in anew
            if copies and news and says_more(signs_of_copies(copies[0], copies[1:]), of_copies):
                requeue += [copy.post for copy in copies]
            linked.findings[each.member.post, each.member.version] = self._findings(
                each, of_copies, roots.get(each.member.post), sizes
            )
        return requeue

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
            self._profiles.rebuild(key, expires)
        self._campaigns.leave(post, expires)
        self._metrics.count("PostsUnlinked")

    def tombstoned(self, posts: Sequence[PostKey]) -> frozenset[PostKey]:
        """Those that were erased: nothing brings them back. Raises TransientError."""
        return self._store.tombstoned(posts)

    def look(self, member: Member) -> LinkFindings:
        """What is known about a post now, without contributing: for rescoring and for trying out. Raises TransientError."""
        reads = self._store.read_keys([key for key in member.keys if not self._is_common(key)])
        each = Joining(member, {key: read for key, read in reads.items() if not _is_common(read)})
        rooted = self._store.roots([member.post]).get(member.post)
        root = rooted.root if rooted else None
        of_copies = signs_of_copies(member, _copies(each))
        return self._findings(each, of_copies, root, self._sizes({root} if root is not None else set()))

    # ------------------------------------------------------------------------------------------------ common keys

    def _is_common(self, key: LinkKey) -> bool:
        until = self._common.get(key)
        if until is None:
            return False
        if until > time.monotonic():
            return True
        del self._common[key]
        return False

    def _leave(self, common: Mapping[LinkKey, Sequence[Member]], linked: Linked) -> None:
        """A key of thousands links nothing: no membership is kept under it, and it isn't asked for again for a while."""
        if not common:
            return
        posts = list(dict.fromkeys((key, member.post) for key, members in common.items() for member in members))
        left = [posts[index] for index in sorted(self._store.remove_members(posts))]
        for _, post in left:
            linked.failed.setdefault(post, "membership of a common key not removed")
        asked_again = {key for key, _ in left}  # so that the posts that come again are taken out from under it
        for key, members in common.items():
            if key not in asked_again:
                self._common[key] = time.monotonic() + self._settings.common_seconds
            self._metrics.count("CommonLinkKeys", len(members), kind=key.kind)

    # ------------------------------------------------------------------------------------------------ findings

    def _findings(
        self, each: Joining, of_copies: Iterable[NetworkSign], root: str | None, sizes: Mapping[str, int]
    ) -> LinkFindings:
        member, reads = each.member, each.reads
        signs: list[NetworkSign] = []
        for key, read in reads.items():
            if read.profile:
                signs += signs_of_key(key.kind, read.profile)
        signs += of_copies
        everyone = [other for read in reads.values() for other in read.members if other.post == member.post]
        signs += signs_of_versions([member, *everyone])
        now = self._clock.now()
        signs += signs_of_known(item for read in reads.values() if (item := current(read.known, at=now)) is not None)
        return LinkFindings(
            campaign=campaign_id(root) if root is not None else None, size=sizes[root] if root is not None else 1,
            signs=strongest_of_each(signs),
        )  # fmt: skip

    def _sizes(self, roots: Iterable[str]) -> dict[str, int]:
        """How many posts campaigns have. Raises TransientError."""
        keys = {root: campaign_key(root) for root in sorted(roots)}
        profiles = {key: read.profile for key, read in self._store.read_keys(list(keys.values())).items()}
        return {root: profile.size if (profile := profiles[key]) else 1 for root, key in keys.items()}


def _under(
    member: Member, reads: Mapping[LinkKey, KeyRead], usable: Mapping[LinkKey, object]
) -> dict[LinkKey, KeyRead]:
    return {key: reads[key] for key in member.keys if key in usable}


def _copies(each: Joining) -> list[Member]:
    under_text = [other for key, read in each.reads.items() if key.kind == TEXT_KIND for other in read.members]
    return copies_of(each.member, under_text)


def _is_common(read: KeyRead) -> bool:
    return read.profile is not None and read.profile.common
