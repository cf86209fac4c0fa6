"""Nobody decides on a text that wasn't shown to them: held at the decision itself, whatever page or program it comes from."""

from __future__ import annotations

from typing import Any

import pytest

from screening.cases.case import Case
from screening.cases.decisions import DecisionRequest
from screening.cases.ledger import views_of
from screening.cases.people import Person
from screening.errors import PermissionDeniedError, UnseenTextError
from screening.workflows.records import Team
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
SONIA = person("sonia", "senior")
LEO = person("leo", "partner_liaison")


def opened(text: str = "review coercion", *, share: int = 20) -> World:
    world = World()
    world.all_have_read = False
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=0.0, severe_per_day=share)
    world.publish(post("1", text))
    world.run()
    return world


def decide(world: World, who: Person, action: Any = "remove", partner: str | None = None) -> Case:
    return world.vote(who, action, partner)


@pytest.mark.parametrize("action", ["dismiss", "warn_applicants", "remove", "offer_support"])
def test_what_was_never_opened_is_not_decided(action: Any) -> None:
    world = opened()
    partner = "ngo-a" if action == "offer_support" else None
    with pytest.raises(UnseenTextError, match="wasn't shown to you"):
        decide(world, ANNA, action, partner)
    assert not world.only_case().votes
    world.read_case(ANNA, world.only_case().case)
    assert decide(world, ANNA, action, partner).votes


def test_a_text_that_stays_hidden_is_not_decided_before_it_is_shown() -> None:
    world = opened(share=0)
    case = world.only_case().case
    view = world.read_case(ANNA, case)
    assert (view.text_hidden, view.actions) == (True, ())
    with pytest.raises(UnseenTextError):
        decide(world, ANNA, "dismiss")
    assert world.read_case(ANNA, case, show_severe=True).actions
    assert decide(world, ANNA, "dismiss").votes


def test_what_a_colleague_read_is_nobody_elses_reading() -> None:
    world = opened()
    world.read_case(BEN, world.only_case().case)
    with pytest.raises(UnseenTextError):
        decide(world, ANNA)


def test_an_edited_text_is_read_again_before_it_is_decided() -> None:
    world = opened()
    world.read_case(ANNA, world.only_case().case)
    world.clock.advance(minutes=1)
    world.publish(post("1", "review coercion, reworded"))
    world.run()
    with pytest.raises(UnseenTextError):
        decide(world, ANNA)
    world.read_case(ANNA, world.only_case().case)
    assert decide(world, ANNA).decisions


def test_newer_rules_change_nothing_about_what_was_read() -> None:
    world = opened()
    case = world.only_case()
    world.read_case(ANNA, case.case)
    world.clock.advance(days=3)
    assert decide(world, ANNA).decisions, "read three days ago is read"


def test_the_look_names_the_version_in_the_ledger() -> None:
    world = opened()
    case = world.only_case()
    world.read_case(ANNA, case.case)
    (look,) = world.ledger.entries(views_of(case.case))
    assert (look.actor, look.payload) == ("anna", {"what": ["contacts", "text"], "version": case.content_version})


def test_the_campaign_page_shows_no_text_whole() -> None:
    world = opened()
    world.record_view(world.only_case().case, "anna", ("campaign",))
    with pytest.raises(UnseenTextError):
        decide(world, ANNA)


def test_where_nothing_can_be_read_any_more_a_decision_is_still_possible() -> None:
    world = opened()
    world.archive.objects.clear()
    assert decide(world, ANNA, "dismiss").votes


def test_of_a_reported_offer_the_report_is_what_must_have_been_read() -> None:
    world = World()
    world.all_have_read = False
    world.report({"reason": "They keep passports.", "url": "https://elsewhere.example/offers/9"})
    world.run()
    with pytest.raises(UnseenTextError):
        decide(world, ANNA, "dismiss")
    world.read_case(ANNA, world.only_case().case)
    assert decide(world, ANNA, "dismiss").state == "decided"


def test_a_second_look_is_a_look() -> None:
    world = opened()
    world.read_case(SONIA, world.only_case().case)
    case = decide(world, SONIA, "notify_authority", "police-b")
    with pytest.raises(UnseenTextError):
        world.decide.second_look(case.case, LEO, revision=case.revision, agrees=True, reason="")
    world.read_case(LEO, case.case)
    assert world.decide.second_look(case.case, LEO, revision=case.revision, agrees=True, reason="")


def test_before_it_is_confirmed_the_same_is_asked() -> None:
    world = opened()
    case = world.only_case()
    request = DecisionRequest(
        decision_id="d", action="offer_support", revision=case.revision, reason="It is plain.", partner="ngo-a"
    )
    with pytest.raises(UnseenTextError):
        world.decide.check(case.case, ANNA, request)


def test_whoever_may_not_decide_is_told_that_first() -> None:
    world = opened()
    with pytest.raises(PermissionDeniedError, match="role"):
        decide(world, person("ada", "auditor"))
