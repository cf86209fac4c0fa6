"""One campaign, several names and workers: whoever opens cases of it, one is left."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

import pytest

from screening.errors import TransientError
from screening.links.clusters import campaign_id
from screening.workflows.campaign_cases import CASES_ASKED
from screening.workflows.campaign_parts import campaign_key
from tests.fakes.campaign_events import assessed, posts_of, tell
from tests.fakes.faults import Killed
from tests.fakes.world import World
from tests.unit.links.members import member


@pytest.fixture
def world() -> World:
    return World()


YOUNG, MIDDLE, OLD = (f"{day:06}{'0' * 16}" for day in (300, 200, 100))


def in_campaign(world: World, root: str, *posts: str, platform: str = "alpha") -> None:
    """What linking leaves behind of a batch, before any event tells of it."""
    expires = world.clock.now() + timedelta(days=180)
    for post_id in posts:
        world.links.lower_root((platform, post_id), root, frozenset(), expires=expires)
    world.links.put_members(
        [(campaign_key(root), member(post_id, platform=platform)) for post_id in posts], expires=expires
    )


@pytest.mark.parametrize("way", [[YOUNG, OLD], [YOUNG, MIDDLE, OLD]], ids=["straight", "by way of another"])
def test_many_new_posts_join_the_case_that_their_campaign_had_under_another_name(world: World, way: list[str]) -> None:
    """None of the posts that are asked for a case has one yet."""
    in_campaign(world, YOUNG, "z1", "z2")
    tell(world, assessed("z1", campaign=campaign_id(YOUNG)), assessed("z2", campaign=campaign_id(YOUNG)))
    for root, into in pairwise(way):
        world.links.note_merge(root, into=into, at=world.clock.now())
    new = [f"a{number:03}" for number in range(CASES_ASKED + 10)]
    in_campaign(world, OLD, *new, "z1", "z2")
    tell(world, *(assessed(post_id, campaign=campaign_id(OLD)) for post_id in new))
    assert list(posts_of(world).values()) == [{"z1", "z2", *new}]


def test_what_was_split_off_again_keeps_its_own_case(world: World) -> None:
    in_campaign(world, YOUNG, "z1", "z2")
    tell(world, assessed("z1", campaign=campaign_id(YOUNG)), assessed("z2", campaign=campaign_id(YOUNG)))
    world.links.note_merge(YOUNG, into=OLD, at=world.clock.now())
    world.links.note_split(OLD, part=YOUNG, at=world.clock.now())
    in_campaign(world, OLD, "a1", "a2")
    tell(world, assessed("a1", campaign=campaign_id(OLD)), assessed("a2", campaign=campaign_id(OLD)))
    assert sorted(map(sorted, posts_of(world).values())) == [["a1", "a2"], ["z1", "z2"]]


def test_cases_opened_at_once_under_two_names_of_one_campaign_become_one(world: World) -> None:
    """A first case is being opened when another batch is linked: it joins the campaign under its own name, and opens a second one."""
    in_campaign(world, YOUNG, "z1", "z2")
    new = [f"a{number:03}" for number in range(CASES_ASKED + 10)]

    def another_batch() -> None:
        world.links.note_merge(YOUNG, into=OLD, at=world.clock.now())
        in_campaign(world, OLD, *new, "z1", "z2")
        tell(world, *(assessed(post_id, campaign=campaign_id(OLD)) for post_id in new))

    world.faults.meanwhile("cases.save", another_batch)
    tell(world, assessed("z1", campaign=campaign_id(YOUNG)), assessed("z2", campaign=campaign_id(YOUNG)))
    assert list(posts_of(world).values()) == [{"z1", "z2", *new}]


def test_a_post_that_ties_two_campaigns_with_a_case_each_makes_them_one(world: World) -> None:
    in_campaign(world, YOUNG, "z1", "z2")
    in_campaign(world, OLD, "a1", "a2")
    tell(world, *(assessed(post_id, campaign=campaign_id(YOUNG)) for post_id in ("z1", "z2")))
    tell(world, *(assessed(post_id, campaign=campaign_id(OLD)) for post_id in ("a1", "a2")))
    assert len(posts_of(world)) == 2
    world.links.note_merge(YOUNG, into=OLD, at=world.clock.now())
    in_campaign(world, OLD, "b1", "z1", "z2")
    tell(world, assessed("b1", campaign=campaign_id(OLD)))
    assert list(posts_of(world).values()) == [{"a1", "a2", "b1", "z1", "z2"}]


def test_a_lone_post_s_case_is_found_once_many_are_tied_to_it(world: World) -> None:
    tell(world, assessed("z1", campaign=None))
    new = [f"a{number:03}" for number in range(CASES_ASKED + 10)]
    in_campaign(world, OLD, *new, "z1")
    tell(world, *(assessed(post_id, campaign=campaign_id(OLD)) for post_id in new))
    assert list(posts_of(world).values()) == [{"z1", *new}]


def test_a_team_s_case_is_found_among_many_posts_of_another_team(world: World) -> None:
    tell(world, assessed("q1", platform="beta", campaign=None))
    others = [f"a{number:03}" for number in range(CASES_ASKED + 10)]
    in_campaign(world, OLD, *others)
    in_campaign(world, OLD, "q1", "q2", platform="beta")
    tell(
        world,
        assessed(others[0], campaign=campaign_id(OLD)),
        assessed("q2", platform="beta", campaign=campaign_id(OLD)),
    )
    assert sorted(map(sorted, posts_of(world).values())) == [[others[0]], ["q1", "q2"]]


@pytest.mark.parametrize("fault", ["conflict", "throttled", "death after opening", "death within the merge"])
def test_cases_that_were_not_merged_when_they_were_opened_are_when_the_event_comes_again(
    world: World, fault: str
) -> None:
    in_campaign(world, YOUNG, "z1")
    first, second = assessed("z1", campaign=campaign_id(YOUNG)), assessed("a1", campaign=campaign_id(OLD))

    def another_worker() -> None:
        world.links.note_merge(YOUNG, into=OLD, at=world.clock.now())
        in_campaign(world, OLD, "a1", "a2", "z1")
        tell(world, second)
        if fault == "conflict":
            joins = assessed("a2", campaign=campaign_id(OLD))
            world.faults.meanwhile("cases.save", lambda: tell(world, joins))
        if fault == "throttled":
            world.faults.throttle("cases.latest_of_campaign")
        if fault.startswith("death"):
            world.faults.kill_after("cases.save", 1 if fault == "death after opening" else 2)

    world.faults.meanwhile("cases.save", another_worker)
    with suppress(Killed, TransientError):
        tell(world, first)
    world.faults.forget()
    tell(world, first, second)
    assert len(posts_of(world)) == 1
    assert {"a1", "z1"} <= next(iter(posts_of(world).values()))


def test_a_flagged_post_joins_no_audit_sample_of_its_campaign(world: World) -> None:
    tell(world, assessed("p1", "clear", audit=0.5, campaign=campaign_id(OLD)))
    in_campaign(world, OLD, "p1", "p2", "p3")
    tell(world, assessed("p2", campaign=campaign_id(OLD)), assessed("p3", "urgent", campaign=campaign_id(OLD)))
    by_queue = {case.queue: set(case.posts) for case in world.cases.all() if case.is_open}
    assert by_queue == {"audit": {("alpha", "p1")}, "review": {("alpha", "p2"), ("alpha", "p3")}}
