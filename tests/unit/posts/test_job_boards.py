"""Readers of job boards and recruiting systems, each with a payload in its own shape."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from screening.posts.post import Salary
from screening.posts.reading import read_payload, recognise

from .fixtures import FIXTURES, left_out, posts, read_fixture


@pytest.mark.parametrize(
    "name", ["olx", "hh", "greenhouse", "lever", "workable", "smartrecruiters", "ashby", "recruitee"]
)
def test_each_board_is_recognised_whole_and_by_one_item(name: str) -> None:
    content = (FIXTURES / f"{name}.json").read_bytes()
    assert recognise(content) == name


def test_olx() -> None:
    items = read_fixture("olx.json")
    post, removed = posts(items)
    assert (post.title, post.country, post.city, post.language) == ("Pakowanie kosmetyków", "PL", "Łódź", "pl")
    assert post.description == "Przykładowa firma zatrudni osoby do pakowania.\nUmowa zlecenie."
    assert post.salary == Salary(min=30.5, currency="PLN", period="hour")
    assert post.contract == "Umowa zlecenie"
    assert post.poster is not None
    assert (post.poster.id, post.poster.kind) == ("pl_9001", "business")
    assert removed.status == "withdrawn"
    assert removed.salary is None
    assert [(item.index, item.id) for item in left_out(items)] == [(1, "pl_900000002")]


def test_hh() -> None:
    cut, whole = posts(read_fixture("hh.json"))
    assert cut.description == "Упаковка товара.\nОпыт не нужен. Внимательность."
    assert cut.truncated
    assert cut.salary == Salary(min=60000, max=80000, currency="RUB", period="month", basis="net")
    assert (cut.city, cut.company, cut.language) == ("Москва", "Пример-Логистика", "ru")
    assert not whole.truncated
    assert whole.salary == Salary(min=5000, currency="KZT", period="shift", basis="gross")
    assert (whole.country, whole.city, whole.status) == ("KZ", "", "withdrawn")
    assert whole.contacts == ("anna@example.com", "+7 700 0000001")


def test_greenhouse() -> None:
    lead, title_only = posts(read_fixture("greenhouse.json"))
    assert lead.description == "Lead & plan shifts.\n• Forklift licence"
    assert (lead.id, lead.city, lead.country, lead.category, lead.company) == (
        "5001",
        "Gdańsk",
        "PL",
        "Logistics",
        "Example Freight",
    )
    assert lead.salary == Salary(text="Monthly pay", min=9000, max=11000, currency="PLN")
    assert title_only.truncated
    assert (title_only.city, title_only.country) == ("Austin, CA", None)


def test_lever() -> None:
    (post,) = posts(read_fixture("lever.json"))
    assert (
        post.description
        == "We run small hotels.\nFamily business.\nWhat you need\n• German\n• Patience\nTips < 10 % of pay."
    )
    assert post.salary == Salary(min=2100, max=2400, currency="EUR", period="month")
    assert (post.country, post.city, post.posted_at) == ("AT", "Vienna", datetime(2026, 1, 1, tzinfo=UTC))


def test_workable() -> None:
    (post,) = posts(read_fixture("workable.json"))
    assert (post.id, post.company, post.country, post.city) == ("BAK001", "Example Foods", "RO", "Cluj-Napoca")
    assert post.description == "Bake bread.\n\n• Early riser"


def test_ashby() -> None:
    cook, hidden = posts(read_fixture("ashby.json"))
    assert (cook.country, cook.city, cook.contract, cook.category) == ("GB", "Leeds", "FullTime", "Kitchen")
    assert cook.description == "Cook on the line.\nFour shifts a week."
    assert cook.salary == Salary(text="£12.60 an hour")
    assert hidden.status == "withdrawn"


def test_recruitee() -> None:
    picker, draft = posts(read_fixture("recruitee.json"))
    assert picker.description == "Pick orders.\n\n• Steady hands"
    assert picker.salary == Salary(min=14, max=15.5, currency="EUR", period="hour")
    assert (picker.country, picker.city, draft.status) == ("NL", "Venlo", "withdrawn")
    assert picker.expires_at == datetime(2026, 4, 30, 23, 59, tzinfo=UTC)


def test_smartrecruiters() -> None:
    (post,) = posts(read_fixture("smartrecruiters.json"))
    assert (post.title, post.company, post.country, post.contract) == (
        "Room Attendant",
        "Example Hotels",
        "AT",
        "Seasonal",
    )
    assert post.description == "The job\nClean rooms.\nYou\n• Reliable"


@pytest.mark.parametrize(
    "name",
    [
        "olx",
        "hh",
        "greenhouse",
        "lever",
        "workable",
        "smartrecruiters",
        "ashby",
        "recruitee",
        "generic",
        "telegram_export",
    ],
)
@pytest.mark.parametrize(
    "payload", [[], [None], [[]], ["x"], [5], {}, {"data": [1]}, {"jobs": [None]}, {"messages": [None], "type": "x"}]
)
def test_wrong_shapes_refuse_the_item_and_never_crash(name: str, payload: object) -> None:
    for item in read_payload(payload, format=name):  # type: ignore[arg-type]
        assert not hasattr(item, "post")
