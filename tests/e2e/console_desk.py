"""Somebody at the console, with a real browser: signs in, decides by keyboard, and has each page checked on the way."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from screening.aws.local.demo_stack import DemoStack
from tests.e2e.conftest import PASSWORD

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = {"desk": 1280, "phone": 390}
SCREENSHOTS = os.environ.get("SCREENSHOTS")
"""A folder for pictures of the pages, for somebody to look at; none are made where it isn't set."""


def complaints_of(page: Page) -> list[str]:
    """What the page's console says from now on. The icon that the emulator's sign-in page lacks is none of ours."""
    found: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.location["url"].endswith("/favicon.ico"):
            found.append(f"{page.url}: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    return found


class Desk:
    """One person's browser. `page` stays where they are."""

    def __init__(self, page: Page, stack: DemoStack, name: str) -> None:
        self.page = page
        self.name = name
        self._stack = stack
        self._seen: set[tuple[str, int]] = set()

    def sign_in(self) -> None:
        self.page.goto(self._stack.console_url)
        self.page.get_by_role("link", name="Sign in").click()
        self.page.get_by_label("Username").fill(self.name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(self._stack.console_url)

    def queue(self, **filters: str) -> None:
        query = "&".join(f"{name}={value}" for name, value in filters.items())
        self.page.goto(f"{self._stack.console_url}{'?' if query else ''}{query}")

    def open(self, case: str, what: str = "case") -> None:
        self.page.goto(f"{self._stack.console_url}/{what}?id={case}")

    def go(self, what: str) -> None:
        self.page.goto(f"{self._stack.console_url}/{what}")

    @property
    def rows(self) -> Sequence[str]:
        """Ids of the cases in the queue, in its order."""
        links = self.page.locator("table.cases a[data-case]")
        return [links.nth(place).get_attribute("data-case") or "" for place in range(links.count())]

    @property
    def case(self) -> str:
        """The id of the case that is shown."""
        return self.page.locator("body").get_attribute("data-case") or ""

    def decide(self, action: str, reason: str, *, partner: str = "") -> None:
        """By keyboard alone: the action's digit, the partner by the first letters of its name, the reason, Ctrl+Enter.

        The reviewer stays on the case, to see what came of it.
        """
        page = self.page
        page.get_by_label("Take the next case at once").uncheck()
        radio = page.get_by_role("radio", name=re.compile(f"^{re.escape(action)}"))
        page.keyboard.press(radio.get_attribute("accesskey") or "")
        expect(radio).to_be_checked()
        if partner:
            page.keyboard.press("Tab")
            page.keyboard.type(partner[:6])
            expect(page.locator("#partner option:checked")).to_contain_text(partner)
            for _ in range(30):  # past the ready-made reasons
                page.keyboard.press("Tab")
                if page.locator("#reason").evaluate("one => one === document.activeElement"):
                    break
        else:
            page.keyboard.press("r")
        expect(page.get_by_label("Reason in your own words")).to_be_focused()
        page.keyboard.type(reason)
        page.keyboard.press("Control+Enter")

    def confirm(self) -> None:
        """What leaves the house is stated once more: on by Tab and Enter."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Is this what you mean?")
        self.look("confirm")
        yes = self.page.get_by_role("button", name="Yes, do this")
        for _ in range(20):
            self.page.keyboard.press("Tab")
            if yes.evaluate("one => one === document.activeElement"):
                break
        self.page.keyboard.press("Enter")

    def expect_told(self, words: str) -> None:
        expect(self.page.locator("p.told[role=status]")).to_have_text(words)

    def look(self, name: str) -> None:
        """The page as it stands is accessible and fits a phone and a desk. A picture of each where they are asked for."""
        page, before = self.page, self.page.viewport_size
        for device, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} runs over on a {device}"
            if SCREENSHOTS:
                folder = Path(SCREENSHOTS)
                folder.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=folder / f"{name}-{device}.png", full_page=True)
        if before:
            page.set_viewport_size(before)
        faults = [
            (fault["id"], fault["impact"], [node["html"][:160] for node in fault["nodes"][:3]])
            for fault in Axe().run(page, options=WCAG).response["violations"]
            if fault["impact"] in ("serious", "critical")
        ]
        assert faults == [], name


@contextmanager
def desk_of(browser: Browser, stack: DemoStack, name: str) -> Iterator[Desk]:
    """A browser of this person's own, signed in. What its console said is an error at the end."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page = context.new_page()
    complaints = complaints_of(page)
    desk = Desk(page, stack, name)
    desk.sign_in()
    yield desk
    context.close()
    assert complaints == []
