"""Feed format `smartrecruiters`: postings of SmartRecruiters' API; its pages hold microdata, which `schema_org` reads."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

from screening.posts.feed_format import FeedFormat, ItemContext
from screening.posts.generic import read_generic
from screening.posts.payload import Payload, is_object_with, text_at
from screening.posts.post import Post
from screening.posts.values import words

_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")
_USED = words(
    "id uuid name company location releasedDate jobAd typeOfEmployment function industry postingUrl applyUrl active language compensation"
)


def _recognises(payload: Payload) -> bool:
    item = payload.first_json_object("content")
    return is_object_with(item, "name", "company") and (
        is_object_with(item, "jobAd") or is_object_with(item, "releasedDate")
    )


def _split(payload: Payload) -> Iterator[Any]:
    return payload.json_items("content")


def _read(item: Any, context: ItemContext) -> Post:
    if not isinstance(item, Mapping):
        return read_generic(item, platform=context.platform)
    fields: dict[str, Any] = {key: value for key, value in item.items() if key not in _USED}
    fields.update(
        id=item.get("id") or item.get("uuid"),
        title=item.get("name"),
        description=_description(item),
        status="withdrawn" if item.get("active") is False else "published",
        company=text_at(item, "company", "name"),
        country=text_at(item, "location", "country"),
        city=text_at(item, "location", "city"),
        salary=_salary(item.get("compensation")),
        contract=text_at(item, "typeOfEmployment", "label"),
        category=text_at(item, "function", "label") or text_at(item, "industry", "label"),
        url=text_at(item, "postingUrl") or text_at(item, "applyUrl"),
        posted_at=item.get("releasedDate"),
        language=text_at(item, "language", "code"),
    )
    return read_generic(fields, platform=context.platform, default_id=context.default_id, strict=False)


def _description(item: Mapping[str, Any]) -> str:
    parts: list[str] = []
    for section in _SECTIONS:
        if text := text_at(item, "jobAd", "sections", section, "text"):
            title = html.escape(text_at(item, "jobAd", "sections", section, "title"))
            parts.append(f"<h2>{title}</h2><div>{text}</div>" if title else f"<div>{text}</div>")
    return "".join(parts)


def _salary(pay: object) -> object:
    if not isinstance(pay, Mapping):
        return None
    return {"min": pay.get("min"), "max": pay.get("max"), "currency": pay.get("currency"), "period": pay.get("period")}


FORMAT = FeedFormat(
    name="smartrecruiters",
    description="Postings of the SmartRecruiters API",
    recognises=_recognises,
    split=_split,
    read=_read,
)
