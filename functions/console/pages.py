"""The console's pages: templates, the reader's words, security headers, and the files beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from chalice.app import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from functions.console.texts import DEFAULT, LANGUAGES, texts

HERE = Path(__file__).parent

SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

FILES = {"style.css": "text/css; charset=utf-8", "script.js": "text/javascript; charset=utf-8"}
"""What pages load beside themselves, all of it ours."""


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    environment.filters["query"] = lambda pairs, **more: urlencode([*pairs, *more.items()])
    return environment


def rendered(name: str, *, language: str = DEFAULT, **values: Any) -> str:
    """A page from its template.

    Args:
        values: what the template shows. `up` leads from the page's folder to the console's: links work below any base path.
    """
    t = texts(language)
    frame: dict[str, Any] = {"here": (), "nav": "", **values}
    languages = [(code, texts(code).name) for code in LANGUAGES]
    return _templates().get_template(name).render(t=t, languages=languages, **frame)


def page(
    name: str, *, status: int = 200, cookies: Sequence[str] = (), language: str = DEFAULT, **values: Any
) -> Response:
    """The answer with a page; `values` as `rendered` takes them."""
    headers: dict[str, Any] = {
        **SECURITY_HEADERS, "Content-Type": "text/html; charset=utf-8", "Content-Language": language,
    }  # fmt: skip
    if cookies:
        headers["Set-Cookie"] = list(cookies)
    return Response(body=rendered(name, language=language, **values), status_code=status, headers=headers)


def redirect(location: str, *, cookies: Sequence[str] = ()) -> Response:
    """303 to an address relative to the request's own, so that no base path needs to be known."""
    headers: dict[str, Any] = {**SECURITY_HEADERS, "Location": location}
    if cookies:
        headers["Set-Cookie"] = list(cookies)
    return Response(body="", status_code=303, headers=headers)


def address(page_name: str, values: Mapping[str, str]) -> str:
    """`case?id=…`: a page with its query, without those that are empty."""
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{page_name}?{query}" if query else page_name


def file_answer(name: str) -> Response:
    """One of `FILES`. Raises KeyError for any other."""
    headers: dict[str, Any] = {**SECURITY_HEADERS, "Content-Type": FILES[name], "Cache-Control": "max-age=3600"}
    return Response(body=file_text(name), status_code=200, headers=headers)


@cache
def file_text(name: str) -> str:
    return (HERE / "templates" / name).read_text("utf-8")
