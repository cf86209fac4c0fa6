"""A restriction reaches its platform together with the reasons and the way to appeal, and the public database where agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from screening.cases.vote import Action
from screening.errors import PermanentError, TransientError
from screening.referrals.statement_of_reasons import COMPLAINT_MONTHS
from screening.referrals.transparency_rules import faults
from screening.workflows.review import event_of_body
from screening.workflows.tell_platform import TOGETHER
from tests.fakes.world import World, post
from tests.unit.workflows.deciding import (
    ANNA,
    SARA,
    SONIA,
    TEXT,
    appeal,
    campaign_case,
    decide,
    one_case,
    the_appeal,
    the_case,
)


def taking_part(world: World, *platforms: str) -> World:
    for name in platforms:
        world.config.platforms[name] = replace(world.config.platforms[name], transparency=True, member_state="PL")
    return world


@pytest.fixture
def world() -> World:
    return taking_part(one_case(), "alpha")


def sent(world: World) -> list[dict[str, Any]]:
    return [body for _, _, body in world.platform_notices.sent]


def test_restriction_reasons_and_the_way_to_appeal_come_in_one_message(world: World) -> None:
    decide(world, the_case(world), ANNA, "remove")
    (body,) = sent(world)
    assert body["type"] == "offer.removal_recommended"
    assert body["data"]["id"] == "1"
    statement = body["data"]["statement"]
    assert statement["restriction"]["applied_on"] == world.clock.now().date().isoformat()
    assert statement["concerns"] == ["trafficking_pattern"]
    assert statement["automated_decision"] is False
    assert statement["poster"]["language"] == "pl"
    assert all(statement["poster"][part] for part in ("title", "restriction", "facts", "ground", "fixes", "redress"))
    assert body["data"]["appeal"] == {
        "send_to": "/v1/platforms/alpha/appeals", "months": COMPLAINT_MONTHS, "decided_by": "a person",
    }  # fmt: skip
    assert TEXT[8:] not in str(body)


def test_no_other_decision_sends_reasons() -> None:
    others: tuple[Action, ...] = ("warn_applicants", "ask_poster")
    for action in others:
        world = one_case()
        decide(world, the_case(world), ANNA, action)
        assert "statement" not in sent(world)[0]["data"]


def test_a_campaign_is_told_for_every_live_post_once() -> None:
    world = taking_part(campaign_case(), "alpha")
    world.withdraw("alpha", world.signed_line("DELETE", "/v1/platforms/alpha/posts", id="p1"), "p1")
    world.run()
    decide(world, the_case(world), ANNA, "remove")
    world.refer_jobs.put(world.refer_jobs.all_bodies[-1])  # delivered again
    world.run()
    assert {body["data"]["id"] for body in sent(world)} == {"p0", "p2"}
    assert len({message for _, message, _ in world.platform_notices.sent}) == 2
    assert len(world.transparency.records) == 2


class RefusingOne:
    """A platform that doesn't know one of its posts any more."""

    def __init__(self, notices: Any, post_id: str) -> None:
        self._notices = notices
        self._post_id = post_id
        self.sent = notices.sent

    def send(self, platform: Any, *, message_id: str, body: dict[str, Any]) -> None:
        if body["data"]["id"] == self._post_id:
            raise PermanentError("platform alpha: webhook refused with 410")
        self._notices.send(platform, message_id=message_id, body=body)


def test_a_post_that_its_platform_refuses_keeps_no_other_online() -> None:
    world = campaign_case()
    world.platform_notices = RefusingOne(world.platform_notices, "p0")  # type: ignore[assignment]
    decide(world, the_case(world), ANNA, "remove")
    assert {body["data"]["id"] for body in sent(world)} == {"p1", "p2"}
    assert len(world.refer_jobs.dead) == 1, "somebody looks at the one that is left"


def test_a_platform_that_left_keeps_no_other_from_being_told() -> None:
    world = campaign_case()
    case = the_case(world)
    left = replace(case.members[0], platform="gone")
    world.saver.save(replace(case, members=(left, *case.members[1:])), before=case, entries=[], correlation_id="t")
    decide(world, the_case(world), ANNA, "remove")
    assert {body["data"]["id"] for body in sent(world)} == {case.post_id, case.members[1].post_id}
    assert len(world.refer_jobs.dead) == 1


def test_a_campaign_of_many_posts_is_told_of_each_once() -> None:
    world = campaign_case()
    case = the_case(world)
    many = [replace(case.members[0], post_id=f"m{number}", archive=None) for number in range(3 * TOGETHER)]
    members = (*case.members, *many)
    more = replace(case, members=members, member_count=len(members))
    world.saver.save(more, before=case, entries=[], correlation_id="t")
    decide(world, the_case(world), ANNA, "remove")
    told = [body["data"]["id"] for body in sent(world)]
    assert sorted(told) == sorted(post_id for _, post_id in more.posts)


def test_a_post_that_joined_after_the_decision_is_none_of_it() -> None:
    world = campaign_case()
    case = the_case(world)
    late = replace(case.members[-1], joined_at=world.clock.now().replace(hour=23))
    world.saver.save(replace(case, members=(*case.members[:-1], late)), before=case, entries=[], correlation_id="t")
    decide(world, the_case(world), ANNA, "remove")
    assert late.post_id not in {body["data"]["id"] for body in sent(world)}
    assert len(sent(world)) == len(case.posts) - 1


def test_the_database_gets_a_record_that_keeps_its_rules(world: World) -> None:
    decide(world, the_case(world), ANNA, "remove")
    (record,) = world.transparency.records.values()
    assert faults(record) == ()
    assert record["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_REMOVED"]
    assert record["content_language"] == "PL"
    text = str(record)
    assert not [word for word in ("Olena", "600 100 200", "anna", the_case(world).case) if word in text]


def test_only_platforms_that_take_part_are_entered() -> None:
    world = one_case()
    decide(world, the_case(world), ANNA, "remove")
    assert len(sent(world)) == 1
    assert not world.transparency.records


@pytest.mark.parametrize("action", ["warn_applicants", "ask_poster"])
def test_only_removals_are_entered(world: World, action: Any) -> None:
    decide(world, the_case(world), ANNA, action)
    assert not world.transparency.records


@pytest.mark.parametrize(
    ("posted", "language"),
    [("1970-01-01T00:00:00+00:00", "pl"), ("2026-02-20T10:00:00+00:00", "xx"), ("2030-01-01T00:00:00+00:00", None)],
)
def test_what_a_feed_says_amiss_spoils_no_record(posted: str, language: str | None) -> None:
    world = taking_part(World(), "alpha")
    world.publish(post("1", TEXT, posted_at=datetime.fromisoformat(posted), language=language))
    world.run()
    decide(world, the_case(world), ANNA, "remove")
    (record,) = world.transparency.records.values()
    assert faults(record) == ()
    assert record["content_date"] == ("2026-02-20" if posted.startswith("2026") else "2026-03-02")
    assert not world.refer_jobs.dead


def test_a_member_is_entered_with_its_own_day() -> None:
    world = taking_part(campaign_case([datetime(2026, 2, day, tzinfo=UTC) for day in (10, 11, 12)]), "alpha")
    decide(world, the_case(world), ANNA, "remove")
    days = sorted(record["content_date"] for record in world.transparency.records.values())
    assert days == ["2026-02-10", "2026-02-11", "2026-02-12"]


class Refusing:
    """The database, while it takes nothing."""

    def __init__(self) -> None:
        self.asked = 0

    def send(self, platform: str, records: Any) -> tuple[str, ...]:
        self.asked += 1
        return ("category: unknown value",)


def test_a_refused_record_goes_to_the_dead_letters_and_every_platform_was_told() -> None:
    world = taking_part(campaign_case(), "alpha")
    good = world.transparency
    world.transparency = Refusing()  # type: ignore[assignment]
    decide(world, the_case(world), ANNA, "remove")
    assert {body["data"]["id"] for body in sent(world)} == {"p0", "p1", "p2"}
    (letter,) = world.refer_jobs.dead
    messages = {message for _, message, _ in world.platform_notices.sent}
    world.transparency = good
    world.refer_jobs.put(letter)  # sent back once it is mended
    world.run()
    assert len(good.records) == 3
    assert {message for _, message, _ in world.platform_notices.sent} == messages


@pytest.mark.parametrize("how", ["throttle", "kill_before", "kill_after"])
def test_a_database_that_is_away_for_now_gets_the_record_once_later(world: World, how: str) -> None:
    getattr(world.faults, how)("transparency.send")
    decide(world, the_case(world), ANNA, "remove")
    assert len(world.transparency.records) == 1
    assert not world.refer_jobs.dead


def test_during_a_hold_nothing_goes_out_and_afterwards_no_date_shows_that_it_waited() -> None:
    held, plain = taking_part(one_case(), "alpha"), taking_part(one_case(), "alpha")
    decide(held, the_case(held), SONIA, "notify_authority", "police-b")
    case = the_case(held)
    held.hold_statement(SARA, case.case, revision=case.revision, hours=60, reason="People are still there.")
    decide(held, the_case(held), ANNA, "remove")
    assert not sent(held)
    assert not held.transparency.records
    for world in (held, plain):
        world.clock.advance(hours=60)
    decide(plain, the_case(plain), ANNA, "remove")
    held.clock.advance(minutes=2)
    held.sweep()
    held.run()
    assert held.platform_notices.sent == plain.platform_notices.sent
    assert held.transparency.records == plain.transparency.records


def test_a_removal_that_a_platform_could_not_be_told_of_waits_in_the_dead_letters(world: World) -> None:
    """People decided that the offer should go: it must not stay online while everybody believes that it went."""
    known = world.config.platforms["alpha"]
    world.config.platforms["alpha"] = replace(known, webhook_url=None)
    decide(world, the_case(world), ANNA, "remove")
    assert world.metrics.counts["PlatformWithoutWebhook"] >= 1
    assert not world.transparency.records, "the public database tells of no removal that its platform knows nothing of"
    (letter,) = world.refer_jobs.dead
    world.config.platforms["alpha"] = known
    world.refer_jobs.put(letter)
    world.run()
    assert len(sent(world)) == len(world.transparency.records) == 1


def test_a_platform_without_an_address_keeps_no_other_from_being_told() -> None:
    world = taking_part(campaign_case(), "alpha")
    case = the_case(world)
    other = replace(case.members[0], platform="beta")
    world.saver.save(replace(case, members=(other, *case.members[1:])), before=case, entries=[], correlation_id="t")
    world.config.platforms["beta"] = replace(world.config.platforms["beta"], webhook_url=None)
    decide(world, the_case(world), ANNA, "remove")
    assert {body["data"]["id"] for body in sent(world)} == {case.post_id, case.members[1].post_id}
    assert len(world.transparency.records) == 2
    assert len(world.refer_jobs.dead) == 1


def test_a_platform_that_is_away_is_told_later_under_the_same_id(world: World) -> None:
    world.faults.lose_answer("platform_notices.send")
    decide(world, the_case(world), ANNA, "remove")
    assert len({message for _, message, _ in world.platform_notices.sent}) == 1
    assert len(sent(world)) == 2
    with pytest.raises(TransientError):
        world.faults.throttle("platform_notices.send")
        world.carry_out.handle(world.bus.of("CaseDecided")[0])


def test_that_a_platform_was_told_stands_in_the_ledger_once(world: World) -> None:
    decide(world, the_case(world), ANNA, "remove")
    for body in list(world.refer_jobs.all_bodies):
        world.carry_out.handle(event_of_body(body))
    told = [entry for entry in world.cases.ledger(the_case(world).case) if entry.kind == "platform_told"]
    assert [entry.payload and (entry.payload["action"], entry.payload["posts"]) for entry in told] == [("remove", 1)]


def test_a_removal_that_comes_late_is_not_told_once_it_was_lifted(world: World) -> None:
    """Its message failed until it lay in the dead letters; meanwhile a senior put the offer back."""
    known = world.config.platforms["alpha"]
    world.config.platforms["alpha"] = replace(known, webhook_url=None)
    decide(world, the_case(world), ANNA, "remove")
    (letter,) = world.refer_jobs.dead
    world.config.platforms["alpha"] = known
    world.clock.advance(minutes=5)
    appeal(world)
    decide(world, the_appeal(world), SONIA, "restore")
    assert [body["type"] for body in sent(world)] == ["offer.restriction_lifted"]
    world.refer_jobs.put(letter)
    world.run()
    assert [body["type"] for body in sent(world)] == ["offer.restriction_lifted"]
    assert not world.transparency.records
    assert len(world.refer_jobs.dead) == 1, "it is done, and dies no second time"


def test_of_a_campaign_the_one_post_that_an_appeal_freed_is_not_told_of_late() -> None:
    world = campaign_case()
    known = world.config.platforms["alpha"]
    world.config.platforms["alpha"] = replace(known, webhook_url=None)
    decide(world, the_case(world), ANNA, "remove")
    (letter,) = world.refer_jobs.dead
    world.config.platforms["alpha"] = known
    world.clock.advance(minutes=5)
    appeal(world, "p1")
    decide(world, the_appeal(world), SONIA, "restore")
    world.refer_jobs.put(letter)
    world.run()
    removed = [body["data"]["id"] for body in sent(world) if body["type"] == "offer.removal_recommended"]
    assert sorted(removed) == ["p0", "p2"]
