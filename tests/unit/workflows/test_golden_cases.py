"""Golden cases: known by two seniors' word, drawn for one person, and looking like any other."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from screening.cases.golden import drawn, golden_id
from screening.cases.vote import Action
from screening.errors import ConflictError, NotFoundError, PermanentError, PermissionDeniedError
from screening.workflows.case_queue import LEASE_FOR, QueueFilters
from screening.workflows.records import Team
from tests.fakes.world import World, person, post
from tests.unit.workflows.deciding import decide
from tests.unit.workflows.golden import (
    ANNA,
    BEN,
    SARA,
    SONIA,
    TOKEN,
    WHY,
    ZOE,
    drawn_for,
    golden_of,
    ids,
    known_case,
    open_offer,
    stored,
    take,
)

# Which cases are known


def test_a_case_is_known_once_a_second_senior_confirms_it_and_both_are_on_record() -> None:
    world = World()
    case = known_case(world)
    kinds = [(entry.kind, entry.actor) for entry in world.cases.ledger(case.case) if entry.kind.startswith("golden")]
    assert kinds == [("golden_proposed", "sonia"), ("golden_confirmed", "sara")]
    (row,) = world.keep_golden.list(SONIA, "team-a")
    assert (row.case, row.serves, row.may_confirm) == (case.case, True, False)


def test_who_proposed_it_doesn_t_confirm_it_and_until_then_nobody_is_shown_it() -> None:
    world = World()
    case = known_case(world, confirmed=False)
    with pytest.raises(PermissionDeniedError):
        world.keep_golden.confirm(SONIA, case.case)
    world.golden.draw(ANNA, "team-a", TOKEN)
    assert not golden_of(world)


def test_a_doubled_form_changes_nothing() -> None:
    world = World()
    case = known_case(world, confirmed=False)
    world.keep_golden.propose(SONIA, case.case, right=["remove", "warn_applicants"], why=WHY)
    assert stored(world, case.case) == case
    confirmed = world.keep_golden.confirm(SARA, case.case)
    assert world.keep_golden.confirm(SARA, case.case) == confirmed
    retired = world.keep_golden.retire(SONIA, case.case)
    assert world.keep_golden.retire(SONIA, case.case) == retired


@pytest.mark.parametrize(
    ("right", "why", "error"),
    [
        (["dismiss"], WHY, ConflictError),
        (["remove"], "yes", PermissionDeniedError),
        ([], WHY, PermanentError),
        (["remove", "notify_authority"], WHY, PermanentError),
        (["remove", "nonsense"], WHY, PermanentError),
    ],
)
def test_what_was_decided_is_among_the_right_actions_and_the_reason_says_something(
    right: list[str], why: str, error: Any
) -> None:
    world = World()
    case = known_case(world)
    world.keep_golden.retire(SONIA, case.case)
    with pytest.raises(error):
        world.keep_golden.propose(SONIA, case.case, right=right, why=why)


@pytest.mark.parametrize("text", ["urgent: coercion", "review coercion", "review act-by-2026-04-04"])
def test_what_is_hard_to_read_urgent_or_dated_is_no_test(text: str) -> None:
    world = World()
    case = open_offer(world, "1", text)
    decide(world, stored(world, case), BEN, "remove")
    with pytest.raises(ConflictError):
        world.keep_golden.propose(SONIA, case, right=["remove"], why=WHY)


def test_a_case_that_is_open_or_reported_is_none() -> None:
    world = World()
    case = open_offer(world, "1")
    with pytest.raises(ConflictError):
        world.keep_golden.propose(SONIA, case, right=["remove"], why=WHY)
    world.report({"reason": "Strange.", "platform": "alpha", "post_id": "1"})
    world.run()
    decide(world, stored(world, case), BEN, "remove")
    with pytest.raises(ConflictError):
        world.keep_golden.propose(SONIA, case, right=["remove"], why=WHY)


def test_a_decision_that_was_contested_since_is_shown_no_more() -> None:
    world = World()
    case = known_case(world)
    world.take_back.reopen(BEN, case.case, revision=case.revision, reason="I read it wrongly then.")
    world.golden.draw(ANNA, "team-a", TOKEN)
    assert not golden_of(world)


# Who is shown one, and when


def test_about_one_in_fifty_takes_brings_one_and_a_share_of_nought_none() -> None:
    tokens = [str(number) for number in range(50_000)]
    assert 0.018 < sum(drawn(token, 0.02) for token in tokens) / 50_000 < 0.023
    assert not any(drawn(token, 0.0) for token in tokens[:5_000])
    world = World()
    known_case(world)
    world.config.all_teams["team-a"] = Team(id="team-a", golden_share=0.0)
    world.golden.draw(ANNA, "team-a", TOKEN)
    assert not golden_of(world)


def test_taking_cases_draws_by_the_lease_so_that_taking_one_twice_draws_once() -> None:
    world = World()
    known_case(world)
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=0.0, golden_share=0.2)
    seen = []
    for number in range(40):
        case = open_offer(world, f"x{number}")
        take(world)
        take(world)
        seen.append(len(golden_of(world)))
        if seen[-1]:
            break
        decide(world, stored(world, case), ANNA, "remove")
    assert seen[-1] == 1
    assert take(world) != golden_of(world)[0].case  # the one that they hold comes first
    assert len(golden_of(world)) == 1


def test_nobody_is_shown_what_they_decided_know_or_have_read() -> None:
    world = World()
    case = known_case(world)
    for who in (BEN, SONIA, SARA):
        world.golden.draw(who, "team-a", TOKEN)
    world.read_case(ZOE, case.case)
    world.golden.draw(ZOE, "team-a", TOKEN)
    assert not golden_of(world)


def test_the_same_isn_t_shown_twice_to_one_person_but_to_another_it_is() -> None:
    world = World()
    known_case(world)
    first = drawn_for(world)
    decide(world, first, ANNA, "remove")
    world.clock.advance(days=30)
    other = next(str(number) for number in itertools.count(10_000) if drawn(str(number), 0.02))
    world.golden.draw(ANNA, "team-a", other)
    assert len(golden_of(world)) == 1
    assert drawn_for(world, person("carl", "reviewer"), other).golden is not None


def test_one_waits_at_a_time_and_the_same_lease_brings_one() -> None:
    world = World()
    known_case(world, "1")
    known_case(world, "2")
    drawn_for(world)
    other = next(str(number) for number in itertools.count(10_000) if drawn(str(number), 0.02))
    for token in (TOKEN, other):
        world.golden.draw(ANNA, "team-a", token)
    assert len(golden_of(world)) == 1


def test_it_is_its_person_s_alone() -> None:
    world = World()
    known_case(world)
    case = drawn_for(world)
    for who in (BEN, SONIA, person("ada", "auditor")):
        with pytest.raises(NotFoundError):
            world.read_case(who, case.case)
        assert case.case not in ids(world, who)
        assert not world.find_cases(who, "team-a", case.case).cases


@pytest.mark.parametrize("pressing", ["urgent", "overdue"])
def test_none_is_given_or_listed_while_real_work_is_urgent_or_overdue(pressing: str) -> None:
    world = World()
    known_case(world)
    late = open_offer(world, "8") if pressing == "overdue" else ""
    world.clock.advance(hours=20)
    golden = drawn_for(world)
    assert golden.case in ids(world, ANNA)
    if pressing == "urgent":
        late = open_offer(world, "8", "urgent: leave today")
    world.clock.advance(hours=5 if pressing == "overdue" else 0)
    assert golden.case not in ids(world, ANNA)
    assert take(world) == late
    world.clock.advance(minutes=1 + LEASE_FOR.seconds // 60)
    decide(world, stored(world, late), ANNA, "remove")
    if pressing == "overdue":
        assert take(world) == golden.case


def test_urgent_work_of_another_team_of_theirs_comes_first_as_well() -> None:
    world = World()
    known_case(world)
    both = replace(ANNA, teams=frozenset({"team-a", "team-b"}))
    golden = drawn_for(world, both)
    assert golden.case in ids(world, both)
    world.publish(post("u", "urgent: leave today", platform="beta"))
    world.run()
    assert golden.case not in ids(world, both)
    assert world.take_next(both, "team-a") is None


def test_filters_hold_for_it_as_for_any_other() -> None:
    world = World()
    known_case(world)
    golden = drawn_for(world)
    assert world.take_next(ANNA, "team-a", QueueFilters(language="uk")) is None
    assert world.list_cases(ANNA, "team-a", QueueFilters(country="DE")).cases == ()
    taken = world.take_next(ANNA, "team-a", QueueFilters(language="pl", country="PL"))
    assert taken is not None
    assert taken.case == golden.case


def test_put_aside_it_waits_for_its_person_alone() -> None:
    world = World()
    known_case(world)
    golden = drawn_for(world)
    world.put_aside.skip(ANNA, golden.case)
    assert world.take_next(ANNA, "team-a") is None
    assert world.take_next(BEN, "team-a") is None
    world.clock.advance(hours=13)
    assert take(world) == golden.case


def test_one_that_nobody_touched_for_days_after_its_hour_goes() -> None:
    world = World()
    known_case(world)
    drawn_for(world)
    world.clock.advance(days=5)
    assert ids(world, ANNA) == []
    assert world.take_next(ANNA, "team-a") is None


def test_a_failing_draw_costs_nobody_their_case() -> None:
    world = World()
    known_case(world)
    world.faults.throttle("cases.known")
    world.golden.draw(ANNA, "team-a", TOKEN)
    assert not golden_of(world)


# It looks like any other


def test_it_stands_in_its_place_as_a_case_that_opened_now() -> None:
    world = World()
    known_case(world)
    earlier = open_offer(world, "8")
    world.clock.advance(minutes=5)
    golden = drawn_for(world)
    world.clock.advance(minutes=5)
    later = open_offer(world, "9")
    twin = stored(world, later)
    assert ids(world, ANNA) == [earlier, golden.case, later]
    assert golden.due_at - golden.opened_at == twin.due_at - twin.opened_at
    assert take(world) == earlier
    decide(world, stored(world, earlier), ANNA, "remove")
    assert take(world) == golden.case
    assert world.list_cases(ANNA, "team-a").mine == {golden.case}
    assert golden.case in ids(world, ANNA, "mine")


def test_its_id_is_made_as_others_are() -> None:
    assert golden_id(TOKEN)[14] == "5"


def test_its_dates_are_as_old_as_they_were() -> None:
    world = World()
    source = known_case(world)
    golden = drawn_for(world)
    shown, real = (world.read_case(who, case.case) for who, case in ((ANNA, golden), (SONIA, source)))
    assert shown.post is not None
    assert shown.post.posted_at is not None
    assert real.post is not None
    assert real.post.posted_at is not None
    assert (shown.post.posted_at - real.post.posted_at).days == 40
    assert golden.seq - source.seq == 40 * 86_400_000
    assert replace(shown.post, posted_at=None, updated_at=None) == replace(real.post, posted_at=None, updated_at=None)


def test_the_case_it_shows_and_what_was_decided_on_it_are_nowhere_meanwhile() -> None:
    world = World()
    source = known_case(world)
    world.clock.advance(days=1)
    golden = drawn_for(world)
    assert not world.read_case(ANNA, golden.case).similar
    for query in (golden.case, golden.case[:8], "alpha/1"):
        assert [case.case for case in world.find_cases(ANNA, "team-a", query).cases] == [golden.case]
    assert [case.case for case in world.find_cases(ANNA, "team-a", "1").cases] == [golden.case]
    assert ids(world, ANNA, "decided") == []
    assert ids(world, BEN, "decided") == [source.case]


@pytest.mark.parametrize("action", ["dismiss", "remove"])
def test_after_the_answer_it_is_a_decided_case_like_any_other(action: Action) -> None:
    world = World()
    known_case(world)
    golden, real = drawn_for(world), stored(world, open_offer(world, "8"))
    views = []
    for case in (golden, real):
        world.read_case(ANNA, case.case)
        decide(world, case, ANNA, action)
        views.append(world.read_case(ANNA, case.case))
        assert case.case in ids(world, ANNA, "mine")
        assert case.case in ids(world, ANNA, "decided")
    for part in ("actions", "blind", "may_reopen", "text_hidden"):
        assert getattr(views[0], part) == getattr(views[1], part)
    undo = [view.undo and (view.undo[0], view.undo[2]) for view in views]
    assert undo[0] == undo[1]
    assert [line.what for line in views[0].case.history] == [
        line.what for line in views[1].case.history if line.what != "platform_told"
    ]


def test_a_look_up_shows_a_golden_case_as_the_post_s_only_case() -> None:
    world = World()
    known = known_case(world)
    golden = drawn_for(world)
    (story,) = world.look_up(ANNA, "team-a", "alpha/1").stories
    assert [case.case for case in story.cases] == [golden.case]
    assert not story.cases[0].decisions
    assert not world.look_up(ANNA, "team-a", known.case).stories
    (story,) = world.look_up(BEN, "team-a", "alpha/1").stories
    assert [case.case for case in story.cases] == [known.case]
