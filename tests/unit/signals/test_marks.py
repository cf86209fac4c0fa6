"""Computed marks: each fact has its name, and a platform's own apply address is not "only a mobile"."""

from __future__ import annotations

from typing import Any

import pytest

from screening.signals.contacts import read_contacts
from screening.signals.employer import read_employer
from screening.signals.marks import computed_marks
from screening.signals.place import read_place
from screening.values.result import Pay, PayCheck, Sector
from tests.unit.signals.short_posts import document


def _marks(
    text: str,
    language: str = "uk",
    *,
    sector: Sector | None = None,
    hours_excess: bool = False,
    pay: Any = "not_stated",
    stated: tuple[Pay, ...] = (),
    **fields: Any,
) -> frozenset[str]:
    read = document(text, language, **fields)
    contacts = read_contacts(read)
    return computed_marks(
        read,
        PayCheck(verdict=pay, stated=stated),
        hours_excess,
        sector,
        read_place(read, contacts),
        contacts,
        read_employer(read, contacts),
    )


@pytest.mark.parametrize(
    ("text", "expected", "absent"),
    [
        ("Робота на складі", {"contact.none"}, {"contact.only_mobile"}),
        ("Телефон +380671234567", {"contact.only_mobile"}, {"contact.messenger", "contact.landline"}),
        ("Пишіть у вайбер", {"contact.only_mobile", "contact.messenger"}, {"contact.none"}),
        ("Подробности в лс", {"contact.only_mobile"}, {"contact.none", "contact.messenger"}),
        ("Хто їде, дзвоніть зараз", {"contact.only_mobile"}, {"contact.none"}),
        ("Тел. [PHONE]", {"contact.only_mobile"}, {"contact.none"}),
        ("Телефон 044 234 56 78, jobs@example.com", {"contact.landline", "contact.corporate"}, {"contact.only_mobile"}),
        ("Вайбер +380671234567, jobs@example.com", {"contact.messenger"}, {"contact.only_mobile"}),
        ("Деталі: bit.ly/2abc", {"contact.shortener"}, {"contact.only_mobile", "contact.none"}),
        ("ТОВ «Добра Праця», dobra@ukr.net", {"contact.freemail", "employer.named"}, {"contact.corporate"}),
        ("Анна, dobra@ukr.net", {"employer.unnamed"}, {"contact.freemail"}),
        ("ЄДРПОУ 14360570", {"employer.registered", "employer.named"}, {"employer.licence", "employer.unnamed"}),
        ("Agencja zatrudnienia nr 412", {"employer.licence", "employer.registered"}, {"employer.unnamed"}),
        ("Робота в Німеччині, +380671234567", {"place.abroad", "contact.foreign"}, {"place.home"}),
        ("Робота в Німеччині, +491701234567", {"place.abroad"}, {"contact.foreign"}),
    ],
)  # fmt: skip
def test_facts_have_names(text: str, expected: set[str], absent: set[str]) -> None:
    marks = _marks(text)
    assert expected <= marks
    assert not absent & marks


def test_an_apply_address_of_the_platform_is_a_contact_beside_the_phone() -> None:
    with_button = _marks("Телефон +380671234567", extra={"apply_url": "https://jobs.example/apply/1"})
    assert "contact.only_mobile" not in with_button
    silent = _marks("Робота на складі", extra={"apply_url": "https://jobs.example/apply/1"})
    assert "contact.none" in silent


def test_an_invitation_that_is_refused_is_none() -> None:
    assert "contact.none" in _marks("Мы никогда не пишем в лс", "ru")


def test_pay_hours_kind_and_sector() -> None:
    care = Sector(isco08="5322", name="Home-based personal care workers", high_risk="care", confidence=0.9)
    marks = _marks("Робота", sector=care, hours_excess=True, pay="implausible", kind="accommodation")
    assert {
        "pay.implausible",
        "hours.excess",
        "kind.accommodation",
        "sector.low_skill",
        "sector.high_risk",
        "sector.care",
    } <= marks
    engineer = Sector(isco08="2141", name="Industrial and production engineers", high_risk=None, confidence=0.9)
    assert not {"sector.low_skill", "sector.high_risk"} & _marks("Робота", sector=engineer)


@pytest.mark.parametrize(
    ("length", "truncated", "complete"), [(200, False, True), (199, False, False), (500, True, False)]
)
def test_absence_proves_nothing_on_short_or_cut_text(length: int, truncated: bool, complete: bool) -> None:
    marks = _marks("a" * length, truncated=truncated)
    assert ("text.complete" in marks) is complete
    assert ("text.short" in marks) is not complete


@pytest.mark.parametrize(("period", "holds"), [("day", True), ("week", True), ("month", False), (None, False)])
def test_pay_by_the_day_or_week_has_a_name(period: Any, holds: bool) -> None:
    stated = (Pay(min=5000, max=5000, currency="RUB", period=period, basis=None),)
    assert ("pay.by_day_or_week" in _marks("5000", pay="no_reference", stated=stated)) == holds


def test_work_that_cannot_be_told_has_a_name() -> None:
    cleaner = Sector(isco08="91", name="Cleaners and helpers", high_risk="cleaning", confidence=0.9)
    assert "sector.unnamed" in _marks("Пишіть")
    assert "sector.unnamed" not in _marks("Прибирання", sector=cleaner)
