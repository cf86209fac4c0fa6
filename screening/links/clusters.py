"""Campaigns from memberships: connected posts, a stable name, what ties them, and how they came about.

A campaign is named after its oldest post (least day, then least hash), so that the name follows from who is in it and
neither from order nor from who computed it. Where two campaigns meet, the older name stays; `History` remembers the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from screening.links.member import TEXT_KIND, LinkKey, Member
from screening.links.profile import profile_of
from screening.links.ties import Tie, TieKind, TieStrength, tie_between

PostName = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CampaignTie:
    """How many posts of a campaign hang together by one kind of tie."""

    kind: str  # phone, email, ... for contacts; exact_text, near_copy, same_template
    strength: TieStrength
    posts: int

    def to_dict(self) -> dict[str, object]:
        return {"kind": self.kind, "strength": self.strength, "posts": self.posts}


@dataclass(frozen=True, slots=True)
class Campaign:
    campaign: str
    members: tuple[Member, ...]  # one version a post, ordered by day and post
    ties: tuple[CampaignTie, ...]

    @property
    def size(self) -> int:
        return len(self.members)


def root_of(member: Member) -> str:
    """The place of a post in the order of age: the least root of a campaign names it."""
    return f"{max(member.day, 0):06d}{member.identity}"


def campaign_id(root: str) -> str:
    """The name holds the root, so that who has the name can find the campaign."""
    return "c" + root


def root_of_id(campaign: str) -> str | None:
    """The root in a campaign's name; None where it is no name of a campaign."""
    return campaign[1:] if re.fullmatch(r"c\d{6}[0-9a-f]{16}", campaign) else None


@dataclass(slots=True)
class Union:
    """Sets that only grow together; the least root of a set names it. Deterministic in what was joined, not in the order."""

    _parent: dict[PostName, PostName] = field(default_factory=dict)
    _root: dict[PostName, str] = field(default_factory=dict)

    def add(self, post: PostName, root: str) -> None:
        if post not in self._parent:
            self._parent[post] = post
            self._root[post] = root
        else:
            # Another version of a known post may bear an earlier day.
            top = self.find(post)
            self._root[top] = min(self._root[top], root)

    def find(self, post: PostName) -> PostName:
        parent = self._parent
        while parent[post] != post:
            parent[post] = parent[parent[post]]
            post = parent[post]
        return post

    def join(self, one: PostName, other: PostName) -> None:
        first, second = self.find(one), self.find(other)
        if first == second:
            return
        if self._root[second] < self._root[first]:
            first, second = second, first
        self._parent[second] = first

    def root(self, post: PostName) -> str:
        return self._root[self.find(post)]

    def __contains__(self, post: PostName) -> bool:
        return post in self._parent


def campaigns_of(under: Iterable[tuple[LinkKey, Sequence[Member]]]) -> list[Campaign]:
    """Campaigns of two posts or more from (key, its members); the same whatever order keys and members come in.

    Common keys and those of intermediaries tie nothing (`profile`). Memory is bounded by the posts that are tied, not by the posts there are.
    """
    union = Union()
    versions: dict[tuple[PostName, str], Member] = {}
    tied: defaultdict[PostName, set[tuple[str, TieStrength]]] = defaultdict(set)
    for key, members in under:
        for one, other, tie in _ties(key, members):
            for member in (one, other):
                union.add(member.post, root_of(member))
                held = versions.get((member.post, member.version))
                if held is None or (held.sketch is None and member.sketch is not None):
                    versions[member.post, member.version] = member
                tied[member.post].add((_name(tie.kind, key), tie.strength))
            union.join(one.post, other.post)
    grouped: defaultdict[str, dict[PostName, Member]] = defaultdict(dict)
    for (post, version), member in versions.items():
        group = grouped[union.root(post)]
        if post not in group or version < group[post].version:
            group[post] = member
    return [_campaign(root, grouped[root], tied) for root in sorted(grouped)]


def _ties(key: LinkKey, members: Sequence[Member]) -> Iterator[tuple[Member, Member, Tie]]:
    """Enough ties to connect what is connected: every member to the first, for texts to the first that it is a copy of."""
    if not key.ties and key.kind != TEXT_KIND:
        return
    ordered = sorted(members, key=lambda member: (member.day, member.post, member.version))
    profile = profile_of(ordered)
    if profile is None or (profile.ties_nothing if key.ties else profile.common):
        return
    if key.ties:
        for member in ordered[1:]:
            if member.post != ordered[0].post:
                yield ordered[0], member, Tie("contact", "strong", key, member)
        return
    # Likeness is not transitive: a text belongs to every group of which it is a copy of some member.
    groups: list[dict[str, Member]] = []  # by the exact text: of equal ones one is compared
    for member in ordered:
        joined: dict[str, Member] = {member.exact: member}
        apart = []
        for group in groups:
            tie = next((tie for other in group.values() if (tie := tie_between(other, member, key))), None)
            if tie is None:
                apart.append(group)
                continue
            partner = next(other for other in group.values() if tie_between(other, member, key))
            if partner.post != member.post:
                yield partner, member, tie
            joined = {**joined, **group}
        groups = [*apart, joined]


def _name(kind: TieKind, key: LinkKey) -> str:
    return key.kind if kind == "contact" else kind


def _campaign(
    root: str, group: Mapping[PostName, Member], tied: Mapping[PostName, set[tuple[str, TieStrength]]]
) -> Campaign:
    members = tuple(sorted(group.values(), key=lambda member: (member.day, member.post)))
    counts: defaultdict[tuple[str, TieStrength], int] = defaultdict(int)
    for post in group:
        for tie in tied[post]:
            counts[tie] += 1
    ties = tuple(
        CampaignTie(kind, strength, posts)
        for (kind, strength), posts in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    return Campaign(campaign_id(root), members, ties)
