"""Feed format `generic`: generic posts as one JSON object, a list, JSON lines, or CSV with a header of field names."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from screening.posts.feed_format import FeedFormat, ItemContext
from screening.posts.generic import DEFAULT_PLATFORM, GENERIC_FIELDS, LENIENT_ALIASES, read_generic
from screening.posts.payload import NOT_JSON, BrokenItem, Payload
from screening.posts.post import Post

LIST_KEYS = ("posts", "items", "offers", "jobs", "results", "data")
_TELLING = (GENERIC_FIELDS | LENIENT_ALIASES.keys()) - {"id", "status", "kind", "platform"}


def _recognises(payload: Payload) -> bool:
    item = payload.first_json_object(*LIST_KEYS)
    if isinstance(item, Mapping):
        return bool(_TELLING & item.keys()) or ("id" in item and item.get("status") == "withdrawn")
    if payload.value is NOT_JSON:
        return _has_csv_header(payload)
    return _has_items(payload)


def _has_items(payload: Payload) -> bool:
    """Of a list without any object: whether it holds something, so that each of it is refused by itself."""
    value = payload.value
    if isinstance(value, Mapping):
        value = next((value[key] for key in LIST_KEYS if isinstance(value.get(key), list)), None)
    return isinstance(value, list) and bool(value)


def _has_csv_header(payload: Payload) -> bool:
    from screening.posts.csv_rows import header_of

    header, separator, rest = payload.head.partition("\n")
    columns = header_of(header)
    return bool(separator and rest and len(columns) > 1 and _TELLING & {column.casefold() for column in columns})


def _split(payload: Payload) -> Iterator[Any]:
    if payload.value is NOT_JSON and payload.head[:1] not in ("{", "[") and not payload.is_json_lines:
        from screening.posts.csv_rows import csv_rows

        rows = csv_rows(io.StringIO(payload.text, newline=""), payload.source)
        return (
            BrokenItem(f"{payload.source}, line {line}: {row.reason}") if isinstance(row, BrokenItem) else row
            for line, row in rows
        )
    return payload.json_items(*LIST_KEYS)


def _read(item: Any, context: ItemContext) -> Post:
    return read_generic(
        item,
        platform=None if context.platform_is_default else context.platform,
        default_platform=context.platform or DEFAULT_PLATFORM,
        default_id=context.default_id,
        strict=context.strict,
    )


FORMAT = FeedFormat(
    name="generic",
    description="Generic posts: a JSON object, a list, JSON lines, or CSV with a header of field names",
    recognises=_recognises,
    split=_split,
    read=_read,
)
