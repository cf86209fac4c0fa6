"""Rescoring: what changed is moved and told, what has moved on meanwhile is left alone, and trying again is safe."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from screening.errors import TransientError
from screening.workflows.rescore import RescorePlan
from tests.fakes.assessor import FakeAssessor
from tests.fakes.faults import Killed
from tests.fakes.world import World, post

RUN = "2026-03-03"


@pytest.fixture
def world() -> World:
    """Six posts of two platforms, on archive objects of two; tomorrow's rules find post 1 worse and post 2 better."""
    made = World()
    texts = ["quiet", "watch", "review", "urgent", "quiet", "watch"]
    made.publish(*(post(str(n), f"{text} {n}", platform=("alpha", "beta")[n % 2]) for n, text in enumerate(texts)))
    made.run(batch=2)
    made.clock.advance(hours=20)
    made.assessor = made.assessor.with_rules("r2")
    made.assessor.overrides = {"1": "review", "2": "watch"}
    return made


def run(world: World, name: str = RUN) -> dict[str, object]:
    plan: RescorePlan = world.plan_rescore(name, world.clock.now())
    for line in world.rescores.manifests[name]:
        world.rescore_chunk(json.loads(line))
    return world.conclude_rescore(name, count=plan.count)


def tiers(world: World) -> dict[str, str]:
    return {head.id: head.tier for head in world.posts.heads.values()}


def test_changes_are_moved_told_and_listed(world: World) -> None:
    told = len(world.bus.of("PostAssessed"))
    summary = run(world)
    assert (summary["scored"], summary["changed"], summary["missing"]) == (6, 6, [])
    assert summary["by_change"] == {"review>watch": 1, "watch>review": 1}
    assert tiers(world) == {"0": "clear", "1": "review", "2": "watch", "3": "urgent", "4": "clear", "5": "watch"}
    assert {head.versions for head in world.posts.heads.values()} == {"1/r2/none/2026-01"}
    new = world.bus.of("PostAssessed")[told:]
    assert {(event.data["id"], event.data["cause"], event.data["previous_tier"], event.data["tier"]) for event in new} == {
        ("1", "rescore", "watch", "review"), ("2", "rescore", "review", "watch"),
    }  # fmt: skip
    world.run()
    cases = {case.post_id: case for case in world.cases.all()}
    assert cases["1"].tier == "review"
    assert (cases["2"].tier, cases["2"].highest_tier) == ("watch", "review")


def test_a_second_run_with_the_same_rules_changes_nothing(world: World) -> None:
    run(world)
    told = len(world.bus.of("PostAssessed"))
    world.clock.advance(days=1)
    assert run(world, "2026-03-04")["changed"] == 0
    assert len(world.bus.of("PostAssessed")) == told


@pytest.mark.parametrize(
    "kill",
    [
        lambda faults: faults.kill_after("archive.put"), lambda faults: faults.kill_after("posts.write_head", 1),
        lambda faults: faults.kill_after("posts.write_head", 2), lambda faults: faults.kill_after("bus.publish"),
        lambda faults: faults.kill_after("posts.mark_sent"), lambda faults: faults.kill_before("rescores.put_result", 2),
    ],
)  # fmt: skip
def test_a_chunk_killed_anywhere_is_whole_after_a_second_try(world: World, kill: Callable[[object], None]) -> None:
    started = world.clock.now()
    plan = world.plan_rescore(RUN, started)

    lines = [json.loads(line) for line in world.rescores.manifests[RUN]]
    kill(world.faults)
    for line in lines:
        try:
            world.rescore_chunk(line)
        except Killed:
            world.clock.advance(minutes=2)
            world.sweep()
            world.rescore_chunk(line)
    summary = world.conclude_rescore(RUN, count=plan.count)
    assert summary["by_change"] == {"review>watch": 1, "watch>review": 1}
    assert summary["changed"] == 6
    world.clock.advance(minutes=2)
    world.sweep()
    by_post = {event.data["id"]: event.id for event in world.bus.of("PostAssessed") if event.data["cause"] == "rescore"}
    assert set(by_post) == {"1", "2"}
    assert not [head for head in world.posts.heads.values() if head.event_state == "pending"]


def test_an_edit_that_comes_in_between_wins(world: World) -> None:
    def edited() -> None:
        world.clock.advance(minutes=1)
        assessor, world.assessor = world.assessor, FakeAssessor()
        world.publish(post("2", "urgent edit"))
        world.posts_queue.pump(lambda messages: world.screen(messages))
        world.assessor = assessor

    world.faults.meanwhile("posts.write_head", edited)
    run(world)
    assert tiers(world)["2"] == "urgent"


def test_withdrawn_and_expired_posts_are_left_alone(world: World) -> None:
    world.publish(post("2", "", status="withdrawn"))
    world.publish(post("9", "watch", expires_at=world.clock.now() + timedelta(hours=1)))
    world.run()
    world.clock.advance(hours=2)
    world.assessor.overrides["9"] = "urgent"
    run(world)
    assert tiers(world)["2"] == "review"
    assert tiers(world)["9"] == "watch"


def test_heads_that_cannot_be_read_stop_the_chunk_rather_than_pass_for_gone(world: World) -> None:
    world.faults.refuse("posts.read_heads", 1)
    with pytest.raises(TransientError):
        run(world)


def test_a_missing_chunk_is_named_and_sampling_stays_as_it_is(world: World) -> None:
    before = world.config.rates
    plan = world.plan_rescore(RUN, world.clock.now())
    summary = world.conclude_rescore(RUN, count=plan.count)
    assert summary["missing"] == list(range(plan.count))
    assert world.config.rates == before


def test_sampling_follows_yesterdays_counts(world: World) -> None:
    run(world)
    assert world.config.rates is not None
    assert world.config.rates.by_language == {"": 1.0}  # four posts below review yesterday, twenty wanted


def test_chunks_keep_to_their_size(world: World) -> None:
    plan = world.plan_rescore(RUN, world.clock.now())

    keys = [json.loads(line)["keys"] for line in world.rescores.manifests[RUN]]
    assert all(1 <= len(chunk) <= 2 for chunk in keys)
    assert sorted(key for chunk in keys for key in chunk) == sorted(world.archive.objects)
    assert plan.count == len(keys)
