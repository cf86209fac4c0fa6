"""Filters of the queue that a person keeps under a name: theirs alone, at most twenty, forgotten a year after their last use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from screening.errors import PermissionDeniedError
from screening.fields import Fields, rfc3339

MOST_SAVED = 20
LONGEST_NAME = 40
KEPT_UNUSED = timedelta(days=365)
USE_NOTED_AFTER = timedelta(days=30)
"""A use is written down once a month, not at every look at the queue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilter:
    """`chosen` are the filters that are set, by name, as the queue's address has them. `begins`: an unfiltered look at the
    team's queue begins with it."""

    name: str
    team: str
    chosen: tuple[tuple[str, str], ...]
    used_at: datetime
    begins: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Names are a team's own."""
        return self.team, self.name

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name, "team": self.team, "chosen": dict(self.chosen), "used_at": rfc3339(self.used_at),
            "begins": self.begins,
        }  # fmt: skip

    @classmethod
    def read(cls, item: object) -> SavedFilter:
        """Raises PermanentError naming the field."""
        fields = Fields(item, "saved filter")
        chosen = fields.mapping("chosen")
        return cls(
            name=fields.text("name"), team=fields.text("team"), used_at=fields.moment("used_at"),
            chosen=tuple((name, str(value)) for name, value in chosen.items()), begins=fields.flag("begins"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilters:
    """What one person keeps, of all their teams."""

    filters: tuple[SavedFilter, ...] = ()
    revision: int = 0

    @property
    def beginning(self) -> SavedFilter | None:
        """The first that begins a queue: of one team there is one at most."""
        return next((one for one in self.filters if one.begins), None)

    def of_team(self, team: str) -> SavedFilters:
        return replace(self, filters=tuple(one for one in self.filters if one.team == team))

    def kept(self, one: SavedFilter) -> SavedFilters:
        """With this filter in the place of the team's of the same name, which goes on beginning the queue where that one did.

        Raises:
            PermissionDeniedError: it has no name, sets nothing, or there is no room.
        """
        if not one.name or len(one.name) > LONGEST_NAME or not one.name.isprintable():
            raise PermissionDeniedError(f"saved filter: needs a name of 1 to {LONGEST_NAME} characters")
        if not one.chosen:
            raise PermissionDeniedError("saved filter: no filter is set that could be kept")
        others = tuple(other for other in self.filters if other.key != one.key)
        if len(others) >= MOST_SAVED:
            raise PermissionDeniedError(f"saved filter: at most {MOST_SAVED} are kept; delete one first")
        begins = any(other.begins for other in self.filters if other.key == one.key)
        ordered = sorted((*others, replace(one, begins=begins)), key=lambda each: each.name.casefold())
        return replace(self, filters=tuple(ordered))

    def without(self, team: str, name: str) -> SavedFilters:
        return replace(self, filters=tuple(one for one in self.filters if one.key != (team, name)))

    def beginning_with(self, team: str, name: str) -> SavedFilters:
        """With another filter to begin the team's queue with; none where none of this name is kept."""
        return replace(self, filters=tuple(
            replace(one, begins=one.name == name) if one.team == team else one for one in self.filters
        ))  # fmt: skip

    def alive(self, now: datetime) -> SavedFilters:
        """Without what wasn't used for a year."""
        return replace(self, filters=tuple(one for one in self.filters if one.used_at + KEPT_UNUSED > now))

    def to_dict(self) -> dict[str, Any]:
        return {"filters": [one.to_dict() for one in self.filters]}

    @classmethod
    def read(cls, data: object, *, revision: int) -> SavedFilters:
        """Raises PermanentError naming the field."""
        return cls(filters=Fields(data, "saved filters").each("filters", SavedFilter.read), revision=revision)
