"""The date by which somebody would act on an offer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from screening.signals.dates import read_act_by
from tests.unit.signals.documents import document

TODAY = date(2026, 10, 14)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Виїзд завтра ввечері, лишилось 2 місця", date(2026, 10, 15)),
        ("Lot w najbliższy czwartek", date(2026, 10, 15)),
        ("Odlet 2. prosince z Prahy", date(2026, 12, 2)),
        ("Start 01.03.2027", date(2027, 3, 1)),
        ("We leave tonight", TODAY),
        ("Выезд 20 октября", date(2026, 10, 20)),
        ("Abfahrt am Freitag um 8 Uhr", date(2026, 10, 16)),
        ("Plecare mâine dimineață", date(2026, 10, 15)),
        ("Salida el 15 de noviembre", date(2026, 11, 15)),
        ("Indulás holnap reggel", date(2026, 10, 15)),
        ("Отпътуване утре сутрин", date(2026, 10, 15)),
        ("Odchod zajtra ráno", date(2026, 10, 15)),
        ("Interview on March 3, 2027", date(2027, 3, 3)),
    ],
)
def test_dates_beside_travel_start_and_interview(text: str, expected: date) -> None:
    assert read_act_by(document(text), TODAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Начало работы 9:00, с понедельника по пятницу",
        "Data rozpoczęcia pracy: 01.09.2021",  # long past
        "Founded on 01.03.2027 in Berlin",
        "Start od zaraz, praca od poniedziałku do piątku",
        "Начало в 8.30, зарплата 12.50 €",
        "",
    ],
)
def test_no_date_to_act_by(text: str) -> None:
    assert read_act_by(document(text), TODAY) is None


def test_tomorrow_counts_from_the_day_of_publication() -> None:
    published = datetime(2026, 10, 1, tzinfo=UTC)
    assert read_act_by(document("Виїзд завтра", posted_at=published), TODAY) is None
    assert read_act_by(document("Виїзд завтра", posted_at=published), date(2026, 10, 2)) == date(2026, 10, 2)
