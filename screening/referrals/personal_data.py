"""What looks like a way to reach a person: a guard for texts that go into public records, not a reader of contacts.

It rather refuses too much: a text that it stops can be put in other words, a published number can't be taken back.
"""

from __future__ import annotations

import re
import unicodedata

LEAST_DIGITS = 7
"""The shortest numbers of subscribers; laws and dates are taken out before they are counted."""

_EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.|\s?(?:\(dot\)|\[dot\])\s?)\w{2,}", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:t|wa|m)\.me\b"
    r"|\b[\w-]+\.(?:com|net|org|info|biz|eu|me|io|app|link|ly|site|online|shop|xyz|work|jobs"
    r"|ua|ru|by|kz|pl|ro|md|bg|de|at|ch|cz|sk|hu|es|it|fr|nl|uk)\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<!\w)@\w{2,}")
_LAW_OR_DATE = re.compile(r"\b(?:19|20)\d\d/\d{1,4}\b|\b(?:19|20)\d\d-\d\d-\d\d\b")
_NUMBER = re.compile(r"\+?\d(?:[\s().\-‐‑–/]{0,3}\d)+")


def looks_personal(text: str) -> str | None:
    """What the text seems to hold, in words: an e-mail address, a web address, a handle or a phone number; None for nothing."""
    plain = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    if _EMAIL.search(plain):
        return "an e-mail address"
    if _HANDLE.search(plain):
        return "a handle"
    if _ADDRESS.search(plain):
        return "a web address"
    numbers = _NUMBER.findall(_LAW_OR_DATE.sub(" § ", plain))
    if any(sum(map(str.isdigit, number)) >= LEAST_DIGITS for number in numbers):
        return "a phone number"
    return None
