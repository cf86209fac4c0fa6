"""A flood of reports: the case stays small enough to be saved, is decided, all are answered, and one sender weighs as one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from screening.cases import updates
from screening.cases.campaign_case import merge_into
from screening.cases.case import MAX_HISTORY, MAX_PLAIN_REPORTS, MAX_REPORTS, Case
from screening.cases.updates import add_report
from screening.workflows.complaint import ReceiveComplaint
from screening.workflows.notifier_answers import AskAboutReport
from screening.workflows.report import ReportReceipt
from screening.workflows.report_places import sender_of
from tests.fakes.console_cases import NOW, case
from tests.fakes.world import World, person, post, sender_mark
from tests.unit.workflows.erasing import Vault

ANNA = person("anna", "reviewer")
ABOUT = {"platform": "alpha", "post_id": "1"}
NOTICE = ABOUT | {"kind": "notice", "explanation": "They keep the papers.", "name": "N", "email": "n@example.org", "good_faith": True}  # fmt: skip


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Places for four reports, two of them for notices alone."""
    monkeypatch.setattr(updates, "MAX_REPORTS", 4)
    monkeypatch.setattr(updates, "MAX_PLAIN_REPORTS", 2)


def opened() -> World:
    world = World()
    world.publish(post("1", "review offer"))
    world.run()
    return world


def report(world: World, number: int = 0, **fields: Any) -> ReportReceipt:
    receipt = world.report(ABOUT | {"reason": f"words {number}"} | fields)
    world.run(twice=True)
    return receipt


def asked(world: World, receipt: ReportReceipt) -> tuple[str, bool | None]:
    ask = AskAboutReport(reports=world.reports, clock=world.clock, metrics=world.metrics)
    told = ask(receipt.report, receipt.token)
    return told.status, told.restricted


def test_a_case_with_thousands_of_reports_can_be_saved_and_decided() -> None:
    many = case(1)
    for number in range(5_000):
        many = add_report(many, f"{number:08d}-aaaa-bbbb-cccc-dddddddddddd", now=NOW, sender=f"s{number}")
    for number in range(5_000):
        many = add_report(many, f"{number:08d}-notice-bbbb-cccc-dddddddd", now=NOW, notice=True)
    assert (len(many.reports), many.report_count) == (MAX_REPORTS, 10_000)
    assert len(json.dumps(many.to_dict())) < 100_000, "DynamoDB takes 400,000 bytes an item"
    assert len(many.history) < MAX_HISTORY, "what people did isn't pushed out"
    assert Case.from_dict(many.to_dict()) == many


def test_a_case_stored_before_reports_were_counted_still_reads() -> None:
    stored = case(1, reports=("a", "b")).to_dict()
    del stored["report_count"], stored["senders"], stored["overruled"]
    found = Case.from_dict(stored)
    assert (found.report_count, found.report_weight, found.overruled) == (2, 1, ())


def test_plain_reports_take_no_place_of_a_notice() -> None:
    many = case(1, reports=tuple(map(str, range(MAX_PLAIN_REPORTS))))
    assert "p" not in add_report(many, "p", now=NOW).reports
    assert "n" in add_report(many, "n", now=NOW, notice=True).reports


def test_what_is_not_listed_is_counted_once_and_answered_like_the_others(few: None) -> None:
    world = opened()
    receipts = [report(world, number) for number in range(6)]
    stored = world.only_case()
    assert (len(stored.reports), stored.report_count) == (2, 6)
    assert [asked(world, one)[0] for one in receipts] == ["in_review"] * 6
    world.vote(ANNA, "remove")
    world.run()
    assert [asked(world, one) for one in receipts] == [("decided", True)] * 6


def test_an_unlisted_notice_can_be_complained_of(few: None) -> None:
    world = opened()
    notices = []
    for number in range(5):
        notices.append(world.report(NOTICE | {"email": f"n{number}@example.org"}))
        world.run(twice=True)
    assert notices[-1].report not in world.only_case().reports
    world.vote(ANNA, "dismiss")
    world.let_out()
    complain = ReceiveComplaint(
        reports=world.reports, sealer=world.sealer, bus=world.bus, clock=world.clock, metrics=world.metrics
    )
    assert complain({"report": notices[-1].report, "reason": "Look again."}, notices[-1].token)
    world.run()
    assert [one.queue for one in world.cases.all() if one.is_open] == ["reports"]


def test_an_erasure_finds_what_a_case_does_not_list(few: None) -> None:
    world = opened()
    vault = Vault(world)
    for number in range(5):
        report(world, number)
    vault.erase(with_reports=True)
    assert world.reports.reports == {}


# One sender


def due_after(*contacts: str | None) -> timedelta:
    world = opened()
    for number, contact in enumerate(contacts):
        report(world, number, contact=contact)
    found = world.only_case()
    return found.due_at - found.opened_at


def test_reports_of_one_sender_weigh_as_one() -> None:
    one = due_after("anna@example.org")
    assert due_after(*["anna@example.org"] * 5) == one
    assert due_after("anna@example.org", "Anna+2@Example.org", " anna+3@example.org") == one
    assert due_after("a@example.org", "b@example.org", "c@example.org") < one


def test_those_who_do_not_say_who_they_are_weigh_as_one_together() -> None:
    assert due_after(None, None, None, None) == due_after(None)


def test_a_sender_who_writes_again_moves_no_deadline() -> None:
    world = opened()
    report(world, 1, contact="a@example.org")
    due = world.only_case().due_at
    world.clock.advance(minutes=30)
    report(world, 2, contact="a@example.org")
    assert (world.only_case().due_at, world.only_case().report_count) == (due, 2)


def test_a_sender_is_known_by_a_mark_alone() -> None:
    world = opened()
    report(world, 1, contact="reporter@example.net")
    kept = (
        f"{world.only_case().to_dict()} {world.reports.reports} {world.cases.entries} {world.everything_in_transit()}"
    )
    assert "reporter@example.net" not in kept
    assert world.only_case().senders == (sender_mark("reporter@example.net"),)
    assert sender_of("reporter@example.net", None) == ""


def test_two_cases_that_become_one_list_no_more_than_there_is_room_for() -> None:
    one = replace(case(1), reports=tuple(f"a{n}" for n in range(300)), report_count=1_000, senders=("x", "y"))
    other = replace(case(2), reports=("a1", *(f"b{n}" for n in range(300))), report_count=500, senders=("y", "z"))
    merged = merge_into(one, other, now=NOW)
    assert (len(merged.reports), merged.report_count, merged.senders) == (MAX_REPORTS, 1_499, ("x", "y", "z"))
    assert merge_into(merged, other, now=NOW) == merged, "done again, as after a crash, it changes nothing"
