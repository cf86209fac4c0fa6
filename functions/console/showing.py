"""What every page of the console carries: language, form token, what was just done, and the team it is about."""

from __future__ import annotations

from typing import Any

from chalice.app import Response

from functions.console.app import language, routes, session
from functions.console.pages import page
from functions.console.texts import LANGUAGE_COOKIE, LANGUAGES, texts
from screening.aws.wiring import console as wiring
from screening.cases.people import MAY_ADMINISTER, MAY_READ, MAY_RECALL, MAY_SEE_MEASURES, MAY_WORK, Person

A_YEAR = 365 * 24 * 3600
HERE = ("team", "id", "show")
"""Parts of a page's query that stay when its language is changed."""


def shown(
    name: str,
    person: Person,
    *,
    nav: str,
    up: str = "../",
    query: tuple[str, ...] = HERE,
    status: int = 200,
    place: tuple[tuple[str, str], ...] | None = None,
    **values: Any,
) -> Response:
    """A page for somebody signed in. What was just done (`told`) and where they are come from the page's query.

    `place`: the query that leads back to the page, where the request's own doesn't."""
    here = place or tuple((part, routes.query(part)) for part in query if routes.query(part))
    told = routes.query("told")
    chosen = routes.query("lang")
    return page(
        name, status=status, language=language(), cookies=(language_cookie(chosen),) if chosen in LANGUAGES else (), nav=nav, up=up,
        here=here, token=session.form_token(), told=told if f"told.{told}" in texts(language()).words else "",
        sees=sees(person), **values,
    )  # fmt: skip


def sees(person: Person) -> tuple[str, ...]:
    """The pages that the person's roles may open, for the links at the top; the workflows behind them decide."""
    measures = bool(person.roles & MAY_SEE_MEASURES)
    shown_to = {
        "queue": bool(person.roles & MAY_READ),
        "partners": measures or bool(person.roles & MAY_RECALL),
        "metrics": measures,
        "quality": bool(person.roles & MAY_WORK),
        "admin": bool(person.roles & MAY_ADMINISTER),
    }
    return tuple(name for name, allowed in shown_to.items() if allowed)


def language_cookie(code: str) -> str:
    secure = "; Secure" if wiring.settings().cookie_secure else ""
    return f"{LANGUAGE_COOKIE}={code}; Max-Age={A_YEAR}; Path=/; HttpOnly; SameSite=Lax{secure}"


def team_of(person: Person) -> str:
    """The team that was asked for, else the person's first; "" for somebody without one."""
    teams = sorted(person.teams)
    return routes.query("team", teams[0] if teams else "")
