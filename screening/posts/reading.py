"""Reads a payload in any known feed format into posts: the public way in for the API, the queue and scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from screening.errors import UnreadableInputError
from screening.posts.feed_format import FeedFormat
from screening.posts.formats import FORMATS
from screening.posts.generic_feed import LIST_KEYS
from screening.posts.payload import NOT_JSON, Payload
from screening.posts.read_item import LeftOut, ReadItem, ReadPost, Refused, read_items

__all__ = ["FORMATS", "LeftOut", "ReadItem", "ReadPost", "Refused", "format_named", "read_payload", "recognise"]

type Content = bytes | str | Mapping[str, Any] | list[Any]


def read_payload(
    payload: Content,
    *,
    format: str = "auto",  # noqa: A002
    platform: str | None = None,
    source: str = "payload",
) -> Iterator[ReadItem]:
    """Posts of a payload in order, each item by itself: a bad or left out one never stops the rest.

    One pasted text is read only where `format` says so: a machine that sends something else would never learn of its mistake.
    `platform` wins over what the items say. `source` names the payload in errors. Generic posts are read strictly: a value
    that doesn't fit its field refuses the post, naming field and reason.

    Raises:
        UnreadableInputError: at the first step, for an unknown format or a payload that is broken as a whole; later, where
            a streamed payload breaks off.
    """
    content = Payload(payload, source)
    feed_format = recognised(content) if format == "auto" else format_named(format, source)
    items = (("", item) for item in feed_format.split(content))
    yield from read_items(feed_format, items, platform=platform, strict=True, number_ids=False)


def recognise(payload: Content) -> str | None:
    """The name of the first format that recognises the payload; None where none does."""
    content = Payload(payload)
    return next((name for name, feed_format in FORMATS.items() if feed_format.recognises(content)), None)


def recognised(payload: Payload, *, pasted_text: bool = False) -> FeedFormat:
    """The format of a payload; one pasted text is a guess, made only where it is allowed.

    Raises:
        UnreadableInputError: where no format recognises it.
    """
    for feed_format in FORMATS.values():
        if feed_format.recognises(payload) and (pasted_text or feed_format is not FORMATS["pasted_text"]):
            return feed_format
    if payload.head[:1] in ("{", "[") and payload.value is NOT_JSON and not payload.is_json_lines:
        raise payload.json_error()
    _ = payload.text  # where bytes are no text in their encoding, that is the better reason
    known = f"name one of {', '.join(FORMATS)}"
    if isinstance(payload.value, Mapping):
        keys = ", ".join(str(key)[:60] for key in list(payload.value)[:20]) or "none"
        known = (
            f"its keys are {keys}, where posts are read from a list under {', '.join(LIST_KEYS)}; rename it, or {known}"
        )
    raise UnreadableInputError(payload.source, f"its format was not recognised; {known}")


def format_named(name: str, source: str = "format") -> FeedFormat:
    """A format by name; "schema-org" is the same as "schema_org".

    Raises:
        UnreadableInputError: listing the known names.
    """
    feed_format = FORMATS.get(name.strip().lower().replace("-", "_"))
    if feed_format is None:
        raise UnreadableInputError(source, f"unknown format '{name}'; known are {', '.join(FORMATS)}")
    return feed_format
