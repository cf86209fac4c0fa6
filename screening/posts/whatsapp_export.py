"""Feed format `whatsapp_export`: the .txt that WhatsApp exports from a chat, in the line forms of Android and iOS."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from screening.errors import InvalidPostError, NotAnOfferError
from screening.posts.feed_format import FeedFormat, ItemContext
from screening.posts.free_text import SEEKER_REASON, guess_kind, is_seeker
from screening.posts.generic import read_generic
from screening.posts.payload import NOT_JSON, Payload
from screening.posts.post import Post

_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_DATE = r"(\d{1,4})[./-](\d{1,2})[./-](\d{2,4})\.?"
_TIME = r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[ \u00a0\u202f]{0,2}([AaPp])\.?[ \u00a0]?[Mm]\.?)?"
_LINE = re.compile(
    rf"(?:\[{_DATE},?[ \u00a0\u202f]{{1,3}}{_TIME}\][ \u00a0]?|{_DATE},?[ \u00a0\u202f]{{1,3}}{_TIME}[ \u00a0\u202f]{{1,2}}[-–][ \u00a0])"
)
_SENDER = re.compile(r"(?:~[ \u00a0\u202f])?([^:\n]{1,80}):(?: |$)")
_ATTACHED = re.compile(
    r"(?:<[^<>:]{3,30}: ?([^<>]{1,200}\.\w{2,5})>|^([^\n]{1,200}\.\w{2,5}) \([^()\n]{3,60}\)$)", re.MULTILINE
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|heic)\Z", re.IGNORECASE)
_OMITTED = re.compile(
    r"^(?:<[^<>\n]{3,60}(?:omitted|omis\w{0,3}|multim\w{1,8}|медиа\w{0,10}|медіа\w{0,10}|файл\w{0,10}|пропущ\w{0,6}|pominięt\w{0,3}|ausgeschlossen|vynechán\w{0,2}|kihagyva|omitid\w{1,2})[^<>\n]{0,60}>"
    r"|(?:image|photo|video|audio|sticker|GIF|document|Contact card|изображение|зображення|фото|видео|відео|аудио|аудіо|стикер|obraz|zdjęcie|film|Bild|Video|Foto|imagine) "
    r"(?:omitted|пропущено|не включено|отсутствует|відсутнє|pominięto|pominięte|weggelassen|omis[ăa]))$",
    re.IGNORECASE | re.MULTILINE,
)
_DELETED = re.compile(
    r"\A(?:This message was deleted|You deleted this message|Это сообщение удалено|Сообщение удалено|Це повідомлення видалено|Цей допис видалено|"
    r"Ta wiadomość została usunięta|Wiadomość usunięta|Diese Nachricht wurde gelöscht|Acest mesaj a fost șters|Se eliminó este mensaje)\.?\Z",
    re.IGNORECASE,
)
_EDITED = re.compile(r"[ \u00a0]<[^<>\n]{3,60}>\Z")
_PHONE = re.compile(r"\+?\d[\d \u00a0()./-]{6,22}\d\Z")


@dataclass(frozen=True, slots=True)
class WhatsAppMessage:
    sender: str  # "" for what WhatsApp itself says
    text: str
    date: tuple[int, int, int]  # as written, order unknown
    time: tuple[int, int, int]
    day_first: bool


def _recognises(payload: Payload) -> bool:
    if payload.value is not NOT_JSON:
        return False
    lines = [_MARKS.sub("", line) for line in payload.head.splitlines()[:20]]
    return (
        bool(lines) and _LINE.match(lines[0]) is not None and any(_sender_and_text(line) is not None for line in lines)
    )


def _sender_and_text(line: str) -> tuple[str, str] | None:
    opening = _LINE.match(line)
    return _split_sender(line[opening.end() :]) if opening else None


def _split(payload: Payload) -> Iterator[WhatsAppMessage]:
    lines = [_MARKS.sub("", line) for line in payload.text.replace("\r\n", "\n").split("\n")]
    openings = [match for line in lines if (match := _LINE.match(line))]
    day_first = _is_day_first(openings)
    opening: re.Match[str] | None = None
    body: list[str] = []
    for line in lines:
        if match := _LINE.match(line):
            if opening is not None:
                yield _message(opening, body, day_first)
            opening, body = match, [line[match.end() :]]
        elif opening is not None:
            body.append(line)
    if opening is not None:
        yield _message(opening, body, day_first)


def _message(opening: re.Match[str], body: list[str], day_first: bool) -> WhatsAppMessage:
    parts = _parts(opening)
    hour = int(parts[3])
    if parts[6]:
        hour = hour % 12 + (12 if parts[6].lower() == "p" else 0)
    split = _split_sender("\n".join(body))
    sender, text = split if split is not None else ("", "\n".join(body))
    date = (int(parts[0]), int(parts[1]), int(parts[2]))
    return WhatsAppMessage(sender, text.strip(), date, (hour, int(parts[4]), int(parts[5] or 0)), day_first)


def _split_sender(rest: str) -> tuple[str, str] | None:
    match = _SENDER.match(rest)
    return (match[1].strip(), rest[match.end() :]) if match else None


def _parts(opening: re.Match[str]) -> tuple[str, ...]:
    groups = opening.groups()
    return tuple(part or "" for part in (groups[:7] if groups[0] else groups[7:]))


def _is_day_first(openings: Iterable[re.Match[str]]) -> bool:
    """Whether dates put the day first: a first number above 12 says so, a second above 12 denies it, else the clock: with AM/PM
    the month comes first, without it the day."""
    twelve_hours = False
    for opening in openings:
        parts = _parts(opening)
        if len(parts[0]) != 4 and int(parts[0]) > 12:
            return True
        if int(parts[1]) > 12:
            return False
        twelve_hours = twelve_hours or (bool(parts[6]) and "/" in opening[0])
    return not twelve_hours


def _read(item: Any, context: ItemContext) -> Post:
    if not isinstance(item, WhatsAppMessage):
        raise InvalidPostError("message", "must be a message of a WhatsApp export")
    moment = _moment(item)
    stamp = f"{moment:%Y%m%dT%H%M%S}" if moment else "undated"
    digest = hashlib.sha256(f"{item.sender}\x1f{item.text}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
    identifier = f"{stamp}-{digest}"  # stays the same when the chat is exported again
    if not item.sender:
        raise NotAnOfferError("a message of WhatsApp itself", item=identifier)
    if _DELETED.match(item.text):
        raise NotAnOfferError("a deleted message", item=identifier)
    names = [found for match in _ATTACHED.finditer(item.text) if (found := match[1] or match[2])]
    text = _EDITED.sub("", _OMITTED.sub("", _ATTACHED.sub("", item.text))).strip()
    images = [name.strip() for name in names if _PICTURE.search(name.strip())]
    if not text and not images:
        raise NotAnOfferError("media that the export leaves out", item=identifier)
    if is_seeker(text):
        raise NotAnOfferError(SEEKER_REASON, item=identifier)
    fields: dict[str, Any] = {
        "id": identifier,
        "kind": guess_kind(text),
        "description": text,
        "posted_at": moment,
        "contacts": [item.sender] if _PHONE.match(item.sender) else [],
        "poster": {"id": item.sender},
        "images": images,
    }
    return read_generic(fields, platform=context.platform, strict=False)


def _moment(item: WhatsAppMessage) -> datetime | None:
    """The time as the phone showed it, which is local and comes without a zone: taken as UTC. None where it is no date."""
    first, second, third = item.date
    if first > 31:
        year, month, day = first, second, third
    elif item.day_first:
        day, month, year = item.date
    else:
        month, day, year = item.date
    try:
        return datetime(year + 2000 if year < 100 else year, month, day, *item.time, tzinfo=UTC)
    except ValueError:
        return None


FORMAT = FeedFormat(
    name="whatsapp_export",
    description="A chat exported by WhatsApp as .txt",
    recognises=_recognises,
    split=_split,
    read=_read,
)
