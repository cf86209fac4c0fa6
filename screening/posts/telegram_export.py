"""Feed format `telegram_export`: result.json of Telegram's export of a chat, a channel or an account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from screening.errors import InvalidPostError, NotAnOfferError
from screening.posts.feed_format import FeedFormat, ItemContext
from screening.posts.free_text import SEEKER_REASON, guess_kind, is_seeker
from screening.posts.generic import read_generic
from screening.posts.payload import Payload, is_object_with, list_at, text_at
from screening.posts.post import Post

_PICTURE_TYPES = ("image/",)


@dataclass(frozen=True, slots=True)
class TelegramMessage:
    """A message with the chat it stands in."""

    chat_id: str
    chat_name: str
    chat_type: str
    message: Any


def _recognises(payload: Payload) -> bool:
    return _is_chat(payload.value) or any(_is_chat(chat) for chat in list_at(payload.value, "chats", "list")[:1])


def _is_chat(value: object) -> bool:
    return is_object_with(value, "messages", "type") and isinstance(value["messages"], list)  # type: ignore[index]


def _split(payload: Payload) -> Iterator[TelegramMessage]:
    value = payload.value
    for chat in [value] if _is_chat(value) else list_at(value, "chats", "list"):
        for message in list_at(chat, "messages"):
            yield TelegramMessage(text_at(chat, "id"), text_at(chat, "name"), text_at(chat, "type"), message)


def _read(item: Any, context: ItemContext) -> Post:
    if not isinstance(item, TelegramMessage) or not isinstance(item.message, Mapping):
        raise InvalidPostError("message", "must be a message of a Telegram export")
    message = item.message
    number = text_at(message, "id")
    identifier = f"{item.chat_id}-{number}" if item.chat_id and number else number or context.default_id
    if text_at(message, "type") != "message":
        raise NotAnOfferError("a service message", item=identifier or "")
    text, links = _text_and_links(message.get("text"))
    images = _images(message)
    if not text.strip() and not images:
        raise NotAnOfferError("a message without text or picture", item=identifier or "")
    if is_seeker(text):
        raise NotAnOfferError(SEEKER_REASON, item=identifier or "")
    fields: dict[str, Any] = {
        "id": identifier,
        "kind": guess_kind(text),
        "description": text,
        "posted_at": message.get("date_unixtime") or message.get("date"),
        "updated_at": message.get("edited_unixtime") or message.get("edited"),
        "contacts": links,
        "images": images,
        "poster": {"id": text_at(message, "from_id")} if text_at(message, "from_id") else None,
        "chat": item.chat_name,
        "chat_type": item.chat_type,
    }
    if forwarded := text_at(message, "forwarded_from"):
        fields["forwarded_from"] = forwarded
    return read_generic(fields, platform=context.platform, strict=False)


def _text_and_links(text: object) -> tuple[str, list[str]]:
    """The text of a message, which is a text or a list of texts and entities, and the targets that its links hide."""
    parts = text if isinstance(text, list) else [text]
    shown: list[str] = []
    links: list[str] = []
    for part in parts:
        shown.append(part if isinstance(part, str) else _shown_text(part))
        if target := text_at(part, "href"):
            links.append(target)
    return "".join(shown), links


def _shown_text(entity: object) -> str:
    text = entity.get("text") if isinstance(entity, Mapping) else None
    return text if isinstance(text, str) else ""


def _images(message: Mapping[str, Any]) -> list[str]:
    if photo := text_at(message, "photo"):
        return [photo]
    is_picture = (
        text_at(message, "mime_type").startswith(_PICTURE_TYPES) and text_at(message, "media_type") != "sticker"
    )
    return [text_at(message, "file")] if is_picture and text_at(message, "file") else []


FORMAT = FeedFormat(
    name="telegram_export",
    description="result.json of a Telegram export: a chat, a channel or a whole account",
    recognises=_recognises,
    split=_split,
    read=_read,
)
