"""Feed format `hh`: vacancies of hh.ru's API, single or as a page of search results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from screening.posts.countries import read_country
from screening.posts.feed_format import FeedFormat, ItemContext
from screening.posts.generic import read_generic
from screening.posts.payload import Payload, is_object_with, list_at, text_at
from screening.posts.post import Post
from screening.posts.values import words

_PERIODS = {"MONTH": "month", "HOUR": "hour", "SHIFT": "shift", "FLY_IN_FLY_OUT": "rotation", "SERVICE": "piece"}
_USED = words(
    "id name description branded_description snippet area salary salary_range employer address contacts archived "
    "published_at created_at initial_created_at alternate_url url employment employment_form schedule professional_roles "
    "specializations key_skills type"
)


def _recognises(payload: Payload) -> bool:
    item = payload.first_json_object("items")
    return is_object_with(item, "name", "area", "employer") and (
        "hh." in text_at(item, "url") + text_at(item, "alternate_url") or is_object_with(item, "snippet")
    )


def _split(payload: Payload) -> Iterator[Any]:
    return payload.json_items("items")


def _read(item: Any, context: ItemContext) -> Post:
    if not isinstance(item, Mapping):
        return read_generic(item, platform=context.platform)
    fields: dict[str, Any] = {key: value for key, value in item.items() if key not in _USED}
    area = text_at(item, "area", "name")
    country = read_country(area)
    description = text_at(item, "description") or text_at(item, "branded_description")
    snippet = "\n".join(found for key in ("responsibility", "requirement") if (found := text_at(item, "snippet", key)))
    if address := text_at(item, "address", "raw"):
        fields["address"] = address
    if skills := [name for skill in list_at(item, "key_skills") if (name := text_at(skill, "name"))]:
        fields["key_skills"] = skills
    fields.update(
        id=item.get("id"),
        title=item.get("name"),
        description=description or snippet.replace("<highlighttext>", "").replace("</highlighttext>", ""),
        truncated=not description,  # a snippet is cut from the text
        status="withdrawn" if item.get("archived") is True or text_at(item, "type", "id") == "closed" else "published",
        company=text_at(item, "employer", "name"),
        country=country or "",
        city=text_at(item, "address", "city") or ("" if country else area),
        salary=_salary(item),
        contract=", ".join(
            name for key in ("employment", "employment_form", "schedule") if (name := text_at(item, key, "name"))
        ),
        category=", ".join(
            name
            for key in ("professional_roles", "specializations")
            for role in list_at(item, key)
            if (name := text_at(role, "name"))
        ),
        url=text_at(item, "alternate_url") or text_at(item, "url"),
        posted_at=item.get("initial_created_at") or item.get("created_at") or item.get("published_at"),
        updated_at=item.get("published_at"),
        language="ru",
        contacts=_contacts(item.get("contacts")),
        poster=_poster(item),
    )
    return read_generic(fields, platform=context.platform, default_id=context.default_id, strict=False)


def _salary(item: Mapping[str, Any]) -> object:
    salary = item.get("salary_range") or item.get("salary")
    if not isinstance(salary, Mapping):
        return None
    gross = salary.get("gross")
    return {
        "min": salary.get("from"),
        "max": salary.get("to"),
        "currency": salary.get("currency"),
        "period": _PERIODS.get(text_at(salary, "mode", "id"), "month"),  # the older `salary` is by the month
        "basis": None if not isinstance(gross, bool) else "gross" if gross else "net",
    }


def _contacts(contacts: object) -> list[str]:
    found = [text_at(contacts, "email")]
    for phone in list_at(contacts, "phones"):
        parts = [text_at(phone, key) for key in ("country", "city", "number")]
        found.append(
            text_at(phone, "formatted") or ("+" + " ".join(part for part in parts if part) if parts[2] else "")
        )
    return [contact for contact in found if contact]


def _poster(item: Mapping[str, Any]) -> dict[str, Any] | None:
    identifier = text_at(item, "employer", "id")
    if not identifier:
        return None
    trusted = item["employer"].get("trusted")
    return {"id": identifier, "kind": "employer", "verified": trusted if isinstance(trusted, bool) else None}


FORMAT = FeedFormat(
    name="hh",
    description="Vacancies of the hh.ru API, single or as search results",
    recognises=_recognises,
    split=_split,
    read=_read,
)
