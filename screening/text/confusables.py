"""Characters that stand in for letters and digits: look-alikes of Latin and Cyrillic, styled letters, emoji digits.

A hand-picked part of Unicode's confusables (UTS #39): the pairs that posts really use. Each entry is one code point.
"""

from __future__ import annotations

import unicodedata

_LATIN_CYRILLIC = (
    "aа cс eе iі jј kк mм oо pр sѕ tт xх yу hһ dԁ qԛ ïї ëё AА BВ CС EЕ HН IІ JЈ KК MМ OО PР SЅ TТ XХ YУ ÏЇ ËЁ"
)
_GREEK_LATIN = "αa οo ρp νv τt ιi κk υu χx ηn ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX"

LATIN_TO_CYRILLIC = {pair[0]: pair[1] for pair in _LATIN_CYRILLIC.split()}
CYRILLIC_TO_LATIN = {pair[1]: pair[0] for pair in _LATIN_CYRILLIC.split()}
GREEK_TO_LATIN = {pair[0]: pair[-1] for pair in _GREEK_LATIN.split()}

LATIN_LEET = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
CYRILLIC_LEET = {"0": "о", "1": "іи", "3": "зе", "4": "ча", "6": "бш", "@": "а"}
"""Letters that a figure stands for, the commonest first."""

REMOVED = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0001-\U000e007f"
)
"""Regular-expression class content: characters without width or that only turn the writing direction."""

STYLED = (
    "\u02b0-\u02b8\u1d00-\u1d6a\u2070-\u2079\u2080-\u2089\u2102-\u2115\u2118-\u211e\u2124-\u2138\u2460-\u24ff\u2776-\u2793"
    "\u3250-\u32ff\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff\U0001f100-\U0001f189\U0001f51f"
)
"""Regular-expression class content: styled, enclosed and full-width letters and digits."""

_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))


def plain(char: str) -> str:
    """A styled letter or digit as the letters or digits it shows, anything else as it is. "➊" → "1", "🅰" → "A"."""
    point = ord(char)
    if char in _SMALL_CAPITALS:
        return _SMALL_CAPITALS[char]
    for first, last in ((0x1F150, 0x1F169), (0x1F170, 0x1F189)):
        if first <= point <= last:
            return chr(ord("A") + point - first)
    if 0x2776 <= point <= 0x2793:
        return str((point - 0x2776) % 10 + 1)
    if point == 0x1F51F:
        return "10"
    shown = unicodedata.normalize("NFKC", char).strip("().,")
    return shown if shown and all(part.isalnum() or part in "@.,!?:;/+-$%&*()=#" for part in shown) else char
