"""A post: one job, accommodation or transport offer as a platform published it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

PostKind = Literal["job", "accommodation", "transport"]
PostStatus = Literal["published", "withdrawn"]
PayPeriod = Literal["hour", "day", "shift", "week", "month", "rotation", "year", "piece"]
PayBasis = Literal["gross", "net"]

MAX_DESCRIPTION_CHARS = 100_000
"""Longer descriptions are cut here and marked `truncated`; scoring time is linear in length up to it."""
MAX_TITLE_CHARS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Salary:
    """Pay as the platform's own fields state it; what the text says is read by `signals.pay`."""

    text: str = ""
    min: float | None = None
    max: float | None = None
    currency: str | None = None  # ISO 4217
    period: PayPeriod | None = None
    basis: PayBasis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """The account behind a post, as far as the platform tells."""

    id: str | None = None
    created_at: datetime | None = None
    verified: bool | None = None
    kind: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    prior_removals: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformSignal:
    """A platform's own finding: usable in rule packs, never sent to partners, never enough alone."""

    name: str
    value: str | float | bool
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One offer. Text fields hold plain text: readers have turned HTML into it, and evidence offsets count its code points.

    `hidden_text` is what the HTML hid from the eye; it is read for contacts and signs of disguise, never quoted as
    what an applicant saw. `truncated` marks a title alone or a cut text, on which absence proves nothing.
    """

    platform: str
    id: str
    kind: PostKind = "job"
    status: PostStatus = "published"
    title: str = ""
    description: str = ""
    company: str = ""
    country: str | None = None  # place of work, ISO 3166-1 alpha-2
    city: str = ""
    salary: Salary | None = None
    contract: str = ""  # type of contract or employment in the platform's words
    category: str = ""  # the platform's own category or profession
    url: str = ""
    posted_at: datetime | None = None
    updated_at: datetime | None = None
    expires_at: datetime | None = None
    language: str | None = None  # as the platform says, ISO 639-1; only a hint
    contacts: tuple[str, ...] = ()
    poster: Poster | None = None
    signals: tuple[PlatformSignal, ...] = ()
    images: tuple[str, ...] = ()
    truncated: bool = False
    hidden_text: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_generic(cls, mapping: Mapping[str, Any], *, platform: str | None = None) -> Post:
        """Read a generic post (docs/post-format.md).

        Raises:
            InvalidPostError: naming the field and the reason.
        """
        from screening.posts.generic import read_generic  # the reader imports this module

        return read_generic(mapping, platform=platform)

    @property
    def key(self) -> str:
        return f"{self.platform}/{self.id}"

    def content_hash(self) -> str:
        """SHA-256 (hex) over what an applicant can read or use: the same content gives the same hash on any machine."""
        parts = [
            self.kind, self.status, self.title, self.description, self.company, self.country or "", self.city,
            repr(self.salary) if self.salary else "", self.contract, self.category, self.url,
            _iso(self.expires_at), "\x1f".join(self.contacts), "\x1f".join(self.images),
        ]  # fmt: skip
        return hashlib.sha256("\x1e".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def field_text(self, name: str) -> str:
        """The text of a field that evidence can point into: title, description, company, salary or contract.

        Raises:
            KeyError: for any other name, which is a bug of the caller.
        """
        if name == "salary":
            return self.salary.text if self.salary else ""
        return {
            "title": self.title,
            "description": self.description,
            "company": self.company,
            "contract": self.contract,
        }[name]


def _iso(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat() if moment else ""
