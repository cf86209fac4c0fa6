"""A link to an outside translation service, where an operator has set one: the text leaves the system with it."""

from __future__ import annotations

from urllib.parse import quote

from screening.posts.post import Post

MOST_CHARACTERS = 1_500
"""Of the text: addresses of some 8,000 characters pass everywhere, and a Cyrillic letter takes six of them."""


def translation_link(address: str, post: Post | None, *, source: str | None, target: str) -> str:
    """The address with {text}, {from} and {to} filled in; "" where none is set, or there is nothing to translate.

    Args:
        address: of the setting, e.g. `https://translate.example.org/?sl={from}&tl={to}&text={text}`.
        source: language of the text, None where it isn't known ("auto" then).
        target: language of the reader's pages.
    """
    text = "\n\n".join(filter(None, (post.title, post.description))) if post else ""
    if not address or not text.strip() or source == target:
        return ""
    filled = {"text": quote(text[:MOST_CHARACTERS], safe="", errors="replace"), "from": source or "auto", "to": target}
    for name, value in filled.items():
        address = address.replace(f"{{{name}}}", value)
    return address
