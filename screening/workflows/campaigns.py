"""Campaigns as they grow: every post bears the root of its campaign, and roots only fall, so that order doesn't matter.

A post that ties two campaigns makes them one under the older name. A contact that turns out to belong to an intermediary or
to everybody ties nothing any more: the campaigns that it held together are taken apart and joined anew by what is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from screening.errors import TransientError
from screening.links.clusters import Union, root_of
from screening.links.member import TEXT_KIND, LinkKey, Member
from screening.links.profile import COMMON_ABOVE, Profile, profile_of
from screening.links.ties import ties_under
from screening.ports import Clock, KeyRead, LinkStore, Metrics, Rooted
from screening.workflows.records import PostKey
from screening.workflows.side_by_side import side_by_side

Version = tuple[PostKey, str]
Lowered = tuple[Rooted | None, Rooted]
"""A post's place as it stood before, and as it stands."""
MAX_ATTEMPTS = 8
MOST_WALKED = 200
"""Versions whose root one post may lower: a merge of larger campaigns is finished by the posts that come later."""


@dataclass(frozen=True, slots=True)
class Joining:
    """A version of a post, and what stands under its keys, read after its memberships were written."""

    member: Member
    reads: Mapping[LinkKey, KeyRead]


@dataclass(slots=True)
class Joined:
    """By post the root that it bears now, and why a post couldn't be joined for now; what is tied to nothing is in neither."""

    roots: dict[PostKey, str] = field(default_factory=dict)
    failed: dict[PostKey, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Part:
    """Versions that hang together: those of `own` posts that join, those that they are tied to, and what is reached from them."""

    members: dict[Version, Member] = field(default_factory=dict)
    own: set[PostKey] = field(default_factory=set)
    root: str = ""  # that all of them are to bear
    roots: dict[PostKey, Rooted] = field(default_factory=dict)  # what the posts bear, as far as is known
    reached: dict[Version, Member] = field(default_factory=dict)
    keys: dict[PostKey, frozenset[LinkKey]] = field(default_factory=dict)  # of what is reached, nearest posts first
    fresh: list[PostKey] = field(default_factory=list)  # not looked around from
    lowered: dict[PostKey, Lowered] = field(default_factory=dict)  # at once with other parts' posts
    beaten: bool = False  # somebody set a lower root meanwhile
    noted: set[tuple[str, str]] = field(default_factory=set)  # which root went into which, in every attempt

    def begin(self, roots: Mapping[PostKey, Rooted]) -> None:
        """Start from what joins, with the roots as they stand now."""
        self.reached, self.keys = dict(self.members), _keys_by_post(self.members.values())
        self.roots = {post: roots[post] for post in self.keys if post in roots}
        self.root = min(*map(root_of, self.members.values()), *(rooted.root for rooted in self.roots.values()))
        self.fresh, self.lowered, self.beaten = list(self.keys), {}, False

    @property
    def plain(self) -> list[tuple[PostKey, frozenset[LinkKey]]]:
        """New posts, and those of the same campaign with further keys. They are the most, and nothing hangs on them."""
        return [
            (post, keys)
            for post, keys in self.keys.items()
            if post not in self.roots or (self.roots[post].root == self.root and not keys <= self.roots[post].keys)
        ]

    @property
    def full(self) -> bool:
        return len(self.reached) >= MOST_WALKED * len(self.own)


class Campaigns:
    """Roots of posts in the link store. Safe to call from several processes at once."""

    def __init__(self, *, store: LinkStore, clock: Clock, metrics: Metrics, threads: int = 1) -> None:
        self._store = store
        self._clock = clock
        self._metrics = metrics
        self._threads = threads

    def join(self, wanted: Sequence[Joining], expires: datetime) -> Joined:
        """Every version that is tied bears the root of its campaign. What hangs together is joined at once, the rest beside it.

        Where others kept changing a campaign, or the store fails for now, the posts concerned are in `failed`: try again.
        """
        joined = Joined()
        waiting = _parts(wanted)
        for _ in range(MAX_ATTEMPTS):
            if not waiting:
                return joined
            # Read anew each time: what was read before is what somebody has changed meanwhile.
            waiting = self._try(waiting, joined, expires)
        _fail(joined, waiting, "a campaign kept growing")
        return joined

    def _try(self, parts: Sequence[_Part], joined: Joined, expires: datetime) -> list[_Part]:
        """Those that have to be tried again, since somebody set a lower root meanwhile."""
        try:
            roots = self._store.roots(sorted({post for part in parts for post, _ in part.members}))
        except TransientError as error:
            _fail(joined, parts, str(error))
            return []
        of_root: defaultdict[str, list[_Part]] = defaultdict(list)
        for part in parts:
            part.begin(roots)
            of_root[part.root].append(part)
        work = partial(self._lower, expires=expires)
        plain = [(part, post, keys) for part in parts for post, keys in part.plain]
        for (part, post, _), found in side_by_side(work, plain, threads=self._threads):
            if isinstance(found, TransientError):
                _fail(joined, [part], str(found))
            else:
                part.lowered[post] = found
        again: list[_Part] = []
        groups = [[part for part in group if not part.own & joined.failed.keys()] for group in of_root.values()]
        spread = partial(self._spread, expires=expires)
        for group, done in side_by_side(spread, [group for group in groups if group], threads=self._threads):
            if isinstance(done, TransientError):
                _fail(joined, group, str(done))
                continue
            for part in group:
                if part.beaten:
                    again.append(part)
                else:
                    joined.roots |= {post: part.root for post, _ in part.reached}
        return again

    def _lower(self, wanted: tuple[_Part, PostKey, frozenset[LinkKey]], *, expires: datetime) -> Lowered:
        part, post, keys = wanted
        return self._store.lower_root(post, part.root, keys, expires=expires)

    def _spread(self, group: Sequence[_Part], *, expires: datetime) -> None:
        """Parts of one campaign: what is reached from them is counted in at once, then bears its root, unless a part was beaten.

        Who dies on the way has left the nearest posts as they were, so that trying again goes the same way: they are lowered
        last. Somebody else may join a post between the look around it and the lowering: so one looks again afterwards.
        """
        waiting = list(group)
        while waiting:
            reached: dict[Version, Member] = {}
            for part in waiting:
                self._look_around(part)
                reached |= part.reached
            self._count_in(list(reached.values()), group[0].root, expires)
            waiting = [part for part in waiting if self._lower_all(part, expires)]
        # Whoever bore these is listed under the root that they went into; where a walk was cut, some bear them still.
        for root in sorted({root for part in group if not (part.beaten or part.full) for root, _ in part.noted}):
            self._forget(root)

    def take_apart_since(self, wanted: Sequence[Joining], expires: datetime) -> bool:
        """Contacts that stopped tying while the batch was joined by them: who took apart what they held may have come before. Whether
        there were any. Raises TransientError."""
        held = {
            key
            for each in wanted
            for key, read in each.reads.items()
            if key.ties and read.profile is not None and still_ties(key, read)
        }
        since = [key for key, read in self._store.read_keys(sorted(held)).items() if not still_ties(key, read)]
        for key in since:
            self.take_apart(key, expires)
        return bool(since)

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
        left = {post: keys.get(post, frozenset()) | frozenset(apart[post].keys) for post in sorted(apart)}
        for _ in range(MAX_ATTEMPTS):
            # Whose turn fails has its root taken already: it must not stop the others, nor be left at that.
            left = {post: own for post, own in left.items() if not self._join_anew(post, own, before.values(), expires)}
            if not left:
                break
        else:
            raise TransientError("posts of a campaign that was taken apart couldn't be joined anew")
        self._metrics.count("CampaignsTakenApart")

    def _join_anew(self, post: PostKey, keys: frozenset[LinkKey], before: Iterable[Rooted], expires: datetime) -> bool:
        """After its root was taken; False where that failed for now."""
        try:
            reads = self._whole(self._store.read_keys(sorted(keys)))
            for version in versions_of(post, reads).values():
                part = self._join_one(version, reads, expires)
                for root in {rooted.root for rooted in before} if part else ():
                    if part and part != root:
                        self._store.note_split(root, part=part, at=self._clock.now())
        except TransientError:
            return False
        return True

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
        self._leave_lists(post, rooted.root)
        self._store.remove_root(post)
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
                part = self._join_one(version, reads, expires)
                if part and part != rooted.root:
                    self._store.note_split(rooted.root, part=part, at=self._clock.now())

    def _leave_lists(self, post: PostKey, root: str) -> None:
        """Its campaign's list, and those of the campaigns that went into it: who died on the way left them standing."""
        roots = [root]
        for each in roots:  # grows as it goes
            taken_in = [event.other for event in self._store.history(each) if event.what == "took_in"]
            roots += [other for other in dict.fromkeys(taken_in) if other not in roots]
        if self._store.remove_members([(campaign_key(each), post) for each in roots]):
            raise TransientError("an erased post is left in a campaign's list")
        for each in roots[1:]:
            if self._store.merged_into(each) != each:  # else it was split off again, and stands for itself
                self._forget_profile(each)

    def _join_one(self, member: Member, reads: Mapping[LinkKey, KeyRead], expires: datetime) -> str | None:
        """The root that the post bears now; None where this version is tied to nothing. Raises TransientError."""
        joined = self.join([Joining(member, reads)], expires)
        if member.post in joined.failed:
            raise TransientError(joined.failed[member.post])
        return joined.roots.get(member.post)

    def _forget(self, root: str) -> None:
        key = campaign_key(root)
        self._store.remove_members([(key, member.post) for member in self._store.members_of(key, limit=COMMON_ABOVE)])
        self._forget_profile(root)

    def _forget_profile(self, root: str) -> None:
        key = campaign_key(root)
        revision = self._store.read_keys([key])[key].revision
        if revision is not None:
            self._store.remove_profile(key, expected_revision=revision)

    def _look_around(self, part: _Part) -> None:
        """Reach the campaigns that become one: from each post that bears another root on to what its versions are tied to."""
        while part.fresh:
            post = part.fresh.pop(0)
            rooted = part.roots.get(post)
            if rooted is not None and rooted.root > part.root:
                self._reach(part, post, rooted.keys | part.keys[post])

    def _reach(self, part: _Part, post: PostKey, keys: frozenset[LinkKey]) -> bool:
        """Whether there is something new around the post."""
        if part.full:
            self._metrics.count("CampaignWalksCut")
            return False
        known = len(part.reached)
        around = self._around(post, keys, part.reached)
        new = {version: other for version, other in around.items() if version not in part.reached}
        part.reached |= new
        posts = _keys_by_post(new.values())
        unknown = sorted(posts.keys() - part.keys.keys())
        part.roots |= self._store.roots(unknown) if unknown else {}
        part.fresh += unknown
        for other, more in posts.items():
            part.keys[other] = part.keys.get(other, frozenset()) | more
        return len(part.reached) > known

    def _lower_all(self, part: _Part, expires: datetime) -> bool:
        """Lower the roots of all that was reached, the furthest first. Whether there is more to be reached since."""
        changed: list[PostKey] = []
        for post in reversed(part.keys):
            before, keys = part.roots.get(post), part.keys[post]
            if post in part.lowered:
                before, after = part.lowered.pop(post)
            elif before is not None and before.root == part.root and keys <= before.keys:
                continue
            else:
                self._note_merge(before, part)
                before, after = self._store.lower_root(post, part.root, keys, expires=expires)
            if after.root < part.root:
                part.beaten = True
                return False
            part.roots[post] = after
            if before is not None and before.root != part.root:
                self._note_merge(before, part)
                changed.append(post)
        more = [self._reach(part, post, part.roots[post].keys) for post in changed]
        return any(more)

    def _note_merge(self, before: Rooted | None, part: _Part) -> None:
        if before is not None and before.root > part.root and (before.root, part.root) not in part.noted:
            self._store.note_merge(before.root, into=part.root, at=self._clock.now())
            part.noted.add((before.root, part.root))

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
            # Without their sketches, which nobody compares here. Nothing is counted that isn't listed.
            if self._store.put_members([(key, member.under(key)) for member in new], expires=expires):
                raise TransientError("members of a campaign not stored")
            joined = known.joined(after) if known else after
            if self._store.write_profile(key, joined, expected_revision=read.revision, expires=expires):
                return
        raise TransientError("a campaign's profile kept changing")


def _parts(wanted: Sequence[Joining]) -> list[_Part]:
    """What hangs together among the versions that join and those they are tied to; what is tied to nothing is left out."""
    union = Union()
    ties = [(each.member, tied) for each in wanted if (tied := tied_to(each.member, each.reads))]
    for member, tied in ties:
        for other in (member, *tied.values()):
            union.add(other.post, root_of(other))
            union.join(member.post, other.post)
    parts: defaultdict[PostKey, _Part] = defaultdict(_Part)
    for member, tied in ties:
        part = parts[union.find(member.post)]
        part.own.add(member.post)
        for other in (*tied.values(), member):
            part.members.setdefault((other.post, other.version), other)
    return list(parts.values())


def _fail(joined: Joined, parts: Iterable[_Part], reason: str) -> None:
    for part in parts:
        joined.failed |= dict.fromkeys(part.own, reason)


def _keys_by_post(members: Iterable[Member]) -> dict[PostKey, frozenset[LinkKey]]:
    keys: defaultdict[PostKey, frozenset[LinkKey]] = defaultdict(frozenset)
    for member in members:
        keys[member.post] |= frozenset(member.keys)
    return dict(keys)


def campaign_key(root: str) -> LinkKey:
    """Where a campaign's own members and profile stand."""
    return LinkKey("campaign", "-", root)


def tied_to(member: Member, reads: Mapping[LinkKey, KeyRead]) -> dict[Version, Member]:
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
