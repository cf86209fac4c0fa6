"""Feed format `olx`: adverts of OLX's partner API. Zeros mean "not given", `is_seek` is a person looking for work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from screening.errors import NotAnOfferError
from screening.posts.feed_format import FeedFormat, ItemContext
from screening.posts.generic import read_generic
from screening.posts.payload import Payload, is_object_with, list_at, text_at
from screening.posts.post import Post, PostKind
from screening.posts.values import words

_PAY_PERIODS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
_DOMAIN_COUNTRIES = {".pl/": "PL", ".ua/": "UA", ".ro/": "RO", ".bg/": "BG", ".pt/": "PT", ".kz/": "KZ", ".uz/": "UZ"}
_LIVE = frozenset({"", "active", "new", "limited"})
_KIND_WORDS: tuple[tuple[PostKind, tuple[str, ...]], ...] = (
    ("accommodation", ("nieruchomo", "недвиж", "нерухом", "mieszkan", "stancj", "imobiliare", "apartament", "оренд", "аренд", "noclegi", "имоти")),
    ("transport", ("przewóz osób", "przewozy", "перевезення пасажир", "перевозки пассажир", "попутн", "transport persoane")),
)  # fmt: skip
_USED = words(
    "id user_id user_uuid country status title description url location salary raw_parameters parameters added_at changed_at "
    "valid_to is_business is_seek langs categories contact images apply_url price params"
)


def _recognises(payload: Payload) -> bool:
    item = payload.first_json_object("data")
    return is_object_with(item, "title") and (
        is_object_with(item, "raw_parameters")
        or is_object_with(item, "is_seek")
        or (is_object_with(item, "location", "params", "status") and "olx." in text_at(item, "url"))
    )


def _split(payload: Payload) -> Iterator[Any]:
    return payload.json_items("data")


def _read(item: Any, context: ItemContext) -> Post:
    if not isinstance(item, Mapping):
        return read_generic(item, platform=context.platform)
    if item.get("is_seek") in (True, 1, "1", "true"):
        raise NotAnOfferError("its author is looking for work (is_seek)", item=text_at(item, "id"))
    codes = _parameter_codes(item)
    labels = _parameter_labels(item)
    fields: dict[str, Any] = {key: value for key, value in item.items() if key not in _USED}
    if codes:
        fields["raw_parameters"] = codes
    languages = [language for language in list_at(item, "langs") if isinstance(language, str)]
    fields.update(
        id=item.get("id"),
        kind=_kind(item),
        status="published" if text_at(item, "status").lower() in _LIVE else "withdrawn",
        title=item.get("title"),
        description=item.get("description"),
        company=text_at(item, "company_name") or text_at(item, "company", "name"),
        country=text_at(item, "country") or _country(text_at(item, "url")),
        city=text_at(item, "location", "city_name") or text_at(item, "location", "city", "name"),
        salary=_salary(item),
        contract=", ".join(
            labels.get(code, code) for key in ("agreement", "contract", "type") for code in codes.get(key, [])
        ),
        category=" / ".join(str(name) for name in _mapping(item, "categories").values() if isinstance(name, str)),
        url=text_at(item, "url"),
        posted_at=item.get("added_at") or item.get("created_at"),
        updated_at=item.get("changed_at") or item.get("last_refresh_time"),
        expires_at=item.get("valid_to"),
        language=languages[0] if languages else None,
        contacts=[
            found for key in ("phone", "email", "name") if key != "name" and (found := text_at(item, "contact", key))
        ],
        poster={"id": text_at(item, "user_id") or text_at(item, "user_uuid"), "kind": _poster_kind(item)},
        images=[
            found
            for image in list_at(item, "images")
            if (found := image if isinstance(image, str) else text_at(image, "url"))
        ],
    )
    return read_generic(fields, platform=context.platform, default_id=context.default_id, strict=False)


def _salary(item: Mapping[str, Any]) -> object:
    """The `salary` object; 0 is "not given", and a salary that is only to be agreed says so in words of the platform alone."""
    salary = item.get("salary")
    if not isinstance(salary, Mapping):
        return salary if isinstance(salary, str) else None
    amount = salary.get("amount") or None
    low, high = salary.get("from") or amount, salary.get("to") or amount
    return {
        "min": low,
        "max": high,
        "currency": salary.get("currency"),
        "period": _PAY_PERIODS.get(text_at(salary, "type").lower()),
        "basis": _basis(salary),
    }


def _basis(salary: Mapping[str, Any]) -> str | None:
    gross = salary.get("gross")
    return None if not isinstance(gross, bool) else "gross" if gross else "net"


def _parameter_codes(item: Mapping[str, Any]) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for parameter in [*list_at(item, "raw_parameters"), *list_at(item, "params")]:
        code = text_at(parameter, "code") or text_at(parameter, "key")
        value = parameter.get("value") if isinstance(parameter, Mapping) else None
        values = value if isinstance(value, list) else [value]
        texts = [found for entry in values if (found := text_at({"v": entry}, "v") or text_at(entry, "label"))]
        if code and texts:
            codes[code] = texts
    return codes


def _parameter_labels(item: Mapping[str, Any]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for parameters in _mapping(item, "parameters").values():
        for parameter in parameters if isinstance(parameters, list) else []:
            for value in list_at(parameter, "values"):
                if text_at(value, "code") and text_at(value, "label"):
                    labels[text_at(value, "code")] = text_at(value, "label")
    return labels


def _kind(item: Mapping[str, Any]) -> PostKind:
    words = " ".join(
        [*(str(name) for name in _mapping(item, "categories").values()), text_at(item, "category", "name")]
    ).casefold()
    return next((kind for kind, cues in _KIND_WORDS if any(cue in words for cue in cues)), "job")


def _poster_kind(item: Mapping[str, Any]) -> str | None:
    business = item.get("is_business", item.get("business"))
    return None if not isinstance(business, bool) else "business" if business else "private"


def _country(url: str) -> str:
    return next((country for domain, country in _DOMAIN_COUNTRIES.items() if f"olx{domain}" in url), "")


def _mapping(item: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = item.get(key)
    return value if isinstance(value, Mapping) else {}


FORMAT = FeedFormat(
    name="olx",
    description="OLX partner API adverts",
    recognises=_recognises,
    split=_split,
    read=_read,
)
