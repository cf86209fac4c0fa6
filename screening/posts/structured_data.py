"""JSON-LD blocks and JobPosting microdata of a web page."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_PAGE_CHARS = 10_000_000
_SCRIPT_OPENS = re.compile(r"<script\b([^>]{0,2000})>", re.IGNORECASE)
_IS_JSON_LD = re.compile(r"type\s{0,3}=\s{0,3}[\"']?\s{0,3}application/ld\+json", re.IGNORECASE)
_SCRIPT_CLOSES = re.compile(r"</script", re.IGNORECASE)
_WRAPPERS = re.compile(
    r"^(?:\s|<!--|//\s{0,3}<!\[CDATA\[|/\*\s{0,3}<!\[CDATA\[\s{0,3}\*/|<!\[CDATA\[){1,20}|(?:\s|//\s{0,3}-->|-->|//\s{0,3}\]\]>|/\*\s{0,3}\]\]>\s{0,3}\*/|\]\]>|;){1,20}$"
)
_TRAILING_COMMA = re.compile(r",(\s{0,100}[}\]])")


def json_ld_values(page: str) -> Iterator[Any]:
    """The JSON values of a page's JSON-LD blocks; blocks that can't be mended are passed over, as search engines do.

    Comment and CDATA wrappers, raw line ends in strings, entities and trailing commas are mended.
    """
    page = page[:MAX_PAGE_CHARS]
    position = 0
    while match := _SCRIPT_OPENS.search(page, position):
        closing = _SCRIPT_CLOSES.search(page, match.end())
        end = closing.start() if closing else len(page)
        position = end
        if _IS_JSON_LD.search(match[1]) and (value := _mended(page[match.end() : end])) is not None:
            yield value


def _mended(block: str) -> Any:
    head, tail = block[:500], block[-500:] if len(block) > 1000 else ""
    block = _WRAPPERS.sub("", head) + block[500:-500] + _WRAPPERS.sub("", tail) if tail else _WRAPPERS.sub("", block)
    for attempt in (lambda text: text, html.unescape, lambda text: _TRAILING_COMMA.sub(r"\1", html.unescape(text))):
        try:
            return json.loads(attempt(block), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def microdata_values(page: str) -> list[dict[str, Any]]:
    """JobPosting items written as microdata (itemscope, itemprop), as nodes in the shape of JSON-LD."""
    page = page[:MAX_PAGE_CHARS]
    if "schema.org/jobposting" not in page.lower():
        return []
    from screening.posts.html_text import is_too_deep

    if is_too_deep(page):
        return []
    from selectolax.lexbor import LexborHTMLParser

    scopes = LexborHTMLParser(page).css("[itemscope][itemtype]")
    return [
        _item(scope) for scope in scopes if (scope.attributes.get("itemtype") or "").lower().endswith("/jobposting")
    ]


def _item(scope: LexborNode) -> dict[str, Any]:
    item: dict[str, Any] = {"@type": (scope.attributes.get("itemtype") or "").rpartition("/")[2]}
    stack = list(reversed(list(scope.iter())))
    while stack:
        node = stack.pop()
        attributes = node.attributes
        name = attributes.get("itemprop")
        inner_scope = "itemscope" in attributes
        if name:
            value = _item(node) if inner_scope else _property(node)
            if value and name not in item:
                item[name] = value
        if not inner_scope and name != "description":
            stack.extend(reversed(list(node.iter())))
    return item


def _property(node: LexborNode) -> str:
    attributes = node.attributes
    tag = node.tag or ""
    if tag == "meta" or attributes.get("content"):
        return attributes.get("content") or ""
    if tag in ("a", "link"):
        return attributes.get("href") or ""
    if tag == "img":
        return attributes.get("src") or ""
    if tag == "time":
        return attributes.get("datetime") or node.text(strip=True)
    return (
        node.html or ""
        if attributes.get("itemprop") in ("description", "responsibilities", "qualifications", "incentives")
        else node.text(strip=True)
    )
