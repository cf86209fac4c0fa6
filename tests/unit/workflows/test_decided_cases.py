"""Figures for a platform's transparency report, from the cases that people decided."""

from __future__ import annotations

import json
from datetime import timedelta

from screening.referrals.transparency_report import ModeratedOffer
from screening.workflows.decided_cases import moderated_cases, moderated_offers
from screening.workflows.records import Team
from tests.fakes.basics import START
from tests.fakes.world import World, person, post

ANNA, BEN, SONIA = person("anna", "reviewer"), person("ben", "reviewer"), person("sonia", "senior")


def removed(*, drawn: bool = False) -> World:
    world = World()
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=1.0 if drawn else 0.0)
    world.publish(post("1", "review offer"))
    world.run()
    world.clock.advance(hours=1)
    world.vote(ANNA, "remove")
    world.run()
    return world


def appealed(world: World) -> None:
    body = json.dumps({"post_id": "1", "text": "It is honest."}).encode()
    world.appeal("alpha", world.signed(body), body)
    world.run()


def counted(world: World) -> list[ModeratedOffer]:
    until = START + timedelta(days=30)
    cases = moderated_cases(world.cases, ["team-a"], since=START)
    return list(moderated_offers(cases, "alpha", since=START, until=until))


def test_an_appeal_that_nobody_has_answered_counts_as_pending() -> None:
    world = removed()
    assert [(offer.action, offer.complaint) for offer in counted(world)] == [("remove", "none")]
    appealed(world)
    assert [(offer.action, offer.complaint) for offer in counted(world)] == [("remove", "pending")]


def test_a_decision_that_waits_for_its_second_review_is_counted_once() -> None:
    world = removed(drawn=True)
    assert world.only_case().waits_for_people
    assert [offer.action for offer in counted(world)] == ["remove"]
    world.vote(BEN, "remove")
    assert not world.only_case().waits_for_people
    assert [offer.action for offer in counted(world)] == ["remove"]


def test_what_nobody_has_decided_yet_is_not_counted() -> None:
    world = removed()
    world.publish(post("2", "review offer, another one"))
    world.run()
    assert len(counted(world)) == 1
