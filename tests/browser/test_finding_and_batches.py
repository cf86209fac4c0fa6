"""Ctrl-K from every page, and alike cases chosen, read and decided together: with script and without."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.console_pages import PAGES
from tests.browser.console_site import Site, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving(PAGES) as started:
        yield started


@pytest.fixture(autouse=True)
def _nothing_sent(site: Site) -> None:
    site.posted.clear()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", ["/console", "/console/case?id=open", "/console/metrics", "/console/partners"])
def test_ctrl_k_opens_the_look_up_from_every_page_with_its_field_at_hand(page: Page, site: Site, address: str) -> None:
    page.goto(site.url(address))
    page.keyboard.press("Control+k")
    page.wait_for_url("**/console/look-up")
    expect(page.locator("#q")).to_be_focused()


def test_ctrl_k_leaves_a_half_written_reason_where_it_is(page: Page, site: Site) -> None:
    page.goto(site.url("/console/case?id=open"))
    page.locator("#reason").fill("The passport is kept")
    with page.context.expect_page() as opened:
        page.keyboard.press("Control+k")
    opened.value.wait_for_url("**/console/look-up")
    expect(page.locator("#reason")).to_have_value("The passport is kept")


def test_without_script_a_link_leads_to_the_look_up(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console"))
    plain.get_by_role("link", name="Look up").click()
    expect(plain.get_by_role("heading", name="Look up", exact=True)).to_be_visible()


def test_a_contact_is_sent_by_form_and_never_stands_in_the_address(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console/look-up"))
    plain.get_by_label("Contact, or the poster's account id").fill("+48 600 100 200")
    plain.get_by_role("button", name="Look up this contact").click()
    [(path, fields)] = site.posted
    assert (path, fields["what"], fields["typed"]) == ("/console/look-up", "contact", "+48 600 100 200")
    assert "600" not in plain.url


@pytest.mark.parametrize("script", [True, False])
def test_alike_cases_are_chosen_read_and_decided_together(page: Page, plain: Page, site: Site, script: bool) -> None:
    tab = page if script else plain
    tab.goto(site.url("/console"))
    boxes = tab.locator("label.pick input")
    boxes.nth(0).check()
    boxes.nth(1).check()
    tab.get_by_role("button", name="Decide the chosen together").click()
    assert len(re.findall(r"[?&]c-", tab.url)) == 2
    expect(tab.locator(".whole-text")).to_have_count(1)
    kept = tab.locator(".batch-cases input[type=checkbox]")
    kept.nth(0).uncheck()
    tab.get_by_label("Ask the platform to remove it", exact=True).check()
    tab.locator("#reason").fill("One template fills all of these.")
    tab.locator("#count").fill("3")
    tab.get_by_role("button", name="Decide all that are ticked").click()
    expect(tab.get_by_role("heading", name="Done")).to_be_visible()
    [(path, fields)] = site.posted
    assert path == "/console/batch"
    assert (fields["action"], fields["count"], fields["batch"]) == ("remove", "3", "b-1")
    assert len([name for name in fields if name.startswith("case:")]) == 3


def test_a_filter_is_kept_from_the_queue(plain: Page, site: Site) -> None:
    plain.goto(site.url("/console?tier=urgent"))
    plain.get_by_text("Keep or delete filters").click()
    plain.get_by_label("Keep these filters as").fill("night shift")
    plain.get_by_role("button", name="Keep", exact=True).click()
    [(path, fields)] = site.posted
    assert (path, fields["do"], fields["name"], fields["tier"]) == ("/console/filters", "save", "night shift", "urgent")
