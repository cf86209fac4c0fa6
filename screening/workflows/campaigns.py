"""Campaigns as they grow: every post bears the root of its campaign, and roots only fall, so that order doesn't matter.

A post that ties two campaigns makes them one under the older name. A contact that turns out to belong to an intermediary or
to everybody ties nothing any more: the campaigns that it held together are taken apart and joined anew by what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from screening.errors import TransientError
from screening.links.clusters import root_of
from screening.links.member import TEXT_KIND, LinkKey, Member
from screening.links.profile import COMMON_ABOVE, Profile, profile_of
from screening.links.ties import ties_under
from screening.ports import Clock, KeyRead, LinkStore, Metrics, Rooted
from screening.workflows.records import PostKey

Version = tuple[PostKey, str]
MAX_ATTEMPTS = 8
MOST_WALKED = 200
"""Versions whose root one post may lower: a merge of larger campaigns is finished by the posts that come later."""


class Campaigns:
    """Roots of posts in the link store. Safe to call from several processes at once."""

    def __init__(self, *, store: LinkStore, clock: Clock, metrics: Metrics) -> None:
        self._store = store
        self._clock = clock
        self._metrics = metrics

    def join(self, member: Member, reads: dict[LinkKey, KeyRead], expires: datetime) -> str | None:
        """The root of the member's campaign, None where it has none.

        Args:
            reads: what stands under the member's keys, read after its memberships were written.

        Raises:
            TransientError: others kept changing the same campaign; try again.
        """
        tied = tied_to(member, reads)
        for _ in range(MAX_ATTEMPTS):
            roots = self._store.roots(sorted({member.post, *(post for post, _ in tied)}))
            if not tied:
                own = roots.get(member.post)
                return own.root if own else None
            root = min(
                root_of(each) if each.post not in roots else min(root_of(each), roots[each.post].root)
                for each in (member, *tied.values())
            )
            if self._spread(root, [member, *tied.values()], roots, expires):
                return root
        raise TransientError("a campaign kept growing")

    def take_apart(self, key: LinkKey, expires: datetime) -> None:
        """After `key` stopped tying: the posts under it lose their roots and are joined anew by their other keys."""
        members = self._store.members_of(key, limit=COMMON_ABOVE)
        before = self._store.roots(sorted({member.post for member in members}))
        apart = {member.post: member for member in members if member.post in before}
        for root in {rooted.root for rooted in before.values()}:
            # Posts that hang by other keys on those under this one are of the campaign too.
            for member in self._store.members_of(campaign_key(root), limit=COMMON_ABOVE):
                apart.setdefault(member.post, member)
            self._forget(root)
        keys = {post: rooted.keys for post, rooted in self._store.roots(sorted(apart)).items()}
        for post in sorted(apart):
            self._store.remove_root(post)
        for post in sorted(apart):
            reads = self._whole(
                self._store.read_keys(sorted(keys.get(post, frozenset()) | frozenset(apart[post].keys)))
            )
            for version in versions_of(post, reads).values():
                part = self.join(version, reads, expires)
                for root in {rooted.root for rooted in before.values()} if part else ():
                    if part and part != root:
                        self._store.note_split(root, part=part, at=self._clock.now())
        self._metrics.count("CampaignsTakenApart")

    def leave(self, post: PostKey, expires: datetime) -> None:
        """After a post was erased: its campaign is joined anew without it."""
        rooted = self._store.roots([post]).get(post)
        if rooted is None:
            return
        members = [
            member
            for member in self._store.members_of(campaign_key(rooted.root), limit=COMMON_ABOVE)
            if member.post != post
        ]
        self._store.remove_root(post)
        self._store.remove_members([(campaign_key(rooted.root), post)])
        self._forget(rooted.root)
        keys = self._store.roots(sorted({member.post for member in members}))
        for member in members:
            self._store.remove_root(member.post)
        for member in members:
            known = keys.get(member.post)
            reads = self._whole(
                self._store.read_keys(sorted(set(member.keys) | (known.keys if known else frozenset())))
            )
            for version in versions_of(member.post, reads).values():
                part = self.join(version, reads, expires)
                if part and part != rooted.root:
                    self._store.note_split(rooted.root, part=part, at=self._clock.now())

    def _forget(self, root: str) -> None:
        key = campaign_key(root)
        self._store.remove_members([(key, member.post) for member in self._store.members_of(key, limit=COMMON_ABOVE)])
        revision = self._store.read_keys([key])[key].revision
        if revision is not None:
            self._store.remove_profile(key, expected_revision=revision)

    def _spread(self, root: str, members: Sequence[Member], roots: dict[PostKey, Rooted], expires: datetime) -> bool:
        """Lower the roots of the members, and of the campaigns that so become one. False where somebody set a lower one meanwhile:
        then all is read anew."""
        reached = {(member.post, member.version): member for member in members}
        waiting = list(members)
        while waiting:
            member = waiting.pop()
            before, keys = roots.get(member.post), frozenset(member.keys)
            after = before
            if before is None or before.root != root or not keys <= before.keys:
                before, after = self._store.lower_root(member.post, root, keys, expires=expires)
                if after.root < root:
                    return False
            if after is None or before is None or before.root == root:
                continue
            self._store.note_merge(before.root, into=root, at=self._clock.now())
            if len(reached) >= MOST_WALKED:
                self._metrics.count("CampaignWalksCut")
                continue
            around = self._around(member.post, after.keys, reached)
            new = {version: other for version, other in around.items() if version not in reached}
            if new:
                roots |= self._store.roots(sorted({post for post, _ in new}))
                reached |= new
                waiting += new.values()
        self._count_in(list(reached.values()), root, expires)
        return True

    def _around(self, post: PostKey, keys: Iterable[LinkKey], reached: dict[Version, Member]) -> dict[Version, Member]:
        """What any version of a post is tied to; the versions that are tied count in the campaign (`reached`)."""
        reads = self._whole(self._store.read_keys(sorted(keys)))
        around: dict[Version, Member] = {}
        for version in versions_of(post, reads).values():
            tied = tied_to(version, reads)
            if tied:
                reached.setdefault((version.post, version.version), version)
            around |= tied
        return around

    def _whole(self, reads: dict[LinkKey, KeyRead]) -> dict[LinkKey, KeyRead]:
        """With every member of the keys whose page was full: a root must reach them all."""
        return {
            key: replace(read, members=self._store.members_of(key, limit=COMMON_ABOVE))
            if read.full and still_ties(key, read)
            else read
            for key, read in reads.items()
        }

    def _count_in(self, members: Sequence[Member], root: str, expires: datetime) -> None:
        """The campaign's own list and profile: which posts, and how many names and countries it spans."""
        key = campaign_key(root)
        for _ in range(MAX_ATTEMPTS):
            read = self._store.read_keys([key])[key]
            known = read.profile
            new = [member for member in members if known is None or known.joined(Profile.of(member)) != known]
            if not new:
                return
            after = profile_of(new)
            assert after is not None
            self._store.put_members([(key, member) for member in new], expires=expires)
            joined = known.joined(after) if known else after
            if self._store.write_profile(key, joined, expected_revision=read.revision, expires=expires):
                return
        raise TransientError("a campaign's profile kept changing")


def campaign_key(root: str) -> LinkKey:
    """Where a campaign's own members and profile stand."""
    return LinkKey("campaign", "-", root)


def tied_to(member: Member, reads: dict[LinkKey, KeyRead]) -> dict[Version, Member]:
    """The versions of other posts that a version is tied to."""
    tied: dict[Version, Member] = {}
    compared: set[Version] = set()  # a copy stands under every band, and is compared once
    for key, read in reads.items():
        if key not in member.keys or not (key.ties or key.kind == TEXT_KIND) or not still_ties(key, read):
            continue
        others = read.members
        if key.kind == TEXT_KIND:
            others = tuple(other for other in others if (other.post, other.version) not in compared)
            compared.update((other.post, other.version) for other in others)
        for tie in ties_under(key, member, others):
            tied[tie.other.post, tie.other.version] = tie.other
    return tied


def still_ties(key: LinkKey, read: KeyRead) -> bool:
    """A key that belongs to everybody, or a contact to an intermediary, ties nothing."""
    profile = read.profile
    return profile is None or not (profile.ties_nothing if key.ties else profile.common)


def versions_of(post: PostKey, reads: dict[LinkKey, KeyRead]) -> dict[str, Member]:
    """Every version of a post that stands under the keys, with its sketch where one of them holds it."""
    versions: dict[str, Member] = {}
    for read in reads.values():
        for member in read.members:
            if member.post == post and (member.version not in versions or member.sketch is not None):
                versions[member.version] = member
    return versions
