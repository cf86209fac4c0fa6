"""Which posts are tied, by what, and how strongly: pure functions of memberships, the same in any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from screening.links.member import LinkKey, Member
from screening.links.text_sketch import similarity

TieKind = Literal["contact", "exact_text", "near_copy", "same_template"]
TieStrength = Literal["strong", "medium"]

NEAR_COPY = 0.84
"""Estimated overlap of the slotted word 5-grams. On the frauds of EMSCAD it finds 98 % of the pairs whose texts as written
overlap by 0.8, and 98 % of what it ties is such a pair (docs/evaluation.md, "Campaigns"); 96 hashes err by 0.04."""
SAME_TEMPLATE = 0.55
"""Half of the word 5-grams of a long text are not shared by chance: a template with parts rewritten or left out."""
TEMPLATE_SHINGLES = 30
"""Below so many shingles, half of them may be one stock sentence ("we offer stable work and pay on time")."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two posts and why they are one; `other` is the member met under a key."""

    kind: TieKind
    strength: TieStrength
    key: LinkKey | None  # the shared contact; None for texts, whose bands tell nothing to a reader
    other: Member
    similarity: float | None = None


def tie_between(one: Member, other: Member, key: LinkKey) -> Tie | None:
    """The tie of two posts that stand under `key`; None where the key ties nothing, or their texts differ after all."""
    if key.ties:
        return Tie("contact", "strong", key, other)
    kind = copy_kind(one, other)
    if kind is None:
        return None
    assert one.sketch is not None and other.sketch is not None
    strength: TieStrength = "medium" if kind == "same_template" else "strong"
    return Tie(kind, strength, None, other, similarity(one.sketch, other.sketch))


def copy_kind(one: Member, other: Member) -> TieKind | None:
    """How the texts of two posts are copies of each other, None where they aren't."""
    if one.sketch is None or other.sketch is None:
        return None
    if one.exact == other.exact:
        return "exact_text"
    alike = similarity(one.sketch, other.sketch)
    if alike >= NEAR_COPY:
        return "near_copy"
    if alike >= SAME_TEMPLATE and min(one.sketch.shingles, other.sketch.shingles) >= TEMPLATE_SHINGLES:
        return "same_template"
    return None


def ties_under(key: LinkKey, one: Member, others: Iterable[Member]) -> Iterator[Tie]:
    """Ties of `one` to the other posts under a key; versions of the same post are no tie."""
    for other in others:
        if other.post != one.post and (tie := tie_between(one, other, key)):
            yield tie


def copies_of(one: Member, members: Iterable[Member]) -> list[Member]:
    """Near-copies and exact copies among `members`, one version a post, in the order of their posts; `one` itself left out."""
    found: dict[tuple[str, str], Member] = {}
    # The same copy stands under every band: it is compared once.
    for other in {(other.post, other.version): other for other in members}.values():
        if other.post != one.post and copy_kind(one, other) in ("exact_text", "near_copy"):
            known = found.get(other.post)
            if known is None or other.version < known.version:
                found[other.post] = other
    return [found[post] for post in sorted(found)]
