"""The longest lawful working week by country."""

from __future__ import annotations

from functools import cache

from screening.reference.tables import read_rows

ILO_WEEK = 48.0
"""ILO Convention C001 (1919), art. 2, and C030 (1930), art. 3: the yardstick where the country isn't known."""


@cache
def _weeks() -> dict[str, float]:
    return {country: float(hours) for country, hours, _ in read_rows("weekly_hours.csv")}


def max_weekly_hours(country: str | None) -> float | None:
    """Average weekly maximum with overtime, in hours. `country` None: the ILO's 48; a country without a row: None."""
    return ILO_WEEK if country is None else _weeks().get(country)
