"""The audit sample is never larger than its setting, and every post below `review` has a known chance of being in it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.cases.case import Case
from screening.workflows.audit_places import AuditPlaces, Sampled
from screening.workflows.audit_sample import numbers_covered, place_won, sure_places
from screening.workflows.records import Sampling
from tests.fakes.world import World, post

KEY = b"k" * 32
DAY = date(2026, 3, 2)


def audits(world: World) -> list[Case]:
    return [case for case in world.cases.all() if case.queue == "audit"]


def honest(number: int, *, language: str = "pl", first: int = 0) -> list:  # type: ignore[type-arg]
    return [
        post(f"{language}-{n}", f"A quiet job, number {n}.", language=language) for n in range(first, first + number)
    ]


def test_a_hundred_honest_posts_in_one_array_leave_no_more_cases_than_the_setting_says() -> None:
    world = World(sampling=1.0)  # as after a day with hardly a post: the rates of yesterday draw all of today's
    world.publish(*honest(100))
    world.run()
    assert sure_places(20) <= len(audits(world)) <= 20


def test_batches_share_the_day_s_places() -> None:
    world = World(sampling=1.0)
    for first in range(0, 300, 10):
        world.publish(*honest(10, first=first))
        world.run()
    assert len(audits(world)) <= 20


def test_each_language_and_each_day_has_places_of_its_own() -> None:
    world = World(sampling=1.0)
    world.publish(*honest(60), *honest(60, language="uk"))
    world.run()
    drawn = Counter(case.language for case in audits(world))
    assert set(drawn) == {"pl", "uk"}
    assert all(15 <= number <= 20 for number in drawn.values())
    world.clock.advance(days=1)
    world.publish(*honest(60, first=100))
    world.run()
    assert 15 <= Counter(case.language for case in audits(world))["pl"] - drawn["pl"] <= 20


def test_a_case_bears_the_chance_with_which_its_post_was_drawn() -> None:
    world = World(sampling=1.0)
    world.publish(*honest(100))
    world.run()
    chances = Counter(case.audit_probability for case in audits(world))
    assert chances[1.0] == 15
    assert set(chances) <= {1.0, 1 / 4, 1 / 16, 1 / 256}


def test_the_chances_of_the_hash_and_of_the_place_are_multiplied() -> None:
    world = World(sampling=0.5)
    world.publish(*honest(100))
    world.run()
    assert {case.audit_probability for case in audits(world)} <= {1 / 2, 1 / 8, 1 / 32, 1 / 512}


def test_what_the_sample_stands_for_is_on_average_what_there_was() -> None:
    """Unbiased whatever the surge (Horvitz and Thompson): over many days the weights add up to the draws."""
    for draws in (3, 15, 17, 40, 150):
        sums = [
            sum(
                1 / chance
                for number in range(1, draws + 1)
                if (chance := place_won(KEY, day=DAY + timedelta(days=day), language="pl", number=number, places=20))
            )
            for day in range(1_000)
        ]
        assert fmean(sums) == pytest.approx(draws, rel=0.15)


@given(places=st.integers(0, 40), draws=st.integers(0, 400), day=st.integers(0, 3_000))
def test_there_are_never_more_than_the_places(places: int, draws: int, day: int) -> None:
    on = DAY + timedelta(days=day)
    won = [
        number for number in range(1, draws + 1) if place_won(KEY, day=on, language="", number=number, places=places)
    ]
    assert len(won) <= places
    assert won[: sure_places(places)] == list(range(1, min(draws, sure_places(places)) + 1))


def test_a_day_of_a_million_draws_still_has_places() -> None:
    assert numbers_covered(20) > 1_000_000


def test_a_redelivered_post_takes_no_second_place() -> None:
    world = World(sampling=1.0)
    world.publish(*honest(10))
    world.run()
    before = dict(world.posts.drawn)
    world.publish(*honest(10))
    world.run()
    assert world.posts.drawn == before
    assert len(audits(world)) == 10


def test_a_post_that_is_drawn_is_kept_as_long_where_its_message_comes_again() -> None:
    world = World(sampling=1.0)
    world.publish(*honest(1))
    world.faults.throttle("bus.publish")
    world.run()
    world.run()
    assert all("/kept/" in key for key in world.archive.objects)


def test_no_post_waits_for_the_sample() -> None:
    world = World(sampling=1.0)
    world.faults.throttle("posts.count_drawn")
    world.publish(*honest(3))
    world.run()
    assert len(world.posts.heads) == 3
    assert audits(world) == []
    assert world.metrics.counts["AuditDrawsNotCounted"] == 3


def test_draws_beyond_all_places_are_counted() -> None:
    world = World()
    places = AuditPlaces(posts=world.posts, metrics=world.metrics, key=KEY, places=2)
    versions = [Sampled(key=("alpha", str(n)), version="v", tier="clear", language="pl") for n in range(9)]
    won = places.drawn(versions, Sampling(default=1.0), heads={}, day=DAY)
    assert len(won) <= 2
    assert world.metrics.counts["AuditDrawsBeyondPlaces"] == 9 - numbers_covered(2)


def test_flagged_posts_take_no_place() -> None:
    world = World(sampling=1.0)
    world.publish(post("1", "review offer"), post("2", "urgent offer"))
    world.run()
    assert world.posts.drawn == {}
