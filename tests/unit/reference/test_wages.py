"""Minimum wages, pay references, exchange rates and working weeks as shipped."""

from __future__ import annotations

from datetime import date

import pytest

from screening.reference.currencies import national_currency, to_euro, units_per_euro
from screening.reference.tables import table_notes
from screening.reference.wages import minimum_wage, occupation_ratios, pay_reference
from screening.reference.working_hours import max_weekly_hours


def test_minimum_wage_goes_by_the_half_year() -> None:
    assert minimum_wage("PL", date(2026, 3, 1)) == (1139, "2026-01-01")
    assert minimum_wage("PL", date(2021, 8, 15)) == (619, "2021-07-01")
    assert minimum_wage("GR", date(2026, 3, 1)) == (1027, "2026-01-01")


@pytest.mark.parametrize("country", ["AT", "CH", "DK", "FI", "IS", "IT", "NO", "SE", "ZZ"])
def test_no_statutory_minimum(country: str) -> None:
    assert minimum_wage(country, date(2026, 3, 1)) is None


def test_an_outdated_row_is_no_reference() -> None:
    assert minimum_wage("GB", date(2020, 9, 1)) is not None
    assert pay_reference("GB", "9112", date(2026, 6, 1)) is not None
    assert pay_reference("GB", "9112", date(2029, 6, 1)) is None


def test_reference_orders_minimum_typical_and_high() -> None:
    reference = pay_reference("DE", "7112", date(2026, 3, 1))
    assert reference is not None
    assert reference.minimum is not None
    assert reference.typical is not None
    assert reference.high is not None
    assert reference.minimum < reference.typical < reference.high


def test_country_without_minimum_has_only_an_upper_bound() -> None:
    reference = pay_reference("IT", "5322", date(2026, 3, 1))
    assert reference is not None
    assert (reference.minimum, reference.typical) == (None, None)
    assert reference.high is not None
    assert pay_reference("CH", "5322", date(2026, 3, 1)) is None
    assert pay_reference("US", "5322", date(2026, 3, 1)) is None


def test_a_reference_names_the_source_that_its_minimum_has() -> None:
    sources = {}
    for country, year in (("PL", 2026), ("GB", 2020), ("GB", 2026), ("IT", 2026)):
        reference = pay_reference(country, None, date(year, 3, 1))
        assert reference is not None
        sources[country, year] = reference.source.partition(";")[0]
    assert sources == {
        ("PL", 2026): "Eurostat earn_mw_cur",
        ("GB", 2020): "Eurostat earn_mw_cur",
        ("GB", 2026): "gov.uk National Living Wage",
        ("IT", 2026): "Eurostat earn_mw_cur, Luxembourg's minimum for want of one in IT",
    }


def test_occupation_falls_back_to_its_major_group() -> None:
    assert occupation_ratios("9112") == occupation_ratios("91")
    assert occupation_ratios("9999") == occupation_ratios("9")
    assert occupation_ratios(None) is None


def test_exchange_rates() -> None:
    assert units_per_euro("BGN", date(2026, 6, 1)) == 1.95583
    assert to_euro(100, "EUR", date(2026, 1, 1)) == 100
    assert units_per_euro("UAH", date(2026, 3, 1)) == pytest.approx(50, abs=0.5)
    assert units_per_euro("RUB", date(2026, 3, 1)) is None
    assert units_per_euro("XXX", date(2026, 3, 1)) is None
    for currency in ("MDL", "RSD", "MYR", "THB", "TRY", "USD", "GBP", "AED"):
        assert units_per_euro(currency, date(2026, 3, 1)) is not None


def test_national_currency_follows_the_euro() -> None:
    assert national_currency("BG", date(2025, 12, 31)) == "BGN"
    assert national_currency("BG", date(2026, 1, 1)) == "EUR"
    assert national_currency("HR", date(2022, 1, 1)) == "HRK"
    assert national_currency(None, date(2026, 1, 1)) is None


def test_working_week() -> None:
    assert max_weekly_hours("DE") == 48
    assert max_weekly_hours(None) == 48
    assert max_weekly_hours("AE") is None


@pytest.mark.parametrize("name", ["minimum_wages.csv", "exchange_rates.csv", "occupation_pay.csv", "weekly_hours.csv"])
def test_every_table_names_source_and_licence(name: str) -> None:
    notes = "\n".join(table_notes(name))
    assert "Source:" in notes
    assert "Licence:" in notes
