"""A person's own filters of the queue: theirs alone, bounded, one to begin with, forgotten a year after their last use."""

from __future__ import annotations

import pytest

from screening.cases.saved_filters import MOST_SAVED
from screening.errors import ConflictError, NotFoundError, PermissionDeniedError
from tests.fakes.world import World
from tests.unit.workflows.deciding import ANNA, BEN

URGENT = {"tier": "urgent", "language": "uk"}


def names(world: World, who: object = ANNA) -> list[str]:
    return [one.name for one in world.saved_filters(who, "team-a").filters]  # type: ignore[arg-type]


def test_filters_are_kept_under_a_name_for_the_person_alone() -> None:
    world = World()
    world.saved_filters.save(ANNA, "team-a", " night shift ", URGENT)
    (one,) = world.saved_filters(ANNA, "team-a").filters
    assert (one.name, dict(one.chosen), one.team) == ("night shift", URGENT, "team-a")
    assert names(world, BEN) == []


def test_the_same_name_again_takes_its_place() -> None:
    world = World()
    for chosen in (URGENT, {"kind": "job"}):
        world.saved_filters.save(ANNA, "team-a", "mine", chosen)
    (one,) = world.saved_filters(ANNA, "team-a").filters
    assert dict(one.chosen) == {"kind": "job"}


@pytest.mark.parametrize(
    ("name", "chosen"), [("", URGENT), ("  ", URGENT), ("x" * 41, URGENT), ("a\nb", URGENT), ("x", {})]
)
def test_what_has_no_name_or_no_filter_is_not_kept(name: str, chosen: dict[str, str]) -> None:
    world = World()
    with pytest.raises(PermissionDeniedError):
        world.saved_filters.save(ANNA, "team-a", name, chosen)
    assert names(world) == []


def test_no_more_are_kept_than_a_person_finds_their_way_in() -> None:
    world = World()
    for number in range(MOST_SAVED):
        world.saved_filters.save(ANNA, "team-a", f"number {number}", URGENT)
    with pytest.raises(PermissionDeniedError, match="delete one first"):
        world.saved_filters.save(ANNA, "team-a", "one more", URGENT)
    world.saved_filters.save(ANNA, "team-a", "number 3", {"kind": "job"})
    world.saved_filters.delete(ANNA, "team-a", "number 4")
    world.saved_filters.save(ANNA, "team-a", "one more", URGENT)
    assert len(names(world)) == MOST_SAVED


def test_one_of_them_begins_the_queue_until_it_is_deleted() -> None:
    world = World()
    world.saved_filters.save(ANNA, "team-a", "mine", URGENT)
    world.saved_filters.begin_with(ANNA, "team-a", "unknown")
    assert world.saved_filters(ANNA, "team-a").beginning is None
    world.saved_filters.begin_with(ANNA, "team-a", "mine")
    world.saved_filters.save(ANNA, "team-a", "mine", {"kind": "job"})
    begins = world.saved_filters(ANNA, "team-a").beginning
    assert begins is not None
    assert dict(begins.chosen) == {"kind": "job"}
    world.saved_filters.delete(ANNA, "team-a", "mine")
    assert world.saved_filters(ANNA, "team-a").beginning is None
    world.saved_filters.delete(ANNA, "team-a", "mine")


def test_two_pages_at_once_lose_nothing() -> None:
    world = World()
    world.faults.meanwhile("work.put_filters", lambda: world.saved_filters.save(ANNA, "team-a", "other tab", URGENT))
    world.saved_filters.save(ANNA, "team-a", "mine", URGENT)
    assert names(world) == ["mine", "other tab"]


def test_a_page_that_is_always_late_is_told_so() -> None:
    world = World()

    def again() -> None:
        world.work.saved[ANNA.actor] = type(world.work.filters(ANNA.actor))(
            revision=world.work.filters(ANNA.actor).revision + 1
        )

    for _ in range(4):
        world.faults.meanwhile("work.put_filters", again)
    with pytest.raises(ConflictError):
        world.saved_filters.save(ANNA, "team-a", "mine", URGENT)


def test_what_is_not_used_for_a_year_is_forgotten_and_use_keeps_it() -> None:
    world = World()
    world.saved_filters.save(ANNA, "team-a", "used", URGENT)
    world.saved_filters.save(ANNA, "team-a", "unused", {"kind": "job"})
    world.saved_filters.begin_with(ANNA, "team-a", "unused")
    world.clock.advance(days=200)
    world.saved_filters.note_use(ANNA, "team-a", URGENT)
    world.clock.advance(days=200)
    found = world.saved_filters(ANNA, "team-a")
    assert ([one.name for one in found.filters], found.beginning) == (["used"], None)


def test_a_use_is_written_once_a_month() -> None:
    world = World()
    world.saved_filters.save(ANNA, "team-a", "mine", URGENT)
    for _ in range(20):
        world.clock.advance(days=3)
        world.saved_filters.note_use(ANNA, "team-a", URGENT)
    assert world.work.filters(ANNA.actor).revision == 2


def test_filters_that_cannot_be_read_keep_nobody_from_the_queue() -> None:
    world = World()
    world.saved_filters.save(ANNA, "team-a", "mine", URGENT)
    world.faults.throttle("work.filters")
    assert world.saved_filters(ANNA, "team-a").filters == ()
    world.faults.throttle("work.filters")
    world.saved_filters.note_use(ANNA, "team-a", URGENT)


def test_filters_of_another_team_are_not_shown_and_not_kept() -> None:
    world = World()
    with pytest.raises(NotFoundError):
        world.saved_filters.save(ANNA, "team-b", "mine", URGENT)
    both = type(ANNA)(actor="anna", roles=ANNA.roles, teams=frozenset({"team-a", "team-b"}))
    world.saved_filters.save(both, "team-b", "mine", URGENT)
    world.saved_filters.begin_with(both, "team-b", "mine")
    assert names(world) == []
    world.saved_filters.save(both, "team-a", "mine", {"kind": "job"})
    world.saved_filters.delete(both, "team-a", "mine")
    begins = world.saved_filters(both, "team-b").beginning
    assert begins is not None
    assert dict(begins.chosen) == URGENT
