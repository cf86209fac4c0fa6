"""Shapes in which real posts write pay: words run together, ranges with their terms inside, coins and noughts of any kind."""

from __future__ import annotations

import pytest

from screening.signals.pay import read_pay_text
from tests.unit.signals.documents import TODAY

type Row = tuple[float | None, float | None, str | None, str | None, str | None]


def _pays(lang: str, text: str) -> list[Row]:
    found = read_pay_text(text, today=TODAY, lang_hint=lang, field=False).pays
    return [(entry.pay.min, entry.pay.max, entry.pay.currency, entry.pay.period, entry.pay.basis) for entry in found]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("uk", "Ставка:29,40 złнетто/год", [(29.4, 29.4, "PLN", "hour", "net")]),
        ("uk", "31,20 złнетто\nОфіційно", [(31.2, 31.2, "PLN", None, "net")]),
        ("pl", "Stawka 28 złbrutto za godzinę", [(28, 28, "PLN", "hour", "gross")]),
        ("uk", "Ставка: 4100 PLNbrutto на місяць", [(4100, 4100, "PLN", "month", "gross")]),
        ("ru", "Зарплата от 1200 до 1500 евромес.", [(1200, 1500, "EUR", "month", None)]),
        ("uk", "Зарплата 21 000 грнміс", [(21000, 21000, "UAH", "month", None)]),
        ("de", "Lohn 14 eurobrutto pro Stunde", [(14, 14, "EUR", "hour", "gross")]),
        (
            "uk",
            "Ставка:29 złбрутто (21,10-25,00 złnetto, студенти 29 złnetto)",
            [(29, 29, "PLN", None, "gross"), (21.1, 25, "PLN", None, "net"), (29, 29, "PLN", None, "net")],
        ),
        ("ru", "Оплата 300 рублей", [(300, 300, "RUB", None, None)]),
        ("ro", "Plătim 20 lei pe oră", [(20, 20, "RON", "hour", None)]),
    ],
)
def test_words_that_run_together_are_still_two(lang: str, text: str, expected: list[Row]) -> None:
    assert _pays(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("es", "SUELDO: 21.000? B/A - 23.500?", [(21000, 23500, "EUR", "year", "gross")]),
        ("de", "Gehalt 2600 € brutto/Monat - 2900 €", [(2600, 2900, "EUR", "month", "gross")]),
        ("en", "Pay $70K/yr - $85K", [(70000, 85000, "USD", "year", None)]),
        (
            "en",
            "The pay for this role ranges from $61,000/year in small towns up to $88,000/year in the capital.",
            [(61000, 88000, "USD", "year", None)],
        ),
        (
            "en",
            "From $20/hour for cleaners, up to $40/hour for drivers",
            [(20, None, "USD", "hour", None), (None, 40, "USD", "hour", None)],
        ),
        ("en", "You earn £250 £400 per day with us", [(250, 400, "GBP", "day", None)]),
        ("en", "Earn RM200 RM350 every day", [(200, 350, "MYR", "day", None)]),
    ],
)
def test_a_range_is_one_pay_though_its_terms_stand_inside_or_its_dash_is_lost(
    lang: str, text: str, expected: list[Row]
) -> None:
    assert _pays(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Earn 300-5000rs per day from your phone", [(300, 5000, "INR", "day", None)]),
        ("en", "You can earn 900 rupees every day", [(900, 900, "INR", "day", None)]),
        ("en", "earn 4000000Rp everyday at home", [(4000000, 4000000, "IDR", "day", None)]),
        ("pt", "Trabalho de meio período, R$ 200 a R$ 900 por dia", [(200, 900, "BRL", "day", None)]),
        ("en", "earn 700Q per day", [(700, 700, None, "day", None)]),
        ("nl", "Je kunt meer dan 900 euro per dag verdienen", [(900, None, "EUR", "day", None)]),
    ],
)
def test_a_coin_of_another_country_doesnt_hide_the_period(lang: str, text: str, expected: list[Row]) -> None:
    assert _pays(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ru", "ДОХОД ОТ $8OO", [(800, None, "USD", None, None)]),
        ("ru", "оплата (3OO-9ОО$/день)", [(300, 900, "USD", "day", None)]),
        ("es", "Encargado 1o turno, sueldo 1300 €", [(1300, 1300, "EUR", None, None)]),
        ("en", "Fill O2 and H2O bottles, pay £12 an hour", [(12, 12, "GBP", "hour", None)]),
    ],
)
def test_a_letter_o_among_figures_is_a_nought(lang: str, text: str, expected: list[Row]) -> None:
    assert _pays(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Зарплата 50/50\nРайон вокзала"),
        ("uk", "Оплата 60/40, авто фірми"),
        ("pl", "Wesele tylko 140 zł/osoba"),
        ("uk", "300 złbrutto/місяць — доплата за власне житло"),
        ("ru", "Оплата 5000 грн.+ком. платежи"),
        ("uk", "За виконання норм 2-4 zł/год брутто"),
        ("uk", "Оплата 7000 грн + комунальні"),
    ],
)
def test_shares_prices_and_premiums_are_no_pay(lang: str, text: str) -> None:
    assert _pays(lang, text) == []


def test_taxes_still_to_come_off_make_a_sum_gross() -> None:
    assert _pays("uk", "Заробітна плата 18000 грн, мінус податки.") == [(18000, 18000, "UAH", None, "gross")]
    assert _pays("ru", "Зарплата 40 000 руб. минус налоги") == [(40000, 40000, "RUB", None, "gross")]


def test_the_period_of_a_form_may_stand_far_below_its_sum() -> None:
    text = (
        "Wynagrodzenie brutto: od 3 600 PLN Opis wynagrodzenia: pierwsza umowa na okres próbny trzech miesięcy, potem druga "
        "umowa na czas nieokreślony, praca od poniedziałku do piątku na jedną zmianę, dowóz z miasta, odzież robocza, "
        "posiłki regeneracyjne System wynagrodzenia: Czasowy ze stawką miesięczną"
    )
    assert _pays("pl", text) == [(3600, None, "PLN", "month", "gross")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "Навчання коштує 300 євро, оплата перед виїздом"),
        ("uk", "Реєстрація 500 грн, її сплачуєте до початку роботи"),
        ("uk", "Оформлення візи 250 євро оплачує працівник"),
        ("ru", "Оплата обучения 15 000 руб. до начала работы"),
        ("ru", "Оплата за визу 200 евро"),
        ("pl", "Szkolenie kosztuje 800 zł, płatne z góry"),
        ("pl", "Opłata rejestracyjna 150 zł"),
        ("pl", "Płacisz 400 zł za wizę i dokumenty"),
        ("en", "You pay a $150 registration fee before you start"),
        ("en", "Training costs £300, to be paid before the first day"),
        ("en", "Pay 200 EUR for the visa and we book your seat"),
        ("en", "To start working you pay $50"),
        ("es", "El curso cuesta 120 €, se paga antes de empezar"),
        ("es", "Pago de 90 € por la tramitación del visado"),
        ("de", "Die Anmeldung kostet 100 €, vor Arbeitsbeginn zu zahlen"),
        ("de", "Visum und Papiere 350 Euro, zahlen Sie im Voraus"),
        ("ro", "Taxa de înscriere 200 lei, plata înainte de plecare"),
        ("ro", "Cursul costă 300 lei"),
        ("cs", "Školení stojí 2000 Kč, platí se předem"),
        ("ru", "Для начала работы нужно оплатить 1500 рублей за регистрацию"),
        ("uk", "Щоб почати, потрібно заплатити 800 грн за реєстрацію"),
        ("pl", "Aby zacząć pracę, trzeba zapłacić 300 zł"),
    ],
)
def test_what_the_worker_is_asked_to_pay_is_no_pay(lang: str, text: str) -> None:
    assert _pays(lang, text) == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ru", "Готовы заплатить 600 $ в неделю", (600, 600, "USD", "week", None)),
        ("en", "We pay £12 an hour for training", (12, 12, "GBP", "hour", None)),
        ("pl", "Płacimy 25 zł/h za szkolenie", (25, 25, "PLN", "hour", None)),
        ("pl", "Kierowca: 15 zł za kurs", (15, 15, "PLN", "piece", None)),
        ("ru", "На время обучения зарплата 9000 грн", (9000, 9000, "UAH", None, None)),
        ("pl", "Rejestracja bezpłatna, stawka 31 zł/h", (31, 31, "PLN", "hour", None)),
        ("uk", "Безкоштовне оформлення візи, ставка 30 зл/год", (30, 30, "PLN", "hour", None)),
        ("pl", "Palety: 10 europalet dziennie, 32 zł/h", (32, 32, "PLN", "hour", None)),
        ("uk", "до 12000 złnetto-студенти з преміями за норми", (None, 12000, "PLN", None, "net")),
        ("ru", "Чистая прибыль от 7-10% (60-90$) в день", (60, 90, "USD", "day", None)),
    ],
)
def test_what_the_employer_pays_stays_pay_beside_a_word_for_fees(lang: str, text: str, expected: Row) -> None:
    assert _pays(lang, text) == [expected]


def test_a_percentage_is_taken_for_no_range_of_wages() -> None:
    found = read_pay_text("Оплата 70/30", today=TODAY, lang_hint="uk", field=False)
    assert {other.kind for other in found.other_amounts} == {"percent"}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "70 грн. в сутки / при условии оплаты за месяц сразу ( 1800 грн. )"),
        ("uk", "Одяг — 140 PLN"),
        ("pl", "Buty robocze 120 zł"),
        ("uk", "Бутерброди (до 14 злотих)"),
        ("uk", "Хто не перевищив поріг 28000 злотих доходу за рік"),
        ("pl", "Do pensji dolicza się świadczenia socjalne (ok. 180 EUR na jedno dziecko)"),
        ("ro", "Tipsurile sunt aprox. 150 € - 300 € lunar"),
        ("ru", "Чаевые от 1000 руб в день"),
    ],
)
def test_what_customers_pay_what_things_cost_and_what_a_law_limits_is_no_pay(lang: str, text: str) -> None:
    assert _pays(lang, text) == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ru", "Зарплата 50000 грив. в месяц", (50000, 50000, "UAH", "month", None)),
        ("en", "Compensation: 48000.-52000. / annually", (48000, 52000, None, "year", None)),
        ("en", "You earn between 900 and 4,000 peso a day", (900, 4000, None, "day", None)),
        ("en", "Salary Up-to 31,500/- per month", (None, 31500, None, "month", None)),
        ("uk", "Зарплата після сплати податків складає 17800 грн", (17800, 17800, "UAH", None, "net")),
        ("ru", "После вычета налогов зарплата 41 000 руб.", (41000, 41000, "RUB", None, "net")),
    ],
)
def test_abbreviations_and_signs_of_the_pen_are_read(lang: str, text: str, expected: Row) -> None:
    assert _pays(lang, text) == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("uk", "Після 3 відпрацьованих місяців ставка підвищується до 5100 злотих", (5100, 5100, "PLN", None, None)),
        ("pl", "Po okresie próbnym podwyżka stawki do 34 zł/h", (34, 34, "PLN", "hour", None)),
        ("en", "After a month the rate rises to £14 an hour", (14, 14, "GBP", "hour", None)),
        ("de", "Der Lohn steigt auf bis zu 18 € die Stunde", (None, 18, "EUR", "hour", None)),
        ("ru", "Зарплата до 60 000 руб.", (None, 60000, "RUB", None, None)),
    ],
)
def test_what_pay_rises_to_is_no_upper_bound(lang: str, text: str, expected: Row) -> None:
    assert _pays(lang, text) == [expected]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "Кімната у місті — 640 zł/міс (вираховується із зарплати)"),
        ("uk", "Санітарна книжка — 180 зл (також з першої зарплати)"),
        ("pl", "Kombinezon 90 zł (potrącane z pierwszej wypłaty)"),
        ("en", "Boots £40 (taken from your first pay)"),
        ("uk", "210 злотих віднімається з першої зарплати"),
        ("uk", "Аналізи: 260 zł"),
        ("uk", "400 злотих компенсації щомісяця"),
        ("uk", "Надбавка 15% від ставки (+550 злотих брутто)"),
        ("pl", "dodatek nocny 20% (około 180 zł brutto)"),
        ("ru", "Водитель такси, зп 50*50"),
        ("uk", "Виплата з/п 16 та 1."),
        ("uk", "Зніму кімнату, бюджет до 5500 гривень"),
    ],
)
def test_deductions_shares_and_budgets_are_no_pay(lang: str, text: str) -> None:
    assert _pays(lang, text) == []


def test_a_limit_behind_a_sign_of_comparison_is_no_pay() -> None:
    assert _pays("uk", "24,10 злнетто — доходи<28000 zł/рік") == [(24.1, 24.1, "PLN", None, "net")]
    assert _pays("ru", "Зарплата >1000 $ в месяц")[0][:3] == (1000, 1000, "USD")


def test_one_pay_in_two_currencies_has_one_period() -> None:
    expected = [(900, 900, "USD", "week", None), (80000, 80000, "RUB", "week", None)]
    assert _pays("ru", "Зарабатывают 900$/80.000р в неделю") == expected


def test_a_crown_is_told_by_its_shortened_country() -> None:
    assert _pays("uk", "Оплата 190 норв.крон за годину") == [(190, 190, "NOK", "hour", None)]
