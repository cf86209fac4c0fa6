"""The console in a real browser, without script: a reviewer signs in, reads the first case, decides; a colleague agrees."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from screening.aws.local.demo_stack import DemoStack
from tests.e2e.conftest import PARTNER, PASSWORD, until
from tests.e2e.console_desk import complaints_of
from tests.e2e.test_way_of_a_post import case_of, offer

pytestmark = [pytest.mark.e2e, pytest.mark.browser]


@pytest.fixture
def sheet(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no script, and that complains of nothing."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints = complaints_of(page)
    yield page
    assert complaints == []
    context.close()


def sign_in(page: Page, stack: DemoStack, name: str, address: str = "") -> None:
    """To the page that was asked for, by way of the hosted one. Fails where that isn't the page that is shown in the end."""
    wanted = address or stack.console_url
    page.goto(wanted)
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(wanted)


def test_two_reviewers_refer_a_case(
    sheet: Page, stack: DemoStack, secret: str, partner_secret: str, reviewers: tuple[str, str]
) -> None:
    stack.send_posts("jobs-pl", secret, [offer("in the browser")])
    case = until(lambda: case_of(stack, reviewers[0], "in the browser"), what="a case")
    assert partner_secret
    for number, reviewer in enumerate(reviewers):
        sign_in(sheet, stack, reviewer)
        expect(sheet.get_by_role("heading", level=1)).to_contain_text("Open cases")
        sheet.goto(f"{stack.console_url}/case?id={case['case']}")
        expect(sheet.locator("mark").first).to_be_visible()
        expect(sheet.get_by_text("It says nothing of who posted it")).to_be_visible()
        sheet.get_by_label("Refer to a partner").check()
        sheet.get_by_label("Partner, where one").select_option(PARTNER.id)
        sheet.get_by_label("Reason in your own words").fill("Documents are kept and a fee is asked.")
        sheet.get_by_role("button", name="Decide").click()
        sheet.get_by_role("button", name="Yes, do this").click()
        state = "second_look" if number == 0 else "decided"
        decided = until(lambda: case_after(stack, reviewer, case["case"]), what="the decision")  # noqa: B023
        assert decided["state"] == state
        sheet.get_by_role("button", name="Sign out").click()
        expect(sheet.get_by_role("heading", level=1)).to_have_text("Sign in")
    tickets = until(lambda: stack.take(stack.queue_url(PARTNER.queue)), what="the partner's ticket")
    assert len(tickets) == 1, "and none is left for the next test to take for its own"


def case_after(stack: DemoStack, reviewer: str, case: str) -> dict[str, str] | None:
    headers = {"Authorization": f"Bearer {stack.id_token(reviewer, PASSWORD)}"}
    found = stack.request("GET", "/v1/case", query={"id": case}, headers=headers).json()["case"]
    return found if found["votes"] or found["state"] != "open" else None


@pytest.mark.parametrize("width", [390, 1280])
def test_a_case_fits_a_phone_and_a_desk(
    browser: Browser,
    stack: DemoStack,
    secret: str,
    reviewers: tuple[str, str],
    width: int,
) -> None:
    stack.send_posts("jobs-pl", secret, [offer(f"width {width}")])
    case = until(lambda: case_of(stack, reviewers[0], f"width {width}"), what="a case")
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    sign_in(page, stack, reviewers[0])
    for address in (stack.console_url, f"{stack.console_url}/case?id={case['case']}"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
