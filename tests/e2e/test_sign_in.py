"""Signing in with a real browser, without script. The hosted page is another site to it, so that cookies are held as they
will be with Cognito's."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from screening.aws.local.demo_stack import DemoStack
from tests.e2e.conftest import PASSWORD
from tests.e2e.test_console_in_browser import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.browser]


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=False)
    yield context
    context.close()


@pytest.fixture
def sheet(window: BrowserContext) -> Page:
    return window.new_page()


def test_the_hosted_page_is_another_site(sheet: Page, stack: DemoStack) -> None:
    sheet.goto(stack.console_url)
    sheet.get_by_role("link", name="Sign in").click()
    assert urlsplit(sheet.url).hostname == "localhost"
    assert urlsplit(stack.console_url).hostname == "127.0.0.1"


def test_who_signs_in_comes_to_the_page_they_asked_for(
    sheet: Page, stack: DemoStack, reviewers: tuple[str, str]
) -> None:
    sign_in(sheet, stack, reviewers[0], f"{stack.console_url}/case?id=no-such-case")
    expect(sheet.get_by_role("heading", level=1)).not_to_have_text("Sign in")


def test_the_session_is_kept_from_scripts_and_other_sites(
    window: BrowserContext, sheet: Page, stack: DemoStack, reviewers: tuple[str, str]
) -> None:
    sign_in(sheet, stack, reviewers[0])
    cookies = {cookie["name"]: cookie for cookie in window.cookies()}
    assert set(cookies) == {"session"}, "what the sign-in needed is gone"
    assert cookies["session"]["httpOnly"]
    assert cookies["session"]["sameSite"] == "Strict"


def test_who_signs_out_must_sign_in_again(
    window: BrowserContext, sheet: Page, stack: DemoStack, reviewers: tuple[str, str]
) -> None:
    sign_in(sheet, stack, reviewers[0])
    sheet.get_by_role("button", name="Sign out").click()
    sheet.wait_for_url(f"{stack.console_url}/sign-in")
    assert window.cookies() == []
    sheet.goto(stack.console_url)
    expect(sheet.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_sign_in_can_not_be_replayed(sheet: Page, stack: DemoStack, reviewers: tuple[str, str]) -> None:
    came_back: list[str] = []
    sheet.on("request", lambda request: came_back.append(request.url) if "/callback?" in request.url else None)
    sign_in(sheet, stack, reviewers[0])
    sheet.context.clear_cookies()
    sheet.goto(came_back[0])
    expect(sheet.get_by_role("alert")).to_contain_text("wasn't begun in this browser")
    sheet.goto(stack.console_url)
    expect(sheet.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_an_account_without_role_or_team_is_told_whom_to_ask(sheet: Page, stack: DemoStack) -> None:
    stack.add_reviewer("dmytro", PASSWORD, roles=(), teams="")
    sheet.goto(stack.console_url)
    sheet.get_by_role("link", name="Sign in").click()
    sheet.get_by_label("Username").fill("dmytro")
    sheet.get_by_label("Password").fill(PASSWORD)
    sheet.get_by_role("button", name="Sign in").click()
    expect(sheet.get_by_role("heading", level=1)).to_have_text("Your account has no work here yet")
