"""Saved filters on the queue: kept, shown with counts where these cost nothing, begun with, deleted."""

from __future__ import annotations

from tests.fakes.world import World
from tests.unit.console.test_case_pages import Browser, location, open_cases, world
from tests.unit.console.test_deciding_pages import words

__all__ = ["world"]


def keep(browser: Browser, name: str = "only urgent", **chosen: str) -> str:
    return location(
        browser.post("/console/filters", do="save", team="team-a", name=name, **(chosen or {"tier": "urgent"}))
    )


def test_a_filter_is_kept_shown_with_its_count_and_led_to(world: World) -> None:
    open_cases(world, "urgent one", "review two")
    ben = Browser("ben")
    assert keep(ben) == "../console?team=team-a&tier=urgent&list=waiting&told=filters"
    page = ben.get("/console")
    assert (
        'href="console?team=team-a&amp;tier=urgent&amp;list=waiting">only urgent <span class="count">1</span></a>'
        in page["body"]
    )
    filtered = ben.get("/console?team=team-a&tier=urgent&list=waiting")
    assert 'aria-current="true">only urgent</a>' in filtered["body"]
    assert "only urgent" not in words(Browser("anna").get("/console"))


def test_the_form_to_keep_stands_where_a_filter_is_set(world: World) -> None:
    ben = Browser("ben")
    assert 'value="save"' not in ben.get("/console")["body"]
    assert 'value="save"' in ben.get("/console?tier=urgent")["body"]


def test_the_default_begins_the_queue_and_every_other_address_stands_for_itself(world: World) -> None:
    urgent, review = open_cases(world, "urgent one", "review two")
    ben = Browser("ben")
    keep(ben)
    ben.post("/console/filters", do="default", team="team-a", name="only urgent")
    for asked in ("/console", "/console?team=team-a", "/console?lang=en"):
        page = ben.get(asked)["body"]
        assert urgent in page
        assert review not in page
    for asked in ("/console?list=waiting", "/console?team=team-a&list=waiting", "/console?tier=review"):
        assert review in ben.get(asked)["body"], asked
    ben.post("/console/filters", do="no_default", team="team-a", name="only urgent")
    assert review in ben.get("/console")["body"]


def test_a_filter_is_deleted(world: World) -> None:
    ben = Browser("ben")
    keep(ben)
    ben.post("/console/filters", do="delete", team="team-a", name="only urgent")
    assert "only urgent" not in ben.get("/console")["body"]


def test_what_cannot_be_kept_is_refused(world: World) -> None:
    ben = Browser("ben")
    assert ben.post("/console/filters", do="save", team="team-a", name="", tier="urgent")["statusCode"] == 403
    assert ben.post("/console/filters", do="save", team="team-a", name="x", tier="made-up")["statusCode"] == 403
    assert ben.post("/console/filters", do="save", team="team-b", name="x", tier="urgent")["statusCode"] == 404
    assert ben.post("/console/filters", do="burn", team="team-a", name="x")["statusCode"] == 422


def test_a_name_is_words_and_nothing_else(world: World) -> None:
    ben = Browser("ben")
    keep(ben, "<script>alert(1)</script>")
    assert "<script>alert" not in ben.get("/console")["body"]
