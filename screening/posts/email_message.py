"""Feed format `email_message`: one offer that came by mail (.eml)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from screening.errors import InvalidPostError, NotAnOfferError
from screening.posts.feed_format import FeedFormat, ItemContext
from screening.posts.free_text import SEEKER_REASON, guess_kind, is_seeker
from screening.posts.generic import read_generic
from screening.posts.html_text import HtmlText, html_to_text
from screening.posts.payload import NOT_JSON, Payload
from screening.posts.post import Post

if TYPE_CHECKING:
    from email.message import Message

_HEADER = re.compile(
    r"(?:From|To|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Delivered-To|DKIM-Signature|X-[A-Za-z-]{2,40}|Content-Type|Reply-To|ARC-Seal):[ \t]",
    re.IGNORECASE,
)
_FORWARDED = re.compile(r"\s{0,5}(?:fwd?|wg|пересл|fw|pd|переслано|trans|továbbítva|препр)\s{0,3}:", re.IGNORECASE)
_MAX_PARTS = 200
_MAX_HEADER_BYTES = 256_000
_MAX_MAIL_BYTES = 50_000_000
_MAX_VALUE_CHARS = 5_000
_MAX_NESTING = 10


def _recognises(payload: Payload) -> bool:
    if payload.value is not NOT_JSON:
        return False
    head = payload.head or payload.raw[:4_000].decode("ascii", "replace")
    lines = head.removeprefix("From ").splitlines()[:60]
    return (
        bool(lines)
        and _HEADER.match(lines[0] if not head.startswith("From ") else "From: ") is not None
        and sum(1 for line in lines if _HEADER.match(line)) >= 2
    )


def _split(payload: Payload) -> Iterator[bytes]:
    yield payload.raw


def _read(item: Any, context: ItemContext) -> Post:
    from email.parser import BytesParser

    if not isinstance(item, bytes):
        raise InvalidPostError("mail", "must be the bytes of a mail")
    item = item.lstrip()
    if max(item.find(b"\n\n"), item.find(b"\r\n\r\n")) > _MAX_HEADER_BYTES or len(item) > _MAX_MAIL_BYTES:
        raise InvalidPostError("mail", f"has headers over {_MAX_HEADER_BYTES} bytes, or is over {_MAX_MAIL_BYTES}")
    # The older policy: the newer one parses headers by a grammar that takes minutes over a long list of addresses.
    outer = BytesParser().parsebytes(item)
    message = _innermost_forwarded(outer)
    identifier = _header(message, "Message-ID").strip("<> ") or f"mail-{hashlib.sha256(item).hexdigest()[:16]}"
    subject = _header(message, "Subject")
    body, images = _body_and_images(message)
    if is_seeker(f"{subject}\n{body.text}"):
        raise NotAnOfferError(SEEKER_REASON, item=identifier)
    senders = _addresses(message, "Reply-To") + _addresses(message, "From")
    forwarded = _FORWARDED.match(subject) is not None
    fields: dict[str, Any] = {
        "id": identifier[:512],
        "kind": guess_kind(f"{subject}\n{body.text}"),
        "title": subject,
        "description": body.text,
        "posted_at": _date(message),
        # Whoever forwards an offer is a witness, not its author: neither poster nor contact.
        "contacts": [*(() if forwarded else dict.fromkeys(senders)), *body.links],
        "poster": {"id": senders[-1]} if senders and not forwarded else None,
        "images": [*images, *body.images],
        "forwarded": True if forwarded or message is not outer else None,
    }
    return replace(read_generic(fields, platform=context.platform, strict=False), hidden_text=body.hidden_text)


def _innermost_forwarded(message: Message) -> Message:
    """A mail forwarded as an attachment is the offer; the mail around it is its reporter's."""
    for _ in range(_MAX_NESTING):
        inner = next(
            (part for part in _parts(message) if part.get_content_type() == "message/rfc822" and part.is_multipart()),
            None,
        )
        payload = inner.get_payload() if inner is not None else None
        if not isinstance(payload, list) or not payload:
            break
        message = payload[0]  # type: ignore[assignment]
    return message


def _parts(message: Message) -> list[Message]:
    """Parts in order, without going into forwarded mails."""
    found: list[Message] = []
    stack = [message]
    while stack and len(found) < _MAX_PARTS:
        part = stack.pop()
        found.append(part)
        if part.get_content_maintype() == "multipart" and isinstance(inner := part.get_payload(), list):
            stack.extend(reversed(inner))  # type: ignore[arg-type]
    return found


def _body_and_images(message: Message) -> tuple[HtmlText, list[str]]:
    plain: list[str] = []
    pages: list[HtmlText] = []
    images: list[str] = []
    for part in _parts(message):
        content_type = part.get_content_type()
        name = _file_name(part)
        if content_type.startswith("image/"):
            images.append(name or f"sha256:{hashlib.sha256(_bytes_of(part)).hexdigest()}")
        elif part.get_content_disposition() == "attachment":
            continue
        elif content_type == "text/plain":
            plain.append(_text_of(part))
        elif content_type == "text/html":
            pages.append(html_to_text(_text_of(part)))
    text, page_text = "\n\n".join(plain).strip(), "\n\n".join(page.text for page in pages)
    # The plain part of some mails only says that the mail is HTML.
    chosen = text if len(text) * 2 >= len(page_text) else page_text
    links = tuple(link for page in pages for link in page.links)
    hidden = "\n".join(page.hidden_text for page in pages if page.hidden_text)
    return HtmlText(
        chosen, hidden, links, tuple(image for page in pages for image in page.images if not image.startswith("cid:"))
    ), images


def _text_of(part: Message) -> str:
    """The text of a part; bytes that don't fit the declared charset, or an unknown one, are read as UTF-8 with marks."""
    data = _bytes_of(part)
    charset = part.get_content_charset() or "utf-8"
    try:
        return data.decode(charset)
    except (LookupError, UnicodeDecodeError, ValueError):
        return data.decode("utf-8", "replace")


def _bytes_of(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _file_name(part: Message) -> str:
    try:
        return _decoded(part.get_filename() or "")
    except (
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
    ):  # the standard parser fails on bad headers in many ways
        return ""


def _header(message: Message, name: str) -> str:
    return " ".join(_decoded(str(message.get(name, ""))[:_MAX_VALUE_CHARS]).split())


def _decoded(value: str) -> str:
    """A header's words out of their encoding (RFC 2047); a word that can't be decoded stays as it is."""
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, ValueError, LookupError):
        return value


def _addresses(message: Message, name: str) -> list[str]:
    from email.utils import getaddresses

    return [address for _, address in getaddresses([_header(message, name)]) if "@" in address]


def _date(message: Message) -> datetime | str | None:
    return _header(message, "Date") or None


FORMAT = FeedFormat(
    name="email_message",
    description="One offer that came by mail (.eml)",
    recognises=_recognises,
    split=_split,
    read=_read,
)
