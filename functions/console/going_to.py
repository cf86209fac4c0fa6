"""Where somebody was going when they had to sign in: a page of the console, and never another site's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

MOST_CHARACTERS = 300
_PLACE = re.compile(r"(?:[a-z][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)*)?(?:\?[A-Za-z0-9_.~=&%+:-]*)?", re.ASCII)
_NOT_AFTER_SIGN_IN = frozenset({"sign-in", "start-sign-in", "sign-out", "callback"})


def safe_place(place: str) -> str:
    """A place as it may be led to, relative to the console's address: `case?id=4711`, `?team=general`, "" for the queue.

    Anything else becomes "": whatever begins like an address, a scheme or a path from the root, climbs (`..`), holds a
    backslash, a control or a non-ASCII character, or would go round in circles.
    """
    if len(place) > MOST_CHARACTERS or not _PLACE.fullmatch(place):
        return ""
    return "" if place.partition("?")[0] in _NOT_AFTER_SIGN_IN else place


def place_of(resource_path: str, query: Mapping[str, Sequence[str]]) -> str:
    """The place that a request was for; "" where it can't be led to safely.

    Args:
        resource_path: `/console/case`.
        query: values by name, as parsed.
    """
    below = resource_path.removeprefix("/console").removeprefix("/")
    pairs = [(name, value) for name, values in query.items() for value in values]
    return safe_place(below + (f"?{urlencode(pairs, errors='replace')}" if pairs else ""))


def link_to(place: str) -> str:
    """The place as a link from a page in the console's folder (`/console/callback`). Expects what `safe_place` gave."""
    return f"../console{place}" if place.startswith("?") or not place else place
