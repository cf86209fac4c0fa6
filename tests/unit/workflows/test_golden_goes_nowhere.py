"""An answer to a golden case goes nowhere, is on record for what it is, and its time ends."""

from __future__ import annotations

import json

import pytest

from screening.cases.golden import drawn
from screening.cases.vote import Action
from screening.errors import ConflictError, NotFoundError
from screening.posts.post import Poster
from screening.workflows.decided_cases import decided_since, moderated_cases
from screening.workflows.records import Team
from screening.workflows.rule_alarms import WatchJudgement
from tests.fakes.world import World, person, post
from tests.unit.authorisation import MildAssessor
from tests.unit.workflows.deciding import decide
from tests.unit.workflows.erasing import Vault
from tests.unit.workflows.golden import (
    ANNA,
    BEN,
    SARA,
    SONIA,
    TOKEN,
    WHY,
    drawn_for,
    golden_of,
    ids,
    known_case,
    left_the_house,
    open_offer,
    stored,
)


@pytest.mark.parametrize("action", ["dismiss", "warn_applicants", "remove", "refer"])
def test_nothing_of_an_answer_leaves_the_house(action: Action) -> None:
    world = World()
    known_case(world)
    golden = drawn_for(world)
    before = left_the_house(world)
    decide(world, golden, ANNA, action, "police-b" if action == "refer" else None)
    world.let_out()
    answered = stored(world, golden.case)
    assert answered.votes
    assert answered.outbox == ()
    assert golden.case not in world.everything_in_transit()
    assert left_the_house(world) == before


def test_undoing_putting_back_and_reopening_it_reach_nobody() -> None:
    world = World()
    known_case(world)
    golden = drawn_for(world)
    before = left_the_house(world)
    voted = decide(world, golden, ANNA, "dismiss")
    undone = world.take_back.undo(ANNA, golden.case, revision=voted.revision)
    assert undone.is_open
    again = decide(world, undone, ANNA, "dismiss")
    world.take_back.reopen(ANNA, golden.case, revision=again.revision, reason="I read it wrongly then.")
    world.put_aside.skip(ANNA, golden.case)
    world.let_out()
    assert left_the_house(world) == before
    assert golden.case not in ids(world, BEN)


def test_putting_a_rule_aside_on_one_leaves_no_poster_s_offers_out() -> None:
    world = World()
    world.assessor = MildAssessor()
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=0.0, golden_share=0.02)
    world.publish(post("1", "review: night shifts", poster=Poster(id="p-1")))
    world.run()
    case = decide(world, world.only_case(), BEN, "dismiss")
    world.keep_golden.propose(SONIA, case.case, right=["dismiss"], why="A fair night shift.")
    world.keep_golden.confirm(SARA, case.case)
    golden = drawn_for(world)
    before = left_the_house(world)
    world.snooze(ANNA, golden.case, "excess_hours.test", days=3, reason="Plain.")
    assert left_the_house(world) == before
    assert world.cases.put_aside == []
    assert world.cases.ledger(golden.case)[-1].kind == "snoozed"


def test_no_statistic_list_alarm_or_example_finds_it() -> None:
    world = World()
    source = known_case(world)
    golden = drawn_for(world)
    answered = decide(world, golden, ANNA, "dismiss")
    now = world.clock.now()
    since = source.opened_at
    counted = [
        *decided_since(world.cases, ("team-a",), since=since),
        *moderated_cases(world.cases, ("team-a",), since=since),
    ]
    assert {case.case for case in counted} == {source.case}
    assert world.measures(SONIA, "team-a").cases == 1
    assert not any(world.cases.queue("team-a", name, limit=99) for name in ("review", "audit", "inconclusive"))
    assert not world.cases.due_for_second_look("team-a", limit=99)
    assert not world.cases.pending(before=now.replace(year=2099), limit=99)
    latest = world.cases.latest_of("alpha", "1")
    assert latest is not None
    assert latest.case == source.case
    watch = WatchJudgement(cases=world.cases, config=world.config, clock=world.clock, metrics=world.metrics)
    watch(lambda: 600.0)
    other = open_offer(world, "8")
    assert answered.case not in [one.case for one in world.read_case(BEN, other).similar]


def test_a_legal_hold_doesn_t_copy_it() -> None:
    world = World()
    known_case(world)
    with pytest.raises(NotFoundError):
        Vault(world).holds.set(drawn_for(world).case, name="court 1", basis="law", by="op")


def test_its_ledger_says_what_it_is_to_who_verifies_and_holds() -> None:
    world = World()
    source = known_case(world)
    golden = drawn_for(world)
    decide(world, golden, ANNA, "remove")
    entries = world.cases.ledger(golden.case)
    assert [entry.kind for entry in entries] == ["opened", "vote", "decision"]
    assert {json.dumps((entry.payload or {}).get("golden")) for entry in entries} == {json.dumps(source.case)}
    assert Vault(world).verify().faults == []


def test_an_answer_can_t_be_changed_once_it_was_told() -> None:
    world = World()
    known_case(world)
    golden = drawn_for(world)
    answered = decide(world, golden, ANNA, "dismiss")
    world.clock.advance(days=1)
    assert ids(world, ANNA, "mine") == []
    with pytest.raises(ConflictError):
        world.take_back.reopen(ANNA, golden.case, revision=answered.revision, reason="I read it wrongly then.")


# Its time


def test_erasing_the_post_retires_it_and_takes_what_was_said_of_it() -> None:
    world = World()
    source = known_case(world)
    answered = drawn_for(world)
    decide(world, answered, ANNA, "remove")
    waiting = drawn_for(world, person("carl", "reviewer"), TOKEN + "x") if drawn(TOKEN + "x", 0.02) else None
    assert waiting is None
    Vault(world).erase()
    assert stored(world, source.case).known is None
    assert WHY not in world.cases.items[source.case]
    assert [vote.reason for vote in stored(world, answered.case).votes] == [""]
    held = [entry.payload for entry in world.cases.ledger(answered.case) if entry.kind in ("vote", "opened")]
    assert held == [None, None]
    world.golden.draw(person("dora", "reviewer"), "team-a", TOKEN + "1")
    assert len(golden_of(world)) == 1


def test_one_that_waits_is_given_no_more_once_its_text_is_erased_or_the_case_retired() -> None:
    for ends in ("erase", "retire", "gone"):
        world = World()
        source = known_case(world)
        golden = drawn_for(world)
        assert golden.case in ids(world, ANNA)
        if ends == "erase":
            Vault(world).erase()
        elif ends == "retire":
            world.keep_golden.retire(SARA, source.case)
        else:
            del world.cases.items[source.case]
        assert ids(world, ANNA) == []
        assert world.take_next(ANNA, "team-a") is None


def test_a_known_case_whose_text_is_gone_retires_when_it_would_be_drawn() -> None:
    world = World()
    source = known_case(world)
    world.archive.objects.clear()
    world.golden.draw(ANNA, "team-a", TOKEN)
    assert not golden_of(world)
    assert stored(world, source.case).known is None
    last = world.cases.ledger(source.case)[-1]
    assert (last.kind, last.actor) == ("golden_retired", "system:golden")


def test_it_is_kept_as_long_as_decisions_are() -> None:
    world = World()
    known_case(world)
    golden = drawn_for(world)
    expires = world.cases.expires[golden.case]
    assert expires is not None
    assert (expires - golden.opened_at).days == 183
