"""What hangs together among posts that join, by ties alone: pure functions of what was read under their keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from screening.links.clusters import Union, root_of
from screening.links.member import TEXT_KIND, LinkKey, Member
from screening.links.ties import ties_under
from screening.ports import KeyRead, Rooted
from screening.workflows.records import PostKey

Version = tuple[PostKey, str]
Lowered = tuple[Rooted | None, Rooted]
"""A post's place as it stood before, and as it stands."""
MOST_WALKED = 200
"""Versions whose root one post may lower: a merge of larger campaigns is finished by the posts that come later."""


@dataclass(frozen=True, slots=True)
class Joining:
    """A version of a post, and what stands under its keys, read after its memberships were written."""

    member: Member
    reads: Mapping[LinkKey, KeyRead]


@dataclass(slots=True)
class Part:
    """Versions that hang together: those of `own` posts that join, those that they are tied to, and what is reached from them."""

    members: dict[Version, Member] = field(default_factory=dict)
    crowd: dict[Version, Member] = field(default_factory=dict)  # under their contacts, beyond what one page holds
    own: set[PostKey] = field(default_factory=set)
    root: str = ""  # that all of them are to bear
    roots: dict[PostKey, Rooted] = field(default_factory=dict)  # what the posts bear, as far as is known
    reached: dict[Version, Member] = field(default_factory=dict)
    keys: dict[PostKey, frozenset[LinkKey]] = field(default_factory=dict)  # of what is reached, nearest posts first
    fresh: list[PostKey] = field(default_factory=list)  # not looked around from
    lowered: dict[PostKey, Lowered] = field(default_factory=dict)  # at once with other parts' posts
    strangers: set[PostKey] = field(default_factory=set)  # that had no root, and weren't to be joined by themselves
    beaten: bool = False  # somebody set a lower root meanwhile
    noted: set[tuple[str, str]] = field(default_factory=set)  # which root went into which, in every attempt

    def begin(self, roots: Mapping[PostKey, Rooted]) -> None:
        """Start from what joins, with the roots as they stand now."""
        every = self.members | self.crowd
        known = {post: roots[post] for post, _ in every if post in roots}
        self.root = min(*map(root_of, every.values()), *(rooted.root for rooted in known.values()))
        # Most of a crowd bears the root already, and nothing is to be done about it.
        strangers = (v for v in self.crowd if v not in self.members and not _bears(known.get(v[0]), self.root))
        room = max(0, MOST_WALKED * len(self.own) - len(self.members))
        self.reached = self.members | {version: self.crowd[version] for version in islice(strangers, room)}
        self.keys = keys_by_post(self.reached.values())
        self.roots = {post: known[post] for post in self.keys if post in known}
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


def crowded_contacts(wanted: Iterable[Joining]) -> dict[LinkKey, Joining]:
    """Contacts of more posts than a page holds, each with one of those that join.

    A page is read from one end: where many join at once, from one batch or from several, it may hold those alone, and what
    stood there before would be tied to none of them.
    """
    crowded: dict[LinkKey, Joining] = {}
    for each in wanted:
        for key, read in each.reads.items():
            if key.ties and read.full and still_ties(key, read):
                crowded.setdefault(key, each)
    return crowded


def parts_of(wanted: Sequence[Joining], crowds: Iterable[tuple[Member, Sequence[Member]]] = ()) -> list[Part]:
    """What hangs together among the versions that join and those they are tied to; what is tied to nothing is left out.

    Args:
        crowds: a member that joins, with others under a crowded contact of it.
    """
    union = Union()
    ties = [(each.member, tied) for each in wanted if (tied := tied_to(each.member, each.reads))]
    around = [(member, crowd) for member, crowd in crowds if any(other.post != member.post for other in crowd)]
    for member, others in (*((member, tied.values()) for member, tied in ties), *around):
        for other in (member, *others):
            union.add(other.post, root_of(other))
            union.join(member.post, other.post)
    parts: defaultdict[PostKey, Part] = defaultdict(Part)
    for member, tied in (*ties, *((member, {}) for member, _ in around)):
        part = parts[union.find(member.post)]
        part.own.add(member.post)
        for other in (*tied.values(), member):
            part.members.setdefault((other.post, other.version), other)
    for member, crowd in around:
        parts[union.find(member.post)].crowd |= {(other.post, other.version): other for other in crowd}
    return list(parts.values())


def _bears(rooted: Rooted | None, root: str) -> bool:
    return rooted is not None and rooted.root == root


def keys_by_post(members: Iterable[Member]) -> dict[PostKey, frozenset[LinkKey]]:
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
