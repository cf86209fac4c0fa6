"""Pay beside numbers that are none: hours, ages, dates and years of the same clause, and sums that a word denies or names."""

from __future__ import annotations

from datetime import date

import pytest

from screening.signals.facts import gather
from screening.signals.pay import read_pay_text
from tests.unit.signals.documents import TODAY, document

type Row = tuple[float | None, float | None, str | None, str | None, str | None]


def _pays(lang: str, text: str) -> list[Row]:
    found = read_pay_text(text, today=TODAY, lang_hint=lang, field=False).pays
    return [(entry.pay.min, entry.pay.max, entry.pay.currency, entry.pay.period, entry.pay.basis) for entry in found]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("pl", "Praca 21-5, 32 zł/h na rękę", (32, 32, "PLN", "hour", "net")),
        ("pl", "zmiany 6-14, 14-22, 32 zł/h", (32, 32, "PLN", "hour", None)),
        ("pl", "wiek 18-45, 32 zł/h", (32, 32, "PLN", "hour", None)),
        ("pl", "od 18 do 45, 32 zł/h", (32, 32, "PLN", "hour", None)),
        ("pl", "od 7, 32 zł/h", (32, 32, "PLN", "hour", None)),
        ("pl", "na zmiany 1, 2, 30 zł", (30, 30, "PLN", None, None)),
        ("de", "Schicht 6-14, 16 €/Std.", (16, 16, "EUR", "hour", None)),
        ("es", "de 7 a 15, 12 €/h", (12, 12, "EUR", "hour", None)),
        ("en", "Shifts 6-14, 15 eur/h", (15, 15, "EUR", "hour", None)),
        ("pl", "stawka 28, 50 zł/h", (28.5, 28.5, "PLN", "hour", None)),
        ("pl", "- stawka 10, 68 euro brutto/h", (10.68, 10.68, "EUR", "hour", "gross")),
        ("pl", "Stawka od 28, 50 zł/h do 30, 50 zł/h", (28.5, 30.5, "PLN", "hour", None)),
    ],
)
def test_a_list_of_numbers_is_no_decimal_comma_unless_a_word_for_pay_stands_before_it(
    lang: str, text: str, expected: Row
) -> None:
    assert _pays(lang, text) == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("sk", "Zber od 15.4. do 24.6., 12,82 €/hod. brutto", [(12.82, 12.82, "EUR", "hour", "gross")]),
        ("sk", "Zber od 15.4., 12,82 €/hod.", [(12.82, 12.82, "EUR", "hour", None)]),
        ("de", "Lohn ab 1.7. 14 €/Std.", [(14, 14, "EUR", "hour", None)]),
        ("pl", "Stawka od 1.07 - 32 zł/h brutto", [(32, 32, "PLN", "hour", "gross")]),
        ("pl", "Nowe zarobki od 15.07", []),
        ("pl", "Stawka od 15.50 brutto", [(15.5, None, None, None, "gross")]),
        ("en", "Pay £11.44-12.50 per hour", [(11.44, 12.5, "GBP", "hour", None)]),
        ("pl", "Stawka 28.50-30.50 zł/h", [(28.5, 30.5, "PLN", "hour", None)]),
        ("pl", "Sezon 12.05-15.06", []),
        ("pl", "Stawka 12.50.", [(12.5, 12.5, None, None, None)]),
        ("pl", "Zarobki: kobiety 18-45", []),
        ("ru", "Оплата: мужчины 20-55, женщины 20-50", []),
        ("de", "Verdienst ab 18 Jahren", []),
        ("de", "Gehalt ab 2026 nach Tarif", []),
        ("en", "Salary 2026: £28,000", [(28000, 28000, "GBP", None, None)]),
        ("ru", "Зарплата 10 и 25 числа", []),
        ("cs", "Výplata vždy k 15.", []),
        ("de", "Lohn pünktlich zum 15.", []),
        ("hu", "Fizetés minden hónap 10-én", []),
        ("ro", "Salariul se plătește pe 10 și 25", []),
        ("bg", "Заплата до 10-то число", []),
    ],
)
def test_dates_years_and_ages_are_no_pay(lang: str, text: str, expected: list[Row]) -> None:
    assert _pays(lang, text) == expected


@pytest.mark.parametrize(
    ("today", "text", "paid"),
    [
        (date(2026, 3, 2), "Gehalt ab 2029 nach Tarif", None),
        (date(2026, 3, 2), "Gehalt ab 2031 nach Tarif", 2031),
        (date(2031, 3, 2), "Gehalt ab 2031 nach Tarif", None),
        (date(2031, 3, 2), "Gehalt ab 2034 nach Tarif", None),
        (date(2031, 3, 2), "Gehalt ab 2100 nach Tarif", 2100),
        (date(2031, 3, 2), "Salary since 2040 as agreed", None),
    ],
)
def test_years_are_those_about_the_day_of_the_assessment(today: date, text: str, paid: float | None) -> None:
    reading = gather(document(text), today=today)
    assert [found.pay.min for found in reading.pays] == ([] if paid is None else [paid])


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "No fees, £500 a week", (500, 500, "GBP", "week", None)),
        ("uk", "Без передоплати, 2500 злотих", (2500, 2500, "PLN", None, None)),
        ("ru", "Без предоплат, 2500 евро в месяц", (2500, 2500, "EUR", "month", None)),
        ("pl", "Bez opłat 2500 zł netto", (2500, 2500, "PLN", None, "net")),
        ("bg", "Без такси, 1500 евро на месец", (1500, 1500, "EUR", "month", None)),
        ("ro", "Fără comision, 1500 euro pe lună", (1500, 1500, "EUR", "month", None)),
        ("de", "Keine Gebühren, 2000 € netto im Monat", (2000, 2000, "EUR", "month", "net")),
        ("cs", "Žádné poplatky, 30000 Kč měsíčně", (30000, 30000, "CZK", "month", None)),
        ("sk", "Bez poplatkov, 1300 € mesačne", (1300, 1300, "EUR", "month", None)),
        ("es", "Sin comisión, 1200 euros al mes", (1200, 1200, "EUR", "month", None)),
        ("hu", "Nincs díj, 450 000 Ft havonta", (450000, 450000, "HUF", "month", None)),
    ],
)
def test_a_fee_that_is_denied_names_no_sum(lang: str, text: str, expected: Row) -> None:
    reading = read_pay_text(text, today=TODAY, lang_hint=lang, field=False)
    assert _pays(lang, text) == [expected]
    assert "fee" not in {other.kind for other in reading.other_amounts}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Берём от 18 до 45"),
        ("ru", "Виза 2026"),
        ("bg", "Виза 2026"),
        ("pl", "Kontakt w. 24 Sposób kontaktu: za pośrednictwem urzędu"),
        ("bg", "вземаме такси 10"),
    ],
)
def test_a_number_without_currency_is_no_fee_because_such_a_word_stands_near(lang: str, text: str) -> None:
    reading = read_pay_text(text, today=TODAY, lang_hint=lang, field=False)
    assert "fee" not in {other.kind for other in reading.other_amounts}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("pl", "6 dni w tygodniu, 2500 zł", [(2500, 2500, "PLN", None, None)]),
        ("en", "5 days a week, £500", [(500, 500, "GBP", None, None)]),
        ("cs", "Po zkušební době 33 000 Kč", [(33000, 33000, "CZK", None, None)]),
        ("pl", "80 zł za dobę", [(80, 80, "PLN", "day", None)]),
        ("pl", "Z pensji potrącamy 600 zł, na rękę zostaje 3900 zł", [(3900, 3900, "PLN", None, "net")]),
        ("sk", "Zráža sa 150 € za izbu, v čistom dostanete 1400 €", [(1400, 1400, "EUR", None, "net")]),
        ("ro", "105 €/zi diurnă + 900 € salariu de bază", [(900, 900, "EUR", None, None)]),
        ("sk", "Za kus 0,28 €, priemerne 70 € denne", [(0.28, 0.28, "EUR", "piece", None), (70, 70, "EUR", "day", None)]),
        ("bg", "0,35 лв. за бройка", [(0.35, 0.35, "BGN", "piece", None)]),
        ("hu", "Kezdő fizetés nettó 350 e Ft", [(350000, 350000, "HUF", None, "net")]),
        ("de", "Gute Pflücker schaffen 110 € am Tag", [(110, 110, "EUR", "day", None)]),
        ("de", "120 €/Tag bar auf die Hand", [(120, 120, "EUR", "day", "net")]),
        ("de", "2.900 € brutto x 13 Gehälter", [(2900, 2900, "EUR", "month", "gross")]),
        ("pl", "Wynagrodzenie 3 811 - 4 235 PLN (18-20 zł netto/h)",
         [(3811, 4235, "PLN", None, None), (18, 20, "PLN", "hour", "net")]),
        ("pl", "Stawka godzinowa 10,45 EUR Premia frekwencyjna 100 EUR netto", [(10.45, 10.45, "EUR", "hour", None)]),
        ("pl", "Wynagrodzenie 200 zł premii", []),
        ("pl", "Wynagrodzenie 14 000 PLN netto Miesięczny budżet na kursy", [(14000, 14000, "PLN", None, "net")]),
        ("pl", "Wynagrodzenie od 1 464 PLN Opis wynagrodzenia: - stawka miesięczna", [(1464, None, "PLN", "month", None)]),
        ("pl", "Za każdą zmianę 12h płacimy 330 zł", [(330, 330, "PLN", "shift", None)]),
        ("ru", "Смена 12ч - 3500₽", [(3500, 3500, "RUB", "shift", None)]),
        ("ru", "Смена 12ч, 3500₽", [(3500, 3500, "RUB", None, None)]),
        ("uk", "Платня від 40 т. грн/міс", [(40000, None, "UAH", "month", None)]),
        ("hu", "Darabbér: 80 Ft/db", [(80, 80, "HUF", "piece", None)]),
        ("uk", "Нетто 22,50 зл/год (до 26 р. 27 зл/год)",
         [(22.5, 22.5, "PLN", "hour", "net"), (27, 27, "PLN", "hour", None)]),
        ("ru", "Продавец в ночь, 2500 смена", [(2500, 2500, None, "shift", None)]),
        ("ru", "15 смен в месяц", []),
        ("ru", "Зарплата 1 раз в неделю, 700-900 долларов", [(700, 900, "USD", None, None)]),
        ("ro", "Tarif 30 lei ora", [(30, 30, "RON", "hour", None)]),
        ("ro", "Plecare, 1500 euro ora 18:00", [(1500, 1500, "EUR", None, None)]),
        ("sk", "Turnus 3 týždne 1 950 €", [(1950, 1950, "EUR", "rotation", None)]),
        ("de", "Jahresbrutto 32.000 Euro", [(32000, 32000, "EUR", "year", "gross")]),
        ("ru", "Сиделка с проживанием: 1800 руб/сутки", [(1800, 1800, "RUB", "day", None)]),
        ("pl", "Atrakcyjne wynagrodzenie - nawet 5 500 zł brutto / miesiąc Premie", [(None, 5500, "PLN", "month", "gross")]),
    ],
)  # fmt: skip
def test_terms_belong_to_the_amount_that_they_stand_by(lang: str, text: str, expected: list[Row]) -> None:
    assert _pays(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "Дорога 120 євро, повертаємо з першої зарплати"),
        ("ru", "Дорога 120 евро"),
        ("cs", "Cesta 50 €, nástup ihned"),
        ("sk", "Cesta 80 eur preplatená"),
        ("de", "Jobticket 29 €, Auslöse 28 € pro Tag, Vermittlungsgebühr 200 €"),
        ("en", "Flight up to €150 refunded"),
        ("ro", "Asigurare 35 €/săpt"),
        ("bg", "Командировъчни 30 € на ден"),
        ("bg", "Приспадат се 300 евро за общежитие"),
        ("sk", "Stravné 6,60 € na deň"),
        ("cs", "Náborový příspěvek 10 000 Kč, za doporučení 5 000 Kč"),
        ("pl", "Polecając znajomego możesz otrzymać nawet 2500 zł brutto nagrody"),
    ],
)
def test_sums_that_their_word_names_are_no_pay(lang: str, text: str) -> None:
    assert _pays(lang, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Зарплата 250 000 тг в месяц", (250000, 250000, "KZT", "month", None)),
        ("Доход 300-400 тыс тг на руки", (300000, 400000, "KZT", None, "net")),
        ("Оплата 5000 тг/день, тг: @aigul", (5000, 5000, "KZT", "day", None)),
        ("Зарплата 2000 евро, тг @aigul", (2000, 2000, "EUR", None, None)),
    ],
)
def test_tenge_and_telegram_are_told_apart_by_what_stands_around(text: str, expected: Row) -> None:
    assert _pays("ru", text) == [expected]
