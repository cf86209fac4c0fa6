"""Feed format `workable`: jobs of a Workable account's public widget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from screening.posts.feed_format import FeedFormat, ItemContext
from screening.posts.generic import read_generic
from screening.posts.payload import Payload, is_object_with, text_at
from screening.posts.post import Post
from screening.posts.values import words

_USED = words(
    "title shortcode description requirements benefits employment_type department function industry url shortlink country "
    "country_code city published_on created_at company_name salary"
)


def _recognises(payload: Payload) -> bool:
    return is_object_with(payload.first_json_object("jobs"), "title", "shortcode")


def _split(payload: Payload) -> Iterator[Any]:
    """Jobs; the account's name stands once, above them."""
    name = text_at(payload.value, "name")
    for item in payload.json_items("jobs"):
        yield (
            {**item, "company_name": name}
            if isinstance(item, Mapping) and name and is_object_with(payload.value, "jobs")
            else item
        )


def _read(item: Any, context: ItemContext) -> Post:
    if not isinstance(item, Mapping):
        return read_generic(item, platform=context.platform)
    fields: dict[str, Any] = {key: value for key, value in item.items() if key not in _USED}
    sections = [found for key in ("description", "requirements", "benefits") if (found := text_at(item, key))]
    fields.update(
        id=text_at(item, "shortcode") or item.get("id"),
        title=item.get("title"),
        description="<br><br>".join(sections),
        company=text_at(item, "company_name"),
        country=text_at(item, "country_code") or text_at(item, "country"),
        city=text_at(item, "city"),
        salary=item.get("salary"),
        contract=text_at(item, "employment_type"),
        category=text_at(item, "function") or text_at(item, "department"),
        url=text_at(item, "url") or text_at(item, "shortlink"),
        posted_at=item.get("published_on") or item.get("created_at"),
    )
    return read_generic(fields, platform=context.platform, default_id=context.default_id, strict=False)


FORMAT = FeedFormat(
    name="workable",
    description="Jobs of a Workable account's public widget",
    recognises=_recognises,
    split=_split,
    read=_read,
)
