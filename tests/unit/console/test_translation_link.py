"""A link to a translation service: none unless one is set, and never an address of the post's own making."""

from __future__ import annotations

from functions.console.translation_link import MOST_CHARACTERS, translation_link
from screening.posts.post import Post

ADDRESS = "https://translate.example.org/?sl={from}&tl={to}&text={text}"
POST = Post(platform="p", id="1", title="Робота", description="Без досвіду & {to}")


def test_no_link_where_none_is_set() -> None:
    assert translation_link("", POST, source="uk", target="en") == ""


def test_nothing_to_translate_gives_no_link() -> None:
    assert translation_link(ADDRESS, None, source="uk", target="en") == ""
    assert translation_link(ADDRESS, POST, source="en", target="en") == ""


def test_the_text_stays_within_its_place() -> None:
    link = translation_link(ADDRESS, Post(platform="p", id="1", description="a&tl=xx#{to}"), source=None, target="uk")
    assert link == "https://translate.example.org/?sl=auto&tl=uk&text=a%26tl%3Dxx%23%7Bto%7D"


def test_long_texts_are_cut() -> None:
    link = translation_link(ADDRESS, Post(platform="p", id="1", description="ж" * 9_000), source="uk", target="en")
    assert len(link) < 6 * MOST_CHARACTERS + 100
