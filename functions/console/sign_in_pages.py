"""Signing in on the user pool's own page, coming back from there, and signing out."""

from __future__ import annotations

from urllib.parse import urlencode

from chalice.app import Response

from functions.console.app import language, routes, session, to_sign_in
from functions.console.going_to import link_to, safe_place
from functions.console.pages import page, redirect
from functions.console.session import (
    FLOW,
    FORM_TYPES,
    flow_cookie,
    flow_over_cookie,
    session_cookie,
    signed_out_cookies,
)
from screening.aws.hosted_sign_in import SignedIn
from screening.aws.http import status_of
from screening.aws.wiring import console as wiring
from screening.cases.people import MAY_ADMINISTER, MAY_READ, Person
from screening.errors import ScreeningError

REFUSALS = {
    "access_denied": (403, "sign_in.denied"),
    "temporarily_unavailable": (503, "sign_in.later"),
    "server_error": (503, "sign_in.later"),
}
"""The provider's errors (RFC 6749, section 4.1.2.1): status and key of our words. Of others only that there was one is said:
anybody can write a link with words in it."""
OTHER_REFUSAL = (400, "sign_in.failed")
ADMINISTRATION = "admin"
"""Where those begin who read no case."""


@routes.add("/console/sign-in", "GET", on_error=to_sign_in("sign-in"))
def show_sign_in() -> Response:
    return sign_in_page(going_to=safe_place(routes.query("next")))


@routes.add("/console/start-sign-in", "GET", on_error=to_sign_in("sign-in"))
def start_sign_in() -> Response:
    """Begins on the click, not when the page is shown, so that the ten minutes aren't spent on an idle page."""
    if not wiring.settings().console_address:
        return sign_in_page(going_to="")
    started = wiring.hosted_sign_in().begin(safe_place(routes.query("next")))
    return redirect(started.address, cookies=(flow_cookie(started.flow),))


def not_signed_in(error: ScreeningError) -> Response:
    """The callback's answer to what went wrong at our side or in the exchange. The flow is over: its code was tried."""
    status = status_of(error)
    message = "sign_in.later" if status >= 500 else "sign_in.failed"
    return sign_in_page(status=status, message=message, cookies=(flow_over_cookie(),))


@routes.add("/console/callback", "GET", on_error=not_signed_in)
def finish_sign_in() -> Response:
    """What the hosted page sends people back to.

    It answers with a page that leads on, not with a redirect: the browser comes from another site, and to whatever such
    a request is redirected no strict cookie is sent, so that the queue would send everybody back to sign in.
    """
    hosted, flow, state = wiring.hosted_sign_in(), session.cookie(FLOW), routes.query("state")
    error = routes.query("error")
    if not hosted.belongs(flow, state):
        # The flow's cookie stays: a link made elsewhere doesn't end the sign-in that is under way.
        return sign_in_page(status=401, message="sign_in.not_this_browser")
    if error:
        status, message = REFUSALS.get(error, OTHER_REFUSAL)
        return sign_in_page(status=status, message=message, cookies=(flow_over_cookie(),))
    signed_in = hosted.finish(flow, state=state, code=routes.query("code"))
    return welcome(signed_in) if has_work_here(signed_in.person) else nothing_to_do(signed_in.person)


def welcome(signed_in: SignedIn) -> Response:
    cookies = (session_cookie(signed_in.token, signed_in.seconds), flow_over_cookie())
    reads = bool(signed_in.person.roles & MAY_READ)
    target = link_to(safe_place(signed_in.going_to) or ("" if reads else ADMINISTRATION))
    return without_referrer(page("callback.html", cookies=cookies, language=language(), up="../", target=target))


def nothing_to_do(person: Person) -> Response:
    """For an account without role or team. No session is set: both come with the next sign-in, once somebody gave them."""
    answer = page(
        "sign_in_no_role.html", status=403, cookies=(flow_over_cookie(),), language=language(), up="../", actor=person.actor,
        has_role=bool(person.roles & MAY_READ), leaving=wiring.hosted_sign_in().leaving,
    )  # fmt: skip
    return without_referrer(answer)


def has_work_here(person: Person) -> bool:
    """An administrator needs no team: they set up all of them."""
    return bool(person.roles & MAY_ADMINISTER) or (bool(person.roles & MAY_READ) and bool(person.teams))


@routes.add("/console/sign-out", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def sign_out() -> Response:
    """Answers with a page that leads on to the hosted page's own sign-out: `form-action 'self'` forbids a form to be
    redirected to another site."""
    session.form()
    leaving = wiring.hosted_sign_in().leaving
    return page("sign_out.html", cookies=signed_out_cookies(), language=language(), up="../", leaving=leaving)


def sign_in_page(
    *, going_to: str = "", status: int = 200, message: str = "", cookies: tuple[str, ...] = ()
) -> Response:
    """The page with the button; `message` is the key of what is said above it, "" for nothing."""
    start = "start-sign-in" + (f"?{urlencode({'next': going_to})}" if going_to else "")
    answer = page(
        "sign_in.html", status=status, cookies=cookies, language=language(), up="../", message=message, start=start,
        ready=bool(wiring.settings().console_address),
    )  # fmt: skip
    return without_referrer(answer)


def without_referrer(answer: Response) -> Response:
    """The address of the callback holds a code: spent, but nobody's business."""
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
