"""Who is at the console: sign-in against the user pool, and the check of its id tokens."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any, get_args

import jwt
from botocore.exceptions import ClientError

from screening.aws.failures import error_code, translated
from screening.cases.people import Person, Role
from screening.errors import AuthenticationError, TransientError

_REFUSED = frozenset(
    {"NotAuthorizedException", "UserNotFoundException", "UserNotConfirmedException", "PasswordResetRequiredException"}
)


class CognitoSignIn:
    """Name and password against the pool's client. The code flow with PKCE takes its place where a hosted page is wanted."""

    def __init__(self, cognito: Any, client_id: str) -> None:
        self._cognito = cognito
        self._client_id = client_id

    def __call__(self, name: str, password: str) -> str:
        """An id token.

        Raises:
            AuthenticationError: without saying whether the name or the password was wrong.
            TransientError: the pool can't be reached for now.
        """
        try:
            with translated("Cognito InitiateAuth"):
                answer = self._cognito.initiate_auth(
                    ClientId=self._client_id, AuthFlow="USER_PASSWORD_AUTH",
                    AuthParameters={"USERNAME": name, "PASSWORD": password},
                )  # fmt: skip
        except TransientError as error:
            cause = error.__cause__
            if isinstance(cause, ClientError) and error_code(cause) in _REFUSED:
                raise AuthenticationError("sign-in: name or password doesn't hold") from None
            raise
        if "AuthenticationResult" not in answer:
            raise AuthenticationError(
                f"sign-in: {answer.get('ChallengeName', 'another step')} comes first; ask an administrator"
            )
        return str(answer["AuthenticationResult"]["IdToken"])


class TokenVerifier:
    """Checks id tokens: signature, issuer, audience, time, and that it is no access token."""

    def __init__(self, *, issuer: str, key_set_url: str, audience: str) -> None:
        self._issuer = issuer
        self._audience = audience
        self._keys = jwt.PyJWKClient(key_set_url, cache_keys=True, lifespan=3600, timeout=3)

    def __call__(self, token: str) -> Person:
        """The person signed in.

        Raises:
            AuthenticationError: the token doesn't hold.
            TransientError: the key set can't be had for now.
        """
        try:
            key = self._keys.get_signing_key_from_jwt(token)
            claims = jwt.decode(
                token, key.key, algorithms=["RS256"], audience=self._audience, issuer=self._issuer, leeway=5,
                options={"require": ["exp", "iat", "sub", "aud", "iss"]},
            )  # fmt: skip
        except jwt.exceptions.PyJWKClientConnectionError as error:
            raise TransientError("sign-in: the key set can't be read") from error
        except (jwt.exceptions.PyJWTError, ValueError) as error:
            raise AuthenticationError(f"sign-in: token refused ({type(error).__name__})") from None
        if claims.get("token_use") != "id":
            raise AuthenticationError("sign-in: an id token was expected")
        return person_from_claims(claims)


def person_from_claims(claims: dict[str, Any]) -> Person:
    """Groups become roles, `custom:teams` (comma-separated) says whose cases are seen. Unknown groups give nothing."""
    groups = claims.get("cognito:groups") or ()
    teams = str(claims.get("custom:teams") or "").split(",")
    return Person(
        actor=str(claims["sub"]),
        roles=frozenset(role for role in get_args(Role) if role in groups),
        teams=frozenset(team.strip() for team in teams if team.strip()),
    )


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
