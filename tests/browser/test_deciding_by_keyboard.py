"""Case after case by keyboard alone, on the console's real routes; and what must be seen without scrolling."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.console_live import live_console
from tests.browser.console_pages import PAGES
from tests.browser.console_site import serving
from tests.fakes.world import World
from tests.unit.console.test_case_pages import PEOPLE, open_cases, world

__all__ = ["world"]
pytestmark = pytest.mark.browser


@pytest.fixture
def desk(world: World, page: Page) -> Iterator[str]:
    """The console with anna signed in."""
    with live_console() as base:
        page.context.add_cookies([{"name": "session", "value": "anna", "url": base}])
        yield base


def on_case(page: Page, case: str) -> None:
    expect(page.locator("body")).to_have_attribute("data-case", case)


def votes_of(world: World, case: str) -> list[str]:
    stored = world.cases.read(case)
    assert stored is not None
    return [vote.action for vote in stored.votes]


def test_three_cases_are_decided_by_keyboard_each_landing_on_the_next(world: World, page: Page, desk: str) -> None:
    first, second, third = open_cases(world, "review one", "review two", "review three")
    page.goto(f"{desk}/console")
    page.keyboard.press("n")
    on_case(page, first)
    page.keyboard.press("1")
    page.keyboard.press("Shift+Digit1")  # the first ready-made reason of the dismissal
    page.keyboard.press("Control+Enter")
    on_case(page, second)
    expect(page.locator(".last")).to_contain_text(
        f"Last case: “Dismiss: nothing in it needs action” is recorded. Case {first[:8]}"
    )
    page.keyboard.press("2")
    page.keyboard.press("r")
    page.keyboard.type("1 fee n s q are typed")  # no key fires in a field
    page.keyboard.press("Control+Enter")
    on_case(page, third)
    page.keyboard.press("1")
    page.keyboard.press("Shift+Digit1")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/console\?team=team-a.*told=decided_none_left"))
    expect(page.get_by_text("No case that you may judge is left")).to_be_visible()
    assert [votes_of(world, case) for case in (first, second, third)] == [["dismiss"], ["warn_applicants"], ["dismiss"]]
    page.keyboard.press("u")
    page.keyboard.press("Enter")
    on_case(page, third)
    assert votes_of(world, third) == []


def test_a_double_click_and_the_back_button_lose_and_double_nothing(world: World, page: Page, desk: str) -> None:
    first, second, third = open_cases(world, "review one", "review two", "review three")
    page.goto(f"{desk}/console/case?id={first}")
    page.get_by_label("Warn applicants").check()
    page.get_by_role("button", name="Decide").dblclick()
    on_case(page, second)
    page.go_back()
    on_case(page, first)
    expect(page.get_by_role("heading", name="What was decided, and why")).to_be_visible()
    page.go_forward()
    on_case(page, second)
    page.keyboard.press("2")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    on_case(page, third)
    assert [votes_of(world, case) for case in (first, second, third)] == [["warn_applicants"], ["warn_applicants"], []]
    leases = world.work.leases([first, second, third], now=world.clock.now())
    assert leases[third].actor == PEOPLE["anna"].actor


def test_the_box_is_remembered_and_its_key_switches_it(world: World, page: Page, desk: str) -> None:
    first, second = open_cases(world, "review one", "review two")
    page.goto(f"{desk}/console/case?id={first}")
    page.keyboard.press("x")
    page.keyboard.press("2")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/console/case?id={first}&told=decided")
    page.goto(f"{desk}/console/case?id={second}")
    expect(page.get_by_label("Take the next case at once")).not_to_be_checked()


def test_a_case_is_put_aside_back_and_left_by_key(world: World, page: Page, desk: str) -> None:
    first, second = open_cases(world, "review one", "review two")
    page.goto(f"{desk}/console")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    on_case(page, first)
    page.keyboard.press("s")
    on_case(page, second)
    expect(page.get_by_text("Skipped. It stays in the queue for others.")).to_be_visible()
    page.keyboard.press("l")
    on_case(page, first)
    page.keyboard.press("q")
    page.wait_for_url("**/console?team=team-a")
    page.goto(f"{desk}/console/case?id={second}")
    page.keyboard.press("b")
    page.wait_for_url("**told=released")
    assert world.work.leases([first, second], now=world.clock.now()) == {}


def test_keys_work_on_a_keyboard_without_latin_letters(world: World, page: Page, desk: str) -> None:
    [case] = open_cases(world, "review one")
    page.goto(f"{desk}/console/case?id={case}")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'к', code: 'KeyR', bubbles: true}))")
    expect(page.get_by_label("Reason in your own words")).to_be_focused()


@pytest.mark.parametrize("kind", ["open", "seven", "lacking"])
@pytest.mark.parametrize("language", ["en", "uk"])
def test_all_actions_and_the_button_are_seen_without_scrolling(page: Page, kind: str, language: str) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    with serving(PAGES) as site:
        page.goto(site.url(f"/console/case?id={kind}&lang={language}"))
        boxes = page.locator(".decide .actions .action, .decide .primary")
        assert boxes.count() >= {"open": 7, "seven": 8, "lacking": 8}[kind]
        for chosen in (None, "1", "4"):
            if chosen:
                page.keyboard.press(chosen)
            for box in boxes.all():
                place = box.bounding_box()
                assert place is not None
                assert place["y"] >= 0 and place["y"] + place["height"] <= 768, (chosen, box.inner_text())
        assert page.evaluate("scrollY") == 0


def test_on_a_phone_the_panel_is_one_jump_away(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(reduced_motion="reduce")
    with serving(PAGES) as site:
        page.goto(site.url("/console/case?id=seven"))
        page.get_by_role("link", name="To the decision").click()
        expect(page.get_by_role("heading", name="Decide", exact=True)).to_be_in_viewport()
        expect(page.get_by_role("button", name="Decide")).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_urgent_case_calms_nobody(page: Page) -> None:
    """What speaks against an urgent finding is told, and not in green."""
    with serving(PAGES) as site:
        seen = []
        for kind in ("open", "seven"):  # urgent, and not
            page.goto(site.url(f"/console/case?id={kind}"))
            expect(page.locator("#against")).to_have_text("What speaks against it")
            seen.append(page.locator("mark.for").first.evaluate("mark => getComputedStyle(mark).backgroundColor"))
    assert seen == ["rgb(244, 246, 249)", "rgb(217, 241, 222)"]
