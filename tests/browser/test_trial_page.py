"""The page of `screening trial` in a real browser: legible on a phone, read aloud, and deaf to what posts would do to it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from screening.assessment.screener import Screener
from screening.cli.reading import ScanOptions
from screening.cli.trial.comparing import Comparison, compare_post
from screening.cli.trial.decisions_file import Decision, Decisions
from screening.cli.trial.page import write_trial_page
from screening.posts.post import PlatformSignal, Post

pytestmark = pytest.mark.browser

AT = datetime(2026, 3, 9, tzinfo=UTC)
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
HOSTILE = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\"'></article>"
RISKY = (
    "A registration fee of 200 euro is due before departure. We keep your passport until the season ends. "
    "Don't tell your family about this. No contract, cash in hand. "
)
SCREENER = Screener.load()


def post(number: int, *, dated: bool) -> Post:
    """Every third post is risky; dates run over five days; every fourth bears a signal."""
    text = RISKY if number % 3 == 0 else "Written contract, 14.50 EUR an hour, 40 hours a week. "
    signal = PlatformSignal(name="new_account" if number else HOSTILE, value=True)
    return Post(
        platform="board",
        id=f"post-{number}" if number else f"post-0-{'x' * 300}{HOSTILE}",
        title=f"Kitchen help {number}" if number else HOSTILE,
        company="" if number else HOSTILE,
        description=f"{text} {HOSTILE} {'W' * 3_000} {'word ' * 600}" if number < 2 else f"{text} Day {number}.",
        country="DE",
        posted_at=datetime(2026, 3, 2 + number % 5, 8, tzinfo=UTC) if dated else None,
        signals=(signal,) if number % 4 == 0 else (),
    )


def written(folder: Path, *, texts: bool = True, dated: bool = True) -> Path:
    posts = [post(number, dated=dated) for number in range(60)]
    acted, kept = Decision("acted", "remove", f"why {HOSTILE}"), Decision("kept", HOSTILE)
    by_id = {posts[0].id: kept, **{f"post-{n}": acted if n % 6 < 2 else kept for n in range(1, 60) if n % 10}}
    comparison = Comparison(decisions=Decisions(by_id=by_id, rows=len(by_id), words={"remove": 18, HOSTILE: 37}))
    for each in posts:
        compare_post(comparison, each, ScanOptions(at=AT), SCREENER)
    comparison.refused, comparison.refusals = 1, [f"{HOSTILE}.jsonl, line 3: is not JSON"]
    target = folder / "trial.html"
    write_trial_page(
        target, comparison, comparison.ranked.placed(), budget=4, minutes=4, rules=SCREENER.rules,
        versions=SCREENER.versions, at=AT, inputs=[HOSTILE], texts=texts,
    )  # fmt: skip
    return target


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("trial")).as_uri()


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("bare"), texts=False).as_uri()


def open_all(page: Page) -> None:
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")


def test_it_says_first_that_it_holds_adverts(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("header").first.locator(".notice")).to_contain_text(
        "This page contains adverts of your platform"
    )
    expect(page.locator(".notice")).to_be_in_viewport()


def test_tables_have_names_and_figures(page: Page, address: str) -> None:
    page.goto(address)
    # Removed are 6, 12, ... 54 without 30 (risky) and 1, 7, ... 55 (not); nobody decided 10, 20, 30 (risky), 40 and 50.
    table = page.get_by_role("table", name="Your decisions against our flags (review or urgent)")
    expect(table.get_by_role("row", name="You acted 8 10 18 44% (25% to 66%)")).to_be_visible()
    expect(table.get_by_role("row", name="Nobody decided 1 4 5 20% (3.6% to 62%)")).to_be_visible()
    for name in ("Posts of each tier, and what you did with them", "What a budget shows", "Posts with each of your signals",
                 "Posts by language", "Posts by sector"):  # fmt: skip
        expect(page.get_by_role("table", name=name)).to_be_visible()
    expect(page.get_by_role("table", name="Posts by sector")).to_contain_text("too few")


def test_the_curve_is_told_in_words(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("img", name="At a budget of 4 a day")).to_be_visible()
    expect(page.locator("figcaption")).to_contain_text("drawn at random")


def test_disagreements_show_both_judgements_and_the_marked_words(page: Page, address: str) -> None:
    page.goto(address)
    open_all(page)
    page.get_by_role("navigation", name="Flagged here, no action of yours").get_by_role("link").nth(1).click()
    article = page.locator("#ours-2")
    expect(article.get_by_role("heading", level=3)).to_be_in_viewport()
    expect(article.locator(".theirs")).to_contain_text("You left it up")
    expect(article.locator(".text mark.strong").first).to_be_visible()
    other = page.locator("#theirs-1")
    expect(other.locator(".theirs")).to_contain_text("You acted (“remove”): why")
    article.get_by_role("link", name="Back to the disagreements").click()
    expect(page.get_by_role("heading", name="disagreements to read")).to_be_in_viewport()


def test_hostile_texts_words_and_signals_are_shown_and_do_nothing(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    open_all(page)
    expect(page.locator("article h3", has_text="<script>")).to_have_text(HOSTILE)
    assert page.title() == "Screening trial, 2026-03-09"
    assert page.locator("script, iframe, article article, img").count() == 0
    assert page.locator("a:not([href^='#'])").count() == 0
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_without_texts_no_word_of_a_post_is_left(page: Page, bare: str) -> None:
    page.goto(bare)
    expect(page.locator(".notice")).to_contain_text("written without the texts of posts")
    table = page.get_by_role("table", name="Flagged here, no action of yours")
    expect(table.get_by_role("row", name="post-3 urgent")).to_contain_text("You left it up")
    source = page.content()
    for words in ("Kitchen help", "passport until", "why &lt;"):
        assert words not in source
    assert page.locator("article").count() == 0


def test_posts_without_dates_are_one_day_and_it_says_so(page: Page, tmp_path: Path) -> None:
    page.goto(written(tmp_path, dated=False).as_uri())
    expect(page.get_by_text("No post has a date: all count as one day.")).to_be_visible()
    expect(page.get_by_role("table", name="What a budget shows")).to_contain_text("hours in all")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("kind", ["address", "bare"])
def test_it_has_no_serious_fault_of_accessibility_and_runs_over_nowhere(
    page: Page, request: pytest.FixtureRequest, kind: str, width: int, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(request.getfixturevalue(kind))
    open_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e =>
             e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest('thead, svg'))
             .map(e => e.tagName + '.' + e.className)"""
    )
    assert wide == []
    found = Axe().run(page, options=WCAG).response["violations"]
    faults = [
        (fault["id"], fault["impact"], [node["html"][:160] for node in fault["nodes"][:3]])
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]
    assert faults == []
