"""Countries, peoples and cities as posts write them, in all languages of the project."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from screening.reference.phrase_table import PhraseTable

_DATA = files("screening.reference") / "data"


@dataclass(frozen=True, slots=True)
class PlaceName:
    country: str  # ISO 3166-1 alpha-2
    kind: Literal["country", "people", "city"]
    city: str | None  # in English


HOME_OF_LANGUAGE: dict[str, frozenset[str]] = {
    "uk": frozenset({"UA"}),
    "ru": frozenset({"RU", "BY", "KZ", "KG", "UA", "MD", "UZ", "TJ", "AM", "AZ", "GE"}),
    "pl": frozenset({"PL"}),
    "ro": frozenset({"RO", "MD"}),
    "bg": frozenset({"BG"}),
    "de": frozenset({"DE", "AT", "CH", "LI", "LU"}),
    "cs": frozenset({"CZ"}),
    "sk": frozenset({"SK"}),
    "hu": frozenset({"HU"}),
    "es": frozenset({"ES", "MX", "CO", "AR", "PE", "VE", "CL", "EC", "BO", "PY", "UY", "CU", "DO", "GT", "HN", "SV", "NI", "CR", "PA", "PR"}),
    "it": frozenset({"IT", "CH", "SM"}),
    "fr": frozenset({"FR", "BE", "CH", "LU", "CA"}),
    "nl": frozenset({"NL", "BE"}),
    "pt": frozenset({"PT", "BR"}),
}  # fmt: skip
"""Where most readers of a language live. English has no entry: it is read everywhere."""

ALSO_SPOKEN: dict[str, frozenset[str]] = {
    "ru": frozenset({"EE", "LV", "LT", "IL"}),
    "hu": frozenset({"RO", "SK", "RS", "UA"}),
    "cs": frozenset({"SK"}),
    "sk": frozenset({"CZ"}),
    "de": frozenset({"IT", "BE"}),
    "es": frozenset({"US"}),
    "uk": frozenset(),
}
"""Where a language has so many readers at home that it alone doesn't tell whether the work is abroad."""


@cache
def place_names() -> PhraseTable[PlaceName]:
    """Both tables. Raises ValueError naming the file and line where one is faulty."""
    table: PhraseTable[PlaceName] = PhraseTable()
    for country, kind, phrases in _rows("countries.tsv"):
        for phrase in phrases:
            table.add(phrase, PlaceName(country, "people" if kind == "people" else "country", None))
    for country, city, phrases in _rows("cities.tsv"):
        for phrase in phrases:
            table.add(phrase, PlaceName(country, "city", city))
    return table


def _rows(name: str) -> Iterator[tuple[str, str, list[str]]]:
    well_formed: Callable[[str], bool] = lambda code: len(code) == 2 and code.isupper()  # noqa: E731
    for number, line in enumerate((_DATA / name).read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        parts = line.split("\t")
        if len(parts) != 3 or not well_formed(parts[0]):
            raise ValueError(f"{name}, line {number}: expected country, kind or city, and phrases")
        yield parts[0], parts[1], [phrase.strip() for phrase in parts[2].split(",")]
