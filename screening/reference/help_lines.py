"""Help lines for people who may be affected, by country. Nobody is shown a number that its operator hasn't confirmed."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

CONFIRMED_FOR_DAYS = 366
"""A confirmation holds for twelve months: then the number may have changed hands."""

EMERGENCY_NUMBER = "112"
OFFICIAL_LIST = "https://home-affairs.ec.europa.eu/policies/internal-security/organised-crime-and-human-trafficking/together-against-trafficking-human-beings/national-hotlines_en"
"""The European Commission's list of national hotlines; where it doesn't list a country, the emergency number stands."""

LOCAL_EMERGENCY = {"US": "911", "CA": "911", "GB": "999", "AU": "000"}

Status = Literal["unverified", "confirmed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class HelpLineEntry:
    """A row of data/help_lines.csv. `verified_at` is when the operator confirmed it, None where nobody has yet."""

    country: str
    name: str
    number: str
    note: str
    source: str
    verified_at: date | None
    status: Status


@dataclass(frozen=True, slots=True)
class HelpLine:
    """What may be shown: a confirmed line, or (`confirmed` False) the emergency number and the official list."""

    country: str
    name: str
    number: str
    url: str
    confirmed: bool


@cache
def entries() -> tuple[HelpLineEntry, ...]:
    """All rows, confirmed or not. Raises ValueError naming the line that is faulty."""
    text = (files("screening.reference") / "data" / "help_lines.csv").read_text("utf-8")
    rows = []
    for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
        status = row["status"]
        if status not in ("unverified", "confirmed", "withdrawn"):
            raise ValueError(f"help_lines.csv, line {number}: status {status!r} is unknown")
        verified_at = date.fromisoformat(row["verified_at"]) if row["verified_at"] else None
        if status == "confirmed" and verified_at is None:
            raise ValueError(f"help_lines.csv, line {number}: confirmed without a date")
        rows.append(
            HelpLineEntry(
                row["country"], row["name"], row["number"], row["note"], row["source"], verified_at, _status(status)
            )
        )
    return tuple(rows)


def _status(written: str) -> Status:
    return "confirmed" if written == "confirmed" else "withdrawn" if written == "withdrawn" else "unverified"


def is_current(entry: HelpLineEntry, today: date) -> bool:
    """Whether the operator confirmed the line within twelve months before `today`."""
    if entry.status != "confirmed" or entry.verified_at is None:
        return False
    return 0 <= (today - entry.verified_at).days <= CONFIRMED_FOR_DAYS


def help_line(country: str | None, today: date, *, known: tuple[HelpLineEntry, ...] | None = None) -> HelpLine:
    """The line to show for a country (ISO 3166-1 alpha-2): the first confirmed one, else the emergency number.

    `known` are the rows to choose from; the shipped ones by default.
    """
    for entry in entries() if known is None else known:
        if entry.country == country and is_current(entry, today):
            return HelpLine(entry.country, entry.name, entry.number, OFFICIAL_LIST, confirmed=True)
    number = LOCAL_EMERGENCY.get(country or "", EMERGENCY_NUMBER)
    return HelpLine(country or "", "Emergency services", number, OFFICIAL_LIST, confirmed=False)
