"""Feed format `schema_org`: JobPosting, Accommodation and Trip as JSON-LD or microdata, alone, in a list or @graph, or in a page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from screening.errors import NotAnOfferError, UnreadableInputError
from screening.posts.countries import country_in_place
from screening.posts.feed_format import FeedFormat, ItemContext
from screening.posts.generic import read_generic
from screening.posts.payload import NOT_JSON, Payload, list_at, text_at
from screening.posts.post import Post, PostKind
from screening.posts.structured_data import json_ld_values, microdata_values
from screening.posts.values import words

_JOB = frozenset({"JobPosting", "Job"})
_ACCOMMODATION = words(
    "Accommodation Apartment House Room Suite SingleFamilyResidence HotelRoom MeetingRoom CampingPitch LodgingBusiness "
    "BedAndBreakfast Campground Hostel Hotel Motel Resort VacationRental ApartmentComplex Residence "
    "GatedResidenceCommunity RealEstateListing Offer"
)
_TRANSPORT = words("Trip BusTrip BoatTrip TrainTrip Flight TouristTrip TaxiService Taxi TaxiReservation BusReservation")
_SEEKING = frozenset({"Demand", "Person", "SeekAction"})
_KINDS: dict[str, PostKind] = {
    **dict.fromkeys(_JOB, "job"), **dict.fromkeys(_ACCOMMODATION, "accommodation"), **dict.fromkeys(_TRANSPORT, "transport"),
}  # fmt: skip
_UNIT_PERIODS = {"HOUR": "hour", "HUR": "hour", "DAY": "day", "WEEK": "week", "WEE": "week", "MONTH": "month", "MON": "month", "YEAR": "year", "ANN": "year"}  # fmt: skip
_MAX_NODES = 100_000
_USED = words(
    "@context @type @id @graph title name description identifier url sameAs hiringOrganization jobLocation baseSalary datePosted "
    "dateModified validThrough employmentType industry occupationalCategory inLanguage image"
)


def types_of(node: object) -> tuple[str, ...]:
    """The schema.org types of a node without their address: "https://schema.org/JobPosting" is JobPosting."""
    value = node.get("@type") if isinstance(node, Mapping) else None
    values = value if isinstance(value, list) else [value]
    return tuple(
        entry.rstrip("/").rpartition("/")[2].rpartition("#")[2].removeprefix("schema:")
        for entry in values
        if isinstance(entry, str)
    )


def _recognises(payload: Payload) -> bool:
    if payload.value is not NOT_JSON:
        first = payload.first_json_object()
        return first is not None and ("@graph" in first or bool(set(types_of(first)) & (_KINDS.keys() | _SEEKING)))
    if payload.is_json_lines:
        return bool(set(types_of(payload.first_json_object())) & (_KINDS.keys() | _SEEKING))
    if not payload.head.startswith("<") or payload.head.startswith("<?xml"):
        return False
    lower = payload.text.lower()
    return "application/ld+json" in lower or "schema.org/jobposting" in lower


def _split(payload: Payload) -> Iterator[Any]:
    from_json = payload.value is not NOT_JSON or payload.is_json_lines
    if not from_json:
        if not payload.head.startswith("<"):
            raise UnreadableInputError(payload.source, "is neither JSON-LD nor a page that holds any")
        values: list[Any] = [*json_ld_values(payload.text), *microdata_values(payload.text)]
    else:
        values = list(payload.json_items())
    found = False
    seen: set[str] = set()
    for value in values:
        if from_json and not isinstance(value, Mapping | list):
            yield value  # to be refused by name; a page's blocks hold more than postings, and are passed over
            continue
        for node in _offers(value):
            key = json.dumps([types_of(node), _own_id(node) or node], sort_keys=True, default=str)
            if key not in seen:  # pages repeat the same posting in several blocks
                seen.add(key)
                found = True
                yield node
    if not found:
        raise UnreadableInputError(payload.source, "holds no JobPosting, Accommodation or Trip")


def _offers(value: object) -> Iterator[dict[str, Any]]:
    """Nodes that are offers or seek something, wherever lists, @graph, ItemList or mainEntity hold them; references resolved."""
    by_id: dict[str, Mapping[str, Any]] = {}
    stack: list[object] = [value]
    offers: list[Mapping[str, Any]] = []
    visited = 0
    while stack and visited < _MAX_NODES:
        visited += 1
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(reversed(node))
        elif isinstance(node, Mapping):
            if isinstance(node.get("@id"), str) and len(node) > 1:
                by_id[node["@id"]] = node
            types = set(types_of(node))
            if (
                types & _KINDS.keys()
                or (types & _SEEKING and "Person" not in types)
                or ("Person" in types and "seeks" in node)
            ):
                offers.append(node)
            else:
                stack.extend(node[key] for key in ("mainEntity", "itemListElement", "item", "@graph") if key in node)
    for node in offers:
        yield {key: _resolved(entry, by_id) for key, entry in node.items()}


def _resolved(entry: object, by_id: Mapping[str, Mapping[str, Any]]) -> object:
    if isinstance(entry, Mapping) and set(entry) == {"@id"}:
        return by_id.get(str(entry["@id"]), entry)
    if isinstance(entry, list):
        return [_resolved(inner, by_id) if isinstance(inner, Mapping) else inner for inner in entry]
    return entry


def _read(node: Any, context: ItemContext) -> Post:
    if not isinstance(node, Mapping):
        return read_generic(node, platform=context.platform)
    types = types_of(node)
    kind = next((_KINDS[name] for name in types if name in _KINDS), None)
    if kind is None and set(types) & _SEEKING:
        raise NotAnOfferError(f"a {types[0]} seeks something and offers nothing", item=_own_id(node))
    if kind is None and types:
        raise NotAnOfferError(f"a {types[0]} is no offer of a job, a place or a lift", item=_own_id(node))
    if "Offer" in types:
        kind, node = _unwrap_offer(node)
    fields = _fields(node, kind or "job")
    if not fields["id"]:
        canonical = json.dumps(node, sort_keys=True, ensure_ascii=True, default=str)
        fields["id"] = context.default_id or f"ld-{hashlib.sha256(canonical.encode()).hexdigest()[:16]}"
    return read_generic(fields, platform=context.platform, strict=False)


def _unwrap_offer(node: Mapping[str, Any]) -> tuple[PostKind, dict[str, Any]]:
    """An Offer says what is offered in itemOffered; without it, it is read as a place to stay.

    Raises:
        NotAnOfferError: where what is offered is a product, a course or the like.
    """
    inner: Mapping[str, Any] = next(iter(list_at(node, "itemOffered")), {})
    types = types_of(inner)
    kind = next((_KINDS[name] for name in types if name in _KINDS and name != "Offer"), None)
    if kind is None and types and types[0] != "Service":
        raise NotAnOfferError(f"an Offer of a {types[0]} is no offer of a job, a place or a lift", item=_own_id(node))
    own = {key: value for key, value in node.items() if key != "itemOffered"}
    joined = {
        **inner,
        **own,
        "description": own.get("description") or inner.get("description"),
        "name": own.get("name") or inner.get("name"),
    }
    return kind or "accommodation", joined


def _fields(node: Mapping[str, Any], kind: PostKind) -> dict[str, Any]:
    places = _places(node)
    city, country = _city_and_country(places[0]) if places else ("", "")
    organization = _first(node, "hiringOrganization", "provider", "seller", "offeredBy", "brand", "landlord")
    fields: dict[str, Any] = {key: value for key, value in node.items() if key not in _USED}
    if len(places) > 1:
        fields["locations"] = [", ".join(part for part in _city_and_country(place) if part) for place in places]
    fields.update(
        id=_own_id(node),
        kind=kind,
        title=text_at(node, "title") or text_at(node, "name"),
        description=_description(node),
        company=organization
        if isinstance(organization, str)
        else text_at(organization, "name") or text_at(organization, "legalName"),
        country=country,
        city=city,
        salary=_salary(node),
        contract=_joined(node.get("employmentType")),
        category=_joined(node.get("occupationalCategory")) or _joined(node.get("industry")),
        url=text_at(node, "url"),
        posted_at=node.get("datePosted") or node.get("validFrom"),
        updated_at=node.get("dateModified"),
        expires_at=node.get("validThrough"),
        language=_first(node, "inLanguage"),
        contacts=_contacts(node, organization),
        images=_images(node.get("image") or node.get("photo")),
    )
    return fields


def _own_id(node: object) -> str:
    identifier = node.get("identifier") if isinstance(node, Mapping) else None
    if isinstance(identifier, list):
        identifier = identifier[0] if identifier else None
    own = text_at(identifier, "value") or text_at(identifier, "@value") or text_at({"id": identifier}, "id")
    return own or text_at(node, "url") or text_at(node, "@id")


def _description(node: Mapping[str, Any]) -> str:
    parts = [
        _joined(node.get(key))
        for key in (
            "description",
            "responsibilities",
            "qualifications",
            "skills",
            "jobBenefits",
            "incentiveCompensation",
            "workHours",
        )
    ]
    first = parts[0]
    rest = [part for part in parts[1:] if part and part not in first]
    is_html = "<" in first
    return ("<br><br>" if is_html else "\n\n").join([first, *rest] if first else rest)


def _places(node: Mapping[str, Any]) -> list[Any]:
    for key in (
        "jobLocation",
        "address",
        "arrivalBusStop",
        "arrivalStation",
        "arrivalAirport",
        "areaServed",
        "applicantLocationRequirements",
    ):
        value = node.get(key)
        places = [
            place
            for place in (value if isinstance(value, list) else [value])
            if isinstance(place, Mapping | str) and place
        ]
        if places:
            return places
    return []


def _city_and_country(place: object) -> tuple[str, str]:
    address = place.get("address", place) if isinstance(place, Mapping) else place
    if isinstance(address, list):
        address = address[0] if address else {}
    if isinstance(address, str):
        city, country = country_in_place(address)
        return city, country or ""
    country = text_at(address, "addressCountry") or text_at(address, "addressCountry", "name")
    city = text_at(address, "addressLocality") or text_at(address, "addressRegion")
    if not country and not city:
        city, found = country_in_place(text_at(address, "name"))
        country = found or ""
    return city, country


def _salary(node: Mapping[str, Any]) -> object:
    value = _first(node, "baseSalary", "estimatedSalary", "priceSpecification")
    if value is None:
        price = text_at(node, "price") or text_at(node, "lowPrice")
        return (
            {"min": price, "max": price, "currency": text_at(node, "priceCurrency")}
            if price
            else text_at(node, "priceRange")
        )
    if not isinstance(value, Mapping):
        currency = text_at(node, "salaryCurrency")
        return (
            {"min": value, "max": value, "currency": currency}
            if not isinstance(value, str)
            else f"{value} {currency}".strip()
        )
    quantity = value.get("value", value)
    quantity = quantity[0] if isinstance(quantity, list) and quantity else quantity
    inner = quantity if isinstance(quantity, Mapping) else {"value": quantity}
    low = _first(inner, "minValue", "minPrice", "value", "price", "median")
    high = _first(inner, "maxValue", "maxPrice") or (
        None if "minValue" in inner and "value" not in inner else _first(inner, "value", "price", "median")
    )
    unit = (
        text_at(inner, "unitText")
        or text_at(inner, "unitCode")
        or text_at(value, "unitText")
        or text_at(value, "duration")
    )
    currency = text_at(value, "currency") or text_at(value, "priceCurrency") or text_at(node, "salaryCurrency")
    amounts: dict[str, object] = {
        "min": low,
        "max": high,
        "currency": currency,
        "period": _UNIT_PERIODS.get(unit.upper(), unit.lower()),
    }
    if isinstance(low, str) and not any(character.isdigit() for character in low):
        amounts["text"] = low
    elif isinstance(low, str) and not low.replace(".", "").replace(" ", "").isdigit():
        amounts["text"] = f"{low} {currency} {unit}".strip()
    return amounts


def _contacts(node: Mapping[str, Any], organization: object) -> list[str]:
    contacts: list[str] = []
    for holder in (node, *list_at(node, "applicationContact"), *list_at(node, "contactPoint"), organization):
        contacts.extend(found for key in ("telephone", "email", "faxNumber") if (found := text_at(holder, key)))
        contacts.extend(
            found
            for point in list_at(holder, "contactPoint")
            for key in ("telephone", "email")
            if (found := text_at(point, key))
        )
    return contacts


def _images(value: object) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    return [
        found
        for entry in entries
        if (found := entry if isinstance(entry, str) else text_at(entry, "url") or text_at(entry, "contentUrl"))
    ]


def _joined(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(part for part in (_joined(entry) for entry in value[:50]) if part)
    if isinstance(value, Mapping):
        return text_at(value, "name") or text_at(value, "value") or text_at(value, "codeValue")
    return text_at({"value": value}, "value")


def _first(node: Mapping[str, Any], *keys: str) -> Any:
    for key in keys:
        value = node.get(key)
        if isinstance(value, list):
            value = value[0] if value else None
        if value not in (None, "", {}):
            return value
    return None


FORMAT = FeedFormat(
    name="schema_org",
    description="schema.org JobPosting, Accommodation and Trip: JSON-LD or microdata, alone or in a web page",
    recognises=_recognises,
    split=_split,
    read=_read,
)
