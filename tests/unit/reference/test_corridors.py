"""The law table by corridor: rows that hold on a day, and nothing where there is none."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.reference.corridors import ANY, Subject, corridor_laws, law_for
from screening.reference.tables import table_notes

DAY = date(2026, 3, 2)
COUNTRIES = st.sampled_from(["UA", "PL", "DE", "GB", "RO", "MD", "KR", "RU", "XX", None])


@pytest.mark.parametrize(
    ("origin", "destination", "subject", "known"),
    [
        ("UA", "DE", "temporary_protection", True),
        ("MD", "DE", "temporary_protection", False),
        ("UA", "GB", "temporary_protection", False),
        ("RO", "DE", "work_without_visa", True),
        ("UA", "PL", "work_without_visa", True),
        ("UA", "DE", "work_without_visa", False),
        ("RO", "GB", "work_permit_needed", True),
        ("IE", "GB", "work_permit_needed", False),
        ("KZ", "RU", "work_without_visa", True),
        ("UA", "PL", "fee_ban", True),
        (None, "PL", "fee_ban", True),
        ("PL", "AE", "fee_ban", True),
        ("UA", "RO", "fee_ban", False),  # a mediation tariff is lawful there
        ("UA", None, "work_without_visa", False),
        (None, None, "temporary_protection", False),
    ],
)
def test_the_law_of_a_corridor(origin: str | None, destination: str | None, subject: Subject, known: bool) -> None:
    assert (law_for(origin, destination, DAY, subject) is not None) is known


def test_a_row_holds_from_its_first_day_on() -> None:
    assert law_for("UA", "PL", date(2022, 3, 3), "temporary_protection") is None
    row = law_for("UA", "PL", date(2022, 3, 4), "temporary_protection")
    assert row is not None
    assert "2022/382" in row.source


def test_every_row_bears_a_source_and_its_state() -> None:
    rows = corridor_laws()
    assert {row.subject for row in rows} == set(get_args(Subject))
    assert all(row.until is None or row.since <= row.until for row in rows)
    assert not any(row.verified for row in rows), (
        "say in the table's remarks who read which row, when the first is verified"
    )
    notes = " ".join(table_notes("corridor_law.csv"))
    assert "Licence:" in notes
    assert "Source:" in notes


@given(COUNTRIES, COUNTRIES, st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_nobody_both_may_work_and_needs_a_permit(origin: str | None, destination: str | None, at: date) -> None:
    free = law_for(origin, destination, at, "work_without_visa")
    assert free is None or law_for(origin, destination, at, "work_permit_needed") is None


@given(COUNTRIES, COUNTRIES, st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.sampled_from(get_args(Subject)))
def test_a_row_that_is_found_names_the_corridor(
    origin: str | None, destination: str | None, at: date, subject: Subject
) -> None:
    row = law_for(origin, destination, at, subject)
    if row is not None:
        assert row.subject == subject
        assert row.since <= at
        assert origin in row.origins or ANY in row.origins
        assert destination in row.destinations or ANY in row.destinations
