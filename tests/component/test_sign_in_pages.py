"""The console's sign-in pages as API Gateway calls them, with a provider on loopback."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import boto3
import pytest

from functions.console.handler import app
from screening.aws import clients
from screening.aws.settings import ConsoleSettings
from screening.aws.wiring import console as wiring
from tests.component.conftest import REGION
from tests.fakes.openid_provider import CLIENT, FakeOpenIdProvider
from tests.fakes.rest_api import rest_event

CONSOLE = "https://console.example.org/live/console"
REFRESH = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]*)">')
COMPOSED = ("settings", "hosted_sign_in", "verify_token", "form_tokens", "session_key")


@dataclass
class Browser:
    """Keeps cookies as a browser does; whether they are sent across sites is for the tests with a real one."""

    cookies: dict[str, str] = field(default_factory=dict)
    languages: str = ""

    def get(self, path: str, **query: str) -> dict[str, Any]:
        return self.ask("GET", path, query=query)

    def ask(self, method: str, path: str, *, query: dict[str, str] | None = None, body: str = "") -> dict[str, Any]:
        headers = {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if self.languages:
            headers["accept-language"] = self.languages
        if method == "POST":
            headers["content-type"] = "application/x-www-form-urlencoded"
        event = rest_event(app.routes, method, path, query=query or {}, headers=headers, body=body)
        answer: dict[str, Any] = app(event, None)
        for header in set_cookies(answer):
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies.pop(name, None)
            if "Max-Age=0" not in header:
                self.cookies[name] = value
        return answer


def set_cookies(answer: dict[str, Any]) -> list[str]:
    many: list[str] = answer.get("multiValueHeaders", {}).get("Set-Cookie", [])
    return many


def leads_to(answer: dict[str, Any]) -> str:
    found = REFRESH.search(answer["body"])
    assert found is not None, answer["body"]
    return html.unescape(found[1])


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeOpenIdProvider]:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    with FakeOpenIdProvider(f"{CONSOLE}/callback") as running:
        yield running


@pytest.fixture
def console_address() -> str:
    return CONSOLE


@pytest.fixture(autouse=True)
def _console(
    aws: None, provider: FakeOpenIdProvider, console_address: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    variables = dict.fromkeys(ConsoleSettings.model_fields, "x") | {
        "session_secret": "test/console-session", "cookie_secure": "true", "case_retention_days": "183",
        "user_pool_client": CLIENT, "token_issuer": provider.issuer, "key_set_url": provider.key_set_url,
        "hosted_address": provider.address, "console_address": console_address,
    }  # fmt: skip
    for name, value in variables.items():
        monkeypatch.setenv(name.upper(), value)
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "OfferScreening")
    forget()
    secret = json.dumps({"id": "k1", "key": "k" * 64})
    boto3.client("secretsmanager", region_name=REGION).create_secret(Name="test/console-session", SecretString=secret)
    yield
    forget()


def forget() -> None:
    """What a process composes once and keeps: each test is a process of its own."""
    clients.client.cache_clear()
    for name in COMPOSED:
        getattr(wiring, name).cache_clear()


def begin(browser: Browser, going_to: str = "") -> str:
    """Presses the button. Answers the address of the hosted page."""
    started = browser.get("/console/start-sign-in", **({"next": going_to} if going_to else {}))
    assert started["statusCode"] == 303
    return str(started["headers"]["Location"])


def test_somebody_signs_in_reads_and_signs_out(provider: FakeOpenIdProvider) -> None:
    browser = Browser()
    assert 'href="start-sign-in"' in browser.get("/console/sign-in")["body"]
    done = browser.get("/console/callback", **provider.sign_in(begin(browser)))
    assert done["statusCode"] == 200
    assert leads_to(done) == "../console"
    assert set(browser.cookies) == {"__Host-session"}, "the flow is over"
    person = wiring.verify_token()(browser.cookies["__Host-session"])
    assert person.actor == "anna"

    token = wiring.form_tokens().issue(browser.cookies["__Host-session"])
    left = browser.ask("POST", "/console/sign-out", body=urlencode({"token": token}))
    assert left["statusCode"] == 200
    target = urlsplit(leads_to(left))
    assert f"{target.scheme}://{target.netloc}{target.path}" == f"{provider.address}/logout"
    assert dict(parse_qsl(target.query)) == {"client_id": CLIENT, "logout_uri": f"{CONSOLE}/sign-in"}
    assert browser.cookies == {}


def test_no_other_site_signs_somebody_out(provider: FakeOpenIdProvider) -> None:
    browser = Browser()
    browser.get("/console/callback", **provider.sign_in(begin(browser)))
    refused = browser.ask("POST", "/console/sign-out", body=urlencode({"token": "0" * 64}))
    assert refused["statusCode"] == 303
    assert "__Host-session" in browser.cookies


def test_cookies_are_for_this_host_alone_and_no_script(provider: FakeOpenIdProvider) -> None:
    browser = Browser()
    started = browser.get("/console/start-sign-in")
    (flow,) = set_cookies(started)
    assert flow.startswith("__Host-sign-in=")
    for attribute in ("Max-Age=600", "Path=/", "HttpOnly", "SameSite=Lax", "Secure"):
        assert attribute in flow.split("; ")
    done = browser.get("/console/callback", **provider.sign_in(started["headers"]["Location"]))
    session, over = set_cookies(done)
    for attribute in ("Path=/", "HttpOnly", "SameSite=Strict", "Secure"):
        assert attribute in session.split("; ")
    lasts = re.search(r"Max-Age=(\d+)", session)
    assert lasts is not None
    assert 3_500 < int(lasts[1]) <= 3_600, "no longer than the token in it"
    assert "Max-Age=0" in over


def test_the_address_with_the_code_is_told_to_nobody(provider: FakeOpenIdProvider) -> None:
    browser = Browser()
    brought = provider.sign_in(begin(browser))
    done = browser.get("/console/callback", **brought)
    assert done["headers"]["Referrer-Policy"] == "no-referrer"
    assert done["headers"]["Cache-Control"] == "no-store"
    assert brought["code"] not in done["body"]


def test_who_must_sign_in_goes_on_where_they_were_going(provider: FakeOpenIdProvider) -> None:
    browser = Browser()
    sent = browser.get("/console/case", id="4711")
    assert (sent["statusCode"], sent["headers"]["Location"]) == (303, "sign-in?next=case%3Fid%3D4711")
    shown = browser.get("/console/sign-in", next="case?id=4711")
    assert 'href="start-sign-in?next=case%3Fid%3D4711"' in shown["body"]
    done = browser.get("/console/callback", **provider.sign_in(begin(browser, "case?id=4711")))
    assert leads_to(done) == "case?id=4711"


def test_an_expired_session_leads_to_sign_in(provider: FakeOpenIdProvider) -> None:
    browser = Browser({"__Host-session": provider.id_token(exp=1_000_000)})
    assert browser.get("/console/case", id="1")["headers"]["Location"] == "sign-in?next=case%3Fid%3D1"
    posted = browser.ask("POST", "/console/sign-out", body="token=x")
    assert posted["headers"]["Location"] == "sign-in", "what a form did is done anew"


@pytest.mark.parametrize(
    "hostile", ["https://evil.example", "//evil.example", "javascript:alert(1)", "case\r\nX: y", "../..", "\ud800"]
)
def test_nobody_is_led_to_another_site(provider: FakeOpenIdProvider, hostile: str) -> None:
    browser = Browser()
    assert 'href="start-sign-in"' in browser.get("/console/sign-in", next=hostile)["body"]
    done = browser.get("/console/callback", **provider.sign_in(begin(browser, hostile)))
    assert leads_to(done) == "../console"


def test_a_callback_works_once(provider: FakeOpenIdProvider) -> None:
    browser = Browser()
    brought = provider.sign_in(begin(browser))
    flow = browser.cookies["__Host-sign-in"]
    browser.get("/console/callback", **brought)
    again = browser.get("/console/callback", **brought)
    assert again["statusCode"] == 401
    kept = Browser({"__Host-sign-in": flow})
    replayed = kept.get("/console/callback", **brought)
    assert replayed["statusCode"] == 401, "nor from a kept cookie: the code was spent"
    assert "__Host-session" not in kept.cookies


def test_a_link_with_somebody_else_s_code_signs_nobody_in(provider: FakeOpenIdProvider) -> None:
    """Signing a victim in to the attacker's account, so that they work in its name."""
    attacker, victim = Browser(), Browser()
    brought = provider.sign_in(begin(attacker), sub="attacker")
    begin(victim)
    answer = victim.get("/console/callback", **brought)
    assert answer["statusCode"] == 401
    assert set(victim.cookies) == {"__Host-sign-in"}, "and their own sign-in can still be finished"
    assert provider.asked == 0
    assert Browser().get("/console/callback", **brought)["statusCode"] == 401, "without any flow"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        ("access_denied", 403),
        ("server_error", 503),
        ("temporarily_unavailable", 503),
        ("<script>alert(1)</script>", 400),
    ],
)
def test_the_provider_s_errors_are_said_in_our_words(provider: FakeOpenIdProvider, error: str, status: int) -> None:
    browser = Browser()
    state = provider.sign_in(begin(browser))["state"]
    answer = browser.get("/console/callback", error=error, error_description="Call 555 0100 now", state=state)
    assert answer["statusCode"] == status
    assert "script" not in answer["body"]
    assert "555" not in answer["body"]
    assert 'role="alert"' in answer["body"]
    assert 'href="start-sign-in"' in answer["body"]
    assert browser.cookies == {}


def test_a_made_up_error_does_not_end_a_sign_in(provider: FakeOpenIdProvider) -> None:
    browser = Browser()
    brought = provider.sign_in(begin(browser))
    assert browser.get("/console/callback", error="access_denied", state="guessed")["statusCode"] == 401
    assert browser.get("/console/callback", **brought)["statusCode"] == 200


def test_a_provider_that_is_down_is_said_to_be(provider: FakeOpenIdProvider) -> None:
    browser = Browser()
    brought = provider.sign_in(begin(browser))
    provider.answer_with = (503, {}, b"")
    answer = browser.get("/console/callback", **brought)
    assert answer["statusCode"] == 503
    assert "in a moment" in answer["body"]


@pytest.mark.parametrize(
    ("claims", "lacks"),
    [
        ({"cognito:groups": None}, "no role"), ({"cognito:groups": ["stranger"]}, "no role"),
        ({"custom:teams": None}, "no team"), ({"custom:teams": " , "}, "no team"),
    ],
)  # fmt: skip
def test_an_account_without_role_or_team_is_told_whom_to_ask(
    provider: FakeOpenIdProvider, claims: dict[str, Any], lacks: str
) -> None:
    browser = Browser()
    answer = browser.get("/console/callback", **provider.sign_in(begin(browser), sub="new-account", **claims))
    assert answer["statusCode"] == 403
    assert lacks in answer["body"]
    assert "administrator" in answer["body"]
    assert "new-account" in answer["body"]
    assert browser.cookies == {}


def test_an_administrator_needs_no_team_and_begins_at_the_administration(provider: FakeOpenIdProvider) -> None:
    browser = Browser()
    claims: dict[str, Any] = {"cognito:groups": ["administrator"], "custom:teams": None}
    answer = browser.get("/console/callback", **provider.sign_in(begin(browser), **claims))
    assert answer["statusCode"] == 200
    assert leads_to(answer) == "admin"


def test_the_pages_speak_the_reader_s_language(provider: FakeOpenIdProvider) -> None:
    browser = Browser(languages="uk-UA,uk;q=0.9,en;q=0.5")
    assert "<h1>Увійти</h1>" in browser.get("/console/sign-in")["body"]
    state = provider.sign_in(begin(browser))["state"]
    assert "скасовано" in browser.get("/console/callback", error="access_denied", state=state)["body"]


@pytest.mark.parametrize("cookie", ["x", "a.b.c", "é", '"', "=;=", "e30.e30.e30", "x" * 5_000])
def test_hostile_cookies_lead_to_sign_in(cookie: str) -> None:
    browser = Browser({"__Host-session": cookie, "__Host-sign-in": cookie})
    assert browser.get("/console")["headers"]["Location"] == "console/sign-in"
    assert browser.get("/console/callback", code="c", state="s")["statusCode"] == 401


def test_a_cookie_set_by_a_neighbouring_host_is_no_session(provider: FakeOpenIdProvider) -> None:
    planted = Browser({"session": provider.id_token()})
    assert planted.get("/console")["headers"]["Location"] == "console/sign-in"


@pytest.mark.parametrize("console_address", [""])
def test_before_the_console_knows_its_address_it_says_so(console_address: str) -> None:
    browser = Browser()
    assert "ConsoleAddress" in browser.get("/console/sign-in")["body"]
    assert "ConsoleAddress" in browser.get("/console/start-sign-in")["body"]
    assert browser.cookies == {}
