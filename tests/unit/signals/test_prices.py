"""Rent and fares are prices: only words for wages, or a room given for work, make a sum in such an offer pay."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from screening.assessment.indicators import find_indicators
from screening.posts.post import PostKind, Salary
from screening.rules.library import load_rules
from screening.signals.facts import gather, marks_of
from screening.signals.pay import read_pay
from tests.unit.signals.documents import document

TODAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC).date()

PRICES: list[tuple[PostKind, str, str]] = [
    ("accommodation", "en", "Double room, all bills included. You pay 80 pounds a week."),
    ("accommodation", "en", "Flat to share, 650 pounds a month; payment on the first of the month 650 pounds."),
    ("accommodation", "en", "Room, tenants need an income of 2000 pounds a month."),
    ("accommodation", "uk", "Кімната біля метро, оплата 3000 грн на місяць."),
    ("accommodation", "ru", "Комната, плата 150 евро в месяц, коммунальные отдельно."),
    ("accommodation", "pl", "Pokój na Woli, płatne z góry 900 zł miesięcznie."),
    ("accommodation", "ro", "Cameră de închiriat, plata 150 euro pe lună."),
    ("accommodation", "hu", "Kiadó szoba, fizetés havi 90 000 Ft előre."),
    ("accommodation", "de", "Zimmer frei, Bezahlung 300 € im Monat."),
    ("accommodation", "cs", "Pokoj u metra, platba 5000 Kč měsíčně."),
    ("accommodation", "sk", "Izba v centre, platba 250 € mesačne."),
    ("accommodation", "es", "Habitación luminosa, pago mensual 250 euros."),
    ("accommodation", "pl", "Szukamy współlokatorki, płacimy po 900 zł miesięcznie."),
    ("accommodation", "hu", "Kiadó szoba, a lakbér havi 90 000 Ft."),
    ("accommodation", "bg", "Стая под наем, заплащане 200 лв. на месец."),
    ("transport", "uk", "Поїздка Львів – Прага, оплата 1500 грн водію."),
    ("transport", "en", "Lift to Berlin, you pay 20 euro on arrival."),
    ("transport", "pl", "Przewóz osób do Niemiec, stawka 300 zł."),
]


@pytest.mark.parametrize(("kind", "language", "text"), PRICES)
def test_what_the_lodger_or_passenger_pays_is_no_pay(kind: PostKind, language: str, text: str) -> None:
    facts = gather(document(text, kind=kind, language=language), today=TODAY)
    assert facts.pay_check.verdict == "not_stated"
    assert facts.pay_check.stated == ()


@pytest.mark.parametrize("kind", ["accommodation", "transport"])
@pytest.mark.parametrize(
    "salary",
    [
        Salary(min=4500, max=4500, currency="EUR", period="month"),
        Salary(min=50, currency="EUR"),
        Salary(text="4500 EUR / month"),
        Salary(text="£150 pw"),
    ],
)
def test_the_price_field_of_a_room_or_a_lift_is_no_pay(kind: PostKind, salary: Salary) -> None:
    post = document("Near the station, bills included. Call in the evening.", kind=kind, language="en", salary=salary)
    facts = gather(post, today=TODAY)
    marks = marks_of(post, facts, today=TODAY)
    assert facts.pay_check.verdict == "not_stated"
    assert {mark for mark in marks if mark.startswith("pay.")} == {"pay.not_stated"}
    found = find_indicators(post, load_rules(), marks)
    assert {item.indicator for item in (*found.evidence, *found.protective)}.isdisjoint(
        {"pay_anomaly_high", "pay_below_minimum", "pay_plausible"}
    )


WAGES: list[tuple[PostKind, str, str, tuple[float, str, str | None]]] = [
    ("accommodation", "en", "Free room for a cleaner of our hotel, wages 1200 pounds a month.", (1200, "GBP", "month")),
    ("accommodation", "en", "Room for help in the house, and we pay you 100 euro a week.", (100, "EUR", "week")),
    ("accommodation", "uk", "Житло надаємо, зарплата 20000 грн на місяць.", (20000, "UAH", "month")),
    ("accommodation", "ru", "Жильё бесплатно, заработок 1500 евро в месяц.", (1500, "EUR", "month")),
    ("accommodation", "pl", "Pokój dla pracownic, wynagrodzenie 4800 zł miesięcznie.", (4800, "PLN", "month")),
    ("accommodation", "ro", "Oferim cameră, salariul este 900 euro pe lună.", (900, "EUR", "month")),
    ("accommodation", "hu", "Szállás ingyen, a havi bér 400 000 Ft.", (400000, "HUF", "month")),
    ("accommodation", "de", "Zimmer frei für Aushilfe, Lohn 14 € die Stunde.", (14, "EUR", "hour")),
    ("accommodation", "cs", "Ubytování zdarma, mzda 25000 Kč měsíčně.", (25000, "CZK", "month")),
    ("accommodation", "sk", "Ubytovanie zdarma, mzda 1100 € mesačne.", (1100, "EUR", "month")),
    ("accommodation", "es", "Habitación gratis, sueldo 1100 euros al mes.", (1100, "EUR", "month")),
    ("accommodation", "bg", "Безплатна стая, заплата 1500 лв. на месец.", (1500, "BGN", "month")),
    ("transport", "en", "Bus to Berlin is free, you earn 2000 euro a month there.", (2000, "EUR", "month")),
    ("transport", "uk", "Веземо на роботу, заробіток 1800 євро на місяць.", (1800, "EUR", "month")),
]


@pytest.mark.parametrize(("kind", "language", "text", "expected"), WAGES)
def test_wages_in_such_an_offer_are_pay(
    kind: PostKind, language: str, text: str, expected: tuple[float, str, str | None]
) -> None:
    found = read_pay(document(text, kind=kind, language=language), today=TODAY).pays
    assert [(pay.pay.min, pay.pay.currency, pay.pay.period) for pay in found] == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Free room in exchange for cleaning in our hotel."),
        ("en", "Live-in help wanted, own room."),
        ("uk", "Житло безкоштовно за допомогу по господарству."),
        ("ru", "Жильё в обмен на работу по дому."),
        ("pl", "Pokój w zamian za pomoc w domu."),
        ("de", "Zimmer gegen Mithilfe im Haushalt."),
        ("ro", "Cameră în schimbul ajutorului în gospodărie."),
        ("cs", "Pokoj výměnou za pomoc v domácnosti."),
        ("sk", "Izba výmenou za pomoc v domácnosti."),
        ("hu", "Szoba házimunkáért cserébe."),
        ("es", "Habitación a cambio de ayuda en casa."),
        ("bg", "Стая в замяна на помощ в къщата."),
        ("pl", "Zapewniamy pokój, wynagrodzenie jak w ofercie."),
    ],
)
def test_the_sum_beside_a_room_that_is_offered_for_work_is_pay(language: str, text: str) -> None:
    salary = Salary(min=300, max=300, currency="EUR", period="month")
    found = read_pay(document(text, kind="accommodation", language=language, salary=salary), today=TODAY).pays
    assert [pay.pay.min for pay in found] == [300]


def test_a_job_s_salary_needs_no_word_for_wages() -> None:
    salary = Salary(min=300, max=300, currency="EUR", period="month")
    assert len(read_pay(document("Pokój do sprzątania", language="pl", salary=salary), today=TODAY).pays) == 1
