"""Feed format `recruitee`: offers of a Recruitee careers site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from screening.posts.feed_format import FeedFormat, ItemContext
from screening.posts.generic import read_generic
from screening.posts.payload import Payload, is_object_with, list_at, text_at
from screening.posts.post import Post
from screening.posts.values import words

_USED = words(
    "id title status description requirements company_name careers_url country country_code city salary "
    "employment_type_code category_code department published_at created_at updated_at close_at"
)


def _recognises(payload: Payload) -> bool:
    return is_object_with(payload.first_json_object("offers"), "title", "careers_url")


def _split(payload: Payload) -> Iterator[Any]:
    return payload.json_items("offers")


def _read(item: Any, context: ItemContext) -> Post:
    if not isinstance(item, Mapping):
        return read_generic(item, platform=context.platform)
    place: Mapping[str, Any] = next(iter(list_at(item, "locations")), {})
    sections = [found for key in ("description", "requirements") if (found := text_at(item, key))]
    fields: dict[str, Any] = {key: value for key, value in item.items() if key not in _USED}
    fields.update(
        id=item.get("id"),
        title=item.get("title"),
        description="<br><br>".join(sections),
        status="published" if text_at(item, "status") in ("", "published") else "withdrawn",
        company=text_at(item, "company_name"),
        country=text_at(place, "country_code") or text_at(place, "country") or text_at(item, "country_code"),
        city=text_at(place, "city") or text_at(item, "city"),
        salary=item.get("salary"),
        contract=text_at(item, "employment_type_code"),
        category=text_at(item, "department") or text_at(item, "category_code"),
        url=text_at(item, "careers_url"),
        posted_at=item.get("published_at") or item.get("created_at"),
        updated_at=item.get("updated_at"),
        expires_at=item.get("close_at"),
    )
    return read_generic(fields, platform=context.platform, default_id=context.default_id, strict=False)


FORMAT = FeedFormat(
    name="recruitee",
    description="Offers of a Recruitee careers site",
    recognises=_recognises,
    split=_split,
    read=_read,
)
