"""A team's queue as one person works through it: order, filters, the day's budget, leases, cases put aside, blind judgements."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from screening.cases.case import Case
from screening.cases.people import Person
from screening.errors import ConflictError, NotFoundError, PermissionDeniedError
from screening.workflows.case_lists import QueueView
from screening.workflows.case_queue import LEASE_FOR, QueueFilters
from screening.workflows.records import Sampling, Team
from tests.fakes.campaign_events import assessed, tell
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
SONIA = person("sonia", "senior")
LEO = person("leo", "partner_liaison")
AUDREY = person("audrey", "auditor")
BEA = person("bea", "reviewer", teams=("team-b",))


@pytest.fixture
def world() -> World:
    return World()


def opened(world: World, *tiers: str) -> list[Case]:
    """A case for each tier, in this order."""
    for number, tier in enumerate(tiers):
        tell(world, assessed(f"p{number}", tier, campaign=None, minute=number))  # type: ignore[arg-type]
    return sorted(world.cases.all(), key=lambda case: case.post_id)


def shown(view: QueueView) -> list[str]:
    return [case.post_id for case in view.cases]


def taken(world: World, who: Person, **filters: Any) -> str | None:
    case = world.take_next(who, "team-a", QueueFilters(**filters))
    return case.post_id if case else None


def team(world: World, **settings: Any) -> None:
    world.config.all_teams["team-a"] = Team(id="team-a", **({"second_review_share": 0.0} | settings))


# What is shown


def test_what_is_due_first_stands_first(world: World) -> None:
    opened(world, "review", "urgent", "inconclusive", "urgent")
    assert shown(world.list_cases(ANNA, "team-a")) == ["p1", "p3", "p0", "p2"]


def test_an_audit_case_stands_among_the_others_unmarked(world: World) -> None:
    world.publish(post("1", "quiet"), post("2", "review"))
    world.config.rates = Sampling(default=1.0)
    world.run()
    cases = world.list_cases(ANNA, "team-a").cases
    assert {case.post_id: case.queue for case in cases} == {"1": "audit", "2": "review"}
    assert [case.post_id for case in sorted(cases, key=lambda case: (case.due_at, case.case))] == shown(
        world.list_cases(ANNA, "team-a")
    )


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"tier": "urgent"}, ["p1"]), ({"queue": "inconclusive"}, ["p2"]), ({"language": "uk"}, ["p3"]),
        ({"country": "PL"}, ["p3"]), ({"kind": "transport"}, ["p4"]), ({"concern": "forced_labour"}, []),
        ({"concern": "trafficking_pattern", "tier": "review"}, ["p0", "p3", "p4"]), ({"platform": "beta"}, []),
        ({"platform": "alpha", "queue": "review"}, ["p1", "p0", "p3", "p4"]),
    ],
)  # fmt: skip
def test_filters(world: World, filters: dict[str, Any], found: list[str]) -> None:
    opened(world, "review", "urgent", "inconclusive")
    tell(world, assessed("p3", campaign=None, language="uk", work_country="PL"))
    tell(world, assessed("p4", campaign=None, kind="transport"))
    assert shown(world.list_cases(ANNA, "team-a", QueueFilters(**filters))) == found


def test_who_asks_for_what_is_to_review_gets_the_audit_sample_with_it(world: World) -> None:
    world.config.rates = Sampling(default=1.0)
    world.publish(post("1", "quiet"), post("2", "review"))
    world.run()
    assert set(shown(world.list_cases(ANNA, "team-a", QueueFilters(queue="review")))) == {"1", "2"}
    assert {taken(world, ANNA, queue="review"), taken(world, BEN, queue="review")} == {"1", "2"}


def test_a_drawn_post_that_nobody_could_judge_stands_among_the_inconclusive(world: World) -> None:
    tell(world, assessed("p1", "inconclusive", audit=0.5), assessed("p2", "watch", audit=0.5))
    assert shown(world.list_cases(ANNA, "team-a", QueueFilters(queue="inconclusive"))) == ["p1"]
    assert shown(world.list_cases(ANNA, "team-a", QueueFilters(queue="review"))) == ["p2"]


def test_a_campaign_is_found_by_the_platform_of_any_of_its_posts(world: World) -> None:
    world.config.platforms["beta"] = world.config.platforms["alpha"]
    tell(world, assessed("p1"), assessed("q1", platform="beta"))
    assert len(world.list_cases(ANNA, "team-a", QueueFilters(platform="beta")).cases) == 1


def test_another_teams_queue_is_not_said_to_exist(world: World) -> None:
    opened(world, "review")
    for ask in (world.list_cases, world.take_next):
        with pytest.raises(NotFoundError, match="no such team"):
            ask(BEA, "team-a")


def test_administrators_read_no_queue_and_auditors_take_nothing(world: World) -> None:
    opened(world, "review")
    with pytest.raises(PermissionDeniedError):
        world.list_cases(person("admin", "administrator"), "team-a")
    assert shown(world.list_cases(AUDREY, "team-a")) == ["p0"]
    with pytest.raises(PermissionDeniedError):
        world.take_next(AUDREY, "team-a")


# The day's budget


def test_the_budget_cuts_what_is_shown_and_hides_nothing_urgent(world: World) -> None:
    team(world, daily_budget=2)
    opened(world, "review", "review", "review", "review", "urgent")
    view = world.list_cases(ANNA, "team-a")
    assert (shown(view), view.beyond, view.budget, view.decided_today) == (["p4", "p0"], 3, 2, 0)
    team(world, daily_budget=1)
    tell(world, assessed("p5", "urgent", campaign=None), assessed("p6", "urgent", campaign=None))
    view = world.list_cases(ANNA, "team-a")
    assert (shown(view), view.beyond) == (["p4", "p5", "p6"], 4)


def test_everything_is_shown_to_who_asks_for_it(world: World) -> None:
    team(world, daily_budget=1)
    opened(world, "review", "review", "review")
    view = world.list_cases(ANNA, "team-a", QueueFilters(everything=True))
    assert (len(view.cases), view.beyond) == (3, 0)


def test_what_was_decided_today_is_off_the_budget_until_midnight(world: World) -> None:
    team(world, daily_budget=2)
    first, *_ = opened(world, "review", "review", "review")
    decide(world, ANNA, first, "warn_applicants")
    view = world.list_cases(BEN, "team-a")
    assert (shown(view), view.beyond, view.decided_today) == (["p1"], 1, 1)
    world.clock.advance(days=1)
    view = world.list_cases(BEN, "team-a")
    assert (shown(view), view.beyond, view.decided_today) == (["p1", "p2"], 0, 0)


def test_a_spent_budget_still_shows_what_is_urgent(world: World) -> None:
    team(world, daily_budget=1)
    first, *_ = opened(world, "review", "review", "urgent")
    decide(world, ANNA, first, "warn_applicants")
    view = world.list_cases(BEN, "team-a")
    assert (shown(view), view.beyond) == (["p2"], 1)


def decide(world: World, who: Person, case: Case, action: Any, partner: str | None = None) -> Case:
    from screening.cases.decisions import DecisionRequest

    current = world.cases.read(case.case)
    assert current is not None
    request = DecisionRequest(
        decision_id=world.ids.new_id(), action=action, revision=current.revision, reason="It is plain.", partner=partner
    )
    return world.decide(case.case, who, request)


# Taking, putting aside, giving back


def test_each_takes_another_case(world: World) -> None:
    opened(world, "review", "urgent", "review")
    assert [taken(world, who) for who in (ANNA, BEN, SONIA, LEO)] == ["p1", "p0", "p2", None]
    view = world.list_cases(ANNA, "team-a")
    names = {case.case: case.post_id for case in view.cases}
    assert [sorted(names[one] for one in held) for held in (view.mine, view.leased)] == [["p1"], ["p0", "p2"]]


def test_who_holds_a_case_gets_it_again(world: World) -> None:
    opened(world, "review", "urgent")
    assert [taken(world, ANNA), taken(world, ANNA)] == ["p1", "p1"]
    first = world.work.held[world.cases.all()[1].case]
    world.clock.advance(minutes=19)
    assert taken(world, ANNA) == "p1"
    renewed = world.work.held[first.case]
    assert (renewed.token, renewed.taken_at) == (first.token, first.taken_at)
    assert renewed.until > first.until


def test_what_is_left_lying_comes_back(world: World) -> None:
    opened(world, "review")
    taken(world, ANNA)
    world.clock.advance(seconds=LEASE_FOR.total_seconds() - 1)
    assert taken(world, BEN) is None
    world.clock.advance(seconds=1)
    assert taken(world, BEN) == "p0"
    with pytest.raises(ConflictError, match="somebody else"):
        decide(world, ANNA, world.only_case(), "remove")


def test_what_is_given_back_is_the_next_ones(world: World) -> None:
    opened(world, "review")
    taken(world, ANNA)
    world.put_aside.release(BEN, world.only_case().case)
    assert taken(world, BEN) is None, "nobody gives back what another holds"
    world.put_aside.release(ANNA, world.only_case().case)
    assert taken(world, BEN) == "p0"


def test_what_is_put_aside_stands_last_for_that_person_alone(world: World) -> None:
    cases = opened(world, "urgent", "review", "review")
    taken(world, ANNA)
    world.put_aside.skip(ANNA, cases[0].case)
    assert shown(world.list_cases(ANNA, "team-a")) == ["p1", "p2", "p0"]
    assert shown(world.list_cases(BEN, "team-a")) == ["p0", "p1", "p2"]
    assert (taken(world, ANNA), taken(world, BEN)) == ("p1", "p0")
    world.put_aside.release(BEN, cases[0].case)
    world.put_aside.release(ANNA, cases[1].case)
    world.clock.advance(hours=1)
    assert taken(world, ANNA) == "p0"


def test_who_holds_what_is_known_of_every_case_that_is_shown(world: World) -> None:
    cases = opened(world, "urgent", "review")
    world.put_aside.skip(ANNA, cases[0].case)
    taken(world, BEN, tier="review")
    view = world.list_cases(ANNA, "team-a", limit=1)
    assert (shown(view), list(view.leased)) == (["p1"], [cases[1].case])


def test_a_case_out_of_reach_is_neither_taken_nor_put_aside(world: World) -> None:
    case = opened(world, "review")[0]
    for ask in (world.put_aside.skip, world.put_aside.release, world.take_next.take):
        with pytest.raises(NotFoundError, match="no such case"):
            ask(BEA, case.case)
    with pytest.raises(PermissionDeniedError):
        world.take_next.take(AUDREY, case.case)
    assert not world.work.held


def test_taking_this_very_case(world: World) -> None:
    case = opened(world, "review", "review")[1]
    lease = world.take_next.take(ANNA, case.case)
    assert lease.until - world.clock.now() == LEASE_FOR
    with pytest.raises(ConflictError, match="somebody else"):
        world.take_next.take(BEN, case.case)


# Whose word is asked for


def test_nobody_is_given_a_case_they_voted_on_that_needs_another(world: World) -> None:
    team(world, second_review_share=1.0)
    case = opened(world, "review")[0]
    decide(world, ANNA, case, "dismiss")
    assert (taken(world, ANNA), taken(world, BEN)) == (None, "p0")
    with pytest.raises(ConflictError, match="your word"):
        world.take_next.take(ANNA, case.case)


def test_only_a_senior_who_has_not_voted_is_given_what_two_differ_on(world: World) -> None:
    team(world, second_review_share=1.0)
    case = opened(world, "review")[0]
    decide(world, ANNA, case, "dismiss")
    decide(world, BEN, case, "remove")
    others = (ANNA, BEN, LEO, person("cora", "reviewer"))
    assert [taken(world, who) for who in (*others, SONIA)] == [None, None, None, None, "p0"]


def test_a_blind_judgement_is_asked_of_those_alone_who_may_give_it(world: World) -> None:
    team(world, second_review_share=1.0)
    case = opened(world, "review")[0]
    decide(world, ANNA, case, "remove")
    asked = {who.actor: shown(world.list_cases(who, "team-a")) for who in (ANNA, BEN, SONIA, LEO, AUDREY)}
    assert asked == {"anna": [], "ben": ["p0"], "sonia": ["p0"], "leo": [], "audrey": []}
    assert [taken(world, who) for who in (ANNA, LEO, BEN)] == [None, None, "p0"]
    decide(world, BEN, case, "dismiss")
    asked = {
        who.actor: shown(world.list_cases(who, "team-a")) for who in (ANNA, BEN, SONIA, person("cora", "reviewer"))
    }
    assert asked == {"anna": [], "ben": [], "sonia": ["p0"], "cora": []}
    decide(world, SONIA, case, "dismiss")
    assert shown(world.list_cases(person("sven", "senior"), "team-a")) == []


def test_who_voted_on_another_version_is_asked_again(world: World) -> None:
    team(world, second_review_share=1.0)
    case = opened(world, "review")[0]
    decide(world, ANNA, case, "dismiss")
    tell(world, assessed("p0", "urgent", campaign=None, minute=5))
    assert taken(world, ANNA) == "p0"


def test_a_queue_that_lags_behind_gives_nobody_what_is_decided(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """DynamoDB's indexes follow the table after a moment."""
    cases = opened(world, "urgent", "review")
    lagging = world.cases.queue("team-a", "review", limit=9)
    decide(world, BEN, cases[0], "remove")
    monkeypatch.setattr(world.cases, "queue", lambda team, queue, limit: lagging if queue == "review" else ())
    case = world.take_next(ANNA, "team-a")
    assert case is not None and case.post_id == "p1"
    assert cases[0].case not in world.work.held


def test_the_time_a_judgement_took_is_counted_from_taking_the_case(world: World) -> None:
    case = opened(world, "review")[0]
    taken(world, ANNA)
    world.clock.advance(minutes=4)
    assert decide(world, ANNA, case, "remove").votes[0].seconds == 240
    assert not world.work.held, "who has decided holds the case no longer"
    assert world.cases.all()[0].votes[0].at == case.opened_at + timedelta(minutes=4)
