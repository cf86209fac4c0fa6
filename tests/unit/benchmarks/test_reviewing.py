"""The review benchmark's own judgement: what it plans, what it calls a fault, and how it says its figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from benchmarks.reviewing import spread
from benchmarks.reviewing_cases import BIG, SMALL, PlannedCase, Sample, load_samples, plan_cases
from benchmarks.reviewing_checks import Told, run_faults, states_of
from screening.cases.case import Case
from screening.cases.decisions import DecisionRequest
from screening.cases.vote import Action
from tests.fakes.campaign_events import assessed, tell
from tests.fakes.world import World, person

ANNA, BEN = person("anna", "reviewer"), person("ben", "reviewer")


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    return load_samples()


def plan(samples: list[Sample], number: int) -> list[PlannedCase]:
    return plan_cases(number, samples, seed=1)


def test_the_plan_has_every_tier_campaigns_of_both_sizes_and_cases_that_need_two(samples: list[Sample]) -> None:
    planned = plan(samples, 1_000)
    assert len({case.case for case in planned}) == 1_000
    sizes = Counter(case.posts for case in planned)
    assert sizes[BIG] == 1
    assert sizes[SMALL] >= 4
    assert {case.samples[0].assessment.tier for case in planned} == {"review", "urgent", "clear", "inconclusive"}
    languages = {case.samples[0].assessment.post.language for case in planned}
    assert len(languages) >= 8
    assert {"refer", "offer_support", "dismiss", "remove", "warn_applicants"} <= {case.action for case in planned}


def test_only_what_the_evidence_carries_is_to_be_referred(samples: list[Sample]) -> None:
    assert all(case.samples[0].carries_referral for case in plan(samples, 400) if case.action == "refer")


def test_the_same_seed_plans_the_same(samples: list[Sample]) -> None:
    assert [(c.case, c.action) for c in plan(samples, 50)] == [(c.case, c.action) for c in plan(samples, 50)]


def test_a_campaigns_posts_have_different_ids_and_wordings(samples: list[Sample]) -> None:
    campaign = plan(samples, 1)[0]
    assert len({campaign.post_id(place) for place in range(campaign.posts)}) == BIG
    assert len({sample.post.description for sample in campaign.samples}) > 4


# What is a fault


def decided(action: Action = "remove") -> tuple[World, Case]:
    world = World()
    tell(world, assessed("p1", campaign=None))
    case = world.cases.all()[0]
    request = DecisionRequest(decision_id="d-1", action=action, revision=case.revision, reason="for the test")
    return world, world.decide(case.case, ANNA, request)


def faults(world: World, case: Case, *, told: set[Told] | None = None) -> list[str]:
    chain = world.cases.ledger(case.case)
    expected = {(case.case, made.action, made.partner or "") for made in case.decisions}
    return run_faults([case.case], {case.case: case}, {case.case: chain}, expected if told is None else told)


def test_a_case_decided_once_is_no_fault() -> None:
    assert faults(*decided()) == []


def test_a_lost_case_and_one_too_many_are_told() -> None:
    world, case = decided()
    assert run_faults([case.case, "gone"], {case.case: case}, {case.case: world.cases.ledger(case.case)}, {
        (case.case, "remove", "")
    }) == ["case gone is lost"]  # fmt: skip
    assert "was never planned" in run_faults([], {case.case: case}, {case.case: ()}, {(case.case, "remove", "")})[0]


def test_a_decision_without_event_is_told() -> None:
    world, case = decided()
    assert faults(world, case, told=set()) == [f"case {case.case}: no event told of remove"]


def test_a_dismissal_that_can_still_be_undone_is_no_fault_and_one_that_is_lost_is() -> None:
    world, case = decided("dismiss")
    assert faults(world, case, told=set()) == []
    lost = replace(case, outbox=())
    assert faults(world, lost, told=set()) == [f"case {case.case}: no event told of dismiss"]


def test_a_case_decided_twice_is_told_and_one_overturned_by_a_senior_is_not() -> None:
    world, case = decided()
    first = case.decisions[0]
    second = replace(first, action="dismiss", votes=("d-2",))
    twice = replace(case, decisions=(first, second))
    assert any("decided twice: remove, dismiss" in fault for fault in faults(world, twice))
    overturned = replace(case, decisions=(replace(first, recheck="overturned"), second))
    assert not any("decided twice" in fault for fault in faults(world, overturned))


def test_a_referral_of_one_person_and_one_counted_twice_are_told() -> None:
    world, case = decided()
    made = case.decisions[0]
    alone = replace(case, decisions=(replace(made, action="refer"),))
    assert any("refer: needs two people, has 1" in fault for fault in faults(world, alone))
    same = replace(case, decisions=(replace(made, votes=("d-1", "d-1"), actors=("anna", "anna")),))
    assert any("aren't of distinct people" in fault for fault in faults(world, same))
    assert any("counts in two decisions" in fault for fault in faults(world, same))


def test_a_vote_missing_from_the_ledger_and_a_broken_chain_are_told() -> None:
    world, case = decided()
    chain = world.cases.ledger(case.case)
    told = {(case.case, "remove", "")}
    without_vote = [entry for entry in chain if entry.kind != "vote"]
    found = run_faults([case.case], {case.case: case}, {case.case: without_vote}, told)
    assert any("1 votes, 0 in the ledger" in fault for fault in found)
    assert len(found) > 1  # the chain itself has a gap too


def test_every_case_has_one_state() -> None:
    _, case = decided()
    others = {name: replace(case, case=name, state=name) for name in ("open", "second_look", "escalated")}
    assert states_of({"decided": case, **others}) == {
        "decided": 1, "left": 1, "waiting_for_a_second": 1, "waiting_for_a_senior": 1,
    }  # fmt: skip


# Figures


def test_a_spread_names_median_and_ninth_tenth() -> None:
    assert spread([float(number) for number in range(1, 11)]) == {"number": 10, "median": 5.5, "p90": 10.0, "max": 10.0}
    assert spread([]) == {"number": 0}
