"""Stated working hours and days a week."""

from __future__ import annotations

from datetime import date

import pytest

from screening.assessment.result import Hours
from screening.signals.found import FoundHours, Span
from screening.signals.hours import read_hours, read_hours_text
from screening.signals.pay_check import hours_excess
from tests.unit.signals.documents import document

ON = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10-12 часов в день, 6 дней в неделю", (10, 12, "day", 6)),
        ("260-312 часов в месяц", (260, 312, "month", None)),
        ("6 dni w tygodniu po 10 godzin dziennie", (10, 10, "day", 6)),
        ("40h/week", (40, 40, "week", None)),
        ("12 hodin, 6-7 dní v týdnu", (12, 12, "day", 6)),
        ("Графік 5/2 9:00–18:00", (9, 9, "day", 5)),
        ("40 ore pe săptămână", (40, 40, "week", None)),
        ("Die 40-Stunden-Woche", (40, 40, "week", None)),
        ("napi 12 óra", (12, 12, "day", None)),
        ("40 horas semanales", (40, 40, "week", None)),
        ("смена 12 часов, без выходных", (12, 12, "day", 7)),
        ("Вахта 15/15 по 12 часов в день", (12, 12, "day", 3.5)),
    ],
)
def test_hours_in_many_languages(text: str, expected: tuple[object, ...]) -> None:
    found = read_hours_text(text)
    assert [(entry.hours.min, entry.hours.max, entry.hours.period, entry.days_per_week) for entry in found] == [
        expected
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Zadzwoń w godz. 8:00-16:00",
        "nadgodziny 10h tygodniowo",
        "Opieka 24/7",
        "Перерва 1 година на день",
        "Answer within 24 hours",
    ],
)
def test_call_times_overtime_and_breaks_are_not_hours(text: str) -> None:
    assert read_hours_text(text) == ()


def test_hours_of_a_document_point_into_the_original() -> None:
    text = "Робота на складі. 12 годин на день."
    found = read_hours(document(text, language="uk"))
    assert [text[entry.span.start : entry.span.end] for entry in found] == ["12 годин на день"]


def _hours(low: float, high: float, period: str, days: float | None = None) -> tuple[FoundHours, ...]:
    return (FoundHours(Hours(min=low, max=high, period=period), days, Span("description", 0, 1)),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hours", "country", "excess"),
    [
        (_hours(10, 12, "day", 6), "DE", True),
        (_hours(260, 312, "month"), "CZ", True),
        (_hours(72, 72, "week"), None, True),
        (_hours(50, 55, "week"), "PL", False),
        (_hours(12, 12, "day"), "PL", False),
        (_hours(12, 12, "day", 3.5), "PL", False),
        (_hours(24, 24, "day", 7), "DE", False),
        (_hours(72, 72, "week"), "AE", False),
    ],
)
def test_excess_is_sure_or_not_said(hours: tuple[FoundHours, ...], country: str | None, excess: bool) -> None:
    assert hours_excess(hours, country, ON) is excess
