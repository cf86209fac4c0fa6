"""Numbers of a platform's warnings to applicants: signed, of a warning that was sent, the newest for each post."""

from __future__ import annotations

import json
from typing import Any

import pytest

from screening.errors import AuthenticationError, NotFoundError, PermanentError, TransientError
from screening.workflows.notice_results import MAX_ATTEMPTS
from tests.fakes.world import World
from tests.unit.workflows.deciding import ANNA, campaign_case, decide, one_case, the_case


@pytest.fixture
def world() -> World:
    made = one_case()
    decide(made, the_case(made), ANNA, "warn_applicants")
    return made


def tell(world: World, platform: str = "alpha", **numbers: Any) -> dict[str, Any]:
    body = json.dumps({"id": "1", **numbers}).encode()
    return world.notice_results(platform, world.signed(body), body).to_dict()


def test_the_newest_numbers_of_a_post_stand(world: World) -> None:
    tell(world, delivered=3)
    tell(world, delivered=12, replied=4, asked_help=1)
    (warned,) = the_case(world).warned
    assert (warned.delivered, warned.replied, warned.asked_help) == (12, 4, 1)
    entries = [entry for entry in world.cases.ledger(the_case(world).case) if entry.kind == "outcome"]
    assert [entry.actor for entry in entries] == ["platform:alpha"] * 2


def test_each_post_of_a_campaign_has_its_own_numbers() -> None:
    world = campaign_case()
    decide(world, the_case(world), ANNA, "warn_applicants")
    tell(world, id="p0", delivered=5)
    tell(world, id="p2", delivered=7)
    assert {(one.post_id, one.delivered) for one in the_case(world).warned} == {("p0", 5), ("p2", 7)}


def test_only_signed_numbers_of_the_platforms_own_post_are_taken(world: World) -> None:
    body = json.dumps({"id": "1", "delivered": 1}).encode()
    with pytest.raises(AuthenticationError):
        world.notice_results("alpha", world.signed(b"another body"), body)
    with pytest.raises(NotFoundError, match="no warning"):
        tell(world, "beta", delivered=1)
    assert not the_case(world).warned


def test_without_a_warning_there_are_no_results() -> None:
    world = one_case()
    with pytest.raises(NotFoundError, match="no warning"):
        tell(world, delivered=1)
    decide(world, the_case(world), ANNA, "remove")
    with pytest.raises(NotFoundError, match="no warning"):
        tell(world, delivered=1)


def test_numbers_that_come_after_a_newer_case_was_opened_reach_the_warned_one(world: World) -> None:
    world.report({"reason": "Strange offer.", "platform": "alpha", "post_id": "1"})
    world.run()
    tell(world, delivered=2)
    assert [bool(case.warned) for case in world.cases.all() if case.decisions] == [True]


@pytest.mark.parametrize(
    "numbers",
    [{}, {"delivered": -1}, {"delivered": "3"}, {"delivered": 2, "replied": 3}, {"delivered": 0, "asked_help": 1}],
)
def test_numbers_that_cannot_be_are_refused_by_field(world: World, numbers: dict[str, Any]) -> None:
    with pytest.raises(PermanentError, match="delivered"):
        tell(world, **numbers)


def test_what_is_no_message_is_refused(world: World) -> None:
    for body in (b"\xff", b"[1]", b"{"):
        with pytest.raises(PermanentError):
            world.notice_results("alpha", world.signed(body), body)


def test_somebody_who_saves_first_does_not_swallow_the_numbers(world: World) -> None:
    def saved_meanwhile() -> None:
        case = the_case(world)
        world.saver.save(case, before=case, entries=[], correlation_id="other")

    world.faults.meanwhile("cases.save", saved_meanwhile)
    tell(world, delivered=9)
    assert the_case(world).warned[0].delivered == 9
    world.faults.throttle("cases.save", MAX_ATTEMPTS + 1)
    with pytest.raises(TransientError):
        tell(world, delivered=10)
