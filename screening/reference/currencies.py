"""Exchange rates against the euro, by the date of a post, and the currency that each country pays in."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cache

from screening.reference.tables import read_rows

MAX_AGE_DAYS = 3 * 366
"""A rate older than this says nothing any more (RUB ends with March 2022): no conversion, so no verdict."""
_LASTING = frozenset({"fixed"})

NATIONAL_CURRENCY = {
    "AE": "AED", "AL": "ALL", "CH": "CHF", "CZ": "CZK", "DK": "DKK", "GB": "GBP", "HU": "HUF", "IL": "ILS", "IS": "ISK",
    "MD": "MDL", "MK": "MKD", "MY": "MYR", "NO": "NOK", "PL": "PLN", "RO": "RON", "RS": "RSD", "RU": "RUB", "SE": "SEK",
    "TH": "THB", "TR": "TRY", "UA": "UAH", "US": "USD", "CA": "CAD",
    **dict.fromkeys(
        ("AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "ME", "MT", "NL", "PT", "SI", "SK"),
        "EUR",
    ),
}  # fmt: skip


def national_currency(country: str | None, on: date) -> str | None:
    """ISO 4217 of a country (ISO 3166-1 alpha-2), None where the table has none. Bulgaria pays in euro since 2026, Croatia since 2023."""
    if country == "BG":
        return "EUR" if on.year >= 2026 else "BGN"
    if country == "HR" and on.year < 2023:
        return "HRK"
    return NATIONAL_CURRENCY.get(country or "")


@cache
def _rates() -> dict[str, tuple[list[str], list[float], list[str]]]:
    table: dict[str, tuple[list[str], list[float], list[str]]] = {}
    for currency, start, per_eur, source in read_rows("exchange_rates.csv"):
        starts, rates, sources = table.setdefault(currency, ([], [], []))
        starts.append(start)
        rates.append(float(per_eur))
        sources.append(source)
    return table


def units_per_euro(currency: str, on: date) -> float | None:
    """How many units of a currency (ISO 4217) bought one euro on a day; None where no rate is known or it is too old."""
    if currency == "EUR":
        return 1.0
    found = _rates().get(currency)
    if found is None:
        return None
    starts, rates, sources = found
    index = max(0, bisect_right(starts, on.isoformat()) - 1)
    age = (on - date.fromisoformat(starts[index])).days
    if sources[index] not in _LASTING and not -366 <= age <= MAX_AGE_DAYS:
        return None
    return rates[index]


def to_euro(amount: float, currency: str, on: date) -> float | None:
    rate = units_per_euro(currency, on)
    return None if rate is None else amount / rate
