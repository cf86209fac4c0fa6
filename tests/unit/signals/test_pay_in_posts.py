"""Pay, prices and numbers as people write them in chats and classifieds: slang, units of work, terms behind the sum."""

from __future__ import annotations

import pytest

from screening.posts.post import PostKind
from screening.signals.corridor import AMOUNT_MARKS
from screening.signals.pay import read_pay
from tests.unit.signals.documents import TODAY, document

type Pays = list[tuple[float | None, float | None, str | None, str | None, str | None]]
type Others = list[tuple[str, float]]


def _pays(text: str, lang: str | None = None, kind: PostKind = "job") -> Pays:
    found = read_pay(document(text, language=lang, kind=kind), today=TODAY).pays
    return [(one.pay.min, one.pay.max, one.pay.currency, one.pay.period, one.pay.basis) for one in found]


def _money(text: str, lang: str | None = None, kind: PostKind = "job") -> Others:
    found = read_pay(document(text, language=lang, kind=kind), today=TODAY).other_amounts
    return [(one.kind, one.amount) for one in found if one.kind in AMOUNT_MARKS]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ru", "Плиточник, 1200 р/м2, стяжка 450 р/м2", [(1200, "RUB"), (450, "RUB")]),
        ("pl", "Murarz, 90 zł za m2", [(90, "PLN")]),
        ("pl", "Tynkarz, 45 zł/m²", [(45, "PLN")]),
        ("cs", "Zedníci 350 kč/m2, Brno", [(350, "CZK")]),
        ("hu", "Kőműves 8000 Ft/m2", [(8000, "HUF")]),
        ("es", "Alicatador 14€ m², material aparte", [(14, "EUR")]),
        ("ro", "Zidari, 120 lei mp", [(120, "RON")]),
        ("de", "Fliesenleger 25 €/qm", [(25, "EUR")]),
        ("uk", "Кладка 350 грн за м², штукатурка 250 грн за метр", [(350, "UAH"), (250, "UAH")]),
        ("bg", "Фаянсаджии 25 лв/кв.м", [(25, "BGN")]),
    ],
)
def test_pay_by_the_square_metre_is_pay_by_the_piece(lang: str, text: str, expected: list[tuple[float, str]]) -> None:
    assert _pays(text, lang) == [(sum_, sum_, currency, "piece", None) for sum_, currency in expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("uk", "Водій, 80-85 євро/доба", (80, 85, "EUR", "day", None)),
        ("bg", "Строеж в София, надник 120 лв", (120, 120, "BGN", "day", None)),
        ("en", "Bar staff 45 euro per night + tips", (45, 45, "EUR", "shift", None)),
        ("hu", "Táncosnő, 200 CHF/este", (200, 200, "CHF", "shift", None)),
        ("sk", "Hosteska, CHF 150 za večer", (150, 150, "CHF", "shift", None)),
        ("es", "Chicas para club, 80€/noche", (80, 80, "EUR", "shift", None)),
        ("de", "Zimmermädchen, CHF 3'706.– brutto/Monat", (3706, 3706, "CHF", "month", "gross")),
        ("lt", "Atlyginimas 1038 Eur/mėn., darbas sandėlyje", (1038, 1038, "EUR", "month", None)),
        ("it", "Cameriere 1.400-1.600 € netti mensili", (1400, 1600, "EUR", "month", "net")),
        ("it", "Badante, 1.000 euro al mese", (1000, 1000, "EUR", "month", None)),
        ("fr", "Salaire 1 800 € nets par mois", (1800, 1800, "EUR", "month", "net")),
        ("fr", "Vendanges, 11,88 € brut de l'heure", (11.88, 11.88, "EUR", "hour", "gross")),
        ("tr", "Garson, aylık 25.000 TL", (25000, 25000, "TRY", "month", None)),
        ("tr", "İnşaat işçisi, saatlik 12 euro net", (12, 12, "EUR", "hour", "net")),
    ],
)
def test_the_period_is_read_in_the_words_of_people_and_of_languages_at_the_edge(
    lang: str, text: str, expected: tuple[float, float, str, str, str | None]
) -> None:
    assert _pays(text, lang) == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("pl", "Kierowca C+E, 8,5 koła na rękę", (8500, 8500, None, None, "net")),
        ("pl", "Zarobki 6 tysi na rękę", (6000, 6000, None, None, "net")),
        ("ru", "Таксист, чистыми 5-6 тыщ в день", (5000, 6000, None, "day", "net")),
        ("ru", "Зарплата 2 штуки евро в месяц", (2000, 2000, "EUR", "month", None)),
        ("ru", "Зарплата от 100 тр в неделю", (100_000, None, "RUB", "week", None)),
        ("ru", "Оклад 55к+% , 5/2", (55_000, 55_000, None, None, None)),
        ("tr", "Maaş 20-25 bin TL net", (20_000, 25_000, "TRY", None, "net")),
        ("en", "You make 2 grand a week", (2000, 2000, None, "week", None)),
        ("de", "Lohn 3 Mille im Monat", (3000, 3000, None, "month", None)),
        ("en", "Housemaid, 120 KD monthly", (120, 120, "KWD", "month", None)),
    ],
)
def test_thousands_and_money_are_read_as_they_are_called_in_speech(
    lang: str, text: str, expected: tuple[float, float | None, str | None, str | None, str | None]
) -> None:
    assert _pays(text, lang) == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("uk", "Потрібна няня, 25000/міс. Дитині 3 роки.", [(25000, 25000, None, "month", None)]),
        ("es", "Interna para cuidar señora, 1.200 al mes", [(1200, 1200, None, "month", None)]),
        ("en", "Night porter, 450/week", [(450, 450, None, "week", None)]),
        ("pl", "Magazyn, 160 h/mc, 2 zmiany", []),
        ("en", "We handle 3000 calls a month and 500 orders a week", []),
        ("pl", "Produkcja 2000/2025, nr 4500", []),
        ("en", "Up to 40/week, three shifts", []),
    ],
)
def test_a_bare_number_with_its_month_behind_it_is_pay(lang: str, text: str, expected: Pays) -> None:
    assert _pays(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text", "basis"),
    [
        ("es", "Busco chica para limpieza, 10 euros la hora", None),
        ("es", "Salario 10 euros la hora limpios", "net"),
        ("cs", "Čištění oken, 180 Kč/hod", None),
        ("cs", "Uklízečka 140 Kč/hod čistého", "net"),
        ("sk", "Čistenie hál, 6 €/hod", None),
    ],
)
def test_cleaning_is_no_net_pay(lang: str, text: str, basis: str | None) -> None:
    assert [pay[4] for pay in _pays(text, lang)] == [basis]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ro", "Casă cu chirie 200 euro", [("housing_cost", 200)]),
        ("de", "Wohnung mit Miete 400 Euro", [("housing_cost", 400)]),
        ("ru", "Общага 500 зл", [("housing_cost", 500)]),
        ("ro", "Salariu 500 euro net, cazarea 115 euro", [("housing_cost", 115)]),
        ("bg", "Склад Холандия, 14,06 евро/час бруто, настаняване 129 евро на седмица", [("housing_cost", 129)]),
        ("bg", "самолетен билет 180 евро се удържа", [("deduction", 180)]),
        ("en", "flight 150 euro taken from first pay", [("deduction", 150)]),
        ("en", "Bond of $1000 held until the end of the season", [("deposit", 1000)]),
        ("ru", "Залог за авто 10 тыс.", [("deposit", 10_000)]),
        ("es", "Conductor 2.400€/mes + dietas 50 €/día", [("bonus", 50)]),
        ("es", "Se ofrece 1300€ fijos más 200€ de plus transporte", [("bonus", 200)]),
        ("cs", "Servírka 150kč/h + dýška cca 1000 Kč/směna", [("bonus", 1000)]),
        ("sk", "Hosteska, letenka 200 eur sa odpracuje", [("loan", 200)]),
        ("es", "plaza con billete 600€ que se devuelve trabajando", [("loan", 600)]),
        ("ru", "Билет 300 евро отрабатывается", [("loan", 300)]),
        ("it", "Quota di iscrizione 80 euro, anticipo 200 euro, penale 500 euro",
         [("fee", 80), ("advance", 200), ("penalty", 500)]),
        ("fr", "Frais de dossier 120 euros, caution 300 euros pour la chambre", [("fee", 120), ("deposit", 300)]),
        ("tr", "Kayıt ücreti 500 TL, depozito 1.000 TL peşin", [("fee", 500), ("deposit", 1000)]),
        ("lt", "Registracijos mokestis 50 Eur, bauda už išėjimą 300 Eur, būstas 120 Eur per savaitę",
         [("fee", 50), ("penalty", 300), ("housing_cost", 120)]),
    ],
)  # fmt: skip
def test_what_the_worker_pays_is_named(lang: str, text: str, expected: Others) -> None:
    assert _money(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ru", "Сиделка с проживанием, 1800 руб в сутки", (1800, "RUB", "day")),
        ("ro", "Menajeră cu cazare, 900 euro pe lună", (900, "EUR", "month")),
        ("de", "Koch mit Unterkunft, 2300 Euro im Monat", (2300, "EUR", "month")),
    ],
)
def test_a_room_that_comes_with_the_work_is_no_rent(lang: str, text: str, expected: tuple[float, str, str]) -> None:
    assert [(pay[0], *pay[2:4]) for pay in _pays(text, lang)] == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ro", "Închiriez garsonieră, 320 euro/lună, garanție 320 euro", [("housing_cost", 320), ("deposit", 320)]),
        ("de", "Monteurzimmer ab 18 € p.P./Nacht", [("housing_cost", 18)]),
        ("sk", "2-izb. byt 520 €/mes. vrátane energií", [("housing_cost", 520)]),
        ("uk", "Здам квартиру, 12 тис/міс, застава 5 тис", [("housing_cost", 12_000), ("deposit", 5_000)]),
        ("es", "Piso 2 hab. 750€/mes + 1500€ fianza", [("housing_cost", 750), ("deposit", 1500)]),
        ("tr", "Kiralık oda 9.000 TL, depozito 9.000 TL", [("housing_cost", 9000), ("deposit", 9000)]),
        ("pl", "Pokój, 2 osoby, 14 m2, 800 zł", [("housing_cost", 800)]),
    ],
)
def test_the_price_of_a_room_is_what_housing_costs(lang: str, text: str, expected: Others) -> None:
    assert _money(text, lang, "accommodation") == expected
    assert _pays(text, lang, "accommodation") == []


def test_the_fare_of_a_lift_is_neither_pay_nor_rent() -> None:
    text = "Bus Lviv - Berlin every Tuesday, seat 60 €, parcels 2 €/kg"
    assert _pays(text, "en", "transport") == _money(text, "en", "transport") == []


@pytest.mark.parametrize(
    ("lang", "kind", "text", "expected"),
    [
        ("uk", "accommodation", "Оренда 1к квартири, 12 тис/міс", [("housing_cost", 12_000)]),
        ("fr", "job", "Salaire 2 000 € nets par mois, prime de 150 €", [("bonus", 150)]),
        ("en", "job", "Night watch € 1,050, receptionist € 1,100", []),
    ],
)
def test_rooms_premiums_and_night_work_by_their_names(lang: str, kind: PostKind, text: str, expected: Others) -> None:
    assert _money(text, lang, kind) == expected
    assert "shift" not in [pay[3] for pay in _pays(text, lang, kind)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("lt", "Atlyginimas nuo 1038 Eur iki 1400 Eur", (1038, 1400)),
        ("fr", "Gagnez jusqu'à 400€ par jour", (None, 400)),
        ("fr", "Salaire à partir de 1500 € par mois", (1500, None)),
        ("tr", "Ayda 3000 dolara kadar kazan", (None, 3000)),
        ("it", "Guadagni fino a 3000 euro al mese", (None, 3000)),
    ],
)
def test_from_and_up_to_at_the_edge(lang: str, text: str, expected: tuple[float | None, float | None]) -> None:
    assert [pay[:2] for pay in _pays(text, lang)] == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("cs", "Brigáda 1500 za den, hotově", [(1500, 1500, None, "day", None)]),
        ("es", "Camarera de pisos 7,50 la hora, 6 horas al día", [(7.5, 7.5, None, "hour", None)]),
        ("en", "Nanny 1500 pcm live in, 5 days", [(1500, 1500, None, "month", None)]),
        ("hu", "Napi 15 ezer kp, 8 óra", [(15_000, 15_000, None, "day", None)]),
        ("uk", "Пакування, виходить 33-39к крон", [(33_000, 39_000, "CZK", None, None)]),
        ("ru", "Девушки в клуб, выходит 1000-1500 зеленых в неделю", [(1000, 1500, "USD", "week", None)]),
        ("ru", "Курьер, доставляем до 150 заказов в день", []),
        ("pl", "Praca 8 na 10 za dzień wolny", []),
        ("pl", "Wdrożenia AX2012/D365 i SAP", []),
        ("de", "Lohn 3000 € vor Abzug der Steuern", [(3000, 3000, "EUR", None, None)]),
        ("ru", "Доход 64600 – 80800 руб. в месяц до вычета налогов", [(64_600, 80_800, "RUB", "month", "gross")]),
    ],
)
def test_a_number_named_by_what_it_is_paid_for_is_pay(lang: str, text: str, expected: Pays) -> None:
    assert _pays(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "kind", "text", "expected"),
    [
        ("ru", "job", "210 руб. в час, питание 250 руб/день вычет", [("deduction", 250)]),
        ("de", "job", "Wohnung 500€ Abzug im Monat", [("deduction", 500)]),
        ("cs", "job", "Dělník 150 Kč na ruku, ubytko 3000 Kč", [("housing_cost", 3000)]),
        (
            "ru",
            "accommodation",
            "Комната 15 тыс в месяц + коммуналка 2 тыс",
            [("housing_cost", 15_000), ("housing_cost", 2000)],
        ),
        ("pl", "accommodation", "Pokój 2-os. 650 zł od osoby", [("housing_cost", 650)]),
    ],
)
def test_deductions_behind_the_sum_and_rents_by_the_head(
    lang: str, kind: PostKind, text: str, expected: Others
) -> None:
    assert _money(text, lang, kind) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("pl", "Operator wózka 5800 podstawy + 500 frekwencyjne", [(5800, 5800, None, None, None)]),
        ("pl", "Kod 333015 Zarobki: 5000 zł", [(5000, 5000, "PLN", None, None)]),
        ("en", "Farm work AU$28/hr", [(28, 28, "AUD", "hour", None)]),
        ("en", "Dishwasher C$17.50/hr", [(17.5, 17.5, "CAD", "hour", None)]),
        ("en", "Farm work US$18/hr", [(18, 18, "USD", "hour", None)]),
        ("sk", "Čašník 4,50/hod + tringelt", [(4.5, 4.5, None, "hour", None)]),
        ("hu", "Takarítás 2500/óra készpénzben", [(2500, 2500, None, "hour", None)]),
        ("en", "Lorry driver 17.50 p/h days", [(17.5, 17.5, None, "hour", None)]),
        ("en", "Forklift, 40/hr line speed", []),
        ("en", "Jersey City, NJ 07305 Salary $23/hr", [(23, 23, "USD", "hour", None)]),
        ("en", "Leads a team of 100 to 220 salaried employees", []),
        ("ru", "На руки от 80 тыщ, общежитие бесплатно", [(80_000, None, None, None, "net")]),
    ],
)
def test_bare_sums_with_a_word_or_a_sign_that_says_money(lang: str, text: str, expected: Pays) -> None:
    assert _pays(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "kind", "text", "expected"),
    [
        ("uk", "job", "Завод, 31,40 брутто, мешкання 400-500 зл в місяць", [("housing_cost", 500)]),
        ("de", "accommodation", "Zimmer, 300€ kalt + 80€ NK", [("housing_cost", 300), ("housing_cost", 80)]),
        ("en", "accommodation", "Room £600pcm, bills £75", [("housing_cost", 600), ("housing_cost", 75)]),
        ("uk", "accommodation", "Кімната по 900 зл, кауція 500", [("housing_cost", 900), ("deposit", 500)]),
        ("ru", "job", "Штраф за опоздание 500, аванс 300 после недели", [("penalty", 500), ("advance", 300)]),
        ("pl", "job", "Zaliczki 2 razy w miesiącu, kaucja zwrotna po 90 dniach", []),
    ],
)
def test_what_is_paid_beside_a_room_or_a_fine_needs_no_currency(
    lang: str, kind: PostKind, text: str, expected: Others
) -> None:
    assert _money(text, lang, kind) == expected
