"""An OpenID provider on loopback, strict where Cognito is: codes hold once, PKCE and redirect address are checked."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "console-client"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KEY_ID = "k1"


class FakeOpenIdProvider:
    """`sign_in` is the person on the page; `/oauth2/token` and the key set are asked over HTTP.

    `answer_with` makes the token endpoint answer so; `asked` counts its requests.
    """

    def __init__(self, callback: str) -> None:
        self.answer_with: tuple[int, dict[str, str], bytes] | None = None
        self.asked = 0
        self._callback = callback
        self._codes: dict[str, dict[str, Any]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def issuer(self) -> str:
        return "https://cognito-idp.example.org/pool"

    @property
    def key_set_url(self) -> str:
        return f"{self.address}/pool/.well-known/jwks.json"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def sign_in(self, address: str, **claims: Any) -> dict[str, str]:
        """What the browser brings back after somebody signed in at this address; `claims` are their token's.

        Raises:
            AssertionError: the address isn't one that the provider would have shown its page for.
        """
        parts = urlsplit(address)
        asked = dict(parse_qsl(parts.query))
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.address}/oauth2/authorize"
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
        assert asked["redirect_uri"] == self._callback
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(24)
        self._codes[code] = {
            "challenge": asked["code_challenge"], "token": self.id_token(**({"nonce": asked["nonce"]} | claims)),
        }  # fmt: skip
        return {"code": code, "state": asked["state"]}

    def id_token(self, *, key: rsa.RSAPrivateKey = KEY, **claims: Any) -> str:
        now = int(time.time())
        stated = {
            "sub": "anna", "iss": self.issuer, "aud": CLIENT, "token_use": "id", "iat": now, "exp": now + 3600,
            "cognito:groups": ["reviewer"], "custom:teams": "general",
        } | claims  # fmt: skip
        kept = {name: value for name, value in stated.items() if value is not None}
        return jwt.encode(kept, key, "RS256", headers={"kid": KEY_ID})

    def _token(self, form: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        self.asked += 1
        if self.answer_with is not None:
            return self.answer_with
        held = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        right = (
            held is not None and held["challenge"] == challenge and form.get("redirect_uri") == self._callback
            and (form.get("client_id"), form.get("grant_type")) == (CLIENT, "authorization_code")
        )  # fmt: skip
        if held is None or not right:
            return 400, {"Content-Type": "application/json"}, b'{"error": "invalid_grant"}'
        answer = {
            "access_token": "a", "id_token": held["token"], "refresh_token": "r", "token_type": "Bearer", "expires_in": 3600,
        }  # fmt: skip
        return 200, {"Content-Type": "application/json"}, json.dumps(answer).encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                key = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
                keys = {"keys": [{**key, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}
                self._send(200, {"Content-Type": "application/json"}, json.dumps(keys).encode())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[-1] for name, values in parse_qs(body).items()}
                self._send(*provider._token(form))

            def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
                """Nothing: a test's output is its own."""

        return Handler
