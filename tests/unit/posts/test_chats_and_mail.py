from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.posts.free_text import guess_kind, is_seeker
from screening.posts.read_item import LeftOut, ReadPost, Refused
from screening.posts.reading import read_payload, recognise

from .fixtures import FIXTURES, left_out, posts, read_fixture


@pytest.mark.parametrize(
    ("name", "format_name"),
    [
        ("telegram.json", "telegram_export"),
        ("whatsapp_android.txt", "whatsapp_export"),
        ("whatsapp_ios.txt", "whatsapp_export"),
        ("offer.eml", "email_message"),
    ],
)
def test_each_is_recognised(name: str, format_name: str) -> None:
    assert recognise((FIXTURES / name).read_bytes()) == format_name


def test_telegram() -> None:
    items = read_fixture("telegram.json")
    job, picture, lift = posts(items)
    assert job.id == "100200300-2"
    assert job.description == "Потрібні пакувальниці, Польща. Пишіть: сюди або +380 50 000 00 01"
    assert job.contacts == ("https://t.me/example_contact",)
    assert job.posted_at == datetime(2026, 1, 2, 8, tzinfo=UTC)
    assert job.extra["forwarded_from"] == "Another channel"
    assert picture.images == ("photos/photo_1.jpg",)
    assert not picture.description
    assert lift.kind == "transport"
    assert lift.description.endswith("вік < 50 не важливий")
    assert [item.id for item in left_out(items)] == ["100200300-1", "100200300-4", "100200300-5"]


def test_a_whole_telegram_account() -> None:
    chat = {
        "name": "A",
        "type": "private_group",
        "id": 1,
        "messages": [{"id": 9, "type": "message", "date": "2026-01-01T00:00:00", "text": "Cooks wanted"}],
    }
    assert [post.id for post in posts(list(read_payload({"chats": {"list": [chat, {**chat, "id": 2}]}})))] == [
        "1-9",
        "2-9",
    ]


def test_whatsapp_on_android() -> None:
    items = read_fixture("whatsapp_android.txt")
    offer, picture = posts(items)
    assert offer.description == "Потрібна дівчина на роботу.\nЖитло даємо.\n\nПисати сюди"
    assert offer.posted_at == datetime(2026, 3, 12, 14, 6, tzinfo=UTC)
    assert offer.contacts == ("+380 50 000 00 02",)
    assert picture.images == ("IMG-20260313-WA0001.jpg",)
    assert len(left_out(items)) == 4


def test_whatsapp_on_ios() -> None:
    items = read_fixture("whatsapp_ios.txt")
    offer, picture, room = posts(items)
    assert offer.description == "We need two cleaners in Vienna: start now"
    assert offer.posted_at == datetime(2026, 3, 12, 14, 5, 33, tzinfo=UTC)
    assert picture.images == ("00000002-PHOTO-2026-03-12.jpg",)
    assert (room.kind, room.posted_at) == ("accommodation", datetime(2026, 3, 31, 0, 0, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("lines", "moment"),
    [
        (["25/12/2025, 10:00 - A: x", "1/2/2026, 10:00 - A: y"], datetime(2026, 2, 1, 10, tzinfo=UTC)),
        (["12/25/25, 10:00 AM - A: x", "1/2/26, 9:05 PM - A: y"], datetime(2026, 1, 2, 21, 5, tzinfo=UTC)),
        (["2026-01-31, 10:00 - A: x", "2026-02-01, 10:00 - A: y"], datetime(2026, 2, 1, 10, tzinfo=UTC)),
        (["[01.01.26, 10:00:00] A: x", "[01.02.26, 10:00:00] A: y"], datetime(2026, 2, 1, 10, tzinfo=UTC)),
        (["1/1/26, 12:30 AM - A: x", "1/2/26, 12:30 AM - A: y"], datetime(2026, 1, 2, 0, 30, tzinfo=UTC)),
    ],
)
def test_whatsapp_dates_in_their_many_forms(lines: list[str], moment: datetime) -> None:
    assert posts(list(read_payload("\n".join(lines), format="whatsapp_export")))[-1].posted_at == moment


def test_an_exported_chat_keeps_its_ids() -> None:
    first, second = read_fixture("whatsapp_ios.txt"), read_fixture("whatsapp_ios.txt")
    assert [post.id for post in posts(first)] == [post.id for post in posts(second)]


def test_mail() -> None:
    (post,) = posts(read_fixture("offer.eml"))
    assert post.title == "Робота в Німеччині"
    assert post.description == "Потрібні працівники на склад."
    assert post.contacts == ("apply@example.net", "recruiter@example.com", "https://t.me/example_hr")
    assert post.images == ("poster.jpg",)
    assert post.hidden_text == "secret code 77"
    assert post.posted_at == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert "witness" not in repr(post)


def test_whoever_forwards_a_mail_is_not_its_author() -> None:
    mail = b"From: Witness <witness@example.org>\nSubject: Fwd: Job\nMIME-Version: 1.0\n\nWe need packers, call +48 600 000 001\n"
    (post,) = posts(list(read_payload(mail)))
    assert post.poster is None
    assert "witness" not in repr(post)
    inner = b"From: boss@example.com\nSubject: Packers\n\nCome to Kassel\n"
    wrapped = (
        b"From: witness@example.org\nSubject: see this\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nLook\n--b\nContent-Type: message/rfc822\n\n"
        + inner
        + b"\n--b--\n"
    )
    (post,) = posts(list(read_payload(wrapped)))
    assert (post.title, post.description, post.contacts) == ("Packers", "Come to Kassel", ("boss@example.com",))


@pytest.mark.parametrize(
    "mail",
    [
        b"Subject: x\nContent-Type: text/plain; charset=klingon\n\nWork \xff here\n",
        b"Subject: =?utf-8?b?!!!?=\nDate: never\nFrom: @@@\n\nWork here\n",
        b"Subject: x\nContent-Type: multipart/mixed\n\nWork here\n",
        b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
        + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 500,
        b"Subject: x\nContent-Transfer-Encoding: base64\n\n!!!!\n",
        b"Content-Type: text/html\nSubject: y\n\n" + b"<div>" * 50_000,
        b"Subject: x\nFrom: " + b"a@b," * 60_000 + b"\n\nWork here\n",
        b"Subject: x\nFrom: " + b"a@b," * 600_000 + b"\n\nWork here\n",
        b"Subject: " + b"=?utf-8?q?a?= " * 15_000 + b"\n\nWork here\n",
    ],
)
def test_malformed_mail_never_crashes(mail: bytes) -> None:
    (item,) = read_payload(mail, format="email_message")
    assert isinstance(item, ReadPost | LeftOut | Refused)


@given(st.binary(max_size=300))
def test_any_bytes_as_mail(content: bytes) -> None:
    (item,) = read_payload(b"Subject: Work\nContent-Type: text/html\n" + content, format="email_message")
    assert isinstance(item, ReadPost | LeftOut | Refused)


def test_pasted_text_and_html() -> None:
    (post,) = posts(list(read_payload("Потрібні швачки.\nОплата щодня, < 8 годин", format="pasted_text")))
    assert post.description == "Потрібні швачки.\nОплата щодня, < 8 годин"
    assert post.id.startswith("text-")
    (post,) = posts(list(read_payload("<p>Seamstresses <b>wanted</b></p>", format="pasted_text")))
    assert post.description == "Seamstresses wanted"


@pytest.mark.parametrize(
    "text",
    [
        "Шукаю роботу у Варшаві", "Добрий день! Шукаю будь-яку роботу з житлом", "Ищу работу няней", "Мы семья, ищем квартиру в Праге", "Szukam pracy od zaraz",
        "Witam, poszukuję pracy w Niemczech", "Podejmę każdą pracę", "Caut de lucru în construcții", "Търся работа в Германия", "Hledám práci v Brně",
        "Munkát keresek Bécsben", "Busco trabajo de cuidadora", "Ich suche Arbeit als Fahrer", "Hi, I am looking for a job in Berlin", "Сниму комнату в Киеве",
    ],
)  # fmt: skip
def test_people_who_seek_are_no_offers(text: str) -> None:
    assert is_seeker(text)


@pytest.mark.parametrize(
    "text",
    [
        "Шукаємо працівників на склад",
        "Ищу девушку на работу",
        "Шукаю дівчину на роботу",
        "Szukam dziewczyny do pracy",
        "I am looking for girls for work",
        "Suche Mädchen für Arbeit",
        "Caut fete pentru serviciu", "Ищем девушек для работы за границей", "Szukamy pracowników", "Szukam pracownika do zbiorów", "Ищу работницу по дому",
        "Шукаю помічницю, робота з проживанням", "Шукаєш роботу? Пиши нам", "Szukasz pracy? Zadzwoń", "Szukam pracy? Nie musisz, zadzwoń do nas", "Ищу работу? Больше не надо",
        "Надоело писать «ищу работу»? Приходи к нам", "Caut fete pentru lucru în Italia", "Suchen Sie Arbeit? Wir bieten Stellen", "Are you looking for a job? Write to us",
        "We are looking for cleaners", "Шукаю роботу не треба — потрібні люди на завод", "Busco chicas para trabajo", "", "Ищем работников",
    ],
)  # fmt: skip
def test_offers_in_the_words_of_seeking_stay_offers(text: str) -> None:
    assert not is_seeker(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Здам кімнату у Львові, 5000 грн", "accommodation"), ("Сдается квартира, Одесса", "accommodation"), ("Pokój dla dwóch osób, 900 zł", "accommodation"),
        ("Zimmer frei in Leipzig", "accommodation"), ("Стая в Пловдив, 200 евро", "accommodation"), ("Кімната для жінки, Кошице", "accommodation"),
        ("Room attendant in Salzburg", "job"), ("Уборка квартиры по выходным", "job"), ("Room cleaning, 12 euro an hour", "job"),
        ("Van Lviv to Vienna on Friday, 4 seats", "transport"), ("Bus driver, 20 seats, Graz", "job"), ("Kierowca, przewóz osób w Krakowie", "job"), ("Room for rent near the centre", "accommodation"), ("Пасажирські перевезення Київ – Прага", "transport"),
        ("Еду завтра Киев – Варшава, есть места", "transport"), ("Free lift to the Polish border for women", "transport"), ("Przewóz osób Polska–Niemcy", "transport"),
        ("Робота в Польщі, житло надаємо", "job"), ("Praca w Holandii, zakwaterowanie i transport", "job"), ("Work in Germany, free ride to work", "job"), ("", "job"),
    ],
)  # fmt: skip
def test_the_kind_of_a_free_text(text: str, kind: str) -> None:
    assert guess_kind(text) == kind
