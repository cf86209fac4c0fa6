from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from screening.errors import UnreadableInputError
from screening.posts.post import Salary
from screening.posts.reading import read_payload, recognise

from .fixtures import FIXTURES, left_out, posts, read_fixture, refused


def read_one(**fields: Any) -> Any:
    node = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Cook",
        "description": "Cook lunch",
        **fields,
    }
    (post,) = posts(list(read_payload(node)))
    return post


def test_a_page_gives_every_offer_of_its_blocks() -> None:
    assert recognise((FIXTURES / "job_page.html").read_bytes()) == "schema_org"
    items = read_fixture("job_page.html")
    job, flat, trip = posts(items)
    assert (job.id, job.title, job.company, job.country, job.city) == (
        "JP-1",
        "Live-in carer",
        "Example Care GmbH",
        "DE",
        "Kassel",
    )
    assert job.description == "Care for an elderly couple.\n• Own room"
    assert job.salary == Salary(min=1800, max=2200, currency="EUR", period="month")
    assert job.contract == "FULL_TIME, TEMPORARY"
    assert job.expires_at == datetime(2026, 3, 1, tzinfo=UTC)
    assert job.contacts == ("+49 30 0000001",)
    assert job.extra["locations"] == ["Kassel, Deutschland", "Wien, AT"]
    assert job.extra["applicantLocationRequirements"]["name"] == "PL"
    assert (flat.kind, flat.title, flat.country) == ("accommodation", "Studio for two", "CZ")
    assert (trip.kind, trip.company, trip.city, trip.country) == ("transport", "Example Bus", "Berlin", "DE")
    assert [item.id for item in left_out(items)] == ["https://x.example/d"]
    assert not refused(items)


@pytest.mark.parametrize(
    ("base", "salary"),
    [
        (
            {"@type": "MonetaryAmount", "currency": "EUR", "value": {"value": 12.5, "unitText": "HOUR"}},
            Salary(min=12.5, max=12.5, currency="EUR", period="hour"),
        ),
        ({"@type": "MonetaryAmount", "currency": "EUR", "value": 1500}, Salary(min=1500, max=1500, currency="EUR")),
        (
            {"@type": "MonetaryAmount", "currency": "EUR", "value": {"minValue": "1 500", "unitText": "MONTH"}},
            Salary(min=1500, currency="EUR", period="month"),
        ),
        (
            [{"currency": "PLN", "value": {"minValue": 1, "maxValue": 2, "unitText": "HOUR"}}],
            Salary(min=1, max=2, currency="PLN", period="hour"),
        ),
        (1500, Salary(min=1500, max=1500)),
        ("1500 euro a month", Salary(text="1500 euro a month")),
        ({"currency": "EUR", "value": {"value": "by agreement"}}, Salary(text="by agreement", currency="EUR")),
        (None, None),
    ],
)
def test_base_salary_in_its_many_shapes(base: object, salary: Salary | None) -> None:
    assert read_one(baseSalary=base).salary == salary


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ({"@type": "Place", "address": {"addressLocality": "Brno", "addressCountry": "CZ"}}, ("Brno", "CZ")),
        ([{"address": {"addressLocality": "Brno", "addressCountry": "Czech Republic"}}], ("Brno", "CZ")),
        ("Leeds, United Kingdom", ("Leeds", "GB")),
        ({"address": "Wien"}, ("Wien", None)),
        (None, ("", None)),
    ],
)
def test_job_location_in_its_many_shapes(location: object, place: tuple[str, str | None]) -> None:
    post = read_one(jobLocation=location)
    assert (post.city, post.country) == place


def test_the_organization_may_be_a_text() -> None:
    assert read_one(hiringOrganization="Example Ltd").company == "Example Ltd"


def test_a_list_and_an_item_list_are_read() -> None:
    job = {"@type": "https://schema.org/JobPosting", "title": "Cook", "description": "x", "url": "https://a.example/1"}
    listed = {
        "@type": "ItemList",
        "itemListElement": [{"@type": "ListItem", "item": {**job, "url": "https://a.example/2"}}],
    }
    assert [post.id for post in posts(list(read_payload([job, listed])))] == [
        "https://a.example/1",
        "https://a.example/2",
    ]


def test_an_offer_says_what_it_offers() -> None:
    flat = {
        "@type": "Offer",
        "price": "450",
        "priceCurrency": "EUR",
        "itemOffered": {"@type": "Apartment", "name": "Two rooms"},
    }
    phone = {"@type": "Offer", "@id": "p", "itemOffered": {"@type": "Product", "name": "Phone"}}
    items = list(read_payload([flat, phone], format="schema_org"))
    assert posts(items)[0].kind == "accommodation"
    assert posts(items)[0].salary == Salary(min=450, max=450, currency="EUR")
    assert [item.id for item in left_out(items)] == ["p"]


def test_microdata_is_read() -> None:
    page = (
        '<html><body><main itemscope itemtype="http://schema.org/JobPosting"><h1 itemprop="title">Welder</h1>'
        '<span itemprop="jobLocation" itemscope itemtype="http://schema.org/Place"><span itemprop="address" itemscope itemtype="http://schema.org/PostalAddress">'
        '<meta itemprop="addressCountry" content="Norway"><meta itemprop="addressLocality" content="Bergen"></span></span>'
        '<div itemprop="description"><p>Weld.</p><p>Well.</p></div></main></body></html>'
    )
    (post,) = posts(list(read_payload(page)))
    assert (post.title, post.country, post.city, post.description) == ("Welder", "NO", "Bergen", "Weld.\nWell.")


def test_a_page_without_offers_is_unreadable() -> None:
    page = '<html><script type="application/ld+json">{"@type": "WebSite"}</script></html>'
    with pytest.raises(UnreadableInputError, match=r"shop.html: holds no JobPosting"):
        list(read_payload(page, source="shop.html"))


def test_a_posting_repeated_in_a_page_is_read_once() -> None:
    block = json.dumps({"@type": "JobPosting", "title": "Cook", "description": "x"})
    page = f'<html><script type="application/ld+json">{block}</script>' * 2
    assert len(posts(list(read_payload(page)))) == 1


def test_hostile_nesting_is_unreadable_not_fatal() -> None:
    with pytest.raises(UnreadableInputError):
        list(read_payload('{"@type": "JobPosting", "a": ' + "[" * 100_000, format="schema_org"))
    deep: dict[str, Any] = {"@type": "ItemList"}
    for _ in range(5_000):
        deep = {"@type": "ItemList", "item": deep}
    with pytest.raises(UnreadableInputError):
        list(read_payload(deep, format="schema_org"))
