"""The place: prepositions decide, post.country stands unless the text says otherwise, origins tell whom it seeks."""

from __future__ import annotations

from typing import Any

import pytest

from screening.signals.contacts import read_contacts
from screening.signals.found import Place
from screening.signals.place import read_place
from tests.growth import Work, assert_grows_in_proportion
from tests.unit.signals.short_posts import document


def _place(text: str, language: str, **fields: Any) -> Place:
    read = document(text, language, **fields)
    return read_place(read, read_contacts(read))


@pytest.mark.parametrize(
    ("text", "language", "country"),
    [
        ("Sprzątanie mieszkań, Praga-Północ, praca od zaraz", "pl", "PL"),
        ("Kasjer na Pradze Południe, umowa o pracę od zaraz", "pl", "PL"),
        ("Sprzątaczka do biura na Pradze w Warszawie, umowa zlecenie", "pl", "PL"),
        ("Kelnerka Warszawa Praga Południe, umowa o pracę", "pl", "PL"),
        ("Kucharz do restauracji w Pradze, mieszkanie zapewnione", "pl", "CZ"),
        ("Praga, Czechy: praca w magazynie od zaraz", "pl", "CZ"),
        ("Склад, Варшава, Прага Південь, шукаємо пакувальників", "uk", "PL"),
        ("Уборщица, Прага-Полуднє, работа каждый день", "ru", "PL"),
        ("Пакувальники на склад у Празі, житло надаємо", "uk", "CZ"),
        ("Покоївка в готель, 18 тис.грн, проживання безкоштовне", "uk", "UA"),
        ("Ospătar la mare, 6 mii lei net, cazare asigurată", "ro", "RO"),
        ("Zimmermädchen gesucht, CHF 3'706.– brutto im Monat", "de", "CH"),
        ("Ieškome vairuotojų, PLN 6000 per mėnesį", "lt", "PL"),
    ],
)
def test_districts_of_warsaw_and_money_tell_the_country(text: str, language: str, country: str) -> None:
    assert _place(text, language).work_country == country


@pytest.mark.parametrize(
    ("text", "language", "country"),
    [
        ("Шукаємо працівників на роботу в Німеччину, виїзд щотижня", "uk", "DE"),
        ("їду в польщу на роботу, візьму людей з собою", "uk", "PL"),
        ("Требуются рабочие на завод в Чехии, жильё бесплатно", "ru", "CZ"),
        ("Praca w Niemczech przy zbiorach truskawek od zaraz", "pl", "DE"),
        ("Angajăm zidari pentru muncă în Germania, cazare asigurată", "ro", "DE"),
        ("Търсим жени за гледане на баба в Италия, заплата по договаряне", "bg", "IT"),
        ("Wir suchen Pflegekräfte für die Schweiz, Unterkunft gestellt", "de", "CH"),
        ("Práce v Rakousku pro řidiče, ubytování zdarma", "cs", "AT"),
        ("Hľadáme opatrovateľky do Nemecka, nástup ihneď", "sk", "DE"),
        ("Munka Németországban, szállás biztosított, azonnali kezdés", "hu", "DE"),
        ("Se buscan camareras para trabajar en Alemania", "es", "DE"),
        ("Hotel staff wanted in Cyprus, flights paid", "en", "CY"),
        ("Робота 🇨🇿 склад, 190 на годину, хто їде", "uk", "CZ"),
        ("Работник на сортировку, жильё 150зл в месяц, опыт не нужен", "ru", "PL"),
    ],
)
def test_work_country_in_every_language(text: str, language: str, country: str) -> None:
    assert _place(text, language).work_country == country


def test_city_and_span() -> None:
    text = "Доглядальниці в Італію (Неаполь, Барі), зарплата 1100 євро"
    place = _place(text, "uk")
    assert (place.work_country, place.city, place.abroad) == ("IT", "Naples", True)
    assert place.span is not None
    assert text[place.span.start : place.span.end] == "Італію"


@pytest.mark.parametrize(
    ("text", "language", "origins", "country"),
    [
        ("Se buscan chicas de Paraguay y Bolivia para familias de Madrid", "es", ("PY", "BO"), "ES"),
        ("Hledáme Čechy a Slováky do hotelu ve Vientiane v Laosu", "cs", ("CZ", "SK"), "LA"),
        ("Praca dla Ukrainek w Warszawie, sprzątanie biur", "pl", ("UA",), "PL"),
        ("Кімната для дівчини з України у Кракові", "uk", ("UA",), "PL"),
    ],
)
def test_whose_people_are_sought(text: str, language: str, origins: tuple[str, ...], country: str) -> None:
    place = _place(text, language)
    assert place.origins == origins
    assert place.work_country == country
    assert place.abroad is True


def test_language_skills_and_passports_are_no_places() -> None:
    place = _place("Wymagana znajomość języka niemieckiego, obywatelstwo polskie, praca od zaraz", "pl")
    assert place.work_country is None
    assert place.abroad is None


def test_the_posts_own_country_is_home_to_its_language() -> None:
    place = _place("Sprzątanie biur, umowa zlecenie, praca rano", "pl", country="PL", city="Opole")
    assert (place.work_country, place.city, place.abroad) == ("PL", "Opole", False)


def test_a_title_that_says_abroad_beats_the_platforms_own_country() -> None:
    place = _place("Збір полуниці, житло надаємо", "uk", country="UA", title="Робота в Німеччині на збір полуниці")
    assert (place.work_country, place.abroad) == ("DE", True)


def test_clients_abroad_do_not_move_the_work() -> None:
    text = "Obsługa klientów z Niemiec i Austrii. Biuro w Krakowie, praca na miejscu w centrum miasta."
    place = _place(text, "pl", country="PL")
    assert (place.work_country, place.abroad) == ("PL", False)


def test_the_way_of_a_transport() -> None:
    text = "Minibus from Lublin to Prague tonight, 3 seats"
    assert _place(text, "en", kind="transport").work_country == "CZ"


def test_a_country_in_the_city_field_is_read() -> None:
    place = _place("Praca przy produkcji okien, zakwaterowanie", "pl", city="Niemcy")
    assert (place.work_country, place.city, place.abroad) == ("DE", None, True)


def test_english_alone_does_not_tell_whether_it_is_abroad() -> None:
    assert _place("Warehouse worker in Poland, accommodation provided", "en").abroad is None
    assert _place("Warehouse worker in Poland, call +44 20 7946 0172", "en").abroad is True


def test_countries_of_contacts() -> None:
    place = _place("Робота в Польщі, тел. +380671234567 або +48500600700", "uk")
    assert place.contact_countries == ("PL", "UA")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Biuro przy Al. Jerozolimskich 151, praca na magazynie", "pl"),
        ("Офис: улица Парижской коммуны 4", "ru"),
        ("ул. Лондон 5, работа в магазин", "bg"),
        ("Str. Londra nr. 5, căutăm bucătar", "ro"),
        ("Oficina en calle Londres 12", "es"),
        ("Iroda: Párizsi utca 3", "hu"),
        ("Pařížská ulice 10, práce v kuchyni", "cs"),
        ("Office at 12 Paris Street", "en"),
        ("Must be able to lift 40 pounds. Apply today.", "en"),
        ("Carry bags of up to 50 pounds", "en"),
    ],
)
def test_streets_and_weights_name_no_country(text: str, language: str) -> None:
    assert _place(text, language).work_country is None


def test_tenge_tell_the_country_as_other_money_does() -> None:
    assert _place("Зарплата 250 000 тг, работа вахтой", "ru").work_country == "KZ"
    assert _place("Работа вахтой, пишите 8 тг: @aigul", "ru").work_country is None


@pytest.mark.parametrize("hostile", ["в Польшу ", "Polska ", "1 zl", "🇨🇿", "new ", "a", "from Paraguay and Bolivia "])
def test_hostile_text_stays_fast(hostile: str) -> None:
    def work_on(length: int) -> Work:
        read = document((hostile * length)[:length], "uk")
        return lambda: read_place(read, ())

    assert_grows_in_proportion(work_on, 20_000)
