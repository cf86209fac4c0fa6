"""Profiles of link keys: each grows once a batch by all that came under its key, keys side by side; after an erasure it is made anew.

Profiles join (`links.profile`), so that it doesn't matter who writes first: a write that somebody else's overtook is refused,
and done again on what then stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from screening.assessment.network import NetworkSign
from screening.errors import TransientError
from screening.links.cross_ad import signs_of_key, strongest_of_each
from screening.links.member import TEXT_KIND, LinkKey, Member
from screening.links.profile import COMMON_ABOVE, Profile, profile_of
from screening.ports import Clock, KeyRead, LinkStore
from screening.workflows.campaigns import Campaigns
from screening.workflows.records import PostKey
from screening.workflows.side_by_side import side_by_side

MAX_ATTEMPTS = 8
LEAST_PROFILED = 2
COMMON_FOR = timedelta(days=31)
"""A key that belongs to everybody is left alone for a month; then it is counted anew, from nothing."""
MOST_REQUEUED = 200
"""Posts that are assessed anew the same minute when a profile crosses a threshold (design, step 6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A key's profile with the batch in it, and the posts under the key where it now says more than it did."""

    profile: Profile | None
    says_more_of: tuple[PostKey, ...] = ()


class Profiles:
    """Safe to call from several processes at once, and again with the same members."""

    def __init__(self, *, store: LinkStore, clock: Clock, campaigns: Campaigns, threads: int) -> None:
        self._store = store
        self._clock = clock
        self._campaigns = campaigns
        self._threads = threads

    def grow(
        self, came: Mapping[LinkKey, Sequence[Member]], reads: Mapping[LinkKey, KeyRead], expires: datetime
    ) -> dict[LinkKey, Grown | TransientError]:
        """What became of each key's profile; the error where it couldn't be written for now.

        Args:
            came: the members of a batch by key.
            reads: what stands under each key, read after those memberships were written.
        """
        grown: dict[LinkKey, Grown | TransientError] = {key: Grown(profile=None) for key in came}
        wanting = [key for key, members in came.items() if _wants_profile(key, members, reads[key])]
        let_go: list[LinkKey] = []
        for key, found in side_by_side(
            lambda key: self._grow(key, came[key], reads[key], expires), wanting, threads=self._threads
        ):
            if found is None:
                let_go.append(key)
            else:
                grown[key] = found
        # What stops tying is rare, and takes campaigns apart that several keys held together: one after the other.
        work = partial(self._let_go, came=came, reads=reads, expires=expires)
        return grown | dict(side_by_side(work, let_go, threads=1))

    def _let_go(
        self,
        key: LinkKey,
        *,
        came: Mapping[LinkKey, Sequence[Member]],
        reads: Mapping[LinkKey, KeyRead],
        expires: datetime,
    ) -> Grown:
        found = self._grow(key, came[key], reads[key], expires, may_let_go=True)
        assert found is not None
        return found

    def _grow(
        self, key: LinkKey, came: Sequence[Member], read: KeyRead, expires: datetime, *, may_let_go: bool = False
    ) -> Grown | None:
        """A key of one post has no profile; one of texts only once its page is full. None where the key would stop tying, and wasn't let to."""
        for _ in range(MAX_ATTEMPTS):
            if not _wants_profile(key, came, read):
                return Grown(profile=None)
            before = read.profile
            if before and before.common:
                return Grown(profile=before)  # it became so since this batch read it, and is counted no more
            # The first profile holds everybody who came while there was none; later ones add themselves.
            beside = read.members if before or not read.full else self._store.members_of(key, limit=COMMON_ABOVE + 1)
            joined = profile_of([*came, *beside])
            assert joined is not None
            after = before.joined(joined) if before else joined
            if after == before:
                return Grown(profile=after)
            lets_go = key.ties and after.ties_nothing and not (before and before.ties_nothing)
            if lets_go and not may_let_go:
                return None
            until = min(expires, self._clock.now() + COMMON_FOR) if after.common else expires
            if self._store.write_profile(key, after, expected_revision=read.revision, expires=until):
                says_more_of = self._says_more_of(key, came, read, after)
                if lets_go:
                    self._campaigns.take_apart(key, expires)
                if after.common:
                    self._store.clear_key(key)
                return Grown(profile=after, says_more_of=says_more_of)
            read = self._store.read_keys([key])[key]
        raise TransientError("a link profile kept changing")

    def _says_more_of(self, key: LinkKey, came: Sequence[Member], read: KeyRead, after: Profile) -> tuple[PostKey, ...]:
        """The posts under a key whose profile says more than it did without the batch; its own posts may be among them."""
        posts = {member.post for member in came}
        before = read.profile or profile_of(member for member in read.members if member.post not in posts)
        if not says_more(signs_of_key(key.kind, before) if before else (), signs_of_key(key.kind, after)):
            return ()
        under = self._store.members_of(key, limit=MOST_REQUEUED + len(came)) if read.full else read.members
        return tuple(dict.fromkeys(member.post for member in under))

    def rebuild(self, key: LinkKey, expires: datetime) -> None:
        """The profile made anew from the memberships that are left. Raises TransientError."""
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


def says_more(before: Iterable[NetworkSign], after: Iterable[NetworkSign]) -> bool:
    """Whether a sign appeared or grew stronger; counts alone change nothing."""
    order = ("weak", "medium", "strong")
    known = {sign.indicator: order.index(sign.strength) for sign in strongest_of_each(before)}
    return any(order.index(sign.strength) > known.get(sign.indicator, -1) for sign in strongest_of_each(after))


def _wants_profile(key: LinkKey, came: Sequence[Member], read: KeyRead) -> bool:
    if read.profile is not None:
        return True
    if key.kind == TEXT_KIND:
        return read.full
    return len({member.post for member in (*came, *read.members)}) >= LEAST_PROFILED
