"""The four hours within which somebody should say a word on an urgent case."""

from __future__ import annotations

from datetime import timedelta

from screening.workflows.urgent_watch import NOTIFY_WITHIN
from tests.fakes.world import World, person, post


def waiting(world: World) -> int:
    world.sweep()
    return world.metrics.counts["UrgentCasesWaiting"]


def test_an_urgent_case_that_nobody_judges_is_told_after_four_hours_and_no_sooner() -> None:
    world = World()
    world.publish(post("1", "urgent"), post("2", "review"))
    world.run()
    world.clock.advance(hours=NOTIFY_WITHIN / timedelta(hours=1))
    assert waiting(world) == 0
    world.clock.advance(minutes=1)
    assert waiting(world) == 1, "the one under review may wait longer"


def test_a_first_vote_ends_it() -> None:
    world = World()
    world.publish(post("1", "urgent"))
    world.run()
    world.clock.advance(hours=5)
    world.vote(person("anna", "reviewer"), "refer", "police-b")
    assert waiting(world) == 0
