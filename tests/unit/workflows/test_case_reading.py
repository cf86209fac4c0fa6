"""A case as one person may see it: every look in the ledger, nothing of a colleague's word for who judges blind, no text unasked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from screening.cases.case import Case
from screening.cases.decisions import DecisionRequest
from screening.cases.ledger import views_of
from screening.cases.people import Person
from screening.errors import NotFoundError, PermissionDeniedError, TransientError
from screening.workflows.case_reading import CaseView
from screening.workflows.ledger_chain import SAME_VIEW
from screening.workflows.records import Team
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
SONIA = person("sonia", "senior")
AUDREY = person("audrey", "auditor")
BEA = person("bea", "reviewer", teams=("team-b",))


@pytest.fixture
def world() -> World:
    made = World()
    made.publish(post("1", "review offer"))
    made.run()
    return made


def read(world: World, who: Person = ANNA, **given: Any) -> CaseView:
    return world.read_case(who, world.cases.all()[0].case, **given)


def views(world: World) -> list[tuple[str, list[str]]]:
    entries = world.ledger.entries(views_of(world.cases.all()[0].case))
    return [(entry.actor, entry.payload["what"]) for entry in entries if entry.payload is not None]


def vote(world: World, case: Case, who: Person, action: Any, partner: str | None = None) -> Case:
    current = world.cases.read(case.case)
    assert current is not None
    request = DecisionRequest(
        decision_id=world.ids.new_id(), action=action, revision=current.revision, reason=f"{who.actor} thinks so.",
        partner=partner,
    )  # fmt: skip
    return world.decide(case.case, who, request)


# Looks


def test_every_look_stands_in_a_ledger_of_its_own(world: World) -> None:
    before = world.only_case()
    view = read(world)
    assert view.post is not None and view.post.description == "review offer"
    assert views(world) == [("anna", ["contacts", "text"])]
    assert world.only_case() == before, "looking changes no case"
    read(world, BEN)
    assert [actor for actor, _ in views(world)] == ["anna", "ben"]


def test_a_page_loaded_again_is_one_look(world: World) -> None:
    read(world)
    world.clock.advance(minutes=5)
    read(world)
    assert len(views(world)) == 1
    world.clock.advance(seconds=SAME_VIEW.total_seconds())
    read(world)
    assert len(views(world)) == 2


def test_nothing_is_shown_where_the_look_cannot_be_recorded(world: World) -> None:
    world.faults.throttle("ledger.append", 9)
    with pytest.raises(TransientError):
        read(world)


def test_looks_are_counted_for_the_persons_own_rest(world: World) -> None:
    read(world)
    assert [view.severe for view in world.work.seen["anna"]] == [False]
    assert "ben" not in world.work.seen


def test_a_record_that_is_gone_is_no_look(world: World) -> None:
    world.archive.objects.clear()
    view = read(world)
    assert (view.post, view.assessment, view.case.post_id) == (None, None, "1")
    assert views(world) == []


def test_another_teams_case_is_neither_shown_nor_recorded(world: World) -> None:
    with pytest.raises(NotFoundError, match="no such case"):
        read(world, BEA)
    with pytest.raises(PermissionDeniedError):
        read(world, person("admin", "administrator"))
    assert views(world) == []


# Texts hard to read


def severe(limit: int) -> World:
    world = World()
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=0.0, severe_per_day=limit)
    world.publish(post("1", "review coercion"))
    world.run()
    assert world.only_case().severe
    return world


def test_a_text_hard_to_read_stays_hidden_once_the_days_share_is_used_up() -> None:
    world = severe(1)
    world.publish(post("2", "review coercion, another"))
    world.run()
    first, second = world.cases.all()
    assert not world.read_case(ANNA, first.case).text_hidden
    view = world.read_case(ANNA, second.case)
    assert (view.text_hidden, view.post, view.assessment) == (True, None, None)
    assert len(world.work.seen["anna"]) == 1
    assert not world.read_case(BEN, second.case).text_hidden, "each has a share of their own"


def test_a_text_that_is_opened_again_costs_nothing_of_the_days_share() -> None:
    world = severe(2)
    for _ in range(3):
        assert not read(world).text_hidden
        world.clock.advance(minutes=1)
    assert world.list_cases(ANNA, "team-a").severe_left == 1
    world.publish(post("2", "review coercion, another"), post("3", "review coercion, a third"))
    world.run()
    others = [case.case for case in world.cases.all() if case.post_id != "1"]
    assert [world.read_case(ANNA, case).text_hidden for case in others] == [False, True]
    assert not read(world).text_hidden, "what was read today already isn't hidden again"


def test_an_edited_text_is_another_one() -> None:
    world = severe(2)
    read(world)
    world.clock.advance(minutes=1)
    world.publish(post("1", "review coercion, reworded"))
    world.run()
    read(world)
    assert world.list_cases(ANNA, "team-a").severe_left == 0


def test_who_asks_for_it_is_shown_it_all_the_same() -> None:
    world = severe(0)
    assert read(world).text_hidden
    assert views(world) == []
    view = read(world, show_severe=True)
    assert (view.text_hidden, view.post is not None) == (False, True)
    assert len(views(world)) == 1


def test_the_share_is_new_every_day() -> None:
    world = severe(1)
    read(world)
    world.clock.advance(days=1)
    assert not read(world).text_hidden


def test_other_texts_are_never_hidden(world: World) -> None:
    world.config.all_teams["team-a"] = Team(id="team-a", severe_per_day=0)
    assert not read(world).text_hidden


# Judging blind


def said_nothing(view: CaseView) -> None:
    assert view.blind
    assert (view.case.votes, view.case.decisions, view.case.referrals, view.case.outcomes, view.case.outbox) == (
        (),
    ) * 5
    assert (view.case.state, view.case.silent_until, view.case.second_review) == ("open", None, False)
    shown = f"{view.case.to_dict()} {[entry.to_dict() for entry in view.ledger]}"
    assert "anna" not in shown
    assert "sonia" not in shown
    assert not [
        line.what for line in view.case.history if line.what.split(":")[0] in ("voted", "decided", "recheck", "held")
    ]


def test_the_second_of_two_sees_nothing_of_the_first(world: World) -> None:
    case = vote(world, world.only_case(), ANNA, "refer", "police-b")
    said_nothing(read(world, BEN))
    assert read(world, ANNA).case.votes == case.votes
    assert read(world, AUDREY).case.votes == case.votes
    vote(world, case, BEN, "remove")
    assert not read(world, BEN).blind
    assert len(read(world, SONIA).case.votes) == 2


@pytest.mark.parametrize("action", ["remove", "warn_applicants", "ask_poster"])
def test_who_judges_again_sees_neither_the_decision_nor_what_followed(action: str) -> None:
    world = World()
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=1.0)
    world.publish(post("1", "review offer"))
    world.run()
    world.faults.throttle("bus.publish")
    vote(world, world.only_case(), ANNA, action)
    assert world.only_case().outbox, "its event waits with the case"
    said_nothing(read(world, BEN))
    world.clock.advance(minutes=3)
    world.sweep()
    world.run()
    said_nothing(read(world, BEN))


def test_a_hold_tells_the_second_person_of_no_notice(world: World) -> None:
    case = vote(world, world.only_case(), SONIA, "notify_authority", "police-b")
    held = world.hold_statement(SONIA, case.case, revision=case.revision, hours=24, reason="Asked for.")
    vote(world, held, SONIA, "refer", "police-b")
    said_nothing(read(world, BEN))


def test_blind_or_not_the_ledger_is_checked_as_a_whole(world: World) -> None:
    case = vote(world, world.only_case(), ANNA, "refer", "police-b")
    assert read(world, BEN).ledger_faults == ()
    entry = world.cases.entries[case.case, 1]
    world.cases.entries[case.case, 1] = replace(entry, payload={"action": "dismiss"})
    assert read(world, BEN).ledger_faults != ()


def test_nobody_is_told_which_cases_are_drawn_for_a_second_review() -> None:
    world = World()
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=1.0)
    world.publish(post("1", "review offer"))
    world.run()
    assert world.only_case().second_review
    assert not read(world, ANNA).case.second_review


# What stands beside it


def test_similar_cases_come_from_within_reach_alone(world: World) -> None:
    world.config.platforms["gamma"] = replace(world.config.platforms["alpha"], id="gamma")
    world.publish(
        post("2", "review offer"),
        post("3", "review offer", platform="gamma"),
        post("4", "review offer", platform="beta"),
    )
    world.run()
    by_post = {case.post_id: case for case in world.cases.all()}
    for number, who in (("2", ANNA), ("3", ANNA), ("4", BEA)):
        vote(world, by_post[number], who, "warn_applicants")

    def similar(who: Person) -> set[str]:
        return {one.case for one in world.read_case(who, by_post["1"].case).similar}

    assert similar(ANNA) == {by_post["2"].case, by_post["3"].case}
    assert similar(replace(ANNA, platforms=frozenset({"alpha"}))) == {by_post["2"].case}


def test_the_words_of_a_report_are_shown_and_that_they_were(world: World) -> None:
    world.report({"reason": "They keep passports.", "contact": "r@example.net", "platform": "alpha", "post_id": "1"})
    world.run()
    view = read(world)
    assert [said.words for said in view.statements] == ["They keep passports."]
    assert "r@example.net" not in str(view)
    assert views(world) == [("anna", ["contacts", "report", "text"])]


def test_a_report_of_a_post_nobody_has_read_is_all_there_is() -> None:
    world = World()
    world.report({"reason": "They keep passports.", "url": "https://elsewhere.example/9"})
    world.run()
    view = read(world)
    assert (view.post, [said.words for said in view.statements]) == (None, ["They keep passports."])
    assert views(world) == [("anna", ["report"])]


def test_who_holds_the_case_is_told(world: World) -> None:
    assert read(world, BEN).lease is None
    world.take_next(ANNA, "team-a")
    lease = read(world, BEN).lease
    assert lease is not None and lease.actor == "anna"
