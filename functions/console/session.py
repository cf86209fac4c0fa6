"""Who sends a request: the session cookie of the pages, the bearer token of the JSON routes, and the forms' tokens."""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from screening.aws.http import Routes
from screening.aws.wiring import console as wiring
from screening.cases.people import Person
from screening.errors import AuthenticationError, PermanentError

SESSION, FORM = "session", "form"
SESSION_SECONDS = 8 * 3600
FORM_TYPES = ("application/x-www-form-urlencoded",)


class Session:
    """The session of the request being answered."""

    def __init__(self, routes: Routes) -> None:
        self._routes = routes

    def person(self) -> Person:
        """From the cookie. Raises AuthenticationError where nobody is signed in."""
        return wiring.verify_token()(self.cookie(SESSION))

    def bearer(self) -> Person:
        """From the Authorization header. Raises AuthenticationError."""
        scheme, _, token = str(self._routes.request.headers.get("authorization") or "").partition(" ")
        if scheme.lower() != "bearer":
            raise AuthenticationError("sign-in: a bearer token is needed")
        return wiring.verify_token()(token.strip())

    def form_token(self) -> str:
        return wiring.form_tokens().issue(self.cookie(SESSION))

    def form(self, *, cookie: str = SESSION) -> dict[str, str]:
        """The fields of a posted form, its token checked against the session (or the sign-in page's own cookie).

        Raises:
            AuthenticationError: the form wasn't shown in this session.
            PermanentError: it is no form.
        """
        try:
            parsed = parse_qs(self._routes.raw_body.decode("utf-8"), keep_blank_values=True, max_num_fields=20)
        except ValueError:
            raise PermanentError("form: it can't be read") from None
        fields = {name: values[-1] for name, values in parsed.items()}
        wiring.form_tokens().check(self.cookie(cookie), fields.pop("token", ""))
        return fields

    def cookie(self, name: str) -> str:
        jar: SimpleCookie = SimpleCookie()
        try:
            jar.load(str(self._routes.request.headers.get("cookie") or ""))
        except CookieError:
            return ""
        return jar[name].value if name in jar else ""


def session_cookie(token: str) -> str:
    return _cookie(SESSION, token, SESSION_SECONDS)


def new_form_cookie() -> tuple[str, str]:
    """A fresh value for the sign-in form, and the header that sets it."""
    value = secrets.token_urlsafe(24)
    return value, _cookie(FORM, value, 3600)


def signed_out_cookies() -> tuple[str, str]:
    return _cookie(SESSION, "", 0), _cookie(FORM, "", 0)


def _cookie(name: str, value: str, seconds: int) -> str:
    # Without Path a cookie belongs to the folder of the request, which is the console's under any base path.
    secure = "; Secure" if wiring.settings().cookie_secure else ""
    return f"{name}={value}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
