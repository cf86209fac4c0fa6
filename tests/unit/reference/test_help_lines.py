"""Help lines: a number is shown only while its operator's confirmation holds."""

from __future__ import annotations

from datetime import date

import pytest

from screening.reference.help_lines import EMERGENCY_NUMBER, OFFICIAL_LIST, HelpLineEntry, Status, entries, help_line

TODAY = date(2026, 7, 1)


def _entry(status: Status, verified_at: date | None) -> HelpLineEntry:
    return HelpLineEntry("XX", "Line", "000 111", "", "operator", verified_at, status)


def test_every_shipped_line_names_its_source_and_none_is_claimed_confirmed() -> None:
    assert len(entries()) > 20
    for entry in entries():
        assert entry.source
        assert entry.number
        assert len(entry.country) == 2
        assert entry.status == "unverified"
        assert entry.verified_at is None


@pytest.mark.parametrize("country", ["UA", "PL", "DE", "ZZ", None])
def test_unconfirmed_numbers_are_not_shown(country: str | None) -> None:
    line = help_line(country, TODAY)
    assert (line.number, line.url, line.confirmed) == (EMERGENCY_NUMBER, OFFICIAL_LIST, False)


def test_countries_with_another_emergency_number() -> None:
    assert help_line("US", TODAY).number == "911"


@pytest.mark.parametrize(
    ("status", "verified_at", "shown"),
    [
        ("confirmed", date(2026, 6, 30), True),
        ("confirmed", date(2025, 7, 1), True),
        ("confirmed", date(2025, 6, 29), False),
        ("confirmed", date(2026, 7, 2), False),
        ("unverified", date(2026, 6, 30), False),
        ("withdrawn", date(2026, 6, 30), False),
    ],
)
def test_a_confirmation_holds_for_twelve_months(status: Status, verified_at: date, shown: bool) -> None:
    line = help_line("XX", TODAY, known=(_entry(status, verified_at),))
    assert line.confirmed is shown
    assert line.number == ("000 111" if shown else EMERGENCY_NUMBER)


def test_the_first_line_that_holds_is_taken() -> None:
    old = HelpLineEntry("XX", "Old", "1", "", "operator", date(2020, 1, 1), "confirmed")
    new = HelpLineEntry("XX", "New", "2", "", "operator", date(2026, 1, 1), "confirmed")
    assert help_line("XX", TODAY, known=(old, new)).name == "New"
