"""The look-up page: what is typed as a contact never stands in an address, and the page says what it can't look through."""

from __future__ import annotations

from urllib.parse import unquote

from screening.posts.post import Poster
from tests.fakes.world import World, post
from tests.unit.console.test_case_pages import PEOPLE, Browser, location, world

__all__ = ["world"]
NUMBER = "+48 600 100 200"


def filled(world: World) -> None:
    world.publish(
        post("1", "review: call me", contacts=(NUMBER,), poster=Poster(id="acc-7")),
        post("2", "A quiet job.", contacts=(NUMBER,)),
        post("9", "review elsewhere", platform="beta", contacts=(NUMBER,)),
    )
    world.run()


def test_every_page_leads_to_the_look_up(world: World) -> None:
    assert 'href="console/look-up" data-look-up' in Browser("ben").get("/console")["body"]
    assert 'href="../console/look-up" data-look-up' in Browser("ben").get("/console/look-up")["body"]


def test_a_contact_is_looked_up_by_form_and_its_fingerprint_alone_stands_in_the_address(world: World) -> None:
    filled(world)
    ben = Browser("ben")
    to = location(ben.post("/console/look-up", team="team-a", what="contact", typed=NUMBER))
    assert "600100200" not in unquote(to).replace(" ", "")
    page = ben.get("/console/" + unquote(to))
    assert "2 posts within your reach" in page["body"]
    assert "alpha%2F2" in page["body"]
    assert "beta" not in page["body"]
    assert "600100200" not in page["body"].replace(" ", "")


def test_an_account_is_looked_up_by_form(world: World) -> None:
    filled(world)
    ben = Browser("ben")
    to = location(ben.post("/console/look-up", team="team-a", what="account", typed="acc-7"))
    assert "acc-7" not in to
    assert "1 post within your reach" in ben.get("/console/" + unquote(to))["body"]


def test_what_is_no_contact_is_said_so_and_not_repeated(world: World) -> None:
    ben = Browser("ben")
    to = location(ben.post("/console/look-up", team="team-a", what="contact", typed="two words"))
    assert to.endswith("nothing=1")
    assert "Nothing was looked up" in ben.get(f"/console/{to}")["body"]


def test_a_post_is_told_without_its_words(world: World) -> None:
    filled(world)
    page = Browser("ben").get("/console/look-up?q=alpha/1")["body"]
    assert "Versions and tiers over time" in page
    assert "first assessed" in page
    assert "call me" not in page
    case = world.list_cases(PEOPLE["ben"], "team-a").cases[0].case
    assert f"console/case?id={case}" in page


def test_the_page_says_what_it_cannot_look_through(world: World) -> None:
    page = Browser("ben").get("/console/look-up?q=nothing-like-this")["body"]
    assert "Nothing within your reach is known of this." in page
    for words in (
        "outside your teams and platforms",
        "who sent a report",
        "an earlier fingerprint key",
        "first thousand",
    ):
        assert words in page


def test_another_team_and_a_token_of_nobody_are_refused(world: World) -> None:
    assert Browser("ben").get("/console/look-up?team=team-b")["statusCode"] == 404
    assert Browser("ben").post("/console/look-up", team="team-b", what="contact", typed=NUMBER)["statusCode"] == 404
    assert location(Browser("mallory").get("/console/look-up")).startswith("sign-in")
    assert Browser("ben").post("/console/look-up", team="team-a", what="all", typed="x")["statusCode"] == 422
