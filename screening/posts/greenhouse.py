"""Feed format `greenhouse`: jobs of a Greenhouse job board."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from screening.posts.countries import country_in_place
from screening.posts.feed_format import FeedFormat, ItemContext
from screening.posts.generic import read_generic
from screening.posts.payload import Payload, is_object_with, list_at, text_at
from screening.posts.post import Post
from screening.posts.values import words

_USED = words(
    "id title content location absolute_url first_published updated_at departments company_name language pay_input_ranges"
)


def _recognises(payload: Payload) -> bool:
    item = payload.first_json_object("jobs")
    return is_object_with(item, "title", "absolute_url") and is_object_with(item.get("location"), "name")


def _split(payload: Payload) -> Iterator[Any]:
    return payload.json_items("jobs")


def _read(item: Any, context: ItemContext) -> Post:
    if not isinstance(item, Mapping):
        return read_generic(item, platform=context.platform)
    city, country = country_in_place(text_at(item, "location", "name"))
    fields: dict[str, Any] = {key: value for key, value in item.items() if key not in _USED}
    fields.update(
        id=item.get("id"),
        title=item.get("title"),
        description=item.get("content"),
        company=text_at(item, "company_name"),
        country=country,
        city=city,
        salary=_salary(item),
        category=", ".join(
            name for department in list_at(item, "departments") if (name := text_at(department, "name"))
        ),
        url=text_at(item, "absolute_url"),
        posted_at=item.get("first_published"),
        updated_at=item.get("updated_at"),
        language=item.get("language"),
    )
    return read_generic(fields, platform=context.platform, default_id=context.default_id, strict=False)


def _salary(item: Mapping[str, Any]) -> object:
    ranges = list_at(item, "pay_input_ranges")
    if not ranges or not isinstance(ranges[0], Mapping):
        return None
    low, high = (ranges[0].get(key) for key in ("min_cents", "max_cents"))
    return {
        "text": text_at(ranges[0], "title"),
        "min": low / 100 if isinstance(low, int) else None,
        "max": high / 100 if isinstance(high, int) else None,
        "currency": text_at(ranges[0], "currency_type"),
    }


FORMAT = FeedFormat(
    name="greenhouse",
    description="Jobs of a Greenhouse job board",
    recognises=_recognises,
    split=_split,
    read=_read,
)
