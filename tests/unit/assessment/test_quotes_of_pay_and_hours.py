"""A condition on computed pay or hours quotes the pay or the hours, and a fraud's wording what it promises."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from screening.assessment.screener import Screener
from screening.values.result import Assessment
from tests.fakes.world import post

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener.load()


def assessed(screener: Screener, text: str, *, country: str = "PL", language: str = "en") -> Assessment:
    return screener.assess(post("1", text, posted_at=AT, country=country, language=language), assessed_at=AT)


def quotes(found: Assessment, indicator: str) -> list[str]:
    return [one.quote for one in found.evidence if one.indicator == indicator and one.state == "stated" and one.quote]


def test_hours_that_are_too_long_are_quoted_and_not_the_heading_above_them(screener: Screener) -> None:
    found = assessed(
        screener, "Packing of fish in Gdansk, free housing.\nWork schedule\n12 hours a day, 6 days a week\nCall Olena."
    )
    assert quotes(found, "excess_hours")
    assert all("12 hours a day" in quote for quote in quotes(found, "excess_hours"))


def test_hours_of_a_lawful_month_are_not_quoted_for_longer_ones(screener: Screener) -> None:
    found = assessed(screener, "Warehouse in Poznan. 3700 zl for 168 hours a month. In season it is 290 hours a month.")
    assert quotes(found, "excess_hours")
    assert all("290" in quote for quote in quotes(found, "excess_hours"))


def test_pay_that_is_too_little_is_quoted_and_not_the_housing(screener: Screener) -> None:
    found = assessed(
        screener,
        "Hotel in the mountains looks for a maid.\nYou sleep in a room at the hotel, housing is provided.\nPay: 300 euro a month.",
    )
    told = quotes(found, "pay_below_minimum")
    assert told
    assert all("300 euro" in quote for quote in told)


def test_what_reads_like_a_fraud_is_quoted_by_its_promise(screener: Screener) -> None:
    found = assessed(
        screener,
        "Здравствуйте! Заинтересованы? Пишите плюс. Доход от 160 долларов в день, 2 часа времени. Опыт не нужен.",
        language="ru",
    )
    told = quotes(found, "fraud_wording")
    assert told
    assert any("160" in quote for quote in told)
