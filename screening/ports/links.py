"""What ties posts together: memberships, profiles, campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from screening.links.known_items import KnownItem
from screening.links.member import LinkKey, Member
from screening.links.profile import Profile
from screening.ports.common import Refused
from screening.workflows.records import (
    PostKey,
)


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


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of a post beside its memberships."""

    erased: bool = False  # not to be linked again
    rooted: Rooted | None = None


class LinkStore(Protocol):
    """Memberships are the truth; profiles and roots are made from them. Every read is strongly consistent but `standing`."""

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

    def went_into(self, root: str) -> str | None:
        """The campaign that a root's went into straight; None where into none."""
        ...

    def merged_into(self, root: str) -> str:
        """Where a root's campaign went; itself where nowhere."""
        ...

    def history(self, root: str) -> tuple[CampaignEvent, ...]:
        """What became of a campaign, in the order of (at, what, other)."""
        ...

    def put_tombstone(self, post: PostKey, *, expires: datetime) -> None: ...

    def tombstoned(self, posts: Sequence[PostKey]) -> frozenset[PostKey]: ...

    def standing(self, posts: Sequence[PostKey]) -> dict[PostKey, Standing]:
        """`tombstoned` and `roots` in one look, every post. A root may be a moment old; tombstones are all there."""
        ...

    def put_known(self, key: LinkKey, item: KnownItem) -> None: ...
