"""Feed format `xml_feed`: job feeds of the Google, Indeed, Jooble, Trovit and RSS kind, read as a stream."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any

from screening.errors import InvalidPostError
from screening.posts.feed_format import FeedFormat, ItemContext
from screening.posts.generic import read_generic
from screening.posts.payload import Payload
from screening.posts.post import Post, PostKind
from screening.posts.values import words
from screening.posts.xml_items import ITEM_TAGS, XmlItem, xml_items

# For each field the elements that feeds use, the best first; names are compared in lower case without "-" and "_".
_ELEMENTS: dict[str, tuple[str, ...]] = {
    "id": ("id", "jobid", "guid", "referencenumber", "reference", "referenceid", "requisitionid", "partnerid", "externalid", "offerid", "vacancyid"),
    "title": ("title", "jobtitle", "jobname", "name", "positiontitle", "headline", "subject"),
    "company": ("company", "companyname", "employer", "employername", "hiringorganization", "advertiser", "agency", "organization"),
    "country": ("country", "countrycode", "countryname", "jobcountry"),
    "city": ("city", "town", "jobcity", "locality", "location", "office", "place", "region", "area"),
    "url": ("url", "link", "joburl", "applyurl", "detailurl"),
    "contract": ("jobtype", "contract", "contracttype", "employmenttype", "type", "employment", "schedule", "workinghours"),
    "category": ("category", "categories", "jobcategory", "occupation", "function", "department", "sector", "industry"),
    "posted_at": ("published", "pubdate", "dateposted", "posted", "postingdate", "publicationdate", "date", "creationdate", "createdat", "created", "added"),
    "updated_at": ("updated", "lastmodified", "modified", "updatedat", "dateupdated", "updatedate", "changed"),
    "expires_at": ("expires", "expirationdate", "expirydate", "expire", "expiry", "validthrough", "validto", "expiresat", "closingdate", "dateexpired"),
    "language": ("languagecode", "language", "lang"),
    "status": ("status",),
}  # fmt: skip
_BODY = ("description", "jobdescription", "content", "encoded", "body", "text", "value", "summary", "details")
_MORE_BODY = (
    "responsibilities",
    "duties",
    "duty",
    "requirement",
    "terms",
    "requirements",
    "qualifications",
    "skills",
    "experience",
    "offer",
    "benefits",
    "conditions",
    "weoffer",
)
_CONTACTS = (
    "phone",
    "telephone",
    "phones",
    "tel",
    "email",
    "applyemail",
    "contactemail",
    "contactphone",
    "contact",
    "contacts",
    "whatsapp",
    "viber",
    "telegram",
    "skype",
)
_IMAGES = ("image", "picture", "photo", "pictureurl", "imageurl", "enclosure")
_LOW = ("salarymin", "minsalary", "salaryfrom", "basesalarymin", "payrangemin", "min")
_HIGH = ("salarymax", "maxsalary", "salaryto", "basesalarymax", "payrangemax", "max")
_PAY = ("salary", "compensation", "wage", "pay", "remuneration", "price", "rent")
_CURRENCY = ("salarycurrency", "currency", "currencycode", "basesalarycurrency")
_PERIOD = ("salaryperiod", "salaryunit", "salarytype", "payperiod", "basesalaryunit", "period", "unit")
_LODGING = words("rooms floorarea propertytype bathrooms plotarea foreclosure furnished")
_LIFTS = words("departure arrival departurecity arrivalcity seats departuretime")
_START = re.compile(
    rf"<(?:{'|'.join(sorted(ITEM_TAGS))}|rss|feed|jobs|vacancies|offers|ads|items|positions|listings|trovit|source|workzag-jobs)[\s>/]",
    re.IGNORECASE,
)


def _recognises(payload: Payload) -> bool:
    head = payload.head
    if head.startswith("<?xml"):
        return "<html" not in head.lower()
    return (
        head.startswith("<")
        and not head[:2_000].lower().startswith(("<!doctype html", "<html"))
        and _START.match(head) is not None
    )


def _split(payload: Payload) -> Iterator[XmlItem]:
    return xml_items(io.BytesIO(payload.raw), payload.source)


def _read(item: Any, context: ItemContext) -> Post:
    if not isinstance(item, XmlItem):
        raise InvalidPostError("post", "must be an element of an XML feed")
    values = item.values
    used: set[str] = set()
    fields: dict[str, Any] = {field: _first(values, names, used) for field, names in _ELEMENTS.items()}
    fields["description"] = _description(values, used)
    fields["salary"] = _salary(values, used)
    fields["contacts"] = _all(values, _CONTACTS, used)
    fields["images"] = _all(values, _IMAGES, used)
    fields["kind"] = _kind(values)
    fields["company"] = fields["company"] or item.publisher
    if not fields["id"]:
        canonical = "\x1f".join((fields["url"], fields["title"], fields["company"], fields["description"]))
        fields["id"] = (
            fields["url"] or context.default_id or f"xml-{hashlib.sha256(canonical.encode()).hexdigest()[:16]}"
        )
    extra = {name: texts[0] if len(texts) == 1 else texts for name, texts in values.items() if name not in used}
    return read_generic({**extra, **fields}, platform=context.platform, strict=False)


def _first(values: dict[str, list[str]], names: tuple[str, ...], used: set[str]) -> str:
    for name in names:
        if values.get(name):
            used.add(name)
            return values[name][0]
    return ""


def _all(values: dict[str, list[str]], names: tuple[str, ...], used: set[str]) -> list[str]:
    found = [name for name in names if name in values]
    used.update(found)
    return [text for name in found for text in values[name]]


def _description(values: dict[str, list[str]], used: set[str]) -> str:
    """The longest body element with the further sections that feeds hold apart."""
    bodies = [
        "<br><br>".join(values[name]) if name == "value" else max(values[name], key=len)
        for name in _BODY
        if name in values
    ]
    used.update(name for name in (*_BODY, *_MORE_BODY) if name in values)
    body = max(bodies, key=len, default="")
    sections = [text for name in _MORE_BODY for text in values.get(name, []) if len(text) > 30 and text not in body]
    return ("<br><br>" if "<" in body else "\n\n").join([body, *sections] if body else sections)


def _salary(values: dict[str, list[str]], used: set[str]) -> object:
    low, high = _first(values, _LOW, used), _first(values, _HIGH, used)
    text = _first(values, _PAY, used)
    currency, period = _first(values, _CURRENCY, used), _first(values, _PERIOD, used)
    if low or high:
        return {"min": low, "max": high, "currency": currency, "period": period, "text": text}
    return " ".join(part for part in (text, currency, period) if part) if text else None


def _kind(values: dict[str, list[str]]) -> PostKind:
    if _LODGING & values.keys():
        return "accommodation"
    return "transport" if len(_LIFTS & values.keys()) >= 2 else "job"


FORMAT = FeedFormat(
    name="xml_feed",
    description="XML job feeds: Google, Indeed, Jooble, Trovit, RSS and alike",
    recognises=_recognises,
    split=_split,
    read=_read,
)
