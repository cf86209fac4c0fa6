"""The verdict on pay: the reading most favourable to an honest employer decides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from screening.signals.found import FoundHours, FoundPay, Span
from screening.signals.pay_check import check_pay, pay_marks
from screening.values.result import Hours, Pay, Sector

ON = date(2026, 5, 1)
CLEANER = Sector(isco08="9112", name="cleaning", high_risk="cleaning", confidence=0.9)
FULL_WEEK = FoundHours(Hours(min=40, max=40, period="week"), None, Span("description", 0, 1))
SPAN = Span("description", 0, 1)


def pay(
    low: float | None, high: float | None, currency: str | None = "EUR", period: Any = "month", basis: Any = None
) -> FoundPay:
    return FoundPay(Pay(min=low, max=high, currency=currency, period=period, basis=basis), SPAN)


@pytest.mark.parametrize(
    ("found", "hours", "verdict"),
    [
        (pay(15.5, 15.5, period="hour", basis="gross"), (), "plausible"),
        (pay(9, 9, period="hour", basis="gross"), (), "below_minimum"),
        (pay(9, None, period="hour", basis="gross"), (), "plausible"),  # an open "from"
        (pay(10, 10, period="hour", basis="net"), (), "plausible"),  # its gross may be lawful
        (pay(1200, 1200, basis="gross"), (), "plausible"),  # may be part time
        (pay(1500, 1500, basis="gross"), (FULL_WEEK,), "below_minimum"),
        (pay(6000, 6000), (), "high"),
        (pay(12000, 12000), (), "implausible"),
        (pay(2000, 12000), (), "plausible"),  # the lowest pay offered counts
        (pay(440, 440, period="piece"), (), "no_reference"),
        (pay(4200, 4200, period="hour"), (), "plausible"),  # a slip of the pen: the month was meant
    ],
)
def test_verdicts_for_a_cleaner_in_germany(found: FoundPay, hours: tuple[FoundHours, ...], verdict: str) -> None:
    assert check_pay((found,), hours, CLEANER, "DE", ON).verdict == verdict


def test_long_hours_explain_high_monthly_pay() -> None:
    long_week = FoundHours(Hours(min=72, max=72, period="week"), None, SPAN)
    assert check_pay((pay(6000, 6000),), (long_week,), CLEANER, "DE", ON).verdict == "plausible"


def test_nothing_stated_and_no_reference() -> None:
    assert check_pay((), (), CLEANER, "DE", ON).verdict == "not_stated"
    assert check_pay((pay(50000, 50000, "RUB"),), (), CLEANER, "RU", ON).verdict == "no_reference"
    assert check_pay((pay(5000, 5000, "USD"),), (), CLEANER, None, ON).verdict == "no_reference"


def test_monthly_and_hourly_equivalents_state_forty_hours() -> None:
    check = check_pay((pay(10, 12, period="hour"),), (), None, "DE", ON)
    assert check.monthly_eur is not None
    assert check.monthly_eur.min == pytest.approx(1738)
    assert check.hourly_eur is not None
    assert check.hourly_eur.max == 12


def test_every_pay_must_lie_below_the_minimum() -> None:
    trial, after = pay(9, 9, period="hour", basis="gross"), pay(16, 16, period="hour", basis="gross")
    assert check_pay((trial, after), (), CLEANER, "DE", ON).verdict == "plausible"


def test_pay_in_another_currency_may_be_for_work_elsewhere() -> None:
    assert check_pay((pay(2600, 2600),), (), CLEANER, "PL", ON).verdict == "plausible"
    assert check_pay((pay(12000, 12000, "PLN"),), (), CLEANER, "PL", ON).verdict == "high"


HALF_WEEK = FoundHours(Hours(min=20, max=20, period="week"), None, SPAN)


@pytest.mark.parametrize(
    ("found", "hours", "country", "under"),
    [
        (pay(15.5, 15.5, period="hour", basis="gross"), (), "DE", False),
        (pay(12, 12, period="hour", basis="gross"), (), "DE", True),
        (pay(11, 11, period="hour", basis="net"), (), "DE", False),  # what a lawful wage leaves in hand
        (pay(9, 9, period="hour", basis="net"), (), "DE", True),
        (pay(2000, 2000, basis="gross"), (), "DE", True),  # may be part time; nobody says so
        (pay(1300, 1300, basis="gross"), (HALF_WEEK,), "DE", False),
        (pay(900, 900, basis="gross"), (HALF_WEEK,), "DE", True),
        (pay(1200, 1200, basis="gross"), (), "ES", False),  # fourteen times a year
        (pay(9, None, period="hour", basis="gross"), (), "DE", True),
        (pay(440, 440, period="piece"), (), "DE", False),
        (pay(900, 900), (), "IT", False),  # no statutory minimum
    ],
)
def test_pay_under_the_minimum_is_marked_whatever_the_verdict(
    found: FoundPay, hours: tuple[FoundHours, ...], country: str, under: bool
) -> None:
    check = check_pay((found,), hours, CLEANER, country, ON)
    assert ("pay.under_minimum" in pay_marks(check, hours, country, ON)) is under


def test_one_pay_under_the_minimum_marks_the_offer() -> None:
    stated = (pay(8, 8, period="hour", basis="gross"), pay(16, 16, period="hour", basis="gross"))
    check = check_pay(stated, (), CLEANER, "DE", ON)
    assert check.verdict == "plausible"
    assert "pay.under_minimum" in pay_marks(check, (), "DE", ON)
