"""Small inline SVGs for the console: no script, no style attribute, legible in black on white and white on black.

Everything is drawn in the page's own ink; parts differ by shape and dash, so that no colour needs to be seen. The console's
style sheet may colour them by class.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from markupsafe import Markup

WIDTH = 360
"""Units, one a pixel on the narrowest screen served."""
SHOWN = 480
"""Pixels on a wide screen; the style sheet lets it shrink (`.chart { max-width: 100%; height: auto; }`)."""


class Words(Protocol):
    """A reader's language: its words by key, and how it writes figures and days."""

    def __call__(self, key: str, **values: object) -> str: ...

    def number(self, value: float) -> str: ...

    def day(self, at: date) -> str: ...


def drawing(name: str, *, height: float, title: str, description: str, parts: list[Markup]) -> Markup:
    """The whole; `name` makes the ids of title and description and must be used once a page."""
    return Markup(
        '<svg class="chart" role="img" aria-labelledby="{name}-title {name}-text" viewBox="0 0 {width} {height}" width="{shown}"'
        ' font-size="12" fill="currentColor"><title id="{name}-title">{title}</title><desc id="{name}-text">{text}</desc>'
        "{parts}</svg>"
    ).format(
        name=name, width=WIDTH, height=_short(height), shown=SHOWN, title=title, text=description, parts=Markup("").join(parts)
    )  # fmt: skip


def label(x: float, y: float, text: str, *, end: bool = False, middle: bool = False) -> Markup:
    anchor = "end" if end else "middle" if middle else "start"
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(_short(x), _short(y), anchor, text)


def line(css: str, x1: float, y1: float, x2: float, y2: float, *, dash: str = "", width: float = 1) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}" stroke="currentColor" stroke-width="{}"{}/>').format(
        css, _short(x1), _short(y1), _short(x2), _short(y2), width, _dashed(dash)
    )  # fmt: skip


def bar(css: str, x: float, y: float, width: float, height: float, *, hollow: bool = False) -> Markup:
    look = Markup('fill="none" stroke="currentColor"') if hollow else Markup('fill="currentColor"')
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" {}/>').format(
        css, _short(x), _short(y), _short(max(0.0, width)), _short(max(0.0, height)), look
    )  # fmt: skip


def polyline(css: str, points: list[tuple[float, float]], *, dash: str = "") -> Markup:
    path = " ".join(f"{_short(x)},{_short(y)}" for x, y in points)
    return Markup('<polyline class="{}" points="{}" fill="none" stroke="currentColor" stroke-width="2"{}/>').format(
        css, path, _dashed(dash)
    )


def dot(css: str, x: float, y: float) -> Markup:
    return Markup('<circle class="{}" cx="{}" cy="{}" r="4"/>').format(css, _short(x), _short(y))


def diamond(css: str, x: float, y: float) -> Markup:
    points = " ".join(f"{_short(x + dx)},{_short(y + dy)}" for dx, dy in ((0, -5), (5, 0), (0, 5), (-5, 0)))
    return Markup('<polygon class="{}" points="{}" fill="none" stroke="currentColor" stroke-width="1.5"/>').format(
        css, points
    )


def _dashed(dash: str) -> Markup:
    return Markup(' stroke-dasharray="{}"').format(dash) if dash else Markup("")


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
