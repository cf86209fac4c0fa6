"""A rule's switch: two administrators to switch it off, one to switch it on, and `screen` and the night hold to it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from screening.cases.ledger import ADMINISTRATION
from screening.errors import PermanentError
from screening.workflows.records import RuleSwitch
from tests.fakes.world import World, person, post

ADA, BO = person("ada", "administrator", teams=()), person("bo", "administrator", teams=())
WHY = "It floods us with factory posts."
RULE = "excess_hours.read"


@pytest.fixture
def world() -> World:
    return World()


def until(world: World, days: int) -> str:
    return (world.clock.now() + timedelta(days=days)).date().isoformat()


def switched_off(world: World, days: int = 14) -> RuleSwitch:
    off = RuleSwitch(id=RULE, off_until=until(world, days))
    assert world.administer.put(ADA, off, seen=None, reason=WHY).did == "proposed"
    (waiting,) = world.administer.waiting(BO)
    assert world.administer.answer(BO, "rule", RULE, waiting.id, confirms=True, reason="").did == "changed"
    return off


def test_it_is_off_once_a_second_administrator_confirmed_it(world: World) -> None:
    off = RuleSwitch(id=RULE, off_until=until(world, 14))
    assert world.administer.put(ADA, off, seen=None, reason=WHY).did == "proposed"
    assert not world.config.rules_off(world.clock.now())
    (waiting,) = world.administer.waiting(BO)
    world.administer.answer(BO, "rule", RULE, waiting.id, confirms=True, reason="")
    assert world.config.rules_off(world.clock.now()) == {RULE}
    last = list(world.ledger.entries(ADMINISTRATION))[-1]
    assert last.payload is not None
    assert (last.actor, last.payload["proposed_by"], last.payload["reason"]) == ("bo", "ada", WHY)
    assert last.payload["changed"]["off_until"] == [None, off.off_until]


def test_it_is_on_again_at_once_by_one_person_and_by_itself_at_its_end(world: World) -> None:
    off = switched_off(world)
    world.clock.advance(days=14)
    assert not world.config.rules_off(world.clock.now())
    on = RuleSwitch(id=RULE)
    assert world.administer.put(BO, on, seen=off, reason="The pack is mended now.").did == "changed"
    assert world.administer.rules(ADA) == (on,)


def test_longer_takes_two_again_and_sooner_one(world: World) -> None:
    off = switched_off(world, 10)
    longer, sooner = (RuleSwitch(id=RULE, off_until=until(world, days)) for days in (20, 5))
    assert world.administer.put(ADA, sooner, seen=off, reason=WHY).did == "changed"
    assert world.administer.put(ADA, longer, seen=sooner, reason=WHY).did == "proposed"


@pytest.mark.parametrize(
    ("rule", "days", "words"),
    [("excess_hours.nothing", 14, "there is no rule"), (RULE, 0, "until a day from"), (RULE, 61, "until a day from")],
)
def test_what_can_not_be_meant_is_refused(world: World, rule: str, days: int, words: str) -> None:
    with pytest.raises(PermanentError, match=words):
        world.administer.put(ADA, RuleSwitch(id=rule, off_until=until(world, days)), seen=None, reason=WHY)


def test_a_date_in_another_form_is_refused(world: World) -> None:
    with pytest.raises(PermanentError, match="no date"):
        world.administer.put(ADA, RuleSwitch(id=RULE, off_until="14.03.2026"), seen=None, reason=WHY)


def versions(world: World) -> set[str]:
    return {head.versions.split("/")[1] for head in world.posts.heads.values()}


def test_a_new_post_is_screened_without_it_and_says_so(world: World) -> None:
    switched_off(world)
    world.publish(post("1", "review: 14 hours a day"))
    world.run()
    assert versions(world) == {f"r1-without-{RULE}"}


def test_where_the_list_cannot_be_read_every_rule_counts(world: World) -> None:
    switched_off(world)
    world.faults.throttle("config.rules_off")
    world.publish(post("1", "review: 14 hours a day"))
    world.run()
    assert versions(world) == {"r1"}
    assert world.metrics.counts["RuleSwitchesUnknown"] == 1


def test_the_night_scores_without_it_and_with_it_again_when_it_is_on(world: World) -> None:
    world.publish(post("1", "review: 14 hours a day"))
    world.run()
    switched_off(world)
    world.clock.advance(hours=20)
    night(world, "2026-03-03")
    assert versions(world) == {f"r1-without-{RULE}"}
    world.clock.advance(days=14)
    night(world, "2026-03-17")
    assert versions(world) == {"r1"}


def night(world: World, run: str) -> None:
    plan = world.plan_rescore(run, world.clock.now())
    for line in world.rescores.manifests[run]:
        world.rescore_chunk(json.loads(line))
    world.conclude_rescore(run, count=plan.count)
