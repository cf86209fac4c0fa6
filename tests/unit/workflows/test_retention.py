"""How long things stay, by the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from screening.values.result import Tier
from screening.workflows.retention import Retention
from tests.fakes.basics import START
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("tier", "days"), [("clear", 30), ("inconclusive", 30), ("watch", 180), ("review", 365), ("urgent", 365)]
)
def test_posts_stay_by_their_tier_after_they_expire(tier: Tier, days: int) -> None:
    expires = START + 10 * DAY
    kept = Retention().post_expires(tier, received_at=START, post_expires_at=expires)
    assert kept == expires + days * DAY


def test_each_figure_is_a_setting() -> None:
    kept = Retention(clear=3, assumed_life=5).post_expires("clear", received_at=START, post_expires_at=None)
    assert kept == START + 8 * DAY


def test_an_expiry_in_the_past_or_far_future_neither_drops_nor_keeps_for_ever() -> None:
    past = Retention().post_expires("clear", received_at=START, post_expires_at=START - 900 * DAY)
    assert past == START + 30 * DAY
    far = Retention().post_expires("clear", received_at=START, post_expires_at=START + 90_000 * DAY)
    assert far == START + (365 + 30) * DAY


def test_a_head_past_its_time_is_gone_and_the_post_is_new_again() -> None:
    world = World()
    world.publish(post("1", "quiet"))
    world.run()
    world.clock.advance(days=91)
    world.publish(post("1", "watch"))
    world.run()
    head = world.posts.heads["alpha", "1"]
    assert (head.tier, head.revision) == ("watch", 2)  # 1, then marked sent
    assert world.bus.of("PostAssessed")[-1].data["cause"] == "new"


def test_a_case_goes_half_a_year_after_its_decision_and_not_before() -> None:
    world = World()
    world.publish(post("1", "review"))
    world.run()
    case = world.only_case()
    assert world.cases.expires[case.case] is None
    world.vote(ANNA, "dismiss")
    assert world.cases.expires[case.case] == START + 183 * DAY


@pytest.mark.parametrize(("action", "reported"), [("remove", False), ("dismiss", True)])
def test_a_case_whose_answer_may_be_contested_is_there_for_as_long(action: Any, reported: bool) -> None:
    """Six months from when somebody was told, after a hold of 72 hours: the longest six months have 184 days."""
    world = World()
    world.publish(post("1", "review"))
    world.run()
    if reported:
        world.report({"reason": "They keep papers.", "platform": "alpha", "post_id": "1"})
        world.run()
    world.vote(ANNA, action)
    assert world.cases.expires[world.only_case().case] == START + (184 + 3) * DAY


def test_a_hold_and_a_second_look_keep_a_case() -> None:
    world = World()
    world.publish(post("1", "review"))
    world.run()
    case = world.vote(person("sonia", "senior"), "notify_authority", "police-b")
    assert world.cases.expires[case.case] is None
    looked = world.decide.second_look(
        case.case, person("leo", "partner_liaison"), revision=case.revision, agrees=True, reason=""
    )
    assert world.cases.expires[case.case] == START + 183 * DAY
    assert Retention().case_expires(replace(looked, hold="court 12/2026")) is None
