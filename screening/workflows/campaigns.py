"""Campaigns as they grow: every post bears the root of its campaign, and roots only fall, so that order doesn't matter.

A post that ties two campaigns makes them one under the older name. A contact that turns out to belong to an intermediary or
to everybody ties nothing any more: the campaigns that it held together are taken apart and joined anew by what is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from screening.errors import TransientError
from screening.links.member import LinkKey, Member
from screening.links.profile import COMMON_ABOVE, Profile, profile_of
from screening.ports import Clock, KeyRead, LinkStore, Metrics, Rooted
from screening.workflows.campaign_parts import (
    Joining,
    Lowered,
    Part,
    Version,
    campaign_key,
    crowded_contacts,
    keys_by_post,
    parts_of,
    still_ties,
    tied_to,
    versions_of,
)
from screening.workflows.records import PostKey
from screening.workflows.side_by_side import side_by_side

MAX_ATTEMPTS = 8


@dataclass(slots=True)
class Joined:
    """By post the root that it bears now, and why a post couldn't be joined for now; what is tied to nothing is in neither."""

    roots: dict[PostKey, str] = field(default_factory=dict)
    failed: dict[PostKey, str] = field(default_factory=dict)


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
        waiting = self._parts(wanted, joined)
        for _ in range(MAX_ATTEMPTS):
            if not waiting:
                return joined
            # Read anew each time: what was read before is what somebody has changed meanwhile.
            waiting = self._try(waiting, joined, expires)
        _fail(joined, waiting, "a campaign kept growing")
        return joined

    def _parts(self, wanted: Sequence[Joining], joined: Joined) -> list[Part]:
        """What hangs together, with whom else a crowded contact ties; where that can't be read, its posts are in `joined.failed`."""
        crowded = crowded_contacts(wanted)
        work = partial(self._crowd, own={each.member.post for each in wanted})
        crowds: list[tuple[Member, Sequence[Member]]] = []
        for (key, one), found in side_by_side(work, crowded.items(), threads=self._threads):
            if isinstance(found, TransientError):
                joined.failed |= {each.member.post: str(found) for each in wanted if key in each.reads}
            else:
                crowds.append((one.member, found))
        left = [each for each in wanted if each.member.post not in joined.failed]
        return parts_of(left, [(member, crowd) for member, crowd in crowds if member.post not in joined.failed])

    def _crowd(self, crowded: tuple[LinkKey, Joining], *, own: Set[PostKey]) -> Sequence[Member]:
        """Members of both ends of a crowded contact; all of it, unless those of other posts bear one root, each of them.

        A thousand members and their roots cost what a hundred posts do. Mostly they are one campaign, and any of them will do;
        who has no root is being joined by somebody else in this moment, who may not have seen the rest.
        """
        key, one = crowded
        start = self._store.members_of(key, limit=key.page)
        ends = {(member.post, member.version): member for member in (*one.reads[key].members, *start)}
        others = {post for post, _ in ends} - own
        roots = self._store.roots(sorted(others)) if others else {}
        if others and others == roots.keys() and len({rooted.root for rooted in roots.values()}) == 1:
            return list(ends.values())
        return self._store.members_of(key, limit=COMMON_ABOVE)

    def _try(self, parts: Sequence[Part], joined: Joined, expires: datetime) -> list[Part]:
        """Those that have to be tried again, since somebody set a lower root meanwhile."""
        try:
            roots = self._store.roots(sorted({post for part in parts for post, _ in (*part.members, *part.crowd)}))
        except TransientError as error:
            _fail(joined, parts, str(error))
            return []
        of_root: defaultdict[str, list[Part]] = defaultdict(list)
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
        again: list[Part] = []
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

    def _lower(self, wanted: tuple[Part, PostKey, frozenset[LinkKey]], *, expires: datetime) -> Lowered:
        part, post, keys = wanted
        return self._store.lower_root(post, part.root, keys, expires=expires)

    def _spread(self, group: Sequence[Part], *, expires: datetime) -> None:
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
        self._leave_erased(group, expires)
        # Whoever bore these is listed under the root that they went into; where a walk was cut, some bear them still.
        for root in sorted({root for part in group if not (part.beaten or part.full) for root, _ in part.noted}):
            self._forget(root)

    def _leave_erased(self, group: Sequence[Part], expires: datetime) -> None:
        """Who was met under a key and given a root may have been erased meanwhile: its tombstone was written before its place was
        taken, so that either that erasing or this look sees the other."""
        strangers = sorted(set[PostKey]().union(*(part.strangers for part in group)))
        for post in self._store.tombstoned(strangers) if strangers else ():
            self.leave(post, expires)

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

    def _look_around(self, part: Part) -> None:
        """Reach the campaigns that become one: from each post that bears another root on to what its versions are tied to."""
        while part.fresh:
            post = part.fresh.pop(0)
            rooted = part.roots.get(post)
            if rooted is not None and rooted.root > part.root:
                self._reach(part, post, rooted.keys | part.keys[post])

    def _reach(self, part: Part, post: PostKey, keys: frozenset[LinkKey]) -> bool:
        """Whether there is something new around the post."""
        if part.full:
            self._metrics.count("CampaignWalksCut")
            return False
        known = len(part.reached)
        around = self._around(post, keys, part.reached)
        new = {version: other for version, other in around.items() if version not in part.reached}
        part.reached |= new
        posts = keys_by_post(new.values())
        unknown = sorted(posts.keys() - part.keys.keys())
        part.roots |= self._store.roots(unknown) if unknown else {}
        part.fresh += unknown
        for other, more in posts.items():
            part.keys[other] = part.keys.get(other, frozenset()) | more
        return len(part.reached) > known

    def _lower_all(self, part: Part, expires: datetime) -> bool:
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
            if before is None and post not in part.own:
                part.strangers.add(post)
            if before is not None and before.root != part.root:
                self._note_merge(before, part)
                changed.append(post)
        more = [self._reach(part, post, part.roots[post].keys) for post in changed]
        return any(more)

    def _note_merge(self, before: Rooted | None, part: Part) -> None:
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
            key: replace(read, members=self._store.members_of(key, limit=COMMON_ABOVE), full=False)
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


def _fail(joined: Joined, parts: Iterable[Part], reason: str) -> None:
    for part in parts:
        joined.failed |= dict.fromkeys(part.own, reason)
