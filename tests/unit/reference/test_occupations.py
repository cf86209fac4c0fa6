"""The occupation tables that ship: well formed, small, quick to load, and their sources stated."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files

import pytest

from screening.reference.countries import place_names
from screening.reference.occupations import (
    SECTORS,
    everyday_matches,
    everyday_words,
    group_name,
    high_risk_of,
)
from screening.reference.phrase_table import PhraseTable

MOST_STEPS = 600_000
DATA = files("screening.reference") / "data" / "occupations"


def test_what_ships_is_small_and_says_where_it_comes_from() -> None:
    assert len((DATA / "model.bin").read_bytes()) < 5_000_000
    stated = (DATA / "README.md").read_text("utf-8")
    for source in ("ESCO", "KZiS", "DK 003", "ISCO-08", "Licence"):
        assert source in stated


def test_the_everyday_words_load_and_name_real_groups() -> None:
    everyday_words()
    place_names()
    for word, group in (("reinigungskraft", "9112"), ("spawacz", "7212"), ("прибирання", "9112")):
        assert everyday_matches([word])[0].value.isco08 == group
        assert group_name(group)


def test_high_risk_sectors_by_group() -> None:
    assert high_risk_of("5322") == "care"
    assert high_risk_of("9111") == "domestic_work"
    assert high_risk_of("9112") == "cleaning"
    assert high_risk_of("2512") is None
    assert {high_risk_of(group) for group in ("53", "92", "91", "71", "94", "9111")} == set(SECTORS)


def test_a_group_that_is_none_has_the_name_of_the_next_above() -> None:
    assert group_name("9112") != group_name("91")
    assert group_name("9199") == group_name("91")


def test_phrases_match_exactly_by_prefix_and_the_most_precise_wins() -> None:
    table: PhraseTable[str] = PhraseTable()
    table.add("kierow*", "driver")
    table.add("kierowca autobus*", "bus driver")
    table.add("bus", "bus")
    assert [match.value for match in table.best(["kierowca", "autobusu"])] == ["bus driver"]
    assert [match.value for match in table.best(["kierowcy", "bus", "busy"])] == ["driver", "bus"]
    with pytest.raises(ValueError, match="too short"):
        table.add("a*", "x")
    with pytest.raises(ValueError, match="empty"):
        table.add(" ", "x")


def test_loading_is_quick() -> None:
    """Under 30 ms on an idle machine, which is 270,000 steps of Python; twice that lets the tables grow."""
    code = (
        "from tests.growth import steps; from screening.reference import occupations as o, countries as c;"
        "print(steps(lambda: (o.everyday_words(), o.group_name('91'), c.place_names())))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(result.stdout) < MOST_STEPS
