"""Two appeals against one restriction that come in one moment are one case: the other gets the 409 that is documented."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from screening.errors import ConflictError, TransientError
from screening.workflows.appeal import CLAIM_HOLDS, AppealReceipt
from tests.fakes.world import World
from tests.unit.workflows.deciding import ANNA, BEN, SONIA, campaign_case, decide, one_case, the_appeal, the_case


def restricted() -> World:
    world = one_case()
    decide(world, the_case(world), ANNA, "remove")
    return world


def send(world: World, name: str, post_id: str = "1") -> AppealReceipt:
    """Received, and not yet taken up by anybody."""
    body = json.dumps({"post_id": post_id, "text": "We pay fairly."}).encode()
    return world.appeal("alpha", world.signed(body, id=name), body)


def appeals(world: World) -> int:
    world.run()
    return sum(case.appeal is not None for case in world.cases.all())


def test_of_two_before_the_first_is_taken_up_one_is_refused() -> None:
    world = restricted()
    send(world, "a-1")
    with pytest.raises(ConflictError, match="is being answered"):
        send(world, "a-2")
    assert appeals(world) == 1


def test_of_two_that_both_found_the_place_free_one_is_refused() -> None:
    world = restricted()
    world.faults.meanwhile("reports.claim_appeal", lambda: send(world, "a-1"))
    with pytest.raises(ConflictError, match="is being answered"):
        send(world, "a-2")
    assert appeals(world) == 1


def test_the_same_message_again_gives_the_same_receipt() -> None:
    world = restricted()
    assert send(world, "a-1") == send(world, "a-1")
    assert appeals(world) == 1


def test_what_could_not_be_passed_on_is_sent_again_and_taken() -> None:
    world = restricted()
    world.faults.throttle("bus.publish")
    with pytest.raises(TransientError):
        send(world, "a-1")
    assert send(world, "a-1")
    assert appeals(world) == 1


def test_after_the_answer_the_next_may_come() -> None:
    world = restricted()
    send(world, "a-1")
    world.run()
    decide(world, the_appeal(world), BEN, "uphold")
    send(world, "a-2")
    assert appeals(world) == 2


def test_a_claim_whose_case_never_came_gives_way_after_a_day() -> None:
    world = restricted()
    world.faults.throttle("bus.publish")
    with pytest.raises(TransientError):
        send(world, "a-1")
    world.clock.advance(seconds=(CLAIM_HOLDS - timedelta(minutes=1)).total_seconds())
    with pytest.raises(ConflictError):
        send(world, "a-2")
    world.clock.advance(minutes=2)
    send(world, "a-2")
    assert appeals(world) == 1


def test_posts_of_one_campaign_are_appealed_each_for_itself() -> None:
    world = campaign_case()
    decide(world, the_case(world), SONIA, "remove")
    send(world, "a-1", "p0")
    send(world, "a-2", "p1")
    assert appeals(world) == 2
