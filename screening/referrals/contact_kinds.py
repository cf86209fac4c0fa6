"""What kind of contact a disclosed text is, for formats that keep a kind and a value apart.

The packages' own JSON carries contacts as they were published. Nothing is guessed here: what isn't plainly a number, an
address or an account stays "other", with its text as it is. No library of numbering plans: the functions that hand out
packages carry none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from screening.signals.contact_patterns import MESSENGER_NAMES

ContactKind = Literal[
    "email", "phone", "url", "telegram", "viber", "whatsapp", "signal", "facebook", "instagram", "other"
]

_LONGEST = 2_048
_EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.){1,4}[A-Za-z]{2,24}"
)
_PHONE = re.compile(
    r"(?:tel(?:efon)?|phone|тел(?:ефон)?)?[.:\s]{0,3}(\+?[0-9(][0-9\s().\-/]{5,30}[0-9])", re.IGNORECASE
)
_URL = re.compile(r"https?://[A-Za-z0-9.\-]{1,253}(?::\d{1,5})?(?:[/?#][\x21-\x7e]*)?", re.IGNORECASE)
_NOT_IN_A_URI = re.compile(r"[\"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})")
_ACCOUNT_HOSTS: dict[str, ContactKind] = {
    "t.me": "telegram", "telegram.me": "telegram", "wa.me": "whatsapp", "facebook.com": "facebook", "fb.com": "facebook",
    "m.me": "facebook", "instagram.com": "instagram", "viber.me": "viber",
}  # fmt: skip
_ACCOUNT = re.compile(
    r"(?:https?://)?(?:www\.)?(" + "|".join(re.escape(host) for host in _ACCOUNT_HOSTS) + r")/([@+]?[\w.\-]{2,64})/?", re.IGNORECASE
)  # fmt: skip
_NAMED = re.compile(r"(.{2,20}?)\s{0,2}[:\-–—=]?\s{0,2}(@[A-Za-z][\w.]{2,63}|\+?[0-9(][0-9\s().\-/]{5,30}[0-9])")
_NAMED_AFTER_COLON = re.compile(r"(.{2,20}?)\s{0,2}[:=]\s{0,2}@?([A-Za-z][\w.]{2,63})")


@dataclass(frozen=True, slots=True)
class SharedContact:
    """`value` is normalised (digits with +, lower case) so that one contact is one value; `published` is as it stood."""

    kind: ContactKind
    value: str
    published: str


def read_contact(published: str) -> SharedContact:
    """Total: any text is accepted."""
    text = published.strip()
    if len(text) > _LONGEST:
        return SharedContact("other", text, published)
    kind, value = _kind_and_value(text)
    return SharedContact(kind, value, published)


def is_web_address(text: str) -> bool:
    """Whether `text` is an http(s) address that every tool takes as one: ASCII, with a host, without spaces."""
    return len(text) <= _LONGEST and bool(_URL.fullmatch(text)) and not _NOT_IN_A_URI.search(text)


def _kind_and_value(text: str) -> tuple[ContactKind, str]:
    if _EMAIL.fullmatch(text):
        return "email", text.lower()
    if match := _ACCOUNT.fullmatch(text):
        kind, name = _ACCOUNT_HOSTS[match.group(1).lower()], match.group(2)
        if number := _number(name):
            return kind, "+" + number.lstrip("+")  # these addresses carry the whole number, with or without the plus
        if not name.startswith("+"):  # an invitation to a group is no account's name, and its case counts
            return kind, name.lstrip("@").lower()
    if is_web_address(text):
        return "url", text
    if (match := _PHONE.fullmatch(text)) and (number := _number(match.group(1))):
        return "phone", number
    if match := _NAMED.fullmatch(text) or _NAMED_AFTER_COLON.fullmatch(text):
        for messenger in ("telegram", "viber", "whatsapp", "signal", "facebook", "instagram"):
            if MESSENGER_NAMES[messenger].match(text):
                return messenger, _number(match.group(2)) or match.group(2).lstrip("@").lower()
    return "other", text


def _number(text: str) -> str:
    """Digits, with + where it was written; "" where they are too few or too many for E.164, or letters stand among them."""
    digits = "".join(character for character in text if character in "0123456789")
    if not 7 <= len(digits) <= 15 or any(character.isalpha() for character in text):
        return ""
    return "+" + digits if text.lstrip(" (").startswith("+") else digits
