"""What a reader of a feed format offers: a name, a way to recognise a payload, a way to split it, a way to read one item."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from screening.posts.payload import Payload
from screening.posts.post import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemContext:
    """What a reader knows beside the item itself."""

    platform: str | None = None
    platform_is_default: bool = False  # a generic post that names its own then keeps it
    default_id: str | None = None  # for items without an id; None where one must be given
    strict: bool = True  # only the generic format is ever strict


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFormat:
    """One feed format.

    `split` gives the items in order; a `BrokenItem` marks one that can't be parsed. It raises UnreadableInputError for a
    payload that is broken as a whole. `read` raises InvalidPostError or NotAnOfferError for its one item.
    """

    name: str
    description: str
    recognises: Callable[[Payload], bool]
    split: Callable[[Payload], Iterator[Any]]
    read: Callable[[Any, ItemContext], Post]
