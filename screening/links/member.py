"""A post as the link store sees it: under which keys it stands, and the few facts that posts are compared by. No text, no contact.

A membership (key, member) is written blindly and twice does no harm: memberships are the only truth, and everything else
(profiles, campaigns) is made from them in any order.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from screening.links.text_sketch import TextSketch, unpacked
from screening.posts.post import PostKind

CONTACT_KINDS = frozenset(
    {"phone", "email", "telegram", "viber", "whatsapp", "signal", "facebook", "instagram", "url", "iban", "wallet"}
)
"""Contacts tie the posts that share them: an applicant would reach the same person."""
TEXT_KIND = "text"
"""Bands of the text: posts under one are candidates, tied once their sketches say so."""
NOTED_KINDS = frozenset({"registration", "account", "name", "site", "image"})
"""Shared by many posts of an honest employer, agency or photo library: profiled, but they tie nothing by themselves."""
_TEXT_PAGE, _CONTACT_PAGE, _NOTED_PAGE = 16, 10, 3
_MOST_KEYS = 24
_DIGEST = 20
"""Hex digits of a key, 80 bits: among a thousand million keys two fall together with probability 4e-7."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, order=True)
class LinkKey:
    """`digest` is the keyed hash of the value, `key_id` names the hashing key, so that keys can be rotated."""

    kind: str
    key_id: str
    digest: str

    @property
    def text(self) -> str:
        return f"{self.key_id}#{self.kind}#{self.digest}"

    @classmethod
    def of_fingerprint(cls, kind: str, fingerprint: str) -> LinkKey:
        key_id, _, digest = fingerprint.partition(":")
        return cls(kind, key_id, digest[:_DIGEST])

    @staticmethod
    def read(text: str) -> LinkKey:
        """Remembered: the members of a page bear the same keys over and over."""
        return _read_key(text)

    @property
    def ties(self) -> bool:
        return self.kind in CONTACT_KINDS

    @property
    def page(self) -> int:
        """How many members are read at once: copies are compared one by one, of a contact any one will do, and what is
        noted alone needs to be known to be shared. The profile tells the rest."""
        return _TEXT_PAGE if self.kind == TEXT_KIND else _CONTACT_PAGE if self.ties else _NOTED_PAGE


@lru_cache(maxsize=1 << 16)
def _read_key(text: str) -> LinkKey:
    key_id, kind, digest = text.split("#")
    return LinkKey(kind, key_id, digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One version of a post. Hashed facts are short keyed hashes: equal or not is all that they tell; "" is not stated."""

    platform: str
    id: str
    version: str
    day: int  # days since 1970 UTC of the post's own time, else of its reception
    kind: PostKind
    keys: tuple[LinkKey, ...]
    dated: bool = True  # `day` is the post's own: bursts are counted over such alone
    language: str = ""
    country: str = ""  # of work
    place: str = ""  # hashed
    sector: str = ""  # first two digits of ISCO-08
    employer: str = ""  # hashed
    licensed: bool = False  # claims an agency's licence, or comes from a public employment service
    title: str = ""  # hashed
    exact: str = ""  # hash of the slotted text
    pay: int | None = None  # EUR a month, the upper end of what is stated
    sketch: TextSketch | None = None

    @property
    def post(self) -> tuple[str, str]:
        return self.platform, self.id

    @property
    def identity(self) -> str:
        """16 hex digits that name the post, spread evenly: order by it is a random order."""
        return short_hash(f"{self.platform}\x1f{self.id}")

    @property
    def contacts(self) -> tuple[LinkKey, ...]:
        return tuple(key for key in self.keys if key.kind in CONTACT_KINDS)

    def under(self, key: LinkKey) -> Member:
        """As it is kept under `key`: with the sketch under bands alone, which keeps the others small."""
        return self if key.kind == TEXT_KIND or self.sketch is None else replace(self, sketch=None)

    def with_sketch(self, sketch: TextSketch) -> Member:
        return replace(self, sketch=sketch)

    def to_json(self) -> str:
        """Compact: a membership must stay below 1 kB, one write unit of the table."""
        facts: dict[str, Any] = {
            "d": self.day, "t": self.kind, "k": [key.text for key in self.keys], "l": self.language, "c": self.country,
            "p": self.place, "s": self.sector, "e": self.employer, "a": int(self.licensed), "h": self.title,
            "x": self.exact, "m": self.pay, "u": int(not self.dated),
        }  # fmt: skip
        if self.sketch:
            facts["w"] = base64.b64encode(self.sketch.packed()).decode("ascii")
        return json.dumps({name: value for name, value in facts.items() if value}, separators=(",", ":"))

    @staticmethod
    def from_json(platform: str, post_id: str, version: str, text: str) -> Member:
        """Remembered: a batch reads the same members under several keys."""
        return _read_member(platform, post_id, version, text)


@lru_cache(maxsize=1 << 14)
def _read_member(platform: str, post_id: str, version: str, text: str) -> Member:
    facts = json.loads(text)
    exact = facts.get("x", "")
    return Member(
        platform=platform, id=post_id, version=version, day=facts.get("d", 0), kind=facts["t"],
        keys=tuple(LinkKey.read(key) for key in facts.get("k", ())), language=facts.get("l", ""),
        country=facts.get("c", ""), place=facts.get("p", ""), sector=facts.get("s", ""),
        employer=facts.get("e", ""), licensed=bool(facts.get("a")), title=facts.get("h", ""), exact=exact,
        pay=facts.get("m"), dated=not facts.get("u"), sketch=unpacked(base64.b64decode(facts["w"]), exact) if "w" in facts else None,
    )  # fmt: skip


def bounded_keys(keys: list[LinkKey]) -> tuple[LinkKey, ...]:
    """Each key once, bands and contacts first, at most 24: a post with a hundred addresses must not cost a hundred writes."""
    order = {TEXT_KIND: 0, **dict.fromkeys(CONTACT_KINDS, 1)}
    return tuple(sorted(dict.fromkeys(keys), key=lambda key: order.get(key.kind, 2))[:_MOST_KEYS])


def short_hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def day_number(moment: datetime) -> int:
    return (moment.astimezone(UTC) - _EPOCH).days


def day_text(day: int) -> str:
    """YYYY-MM-DD of a day number."""
    return (_EPOCH + timedelta(days=day)).date().isoformat()
