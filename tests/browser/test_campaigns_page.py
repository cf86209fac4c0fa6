"""The page of `screening link` in a real browser: legible, operable by keyboard, on a phone, and deaf to what posts would do to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from screening.cli.linking import FileLinker
from screening.cli.report.campaigns_page import write_campaigns
from screening.posts.post import Post

pytestmark = pytest.mark.browser

AT = datetime(2026, 3, 1, tzinfo=UTC)
HOSTILE = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\"'></article>"
TEXT = (
    "We look for women to clean hotel rooms in {0} from Monday to Saturday. Housing is given by the firm and is free. "
    "You travel by bus from the station on Friday evening. Pay is {1} euro a month and is paid in hand. " + HOSTILE
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    target = tmp_path_factory.mktemp("page") / "campaigns.html"
    with FileLinker(at=AT, seed=b"s" * 32) as linker:
        for number, (name, place) in enumerate(
            (("Alma", "Berlin"), ("Vega", "Prague"), (HOSTILE, "Vienna"), ("", "Brno"))
        ):
            linker.add(
                Post(
                    platform="board" if number else HOSTILE, id=f"p{number}" + "x" * 200 * (number == 3), company=name,
                    description=TEXT.format(place, 900 + number), contacts=(f"@hand_{number % 2}",), country="DE",
                    posted_at=AT + timedelta(days=number),
                )
            )  # fmt: skip
        views = list(linker.campaigns())
        write_campaigns(target, views, counts=linker.counts, found=len(views), at=AT, inputs=[HOSTILE])
    return target.as_uri()


def test_a_campaign_is_named_explained_and_drawn(page: Page, address: str) -> None:
    page.goto(address)
    article = page.get_by_role("article", name="4 posts tied together")
    expect(article).to_contain_text("One text with contacts and names swapped")
    expect(article.get_by_role("img").first).to_have_accessible_name("4 posts and 3 contacts or texts that they share")
    expect(article.locator(".template .slot").first).to_be_visible()


def test_slots_open_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    summary = page.get_by_text("What fills the slots")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".fillings")).to_contain_text("Prague")


def test_what_posts_say_is_shown_and_never_run(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_timeout(200)
    assert page.title() == "Campaigns, 2026-03-01"
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_runs_over_on_a_phone(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    page.locator("details").evaluate_all("all => all.forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_it_loads_nothing_from_elsewhere(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert Path(address.removeprefix("file://")).exists()
