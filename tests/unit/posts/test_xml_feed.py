from __future__ import annotations

import io
import tracemalloc

import pytest

from screening.errors import UnreadableInputError
from screening.posts.files import read_file
from screening.posts.post import Salary
from screening.posts.read_item import ReadPost
from screening.posts.reading import read_payload
from tests.growth import Work, assert_grows_in_proportion

from .fixtures import posts, read_fixture, refused

BOMB = """<?xml version="1.0"?><!DOCTYPE jobs [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<jobs><job><id>1</id><title>&c;</title></job></jobs>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE jobs [<!ENTITY x SYSTEM "file:///etc/hostname">]><jobs><job><id>1</id><title>&x;</title></job></jobs>"""


def test_a_feed_is_read_item_by_item() -> None:
    items = read_fixture("job_feed.xml")
    first, closed, flat = posts(items)
    assert (first.id, first.title, first.company, first.country, first.city) == (
        "X-1",
        "Greenhouse worker",
        "Feed Employer Ltd",
        "NL",
        "Westland",
    )
    assert first.salary == Salary(min=14.5, max=16, currency="EUR", period="hour")
    assert first.description == "Tomatoes & peppers.\n• Housing 95 euro a week"
    assert first.contacts == ("+31 6 00000001",)
    assert first.posted_at is not None
    assert first.posted_at.isoformat() == "2026-10-06T08:30:00+00:00"
    assert first.extra == {"perks": "bus"}
    assert (closed.status, closed.company) == ("withdrawn", "Own Name BV")
    assert (flat.kind, flat.description) == ("accommodation", "Two rooms\nfrom May")
    assert [(item.id, item.field) for item in refused(items)] == [("X-3", "description")]


def test_rss_with_namespaces() -> None:
    feed = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Board</title><item><title>Welder</title>'
        "<link>https://b.example/1</link><guid>b-1</guid><content:encoded>&lt;p&gt;Weld &amp;amp; grind all day long&lt;/p&gt;</content:encoded>"
        "<description>Weld</description></item></channel></rss>"
    )
    (post,) = posts(list(read_payload(feed)))
    assert (post.id, post.title, post.description, post.url) == (
        "b-1",
        "Welder",
        "Weld & grind all day long",
        "https://b.example/1",
    )


def test_a_name_inside_the_company_is_the_company() -> None:
    feed = (
        '<vacancies><vacancy id="v-1"><job-name>Cook</job-name><duty>Cook lunch for two hundred people every day</duty><salary>from 900</salary>'
        "<currency>EUR</currency><company><name>Example Canteen</name></company></vacancy></vacancies>"
    )
    (post,) = posts(list(read_payload(feed)))
    assert (post.id, post.title, post.company) == ("v-1", "Cook", "Example Canteen")
    assert post.description == "Cook lunch for two hundred people every day"
    assert post.salary == Salary(text="from 900 EUR")


@pytest.mark.parametrize("document", [BOMB, OUTSIDE])
def test_entities_and_outside_references_are_refused(document: str) -> None:
    with pytest.raises(UnreadableInputError, match=r"feed.xml: declares entities"):
        list(read_payload(document, source="feed.xml", format="xml_feed"))


def test_a_broken_feed_names_the_line_and_keeps_what_came_before() -> None:
    feed = b"<jobs>\n<job><id>1</id><title>Cook</title></job>\n<job><id>2</title></job></jobs>"
    found = []
    with pytest.raises(UnreadableInputError, match=r"feed.xml, line 3: is not XML"):
        for item in read_payload(feed, source="feed.xml", format="xml_feed"):
            found.append(item)
    assert [post.id for post in posts(found)] == ["1"]


@pytest.mark.parametrize(
    "document",
    [
        b"<jobs></jobs>",
        b"<jobs><job>" + b"<a>" * 5_000,
        b"<jobs><job><id>1</id><title>" + b"x" * 33_000_000,
        b"<?xml version='1.0' encoding='klingon'?><jobs><job/></jobs>",
    ],
    ids=["no items", "deep", "endless item", "encoding"],
)
def test_hostile_feeds_are_unreadable(document: bytes) -> None:
    with pytest.raises(UnreadableInputError):
        list(read_payload(document, format="xml_feed"))


def test_other_encodings_are_read() -> None:
    feed = "<?xml version='1.0' encoding='windows-1251'?><jobs><job><id>1</id><title>Повар</title></job></jobs>".encode(
        "cp1251"
    )
    assert posts(list(read_payload(feed)))[0].title == "Повар"


class EndlessFeed(io.RawIOBase):
    """A feed of many items that never exists as a whole."""

    name = "endless.xml"

    def __init__(self, items: int) -> None:
        self._left = items
        self._pending = b"<?xml version='1.0'?><jobs>"

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self._pending) < size and self._left:
            self._left -= 1
            self._pending += b"<job><id>%d</id><title>Packer</title><description>%s</description></job>" % (
                self._left,
                b"Pack boxes. " * 80,
            )
            if not self._left:
                self._pending += b"</jobs>"
        data, self._pending = self._pending[:size], self._pending[size:]
        return data


def test_memory_stays_flat_over_a_long_feed() -> None:
    tracemalloc.start()
    count = sum(isinstance(item, ReadPost) for item in read_file(EndlessFeed(5_000)))  # type: ignore[arg-type]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 3_000_000


def test_a_long_feed_is_read_in_proportion() -> None:
    def work_on(length: int) -> Work:
        return lambda: list(read_file(EndlessFeed(length)))  # type: ignore[arg-type]

    assert_grows_in_proportion(work_on, 1_000)
