"""More than a page of what is stuck keeps nobody else from being told: whatever runs by the clock gets to the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from screening.ports import Refused
from screening.workflows import silent_partners, sweep, urgent_watch
from screening.workflows.events import Event
from screening.workflows.records import Platform
from tests.fakes.world import NGO, SECRET, World, post
from tests.unit.workflows.deciding import ANNA, BEN, configure, decide, one_case, the_case

PAGE = 5
MORE = PAGE + 3


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "PAGE", PAGE)
    monkeypatch.setattr(urgent_watch, "LOOKED_AT", {"review": (PAGE, 40), "reports": (PAGE, 40)})


def without_queue(world: World, *, posts: int) -> None:
    """A team whose queue is gone, and its cases."""
    world.config.platforms["gamma"] = Platform(id="gamma", team="nobody")
    world.publish(*(post(str(number), f"review {number}", platform="gamma") for number in range(posts)))
    world.run()


def test_a_case_whose_team_has_no_queue_is_opened_and_told_of_once_there_is_one() -> None:
    world = World()
    without_queue(world, posts=1)
    assert world.review_jobs.dead == []
    assert [event.type for event in world.bus.published][-1] == "CaseOpened"
    world.clock.advance(minutes=2)
    assert world.sweep().left == 1
    world.review_queue.teams["nobody"] = []
    assert world.sweep().left == 0
    assert len(world.review_queue.teams["nobody"]) == 1


def test_cases_behind_a_page_that_can_not_be_told_of_are_told_of() -> None:
    world = World()
    without_queue(world, posts=MORE)
    world.clock.advance(minutes=1)
    missing = world.review_queue.teams.pop("team-a")
    world.publish(post("1", "review offer"))
    world.run()
    world.review_queue.teams["team-a"] = missing
    for _ in range(2):
        world.clock.advance(minutes=1, seconds=5)
        world.sweep()
    assert len(missing) == 1


def test_posts_behind_a_page_that_the_bus_refuses_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    publish = world.bus.publish

    def refusing(events: Sequence[Event]) -> Refused:
        taken = [index for index, event in enumerate(events) if event.data.get("platform") != "beta"]
        refused = publish([events[index] for index in taken])
        return frozenset(set(range(len(events))) - set(taken)) | frozenset(taken[index] for index in refused)

    monkeypatch.setattr(world.bus, "publish", refusing)
    world.publish(*(post(str(number), "review", platform="beta") for number in range(MORE)))
    world.run()
    world.clock.advance(minutes=1)
    world.faults.refuse("bus.publish", 1)
    world.publish(post("1", "review offer"))
    world.run()
    assert world.cases.all() == []
    for _ in range(2):
        world.clock.advance(minutes=1, seconds=5)
        world.sweep()
    world.run()
    assert world.only_case().platform == "alpha"


def test_a_package_behind_hundreds_that_nobody_fetches_goes_to_who_stands_in() -> None:
    world = one_case()
    fallback = replace(NGO, id="ngo-e", name="Help line E", queue="screening-partner-ngo-e")
    world.config.all_partners["ngo-e"] = fallback
    world.secrets.put("partner", "ngo-e", SECRET)
    configure(world, "ngo-a", fallback="ngo-e")
    for who in (ANNA, BEN):
        decide(world, the_case(world), who, "offer_support", "ngo-a")
    (first,) = world.referrals.referrals.values()
    for number in range(600):
        lying = replace(
            first,
            id=f"lying-{number}",
            partner="police-b",
            kind="referral",
            issued_at=first.issued_at - timedelta(days=1),
        )
        world.referrals.referrals[lying.id] = lying
    world.clock.advance(days=5)
    assert world.reroute(lambda: 900.0) == 601
    assert [one.partner for one in world.referrals.referrals.values() if one.instead_of == first.id] == ["ngo-e"]
    assert not hasattr(silent_partners, "PAGE")


def test_an_urgent_case_behind_a_page_of_overdue_ones_raises_its_alarm() -> None:
    world = World()
    world.publish(*(post(str(number), f"review {number}") for number in range(MORE)))
    world.run()
    world.clock.advance(days=10)
    world.publish(post("urgent", "urgent offer"))
    world.run()
    world.clock.advance(hours=3)
    world.sweep()
    assert world.metrics.counts["UrgentCasesWaiting"] == 0
    world.clock.advance(hours=2)
    world.sweep()
    assert world.metrics.counts["UrgentCasesWaiting"] == 1
