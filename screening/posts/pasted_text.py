"""Feed format `pasted_text`: one offer as plain text or HTML, as somebody copied it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from screening.errors import NotAnOfferError
from screening.posts.feed_format import FeedFormat, ItemContext
from screening.posts.free_text import SEEKER_REASON, guess_kind, is_seeker
from screening.posts.generic import read_generic
from screening.posts.html_text import read_description
from screening.posts.payload import NOT_JSON, Payload
from screening.posts.post import Post


def _recognises(payload: Payload) -> bool:
    head = payload.head
    if payload.value is not NOT_JSON or head[:1] in ("{", "[") or "\x00" in head or head.startswith("<?xml"):
        return False
    return any(character.isalpha() for character in head)


def _split(payload: Payload) -> Iterator[Any]:
    yield payload.text


def _read(item: Any, context: ItemContext) -> Post:
    text = item if isinstance(item, str) else ""
    identifier = context.default_id or f"text-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
    plain = read_description(text).text
    if is_seeker(plain):
        raise NotAnOfferError(SEEKER_REASON, item=identifier)
    fields = {"id": identifier, "description": text, "kind": guess_kind(plain)}
    return read_generic(fields, platform=context.platform, strict=False)


FORMAT = FeedFormat(
    name="pasted_text",
    description="One offer as plain text or HTML, as it was copied",
    recognises=_recognises,
    split=_split,
    read=_read,
)
