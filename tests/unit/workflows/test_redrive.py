"""A dead letter says what it is about by ids, so that an operator needs no second tool to find the case."""

from __future__ import annotations

from screening.workflows.redrive import READERS
from tests.fakes.world import World, post
from tests.unit.workflows.deciding import ANNA, decide, one_case, the_case


def test_a_decision_names_its_case_post_and_action() -> None:
    world = one_case()
    case = the_case(world)
    decide(world, case, ANNA, "remove")
    about = READERS["refer"](world.refer_jobs.all_bodies[-1])
    assert about.startswith(f"CaseDecided: case {case.case}, post alpha/1, remove, event ")
    assert "Olena" not in about


def test_a_report_and_an_assessment_name_theirs() -> None:
    world = World()
    world.publish(post("1", "review: call Olena"))
    world.run()
    receipt = world.report(
        {"reason": "They keep papers.", "url": "https://jobs.example/olena", "contact": "me@x.example"}
    )
    assessed, reported = (READERS["review"](body) for body in world.review_jobs.all_bodies)
    assert assessed.startswith("PostAssessed: post alpha/1, event ")
    assert reported.startswith(f"ReportReceived: report {receipt.report}, event ")
