"""What reading gives for each item of a payload: a post, something left out, or something refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from screening.errors import InvalidPostError, NotAnOfferError
from screening.posts.feed_format import FeedFormat, ItemContext
from screening.posts.payload import BrokenItem, text_at
from screening.posts.post import Post

_MAX_ID_SHOWN = 512


@dataclass(frozen=True, slots=True)
class ReadPost:
    """A post; `index` is its place among the items, from 0."""

    post: Post
    index: int

    @property
    def has_row_number(self) -> bool:
        """Whether the post's id is its number among the items, as one without an id of its own gets it."""
        return self.post.id == str(self.index + 1)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item that is readable but no offer; `id` is "" where it has none. `where` names file and line, if it is from a file."""

    index: int
    id: str
    reason: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.where or f'item {self.index + 1}'}{f' ({self.id})' if self.id else ''}: left out: {self.reason}"


@dataclass(frozen=True, slots=True)
class Refused:
    """An item that can't be read, with the field at fault and the reason; never shows the item's content."""

    index: int
    id: str
    field: str
    reason: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.where or f'item {self.index + 1}'}{f' ({self.id})' if self.id else ''}: field '{self.field}': {self.reason}"


type ReadItem = ReadPost | LeftOut | Refused


def read_items(
    feed_format: FeedFormat,
    items: Iterable[tuple[str, Any]],
    *,
    platform: str | None,
    strict: bool,
    number_ids: bool,
    default_platform: str | None = None,
) -> Iterator[ReadItem]:
    """Each (where, item) read by itself: a bad one never stops the rest.

    `platform` wins over what a generic post says, `default_platform` stands where it says nothing. With `number_ids`, an item without an id gets its row number, counted from 1.
    """
    for index, (where, item) in enumerate(items):
        context = ItemContext(
            platform=platform or default_platform, platform_is_default=not platform,
            default_id=str(index + 1) if number_ids else None, strict=strict,
        )  # fmt: skip
        if isinstance(item, BrokenItem):
            yield Refused(index, "", "item", item.reason, where)
            continue
        try:
            yield ReadPost(feed_format.read(item, context), index)
        except NotAnOfferError as error:
            yield LeftOut(index, error.item or _id_of(item), error.reason, where)
        except InvalidPostError as error:
            yield Refused(index, error.item or _id_of(item), error.field, error.reason, where)


def _id_of(item: object) -> str:
    return text_at(item, "id")[:_MAX_ID_SHOWN] if isinstance(item, Mapping) else ""
