"""Contacts: found in any writing, with exact spans, never in prose, and fast on hostile text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.signals.contacts import read_contacts, shortens
from tests.growth import Work, assert_grows_in_proportion
from tests.unit.signals.short_posts import document


def _found(text: str, language: str = "uk") -> list[tuple[str, str]]:
    return sorted((contact.kind, contact.value) for contact in read_contacts(document(text, language)))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Дзвоніть 067-123-45-67", "uk", [("phone", "+380671234567")]),
        ("Телефон: 0 6 7 1 2 3 4 5 6 7", "uk", [("phone", "+380671234567")]),
        ("тел 0️⃣6️⃣7️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣", "uk", [("phone", "+380671234567")]),
        ("Дзвоніть: нуль шість сім один два три чотири п'ять шість сім", "uk", [("phone", "+380671234567")]),
        ("Zadzwoń: 500 600 700 / 600 700 800", "pl", [("phone", "+48500600700"), ("phone", "+48600700800")]),
        ("Kontakt 0048 500 600 700", "pl", [("phone", "+48500600700")]),
        ("Dorel, 0721 234 567", "ro", [("phone", "+40721234567")]),
        ("Kontakt w sprawie pracy: (0-43) 843 45 10", "pl", [("phone", "+48438434510")]),
        ("biuro czynne codziennie, (0-22) 843 45 10", "pl", [("phone", "+48228434510")]),
        (
            "Zadzwoń po południu: 0-502 123 456 albo 0 602 123 456",
            "pl",
            [("phone", "+48502123456"), ("phone", "+48602123456")],
        ),
        (
            "Munkásszálló Kecskemét, tel.: 76/123-456, 06-70/123-45-67",
            "hu",
            [("phone", "+36701234567"), ("phone", "+3676123456")],
        ),
        ("Kiralık oda, 0532 123 45 67", "tr", [("phone", "+905321234567")]),
        ("Nuomojamas kambarys, skambinti 8 612 34567", "lt", [("phone", "+37061234567")]),
        ("Text Marek, +48 500 000 112", "en", [("phone", "+48500000112")]),
        ("Oksana +380 00 000 00 02", "uk", [("phone", "+380000000002")]),
    ],
)
def test_phones_in_any_writing(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert _found(text, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Zarobki 4 500 - 5 500 PLN, start 12.03.2026 - 15.04.2026",
        "Praca w latach 2019-2025, zmiany 08:00-16:00",
        "Prosimy o kontakt od pon-pt w godz 9.00-17.00 pod numerem z ogłoszenia",
        "Kontakt 12.03.2026-15.04.2026, godz. 8.00 - 16.30",
        "NIP 525-234-40-78, REGON 140517018, KRS 0000123456",
        "Numer referencyjny: 123456789",
        "Зарплата 35000-45000 грн, 176 годин на місяць",
        "HRB 123456, Nr rejestrowy 000000-013",
    ],
)
def test_other_numbers_are_no_phones(text: str) -> None:
    assert _found(text, "pl") == []


@pytest.mark.parametrize(
    ("text", "value", "freemail"),
    [
        ("Write to Jobs@Example.com.", "jobs@example.com", False),
        ("пишіть name (at) gmail dot com", "name@gmail.com", True),
        ("mail jan.nowak małpa wp kropka pl", "jan.nowak@wp.pl", True),
        ("пошта rabota собака ukr.net", "rabota@ukr.net", True),
        ("cv to anna [at] firma.example", "anna@firma.example", False),
    ],
)
def test_email_plain_and_disguised(text: str, value: str, freemail: bool) -> None:
    contacts = [contact for contact in read_contacts(document(text)) if contact.kind == "email"]
    assert [(contact.value, contact.freemail) for contact in contacts] == [(value, freemail)]


def test_meeting_at_an_hour_is_no_email() -> None:
    assert _found("We meet at ten. Com pany bus leaves at nine dot", "en") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Telegram @Work_Abroad", [("telegram", "work_abroad")]),
        ("телеграм: oksana_job", [("telegram", "oksana_job")]),
        ("T3legram @quickdesk_uk", [("telegram", "quickdesk_uk")]),
        ("https://t.me/work_eu", [("telegram", "work_eu")]),
        ("Пишіть у вайбер", [("viber", "")]),
        ("Вайбър +359 88 123 4567", [("phone", "+359881234567"), ("viber", "+359881234567")]),
        ("wa.me/380671234567", [("whatsapp", "+380671234567")]),
        ("Signal: +49 170 1234567", [("phone", "+491701234567"), ("signal", "+491701234567")]),
        ("instagram @models.abroad", [("instagram", "models.abroad")]),
        ("instagram @models_abroad", [("instagram", "models_abroad")]),
        ("www.facebook.com/Some.Page/", [("facebook", "some.page")]),
        ("Jelentkezni Messengeren lehet", [("facebook", "")]),
    ],
)
def test_messengers_and_networks(text: str, expected: list[tuple[str, str]]) -> None:
    assert _found(text) == expected


@pytest.mark.parametrize(
    "text", ["We never write on WhatsApp.", "Nie rekrutujemy przez Telegram.", "Не пишемо у вайбер"]
)
def test_a_refused_channel_is_no_contact(text: str) -> None:
    assert _found(text) == []


def test_placeholders_stand_for_contacts() -> None:
    text = "Tel. [PHONE], <<EMAIL>>, #URL_0a7c4df3#, [HANDLE]"
    assert _found(text) == [("email", ""), ("phone", ""), ("telegram", ""), ("url", "")]


def test_addresses_bank_accounts_and_wallets() -> None:
    assert _found("https://www.Example.com/Jobs?utm=1") == [("url", "example.com/Jobs")]
    assert _found("PL61 1090 1014 0000 0712 1981 2874") == [("iban", "PL61109010140000071219812874")]
    assert _found("PL62 1090 1014 0000 0712 1981 2874") == []
    assert _found("USDT TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC") == [("wallet", "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC")]


def test_glued_sentences_are_no_addresses() -> None:
    assert _found("You work independently.By joining us you earn $450 per day.No experience.", "en") == []


def test_shorteners_hide_where_they_lead() -> None:
    short, plain = (read_contacts(document(text))[0] for text in ("bit.ly/2abc", "https://example.com/a"))
    assert shortens(short)
    assert not shortens(plain)


def test_the_contacts_field_and_hidden_text_are_read_without_spans() -> None:
    contacts = read_contacts(
        document("Робота", "uk", contacts=("0671234567", "@agent_77"), hidden_text="viber 0501112233")
    )
    assert {(contact.kind, contact.value) for contact in contacts} == {
        ("phone", "+380671234567"), ("telegram", "agent_77"), ("phone", "+380501112233"), ("viber", "+380501112233"),
    }  # fmt: skip
    assert all(contact.span is None for contact in contacts)


def test_a_contact_is_named_once_and_values_stay_out_of_repr() -> None:
    contacts = read_contacts(document("Tel. 500 600 700. Pamiętaj: 500600700", "pl"))
    assert [contact.value for contact in contacts] == ["+48500600700"]
    assert "500600700" not in repr(contacts)


@given(
    before=st.text(alphabet="абвabc .,!😀\u200b\n", max_size=30),
    contact=st.sampled_from(["+380671234567", "jobs@example.com", "@work_abroad", "https://example.com/x"]),
    after=st.text(alphabet=" .,\n", min_size=1, max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_spans_point_at_the_contact_in_the_original(before: str, contact: str, after: str) -> None:
    text = f"{before} {contact}{after}"
    spans = [found.span for found in read_contacts(document(text, "uk")) if found.span]
    assert contact in [text[span.start : span.end] for span in spans]


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_and_spans_lie_inside(text: str) -> None:
    for contact in read_contacts(document(text)):
        assert contact.span is not None
        assert 0 <= contact.span.start < contact.span.end <= len(text)


@pytest.mark.parametrize(
    "hostile",
    [
        "a",
        "1",
        "1 ",
        "a@",
        "a.a",
        "+1",
        "(1",
        "www.",
        "AB12 ",
        "телеграм ",
        "viber +380671234567 ",
        "a at a dot a ",
        "@a.",
        "one ",
    ],
)
def test_hostile_text_stays_fast(hostile: str) -> None:
    def work_on(length: int) -> Work:
        read = document((hostile * length)[:length])
        return lambda: read_contacts(read)

    assert_grows_in_proportion(work_on, 20_000)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Зарплата 250 000 тг в месяц", set()),
        ("Оклад 250000тг, соцпакет", set()),
        ("Доход 300-400 тыс тг", set()),
        ("от 300 000 - 400 000 тг на руки", set()),
        ("1 250 000 тг за вахту", set()),
        ("Зарплата 250 000 тг, пишите в тг @aigul_work", {"telegram"}),
        ("Оплата 5000 тг @aigul_work", {"telegram"}),
        ("Пишите в тг", {"telegram"}),
        ("тг: aigul_work", {"telegram"}),
        ("+7 707 123 45 67 тг", {"phone", "telegram"}),
        ("8 707 123 45 67 (тг)", {"phone", "telegram"}),
        ("Зарплата 200000 tg", set()),
        ("Тел. 600 700 800, tg", {"phone", "telegram"}),
    ],
)
def test_after_an_amount_tenge_and_before_a_handle_telegram(text: str, kinds: set[str]) -> None:
    assert {contact.kind for contact in read_contacts(document(text, "ru"))} == kinds


def test_a_platform_glued_to_the_word_before_is_no_address() -> None:
    assert _found("Wymagane CSS3JSONASP.NET WPF", "pl") == []
