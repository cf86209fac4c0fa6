"""Statutory minimum wages, and what work of a kind pays in a country: an estimate whose assumptions stand here.

`minimum` is law (Eurostat earn_mw_cur). `typical` and `high` are estimates:

- The median gross wage of a country is its statutory minimum divided by 0.60: Directive (EU) 2022/2041, art. 5(4), names
  60 % of the gross median as the indicative reference for an adequate minimum. Outside the EU no such yardstick binds and
  minima lie lower against the median, so 0.40 is taken, which raises the bounds and so accuses fewer.
- An occupation earns the same share of the median as in the United States (OEWS May 2025 by ISCO-08 group): `typical` is
  the group's median, `high` its 90th percentile times HIGH_MARGIN, or WIDE_MARGIN for office, sales, driving and
  professional work, where commission, languages, travel pay and seniority spread pay further than in the US. Without a known occupation `high` is the 90th
  percentile of all jobs times UNKNOWN_MARGIN, since the offer may be a specialist's.
- Austria, Finland, Italy and Sweden have no statutory minimum; their median lies below Luxembourg's, whose `high` serves
  as theirs: a bound that only claims far beyond any local pay can pass. Other countries without a row have no reference.
- A row more than STALE_DAYS old is no reference. The United Kingdom sets its minimum at two thirds of the median (Low Pay
  Commission remit 2024), so the EU's yardstick serves there too.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cache

from screening.reference.tables import read_rows
from screening.values.result import PayReference

MINIMUM_TO_MEDIAN_EU = 0.60
MINIMUM_TO_MEDIAN_ELSEWHERE = 0.40
HIGH_MARGIN = 1.25
WIDE_MARGIN = 1.75
WIDE_GROUPS = ("1", "2", "3", "4", "52", "83")
UNKNOWN_MARGIN = 1.5
ALL_JOBS_P90_RATIO = 2.52  # 128,560 / 50,980 dollars a year, OEWS May 2025, all occupations
STALE_DAYS = 2 * 366
BOUND_BY_LUXEMBOURG = frozenset({"AT", "FI", "IT", "SE"})
NO_REFERENCE = frozenset({"US"})
"""The federal minimum of the United States binds few jobs and says nothing about their pay."""
EU = frozenset(
    ["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"]
)  # fmt: skip
ESTIMATED_BY = "BLS OEWS May 2025 by ISCO-08; Directive (EU) 2022/2041 art. 5(4)"
NO_EUROSTAT_SINCE = {"GB": ("2021", "gov.uk National Living Wage")}
"""Whose minimum the table takes from elsewhere, from which year, and from where."""


@cache
def _minimum_wages() -> dict[str, tuple[list[str], list[float]]]:
    table: dict[str, tuple[list[str], list[float]]] = {}
    for country, start, eur, _ in read_rows("minimum_wages.csv"):
        starts, values = table.setdefault(country, ([], []))
        starts.append(start)
        values.append(float(eur))
    return table


@cache
def _occupations() -> dict[str, tuple[float, float]]:
    return {isco08: (float(median), float(p90)) for isco08, median, p90 in read_rows("occupation_pay.csv")}


def minimum_wage(country: str, on: date) -> tuple[float, str] | None:
    """The statutory gross minimum in EUR a month and the first day of its half-year; None where there is none in force.

    `country`: ISO 3166-1 alpha-2. The newest row serves for STALE_DAYS beyond its start.
    """
    found = _minimum_wages().get(country)
    if found is None:
        return None
    starts, values = found
    index = bisect_right(starts, on.isoformat()) - 1
    if index < 0 or (on - date.fromisoformat(starts[index])).days > STALE_DAYS:
        return None
    return values[index], starts[index]


def occupation_ratios(isco08: str | None) -> tuple[float, float] | None:
    """Median and 90th percentile of an ISCO-08 group as a share of the median of all jobs, by its first 2 digits, else 1."""
    if not isco08:
        return None
    table = _occupations()
    return table.get(isco08[:2]) or table.get(isco08[:1])


def pay_reference(country: str | None, isco08: str | None, on: date) -> PayReference | None:
    """What pay is held against: EUR a month, gross, full time. None where the tables say nothing about the country."""
    if country is None or country in NO_REFERENCE:
        return None
    own = minimum_wage(country, on)
    base = own or (minimum_wage("LU", on) if country in BOUND_BY_LUXEMBOURG else None)
    if base is None:
        return None
    median = base[0] / (MINIMUM_TO_MEDIAN_EU if country in EU or country == "GB" else MINIMUM_TO_MEDIAN_ELSEWHERE)
    ratios = occupation_ratios(isco08)
    margin = WIDE_MARGIN if isco08 and isco08.startswith(WIDE_GROUPS) else HIGH_MARGIN
    high = median * (ratios[1] * margin if ratios else ALL_JOBS_P90_RATIO * UNKNOWN_MARGIN)
    return PayReference(
        country=country,
        isco08=isco08,
        minimum=own[0] if own else None,
        typical=round(median * ratios[0], 0) if own and ratios else None,
        high=round(high, 0),
        source=f"{_source_of_minimum(country, base[1], own=own is not None)}; {ESTIMATED_BY}",
        date=base[1],
    )


def _source_of_minimum(country: str, start: str, *, own: bool) -> str:
    """Where the minimum comes from that the reference rests on, and whose it is where the country has none."""
    if not own:
        return f"Eurostat earn_mw_cur, Luxembourg's minimum for want of one in {country}"
    since, source = NO_EUROSTAT_SINCE.get(country, ("9999", ""))
    return source if start >= since else "Eurostat earn_mw_cur"
