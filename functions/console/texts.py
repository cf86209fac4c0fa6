"""The console's words in the reader's language: flat keys from translations/{language}.json, and how figures are written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from screening.plurals import plural_form, written

FOLDER = Path(__file__).parent / "translations"
LANGUAGES = ("en", "uk", "pl", "ro", "de")
DEFAULT = "en"
LANGUAGE_COOKIE = "lang"
_MOST_PREFERENCES = 20


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language. `name` is the language's own name for itself."""

    language: str
    name: str
    words: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text under `key` with its placeholders filled. Raises KeyError where there is none: a bug of the page."""
        text = self.words[key]
        return text.format(**values) if values else text

    def named(self, group: str, name: str) -> str:
        """The name of a value of the domain ("tier.urgent"); a value without one is shown as it is, with spaces."""
        return self.words.get(f"{group}.{name}") or str(name).replace("_", " ")

    def count(self, key: str, number: int) -> str:
        """The form of `key` that goes with `number`: one, few or many (CLDR; English and German have no few).

        What CLDR calls "other" for whole numbers in English, German and Romanian ("20 de cazuri") is `many` here.
        """
        return self.words[f"{key}.{plural_form(self.language, number)}"].format(n=self.number(number))

    def number(self, value: float, digits: int = 0) -> str:
        """`1,234.5` in English, `1 234,5` in Ukrainian and Polish, `1.234,5` in German and Romanian."""
        return written(self.language, value, digits)

    def amount(self, value: float | None) -> str:
        """A sum of money without needless decimals; a dash where none is known."""
        return "–" if value is None else self.number(value, 0 if value == int(value) else 2)

    def span(self, seconds: float) -> str:
        """A length of time in its two largest units: "3 h 20 min", "2 d 4 h"; under a minute as one."""
        minutes = max(1, int(abs(seconds)) // 60)
        days, hours = divmod(minutes // 60, 24)
        if days:
            return self("span.days", days=days, hours=hours)
        return self("span.hours", hours=hours, minutes=minutes % 60) if hours else self("span.minutes", minutes=minutes)

    def moment(self, at: datetime) -> str:
        """`2026-03-02 09:00 UTC`: every page names the offset, reviewers sit in several time zones."""
        return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")

    def day(self, at: date) -> str:
        return at.isoformat()


@cache
def texts(language: str) -> Texts:
    """The words of a language of `LANGUAGES`; of any other the default's."""
    chosen = language if language in LANGUAGES else DEFAULT
    held: dict[str, Any] = json.loads((FOLDER / f"{chosen}.json").read_text("utf-8"))
    return Texts(chosen, held["name"], held["texts"])


@cache
def key_of(group: str, english: str) -> str:
    """The key of a fixed English sentence that a record holds, so that it can be said in the reader's language; "" for none."""
    words = texts(DEFAULT).words
    return next((key for key, text in words.items() if text == english and key.startswith(f"{group}.")), "")


def choose_language(asked: str, cookie: str, accepted: str) -> str:
    """What the address asks for, else what was chosen before, else what the browser prefers (RFC 9110, 12.5.4)."""
    for wanted in (asked, cookie):
        if wanted in LANGUAGES:
            return wanted
    for wanted in _preferences(accepted):
        if wanted in LANGUAGES:
            return wanted
    return DEFAULT


def _preferences(accepted: str) -> list[str]:
    """Primary language tags of an Accept-Language header, the most wanted first; what can't be read is left out."""
    found = []
    for place, part in enumerate(accepted.split(",")[:_MOST_PREFERENCES]):
        match = re.fullmatch(
            r"\s*([A-Za-z]{2,3})(?:-[A-Za-z0-9-]{1,20})?\s*(?:;\s*q=([01](?:\.\d{1,3})?))?\s*", part, re.ASCII
        )
        if match and (weight := float(match[2] or 1)) > 0:
            found.append((-weight, place, match[1].lower()))
    return [tag for _, _, tag in sorted(found)]
