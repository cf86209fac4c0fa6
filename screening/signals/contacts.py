"""Contacts of a post: phones, e-mail, messengers, social networks, web addresses, IBAN and wallets.

From title, description, company, the contacts field and what the page hid. A placeholder that stands for a contact
(`[PHONE]`) and a messenger named without a number count as contacts of their kind with the value "".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from screening.reference.checksums import is_iban, is_wallet
from screening.signals.contact_patterns import (
    AMOUNT_BEFORE,
    CHANNEL_BEFORE,
    DISGUISED_EMAIL,
    EMAIL,
    FREEMAIL_HOSTS,
    GLUED_PLATFORM,
    HANDLE,
    IBAN,
    MESSENGER_CUES,
    MESSENGER_NAMES,
    NAMED_HANDLE,
    NOT_HOSTS,
    PLACEHOLDER,
    PROFILE_BEFORE,
    REFUSED_CHANNEL,
    SHORTENERS,
    TENGE_BEHIND,
    URL,
    WALLET,
)
from screening.signals.found import Contact, Span
from screening.signals.phones import find_phones, find_spelled_phones, regions_of
from screening.text.document import Document, FieldText

_FIELDS = ("title", "description", "company", "contract")
_ENOUGH_DIGITS = re.compile(r"\d(?:\D{0,4}\d){6}")
_HIDDEN_READ = 20_000  # characters of hidden text that are read
_MOST = 100  # contacts of a kind that are read: comparing them with each other stays cheap on hostile text
_NEAR = 40  # characters between a messenger's name and the number it is meant for
_MAY_DISGUISE = re.compile(
    r"[(\[{<] ?(?:at|ät|a t|@)|@ | @|(?:dot|собака|ma[łl]pa|zavin[aá][cč]|kukac|arroba|arond|маймунско|маймунка|кльомба)\b",
    re.IGNORECASE,
)
_WRITTEN_TO = frozenset({"messengeren", "messengerem", "messengerrel", "facebookon"})  # "on" in the ending
_TRAILING = ".,;:!?…'\"-–"


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    contact: Contact


def read_contacts(document: Document) -> tuple[Contact, ...]:
    """Every contact of the post once, in the order of fields and of the text; those of the contacts field come last."""
    regions = regions_of(document)
    contacts: list[Contact] = []
    for field in document.fields:
        if field.name in _FIELDS:
            contacts.extend(_of_field(field, regions))
    for text in document.post.contacts:
        contacts.extend(_without_span(_of_contact_field(text, regions)))
    if document.post.hidden_text:
        contacts.extend(_without_span(_scan(document.post.hidden_text[:_HIDDEN_READ], regions)))
    return _once(contacts)


def contacts_typed(text: str, regions: tuple[str, ...]) -> tuple[Contact, ...]:
    """What somebody typed to look up a contact, read and normalised as the contacts field of a post is."""
    return _once(list(_without_span(_of_contact_field(text, regions))))


def shortens(contact: Contact) -> bool:
    """Whether a web address is one of a link shortener or link list, so that its end is hidden."""
    return contact.kind == "url" and contact.value.split("/", 1)[0] in SHORTENERS


def _of_field(field: FieldText, regions: tuple[str, ...]) -> Iterator[Contact]:
    """Contacts of the original and of the repaired text; where both show one at the same place, the original's wins."""
    repaired = field.repaired
    taken: list[tuple[int, int]] = []
    for found in _scan(repaired.original, regions):
        taken.append((found.start, found.end))
        yield replace(found.contact, span=Span(field.name, found.start, found.end))
    for phone in find_spelled_phones(field.tokens, regions):
        start, end = repaired.original_span(phone.start, phone.end)
        contact = _contact("phone", phone.e164, country=phone.country, mobile=phone.mobile)
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            taken.append((start, end))
            yield replace(contact, span=Span(field.name, start, end))
    if repaired.text == repaired.original:
        return
    for found in _scan(repaired.text, regions):
        start, end = repaired.original_span(found.start, found.end)
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            yield replace(found.contact, span=Span(field.name, start, end))


def _of_contact_field(text: str, regions: tuple[str, ...]) -> list[_Found]:
    found = list(_scan(text, regions, cued=True))
    if found or not text.strip():
        return found
    handle = re.fullmatch(r"\s*@?([A-Za-z][A-Za-z0-9_.]{3,31})\s*", text)
    if handle and "@" in text:
        return [_Found(0, len(text), _contact("telegram", handle.group(1).lower()))]
    return []


def _without_span(found: list[_Found] | Iterator[_Found]) -> Iterator[Contact]:
    return (item.contact for item in found)


def _once(contacts: list[Contact]) -> tuple[Contact, ...]:
    """The first of each kind and value; an empty value gives way to a real one of the same kind."""
    with_value = {contact.kind for contact in contacts if contact.value}
    seen: set[tuple[str, str]] = set()
    kept = []
    for contact in contacts:
        key = (contact.kind, contact.value)
        if key in seen or (not contact.value and contact.kind in with_value):
            continue
        seen.add(key)
        kept.append(contact)
    return tuple(kept)


def _scan(text: str, regions: tuple[str, ...], *, cued: bool = False) -> Iterator[_Found]:
    """All contacts of one text in order; what one reader has taken, the later ones leave alone."""
    found: list[_Found] = []
    readers: list[Callable[[str], Iterator[_Found]]] = [_placeholders, _emails, _bank_and_wallets, _addresses, _handles]
    for reader in readers:
        found.extend(item for item in islice(reader(text), _MOST) if not _overlaps(item, found))
    if _ENOUGH_DIGITS.search(text):
        for phone in islice(find_phones(text, regions, cued=cued), _MOST):
            item = _Found(
                phone.start, phone.end, _contact("phone", phone.e164, country=phone.country, mobile=phone.mobile)
            )
            if not _overlaps(item, found):
                found.append(item)
    found.extend(_messengers(text, found))
    found.sort(key=lambda item: (item.start, item.end, item.contact.kind))
    yield from found


def _overlaps(item: _Found, others: list[_Found]) -> bool:
    return any(item.start < other.end and other.start < item.end for other in others)


def _contact(
    kind: str, value: str, *, country: str | None = None, mobile: bool | None = None, freemail: bool | None = None
) -> Contact:
    return Contact(kind=kind, value=value, country=country, span=None, mobile=mobile, freemail=freemail)


def _placeholders(text: str) -> Iterator[_Found]:
    for match in PLACEHOLDER.finditer(text):
        name = next(group for group in match.groups() if group)
        kind = {"PHONE": "phone", "EMAIL": "email", "URL": "url"}.get(name)
        if kind is None:
            before = text[max(0, match.start() - 30) : match.start()]
            kind = "instagram" if MESSENGER_NAMES["instagram"].search(before) else "telegram"
        yield _Found(match.start(), match.end(), _contact(kind, ""))


def _emails(text: str) -> Iterator[_Found]:
    if "@" in text:
        for match in EMAIL.finditer(text):
            end = match.end() - len(match.group()) + len(match.group().rstrip("."))
            yield _Found(match.start(), end, _email(text[match.start() : end]))
    if not _MAY_DISGUISE.search(text):
        return
    for match in DISGUISED_EMAIL.finditer(text):
        local, host, ending, second = match.groups()
        whole_host = f"{host}.{ending}{'.' + second if second else ''}"
        if match.group() != f"{local}@{whole_host}" and (
            _plainly_disguised(match.group()) or whole_host.lower() in FREEMAIL_HOSTS
        ):
            yield _Found(match.start(), match.end(), _email(f"{local}@{whole_host}"))


def _plainly_disguised(written: str) -> bool:
    """Brackets or a word of another language for @ leave no doubt; a bare "at" or a handle after a word may be prose."""
    if re.search(r"\s@\w", written):
        return False
    return (
        not re.search(r"\sat\s", written, re.IGNORECASE)
        or re.search(r"\s(?:dot|punkt|punto)\s", written, re.IGNORECASE) is not None
    )


def _email(address: str) -> Contact:
    value = address.lower()
    return _contact("email", value, freemail=value.rpartition("@")[2] in FREEMAIL_HOSTS)


def _bank_and_wallets(text: str) -> Iterator[_Found]:
    for match in IBAN.finditer(text):
        value = match.group().replace(" ", "")
        if is_iban(value):
            yield _Found(match.start(), match.end(), _contact("iban", value, country=value[:2]))
    for match in WALLET.finditer(text):
        if is_wallet(match.group()):
            yield _Found(match.start(), match.end(), _contact("wallet", match.group()))


def _addresses(text: str) -> Iterator[_Found]:
    if "." not in text:
        return
    for match in URL.finditer(text):
        written = match.group().rstrip(_TRAILING)
        bare = re.sub(r"^https?://", "", written, flags=re.IGNORECASE)
        bare = re.sub(r"^www\.", "", bare, flags=re.IGNORECASE)
        host, _, path = bare.partition("/")
        host = host.split("?", 1)[0].lower()
        if "." not in host or host in NOT_HOSTS or host.endswith(GLUED_PLATFORM):
            continue
        yield _Found(match.start(), match.start() + len(written), _of_address(host, path))


def _of_address(host: str, path: str) -> Contact:
    first = re.split(r"[/?#]", path, maxsplit=1)[0]
    if host in ("t.me", "telegram.me", "telegram.dog"):
        return _contact("telegram", first.lstrip("@+").lower())
    if host in ("wa.me", "api.whatsapp.com", "chat.whatsapp.com"):
        digits = re.search(r"\d{7,15}", path)
        return _contact("whatsapp", "+" + digits.group() if digits else first.lower())
    if host in ("viber.me", "chats.viber.com", "invite.viber.com"):
        return _contact("viber", first.lower())
    if host.endswith(("facebook.com", "fb.com", "fb.me")) or host == "m.me":
        return _contact("facebook", path.rstrip("/").lower())
    if host in ("instagram.com", "instagr.am"):
        return _contact("instagram", first.lower())
    clean = re.split(r"[?#]", path, maxsplit=1)[0].rstrip("/")
    return _contact("url", f"{host}/{clean}" if clean else host)


def _handles(text: str) -> Iterator[_Found]:
    for match in HANDLE.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()]
        kind = "telegram"
        for other in ("instagram", "facebook"):
            if MESSENGER_NAMES[other].search(before):
                kind = other
        yield _Found(match.start(), match.end(), _contact(kind, match.group(1).lower()))


def _messengers(text: str, others: list[_Found]) -> Iterator[_Found]:
    """Messengers named in words, with the number or user name that stands beside them, if any does."""
    phones = [item for item in others if item.contact.kind == "phone"]
    lowered = text.casefold()
    for kind, pattern in MESSENGER_NAMES.items():
        if not any(cue in lowered for cue in MESSENGER_CUES[kind]):
            continue
        for match in islice(pattern.finditer(text), _MOST):
            found = _Found(match.start(), match.end(), _contact(kind, ""))
            if _overlaps(found, others) or REFUSED_CHANNEL.search(text[max(0, match.start() - 40) : match.start()]):
                continue
            if kind == "telegram" and _is_tenge(text, match.start(), phones):
                continue
            if any(
                item.contact.kind == kind and 0 <= item.start - match.end() <= _NEAR for item in others
            ):  # "Telegram: @name" is one contact
                continue
            named = NAMED_HANDLE.match(text, match.end())
            if kind in ("facebook", "instagram") and not (named and _is_user_name(text[match.end() : named.end()])):
                before = text[max(0, match.start() - 30) : match.start()]
                inflected = match.group().lower() in _WRITTEN_TO
                if not inflected and (not CHANNEL_BEFORE.search(before) or PROFILE_BEFORE.search(before)):
                    continue
            if kind in ("telegram", "instagram") and named and _is_user_name(text[match.end() : named.end()]):
                yield _Found(match.start(), named.end(), _contact(kind, named.group(1).rstrip(".").lower()))
                continue
            phone = _nearest(phones, match.start(), match.end()) if kind not in ("facebook", "instagram") else None
            value = phone.contact.value if phone else ""
            yield _Found(
                match.start(), match.end(), _contact(kind, value, country=phone.contact.country if phone else None)
            )


def _is_tenge(text: str, start: int, phones: list[_Found]) -> bool:
    """ "250 000 тг": money, unless a handle follows or what stands before is a phone."""
    if any(0 <= start - phone.end <= 2 for phone in phones):
        return False
    before = text[max(0, start - _NEAR) : start]
    return bool(TENGE_BEHIND.match(text, start) and AMOUNT_BEFORE.search(before))


def _is_user_name(written: str) -> bool:
    """After a colon, dash or @ any name; without one only what no ordinary word is: with a digit or underscore."""
    return bool(re.match(r"\s*(?:[:=@]|->|→|👉)", written)) or any(sign in written for sign in "_0123456789")


def _nearest(phones: list[_Found], start: int, end: int) -> _Found | None:
    near = [item for item in phones if -_NEAR <= item.start - end <= _NEAR or 0 <= start - item.end <= _NEAR]
    return min(near, key=lambda item: min(abs(item.start - end), abs(start - item.end)), default=None)
