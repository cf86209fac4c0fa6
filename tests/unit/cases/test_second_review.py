"""Cases drawn for a blind second review: a dismissal takes two, a protective decision is judged again after it took effect."""

from __future__ import annotations

import pytest

from screening.cases.case import Case
from screening.cases.decisions import decision_to_recheck, seen_blind
from screening.cases.people import Person
from screening.cases.vote import Action
from screening.errors import ConflictError
from screening.workflows.records import Team
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
CORA = person("cora", "reviewer")
LEO = person("leo", "partner_liaison")
AUDREY = person("audrey", "auditor")
SONIA = person("sonia", "senior")
SVEN = person("sven", "senior")


@pytest.fixture
def world() -> World:
    """One open case, drawn for a second review."""
    return drawn()


def drawn(text: str = "review offer") -> World:
    made = World()
    made.config.all_teams["team-a"] = Team(id="team-a", second_review_share=1.0)
    made.publish(post("1", text))
    made.run()
    assert made.only_case().second_review
    return made


def decided(world: World) -> list[tuple[str, str | None]]:
    """What the world learned, once nothing can be undone any more."""
    world.clock.advance(minutes=13)
    world.sweep()
    return [(event.data["action"], event.data["partner"]) for event in world.bus.of("CaseDecided")]


def recheck(case: Case) -> list[str | None]:
    return [decision.recheck for decision in case.decisions]


def test_how_many_are_drawn_is_the_teams_to_say() -> None:
    world = World()
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=0.5)
    world.publish(*(post(str(number), "review offer") for number in range(60)))
    world.run()
    assert 15 < sum(case.second_review for case in world.cases.all()) < 45


def test_a_dismissal_takes_two(world: World) -> None:
    assert world.vote(ANNA, "dismiss").state == "second_look"
    assert decided(world) == []
    with pytest.raises(ConflictError, match="another person"):
        world.vote(ANNA, "dismiss")
    case = world.vote(BEN, "dismiss")
    assert (case.state, decided(world)) == ("decided", [("dismiss", None)])
    assert case.decision is not None
    assert case.decision.actors == ("anna", "ben")
    assert recheck(case) == [None]


def test_who_would_not_dismiss_brings_it_before_a_senior(world: World) -> None:
    world.vote(ANNA, "dismiss")
    assert world.vote(BEN, "remove").state == "escalated"
    assert world.vote(SONIA, "dismiss").state == "decided"
    assert decided(world) == [("dismiss", None)]


@pytest.mark.parametrize("action", ["warn_applicants", "ask_poster", "remove"])
def test_what_protects_takes_effect_at_once_and_is_judged_again(world: World, action: Action) -> None:
    case = world.vote(ANNA, action)
    assert (case.state, recheck(case), decided(world)) == ("decided", ["waiting"], [(action, None)])
    assert [one.case for one in world.cases.queue("team-a", "review", limit=5)] == [case.case]
    assert world.cases.decided("team-a", since=case.opened_at, limit=5) == ()
    case = world.vote(BEN, action)
    assert (case.state, recheck(case), decided(world)) == ("decided", ["agreed"], [(action, None)])
    assert (case.votes[-1].blind, case.votes[-1].recheck) == (True, True)
    assert world.cases.queue("team-a", "review", limit=5) == ()
    assert [one.case for one in world.cases.decided("team-a", since=case.opened_at, limit=5)] == [case.case]


def test_a_referral_by_two_is_not_judged_again(world: World) -> None:
    world.vote(ANNA, "refer", "police-b")
    assert recheck(world.vote(BEN, "refer", "police-b")) == [None]


def test_nobody_judges_their_own_decision_again(world: World) -> None:
    case = world.vote(SONIA, "remove")
    assert decision_to_recheck(case, SONIA) is None
    with pytest.raises(ConflictError, match="decided already"):
        world.vote(SONIA, "dismiss")
    assert recheck(world.only_case()) == ["waiting"]


@pytest.mark.parametrize("who", [LEO, AUDREY])
def test_only_who_might_have_decided_it_judges_it(world: World, who: Person) -> None:
    case = world.vote(ANNA, "remove")
    assert decision_to_recheck(case, who) is None
    assert not seen_blind(case, who)


def test_where_they_differ_a_senior_says(world: World) -> None:
    world.vote(ANNA, "remove")
    case = world.vote(BEN, "dismiss")
    assert (case.state, recheck(case), decided(world)) == ("decided", ["differs"], [("remove", None)])
    assert decision_to_recheck(case, CORA) is None
    assert not seen_blind(case, SONIA), "who decides between two sees both"
    case = world.vote(SONIA, "remove")
    assert (recheck(case), decided(world)) == (["upheld"], [("remove", None)])


def test_a_removal_that_a_senior_finds_needless_is_lifted(world: World) -> None:
    world.vote(ANNA, "remove")
    world.vote(BEN, "dismiss")
    case = world.vote(SONIA, "dismiss")
    assert recheck(case) == ["overturned", None]
    assert decided(world) == [("remove", None), ("restore", None)]
    assert case.decision is not None
    assert (case.decision.actors, case.state) == (("sonia",), "decided")
    assert not case.waits_for_people


def test_a_milder_decision_overturned_gives_what_the_senior_says(world: World) -> None:
    world.vote(ANNA, "warn_applicants")
    world.vote(BEN, "remove")
    case = world.vote(SONIA, "remove")
    assert (recheck(case), decided(world)) == (["overturned", None], [("warn_applicants", None), ("remove", None)])


def test_a_senior_who_wants_a_referral_instead_is_its_first_voice(world: World) -> None:
    world.vote(ANNA, "remove")
    world.vote(BEN, "dismiss")
    case = world.vote(SONIA, "refer", "police-b")
    assert (case.state, recheck(case), decided(world)) == ("second_look", ["overturned"], [("remove", None)])
    assert world.vote(CORA, "refer", "police-b").state == "decided"
    assert decided(world) == [("remove", None), ("refer", "police-b")]


def test_dismissing_afterwards_takes_no_referral_back(world: World) -> None:
    world.vote(ANNA, "warn_applicants")
    world.vote(ANNA, "refer", "police-b")
    world.vote(SVEN, "refer", "police-b")
    world.vote(BEN, "dismiss")
    case = world.vote(SONIA, "dismiss")
    assert recheck(case) == ["overturned", None]
    assert decided(world) == [("warn_applicants", None), ("refer", "police-b")]


def test_a_notice_goes_out_though_a_blind_judgement_was_asked_for(world: World) -> None:
    world.vote(ANNA, "remove")
    case = world.vote(SONIA, "notify_authority", "police-b")
    assert decided(world) == [("remove", None), ("notify_authority", "police-b")]
    assert recheck(case) == ["waiting", None]
    assert recheck(world.vote(BEN, "remove")) == ["agreed", None]


def test_a_question_that_is_open_comes_before_judging_again(world: World) -> None:
    world.vote(ANNA, "remove")
    world.vote(ANNA, "refer", "police-b")
    case = world.vote(BEN, "refer", "police-b")
    assert decided(world) == [("remove", None), ("refer", "police-b")]
    assert recheck(case) == ["waiting", None]
    assert recheck(world.vote(CORA, "remove")) == ["agreed", None]


def test_the_second_person_is_blind_until_they_have_voted(world: World) -> None:
    case = world.vote(ANNA, "dismiss")
    assert (seen_blind(case, BEN), seen_blind(case, ANNA), seen_blind(case, AUDREY)) == (True, False, False)
    case = world.vote(BEN, "remove")
    assert not seen_blind(case, BEN)
    assert not seen_blind(case, SONIA)


def test_a_vote_on_other_facts_makes_nobody_see(world: World) -> None:
    world.vote(ANNA, "dismiss")
    world.clock.advance(minutes=1)
    world.publish(post("1", "urgent offer now"))
    world.run()
    case = world.vote(BEN, "dismiss")
    assert case.state == "second_look"
    assert seen_blind(case, ANNA), "she judged another version"
