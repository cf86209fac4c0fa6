"""Identifiers tied to cases that people decided, within one operator: a hint for the next case, never a restriction.

An item lapses after 90 days unless somebody confirms it anew. Victims are made to post: an item whose contact is marked
`possible_victim` is taken out everywhere and isn't taken in again while the mark stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from screening.fields import Fields, rfc3339

Opinion = Literal["confirmed", "suspected", "disputed", "cleared", "possible_victim"]
OPINIONS: tuple[Opinion, ...] = ("confirmed", "suspected", "disputed", "cleared", "possible_victim")
LAPSES_AFTER = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItem:
    """`case` is where the opinion comes from, `source` the role that gave it (senior, ngo, police), never a name."""

    opinion: Opinion
    case: str
    source: str
    at: datetime
    expires: datetime

    @classmethod
    def given(cls, opinion: Opinion, *, case: str, source: str, at: datetime) -> KnownItem:
        return cls(opinion=opinion, case=case, source=source, at=at, expires=at + LAPSES_AFTER)

    def to_dict(self) -> dict[str, Any]:
        return {
            "opinion": self.opinion, "case": self.case, "source": self.source, "at": rfc3339(self.at),
            "expires": rfc3339(self.expires),
        }  # fmt: skip

    @classmethod
    def read(cls, item: object) -> KnownItem:
        """Raises PermanentError naming the field."""
        fields = Fields(item, "known item")
        return cls(
            opinion=fields.choice("opinion", OPINIONS), case=fields.text("case"), source=fields.text("source"),
            at=fields.moment("at"), expires=fields.moment("expires"),
        )  # fmt: skip


def current(item: KnownItem | None, *, at: datetime) -> KnownItem | None:
    """The item while it holds. A `possible_victim` mark holds until it lapses too, and says nothing about a post."""
    return item if item is not None and item.expires > at else None


def replaced(known: KnownItem | None, given: KnownItem) -> KnownItem:
    """What stands after a new opinion: a `possible_victim` mark outlasts later suspicion; otherwise the newest opinion stands."""
    if (
        known is not None
        and known.opinion == "possible_victim"
        and known.expires > given.at
        and given.opinion != "cleared"
    ):
        return known
    if known is not None and known.at > given.at:
        return known
    return given
