"""Where a sign-in leads to afterwards: a place of the console, whatever the address claimed."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from functions.console.going_to import MOST_CHARACTERS, link_to, place_of, safe_place

CALLBACK = "https://console.example.org/live/console/callback"
HOSTILE = [
    "//evil.example", "https://evil.example/", "https:evil.example", "javascript:alert(1)", "data:text/html,x", "\\\\evil.example",
    "/\\evil.example", "/console", "../../other/stage", "case/../../x", "case?id=1\r\nSet-Cookie: a=b", "case?id=\"><script>",
    "case#@evil.example", "case;url=https://evil.example", "?x=1;url=//evil", "case?id=é", " case", "case\n", "\tjavascript:x",
    "@evil.example", "case?id=<b>", "CASE", "case//x", "\ud800", "case?id=\x00",
]  # fmt: skip


@pytest.mark.parametrize(
    "place", ["", "case?id=4711", "?team=general", "case?id=a%2Fb&x=%D0%B0", "partners/one?since=2026-01-01"]
)
def test_a_place_of_the_console_is_kept(place: str) -> None:
    assert safe_place(place) == place


@pytest.mark.parametrize("place", HOSTILE)
def test_a_hostile_place_becomes_the_queue(place: str) -> None:
    assert safe_place(place) == ""


@pytest.mark.parametrize("place", ["sign-in", "sign-in?next=case", "start-sign-in", "callback?code=x", "sign-out"])
def test_nobody_is_led_round_in_circles(place: str) -> None:
    assert safe_place(place) == ""


def test_a_place_without_end_becomes_the_queue() -> None:
    assert safe_place("case?id=" + "a" * MOST_CHARACTERS) == ""


@given(st.text(max_size=80) | st.sampled_from(HOSTILE).flatmap(lambda h: st.text(max_size=5).map(lambda t: h + t)))
@example("?team=general")
def test_the_link_never_leaves_the_console(place: str) -> None:
    led_to = urlsplit(urljoin(CALLBACK, link_to(safe_place(place))))
    assert (led_to.scheme, led_to.netloc) == ("https", "console.example.org")
    assert led_to.path == "/live/console" or led_to.path.startswith("/live/console/")


@given(st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=20), min_size=1, max_size=3), max_size=4))
def test_the_place_of_any_request_is_safe(query: dict[str, list[str]]) -> None:
    place = place_of("/console/case", query)
    assert place == safe_place(place)
    assert place == "" or place.startswith("case")


def test_the_queue_and_a_case_are_places() -> None:
    assert place_of("/console", {}) == ""
    assert place_of("/console", {"team": ["general"]}) == "?team=general"
    assert place_of("/console/case", {"id": ["a/b c"]}) == "case?id=a%2Fb+c"
    assert link_to("?team=general") == "../console?team=general"
    assert link_to("") == "../console"
    assert link_to("case?id=1") == "case?id=1"
