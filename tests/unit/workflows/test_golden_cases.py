"""Golden cases: known by two seniors' word, drawn for one person, looking like any other, and going nowhere."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import Any

import pytest

from screening.cases.golden import drawn, golden_id
from screening.cases.people import Person
from screening.cases.vote import Action
from screening.errors import ConflictError, NotFoundError, PermanentError, PermissionDeniedError
from screening.posts.post import Poster
from screening.workflows.case_lists import ListName
from screening.workflows.case_queue import LEASE_FOR
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
    ZOE,
    drawn_for,
    golden_of,
    known_case,
    stored,
)


def ids(world: World, who: Person, name: ListName = "waiting") -> list[str]:
    return [case.case for case in world.list_cases(who, "team-a", name=name).cases]


def take(world: World, who: Person = ANNA) -> str:
    case = world.take_next(who, "team-a")
    assert case is not None
    return case.case


def left_the_house(world: World) -> tuple[object, ...]:
    """Every message, notice, package and metric, but that the outboxes were swept."""
    lines = world.everything_in_transit().splitlines()
    return (
        [line for line in lines if "OutboxSwept" not in line], list(world.platform_notices.sent),
        dict(world.referrals.referrals), dict(world.transparency.records), list(world.cases.put_aside),
    )  # fmt: skip


def open_offer(world: World, post_id: str = "9", text: str = "review: night shifts unpaid") -> str:
    world.publish(post(post_id, text))
    world.run()
    latest = world.cases.latest_of("alpha", post_id)
    assert latest is not None
    return latest.case


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


# It goes nowhere


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
