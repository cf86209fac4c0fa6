"""Finding a case by what a person has at hand, and nothing of what they may not see."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screening.cases.people import Person
from screening.errors import NotFoundError, PermissionDeniedError
from screening.workflows.find_cases import MOST_FOUND
from tests.fakes.world import World, person, post
from tests.unit.workflows.deciding import ANNA, BEN, decide, the_case

NUMBER = "+48600100200"


@pytest.fixture
def world() -> World:
    made = World()
    made.publish(
        post("offer-17", "review: call +48 600 100 200", contacts=("+48 600 100 200",)),
        post("offer-18", "review other"),
    )
    made.publish(post("offer-17", "review: the same id elsewhere", platform="beta"))
    made.run()
    return made


def found(world: World, query: str, who: Person = ANNA) -> list[str]:
    return [f"{case.platform}/{case.post_id}" for case in world.find_cases(who, "team-a", query).cases]


def case_of(world: World, post_id: str) -> str:
    return next(case.case for case in world.cases.all() if (case.platform, case.post_id) == ("alpha", post_id))


def test_a_case_is_found_by_its_id_and_by_its_beginning(world: World) -> None:
    case = case_of(world, "offer-17")
    for query in (case, case.upper(), f"  {case} ", case[:8], case[:4], case[:12]):
        assert found(world, query) == ["alpha/offer-17"], query


def test_a_case_is_found_by_its_post(world: World) -> None:
    assert found(world, "offer-17") == ["alpha/offer-17"]
    assert found(world, "alpha/offer-17") == ["alpha/offer-17"]
    assert found(world, "beta/offer-17") == []
    assert found(world, "offer-1") == []


def test_every_case_that_a_post_has_had_is_found(world: World) -> None:
    case = next(one for one in world.cases.all() if one.post_id == "offer-18")
    decide(world, case, ANNA, "warn_applicants")
    world.clock.advance(minutes=9)
    world.publish(post("offer-18", "urgent now"))
    world.run()
    assert found(world, "offer-18") == ["alpha/offer-18", "alpha/offer-18"]


def test_a_decided_case_is_found_by_the_beginning_of_its_id(world: World) -> None:
    case = case_of(world, "offer-17")
    stored = world.cases.read(case)
    assert stored is not None
    decide(world, stored, ANNA, "warn_applicants")
    assert found(world, case[:8], BEN) == ["alpha/offer-17"]


def test_cases_are_found_by_the_fingerprint_of_a_contact(world: World) -> None:
    fingerprint = world.hashes.fingerprint("phone", NUMBER)
    assert found(world, fingerprint) == ["alpha/offer-17"]
    assert found(world, fingerprint[:-1] + "x") == []
    assert found(world, world.hashes.fingerprint("phone", "+48600100201")) == []


def test_a_contact_itself_finds_nothing(world: World) -> None:
    assert found(world, "+48 600 100 200") == []
    assert found(world, NUMBER) == []


@pytest.mark.parametrize("query", ["", "   ", "zzz", "../..", "'; --", "x" * 5_000, "0000", "\x00"])
def test_what_is_nothing_finds_nothing(world: World, query: str) -> None:
    assert found(world, query) == []


def test_what_is_out_of_reach_is_not_even_counted(world: World) -> None:
    case = case_of(world, "offer-17")
    elsewhere = replace(ANNA, platforms=frozenset({"beta"}))
    fingerprint = world.hashes.fingerprint("phone", NUMBER)
    for query in (case, case[:8], "offer-17", fingerprint):
        assert found(world, query, elsewhere) == []
    with pytest.raises(NotFoundError):
        found(world, case, person("eve", "reviewer", teams=("team-b",)))
    with pytest.raises(PermissionDeniedError):
        found(world, case, person("admin", "administrator"))


def test_somebody_of_two_teams_finds_the_post_of_both(world: World) -> None:
    assert sorted(found(world, "offer-17", replace(ANNA, teams=frozenset({"team-a", "team-b"})))) == [
        "alpha/offer-17", "beta/offer-17",
    ]  # fmt: skip


def test_a_merged_case_leads_to_the_one_that_took_it_in() -> None:
    world = World()
    world.publish(
        post("p0", "review north", contacts=("@one_hand",)), post("p1", "review south", contacts=("@one_hand",))
    )
    world.run()
    merged = [case for case in world.cases.all() if case.merged_into]
    kept = the_case(world)
    for case in merged:
        assert [one.case for one in world.find_cases(ANNA, "team-a", case.case).cases] == [kept.case]
    assert [one.case for one in world.find_cases(ANNA, "team-a", "p1").cases] == [kept.case]


def test_no_more_are_listed_than_a_page_holds(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screening.workflows.find_cases.MOST_FOUND", 1)
    both = replace(ANNA, teams=frozenset({"team-a", "team-b"}))
    answer = world.find_cases(both, "team-a", "offer-17")
    assert (len(answer.cases), answer.more) == (1, True)
    assert MOST_FOUND >= 25
