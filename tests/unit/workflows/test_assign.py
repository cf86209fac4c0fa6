"""Assigning a case to a colleague, taking it over, and giving it back to everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from screening.cases.assigning import LONGEST_HELD, SHORTEST_HELD, held_until
from screening.cases.case import Case
from screening.cases.ledger import chain_faults
from screening.cases.people import Person
from screening.errors import ConflictError, NotFoundError, PermissionDeniedError, TransientError
from tests.fakes.world import World, person, post
from tests.unit.workflows.deciding import appeal, decide, one_case, the_appeal, the_case
from tests.unit.workflows.golden import drawn_for, known_case

ANNA, BEN = person("anna", "reviewer"), person("ben", "reviewer")
SONIA = person("sonia", "senior")


def staffed() -> World:
    world = one_case()
    staff(world)
    return world


def staff(world: World) -> None:
    for who in (ANNA, BEN, SONIA):
        world.directory.add(who.actor, *who.roles)
    world.directory.add("ada", "auditor")
    world.directory.add("far", "reviewer", teams=("team-b",))
    world.directory.add("narrow", "reviewer", platforms=("beta",))
    world.directory.add("gone", "reviewer")
    world.directory.people["gone"] = replace(world.directory.people["gone"], active=False)


def names(world: World, who: Person, case: str = "") -> list[str]:
    return [one.id for one in world.assign.colleagues(who, case or the_case(world).case)]


def give(world: World, who: Person, to: str) -> Case:
    return world.assign(who, the_case(world).case, to)


def test_colleagues_are_those_who_work_on_cases_of_its_team_and_platform() -> None:
    world = staffed()
    assert names(world, ANNA) == ["ben", "sonia"]
    for wrong in ("ada", "far", "narrow", "gone", "anna", "nobody"):
        with pytest.raises(PermissionDeniedError):
            give(world, ANNA, wrong)
    assert the_case(world).assigned is None


def test_it_is_the_colleagues_next_case_and_nobody_elses() -> None:
    world = staffed()
    first = the_case(world).case
    world.publish(post("later", "review: a second offer"))
    world.run()
    second = next(case.case for case in world.list_cases(ANNA, "team-a").cases if case.case != first)
    world.assign(ANNA, second, "ben")
    taken = world.take_next(SONIA, "team-a")
    assert taken is not None
    assert taken.case == first
    world.put_aside.release(SONIA, first)
    mine = world.take_next(BEN, "team-a")
    assert mine is not None
    assert mine.case == second
    assert [case.case for case in world.list_cases(BEN, "team-a", name="mine").cases] == [second]


def test_nobody_else_takes_or_decides_it_until_they_take_it_over() -> None:
    world = staffed()
    case = give(world, ANNA, "ben").case
    with pytest.raises(ConflictError, match="assigned to a colleague"):
        world.take_next.take(SONIA, case)
    with pytest.raises(ConflictError, match="assigned to a colleague"):
        decide(world, the_case(world), ANNA, "remove")
    assert world.take_next(ANNA, "team-a") is None
    world.assign.take_over(ANNA, case)
    decide(world, the_case(world), ANNA, "remove")
    assert the_case(world).assigned is None


def test_a_notice_of_an_offence_waits_for_no_assignment() -> None:
    world = staffed()
    give(world, ANNA, "ben")
    decide(world, the_case(world), SONIA, "notify_authority", "police-b")
    assert the_case(world).state == "decided"


def test_after_some_hours_it_waits_for_everybody_again() -> None:
    world = staffed()
    case = give(world, ANNA, "ben").case
    assigned = the_case(world).assigned
    assert assigned is not None
    world.clock.advance(seconds=(assigned.until - assigned.at).total_seconds())
    taken = world.take_next(ANNA, "team-a")
    assert taken is not None
    assert taken.case == case


def test_what_is_urgent_waits_for_one_person_an_hour_at_most() -> None:
    world = staffed()
    case, now = the_case(world), world.clock.now()
    calm = replace(case, tier="review", due_at=now + timedelta(days=3))
    assert held_until(calm, now) == now + LONGEST_HELD
    assert held_until(replace(calm, due_at=now + timedelta(hours=2)), now) == now + timedelta(hours=2)
    for pressing in (replace(calm, tier="urgent"), replace(calm, child_notice=True), replace(calm, due_at=now)):
        assert held_until(pressing, now) == now + SHORTEST_HELD


def test_who_assigned_it_takes_that_back_and_so_does_a_senior_and_nobody_else() -> None:
    world = staffed()
    case = give(world, ANNA, "ben").case
    with pytest.raises(PermissionDeniedError, match="take it over"):
        world.assign.release(person("carla", "reviewer"), case)
    for who in (ANNA, BEN, SONIA):
        give(world, ANNA, "ben")
        world.assign.release(who, case)
        assert the_case(world).assigned is None
    assert world.assign.release(ANNA, case).assigned is None


def test_it_is_entered_by_name_and_the_history_names_nobody() -> None:
    world = staffed()
    case = give(world, ANNA, "ben")
    assert give(world, ANNA, "ben").revision == case.revision  # sent twice
    world.assign.take_over(SONIA, case.case)
    world.assign.release(SONIA, case.case)
    stored = the_case(world)
    entries = [entry for entry in world.cases.ledger(case.case) if entry.kind == "assigned"]
    assert [(entry.actor, (entry.payload or {})["to"]) for entry in entries] == [
        ("anna", "ben"), ("sonia", "sonia"), ("sonia", None),
    ]  # fmt: skip
    lines = [line for line in stored.history if line.what in ("assigned", "taken_over", "unassigned")]
    assert [(line.what, line.detail) for line in lines] == [("assigned", ""), ("taken_over", ""), ("unassigned", "")]
    assert not chain_faults(world.cases.ledger(case.case), head_index=stored.ledger_index, head_hash=stored.ledger_hash)
    assert Case.from_dict(case.to_dict()) == case


def test_who_holds_it_gives_it_up_by_assigning_and_nobody_assigns_what_another_works_on() -> None:
    world = staffed()
    case = the_case(world).case
    world.take_next.take(ANNA, case)
    with pytest.raises(ConflictError, match="works on it"):
        give(world, BEN, "sonia")
    give(world, ANNA, "ben")
    assert not world.work.leases([case], now=world.clock.now())
    world.take_next.take(BEN, case)


def test_who_judges_blind_assigns_nothing_and_is_told_nothing() -> None:
    world = staffed()
    decide(world, the_case(world), ANNA, "offer_support", "ngo-a")
    assert the_case(world).state == "second_look"
    for who in (ANNA, BEN, SONIA):
        with pytest.raises(PermissionDeniedError):
            world.assign.colleagues(who, the_case(world).case)


def test_a_decided_case_is_assigned_to_nobody() -> None:
    world = staffed()
    decide(world, the_case(world), ANNA, "remove")
    with pytest.raises(PermissionDeniedError):
        give(world, ANNA, "ben")


def test_an_appeal_is_assigned_by_a_senior_alone_and_never_to_who_decided() -> None:
    world = staffed()
    decide(world, the_case(world), ANNA, "remove")
    appeal(world)
    case = the_appeal(world).case
    for who in (ANNA, BEN):
        with pytest.raises(PermissionDeniedError):
            world.assign.colleagues(who, case)
    assert names(world, SONIA, case) == ["ben"]


def test_handing_it_to_a_senior_ends_the_assignment() -> None:
    world = staffed()
    case = give(world, ANNA, "ben").case
    world.take_next.take(BEN, case)
    world.comment.hand_over(BEN, case, "Is this agency known?", comment_id="k")
    assert the_case(world).assigned is None


def test_a_case_chosen_for_a_batch_that_waits_for_a_colleague_is_left_out() -> None:
    world = staffed()
    case = give(world, ANNA, "ben").case
    prepared = world.prepare_batch(SONIA, [case])
    assert [(one.case, one.why) for one in prepared.left] == [(case, "held")]


def test_out_of_reach_it_isnt_said_to_exist() -> None:
    world = staffed()
    with pytest.raises(NotFoundError):
        world.assign(person("far", "reviewer", teams=("team-b",)), the_case(world).case, "ben")


def test_while_the_directory_cant_be_read_nothing_is_assigned() -> None:
    world = staffed()
    world.faults.throttle("directory.accounts")
    with pytest.raises(TransientError):
        give(world, ANNA, "ben")
    assert the_case(world).assigned is None
    give(world, ANNA, "ben")


def test_news_of_the_post_refuses_no_assignment() -> None:
    world = staffed()
    case = the_case(world)

    def news() -> None:
        world.comment(BEN, case.case, "Seen before.", comment_id="k")

    world.faults.meanwhile("cases.save", news)
    assert give(world, ANNA, "ben").assigned is not None


def test_a_golden_case_is_assigned_like_any_other_and_shows_the_same_colleagues() -> None:
    world = World()
    known_case(world)
    staff(world)
    case = drawn_for(world, ANNA)
    assert "ben" in names(world, ANNA, case.case)
    world.assign(ANNA, case.case, "ben")
    assert "CasesAssigned" not in world.metrics.counts
