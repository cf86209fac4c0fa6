"""The console's Chalice app, whose routes the other modules add, and its current session."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode

from aws_lambda_powertools import Logger
from chalice.app import Response

from functions.console.going_to import place_of
from functions.console.pages import page, redirect
from functions.console.session import Session
from functions.console.texts import LANGUAGE_COOKIE, choose_language, texts
from screening.aws.http import ErrorPage, Routes, status_of
from screening.aws.wiring.parts import METRICS
from screening.errors import AuthenticationError, NotFoundError, ScreeningError, ThinReasonError, UnseenTextError

routes = Routes("console", Logger(), METRICS)
app = routes.app
session = Session(routes)
CASE = re.compile(r"[A-Za-z0-9-]{1,100}", re.ASCII)
_REFUSED = {403: "forbidden", 404: "not_found", 409: "conflict", 413: "unreadable", 422: "unreadable"}
"""Texts under "error." by status; what failed inside is said in general, without its detail."""
_TOLD: tuple[tuple[type[ScreeningError], str], ...] = ((UnseenTextError, "unseen"), (ThinReasonError, "thin"))
"""Refusals that have words of their own, in the reader's language."""


def to_sign_in(location: str) -> ErrorPage:
    """What a page does with an error: to the sign-in page where nobody is signed in, else say what was wrong.

    Whoever asked for a page comes back to it after signing in; what a form did must be done anew.
    """

    def on_error(error: ScreeningError) -> Response:
        if isinstance(error, AuthenticationError):
            return redirect(location + asked_for())
        up = "" if location.startswith("console/") else "../" * (location.count("../") + 1)
        status = status_of(error)
        told = next((key for kind, key in _TOLD if isinstance(error, kind)), "")
        words = texts(language())(f"error.{told or _REFUSED.get(status, 'later')}")
        detail = str(error) if status < 500 and not told else ""
        return page(
            "error.html",
            status=status,
            language=language(),
            up=up,
            message=words,
            detail=detail,
            case=about_case(error),
        )

    return on_error


def about_case(error: ScreeningError) -> str:
    """The case that a refused form was about, to go back to; "" for none, or one that isn't there."""
    if routes.request.method != "POST" or isinstance(error, NotFoundError):
        return ""
    sent = parse_qs(routes.raw_body.decode("utf-8", "replace")).get("case", [""])[-1]
    return sent if CASE.fullmatch(sent) else ""


def language() -> str:
    """The language of the page that answers the current request."""
    accepted = str(routes.request.headers.get("accept-language") or "")
    return choose_language(routes.query("lang"), session.cookie(LANGUAGE_COOKIE), accepted)


def asked_for() -> str:
    """The query that tells the sign-in page what was asked for; "" where that was the queue, or no page."""
    if routes.request.method != "GET":
        return ""
    query = routes.request.query_params
    path = str(routes.request.path).format_map(routes.request.uri_params or {})
    place = place_of(path, {name: query.getlist(name) for name in query} if query else {})
    return f"?{urlencode({'next': place})}" if place else ""
