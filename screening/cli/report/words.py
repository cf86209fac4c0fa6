"""The report's words in the reader's language: flat keys from translations/{language}.json. No page mixes languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from screening.plurals import plural_form, written
from screening.values.result import Sector

FOLDER = Path(__file__).parent / "translations"
REPORT_LANGUAGES = ("en", "uk", "pl", "ro", "de")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text under `key`, filled. Raises KeyError where there is none: a bug of the page."""
        return self.texts[key].format(**values) if values else self.texts[key]

    def html(self, key: str, **values: object) -> Markup:
        """The text as HTML: values that are no Markup are escaped."""
        return Markup(escape(self.texts[key])).format(**values)  # noqa: S704 - escaped here and by `format`

    def named(self, group: str, name: str) -> str:
        """The name of a value of the domain; a value without one as it is, with spaces."""
        return self.texts.get(f"{group}.{name}") or name.replace("_", " ")

    def count(self, key: str, number: int) -> str:
        return self.html(f"{key}.{plural_form(self.language, number)}", n=self.number(number))

    def strongly(self, key: str, number: int) -> Markup:
        """As `count`, with the figure in bold."""
        figure = Markup("<strong>{}</strong>").format(self.number(number))
        return self.html(f"{key}.{plural_form(self.language, number)}", n=figure)

    def number(self, value: float, digits: int = 0) -> str:
        return written(self.language, value, digits)

    def percent(self, part: int, whole: int) -> str:
        """A share with one decimal; "" of nothing."""
        return self("percent", n=self.number(100 * part / whole, 1)) if whole else ""

    def language_name(self, code: str | None) -> str:
        """ "Ukrainian (uk)"; a code without a name as it is."""
        if code is None or code == "unknown":
            return self("not_told")
        name = self.texts.get(f"language.{code}")
        return f"{name} ({code})" if name else code

    def sector_name(self, sector: Sector) -> str:
        return self.texts.get(f"occupation.{sector.isco08}") or sector.name

    def month(self, day: str) -> str:
        """ "January 2026" of "2026-01-01", elsewhere "01.2026"; what is no date is shown as it stands."""
        try:
            moment = date.fromisoformat(day)
        except ValueError:
            return day
        if self.language == "en":
            return f"{_MONTHS[moment.month - 1]} {moment.year}"
        return f"{moment.month:02}.{moment.year}"


@cache
def words(language: str) -> Words:
    """The words of one of `REPORT_LANGUAGES`. Raises KeyError for any other: half a translation is worse than none."""
    if language not in REPORT_LANGUAGES:
        raise KeyError(language)
    held: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    return Words(language, held["texts"])


ENGLISH = words("en")
