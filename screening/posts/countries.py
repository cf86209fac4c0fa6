"""A country as a feed writes it (code or name, in several languages) to ISO 3166-1 alpha-2."""

from __future__ import annotations

import functools
import unicodedata


def read_country(text: str) -> str | None:
    """ISO 3166-1 alpha-2 for an alpha-2 or alpha-3 code or a country name; None where it is neither.

    "UK" and "EL", which the EU uses, are read as GB and GR; XK is Kosovo, as the EU writes it.
    """
    return _table().get(_folded(text)) if text else None


def country_in_place(place: str) -> tuple[str, str | None]:
    """City and country of a place written as one text: "Leeds, United Kingdom" gives ("Leeds", "GB").

    Only a last part that is a full country name, or a code of three letters, counts: in "Austin, CA" the CA is a state.
    Where the whole text is a country there is no city.
    """
    whole = place.strip()
    if len(whole) > 2 and (country := read_country(whole)):
        return "", country
    head, _, last = whole.rpartition(",")
    last = last.strip()
    if head and (len(last) > 2 or last.upper() == "UK") and (country := read_country(last)):
        return head.strip(), country
    return whole, None


@functools.cache
def _table() -> dict[str, str]:
    from screening.posts.country_names import COUNTRY_LINES  # only where a feed names a country

    table: dict[str, str] = {}
    for line in COUNTRY_LINES.splitlines():
        alpha2, alpha3, names = line.split(" ", 2)
        for name in (alpha2, alpha3, *names.split("|")):
            table.setdefault(_folded(name), alpha2)
    return table


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text[:100].casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’ʼ`")
    return " ".join(letters.replace("ł", "l").replace("-", " ").split())
