"""Ukrainian, Russian and Bulgarian in Latin letters, the ways people and passports write them; for training and evaluation."""

from __future__ import annotations

_BASE = dict(zip("абвгдезиклмнопрстуфё", "abvgdeziklmnoprstufe", strict=True))
_STANDARD = {**_BASE, "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia", "ь": "", "ъ": "", "э": "e", "ы": "y", "й": "i"}  # fmt: skip
_CHAT = {**_STANDARD, "х": "h", "ю": "yu", "я": "ya", "й": "y", "ь": "'", "ё": "yo", "щ": "sch"}
_SLAVIC = {**_STANDARD, "х": "x", "ц": "c", "ч": "4", "ш": "sh", "щ": "sch", "ю": "ju", "я": "ja", "й": "j", "ь": "'", "ё": "jo"}  # fmt: skip
_CARONS = {**_STANDARD, "ж": "ž", "х": "ch", "ц": "c", "ч": "č", "ш": "š", "щ": "šč", "ю": "ju", "я": "ja", "й": "j", "ь": "", "ё": "jo"}  # fmt: skip
_UKRAINIAN = {"г": "h", "ґ": "g", "и": "y", "і": "i", "'": "", "’": "", "ʼ": ""}

SCHEMES: dict[str, dict[str, dict[str, str]]] = {
    "uk": {
        "passport": {**_STANDARD, **_UKRAINIAN, "є": "ie", "ї": "i"},  # Cabinet of Ministers, resolution 55 of 2010
        "chat": {**_CHAT, **_UKRAINIAN, "є": "ye", "ї": "yi", "ь": ""},
        "slavic": {**_SLAVIC, **_UKRAINIAN, "є": "je", "ї": "ji", "ч": "ch", "х": "h"},
        "carons": {**_CARONS, **_UKRAINIAN, "є": "je", "ї": "ji"},
    },
    "ru": {
        "passport": {**_STANDARD, "ъ": "ie"},  # ICAO 9303
        "chat": _CHAT,
        "slavic": _SLAVIC,
        "carons": _CARONS,
    },
    "bg": {
        "passport": {**_CHAT, "ц": "ts", "щ": "sht", "ъ": "a", "ь": "y"},  # Transliteration Act, 2009
        "chat": {**_CHAT, "ж": "j", "ц": "c", "ч": "4", "ш": "6", "щ": "6t", "ъ": "y", "я": "q", "ю": "iu", "ь": "y", "й": "i"},
        "slavic": {**_CHAT, "ц": "c", "щ": "sht", "ъ": "u", "я": "ia", "ю": "iu", "в": "w", "й": "j"},
    },
}  # fmt: skip
"""By language and name of the way: what stands for each small Cyrillic letter."""


def romanise(text: str, language: str, scheme: str) -> str:
    """The text with its Cyrillic letters in Latin ones; capitals stay capital in the first letter of what replaces them.

    Raises:
        KeyError: no such language or way in `SCHEMES`.
    """
    table = SCHEMES[language][scheme]
    written: list[str] = []
    for index, char in enumerate(text):
        small = char.lower()
        if small not in table or (small in "'’ʼ" and not text[max(0, index - 1) : index].isalpha()):
            written.append(char)
            continue
        latin = table[small]
        if char != small:
            around = text[index + 1 : index + 2] + text[max(0, index - 1) : index]
            latin = latin.upper() if any(map(str.isupper, around)) else latin.capitalize()
        written.append(latin)
    return "".join(written)
