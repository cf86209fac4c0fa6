"""What the law says of a corridor, people from one country and work in another: fees, work without a visa, protection.

A small dated table (data/corridor_law.csv). Where it has no row the law isn't known here, and nothing follows from that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, get_args

from screening.reference.tables import read_rows

TABLE = "corridor_law.csv"
ANY = "*"

Subject = Literal["fee_ban", "work_without_visa", "work_permit_needed", "temporary_protection"]
"""fee_ban: recruiters may not charge the worker. work_without_visa: may take up work without a visa or permit.
work_permit_needed: may enter without a visa, but not work. temporary_protection: who fled may live and work there."""


@dataclass(frozen=True, slots=True)
class CorridorLaw:
    """A row. Countries are ISO 3166-1 alpha-2, `{"*"}` for any; `until` is the last day, None where none is known.

    `checked` is when the row was last looked at; `verified` whether somebody has read it against the official text.
    """

    subject: Subject
    origins: frozenset[str]
    destinations: frozenset[str]
    since: date
    until: date | None
    source: str
    checked: date
    verified: bool

    def holds(self, origin: str | None, destination: str | None, at: date) -> bool:
        return (
            _among(origin, self.origins)
            and _among(destination, self.destinations)
            and self.since <= at
            and (self.until is None or at <= self.until)
        )


@cache
def corridor_laws() -> tuple[CorridorLaw, ...]:
    """All rows, in the order of the file. Raises ValueError naming the row that is faulty, counted without remarks."""
    return tuple(_parsed(number, row) for number, row in enumerate(read_rows(TABLE), 1))


def law_for(origin: str | None, destination: str | None, at: date, subject: Subject) -> CorridorLaw | None:
    """The first row on the subject that holds for this corridor on this day; None where the table has none.

    Args:
        origin: country whose people are sought; None (not known) is met by rows for any country alone.
        destination: country of work, likewise.
    """
    return next((row for row in corridor_laws() if row.subject == subject and row.holds(origin, destination, at)), None)


def _among(country: str | None, countries: frozenset[str]) -> bool:
    return ANY in countries or country in countries


def _parsed(number: int, row: list[str]) -> CorridorLaw:
    place = f"{TABLE}, row {number}"
    if len(row) != 8:
        raise ValueError(f"{place}: expected 8 values, found {len(row)}")
    subject, origins, destinations, since, until, source, checked, verified = row
    if subject not in get_args(Subject):
        raise ValueError(f"{place}: subject '{subject}' is unknown")
    if not source or verified not in ("true", "false"):
        raise ValueError(f"{place}: needs a source, and true or false for verified")
    try:
        return CorridorLaw(
            subject=subject,  # type: ignore[arg-type]  # checked above
            origins=_countries(origins),
            destinations=_countries(destinations),
            since=date.fromisoformat(since),
            until=date.fromisoformat(until) if until else None,
            source=source,
            checked=date.fromisoformat(checked),
            verified=verified == "true",
        )
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from error


def _countries(text: str) -> frozenset[str]:
    codes = text.split()
    faulty = [code for code in codes if code != ANY and not (len(code) == 2 and code.isalpha() and code.isupper())]
    if faulty or not codes:
        raise ValueError(f"'{faulty[0] if faulty else text}' is no country code")
    return frozenset(codes)
