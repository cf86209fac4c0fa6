"""Feed format `lever`: postings of Lever's API."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

from screening.posts.countries import country_in_place
from screening.posts.feed_format import FeedFormat, ItemContext
from screening.posts.generic import read_generic
from screening.posts.payload import Payload, is_object_with, list_at, text_at
from screening.posts.post import Post
from screening.posts.values import words

_USED = words(
    "id text description descriptionPlain descriptionBody descriptionBodyPlain opening openingPlain lists additional "
    "additionalPlain categories hostedUrl applyUrl createdAt updatedAt salaryRange salaryDescription "
    "salaryDescriptionPlain country"
)


def _recognises(payload: Payload) -> bool:
    item = payload.first_json_object("data")
    return is_object_with(item, "text") and (
        is_object_with(item, "hostedUrl") or is_object_with(item, "categories", "lists")
    )


def _split(payload: Payload) -> Iterator[Any]:
    return payload.json_items("data")


def _read(item: Any, context: ItemContext) -> Post:
    if not isinstance(item, Mapping):
        return read_generic(item, platform=context.platform)
    city, country = country_in_place(text_at(item, "categories", "location"))
    fields: dict[str, Any] = {key: value for key, value in item.items() if key not in _USED}
    if places := [place for place in list_at(item, "categories", "allLocations") if isinstance(place, str)]:
        fields["locations"] = places
    fields.update(
        id=item.get("id"),
        title=item.get("text"),
        description=_description(item),
        country=text_at(item, "country") or country,
        city=city,
        salary=_salary(item),
        contract=text_at(item, "categories", "commitment"),
        category=text_at(item, "categories", "team") or text_at(item, "categories", "department"),
        url=text_at(item, "hostedUrl"),
        posted_at=item.get("createdAt"),
        updated_at=item.get("updatedAt"),
    )
    return read_generic(fields, platform=context.platform, default_id=context.default_id, strict=False)


def _description(item: Mapping[str, Any]) -> str:
    """Description, lists and closing words in the order of the page, as HTML."""
    parts = [_html_of(item, "description")]
    parts.extend(
        f"<h3>{html.escape(text_at(part, 'text'))}</h3><ul>{text_at(part, 'content')}</ul>"
        for part in list_at(item, "lists")
    )
    parts.append(_html_of(item, "additional"))
    return "".join(f"<div>{part}</div>" for part in parts if part)


def _html_of(item: Mapping[str, Any], key: str) -> str:
    return text_at(item, key) or html.escape(text_at(item, f"{key}Plain"), quote=False).replace("\n", "<br>")


def _salary(item: Mapping[str, Any]) -> object:
    pay = item.get("salaryRange")
    text = text_at(item, "salaryDescriptionPlain")
    if not isinstance(pay, Mapping):
        return text
    return {
        "text": text,
        "min": pay.get("min"),
        "max": pay.get("max"),
        "currency": pay.get("currency"),
        "period": pay.get("interval"),
    }


FORMAT = FeedFormat(
    name="lever",
    description="Postings of the Lever API",
    recognises=_recognises,
    split=_split,
    read=_read,
)
