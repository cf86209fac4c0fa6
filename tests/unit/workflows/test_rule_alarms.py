"""What is told once a day of how people judge: rules overturned often, second looks and cases that wait for nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from screening.cases.quality.rule_precision import LEAST_CASES
from screening.workflows.rule_alarms import LONG_OVERDUE, WatchJudgement
from tests.fakes.world import World, person, post
from tests.unit.workflows.deciding import ANNA, BEN, SONIA, decide, one_case, the_case

PAUL = person("paul", "partner_liaison")


def watched(world: World) -> dict[str, int]:
    world.metrics.counts.clear()
    WatchJudgement(cases=world.cases, config=world.config, clock=world.clock, metrics=world.metrics)(lambda: 900.0)
    names = ("RulesOverturnedOften", "SecondLooksOverdue", "CasesLongOverdue")
    return {name: world.metrics.counts[name] for name in names if world.metrics.counts[name]}


@pytest.mark.parametrize(("action", "alarm"), [("dismiss", True), ("warn_applicants", False)])
def test_a_rule_whose_cases_come_to_nothing_again_and_again_is_told_of(action: str, alarm: bool) -> None:
    world = World()
    world.publish(*(post(str(number), "review offer") for number in range(LEAST_CASES)))
    world.run()
    for case in world.cases.all():
        decide(world, case, ANNA, action)  # type: ignore[arg-type]
    assert ("RulesOverturnedOften" in watched(world)) is alarm


def test_too_few_cases_tell_nothing_of_a_rule() -> None:
    world = one_case()
    decide(world, the_case(world), ANNA, "dismiss")
    assert watched(world) == {}


def test_a_second_look_is_told_of_once_its_24_hours_are_over() -> None:
    world = one_case()
    case = decide(world, the_case(world), SONIA, "notify_authority", "police-b")
    world.clock.advance(hours=24)
    assert watched(world) == {}
    world.clock.advance(seconds=1)
    assert watched(world) == {"SecondLooksOverdue": 1}
    world.decide.second_look(case.case, PAUL, revision=case.revision, agrees=True, reason="")
    assert watched(world) == {}


def test_a_case_that_waits_for_a_senior_who_is_not_there_is_told_of_after_a_week() -> None:
    world = one_case()
    decide(world, the_case(world), ANNA, "dismiss")
    assert watched(world) == {}, "what is decided waits for nobody"
    world = one_case()
    decide(world, the_case(world), SONIA, "refer", "police-b")
    case = decide(world, the_case(world), BEN, "remove")
    assert case.state == "escalated"
    world.clock.advance(seconds=(case.due_at + LONG_OVERDUE - world.clock.now()) / timedelta(seconds=1))
    assert watched(world) == {}
    world.clock.advance(seconds=1)
    assert watched(world) == {"CasesLongOverdue": 1}
