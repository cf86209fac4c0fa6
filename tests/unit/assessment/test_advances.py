"""Who pays first and takes it back binds the worker; who gives it back doesn't."""

from __future__ import annotations

import pytest

from screening.assessment.screener import Screener
from screening.posts.post import Post


def stated(text: str) -> set[str]:
    found = Screener.load().assess(Post(platform="test", id="1", description=text)).evidence
    return {item.indicator for item in found if item.state == "stated"}


@pytest.mark.parametrize(
    "text",
    [
        "Компания оплачивает перелёт и визу, потом удерживаем это из первых двух зарплат.",
        "Фирма оплачивает дорогу, вернёте с первой зарплаты.",
    ],
)
def test_what_is_paid_ahead_and_taken_from_wages_is_a_debt(text: str) -> None:
    assert "debt_workoff" in stated(text)


def test_what_the_employer_gives_back_is_none() -> None:
    assert "debt_workoff" not in stated("Билет хозяйство возвращает с первой зарплатой.")
