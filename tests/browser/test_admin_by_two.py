"""A partner's wider policy in a real browser: one administrator proposes it, another confirms it. Without script."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from functions.console import admin_pages
from functions.console.handler import app
from tests.fakes.rest_api import rest_event
from tests.fakes.world import NGO, World, person
from tests.unit.console import test_case_pages
from tests.unit.console.test_case_pages import world

__all__ = ["world"]

pytestmark = pytest.mark.browser


@pytest.fixture
def address(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The console's own app on loopback, as API Gateway would call it."""
    people = {name: person(name, "administrator", teams=()) for name in ("max", "kim")}
    monkeypatch.setattr(test_case_pages, "PEOPLE", people)
    monkeypatch.setattr(admin_pages, "administer", lambda: world.administer)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            query = dict(parse_qsl(parts.query))
            event = rest_event(app.routes, self.command, parts.path, query=query, headers=headers, body=body)
            answer: dict[str, Any] = app(event, None)
            self.send_response(answer["statusCode"])
            for name, value in answer["headers"].items():
                if name != "Strict-Transport-Security":
                    self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(str(answer["body"]).encode())

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


def signed_in(browser: Browser, address: str, actor: str) -> BrowserContext:
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "session", "value": actor, "url": address}])
    return context


def test_a_wider_policy_takes_two_people(browser: Browser, address: str, world: World) -> None:
    one, other = signed_in(browser, address, "max"), signed_in(browser, address, "kim")
    page = one.new_page()
    page.goto(f"{address}/console")
    page.get_by_role("navigation", name="Administration").get_by_role("link", name="Partners").click()
    page.get_by_role("link", name="ngo-a").click()
    page.get_by_label("Countries").fill("PL, UA")
    page.get_by_label("Reason").first.fill("The agreement names Ukraine too.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("waits for a second administrator")
    expect(page.get_by_role("button", name="Take back")).to_be_visible()
    expect(page.get_by_role("button", name="Confirm")).to_have_count(0)
    assert world.config.partner("ngo-a") == NGO

    page = other.new_page()
    page.goto(f"{address}/console/admin")
    expect(page.get_by_text("PL → PL, UA").first).to_be_visible()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("status")).to_contain_text("in effect")
    changed = world.config.partner("ngo-a")
    assert changed is not None
    assert changed.countries == ("PL", "UA")

    page.goto(f"{address}/console/admin/platforms?id=alpha")
    page.get_by_label("Reason").last.fill("The old one was in a mail.")
    page.get_by_role("button", name="Make a new secret").click()
    (fresh, _) = world.secrets.signing_secrets("platform", "alpha", refresh=True)
    expect(page.get_by_label("Signing secret")).to_have_value(fresh)
    page.get_by_role("link", name="I have kept it").click()
    expect(page.get_by_text(fresh)).to_have_count(0)
    for context in (one, other):
        context.close()
