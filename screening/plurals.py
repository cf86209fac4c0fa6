"""How languages count and write numbers (CLDR), for the pages of the console and the report of the command line."""

from __future__ import annotations

from typing import Literal

_SPACE_AND_COMMA = str.maketrans(",.", "\N{NARROW NO-BREAK SPACE},")
_POINT_AND_COMMA = str.maketrans(",.", ".,")
_MARKS = {"uk": _SPACE_AND_COMMA, "pl": _SPACE_AND_COMMA, "ro": _POINT_AND_COMMA, "de": _POINT_AND_COMMA}
"""What stands for the comma between thousands and the decimal point of English."""

Form = Literal["one", "few", "many"]


def written(language: str, value: float, digits: int = 0) -> str:
    """`1,234.5` in English, `1 234,5` in Ukrainian and Polish, `1.234,5` in German and Romanian."""
    text = f"{value:,.{digits}f}"
    return text.translate(_MARKS[language]) if language in _MARKS else text


def plural_form(language: str, number: int) -> Form:
    """The plural form of a whole number. What CLDR calls "other" ("20 de cazuri" in Romanian) is `many` here."""
    last, two = number % 10, number % 100
    if language == "uk" and last == 1 and two != 11:
        return "one"
    if language != "uk" and number == 1:
        return "one"
    if language in ("uk", "pl"):
        return "few" if 2 <= last <= 4 and not 12 <= two <= 14 else "many"
    if language == "ro":
        return "few" if number == 0 or 1 <= two <= 19 else "many"
    return "many"
