"""Who is at the console: the check of the user pool's id tokens, and the tokens of forms."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any, get_args

import jwt

from screening.cases.people import Person, Role
from screening.errors import AuthenticationError, TransientError


class TokenVerifier:
    """Checks id tokens: signature, issuer, audience, time, and that it is no access token."""

    def __init__(self, *, issuer: str, key_set_url: str, audience: str) -> None:
        self._issuer = issuer
        self._audience = audience
        self._keys = jwt.PyJWKClient(key_set_url, cache_keys=True, lifespan=3600, timeout=3)

    def __call__(self, token: str) -> Person:
        """The person signed in. Raises what `claims` raises."""
        return person_from_claims(self.claims(token))

    def claims(self, token: str, *, nonce: str | None = None) -> dict[str, Any]:
        """What the token states.

        Args:
            nonce: of the sign-in that it must answer (OpenID Connect Core, section 3.1.3.7); None where there is none.

        Raises:
            AuthenticationError: the token doesn't hold.
            TransientError: the key set can't be had for now.
        """
        try:
            key = self._keys.get_signing_key_from_jwt(token)
            claims: dict[str, Any] = jwt.decode(
                token, key.key, algorithms=["RS256"], audience=self._audience, issuer=self._issuer, leeway=5,
                options={"require": ["exp", "iat", "sub", "aud", "iss"]},
            )  # fmt: skip
        except jwt.exceptions.PyJWKClientConnectionError as error:
            raise TransientError("sign-in: the key set can't be read") from error
        except (jwt.exceptions.PyJWTError, ValueError) as error:
            raise AuthenticationError(f"sign-in: token refused ({type(error).__name__})") from None
        if claims.get("token_use") != "id":
            raise AuthenticationError("sign-in: an id token was expected")
        if nonce is not None and not hmac.compare_digest(
            str(claims.get("nonce") or "").encode("utf-8", "replace"), nonce.encode()
        ):
            raise AuthenticationError("sign-in: the token answers another sign-in")
        return claims


def person_from_claims(claims: dict[str, Any]) -> Person:
    """Groups become roles, `custom:teams` (comma-separated) says whose cases are seen. Unknown groups give nothing.

    `custom:platforms`, where it is there, narrows the teams' cases to these platforms; one that names none shows none.
    """
    groups = claims.get("cognito:groups") or ()
    narrowed = claims.get("custom:platforms")
    return Person(
        actor=str(claims["sub"]),
        roles=frozenset(role for role in get_args(Role) if role in groups),
        teams=_names(claims.get("custom:teams")),
        platforms=frozenset() if narrowed is None else _names(narrowed) or frozenset({""}),
    )


def _names(claim: object) -> frozenset[str]:
    return frozenset(name.strip() for name in str(claim or "").split(",") if name.strip())


class FormTokens:
    """Tokens that tie a form to the session it was shown in, so that no other site can send it."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def issue(self, session: str) -> str:
        """The token for a session, which is named by any secret of it (its cookie)."""
        return hmac.new(self._key, f"form\x1f{session}".encode(), hashlib.sha256).hexdigest()

    def check(self, session: str, token: str) -> None:
        """Raises AuthenticationError where the token wasn't issued for this session."""
        if not hmac.compare_digest(self.issue(session).encode(), token.encode()):
            raise AuthenticationError("form: its token doesn't belong to this session; load the page again")
