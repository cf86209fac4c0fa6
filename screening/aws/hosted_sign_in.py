"""Sign-in on the user pool's own page: OAuth's code flow with PKCE (RFC 6749 section 4.1, RFC 7636), by oauthlib.

The console never sees a password. What must be remembered while somebody is on the other page (the *flow*) travels in a
cookie of their browser, signed and short-lived, so that no table of half-done sign-ins is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import secrets
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
from oauthlib.oauth2.rfc6749.clients.web_application import WebApplicationClient
from oauthlib.oauth2.rfc6749.errors import OAuth2Error

from screening.aws.sign_in import TokenVerifier, person_from_claims
from screening.cases.people import Person
from screening.errors import AuthenticationError, PermanentError, TransientError
from screening.ports import Clock

FLOW_SECONDS = 600
"""How long somebody may stay on the other page: a password, a second factor, a phone to look for."""
SCOPES = ("openid", "profile")
SECONDS = 5.0
_ANSWER_BYTES = 64 * 1024
_CODE_CHARACTERS = 2_048
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_LATER = frozenset({408, 425, 429})

Connect = Callable[[str, str, int | None], http.client.HTTPConnection]


def _connect(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=SECONDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """Where to send the browser, and what its cookie must hold until it comes back."""

    address: str
    flow: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who came back, their id token, the seconds it still holds, and the place they were going to."""

    person: Person
    token: str
    seconds: int
    going_to: str


class HostedSignIn:
    """One client of one hosted page.

    Args:
        hosted: base address of the page, without a slash at its end; `/oauth2/authorize`, `/oauth2/token` and `/logout`
            lie below it, as Cognito has them.
        console: the console's public address, `.../console`; the client's callback is `{console}/callback` and people
            who sign out come back to `{console}/sign-in`.
        key: signs flows; derived from it, so that it may serve other purposes too.

    Raises:
        PermanentError: the page isn't reached over HTTPS. Loopback, where the local emulator is, may be HTTP.
    """

    def __init__(
        self, *, hosted: str, console: str, client_id: str, key: bytes, verify: TokenVerifier, clock: Clock,
        connect: Connect = _connect,
    ) -> None:  # fmt: skip
        parts = urlsplit(hosted)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise PermanentError("sign-in: the address of the hosted page must be https")
        self._hosted = hosted
        self._console = console
        self._client_id = client_id
        self._key = hmac.new(key, b"sign-in flow", hashlib.sha256).digest()
        self._verify = verify
        self._clock = clock
        self._connect = connect

    def begin(self, going_to: str) -> Started:
        """A new flow.

        Args:
            going_to: carried to the end of the flow as it is; the caller decides what is safe to lead to.
        """
        client = WebApplicationClient(self._client_id)
        verifier = client.create_code_verifier(64)
        state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        address = client.prepare_request_uri(
            f"{self._hosted}/oauth2/authorize", redirect_uri=self._callback, scope=list(SCOPES), state=state,
            code_challenge=client.create_code_challenge(verifier, "S256"), code_challenge_method="S256", nonce=nonce,
        )  # fmt: skip
        ends = self._clock.now() + timedelta(seconds=FLOW_SECONDS)
        claims = {
            "aud": self._callback, "state": state, "nonce": nonce, "verifier": verifier, "going_to": going_to,
            "exp": int(ends.timestamp()),
        }  # fmt: skip
        return Started(address=address, flow=jwt.encode(claims, self._key, "HS256"))

    def belongs(self, flow: str, state: str) -> bool:
        """Whether an answer with this state is to a flow that this browser began and that still holds."""
        try:
            self._opened(flow, state)
        except AuthenticationError:
            return False
        return True

    def finish(self, flow: str, *, state: str, code: str) -> SignedIn:
        """What the browser brought back, exchanged for an id token and checked.

        Raises:
            AuthenticationError: the flow isn't this browser's or is over, the code doesn't hold (a code holds once), or
                the token doesn't.
            TransientError: the token endpoint or the key set can't be reached for now.
        """
        opened = self._opened(flow, state)
        if not (0 < len(code) <= _CODE_CHARACTERS and code.isascii() and code.isprintable()):
            raise AuthenticationError("sign-in: no code came back")
        token = self._exchange(code, opened["verifier"])
        claims = self._verify.claims(token, nonce=opened["nonce"])
        return SignedIn(
            person=person_from_claims(claims), token=token, going_to=str(opened["going_to"]),
            seconds=max(0, int(claims["exp"] - self._clock.now().timestamp())),
        )  # fmt: skip

    @property
    def leaving(self) -> str:
        """The address that ends the hosted page's own session and leads back to the console's sign-in page."""
        query = urlencode({"client_id": self._client_id, "logout_uri": f"{self._console}/sign-in"})
        return f"{self._hosted}/logout?{query}"

    @property
    def _callback(self) -> str:
        return f"{self._console}/callback"

    def _opened(self, flow: str, state: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                flow, self._key, algorithms=["HS256"], audience=self._callback,
                options={"require": ["exp", "state", "nonce", "verifier", "going_to"], "verify_exp": False},
            )  # fmt: skip
        except (jwt.exceptions.PyJWTError, ValueError):
            raise AuthenticationError("sign-in: it wasn't begun in this browser, or is done already") from None
        if claims["exp"] <= self._clock.now().timestamp():
            raise AuthenticationError("sign-in: it took longer than ten minutes")
        if not (state.isascii() and hmac.compare_digest(str(claims["state"]), state)):
            raise AuthenticationError("sign-in: it wasn't begun in this browser, or is done already")
        return claims

    def _exchange(self, code: str, verifier: str) -> str:
        client = WebApplicationClient(self._client_id)
        address, headers, body = client.prepare_token_request(
            f"{self._hosted}/oauth2/token", redirect_url=self._callback, code=code, code_verifier=verifier
        )
        status, answer = self._post(address, headers, body)
        if status >= 500 or status in _LATER or 300 <= status < 400:
            raise TransientError(f"sign-in: the token endpoint answered {status}")
        try:
            # The refresh token in it is dropped: an id token lasts a working day, and what isn't kept can't leak.
            token = client.parse_request_body_response(answer).get("id_token")
        except (OAuth2Error, ValueError, TypeError, AttributeError) as error:
            raise AuthenticationError(f"sign-in: the code was refused ({type(error).__name__})") from None
        if status >= 400 or not isinstance(token, str) or not token:
            raise AuthenticationError("sign-in: the code gave no id token")
        return token

    def _post(self, address: str, headers: dict[str, str], body: str) -> tuple[int, str]:
        url = urlsplit(address)
        connection = self._connect(url.scheme, url.hostname or "", url.port)
        try:
            connection.request(
                "POST", url.path, body=body.encode(), headers={**headers, "User-Agent": "offer-screening"}
            )
            answer = connection.getresponse()
            data = answer.read(_ANSWER_BYTES + 1)
        except (OSError, http.client.HTTPException) as error:
            raise TransientError(f"sign-in: the token endpoint wasn't reached ({type(error).__name__})") from error
        finally:
            connection.close()
        if len(data) > _ANSWER_BYTES:
            raise TransientError("sign-in: the token endpoint's answer is too long")
        return answer.status, data.decode("utf-8", "replace")
