"""One open case per team and campaign: posts join it, lead it, leave it standing; campaigns that turn out one make one case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from screening.cases import campaign_case
from screening.cases.case import Case
from screening.cases.decisions import DecisionRequest
from screening.cases.vote import Action
from screening.errors import TransientError
from screening.workflows.events import Event
from screening.workflows.records import Team
from tests.fakes.campaign_events import assessed, posts_of, tell
from tests.fakes.faults import Killed
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")


@pytest.fixture
def world() -> World:
    return World()


def vote(world: World, case: Case, action: Action, who: str = "anna", partner: str | None = None) -> Case:
    current = stored(world, case.case)
    request = DecisionRequest(
        decision_id=world.ids.new_id(), action=action, revision=current.revision, reason="It is plain.", partner=partner
    )
    return world.decide(case.case, person(who, "reviewer"), request)


def stored(world: World, case_id: str) -> Case:
    case = world.cases.read(case_id)
    assert case is not None
    return case


def led_by(case: Case) -> tuple[str, str, int]:
    return case.post_id, case.tier, case.member_count


def newest(world: World) -> Case:
    return max(world.cases.all(), key=lambda case: case.opened_at)


# Joining


def test_posts_of_one_campaign_are_one_case(world: World) -> None:
    tell(world, assessed("p1"), assessed("p2", minute=1), assessed("p3", minute=2))
    case = world.only_case()
    assert led_by(case) == ("p1", "review", 2)
    assert [line.what for line in case.history] == ["opened", "joined", "joined"]
    assert [entry.kind for entry in world.cases.ledger(case.case)] == ["opened", "joined", "joined"]
    assert {world.cases.pointers["alpha", f"p{n}"].case for n in (1, 2, 3)} == {case.case}


def test_each_team_has_a_case_of_its_own_posts(world: World) -> None:
    tell(world, assessed("p1"), assessed("q1", platform="beta"), assessed("p2"), assessed("q2", platform="beta"))
    by_team = {case.team: set(case.posts) for case in world.cases.all()}
    assert by_team == {
        "team-a": {("alpha", "p1"), ("alpha", "p2")}, "team-b": {("beta", "q1"), ("beta", "q2")},
    }  # fmt: skip


def test_posts_without_a_campaign_have_a_case_each(world: World) -> None:
    tell(world, assessed("p1", campaign=None), assessed("p2", campaign=None))
    assert len(world.cases.all()) == 2


def test_a_post_that_is_not_flagged_joins_nothing(world: World) -> None:
    tell(world, assessed("p1"), assessed("p2", "watch"))
    assert world.only_case().member_count == 0


def test_a_post_drawn_for_the_audit_stands_for_itself_until_it_is_flagged(world: World) -> None:
    tell(world, assessed("p1"), assessed("p2", "clear", audit=0.5, minute=1))
    assert {case.queue for case in world.cases.all()} == {"review", "audit"}
    tell(world, assessed("p1", minute=2, campaign="c-two"), assessed("p2", "clear", minute=3, campaign="c-two"))
    assert len(posts_of(world)) == 2
    tell(world, assessed("p2", "review", minute=4, campaign="c-two"))
    assert list(posts_of(world).values()) == [{"p1", "p2"}]
    (case,) = (case for case in world.cases.all() if case.is_open)
    assert (case.queue, case.tier) == ("review", "review")


def test_an_audited_post_that_is_flagged_enters_the_case_of_the_campaign_it_had_all_along(world: World) -> None:
    tell(world, assessed("p2", "clear", audit=0.5), assessed("p1", minute=1), assessed("p2", "urgent", minute=2))
    assert list(posts_of(world).values()) == [{"p1", "p2"}]
    (case,) = (case for case in world.cases.all() if case.is_open)
    assert (case.queue, case.tier, case.post_id) == ("review", "urgent", "p2")


def test_an_event_that_comes_again_counts_no_post_twice(world: World) -> None:
    events = [assessed("p1"), assessed("p2", minute=1), assessed("p3", minute=2)]
    tell(world, *events, *events, assessed("p2", minute=5))
    assert world.only_case().member_count == 2


def test_a_worse_post_leads_and_brings_the_deadline(world: World) -> None:
    tell(world, assessed("p1"), assessed("p2", "urgent", minute=1))
    case = world.only_case()
    assert led_by(case) == ("p2", "urgent", 1)
    assert [member.post_id for member in case.members] == ["p1"]
    assert (case.due_at - world.clock.now()).total_seconds() == 2 * 3600
    assert [pointer["tier"] for pointer in world.review_queue.teams["team-a"]] == ["review", "urgent"]


def drawn(world: World) -> Case:
    """A case in which one vote waits for a second."""
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=1.0)
    tell(world, assessed("p1"))
    return vote(world, world.only_case(), "dismiss")


def test_votes_lapse_where_a_worse_post_leads(world: World) -> None:
    assert drawn(world).state == "second_look"
    tell(world, assessed("p2", "urgent", minute=1))
    case = world.only_case()
    assert (case.state, case.facts) == ("open", 2)
    assert vote(world, case, "dismiss", "ben").state == "second_look"


def test_votes_stand_where_another_of_the_same_tier_joins(world: World) -> None:
    drawn(world)
    tell(world, assessed("p2", minute=1))
    case = world.only_case()
    assert (case.state, case.facts) == ("second_look", 1)
    assert vote(world, case, "dismiss", "ben").state == "decided"


def test_a_decision_on_a_case_that_a_post_joined_meanwhile_is_refused(world: World) -> None:
    tell(world, assessed("p1"))
    seen = world.only_case().revision
    tell(world, assessed("p2", minute=1))
    with pytest.raises(Exception, match="changed since"):
        world.vote(ANNA, "dismiss", revision=seen)


def test_a_member_is_withdrawn_and_published_again(world: World) -> None:
    tell(world, assessed("p1"), assessed("p2"), assessed("p2", minute=3, withdrawn=True))
    (member,) = world.only_case().members
    assert member.withdrawn
    assert not world.only_case().post_withdrawn
    assert world.only_case().history[-1].what == "member_withdrawn"
    tell(world, assessed("p2", minute=2))
    assert world.only_case().members[0].withdrawn, "older news withdraws no withdrawal"
    tell(world, assessed("p2", minute=4))
    assert not world.only_case().members[0].withdrawn
    assert world.only_case().member_count == 1


def test_late_news_of_a_withdrawn_worse_post_still_tells_what_it_said(world: World) -> None:
    tell(world, assessed("p1"), assessed("p2", "urgent", minute=3, withdrawn=True), assessed("p2", "urgent"))
    case = world.only_case()
    assert (led_by(case), case.post_withdrawn) == (("p2", "urgent", 1), True)


def test_an_older_version_of_a_member_does_not_lead(world: World) -> None:
    tell(world, assessed("p1"), assessed("p2", minute=5), assessed("p2", "urgent", minute=1))
    assert led_by(world.only_case()) == ("p1", "review", 1)


def test_a_leading_post_made_milder_hands_the_lead_to_the_worst_other(world: World) -> None:
    """Who edits the worst post of a campaign doesn't get the rest of it judged by that one."""
    world.publish(post("p2", "urgent still here"))
    world.posts_queue.pump(lambda messages: world.screen(messages))
    world.review_jobs.waiting.clear()
    tell(world, assessed("p1", "urgent"), assessed("p2", "urgent", minute=1))
    assert led_by(world.only_case()) == ("p1", "urgent", 1)
    tell(world, assessed("p1", "clear", minute=2))
    case = world.only_case()
    assert led_by(case) == ("p2", "urgent", 1)
    assert [(member.post_id, member.tier) for member in case.members] == [("p1", "clear")]


def test_a_leading_post_made_milder_leads_on_where_no_other_can_be_read(world: World) -> None:
    tell(world, assessed("p1", "urgent"), assessed("p2", "urgent", minute=1), assessed("p1", "clear", minute=2))
    assert led_by(world.only_case()) == ("p1", "clear", 1)


def test_a_full_case_takes_no_more_and_the_next_post_opens_a_linked_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each post is listed in one of them: what isn't listed would never be removed or warned of."""
    monkeypatch.setattr(campaign_case, "MAX_MEMBERS", 3)
    events = [assessed(f"p{number}", minute=number) for number in range(8)]
    tell(world, *events)
    first, second = sorted(world.cases.all(), key=lambda case: case.opened_at)
    assert (second.previous_case, second.history[0].detail) == (first.case, "new_member")
    for case in (first, second):
        assert (case.member_count, len(case.members)) == (3, 3)
    tell(world, assessed("p1", minute=20), assessed("p2", "urgent", minute=21))
    assert len(world.cases.all()) == 2
    assert stored(world, first.case).post_id == "p2"
    assert stored(world, first.case).member_count == 3


# After a decision


def test_a_new_post_of_a_decided_campaign_opens_a_linked_case(world: World) -> None:
    tell(world, assessed("p1"), assessed("p2"))
    first = vote(world, world.only_case(), "dismiss")
    tell(world, assessed("p3", minute=9), assessed("p4", minute=10))
    second = newest(world)
    assert (second.previous_case, second.history[0].detail) == (first.case, "new_member")
    assert posts_of(world) == {second.case: {"p3", "p4"}}
    assert stored(world, first.case).member_count == 1


def test_no_post_slips_in_under_a_decision_made_without_it(world: World) -> None:
    world.publish(post("p1", "review offer"))
    world.posts_queue.pump(lambda messages: world.screen(messages))
    world.review_jobs.waiting.clear()
    archive = world.posts.heads["alpha", "p1"].archive
    tell(world, assessed("p1", archive=archive))
    removed = vote(world, world.only_case(), "remove")
    assert vote(world, removed, "refer", partner="police-b").state == "second_look"
    tell(world, assessed("p2", minute=9))
    second = newest(world)
    assert (second.previous_case, second.history[0].detail) == (removed.case, "new_member")
    assert stored(world, removed.case).member_count == 0


def test_a_member_of_a_decided_case_that_gets_worse_opens_a_linked_case(world: World) -> None:
    tell(world, assessed("p1", minute=30), assessed("p2"))
    first = vote(world, world.only_case(), "dismiss")
    tell(world, assessed("p2", "urgent", minute=2))
    second = newest(world)
    assert (second.previous_case, second.history[0].detail, second.post_id) == (first.case, "tier_raised", "p2")


def test_the_withdrawal_of_a_member_of_a_decided_case_is_not_the_leading_posts(world: World) -> None:
    tell(world, assessed("p1"), assessed("p2"))
    first = vote(world, world.only_case(), "dismiss")
    tell(world, assessed("p2", minute=9, withdrawn=True))
    case = stored(world, first.case)
    assert (case.post_withdrawn, case.seq, case.members[0].withdrawn) == (False, 1, True)
    assert case.state == "decided"


def test_a_case_whose_time_is_over_leaves_its_posts_free(world: World) -> None:
    tell(world, assessed("p1"), assessed("p2"))
    vote(world, world.only_case(), "dismiss")
    world.cases.items.clear()
    tell(world, assessed("p2", "urgent", minute=9), assessed("p3", minute=10), assessed("p1", minute=11))
    assert list(posts_of(world).values()) == [{"p1", "p2", "p3"}]


# Campaigns that turn out to be one


def two_campaigns(world: World) -> tuple[Case, Case]:
    tell(world, assessed("p1", campaign="c-b"), assessed("p2", campaign="c-b"))
    tell(world, assessed("q1", campaign="c-a", minute=1), assessed("q2", campaign="c-a", minute=1))
    older, younger = sorted(world.cases.all(), key=lambda case: case.opened_at)
    return older, younger


BRIDGE = assessed("p1", campaign="c-a", minute=4, cause="rescore")


def test_two_open_cases_of_what_is_one_campaign_become_the_older(world: World) -> None:
    older, younger = two_campaigns(world)
    tell(world, BRIDGE)
    assert posts_of(world) == {older.case: {"p1", "p2", "q1", "q2"}}
    gone = stored(world, younger.case)
    assert (gone.state, gone.merged_into, gone.waits_for_people) == ("merged", older.case, False)
    case = stored(world, older.case)
    assert (case.member_count, case.campaign) == (3, "c-a")
    assert [entry.kind for entry in world.cases.ledger(younger.case)][-1] == "merged"
    assert world.cases.queue("team-a", "review", limit=9) == (case,)


def test_it_is_the_older_whichever_post_told_of_it(world: World) -> None:
    older, younger = two_campaigns(world)
    tell(world, assessed("q1", campaign="c-b", minute=4))
    assert posts_of(world) == {older.case: {"p1", "p2", "q1", "q2"}}
    assert stored(world, younger.case).merged_into == older.case


def test_the_worst_post_leads_what_was_merged(world: World) -> None:
    older, _ = two_campaigns(world)
    tell(world, assessed("q2", "urgent", campaign="c-a", minute=3), BRIDGE)
    case = stored(world, older.case)
    assert led_by(case) == ("q2", "urgent", 3)
    assert (case.highest_tier, {m.post_id for m in case.members}) == ("urgent", {"p1", "p2", "q1"})


def test_news_of_a_post_whose_case_was_merged_goes_to_the_successor(world: World) -> None:
    older, younger = two_campaigns(world)
    tell(world, BRIDGE, assessed("q1", campaign="c-a", minute=6, withdrawn=True), assessed("q3", campaign="c-a"))
    case = stored(world, older.case)
    assert {member.post_id: member.withdrawn for member in case.members} == {
        "p2": False, "q1": True, "q2": False, "q3": False,
    }  # fmt: skip
    assert stored(world, younger.case).state == "merged"
    tell(world, assessed("p9", campaign="c-b", minute=8))
    assert "p9" in posts_of(world)[older.case]


def test_a_report_of_a_merged_post_reaches_the_successor(world: World) -> None:
    world.publish(post("q1", "review offer"))
    world.posts_queue.pump(lambda messages: world.screen(messages))
    world.review_jobs.waiting.clear()
    older, _ = two_campaigns(world)
    tell(world, BRIDGE)
    world.report({"reason": "They keep passports.", "platform": "alpha", "post_id": "q1"})
    world.review_jobs.pump(lambda messages: world.review(messages), twice=True)
    assert len(stored(world, older.case).reports) == 1


def test_what_was_decided_on_already_is_merged_with_nothing(world: World) -> None:
    older, younger = two_campaigns(world)
    vote(world, older, "dismiss")
    tell(world, assessed("q1", campaign="c-b", minute=4))
    assert posts_of(world) == {younger.case: {"q1", "q2"}}
    # From now on both names lead to the case that is open.
    tell(world, assessed("z1", campaign="c-b", minute=5), assessed("z2", campaign="c-a", minute=5))
    assert posts_of(world) == {younger.case: {"q1", "q2", "z1", "z2"}}


@pytest.mark.parametrize("nth", range(1, 5))
@pytest.mark.parametrize("bridge", [BRIDGE, assessed("q1", campaign="c-b", minute=4)], ids=["older", "younger"])
def test_a_crash_between_the_saves_leaves_no_second_case(world: World, bridge: Event, nth: int) -> None:
    older, younger = two_campaigns(world)
    world.faults.kill_after("cases.save", nth)
    try:
        tell(world, bridge)
    except Killed:
        died = True
    else:
        died = False
    world.faults.forget()
    assert died == (nth <= 3)
    tell(world, bridge)
    assert posts_of(world) == {older.case: {"p1", "p2", "q1", "q2"}}
    assert (stored(world, older.case).member_count, stored(world, younger.case).state) == (3, "merged")


@pytest.mark.parametrize("nth", [1, 2])
def test_events_redelivered_in_the_middle_of_a_merge_are_applied_once(world: World, nth: int) -> None:
    older, _ = two_campaigns(world)
    redelivered = [
        assessed("q2", campaign="c-a", minute=1), assessed("q1", campaign="c-a", minute=1),
        assessed("p2", campaign="c-b"), assessed("q3", campaign="c-a", minute=2), assessed("p3", campaign="c-b", minute=2),
    ]  # fmt: skip
    world.faults.kill_after("cases.save", nth)
    with pytest.raises(Killed):
        tell(world, BRIDGE)
    world.faults.forget()
    tell(world, *redelivered, BRIDGE, *redelivered)
    assert posts_of(world) == {older.case: {"p1", "p2", "q1", "q2", "q3", "p3"}}
    assert stored(world, older.case).member_count == 5


def test_two_workers_who_open_the_same_campaign_open_one_case(world: World) -> None:
    world.faults.meanwhile("cases.save", lambda: tell(world, assessed("p2")))
    tell(world, assessed("p1"))
    assert list(posts_of(world).values()) == [{"p1", "p2"}]


def test_a_vote_in_the_middle_of_a_merge_is_neither_lost_nor_counted_twice(world: World) -> None:
    older, younger = two_campaigns(world)
    hooks: list[Callable[[], object]] = [lambda: None, lambda: vote(world, younger, "dismiss")]
    for hook in hooks:
        world.faults.meanwhile("cases.save", lambda hook=hook: hook() and None)  # type: ignore[misc]
    tell(world, BRIDGE)
    gone = stored(world, younger.case)
    assert (gone.state, [made.action for made in gone.decisions]) == ("decided", ["dismiss"])
    assert stored(world, older.case).is_open


def test_a_throttled_store_delays_and_loses_nothing(world: World) -> None:
    older, _ = two_campaigns(world)
    world.faults.throttle("cases.latest_of_campaign")
    with pytest.raises(TransientError):
        tell(world, BRIDGE)
    tell(world, BRIDGE)
    assert list(posts_of(world)) == [older.case]


def test_a_person_who_reaches_one_platform_of_a_campaign_does_not_get_half_of_it(world: World) -> None:
    world.config.platforms["beta"] = replace(world.config.platforms["beta"], team="team-a")
    tell(world, assessed("p1"), assessed("q1", platform="beta"))
    narrow = replace(ANNA, platforms=frozenset({"alpha"}))
    assert world.list_cases(narrow, "team-a").cases == ()
    assert [case.case for case in world.list_cases(ANNA, "team-a").cases] == [world.only_case().case]
