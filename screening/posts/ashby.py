"""Feed format `ashby`: jobs of Ashby's public job board API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from screening.posts.countries import country_in_place
from screening.posts.feed_format import FeedFormat, ItemContext
from screening.posts.generic import read_generic
from screening.posts.payload import Payload, is_object_with, text_at
from screening.posts.post import Post
from screening.posts.values import words

_USED = words(
    "id title descriptionHtml descriptionPlain location address employmentType department team jobUrl applyUrl "
    "publishedAt updatedAt isListed compensation"
)


def _recognises(payload: Payload) -> bool:
    item = payload.first_json_object("jobs")
    return is_object_with(item, "title", "isListed") or is_object_with(item, "jobUrl", "title")


def _split(payload: Payload) -> Iterator[Any]:
    return payload.json_items("jobs")


def _read(item: Any, context: ItemContext) -> Post:
    if not isinstance(item, Mapping):
        return read_generic(item, platform=context.platform)
    city, country = country_in_place(text_at(item, "location"))
    fields: dict[str, Any] = {key: value for key, value in item.items() if key not in _USED}
    fields.update(
        id=item.get("id"),
        title=item.get("title"),
        description=text_at(item, "descriptionHtml") or text_at(item, "descriptionPlain"),
        status="withdrawn" if item.get("isListed") is False else "published",
        country=text_at(item, "address", "postalAddress", "addressCountry") or country,
        city=text_at(item, "address", "postalAddress", "addressLocality") or city,
        salary=text_at(item, "compensation", "compensationTierSummary"),
        contract=text_at(item, "employmentType"),
        category=text_at(item, "department") or text_at(item, "team"),
        url=text_at(item, "jobUrl") or text_at(item, "applyUrl"),
        posted_at=item.get("publishedAt"),
        updated_at=item.get("updatedAt"),
    )
    return read_generic(fields, platform=context.platform, default_id=context.default_id, strict=False)


FORMAT = FeedFormat(
    name="ashby",
    description="Jobs of an Ashby job board",
    recognises=_recognises,
    split=_split,
    read=_read,
)
