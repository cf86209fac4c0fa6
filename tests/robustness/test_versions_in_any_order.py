"""Edits, withdrawals and repetitions in any order end in the same head, and nothing flagged stays untold."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.posts.post import Post
from screening.workflows.archive_object import iter_records
from screening.workflows.batch import QueuedMessage
from screening.workflows.events import PostAssessed
from screening.workflows.records import Head
from tests.fakes.basics import START
from tests.fakes.faults import Killed
from tests.fakes.queues import FakeQueue
from tests.fakes.world import World, post

TEXTS = ("clear text", "watch text", "review text", "urgent text")


def edit(text: str, seconds: int, *, withdrawn: bool = False) -> Post:
    at = START - timedelta(hours=1) + timedelta(seconds=seconds)
    return post("1", "" if withdrawn else text, updated_at=at, status="withdrawn" if withdrawn else "published")


def settled_head(edits: list[Post], *, batch: int, behind: int = 0) -> tuple[Head, World]:
    world = World()
    world.posts.behind = behind
    for one in edits:
        world.publish(one)
    world.run(batch=batch)
    return world.posts.heads["alpha", "1"], world


def outcome(head: Head) -> tuple[object, ...]:
    """What must not depend on order; event ids and revisions tell of the way."""
    return head.order, head.content_order, head.status, head.tier, head.hash, head.rank


@pytest.mark.parametrize("batch", [1, 10])
@pytest.mark.parametrize("times", [(1, 2, 3), (1, 1, 2), (1, 2, 2), (5, 5, 5)])
@pytest.mark.parametrize("with_withdrawal", [False, True])
def test_every_permutation_of_three_edits_ends_in_the_same_head(
    times: tuple[int, int, int], batch: int, with_withdrawal: bool
) -> None:
    edits = [
        edit("watch a", times[0]),
        edit("review b", times[1]),
        edit("urgent c", times[2], withdrawn=with_withdrawal),
    ]
    heads = {outcome(settled_head(list(order), batch=batch)[0]) for order in permutations(edits)}
    assert len(heads) == 1


@pytest.mark.parametrize("behind", [1, 2, 3, 5])
@pytest.mark.parametrize("with_withdrawal", [False, True])
def test_heads_read_a_moment_old_end_in_the_same_head(behind: int, with_withdrawal: bool) -> None:
    edits = [
        edit("watch a", 1),
        edit("review b", 2),
        edit("urgent c", 3, withdrawn=with_withdrawal),
        edit("review b", 4),
    ]
    expected, _ = settled_head(edits, batch=1)
    for order in permutations(edits):
        head, world = settled_head(list(order), batch=1, behind=behind)
        assert outcome(head) == outcome(expected)
        assert head.event_state != "pending"
        assert len(world.cases.all()) == 1


def test_an_edit_and_its_withdrawal_at_the_same_second_end_withdrawn() -> None:
    for order in permutations([edit("review a", 1), edit("", 1, withdrawn=True)]):
        head, world = settled_head(list(order), batch=1)
        assert (head.status, head.tier) == ("withdrawn", "review")
        (case,) = world.cases.all()
        assert case.post_withdrawn
        assert case.tier == "review"


@pytest.mark.parametrize("number", range(20))
def test_a_withdrawal_wins_over_any_content_of_its_second(number: int) -> None:
    for order in permutations([edit(f"watch {number}", 1), edit("", 1, withdrawn=True)]):
        assert settled_head(list(order), batch=1)[0].status == "withdrawn"


Said = tuple[Post, int]
"""A post and the second in which its platform signed it."""
AHEAD = 120
"""Seconds by which the clock behind `updated_at` runs ahead of the one that signs."""


def ahead(text: str, second: int) -> Said:
    return edit(text, second + AHEAD), second


def deleted(second: int) -> Said:
    return post("1", "", status="withdrawn"), second


def after_hearing(said: Iterable[Said], *, batch: int = 1) -> tuple[Head, World]:
    world = World()
    for one, second in said:
        world.enqueue(
            [one],
            received_at=START - timedelta(hours=1) + timedelta(seconds=second),
            source="webhook",
            correlation_id="t/1",
        )
    world.run(batch=batch)
    return world.posts.heads["alpha", "1"], world


@pytest.mark.parametrize("batch", [1, 10])
def test_a_deletion_wins_over_what_was_said_before_it_by_whatever_clock(batch: int) -> None:
    told = [ahead("watch a", 10), ahead("review b", 40), deleted(60)]
    ends = [after_hearing(order, batch=batch) for order in permutations(told)]
    assert {outcome(head) for head, _ in ends} == {outcome(ends[0][0])}
    for head, world in ends:
        assert (head.status, head.tier) == ("withdrawn", "review")
        (case,) = world.cases.all()
        assert case.post_withdrawn
        assert case.tier == "review"


def test_a_deletion_wins_within_the_second_of_the_post_it_deletes() -> None:
    at = START - timedelta(hours=1) + timedelta(seconds=5, milliseconds=700)
    for order in permutations([(post("1", "review a", updated_at=at), 5), deleted(5)]):
        assert after_hearing(order)[0].status == "withdrawn"


@pytest.mark.parametrize("batch", [1, 10])
def test_a_late_deletion_does_not_remove_what_was_said_after_it(batch: int) -> None:
    told = [ahead("watch a", 10), deleted(60), ahead("review b", 70), deleted(65)]
    ends = [after_hearing(order, batch=batch)[0] for order in permutations(told)]
    assert {outcome(head) for head in ends} == {outcome(ends[0])}
    assert (ends[0].status, ends[0].tier) == ("published", "review")


def test_deletions_of_several_times_count_by_the_latest() -> None:
    told = [ahead("review a", 10), deleted(20), deleted(60), ahead("watch b", 50)]
    ends = [after_hearing(order)[0] for order in permutations(told)]
    assert {outcome(head) for head in ends} == {outcome(ends[0])}
    assert (ends[0].status, ends[0].tier) == ("withdrawn", "watch")


def test_a_deleted_post_that_is_delivered_again_stays_deleted() -> None:
    head, _ = after_hearing([ahead("review a", 10), deleted(60), ahead("review a", 10), (ahead("review a", 10)[0], 90)])
    assert head.status == "withdrawn"


def test_a_withdrawal_with_a_time_of_its_own_is_held_against_other_times_of_that_clock() -> None:
    gone = edit("", 20 + AHEAD, withdrawn=True), 20
    for order in permutations([ahead("watch a", 10), gone, ahead("review b", 40)]):
        assert after_hearing(order)[0].status == "published"


def test_a_replayed_webhook_changes_nothing() -> None:
    world = World()
    body = b'[{"id": "1", "description": "review this", "title": "t"}]'
    headers = world.signed(body)
    world.receive("alpha", headers, body)
    world.run()
    before = world.posts.heads["alpha", "1"]
    told = len(world.bus.published)
    world.clock.advance(minutes=4)
    world.receive("alpha", headers, body)
    world.run()
    after = world.posts.heads["alpha", "1"]
    assert outcome(after) == outcome(before)
    assert after.revision == before.revision
    assert len(world.bus.published) == told


def test_the_same_content_sent_again_later_tells_nobody_but_stays_newest() -> None:
    world = World()
    world.publish(post("1", "review this"))
    world.run()
    world.clock.advance(hours=3)
    world.publish(post("1", "review this"))
    world.run()
    head = world.posts.heads["alpha", "1"]
    assert head.seq == int(world.clock.now().timestamp() * 1000)
    assert len(world.bus.of("PostAssessed")) == 1
    # An edit of the time between is late news.
    world.publish(post("1", "clear again", updated_at=world.clock.now() - timedelta(hours=1)))
    world.run()
    assert world.posts.heads["alpha", "1"].tier == "review"


def test_a_late_version_is_kept_as_history_and_not_told() -> None:
    world = World()
    world.publish(edit("urgent new", 10))
    world.run()
    world.publish(edit("review old", 5))
    world.run()
    assert [event.data["tier"] for event in world.bus.of("PostAssessed")] == ["urgent"]
    records = [record for key, body in world.archive.objects.items() for _, record in iter_records(key, body)]
    assert {record["assessment"]["tier"] for record in records} == {"urgent", "review"}


def test_a_time_in_the_future_does_not_shut_later_versions_out() -> None:
    world = World()
    world.publish(post("1", "clear text", updated_at=START + timedelta(days=900)))
    world.run()
    world.clock.advance(minutes=1)
    world.publish(post("1", "review text"))
    world.run()
    assert world.posts.heads["alpha", "1"].tier == "review"


def test_events_out_of_order_leave_the_case_with_the_newest_facts() -> None:
    made = World()
    for seconds, text in ((1, "review a"), (2, "urgent b"), (3, "review c")):
        made.publish(edit(text, seconds))
        made.posts_queue.pump(lambda messages: made.screen(messages))
    bodies = [waiting.body for waiting in made.review_jobs.waiting]
    assert len(bodies) == 3
    results = set()
    for order in permutations(bodies):
        world = World()
        world.review([QueuedMessage(f"m-{n}", body) for n, body in enumerate(order)])
        (case,) = world.cases.all()
        results.add((case.seq, case.version, case.tier))
    assert len(results) == 1
    assert next(iter(results))[2] == "review"


steps = st.lists(
    st.tuples(
        st.sampled_from(["edit", "withdraw", "repeat", "screen", "screen_dies", "review", "bus_fails", "sweep"]),
        st.sampled_from(TEXTS), st.integers(0, 6), st.integers(1, 4),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=steps, behind=st.integers(0, 3))
def test_outbox_dedupe_and_order_hold_on_any_way(steps: list[tuple[str, str, int, int]], behind: int) -> None:
    """Whatever happens in between, at last: the newest version is head, all that it owes is told under one id, one open case."""
    world = World(max_receives=100)
    world.posts.behind = behind  # heads are read eventually consistent
    sent: list[Post] = []
    for what, text, seconds, number in steps:
        if what in ("edit", "withdraw"):
            sent.append(edit(text, seconds, withdrawn=what == "withdraw"))
            world.publish(sent[-1])
        elif what == "repeat" and sent:
            world.publish(sent[seconds % len(sent)])
        elif what == "screen_dies":
            world.faults.kill_after(("archive.put", "posts.write_head", "bus.publish", "posts.mark_sent")[number - 1])
            pump_some(world, world.posts_queue, number)
        elif what == "screen":
            pump_some(world, world.posts_queue, number)
        elif what == "review":
            world.review_jobs.pump(lambda messages: world.review(messages))
        elif what == "bus_fails":
            world.faults.throttle("bus.publish")
        elif what == "sweep":
            sweep_later(world)
    for _ in range(16):
        world.run()
        sweep_later(world)
    world.run()
    assert not world.posts_queue.dead
    assert not world.review_jobs.dead
    if not sent:
        return
    head = world.posts.heads["alpha", "1"]
    expected, _ = settled_head(sorted(sent, key=lambda one: (one.updated_at, one.status, one.description)), batch=1)
    assert outcome(head) == outcome(expected)
    assert head.event_state != "pending"
    told = [PostAssessed.from_event(event) for event in world.bus.of("PostAssessed")]
    by_id: dict[str, set[str]] = {}
    for event in world.bus.of("PostAssessed"):
        by_id.setdefault(event.id, set()).add(str(replace(PostAssessed.from_event(event), previous_tier=None)))
    assert all(len(contents) == 1 for contents in by_id.values())
    assert len([case for case in world.cases.all() if case.is_open]) <= 1
    if head.tier in ("review", "urgent"):
        assert told
        (case,) = world.cases.all()
        assert case.tier == head.tier
        assert case.post_withdrawn == (head.status == "withdrawn")


def pump_some(world: World, queue: FakeQueue, number: int) -> None:
    """One delivery of at most `number` messages."""
    kept, queue.waiting = queue.waiting[number:], queue.waiting[:number]
    queue.pump(lambda messages: world.screen(messages), batch=number)
    queue.waiting += kept


def sweep_later(world: World) -> None:
    """A sweep two minutes on; a sweep that dies is followed by the next minute's."""
    world.clock.advance(minutes=2)
    with suppress(Killed):
        world.sweep()
