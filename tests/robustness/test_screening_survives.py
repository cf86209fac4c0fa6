"""Screening under crashes, double delivery, poison, partial answers and throttling: none lost, one event id, one case."""

from __future__ import annotations

import json

import pytest

from screening.posts.post import Post
from screening.workflows.batch import QueuedMessage
from screening.workflows.events import PostAssessed
from tests.fakes.world import World, post

STEPS = [
    ("before", "sealer.unseal"), ("before", "archive.put"), ("after", "archive.put"),
    ("before", "posts.write_head"), ("after", "posts.write_head"), ("before", "bus.publish"), ("after", "bus.publish"),
    ("before", "posts.mark_sent"), ("after", "posts.mark_sent"),
]  # fmt: skip
REVIEW_STEPS = [
    ("before", "cases.save"), ("after", "cases.save"), ("after", "bus.publish"), ("before", "review_queue.send"),
    ("after", "review_queue.send"), ("before", "cases.mark_delivered"), ("after", "cases.mark_delivered"),
]  # fmt: skip


def mixed_posts() -> list[Post]:
    return [post(str(n), ("urgent", "review", "watch", "quiet")[n % 4] + f" offer {n}") for n in range(8)]


def assert_all_there(world: World, *, flagged: int = 6, cases: int = 4, posts: int = 8) -> None:
    """Every post has a head and its archive record; each flagged one was told of under one id; one case for each that needs one."""
    assert len(world.posts.heads) == posts
    ids_by_post: dict[str, set[str]] = {}
    for event in world.bus.of("PostAssessed"):
        ids_by_post.setdefault(event.data["id"], set()).add(event.id)
    assert len(ids_by_post) == flagged
    assert all(len(ids) == 1 for ids in ids_by_post.values())
    assert {case.post_id for case in world.cases.all()} == {
        post_id for post_id in ids_by_post if world.posts.heads["alpha", post_id].tier in ("review", "urgent")
    }
    assert len(world.cases.all()) == cases
    assert not [head for head in world.posts.heads.values() if head.event_state == "pending"]
    for head in world.posts.heads.values():
        assert head.archive is not None
        assert head.archive.key in world.archive.objects
    assert all(not case.outbox for case in world.cases.all())


@pytest.mark.parametrize("threads", [1, 4])
def test_a_quiet_day(threads: int) -> None:
    world = World(threads=threads)
    world.publish(*mixed_posts())
    world.run()
    assert_all_there(world)
    assert len(world.bus.of("PostAssessed")) == 6
    assert len(world.review_queue.teams["team-a"]) == 4


@pytest.mark.parametrize(("when", "call"), STEPS)
@pytest.mark.parametrize("nth", [1, 2, 3])
@pytest.mark.parametrize("packed", [1, 3])
def test_a_worker_killed_between_any_two_steps_loses_nothing(when: str, call: str, nth: int, packed: int) -> None:
    world = World(packed=packed)
    world.publish(*mixed_posts())
    getattr(world.faults, f"kill_{when}")(call, nth)
    world.run(batch=4)
    assert_all_there(world)


@pytest.mark.parametrize(("when", "call"), REVIEW_STEPS)
@pytest.mark.parametrize("nth", [1, 2])
def test_a_review_worker_killed_between_any_two_steps_opens_each_case_once(when: str, call: str, nth: int) -> None:
    world = World()
    world.publish(*mixed_posts())
    world.posts_queue.pump(lambda messages: world.screen(messages))
    getattr(world.faults, f"kill_{when}")(call, nth)
    world.review_jobs.pump(lambda messages: world.review(messages), batch=3)
    assert_all_there(world)
    opened = {event.id for event in world.bus.of("CaseOpened")}
    assert len(opened) == 4


@pytest.mark.parametrize("packed", [1, 3])
def test_everything_delivered_twice(packed: int) -> None:
    world = World(packed=packed)
    world.publish(*mixed_posts())
    world.publish(*mixed_posts())
    world.run(twice=True)
    assert_all_there(world)
    assert {event.id for event in world.bus.of("CaseOpened")} == {event.id for event in world.bus.of("CaseOpened")[:4]}


@pytest.mark.parametrize("packed", [1, 3, 20])
def test_a_poison_post_fails_alone_and_ends_among_the_dead_letters(packed: int) -> None:
    world = World(max_receives=3, packed=packed)
    world.publish(*mixed_posts(), post("bad", "poison review"))
    world.run()
    assert len(world.posts_queue.dead) == 1
    assert json.loads(world.posts_queue.dead[0])["id"] == "bad"
    assert_all_there(world)


@pytest.mark.parametrize("packed", [1, 5])
def test_a_batch_half_bad_does_the_good_half(packed: int) -> None:
    world = World(max_receives=2, packed=packed)
    bad = [post(f"bad-{n}", "invalid") for n in range(4)]
    world.publish(*mixed_posts(), *bad)
    world.posts_queue.put("no json at all")
    world.posts_queue.put(json.dumps({"message_version": "9", "platform": "alpha", "id": "from-the-future"}))
    world.run(batch=20)
    assert_all_there(world)
    assert not world.posts_queue.dead
    assert {(record.id, record.field) for record in world.posts.rejected} == {
        ("", "message"), ("from-the-future", "message"), *((f"bad-{n}", "description") for n in range(4)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("call", "items"),
    [("posts.standing", 3), ("bus.publish", 3), ("posts.put_rejected", 1)],
)
@pytest.mark.parametrize("packed", [1, 4])
def test_partial_answers_of_batch_calls_lose_nothing(call: str, items: int, packed: int) -> None:
    world = World(packed=packed)
    world.publish(*mixed_posts(), post("bad", "invalid"))
    world.faults.refuse(call, items)
    world.run(batch=20)
    world.clock.advance(minutes=2)
    world.sweep()
    world.run()
    assert_all_there(world)
    assert [record.id for record in world.posts.rejected] == ["bad"]


@pytest.mark.parametrize(
    "call",
    [
        "sealer.unseal", "archive.put", "posts.standing", "posts.write_head", "bus.publish",
        "posts.mark_sent", "cases.latest_of", "cases.save", "cases.mark_delivered", "review_queue.send",
        "config.platform", "config.sampling",
    ],
)  # fmt: skip
def test_throttling_of_any_call_loses_nothing(call: str) -> None:
    world = World()
    world.publish(*mixed_posts())
    world.faults.throttle(call, times=3)
    world.run()
    for _ in range(4):
        world.clock.advance(minutes=2)
        world.sweep()
        world.run()
    assert_all_there(world)


@pytest.mark.parametrize(
    "call", ["posts.write_head", "posts.mark_sent", "cases.save", "cases.mark_delivered", "archive.put"]
)
def test_a_lost_answer_is_no_loss(call: str) -> None:
    world = World()
    world.publish(*mixed_posts())
    world.faults.lose_answer(call, times=2)
    world.run()
    world.clock.advance(minutes=2)
    world.sweep()
    world.run()
    assert_all_there(world)


def test_a_quick_harmless_edit_cannot_hide_a_flagged_version_that_was_not_told_of() -> None:
    world = World()
    world.publish(post("1", "review this"))
    world.faults.refuse("bus.publish", 1)
    world.posts_queue.pump(lambda messages: world.screen(messages))
    assert world.posts.heads["alpha", "1"].event_state == "pending"
    world.clock.advance(seconds=5)
    world.publish(post("1", "all quiet"))
    world.run()
    assert [PostAssessed.from_event(event).tier for event in world.bus.of("PostAssessed")] == ["review", "clear"]
    (case,) = world.cases.all()
    assert case.is_open
    assert (case.tier, case.highest_tier) == ("clear", "review")


def test_an_edit_waits_while_the_flagged_version_cannot_be_told_of() -> None:
    world = World()
    world.publish(post("1", "review this"))
    world.faults.refuse("bus.publish", 3)
    world.posts_queue.pump(lambda messages: world.screen(messages))
    world.clock.advance(seconds=5)
    world.publish(post("1", "all quiet"))
    world.run()
    assert len(world.bus.of("PostAssessed")) == 2
    assert len(world.cases.all()) == 1


def test_two_workers_on_one_post_end_in_the_newer_version() -> None:
    world = World()
    world.publish(post("1", "review first"))
    first = world.posts_queue.waiting.copy()
    world.posts_queue.waiting.clear()
    world.clock.advance(seconds=1)
    world.publish(post("1", "urgent second"))

    def other_worker() -> None:
        world.posts_queue.pump(lambda messages: world.screen(messages))

    world.faults.meanwhile("posts.write_head", other_worker)
    outcome = world.screen([QueuedMessage(message.message_id, message.body) for message in first])
    assert not outcome.failed
    assert world.posts.heads["alpha", "1"].tier == "urgent"


def test_no_time_left_sends_the_rest_back() -> None:
    world = World()
    world.publish(*mixed_posts())
    times = iter([60.0, 60.0, 60.0] + [1.0] * 20)
    taken: list[int] = []

    def worker(messages):  # type: ignore[no-untyped-def]
        outcome = world.screen(messages, remaining=lambda: next(times, 60.0))
        taken.append(len(messages) - len(outcome.failed))
        return outcome

    world.posts_queue.pump(worker, batch=8)
    assert taken[0] == 3
    assert len(world.posts.heads) == 8
