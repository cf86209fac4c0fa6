"""The console's pages: templates, security headers, and the post's text with its evidence marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from chalice.app import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from screening.posts.post import Post

HERE = Path(__file__).parent
FIELDS = ("title", "company", "salary", "contract", "description")
"""Those that evidence can point into, in the order of the page."""

SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

ACTION_LABELS = {
    "dismiss": "Dismiss: nothing in it needs action",
    "warn_applicants": "Warn applicants through the platform",
    "ask_poster": "Ask the poster, through the platform",
    "remove": "Ask the platform to remove it",
    "offer_support": "Offer support through a non-governmental partner",
    "refer": "Refer to a partner (two people, two independent dimensions)",
    "notify_authority": "Notify an authority: life or safety may be at risk",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text; `signs` names the indicators whose evidence covers it, "" where none does."""

    text: str
    signs: str


@dataclass(frozen=True, slots=True)
class MarkedField:
    name: str
    segments: tuple[Segment, ...]


def marked_fields(post: Post, evidence: Sequence[Mapping[str, Any]]) -> tuple[MarkedField, ...]:
    """The post's fields that hold text, cut where evidence begins and ends. Offsets count code points."""
    fields = []
    for name in FIELDS:
        text = post.field_text(name)
        if text:
            spans = [e for e in evidence if e["field"] == name and 0 <= e["start"] < e["end"] <= len(text)]
            fields.append(MarkedField(name, _segments(text, spans)))
    return tuple(fields)


def _segments(text: str, spans: Sequence[Mapping[str, Any]]) -> tuple[Segment, ...]:
    cuts = sorted({0, len(text), *(span["start"] for span in spans), *(span["end"] for span in spans)})
    segments = []
    for start, end in pairwise(cuts):
        covering = sorted({_sign(span) for span in spans if span["start"] <= start and end <= span["end"]})
        segments.append(Segment(text[start:end], ", ".join(covering)))
    return tuple(segments)


def _sign(span: Mapping[str, Any]) -> str:
    words = str(span["indicator"]).replace("_", " ")
    return f"{words} (denied)" if span["state"] == "denied" else words


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    environment.filters["words"] = lambda name: str(name).replace("_", " ")
    environment.filters["amount"] = amount
    environment.filters["moment"] = lambda moment: moment.strftime("%Y-%m-%d %H:%M UTC")
    return environment


def amount(value: float | None) -> str:
    """`1,950`, `15.50`, or a dash where none is known."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def page(name: str, *, status: int = 200, cookies: Sequence[str] = (), **values: Any) -> Response:
    """A page from its template. `up` leads from the page's folder to the console's: links work below any base path."""
    body = _templates().get_template(name).render(action_labels=ACTION_LABELS, **values)
    headers: dict[str, Any] = {**SECURITY_HEADERS, "Content-Type": "text/html; charset=utf-8"}
    if cookies:
        headers["Set-Cookie"] = list(cookies)
    return Response(body=body, status_code=status, headers=headers)


def redirect(location: str, *, cookies: Sequence[str] = ()) -> Response:
    """303 to an address relative to the request's own, so that no base path needs to be known."""
    headers: dict[str, Any] = {**SECURITY_HEADERS, "Location": location}
    if cookies:
        headers["Set-Cookie"] = list(cookies)
    return Response(body="", status_code=303, headers=headers)


@cache
def style() -> str:
    return (HERE / "templates" / "style.css").read_text("utf-8")
