"""The code flow against a provider that checks what Cognito checks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from screening.aws.hosted_sign_in import FLOW_SECONDS, HostedSignIn, Started
from screening.aws.sign_in import TokenVerifier
from screening.cases.people import Person
from screening.errors import AuthenticationError, PermanentError, TransientError
from tests.component.conftest import StillClock
from tests.fakes.openid_provider import CLIENT, FakeOpenIdProvider

CONSOLE = "https://console.example.org/live/console"
SIGNING_KEY = b"k" * 64


@pytest.fixture
def insecure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")  # the provider is on loopback


@pytest.fixture
def provider(insecure: None) -> Iterator[FakeOpenIdProvider]:
    with FakeOpenIdProvider(f"{CONSOLE}/callback") as running:
        yield running


@pytest.fixture
def now() -> StillClock:
    return StillClock(datetime.now(UTC))


@pytest.fixture
def hosted(provider: FakeOpenIdProvider, now: StillClock) -> HostedSignIn:
    return sign_in_with(provider, now)


def sign_in_with(provider: FakeOpenIdProvider, clock: StillClock, key: bytes = SIGNING_KEY) -> HostedSignIn:
    verify = TokenVerifier(issuer=provider.issuer, key_set_url=provider.key_set_url, audience=CLIENT)
    return HostedSignIn(hosted=provider.address, console=CONSOLE, client_id=CLIENT, key=key, verify=verify, clock=clock)


def asked(started: Started) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(started.address).query))


def test_somebody_signs_in_and_goes_on(provider: FakeOpenIdProvider, hosted: HostedSignIn) -> None:
    started = hosted.begin("case?id=1")
    done = hosted.finish(started.flow, **provider.sign_in(started.address))
    assert done.person == Person(actor="anna", roles=frozenset({"reviewer"}), teams=frozenset({"general"}))
    assert done.going_to == "case?id=1"
    assert 3_500 < done.seconds <= 3_600
    assert jwt.decode(done.token, options={"verify_signature": False})["sub"] == "anna"


def test_every_sign_in_has_its_own_secrets_and_shows_none(hosted: HostedSignIn) -> None:
    one, two = asked(hosted.begin("")), asked(hosted.begin(""))
    for name in ("state", "nonce", "code_challenge"):
        assert one[name] != two[name]
        assert len(one[name]) >= 43
    assert "code_verifier" not in one


def test_a_code_holds_once(provider: FakeOpenIdProvider, hosted: HostedSignIn) -> None:
    started = hosted.begin("")
    brought = provider.sign_in(started.address)
    hosted.finish(started.flow, **brought)
    with pytest.raises(AuthenticationError, match="refused"):
        hosted.finish(started.flow, **brought)


def test_another_browser_s_answer_is_refused_before_its_code_is_sent(
    provider: FakeOpenIdProvider, hosted: HostedSignIn
) -> None:
    theirs, ours = hosted.begin(""), hosted.begin("")
    brought = provider.sign_in(theirs.address)
    assert not hosted.belongs(ours.flow, brought["state"])
    with pytest.raises(AuthenticationError, match="this browser"):
        hosted.finish(ours.flow, **brought)
    assert provider.asked == 0


def test_a_code_of_another_sign_in_fails_its_pkce_check(provider: FakeOpenIdProvider, hosted: HostedSignIn) -> None:
    """An injected code: the state is ours, the code isn't."""
    theirs, ours = hosted.begin(""), hosted.begin("")
    injected = provider.sign_in(theirs.address)["code"]
    with pytest.raises(AuthenticationError, match="refused"):
        hosted.finish(ours.flow, state=asked(ours)["state"], code=injected)


@pytest.mark.parametrize("nonce", ["another", "", None, 7])
def test_a_token_without_our_nonce_is_refused(
    provider: FakeOpenIdProvider, hosted: HostedSignIn, nonce: str | int | None
) -> None:
    started = hosted.begin("")
    with pytest.raises(AuthenticationError, match="another sign-in"):
        hosted.finish(started.flow, **provider.sign_in(started.address, nonce=nonce))


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another-client"}, {"iss": "https://evil.example"}, {"token_use": "access"}, {"exp": 1_000_000},
        {"sub": None}, {"key": rsa.generate_private_key(public_exponent=65537, key_size=2048)},
    ],
    ids=["audience", "issuer", "access token", "expired", "nobody", "another key"],
)  # fmt: skip
def test_a_token_that_does_not_hold_is_refused(
    provider: FakeOpenIdProvider, hosted: HostedSignIn, claims: dict[str, object]
) -> None:
    started = hosted.begin("")
    with pytest.raises(AuthenticationError):
        hosted.finish(started.flow, **provider.sign_in(started.address, **claims))


def test_a_flow_lasts_ten_minutes(provider: FakeOpenIdProvider, hosted: HostedSignIn, now: StillClock) -> None:
    started = hosted.begin("")
    brought = provider.sign_in(started.address)
    now.advance(seconds=FLOW_SECONDS + 1)
    assert not hosted.belongs(started.flow, brought["state"])
    with pytest.raises(AuthenticationError, match="ten minutes"):
        hosted.finish(started.flow, **brought)


def test_a_flow_signed_by_somebody_else_is_refused(
    provider: FakeOpenIdProvider, hosted: HostedSignIn, now: StillClock
) -> None:
    forged = sign_in_with(provider, now, key=b"x" * 64).begin("")
    with pytest.raises(AuthenticationError, match="this browser"):
        hosted.finish(forged.flow, **provider.sign_in(forged.address))


@pytest.mark.parametrize("flow", ["", "x", "a.b.c", "é", "\ud800", "e30.e30.", "x" * 9_000])
def test_hostile_cookies_are_refused(hosted: HostedSignIn, flow: str) -> None:
    assert not hosted.belongs(flow, "state")
    with pytest.raises(AuthenticationError):
        hosted.finish(flow, state="state", code="code")


def test_an_unsigned_flow_is_refused(hosted: HostedSignIn) -> None:
    claims = jwt.decode(hosted.begin("").flow, options={"verify_signature": False})
    unsigned = jwt.encode(claims, "", algorithm="none")
    assert not hosted.belongs(unsigned, claims["state"])


@pytest.mark.parametrize("state", ["", "x", "é", "\ud800"])
def test_hostile_states_are_refused(hosted: HostedSignIn, state: str) -> None:
    assert not hosted.belongs(hosted.begin("").flow, state)


@pytest.mark.parametrize("code", ["", "é", "\ud800", "a\r\nb", "c" * 2_049])
def test_what_is_no_code_is_not_sent(provider: FakeOpenIdProvider, hosted: HostedSignIn, code: str) -> None:
    started = hosted.begin("")
    with pytest.raises(AuthenticationError, match="no code"):
        hosted.finish(started.flow, state=asked(started)["state"], code=code)
    assert provider.asked == 0


JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "answer",
    [
        (503, JSON, b"{}"), (429, JSON, b"{}"), (302, {"Location": "https://evil.example/"}, b""), (200, JSON, b"x" * 70_000),
    ],
    ids=["down", "too many", "redirect", "endless"],
)  # fmt: skip
def test_what_may_work_later_is_told_from_what_never_will(
    provider: FakeOpenIdProvider, hosted: HostedSignIn, answer: tuple[int, dict[str, str], bytes]
) -> None:
    started = hosted.begin("")
    brought = provider.sign_in(started.address)
    provider.answer_with = answer
    with pytest.raises(TransientError):
        hosted.finish(started.flow, **brought)
    assert provider.asked == 1, "a redirect isn't followed"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b"7", b"not json", b'{"access_token": "a", "token_type": "Bearer"}', b'"text"',
        json.dumps({"access_token": "a", "token_type": "Bearer", "id_token": 7}).encode(), b"\xff\xfe",
        b'{"access_token": "a", "token_type": "Bearer", "id_token": "no.token.atall", "expires_in": "soon"}',
    ],
)  # fmt: skip
def test_an_answer_of_another_shape_signs_nobody_in(
    provider: FakeOpenIdProvider, hosted: HostedSignIn, body: bytes
) -> None:
    started = hosted.begin("")
    brought = provider.sign_in(started.address)
    provider.answer_with = (200, JSON, body)
    with pytest.raises(AuthenticationError):
        hosted.finish(started.flow, **brought)


def test_a_token_endpoint_that_is_gone_is_tried_later(now: StillClock, insecure: None) -> None:
    with FakeOpenIdProvider(f"{CONSOLE}/callback") as going:
        hosted = sign_in_with(going, now)
        started = hosted.begin("")
        brought = going.sign_in(started.address)
    with pytest.raises(TransientError, match="wasn't reached"):
        hosted.finish(started.flow, **brought)


def test_codes_are_never_sent_in_the_clear(provider: FakeOpenIdProvider, now: StillClock) -> None:
    verify = TokenVerifier(issuer=provider.issuer, key_set_url=provider.key_set_url, audience=CLIENT)
    for hosted in ("http://login.example.org", "login.example.org", ""):
        with pytest.raises(PermanentError, match="https"):
            HostedSignIn(hosted=hosted, console=CONSOLE, client_id=CLIENT, key=SIGNING_KEY, verify=verify, clock=now)


def test_signing_out_comes_back_to_the_sign_in_page(provider: FakeOpenIdProvider, hosted: HostedSignIn) -> None:
    parts = urlsplit(hosted.leaving)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{provider.address}/logout"
    assert parse_qs(parts.query) == {"client_id": [CLIENT], "logout_uri": [f"{CONSOLE}/sign-in"]}
