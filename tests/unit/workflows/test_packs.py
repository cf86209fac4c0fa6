"""Several posts in one message: what fails leaves the pack and comes again alone."""

from __future__ import annotations

import json

import pytest

from screening.errors import PermanentError
from screening.workflows.batch import BatchOutcome, QueuedMessage, Remaining, no_hurry
from screening.workflows.messages import PostMessage
from screening.workflows.packs import PostPack, ScreenPacked, pack_of, posts_in
from screening.workflows.redrive import READERS
from tests.fakes.faults import Faults
from tests.fakes.queues import FakePostQueue, FakeQueue
from tests.fakes.world import World, post


def bodies(*posts: str) -> list[str]:
    """Of posts, as they lie on the queue."""
    world = World()
    world.publish(*(post(name) for name in posts))
    return [message.body for message in world.posts_queue.waiting]


class Screening:
    """Fails the posts it is told to."""

    def __init__(self, *failing: str) -> None:
        self.failing = failing
        self.seen: list[str] = []

    def __call__(self, batch: list[QueuedMessage], *, remaining: Remaining = no_hurry) -> BatchOutcome:
        outcome = BatchOutcome()
        for queued in batch:
            name = json.loads(queued.body)["id"]
            self.seen.append(name)
            if name in self.failing:
                outcome.fail(queued.message_id, "transient")
        return outcome


def screened(screening: Screening, *messages: str, faults: Faults | None = None) -> tuple[BatchOutcome, list[str]]:
    """(outcome, bodies that were sent back)."""
    queue = FakeQueue("posts")
    screen = ScreenPacked(screen=screening, queue=FakePostQueue(faults or Faults(), queue, packed=9))  # type: ignore[arg-type]
    outcome = screen([QueuedMessage(f"m{number}", body) for number, body in enumerate(messages)])
    return outcome, [message.body for message in queue.waiting]


def test_a_pack_holds_its_posts_as_they_were() -> None:
    one, two = bodies("a", "b")
    found = posts_in(pack_of([one, two]))
    assert found is not None
    assert [PostMessage.from_dict(data).to_dict() for data in found] == [json.loads(one), json.loads(two)]
    assert posts_in(one) is None
    assert PostPack.from_dict(json.loads(pack_of([one, two]))).to_dict() == json.loads(pack_of([one, two]))


def test_a_post_that_cannot_be_read_keeps_none_out() -> None:
    one, two = bodies("a", "b")
    broken = one.replace('"seq"', '"sec"')
    world = World()
    world.posts_queue.put(pack_of([broken, two]))
    world.run()
    assert [key[1] for key in world.posts.heads] == ["b"]
    assert [(record.id, record.field) for record in world.posts.rejected] == [("a", "message")]


@pytest.mark.parametrize(
    "body", ['{"message_version":"9","posts":[]}', '{"message_version":"1","posts":7}', '{"posts":[]}']
)
def test_a_pack_that_is_none_is_refused(body: str) -> None:
    with pytest.raises(PermanentError):
        posts_in(body)


def test_posts_of_packs_and_single_ones_are_screened_in_one_batch() -> None:
    a, b, c = bodies("a", "b", "c")
    screening = Screening()
    outcome, back = screened(screening, pack_of([a, b]), c)
    assert sorted(screening.seen) == ["a", "b", "c"]
    assert not outcome.failed
    assert not back


def test_what_fails_in_a_pack_comes_again_alone() -> None:
    a, b, c, d = bodies("a", "b", "c", "d")
    outcome, back = screened(Screening("b", "c"), pack_of([a, b, c]), d)
    assert not outcome.failed, "the pack is done"
    assert [json.loads(body)["id"] for body in back] == ["b", "c"]


def test_a_pack_of_which_all_fails_comes_again_as_it_is() -> None:
    a, b, c = bodies("a", "b", "c")
    outcome, back = screened(Screening("a", "b", "c"), pack_of([a, b]), c)
    assert set(outcome.failed) == {"m0", "m1"}
    assert not back


def test_where_nothing_can_be_sent_back_the_pack_comes_again() -> None:
    a, b = bodies("a", "b")
    faults = Faults()
    faults.refuse("post_queue.send", 1)
    outcome, back = screened(Screening("b"), pack_of([a, b]), faults=faults)
    assert set(outcome.failed) == {"m0"}
    assert "1 of 2 posts" in outcome.failed["m0"]
    assert not back


def test_dead_letters_that_hold_several_posts_name_each() -> None:
    about = READERS["posts"](pack_of(bodies("a", "b")))
    assert about.startswith("2 posts of alpha: a seq ")
    assert "b seq " in about
