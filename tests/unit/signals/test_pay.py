"""Pay in salary fields and in sentences, and the amounts that aren't pay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.posts.post import Salary
from screening.signals.pay import read_pay, read_pay_text
from tests.growth import Work, assert_grows_in_proportion
from tests.unit.signals.documents import TODAY, document


def pays(
    text: str, lang: str | None = None, *, field: bool = False, country: str | None = None
) -> list[tuple[object, ...]]:
    reading = read_pay_text(text, today=TODAY, lang_hint=lang, field=field, country=country)
    return [(p.pay.min, p.pay.max, p.pay.currency, p.pay.period, p.pay.basis) for p in reading.pays]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11 500 - 13 700 zł brutto / mies.", (11500, 13700, "PLN", "month", "gross")),
        ("od 1.650,50 EUR", (1650.5, None, "EUR", None, None)),
        ("CHF 4'800 per month", (4800, 4800, "CHF", "month", None)),
        ("до 120 000 ₽", (None, 120000, "RUB", None, None)),
        ("$45-$50k", (45000, 50000, "USD", None, None)),
        ("14-16", (14, 16, None, None, None)),
        ("0-0", None),
        ("За домовленістю", None),
    ],
)
def test_salary_fields(text: str, expected: tuple[object, ...] | None) -> None:
    assert pays(text, field=True) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "We pay from £12.50 per hour.", (12.5, None, "GBP", "hour", None)),
        ("pl", "Wynagrodzenie 7-9 tys. zł netto miesięcznie", (7000, 9000, "PLN", "month", "net")),
        ("uk", "Оплата 25 € год на руки", (25, 25, "EUR", "hour", "net")),
        ("ru", "Зарплата от 80 тыс. руб. в месяц до вычета налогов", (80000, None, "RUB", "month", "gross")),
        ("bg", "Заплата от 1500 до 2000 лв. на месец", (1500, 2000, "BGN", "month", None)),
        ("cs", "Mzda 190 Kč/hod hrubého", (190, 190, "CZK", "hour", "gross")),
        ("sk", "Plat od 1 400 € mesačne v čistom", (1400, None, "EUR", "month", "net")),
        ("de", "Stundenlohn ab 13,90 € brutto pro Stunde", (13.9, None, "EUR", "hour", "gross")),
        ("ro", "Salariu între 1500 și 2000 euro net pe lună", (1500, 2000, "EUR", "month", "net")),
        ("es", "Sueldo de 1.300 euros netos al mes", (1300, 1300, "EUR", "month", "net")),
        ("hu", "Fizetés: bruttó 450 ezer forint havonta", (450000, 450000, "HUF", "month", None)),
    ],
)
def test_sentences_in_every_language(lang: str, text: str, expected: tuple[object, ...]) -> None:
    found = pays(text, lang)
    assert len(found) == 1
    assert found[0][:4] == expected[:4]
    assert expected[4] is None or found[0][4] == expected[4]


def test_rates_before_and_after_trial_are_two() -> None:
    assert pays(
        "Pay: from $15.00 per hour, after 3-month probation the hourly rate is $16.50 plus $300 reward.", "en"
    ) == [
        (15, None, "USD", "hour", None),
        (16.5, 16.5, "USD", "hour", None),
    ]


def test_the_same_pay_repeated_is_one_with_what_either_tells() -> None:
    assert pays("Wynagrodzenie brutto: od 4 100 PLN Opis wynagrodzenia: od 4100 zł brutto miesięcznie", "pl") == [
        (4100, None, "PLN", "month", "gross")
    ]


@pytest.mark.parametrize(
    ("lang", "text", "kind", "amount"),
    [
        ("uk", "За оформлення візи кандидат сплачує 250 євро.", "fee", 250),
        ("en", "You repay the €900 recruitment fee from your first salary.", "fee", 900),
        ("pl", "Kaucja 400 zł zwrotna po miesiącu.", "deposit", 400),
        ("pl", "zakwaterowanie płatne 220 euro/mc.", "housing_cost", 220),
        ("en", "Offering a $1,500 referral bonus.", "bonus", 1500),
        ("cs", "Příplatek 30 Kč za noční směnu.", "bonus", 30),
        ("ru", "Единовременная выплата 15 000 рублей.", "bonus", 15000),
    ],
)
def test_amounts_that_are_not_pay(lang: str, text: str, kind: str, amount: float) -> None:
    reading = read_pay_text(text, today=TODAY, lang_hint=lang, field=False)
    assert reading.pays == ()
    assert (kind, amount) in [(other.kind, other.amount) for other in reading.other_amounts]


@pytest.mark.parametrize(
    "text",
    [
        "Вимоги: жінки від 25 до 45 років", "Call +48 600 100 200 from 8:00 to 18:00", "W zespole jest 10 osób i 5 oddziałów",
        "Skład palet: 10 europalet dziennie", "Szkoła Podstawowa nr 217", "Наш склад у 30 км від Вроцлава", "We manage $3 billion in assets",
    ],
)  # fmt: skip
def test_numbers_without_pay(text: str) -> None:
    assert pays(text) == []


def test_an_add_on_does_not_hide_the_pay() -> None:
    assert pays("Oferujemy: 4500 zł brutto podstawa + do 300 zł brutto premii", "pl") == [
        (4500, 4500, "PLN", None, "gross")
    ]


def test_krona_goes_by_the_place() -> None:
    assert pays("210 kr per hour", "en", country="NO") == [(210, 210, "NOK", "hour", None)]
    assert pays("210 kr per hour", "en", country="SE") == [(210, 210, "SEK", "hour", None)]


def test_year_or_hour_goes_by_the_language() -> None:
    assert pays("Оплата 20 € год", "uk")[0][3] == "hour"
    assert pays("Оклад 20000 € в год", "ru")[0][3] == "year"


def test_number_fields_come_first_and_zero_is_not_given() -> None:
    salary = Salary(min=1200, max=1500, currency="EUR", period="month")
    reading = read_pay(document("Wynagrodzenie 20 zł za godzinę", salary=salary, language="pl"), today=TODAY)
    assert [(found.pay.min, found.pay.currency, found.span is None) for found in reading.pays] == [
        (1200, "EUR", True),
        (20, "PLN", False),
    ]
    assert read_pay(document("Praca w magazynie", salary=Salary(min=0, max=0, currency="PLN")), today=TODAY).pays == ()


def test_spans_point_into_the_original_text() -> None:
    text = "Зарплата в\u200bід 1 400 € на місяць, житло безкоштовне"
    found = read_pay(document(text, language="uk"), today=TODAY).pays[0]
    assert found.span is not None
    assert "1 400 €" in text[found.span.start : found.span.end]


def test_a_price_in_an_accommodation_offer_is_not_pay() -> None:
    reading = read_pay(
        document("Pokój dla dziewczyny, 950 zł + liczniki", kind="accommodation", language="pl"), today=TODAY
    )
    assert reading.pays == ()


@given(st.text(alphabet="0123456789 .,-–/€złdo+()kpremiaод\n'%", max_size=200), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_text_reads_within_bounds(text: str, field: bool) -> None:
    reading = read_pay_text(text, today=TODAY, lang_hint=None, field=field)
    for entry in reading.pays:
        assert 0 <= entry.start < entry.end <= len(text)
        assert entry.pay.min is not None or entry.pay.max is not None
        if entry.pay.min is not None and entry.pay.max is not None:
            assert entry.pay.min <= entry.pay.max
    assert reading == read_pay_text(text, today=TODAY, lang_hint=None, field=field)


@pytest.mark.parametrize("unit", ["1 ", "1-", "+1 ", "5 zł ", "a.b-c@", "(", "od do ", "1.000 "])
def test_hostile_text_stays_fast(unit: str) -> None:
    def work_on(length: int) -> Work:
        text = unit * (length // len(unit))
        return lambda: read_pay_text(text, today=TODAY, lang_hint=None, field=False)

    assert_grows_in_proportion(work_on, 20_000)
