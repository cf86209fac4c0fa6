"""For how long a person may put a case aside, and the note that they keep for themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from screening.cases.case import Case
from screening.cases.putting_aside import LONGEST_NOTE, aside_choices, aside_until
from screening.errors import PermanentError
from tests.fakes.console_cases import case as a_case
from tests.fakes.world import World, person
from tests.unit.workflows.deciding import one_case, the_case
from tests.unit.workflows.golden import drawn_for, known_case, left_the_house

ANNA, BEN, SONIA = person("anna", "reviewer"), person("ben", "reviewer"), person("sonia", "senior")
NOW = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)


def due_in(hours: float, **fields: object) -> Case:
    return replace(a_case(1, tier="review"), due_at=NOW + timedelta(hours=hours), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("chosen", "hours"), [("1h", 1), ("4h", 4), ("12h", 12), ("tomorrow", 13)]
)  # fmt: skip
def test_it_is_put_aside_for_what_was_chosen(chosen: str, hours: int) -> None:
    assert aside_until(due_in(48), chosen, now=NOW) == NOW + timedelta(hours=hours)


@pytest.mark.parametrize("chosen", ["4h", "12h", "tomorrow"])
def test_never_past_the_hour_by_which_it_is_due(chosen: str) -> None:
    assert aside_until(due_in(3), chosen, now=NOW) == NOW + timedelta(hours=3)


@pytest.mark.parametrize("fields", [{"tier": "urgent"}, {"child_notice": True}])
def test_what_is_urgent_for_an_hour_at_most(fields: dict[str, object]) -> None:
    assert aside_until(due_in(20, **fields), "12h", now=NOW) == NOW + timedelta(hours=1)
    assert aside_until(due_in(0.5, **fields), "1h", now=NOW) == NOW + timedelta(hours=0.5)
    assert aside_choices(due_in(20, **fields), now=NOW) == ("1h",)


def test_what_is_overdue_leaves_room_for_another_case_for_an_hour() -> None:
    assert aside_until(due_in(-5), "12h", now=NOW) == NOW + timedelta(hours=1)
    assert aside_choices(due_in(-5), now=NOW) == ("1h",)


def test_the_choices_are_those_that_hold_in_full() -> None:
    assert aside_choices(due_in(48), now=NOW) == ("1h", "4h", "12h", "tomorrow")
    assert aside_choices(due_in(12), now=NOW) == ("1h", "4h", "12h")
    assert aside_choices(due_in(2), now=NOW) == ("1h",)
    assert aside_choices(due_in(0.2), now=NOW) == ("1h",)


def test_another_time_or_a_long_note_is_refused_and_nothing_is_put_aside() -> None:
    world = one_case()
    case = the_case(world).case
    for more in ({"aside": "2d"}, {"note": "x" * (LONGEST_NOTE + 1)}):
        with pytest.raises(PermanentError):
            world.put_aside.skip(ANNA, case, **more)
    taken = world.take_next(ANNA, "team-a")
    assert taken is not None


def test_the_note_is_read_by_its_writer_alone_and_goes_a_day_after_the_case_is_back() -> None:
    world = one_case()
    case = the_case(world).case
    world.put_aside.skip(ANNA, case, aside="1h", note="  Ask for the licence.  ")
    assert world.read_case(ANNA, case).own_note == "Ask for the licence."
    assert [world.read_case(who, case).own_note for who in (BEN, SONIA)] == ["", ""]
    world.clock.advance(hours=24)
    assert world.read_case(ANNA, case).own_note == "Ask for the licence."
    world.clock.advance(hours=1)
    assert world.read_case(ANNA, case).own_note == ""


def test_the_note_stands_in_no_ledger_and_no_case() -> None:
    world = one_case()
    case = the_case(world).case
    world.put_aside.skip(ANNA, case, note="Ask for the licence.")
    assert "licence" not in world.cases.items[case]
    assert "licence" not in repr(world.cases.ledger(case))
    assert "licence" not in world.everything_in_transit()


def test_a_golden_case_is_put_aside_as_any_other() -> None:
    world = World()
    known_case(world)
    golden = drawn_for(world)
    before = left_the_house(world)
    world.put_aside.skip(ANNA, golden.case, aside="4h", note="Later.")
    assert world.read_case(ANNA, golden.case).own_note == "Later."
    assert world.take_next(ANNA, "team-a") is None
    world.clock.advance(hours=4)
    assert left_the_house(world) == before
    assert world.take_next(ANNA, "team-a") is not None
