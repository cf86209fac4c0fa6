"""Which cases one person alone can't dismiss: where a wrong dismissal would leave somebody unprotected, unseen by anybody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from screening.assessment.record import ConcernSummary
from screening.cases.case import Case
from screening.cases.decisions import takes_two_to_dismiss
from screening.workflows.records import Team
from tests.fakes.console_cases import case
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
SONIA = person("sonia", "senior")
SARA = person("sara", "senior")
MILD: dict[str, Any] = {"tier": "review", "concerns": (), "dimensions": {"coercive_recruitment": "positive"}, "indicators": ("worker_fee",)}  # fmt: skip


def opened(text: str) -> World:
    world = World()
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=0.0)
    world.publish(post("1", text))
    world.run()
    return world


@pytest.mark.parametrize(
    "grave",
    [
        {"tier": "urgent"},
        {"concerns": (ConcernSummary(type="minor", tier="review"),)},
        {"concerns": (ConcernSummary(type="sexual_exploitation", tier="watch"),)},
        {"dimensions": {"coercive_recruitment": "strong"}},
        {"dimensions": {"sexualised_recruitment": "strong"}},
        {"indicators": ("minor", "worker_fee")},
        {"child_notice": True},
    ],
)
def test_what_is_gravest_takes_two(grave: dict[str, Any]) -> None:
    assert not takes_two_to_dismiss(case(1, **MILD))
    assert takes_two_to_dismiss(case(1, **{**MILD, **grave}))


@pytest.mark.parametrize("text", ["urgent offer", "review coercion"])
def test_one_dismissal_waits_for_a_blind_second(text: str) -> None:
    world = opened(text)
    first = world.vote(ANNA, "dismiss")
    assert (first.state, first.decisions) == ("second_look", ())
    view = world.read_case(BEN, first.case)
    assert (view.blind, view.case.votes, view.case.state) == (True, (), "open")
    second = world.vote(BEN, "dismiss")
    assert second.state == "decided"
    assert second.votes[-1].blind
    assert second.decision is not None and second.decision.actors == ("anna", "ben")


def test_who_would_not_dismiss_brings_it_before_a_senior() -> None:
    world = opened("urgent offer")
    world.vote(ANNA, "dismiss")
    assert world.vote(BEN, "remove").state == "escalated"
    decided = world.vote(SONIA, "dismiss")
    assert decided.decision is not None and decided.decision.actors == ("anna", "sonia")


def test_a_senior_whom_nobody_follows_dismisses_nothing_alone() -> None:
    world = opened("urgent offer")
    world.config.all_partners["police-d"] = replace(world.config.all_partners["police-b"], id="police-d")
    world.vote(ANNA, "offer_support", "ngo-a")
    world.vote(BEN, "remove")
    alone = world.vote(SONIA, "dismiss")
    assert (alone.state, alone.decisions) == ("escalated", ())
    assert world.vote(SARA, "dismiss").state == "decided"


def test_what_protects_still_takes_one() -> None:
    for action in ("warn_applicants", "remove"):
        assert opened("urgent offer").vote(ANNA, action).state == "decided"  # type: ignore[arg-type]


def test_a_mild_case_takes_one() -> None:
    dismissed: Case = opened("review offer").vote(ANNA, "dismiss")
    assert dismissed.state == "decided"
