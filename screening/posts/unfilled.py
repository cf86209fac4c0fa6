"""Whether a file of generic posts fills the fields that are read: columns under other names would leave titles alone, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from screening.errors import UnreadableInputError
from screening.posts.generic import GENERIC_FIELDS, field_named
from screening.posts.read_item import ReadItem, ReadPost, Refused

_MAX_ITEMS_WATCHED = 100
_MAX_COLUMNS_SHOWN = 20
_MAX_NAME_SHOWN = 60
_MAX_DEPTH = 3
_SUFFICE = frozenset({"title", "description", "images", "status"})
"""A file of withdrawn posts needs their ids and status alone."""
MAP_HOW = "say which column is which: --map title=COLUMN,description=COLUMN (docs/post-format.md)"


def check_header(columns: Iterable[str], source: str) -> None:
    """Raises UnreadableInputError where no column of a CSV can make a post."""
    columns = list(columns)
    if not _SUFFICE & {field_named(column) for column in columns}:
        raise UnreadableInputError(
            source, f"no column holds a title or description; its columns are {_listed(columns)}: {MAP_HOW}", line=1
        )


class Unfilled:
    """Watches the items of a file as they pass; `doubt` says at its end what they lacked."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._columns: dict[str, None] = {}
        self._watched = self._posts = self._empty = 0
        self._described = False

    def columns_of(self, items: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
        """The items, after a look at the names of what they hold."""
        for where, item in items:
            if self._watched < _MAX_ITEMS_WATCHED and isinstance(item, Mapping):
                self._watched += 1
                self._columns.update(dict.fromkeys(_unread(item)))
            yield where, item

    def read(self, item: ReadItem) -> None:
        if isinstance(item, ReadPost):
            if item.post.description or item.post.images:
                self._described = True
            elif item.post.status == "published":
                self._posts += 1
        elif isinstance(item, Refused):
            self._empty += item.field == "description"

    @property
    def doubt(self) -> str:
        """What to tell of the file; "" where all is well."""
        if self._described or not (self._posts or self._empty):
            return ""
        if self._posts:
            lacks = f"no post has a description: {self._posts:,} were read by their titles alone, which tell little"
        else:
            lacks = "no item has a title or description"
        columns = f"; not read as text are {_listed(self._columns)}" if self._columns else ""
        return f"{self._source}: {lacks}{columns}: {MAP_HOW}"


def _unread(item: Mapping[str, Any], path: str = "", depth: int = _MAX_DEPTH) -> Iterator[str]:
    """Names of the item's texts that fill no field, those of objects in it with dots, as `--map` takes them."""
    for key, value in item.items():
        if not isinstance(key, str) or (not path and field_named(key) in GENERIC_FIELDS):
            continue
        if isinstance(value, Mapping):
            if depth > 1:
                yield from _unread(value, f"{path}{key}.", depth - 1)
        elif isinstance(value, str) and value:
            yield f"{path}{key}"


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    more = f" and {len(shown) - _MAX_COLUMNS_SHOWN} more" if len(shown) > _MAX_COLUMNS_SHOWN else ""
    return ", ".join(name[:_MAX_NAME_SHOWN] for name in shown[:_MAX_COLUMNS_SHOWN]) + more
