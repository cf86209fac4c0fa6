"""The Member States of the European Union (data/eu_member_states.csv)."""

from __future__ import annotations

from datetime import date
from functools import cache

from screening.reference.tables import read_rows

TABLE = "eu_member_states.csv"


@cache
def accessions() -> dict[str, date]:
    """ISO 3166-1 alpha-2 codes with the day since when the state is a member. Raises ValueError for a faulty row."""
    return {country: date.fromisoformat(since) for country, since in read_rows(TABLE)}


def is_member_state(country: str) -> bool:
    return country in accessions()
