"""Who sends a request: the session cookie of the pages, the bearer token of the JSON routes, and the forms' tokens."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from screening.aws.hosted_sign_in import FLOW_SECONDS
from screening.aws.http import Routes
from screening.aws.wiring import console as wiring
from screening.cases.people import Person
from screening.errors import AuthenticationError, PermanentError

SESSION, FLOW = "session", "sign-in"
SESSION_SECONDS = 8 * 3600
"""A working day, and never longer than the id token in it holds."""
MOST_FIELDS = 200
"""Of a form: the decision's has a box for each ready-made reason, and a browser sends those that are ticked."""
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

    def form(self) -> dict[str, str]:
        """The fields of a posted form, its token checked against the session.

        Raises:
            AuthenticationError: the form wasn't shown in this session.
            PermanentError: it is no form.
        """
        try:
            parsed = parse_qs(self._routes.raw_body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError:
            raise PermanentError("form: it can't be read") from None
        fields = {name: values[-1] for name, values in parsed.items()}
        wiring.form_tokens().check(self.cookie(SESSION), fields.pop("token", ""))
        return fields

    def cookie(self, name: str) -> str:
        jar: SimpleCookie = SimpleCookie()
        try:
            jar.load(str(self._routes.request.headers.get("cookie") or ""))
        except CookieError:
            return ""
        full = _full_name(name)
        return jar[full].value if full in jar else ""


def session_cookie(token: str, seconds: int) -> str:
    """Strict: no other site's link or form brings the session along. So pages are reached from ours alone, and the page
    that ends a sign-in leads on by itself instead of redirecting (see sign_in_pages.py)."""
    return _cookie(SESSION, token, min(seconds, SESSION_SECONDS), "Strict")


def flow_cookie(flow: str) -> str:
    """Lax: the browser brings it back from another site's page, and a strict cookie isn't sent with such a request."""
    return _cookie(FLOW, flow, FLOW_SECONDS, "Lax")


def flow_over_cookie() -> str:
    return _cookie(FLOW, "", 0, "Lax")


def signed_out_cookies() -> tuple[str, str]:
    return _cookie(SESSION, "", 0, "Strict"), flow_over_cookie()


def _cookie(name: str, value: str, seconds: int, same_site: str) -> str:
    secure = "; Secure" if wiring.settings().cookie_secure else ""
    return f"{_full_name(name)}={value}; Max-Age={seconds}; Path=/; HttpOnly; SameSite={same_site}{secure}"


def _full_name(name: str) -> str:
    """`__Host-` makes browsers refuse such a cookie from a neighbouring subdomain or over HTTP (RFC 6265bis, 4.1.3.2)."""
    return f"__Host-{name}" if name in (SESSION, FLOW) and wiring.settings().cookie_secure else name
