"""Teams are told of what can't wait: once for a case and cause, grouped, whatever dies in between."""

from __future__ import annotations

import contextlib
import itertools
import json
from datetime import time
from typing import Any

import pytest

from screening.cases.alerts.channel import Channel, QuietHours
from screening.cases.alerts.message import MOST_ATTEMPTS
from screening.cases.alerts.payloads import as_slack, as_teams, as_text, as_webhook
from screening.errors import PermanentError, TransientError
from screening.workflows.redrive import READERS
from screening.workflows.tell_teams import TellTeams
from tests.fakes.alerts import FakeAlertSender, FakeAlertStore
from tests.fakes.faults import Killed
from tests.fakes.world import World, person, post

CONSOLE = "https://console.example/console"


class Desk:
    """A world whose team-a has a channel."""

    def __init__(self, **fields: Any) -> None:
        self.world = World()
        self.store = FakeAlertStore(self.world.faults)
        self.sender = FakeAlertSender(self.world.faults)
        values: dict[str, Any] = {"name": "desk", "team": "team-a", "kind": "slack", **fields}
        self.store.known["desk"] = Channel(**values)

    def open(self, *words: str, first: int = 1, **fields: Any) -> None:
        self.world.publish(*(post(str(number), word, **fields) for number, word in enumerate(words, first)))
        self.world.run()

    def tell(self) -> int:
        world = self.world
        return TellTeams(
            store=self.store, sender=self.sender, cases=world.cases, config=world.config, referrals=world.referrals,
            clock=world.clock, metrics=world.metrics,
        )()  # fmt: skip

    def told(self) -> list[list[tuple[str, str]]]:
        return [[(one.cause, one.subject) for one in message.about] for message in self.sender.sent]


def test_an_urgent_case_is_told_once_and_past_its_due_time_once_more() -> None:
    desk = Desk()
    desk.open("urgent", "review")
    assert [desk.tell(), desk.tell()] == [1, 0]
    (urgent,) = [case for case in desk.world.cases.all() if case.tier == "urgent"]
    desk.world.clock.advance(hours=2, minutes=1)
    assert [desk.tell(), desk.tell()] == [1, 0]
    assert desk.told() == [[("urgent", urgent.case)], [("overdue", urgent.case)]]


def test_a_case_that_is_raised_to_urgent_is_told_then() -> None:
    desk = Desk()
    desk.open("review")
    assert desk.tell() == 0
    desk.world.clock.advance(minutes=5)
    desk.world.publish(post("1", "urgent"))
    desk.world.run()
    assert desk.tell() == 1


def test_what_comes_within_minutes_is_one_message_and_what_was_decided_meanwhile_is_in_none() -> None:
    desk = Desk()
    desk.open("urgent")
    desk.tell()
    desk.open("urgent", "urgent", first=2)
    desk.world.clock.advance(minutes=4)
    assert desk.tell() == 0
    desk.world.clock.advance(minutes=1)
    assert desk.tell() == 1
    assert [len(told) for told in desk.told()] == [1, 2]


def test_another_team_s_cases_are_not_told() -> None:
    desk = Desk(team="team-b")
    desk.open("urgent")
    assert desk.tell() == 0


def test_what_quiet_hours_held_back_comes_in_one_message_when_they_end() -> None:
    quiet = QuietHours(zone="UTC", begins=time(9), ends=time(21))
    desk = Desk(quiet=quiet, breaks=frozenset({"minor"}))
    desk.open("urgent", "urgent")
    for _ in range(11):
        desk.world.clock.advance(hours=1)
        assert desk.tell() == 0
    desk.world.clock.advance(hours=1)
    assert desk.tell() == 1
    assert sorted(cause for cause, _ in desk.told()[0]) == ["overdue", "overdue", "urgent", "urgent"]


def test_a_package_that_a_partner_leaves_lying_is_told_to_the_case_s_team() -> None:
    desk = Desk()
    desk.open("urgent")
    world = desk.world
    for who in ("anna", "ben"):
        world.vote(person(who, "reviewer"), "refer", "police-b")
    world.let_out()
    desk.tell()
    (referral,) = world.referrals.referrals.values()
    world.clock.advance(days=3)
    desk.tell()
    assert ("unfetched", referral.id) in [told for message in desk.told() for told in message]


CALLS = ("put_state", "mark", "add", "update")


@pytest.mark.parametrize("call", [f"alerts.{name}" for name in CALLS] + ["alert_sender.send"])
@pytest.mark.parametrize("how", ["kill_before", "kill_after", "lose_answer", "throttle"])
@pytest.mark.parametrize("nth", [1, 2])
def test_whatever_dies_in_between_each_case_is_in_one_message_that_is_sent(call: str, how: str, nth: int) -> None:
    desk = Desk()
    desk.open("urgent", "urgent")
    getattr(desk.world.faults, how)(call, nth)
    for _ in range(12):
        with contextlib.suppress(Killed):
            desk.tell()
        desk.world.clock.advance(minutes=2.5)
    told = {message.id: message for message in desk.sender.sent}
    assert len(told) == 1, "sent again under the same id at most"
    (message,) = told.values()
    assert len(message.about) == 2
    assert all(one.state == "sent" for one in desk.store.all())
    if how == "throttle":
        assert len(desk.sender.sent) == 1


def test_two_runs_at_once_make_one_message() -> None:
    desk = Desk()
    desk.open("urgent")
    desk.world.faults.meanwhile("alerts.put_state", lambda: desk.tell() and None)
    desk.tell()
    assert len({message.id for message in desk.sender.sent}) == len(desk.sender.sent) == 1


def test_a_message_is_tried_with_ever_longer_waits_and_then_lies_where_an_operator_finds_it() -> None:
    desk = Desk()
    desk.open("urgent")
    desk.sender.fails = TransientError("channel desk: answered 503")
    tries = []
    for minute in range(110):
        before = desk.world.metrics.counts["AlertRefused"]
        desk.tell()
        if desk.world.metrics.counts["AlertRefused"] > before:
            tries.append(minute)
        desk.world.clock.advance(minutes=1)
    waits = [after - before for before, after in itertools.pairwise(tries)]
    assert waits == [1, 2, 4, 8, 16, 30, 30]
    assert len(tries) == MOST_ATTEMPTS
    first = next(one for one in desk.store.all() if any(told.cause == "urgent" for told in one.about))
    assert first.state == "dead"
    assert desk.world.metrics.counts["AlertsUndelivered"] >= 1
    assert READERS["alerts"](json.dumps(first.to_dict())) == "alert on desk: 1 to tell, channel desk: answered 503"


def test_what_is_refused_for_good_is_not_tried_again() -> None:
    desk = Desk()
    desk.open("urgent")
    desk.sender.fails = PermanentError("channel desk: refused with 404")
    desk.tell()
    desk.world.clock.advance(minutes=3)
    desk.tell()
    assert desk.world.metrics.counts["AlertsUndelivered"] == 1


def test_a_digest_comes_once_a_day_with_the_team_s_figures() -> None:
    desk = Desk(digest_at=time(9), zone="UTC")
    desk.store.overturned = 2
    desk.open("urgent", "review", "review")
    assert desk.tell() == 2
    assert desk.tell() == 0
    digest = desk.sender.sent[0].digest
    assert digest is not None
    assert (dict(digest.waiting), digest.overdue, digest.rules) == ({"urgent": 1, "review": 2}, 0, 2)
    desk.world.clock.advance(days=1)
    desk.tell()
    assert [message.kind for message in desk.sender.sent].count("digest") == 2


@pytest.mark.parametrize("language", ["en", "uk"])
def test_no_message_holds_text_title_contact_or_place(language: str) -> None:
    desk = Desk(language=language, digest_at=time(9))
    text = "urgent: call Olena on +48 600 100 200"
    desk.world.publish(post("offer-4711", text, title="Hostess at once", contacts=("+48 600 100 200",)))
    desk.world.run()
    desk.world.clock.advance(hours=3)
    desk.tell()
    (case,) = desk.world.cases.all()
    for message in desk.sender.sent:
        channel = desk.store.known["desk"]
        said = [
            json.dumps(form(message, channel, console=CONSOLE), ensure_ascii=False)
            for form in (as_slack, as_teams, as_webhook)
        ]
        said.append("\n".join(as_text(message, channel, console=CONSOLE)))
        for words in (*said, json.dumps(message.to_dict())):
            assert not any(word in words for word in ("Olena", "600 100", "Hostess", "offer-4711", "alpha", "minor"))
        if message.kind == "alert":
            assert all(f"{CONSOLE}/case?id={case.case}" in words for words in said)


def test_the_forms_are_those_that_slack_and_teams_take() -> None:
    desk = Desk()
    desk.open(*["urgent"] * 60)
    desk.tell()
    (message,) = desk.sender.sent
    slack = as_slack(message, desk.store.known["desk"], console=CONSOLE)
    assert len(slack["blocks"]) <= 50
    assert all(len(block["text"]["text"]) <= 3_000 for block in slack["blocks"])
    teams = as_teams(message, desk.store.known["desk"], console=CONSOLE)
    (attachment,) = teams["attachments"]
    assert (teams["type"], attachment["contentType"]) == ("message", "application/vnd.microsoft.card.adaptive")
    assert attachment["content"]["type"] == "AdaptiveCard"
    assert len(json.dumps(teams)) < 28_000
    subject, _ = as_text(message, desk.store.known["desk"], console=CONSOLE)
    assert subject.isascii()
    assert as_webhook(message, desk.store.known["desk"], console="")["cases"][0]["link"] is None
