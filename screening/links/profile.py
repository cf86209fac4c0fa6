"""The profile of a key: how many posts, names, places, countries ... stand under it, in bounded size.

Each facet keeps the `K` values whose hashes are least (bottom-k): joining two profiles is a set operation, so that neither
order nor repetition matters, and the count of distinct values follows from the K-th hash: exact below K, with a standard
error of 1/sqrt(K - 2) = 13 % above (Cohen, Kaplan, "Summarizing data using bottom-k sketches", PODC 2007).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import NamedTuple, Self

from screening.links.member import Member, short_hash

K = 64
COMMON_ABOVE = 1_000
"""Posts under a key above which it is common (a portal's hotline, a free-mail form): it links nothing any more."""
INTERMEDIARY_NAMES = 16
"""Employers' names under a contact from which it is taken for a board, an aggregator or a large agency: whoever answers there
passes people on to many, and the posts have no more in common. A ring under nine names (the issue's example) stays below it."""
FACETS = ("row", "employer", "place", "country", "sector", "platform", "language", "contact", "kind", "title")
_LARGEST = 1 << 64


class Row(NamedTuple):
    """One post of the sample: a uniform one, since rows are kept by the hash of the post's id."""

    post: str
    day: int | None  # None where the post bears no date of its own
    language: str
    country: str
    sector: str
    kind: str
    licensed: bool
    pay: int | None


@dataclass(frozen=True, slots=True)
class Profile:
    """Per facet up to `K` values in the order of their hashes. `first` and `last` are days since 1970."""

    first: int
    last: int
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, member: Member) -> Self:
        contact = ",".join(sorted(short_hash(key.text) for key in member.contacts))
        day = str(member.day) if member.dated else ""
        pay = "" if member.pay is None else str(member.pay)
        row = (
            f"{member.identity}|{short_hash(member.version)[:4]}|{day}|{member.language}|{member.country}|"
            f"{member.sector}|{member.kind}|{int(member.licensed)}|{pay}"
        )
        values = {
            "row": row, "employer": member.employer, "place": member.place, "country": member.country,
            "sector": member.sector, "platform": member.platform, "language": member.language, "contact": contact,
            "kind": member.kind, "title": member.title,
        }  # fmt: skip
        return cls(member.day, member.day, {name: (value,) for name, value in values.items() if value})

    def joined(self, other: Profile) -> Profile:
        """Commutative, associative and idempotent (property-tested)."""
        facets = {}
        for name in FACETS:
            mine, theirs = self.facets.get(name, ()), other.facets.get(name, ())
            if theirs and not set(theirs) <= set(mine):
                facets[name] = tuple(sorted({*mine, *theirs}, key=partial(_order, name))[:K])
            elif mine:
                facets[name] = mine
        return Profile(min(self.first, other.first), max(self.last, other.last), facets)

    def distinct(self, facet: str) -> int:
        """How many distinct values were seen: exact below `K`."""
        values = self.facets.get(facet, ())
        if facet == "row":
            values = tuple(dict.fromkeys(value[:16] for value in values))
        if len(values) < K:
            return len(values)
        last = int(values[-1][:16] if facet == "row" else short_hash(values[-1]), 16)
        return round((K - 1) * _LARGEST / (last + 1))

    @property
    def size(self) -> int:
        """Posts under the key."""
        return self.distinct("row")

    @property
    def common(self) -> bool:
        return self.size > COMMON_ABOVE

    @property
    def intermediary(self) -> bool:
        return self.distinct("employer") >= INTERMEDIARY_NAMES

    @property
    def ties_nothing(self) -> bool:
        """Whether the key says no longer that its posts come from one hand."""
        return self.common or self.intermediary

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(_row(value) for value in self.facets.get("row", ()))

    @property
    def licensed(self) -> bool:
        """Whether at least half of the sampled posts claim an agency's licence or register number."""
        rows = self.rows
        return 2 * sum(row.licensed for row in rows) >= len(rows) > 0

    @property
    def busiest_day(self) -> int:
        """Posts on the busiest day, scaled up from the sample."""
        rows = self.rows
        most = max(Counter(row.day for row in rows if row.day is not None).values(), default=0)
        return round(most * self.size / len(rows)) if rows else 0

    def to_json(self) -> str:
        return json.dumps(
            {"first": self.first, "last": self.last, "facets": self.facets}, separators=(",", ":"), sort_keys=True
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        data = json.loads(text)
        return cls(data["first"], data["last"], {name: tuple(values) for name, values in data["facets"].items()})


def profile_of(members: Iterable[Member]) -> Profile | None:
    """The profile made anew from memberships, as after an erasure; None where there are none."""
    joined: Profile | None = None
    for member in members:
        joined = Profile.of(member) if joined is None else joined.joined(Profile.of(member))
    return joined


def _order(facet: str, value: str) -> tuple[str, str]:
    # A row begins with the hash of its post, so that the sample is one of posts, with every version of those it holds.
    return (value[:16], value) if facet == "row" else (_remembered_hash(value), value)


@lru_cache(maxsize=1 << 16)
def _remembered_hash(value: str) -> str:
    """Countries, sectors and languages are a handful, and a profile is sorted with every post that joins it."""
    return short_hash(value)


def _row(value: str) -> Row:
    post, _, day, language, country, sector, kind, licensed, pay = value.split("|")
    return Row(
        post, int(day) if day else None, language, country, sector, kind, licensed == "1", int(pay) if pay else None
    )
