"""The employer: a legal name, a clearly named body, register numbers that hold; never a first name with a phone."""

from __future__ import annotations

import pytest

from screening.signals.contacts import read_contacts
from screening.signals.employer import read_employer
from screening.signals.found import Employer
from tests.growth import Work, assert_grows_in_proportion
from tests.unit.signals.short_posts import document


def _employer(text: str = "", **fields: str) -> Employer:
    read = document(text, **fields)
    return read_employer(read, read_contacts(read))


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("Sklady Brodek s.r.o., +420 000 000 001", "Sklady Brodek", "s.r.o."),
        ("dla Dobra Praca Sp. z o.o. w Opolu", "Dobra Praca", "Sp. z o.o."),
        ("Ruhrpost Logistik GmbH, Essen", "Ruhrpost Logistik", "GmbH"),
        ("„Рурпост Логистик“ ГмбХ, Есен", "Рурпост Логистик", "ГмбХ"),
        ("Запрошує ТОВ «Добра Праця»", "Добра Праця", "ТОВ"),
        ('ООО "Альфа" ищет сотрудников', "Альфа", "ООО"),
        ("ИП Петренко", "Петренко", "ИП"),
        ("la oficina de Siam Reservas Co., Ltd. en Bangkok", "Siam Reservas", "Co., Ltd."),
        ("a Hársfa Gondozó Kft. keres", "Hársfa Gondozó", "Kft."),
        ("координаторка кооперативу Sole Caro", "Sole Caro", None),
        ("pedimos desde la ONG Red Yvoty. Promete 2.500 euros", "Red Yvoty", None),
        ("Hotel Slunce na Mekongu, práce", "Slunce na Mekongu", None),
    ],
)
def test_names_in_the_text(text: str, name: str, form: str | None) -> None:
    employer = _employer(text)
    assert employer.name == name
    assert employer.legal_form == form
    assert employer.span is not None
    assert name in text[employer.span.start : employer.span.end]


@pytest.mark.parametrize(
    "text",
    [
        "Шукаю дівчат на роботу, дзвоніть, Оксана +380 00 000 00 02",
        "Suntem o firmă mică de familie din Suceava. Dorel, 0721 234 567",
        "Firma oferuje stabilne zatrudnienie",
        "Dla naszego klienta Volta Logistics Sp. z o.o. szukamy kierowców",
        "Hotel Manager wanted",
    ],
)
def test_nobody_is_named(text: str) -> None:
    assert _employer(text).name is None


def test_the_company_field_comes_first_and_its_form_is_read() -> None:
    employer = _employer("ТОВ «Інша» поруч", company="Volta Trans Sp. z o.o.")
    assert (employer.name, employer.legal_form) == ("Volta Trans Sp. z o.o.", "Sp. z o.o.")
    assert employer.span is not None
    assert (employer.span.field, employer.span.start) == ("company", 0)


@pytest.mark.parametrize("company", ["Confidential", "osoba prywatna", "Klient portalu X", "-", "Частное лицо", "..."])
def test_a_company_field_may_name_nobody(company: str) -> None:
    assert _employer("Робота", company=company).name is None


@pytest.mark.parametrize(
    ("text", "registration", "licence"),
    [
        ("Manpower (Agencja zatrudnienia nr 412) to firma", ("KRAZ", "412"), True),
        ("agencja zatrudnienia - nr certyfikatu 16 570", ("KRAZ", "16570"), True),
        ("wpisana do KRAZ pod numerem 15357", ("KRAZ", "15357"), True),
        ("Certyfikat ISO 9001", None, False),
        ("NIP: 527-010-33-91", ("NIP", "527-010-33-91"), False),
        ("NIP: 527-010-33-92", None, False),
        ("ЄДРПОУ 14360570", ("EDRPOU", "14360570"), False),
        ("IČO: 27082440", ("IČO", "27082440"), False),
        ("IČO: 27082441", None, False),
        ("HRB 12345 München", ("HRB", "HRB12345"), False),
        ("ЕИК 831641791", ("EIK", "831641791"), False),
        ("ИНН 7707083893", ("INN", "7707083893"), False),
        ("ИНН 7707083894", None, False),
        ("CIF A28015865", ("CIF", "A28015865"), False),
        ("Cégjegyzékszám: 01-09-123456", ("HU company register", "01-09-123456"), False),
        ("Ліцензія МСПУ АЕ № 123456", ("UA licence", "123456"), True),
    ],
)
def test_register_numbers(text: str, registration: tuple[str, str] | None, licence: bool) -> None:
    employer = _employer(text)
    assert employer.registration == ((registration,) if registration else ())
    assert employer.agency_licence is licence


@pytest.mark.parametrize(
    "hostile", ["A", "A ", "Aa ", "Hotel ", '"A', "ТОВ ", "KRAZ nr ", "1", "A & B ", "A.", "agencja pracy nr "]
)
def test_hostile_text_stays_fast(hostile: str) -> None:
    def work_on(length: int) -> Work:
        read = document((hostile * length)[:length])
        return lambda: read_employer(read, ())

    assert_grows_in_proportion(work_on, 20_000)
