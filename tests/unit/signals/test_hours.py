"""Stated working hours and days a week."""

from __future__ import annotations

from datetime import date

import pytest

from screening.signals.found import FoundHours, Span
from screening.signals.hours import read_hours, read_hours_text
from screening.signals.pay_check import hours_excess
from screening.values.result import Hours
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
        ("Praca 10 godzin dziennie, 6 dni w tygodniu.", (10, 10, "day", 6)),
        ("Czas pracy: 40 godz./tydz.", (40, 40, "week", None)),
        ("240-260 h miesięcznie", (240, 260, "month", None)),
        ("System 12-godzinny, 15 dni w miesiącu", (12, 12, "day", None)),
        ("Pracujemy od poniedziałku do piątku w godzinach 7:00-15:00", (8, 8, "day", 5)),
        ("praca 8 godzin na dobę", (8, 8, "day", None)),
        ("średnio 50 godzin tygodniowo", (50, 50, "week", None)),
        ("Liczba godzin w tygodniu:40.0", (40, 40, "week", None)),
        ("Minimum 45 h pracy w tygodniu", (45, 45, "week", None)),
        ("12 часов в сутки, 7 дней в неделю", (12, 12, "day", 7)),
        ("Рабочий день 10-12 часов, 6 дней", (10, 12, "day", None)),
        ("График работы: 5/2, с 9:00 до 18:00", (9, 9, "day", 5)),
        ("смена 11 часов", (11, 11, "day", None)),
        ("220 часов в месяц", (220, 220, "month", None)),
        ("по 14 часов без выходных", (14, 14, "day", 7)),
        ("48-часовая рабочая неделя", (48, 48, "week", None)),
        ("по 12 годин на день, 6 днів на тиждень", (12, 12, "day", 6)),
        ("Графік: 8-10 годин, 5/2", (8, 10, "day", 5)),
        ("60 годин на тиждень", (60, 60, "week", None)),
        ("робочий день 10 годин", (10, 10, "day", None)),
        ("200-240 год/міс", (200, 240, "month", None)),
        ("50-60 год/тиждень", (50, 60, "week", None)),
        ("12-hour shifts, 6 days a week", (12, 12, "day", 6)),
        ("48 hours per week", (48, 48, "week", None)),
        ("10 h a day, seven days a week", (10, 10, "day", 7)),
        ("Monday to Friday, 8:00 - 17:00", (9, 9, "day", 5)),
        ("8 hour shift", (8, 8, "day", None)),
        ("full time (37.5 hours per week)", (37.5, 37.5, "week", None)),
        ("jornada de 40 horas semanales", (40, 40, "week", None)),
        ("10 horas al día, de lunes a sábado", (10, 10, "day", 6)),
        ("horario de 9:00 a 18:00", (9, 9, "day", None)),
        ("12 Stunden am Tag, 7 Tage die Woche", (12, 12, "day", 7)),
        ("45 Std./Woche", (45, 45, "week", None)),
        ("10-Stunden-Schichten", (10, 10, "day", None)),
        ("12 ore pe zi, 6 zile pe săptămână", (12, 12, "day", 6)),
        ("200-240 ore lunar", (200, 240, "month", None)),
        ("12hodinové směny, 6 dní v týdnu", (12, 12, "day", 6)),
        ("200 hodin měsíčně", (200, 200, "month", None)),
        ("10 až 12 hodín denne", (10, 12, "day", None)),
        ("napi 10-12 óra, heti 6 nap", (10, 12, "day", 6)),
        ("12 órás műszak", (12, 12, "day", None)),
        ("12 часа на ден, 6 дни в седмицата", (12, 12, "day", 6)),
        ("60 часа седмично", (60, 60, "week", None)),
        ("Praca zmianowa 6.00-14.00, 14.00-22.00", (8, 8, "day", None)),
        ("Godziny pracy: 7-15", (8, 8, "day", None)),
        ("Horario de 8:30h a 18h", (9.5, 9.5, "day", None)),
        ("TURNOS 6H A 14H Y DE 14H A 22H", (8, 8, "day", None)),
        ("Arbeitszeit 7-16 Uhr", (9, 9, "day", None)),
        ("График с 9 до 18", (9, 9, "day", None)),
        ("Смена с 8.00 до 20.00", (12, 12, "day", None)),
        ("Shift 7am to 5pm", (10, 10, "day", None)),
        ("směny 6-14, 14-22, 22-6", (8, 8, "day", None)),
        ("Munkaidő 6-18 óráig", (12, 12, "day", None)),
        ("Program: 08.00-16.30", (8.5, 8.5, "day", None)),
        ("Работно време 8-17", (9, 9, "day", None)),
        ("Horario de 9 a 14h y de 16 a 19h", (8, 8, "day", None)),
        ("Godziny pracy: 5.45-14.00 i 15.00-23.15", (8.25, 8.25, "day", None)),
    ],
)
def test_hours_in_many_languages(text: str, expected: tuple[object, ...]) -> None:
    found = read_hours_text(text)
    assert [(entry.hours.min, entry.hours.max, entry.hours.period, entry.days_per_week) for entry in found] == [
        expected
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("250+ часов в месяц", (250, 250, "month", None)),
        ("Оклад 55к + %, 5/2, 10:00-19:00", (9, 9, "day", 5)),
        ("8 часов работен ден", (8, 8, "day", None)),
        ("понеделник-петък от 8 до 13 ч.", (5, 5, "day", 5)),
        ("Pondelok - piatok 16:00-20:00", (4, 4, "day", 5)),
        ("Program 8-16:30, L-V", (8.5, 8.5, "day", 5)),
        ("Takarítónő H-P 17-21 óráig", (4, 4, "day", 5)),
        ("Po-Pá 6:00-10:00", (4, 4, "day", 5)),
        ("Lunes a viernes de 9 a 13h", (4, 4, "day", 5)),
        ("2x týdně 4 hodiny", (4, 4, "day", 2)),
        ("3 razy w tygodniu po 4 godziny", (4, 4, "day", 3)),
        ("3 hrs twice a week", (3, 3, "day", 2)),
        ("Двічі на тиждень по 3 години", (3, 3, "day", 2)),
        ("2 раза в неделю по 5 часов", (5, 5, "day", 2)),
        ("10h x 6 days", (10, 10, "day", 6)),
        ("10 ч/6 дней", (10, 10, "day", 6)),
        ("1200 Kč/den, práce 10 hod, záloha každý pátek", (10, 10, "day", None)),
        ("12h/zi, 1 zi liberă", (12, 12, "day", 6)),
        ("10 часов в день, один выходной", (10, 10, "day", 6)),
        ("10 Stunden am Tag, ein freier Tag pro Woche", (10, 10, "day", 6)),
        ("40 val. per savaitę", (40, 40, "week", None)),
        ("39 h hebdo", (39, 39, "week", None)),
        ("35h par semaine", (35, 35, "week", None)),
        ("Haftada 6 gün, günde 10 saat", (10, 10, "day", 6)),
        ("10 ore al giorno, 6 giorni a settimana", (10, 10, "day", 6)),
    ],
)
def test_hours_as_people_write_them(text: str, expected: tuple[object, ...]) -> None:
    found = read_hours_text(text)
    assert [(entry.hours.min, entry.hours.max, entry.hours.period, entry.days_per_week) for entry in found] == [
        expected
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("10 часов в день, выплаты 2 раза в неделю", None),
        ("8 godzin dziennie, wypłata 2 razy w tygodniu", None),
        ("12 часов в день, один выходной в месяц", None),
        ("10 hours a day, one day off a month", None),
        ("8 h daily, meals for 6 days x 10 euro", None),
    ],
)
def test_how_often_something_else_happens_is_no_number_of_working_days(text: str, days: float | None) -> None:
    assert [entry.days_per_week for entry in read_hours_text(text)] == [days]


@pytest.mark.parametrize(
    "text",
    [
        "Zadzwoń w godz. 8:00-16:00",
        "nadgodziny 10h tygodniowo",
        "Opieka 24/7",
        "Перерва 1 година на день",
        "Answer within 24 hours",
        "po 8 godzinach dostawa jest darmowa",
        "Biuro czynne od poniedziałku do soboty 8:00-18:00",
        "Biuro czynne 9.00-17.00",
        "Zapraszamy w godzinach 09:00-15:00",
        "Prosimy o kontakt telefoniczny w dni robocze od poniedziałku do piątku w godz. 8:30 – 16:30",
        "Praca z dziećmi 5-12 lat",
        "Praca 15-20 zł na godzinę",
        "Work with groups of 8-16 people",
        "Gliwice, al. Korfantego 25/2, 1 piętro, godz. 8-15, poniedziałek-piątek",
        "Stawka 10.00-14.00 zł/h, praca na zmiany",
        "Dzwoń pn-pt 8-16",
        "2 razy w tygodniu szkolenie 4 godziny",
        "Praca 12 godzin jazdy od Warszawy",
        "Biuro: poniedziałek-piątek 8:00-16:00, tel. 22 123 45 67",
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
