"""Reports of offers that no platform sent us: somebody sees where the offer stands, decides, and whoever asks is answered.
And notices of an offence against a child, wherever the offer stands: they come before all else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from screening.cases.appeals import appeal_case
from screening.cases.campaign_case import merge_into
from screening.cases.case import Case
from screening.cases.decisions import DecisionRequest, offered_actions
from screening.workflows.complaint import ReceiveComplaint
from screening.workflows.notifier_answers import AskAboutReport, ReportAnswer
from screening.workflows.records import Team
from screening.workflows.report import ReportReceipt
from tests.fakes.world import World, person, post

ANNA, BEN, SONIA = person("anna", "reviewer"), person("ben", "reviewer"), person("sonia", "senior")
ADDRESS = "https://jobs.example/offers/Zebrafink?id=17"
NOTICE: dict[str, Any] = {
    "kind": "notice", "explanation": "They keep the papers.", "url": ADDRESS, "name": "N", "email": "n@example.net",
    "good_faith": True,
}  # fmt: skip
OF_A_CHILD = NOTICE | {"child_sexual_offence": True}


@pytest.fixture
def world() -> World:
    return World()


def asked(world: World, receipt: ReportReceipt) -> ReportAnswer:
    ask = AskAboutReport(reports=world.reports, clock=world.clock, metrics=world.metrics)
    return ask(receipt.report, receipt.token)


def complained(world: World, receipt: ReportReceipt) -> None:
    complain = ReceiveComplaint(
        reports=world.reports, sealer=world.sealer, bus=world.bus, clock=world.clock, metrics=world.metrics
    )
    complain({"report": receipt.report, "reason": "Look again."}, receipt.token)
    world.run()


def dismissed(world: World) -> ReportReceipt:
    receipt = world.report(NOTICE)
    world.run()
    world.clock.advance(hours=1)
    world.vote(ANNA, "dismiss")
    world.let_out()
    return receipt


def in_order(world: World) -> list[str]:
    return [case.case for case in world.list_cases(ANNA, "team-a").cases]


@pytest.mark.parametrize("where", [{}, {"url": None, "platform": "elsewhere", "post_id": "17"}, {"url": None, "platform": "alpha", "post_id": "17"}])  # fmt: skip
def test_who_gave_notice_of_an_offer_that_nobody_sent_is_answered(world: World, where: dict[str, str]) -> None:
    receipt = world.report(NOTICE | where)
    world.run()
    assert asked(world, receipt).status == "in_review"
    world.clock.advance(hours=1)
    world.vote(ANNA, "dismiss")
    world.let_out()
    assert world.refer_jobs.dead == []
    told = asked(world, receipt)
    assert (told.status, told.restricted) == ("decided", False)


def test_a_reviewer_sees_the_address_as_it_was_given_and_nothing_else_carries_it(world: World) -> None:
    world.report(NOTICE)
    world.run()
    (case,) = world.list_cases(ANNA, "team-a").cases
    (said,) = world.read_case(ANNA, case.case).statements
    assert (said.words, said.address, said.post) == ("They keep the papers.", ADDRESS, None)
    world.vote(ANNA, "dismiss")
    world.let_out()
    entries = repr(list(world.cases.entries.values()))
    stored = json.dumps([one.to_dict() for one in world.cases.all()])
    for text in (world.everything_in_transit(), entries, stored, repr(world.reports.reports)):
        assert "Zebrafink" not in text


def test_the_name_of_a_post_that_was_never_sent_is_shown(world: World) -> None:
    world.report(NOTICE | {"url": None, "platform": "elsewhere", "post_id": "17"})
    world.run()
    (said,) = world.read_case(ANNA, world.only_case().case).statements
    assert (said.address, said.post) == (None, ("elsewhere", "17"))


def test_who_answers_a_complaint_sees_the_address_of_its_notice(world: World) -> None:
    receipt = dismissed(world)
    complained(world, receipt)
    (case,) = (one for one in world.cases.all() if one.is_open)
    (said,) = world.read_case(BEN, case.case).statements
    assert (said.words, said.address) == ("Look again.", ADDRESS)
    world.decide(case.case, BEN, request(case))
    world.let_out()
    assert world.refer_jobs.dead == []


def request(case: Case) -> DecisionRequest:
    return DecisionRequest(decision_id="d", action="dismiss", revision=case.revision, reason="It is plain.")


def test_every_report_of_a_case_is_shown_and_those_of_a_child_come_first(world: World) -> None:
    world.publish(post("1", "review offer"))
    world.run()
    about = {"url": None, "platform": "alpha", "post_id": "1"}
    for number, given in enumerate((NOTICE, OF_A_CHILD, NOTICE, NOTICE)):
        world.report(given | about | {"explanation": f"words {number}"})
        world.run()
    said = world.read_case(ANNA, world.only_case().case).statements
    assert [one.words for one in said] == ["words 1", "words 3", "words 2", "words 0"]
    assert [one.child_offence for one in said] == [True, False, False, False]


@pytest.mark.parametrize("about", [{}, {"url": None, "platform": "alpha", "post_id": "quiet"}])
def test_a_notice_of_an_offence_against_a_child_is_due_in_two_hours_and_first_of_all(
    world: World, about: dict[str, str]
) -> None:
    world.publish(post("1", "urgent offer"), post("2", "review offer"), post("quiet", "quiet"))
    world.run()
    world.clock.advance(hours=3)  # both are overdue, or due before it
    world.report(NOTICE | {"url": "https://jobs.example/offers/18"})
    world.report(OF_A_CHILD | about)
    world.run()
    (child,) = (case for case in world.cases.all() if case.child_notice)
    assert child.due_at == world.clock.now() + timedelta(hours=2)
    assert in_order(world)[0] == child.case
    assert len(in_order(world)) == 4
    taken = world.take_next(ANNA, "team-a")
    assert taken is not None
    assert taken.case == child.case


def test_it_brings_an_open_case_of_its_offer_to_the_front_and_the_queue_learns_of_it(world: World) -> None:
    world.publish(post("1", "review offer"), post("2", "urgent offer"))
    world.run()
    pointers = len(world.review_queue.teams["team-a"])
    world.clock.advance(days=3)
    world.report(OF_A_CHILD | {"url": None, "platform": "alpha", "post_id": "1"})
    world.run()
    first = world.cases.read(in_order(world)[0])
    assert first is not None
    assert (first.post_id, first.child_notice) == ("1", True)
    assert len(world.review_queue.teams["team-a"]) == pointers + 1
    assert Case.from_dict(first.to_dict()) == first


def test_no_budget_hides_it_and_its_poster_is_not_asked(world: World) -> None:
    world.publish(post("1", "review offer"), post("2", "review offer, another"))
    world.run()
    world.config.all_teams["team-a"] = Team(id="team-a", daily_budget=1, second_review_share=0.0)
    world.clock.advance(hours=1)
    case = next(one for one in world.cases.all() if one.post_id == "2")
    world.decide(case.case, ANNA, request(case))
    world.run()
    assert in_order(world) == []
    world.report(OF_A_CHILD | {"url": None, "platform": "alpha", "post_id": "1"})
    world.run()
    (case,) = world.list_cases(ANNA, "team-a").cases
    assert case.severe
    assert "ask_poster" not in offered_actions(case, ANNA)
    assert "remove" in offered_actions(case, ANNA)


@pytest.mark.parametrize("about", [{}, {"url": None, "platform": "alpha", "post_id": "1"}])
def test_one_that_nobody_has_looked_at_raises_the_alarm_of_urgent_cases(world: World, about: dict[str, str]) -> None:
    world.publish(post("1", "review offer"))
    world.run()
    world.report(OF_A_CHILD | about)
    world.run()
    world.clock.advance(hours=5)
    world.sweep()
    assert world.metrics.counts["UrgentCasesWaiting"] == 1


def test_it_stays_with_a_case_that_is_merged_and_an_appeal_is_no_notice(world: World) -> None:
    world.publish(post("1", "review offer"), post("2", "review offer, another"))
    world.run()
    world.report(OF_A_CHILD | {"url": None, "platform": "alpha", "post_id": "1"})
    world.run()
    child = next(case for case in world.cases.all() if case.child_notice)
    other = next(case for case in world.cases.all() if not case.child_notice)
    assert merge_into(other, child, now=world.clock.now()).child_notice
    world.clock.advance(hours=1)
    removal = request(child)
    decided = world.decide(child.case, ANNA, replace(removal, action="remove"))
    made = appeal_case(decided, decided.decisions[0], report="r", now=world.clock.now())
    assert not made.child_notice


def test_a_complaint_about_such_a_notice_is_one_as_well(world: World) -> None:
    receipt = world.report(OF_A_CHILD)
    world.run()
    world.clock.advance(hours=1)
    world.vote(ANNA, "dismiss")
    world.vote(BEN, "dismiss")
    world.let_out()
    complained(world, receipt)
    (case,) = (one for one in world.cases.all() if one.is_open)
    assert (case.child_notice, case.due_at) == (True, world.clock.now() + timedelta(hours=2))
