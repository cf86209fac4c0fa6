"""Contacts as adverts write them: telephones in any writing, disguised addresses, messengers, accounts, registers."""

from __future__ import annotations

import pytest

from screening.signals.contacts import read_contacts
from screening.signals.employer import read_employer
from tests.unit.signals.short_posts import document

COUNTRIES = {
    "en": "GB", "pl": "PL", "uk": "UA", "ru": "RU", "de": "DE", "cs": "CZ", "sk": "SK", "ro": "RO", "hu": "HU", "es": "ES", "bg": "BG",
}  # fmt: skip
CONTACTS: list[tuple[str, str, set[tuple[str, str]]]] = [
    ("en", "Call +44 7911 123456 or 0044 20 7946 0123.", {("phone", "+447911123456"), ("phone", "+442079460123")}),
    ("en", "Write to name (at) mail dot com", {("email", "name@mail.com")}),
    ("en", "E-mail: jobs[at]farm-work[dot]co[dot]uk", {("email", "jobs@farm-work.co.uk")}),
    ("en", "jobs AT hotelwork DOT eu", {("email", "jobs@hotelwork.eu")}),
    ("en", "join t.me/dubai_jobs_now", {("telegram", "dubai_jobs_now")}),
    ("en", "https://t.me/+AbCdEf123456", {("telegram", "abcdef123456")}),
    ("en", "WhatsApp: +44 (0)7911 123 456", {("whatsapp", "+447911123456")}),
    ("en", "wa.me/447911123456", {("whatsapp", "+447911123456")}),
    ("en", "plus four four seven nine one one one two three four five six", {("phone", "+447911123456")}),
    ("en", "IBAN GB29 NWBK 6016 1331 9268 19", {("iban", "GB29NWBK60161331926819")}),
    (
        "en",
        "Send BTC to bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
        {("wallet", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq")},
    ),
    ("en", "USDT TRC20: TJRabPrwbZy45sbavfcjinPJC18kjpRTv8", {("wallet", "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8")}),
    ("en", "tg: @maria_work", {("telegram", "maria_work")}),
    ("en", "Telegram maria_work", {("telegram", "maria_work")}),
    ("en", "insta @work.abroad.team", {("instagram", "work.abroad.team")}),
    ("pl", "tel. 600-123-456", {("phone", "+48600123456")}),
    ("pl", "zadzwoń: 600 123 456 lub 22 628 01 20", {("phone", "+48600123456"), ("phone", "+48226280120")}),
    ("pl", "mail: praca(małpa)agencja.pl", {("email", "praca@agencja.pl")}),
    ("pl", "kontakt małpa firma kropka pl", {("email", "kontakt@firma.pl")}),
    ("pl", "sześć zero zero jeden dwa trzy cztery pięć sześć", {("phone", "+48600123456")}),
    ("pl", "IBAN PL61 1090 1014 0000 0712 1981 2874", {("iban", "PL61109010140000071219812874")}),
    ("uk", "тел. 067-123-45-67, вайбер той самий", {("phone", "+380671234567"), ("viber", "+380671234567")}),
    ("uk", "Viber 0671234567", {("viber", "+380671234567")}),
    ("uk", "(067) 123 45 67 Оля", {("phone", "+380671234567")}),
    ("uk", "телеграм @robota_eu", {("telegram", "robota_eu")}),
    ("uk", "0 6 7 1 2 3 4 5 6 7", {("phone", "+380671234567")}),
    ("ru", "звоните 8 (912) 345-67-89", {("phone", "+79123456789")}),
    ("ru", "почта rabota собака mail точка ru", {("email", "rabota@mail.ru")}),
    ("ru", "телега: @work_eu", {("telegram", "work_eu")}),
    ("ru", "ватсап 89123456789", {("whatsapp", "+79123456789")}),
    ("ru", "восемь девять один два три четыре пять шесть семь восемь девять", {("phone", "+79123456789")}),
    ("de", "Tel. 0151 / 123 456 78", {("phone", "+4915112345678")}),
    ("de", "Mail an jobs (ät) hotel (punkt) de", {("email", "jobs@hotel.de")}),
    ("de", "+49 (0) 30 901820", {("phone", "+4930901820")}),
    ("de", "IBAN DE89 3704 0044 0532 0130 00", {("iban", "DE89370400440532013000")}),
    ("cs", "tel.: 601 123 456", {("phone", "+420601123456")}),
    ("cs", "prace (zavináč) firma (tečka) cz", {("email", "prace@firma.cz")}),
    ("sk", "mob. 0901 123 456", {("phone", "+421901123456")}),
    ("sk", "praca zavináč firma bodka sk", {("email", "praca@firma.sk")}),
    ("ro", "sunați la 0722.123.456", {("phone", "+40722123456")}),
    ("ro", "munca arond firma punct ro", {("email", "munca@firma.ro")}),
    ("hu", "Tel: 06 30 123 4567", {("phone", "+36301234567")}),
    ("hu", "munka kukac ceg pont hu", {("email", "munka@ceg.hu")}),
    ("es", "llama al 611 22 33 44", {("phone", "+34611223344")}),
    ("es", "trabajo arroba empresa punto es", {("email", "trabajo@empresa.es")}),
    ("bg", "тел. 0888 123 456", {("phone", "+359888123456")}),
    ("bg", "работа: rabota маймунка firma точка bg", {("email", "rabota@firma.bg")}),
    ("en", "Signal +44 7911 123456", {("signal", "+447911123456")}),
    ("de", "Tel. 030/90 18 20", {("phone", "+4930901820")}),
    ("pl", "tel. 600 123 456 / 700 123 456", {("phone", "+48600123456"), ("phone", "+48700123456")}),
]


@pytest.mark.parametrize(("language", "text", "expected"), CONTACTS)
def test_a_contact_is_read_however_it_is_written(language: str, text: str, expected: set[tuple[str, str]]) -> None:
    found = {
        (contact.kind, contact.value)
        for contact in read_contacts(document(text, language, country=COUNTRIES[language]))
    }
    assert expected <= found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We meet at noon, dot your forms and be on time."),
        ("de", "Schicht 1 / 2 / 3, Arbeitszeit 06:00 / 14:00."),
        ("de", "0,5 / 1 Stelle, 02 / 2026 bis 12 / 2026"),
        ("pl", "Widełki 4000 / 4500 / 5000 zł"),
        ("sk", "Zavináč na pult a bodka za dňom."),
        ("ro", "Am un arond mare și punct."),
        ("bg", "Търсим момиче за зоопарк, храни маймунка вечер."),
        ("es", "Una arroba de trigo son 11 kilos."),
    ],
)
def test_what_is_no_contact(language: str, text: str) -> None:
    assert read_contacts(document(text, language, country=COUNTRIES[language])) == ()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("uk", "ЄДРПОУ 14360570", ("EDRPOU", "14360570")),
        ("uk", "код ЄДРПОУ: 1436 0570", ("EDRPOU", "14360570")),
        ("pl", "KRAZ 12345", ("KRAZ", "12345")),
        ("pl", "nr wpisu do KRAZ: 9876", ("KRAZ", "9876")),
        ("pl", "NIP 5260250995", ("NIP", "5260250995")),
        ("cs", "IČ 270 74 358", ("IČO", "27074358")),
        ("sk", "IČO 35697270", ("IČO", "35697270")),
        ("ro", "CUI RO 14399840", ("CUI", "14399840")),
        ("ro", "C.U.I.: 14399840", ("CUI", "14399840")),
        ("de", "HRB 12345 B, Amtsgericht Berlin", ("HRB", "HRB12345B")),
        ("es", "C.I.F.: A58818501", ("CIF", "A58818501")),
        ("bg", "ЕИК: 831 902 088", ("EIK", "831902088")),
        ("bg", "БУЛСТАТ 831902088", ("EIK", "831902088")),
        ("hu", "Cégjegyzékszám: 01-09-123456", ("HU company register", "01-09-123456")),
        ("en", "Company number 01234567", ("UK company number", "01234567")),
    ],
)
def test_a_register_number_is_read_however_it_is_written(language: str, text: str, expected: tuple[str, str]) -> None:
    assert expected in read_employer(document(text, language, country=COUNTRIES[language]), ()).registration
