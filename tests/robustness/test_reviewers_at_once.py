"""Two reviewers on one case, a lease that runs out, a lost answer, a double click, a case that changed: one outcome, nothing lost."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from screening.cases.case import Case
from screening.cases.decisions import DecisionRequest
from screening.cases.ledger import chain_faults
from screening.cases.vote import Action
from screening.errors import ConflictError, ScreeningError, TransientError
from screening.workflows.records import Team
from tests.fakes.faults import Killed
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
SONIA = person("sonia", "senior")


@pytest.fixture
def world() -> World:
    return opened()


def opened() -> World:
    made = World()
    made.publish(post("1", "review offer"))
    made.run()
    return made


def request(case: Case, decision_id: str, action: Action = "remove", partner: str | None = None) -> DecisionRequest:
    return DecisionRequest(
        decision_id=decision_id, action=action, revision=case.revision, reason="It is plain.", partner=partner
    )


def told(world: World) -> list[str]:
    """What the world learned of decisions, and what it will learn once they can't be undone any more."""
    owed = [item.body["data"] for item in world.only_case().outbox if item.kind == "event"]
    return [data["action"] for data in (*(event.data for event in world.bus.of("CaseDecided")), *owed)]


def is_whole(world: World) -> None:
    """The ledger is unbroken and holds every vote and decision once."""
    case = world.only_case()
    entries = world.cases.ledger(case.case)
    assert chain_faults(entries, head_index=case.ledger_index, head_hash=case.ledger_hash) == ()
    kinds = [entry.kind for entry in entries]
    assert (kinds.count("vote"), kinds.count("decision")) == (len(case.votes), len(case.decisions))


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Each in a thread of its own, all released at the same moment; an error of ours counts as an answer."""
    barrier = threading.Barrier(len(calls))
    answers: list[Any] = [None] * len(calls)

    def run(index: int, call: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            answers[index] = call()
        except ScreeningError as error:
            answers[index] = error

    threads = [threading.Thread(target=run, args=(index, call)) for index, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    return answers


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


class OneAtATime:
    """A store whose calls are atomic, as a transaction is; what lies between two calls isn't."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self._lock = threading.RLock()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if not callable(found):
            return found

        def locked(*args: Any, **given: Any) -> Any:
            with self._lock:
                return found(*args, **given)

        return locked


def with_atomic_stores(world: World) -> World:
    world.cases = OneAtATime(world.cases)  # type: ignore[assignment]
    world.work = OneAtATime(world.work)  # type: ignore[assignment]
    return world


# At the same moment


@pytest.mark.parametrize("number", range(25))
def test_two_threads_that_decide_at_once_make_one_outcome(hurried: None, number: int) -> None:
    world = with_atomic_stores(opened())
    case = world.only_case()
    answers = at_once(
        lambda: world.decide(case.case, ANNA, request(case, "d-anna")),
        lambda: world.decide(case.case, BEN, request(case, "d-ben", "dismiss")),
    )
    refused = [answer for answer in answers if isinstance(answer, ConflictError)]
    assert (len(refused), len(told(world))) == (1, 1)
    is_whole(world)


@pytest.mark.parametrize("number", range(25))
def test_a_double_click_in_two_threads_is_one_vote_and_two_same_answers(hurried: None, number: int) -> None:
    world = with_atomic_stores(opened())
    case = world.only_case()
    answers = at_once(*[lambda: world.decide(case.case, ANNA, request(case, "d-1"))] * 3)
    assert [type(answer) for answer in answers] == [Case] * 3
    assert (len(world.only_case().votes), len({event.id for event in world.bus.of("CaseDecided")})) == (1, 1)
    is_whole(world)


@pytest.mark.parametrize("number", range(25))
def test_two_threads_take_two_cases(hurried: None, number: int) -> None:
    world = World()
    world.publish(post("1", "review offer"), post("2", "review offer"))
    world.run()
    world = with_atomic_stores(world)
    answers = at_once(lambda: world.take_next(ANNA, "team-a"), lambda: world.take_next(BEN, "team-a"))
    assert {answer.post_id for answer in answers} == {"1", "2"}


@pytest.mark.parametrize("number", range(10))
def test_of_many_who_want_the_only_case_one_gets_it(hurried: None, number: int) -> None:
    world = with_atomic_stores(opened())
    people = [person(f"p{index}", "reviewer") for index in range(6)]
    answers = at_once(*[lambda who=who: world.take_next(who, "team-a") for who in people])
    assert sum(answer is not None for answer in answers) == 1


@pytest.mark.parametrize("number", range(10))
def test_a_vote_and_news_of_the_post_at_once_lose_neither(hurried: None, number: int) -> None:
    world = opened()
    world.clock.advance(minutes=1)
    world.publish(post("1", "urgent offer now"))
    world.posts_queue.pump(lambda messages: world.screen(messages))
    world = with_atomic_stores(world)
    case = world.only_case()
    vote, _ = at_once(
        lambda: world.decide(case.case, ANNA, request(case, "d-1", "refer", "police-b")),
        lambda: world.review_jobs.pump(lambda messages: world.review(messages)),
    )
    after = world.only_case()
    assert (after.tier, after.state) == ("urgent", "open"), "a vote on what it said before doesn't stand"
    assert len(after.votes) == (0 if isinstance(vote, ConflictError) else 1)
    is_whole(world)


# Leases


def test_who_does_not_hold_the_case_waits(world: World) -> None:
    world.take_next(ANNA, "team-a")
    with pytest.raises(ConflictError, match="somebody else works on it"):
        world.vote(BEN, "remove")
    assert world.vote(ANNA, "remove").state == "decided"


def test_a_notice_waits_for_no_lease(world: World) -> None:
    world.take_next(ANNA, "team-a")
    world.vote(SONIA, "notify_authority", "police-b")
    assert told(world) == ["notify_authority"]
    # Anna reads the case again, and goes on.
    assert world.vote(ANNA, "remove").state == "decided"


def test_who_comes_back_after_the_lease_ran_out_finds_what_the_other_decided(world: World) -> None:
    held = world.take_next(ANNA, "team-a")
    assert held is not None
    world.clock.advance(minutes=21)
    assert world.take_next(BEN, "team-a") is not None
    world.vote(BEN, "warn_applicants")
    with pytest.raises(ConflictError):
        world.decide(held.case, ANNA, request(held, "d-anna", "dismiss"))
    assert told(world) == ["warn_applicants"]


def test_who_comes_back_before_anybody_else_took_it_may_still_decide(world: World) -> None:
    held = world.take_next(ANNA, "team-a")
    assert held is not None
    world.clock.advance(hours=3)
    assert world.decide(held.case, ANNA, request(held, "d-anna")).state == "decided"


# Lost answers


@pytest.mark.parametrize("action", ["remove", "dismiss", "refer"])
@pytest.mark.parametrize("call", ["cases.save", "cases.mark_delivered"])
def test_after_a_lost_answer_the_same_decision_sent_again_is_one(world: World, call: str, action: Action) -> None:
    case = world.take_next(ANNA, "team-a")
    assert case is not None
    partner = "police-b" if action == "refer" else None
    world.faults.lose_answer(call)
    for _ in range(3):
        try:
            world.decide(case.case, ANNA, request(case, "d-1", action, partner))
        except TransientError:
            continue
    assert len(world.only_case().votes) == 1
    assert told(world) == ([] if action == "refer" else [action])
    assert not world.work.held, "what waits for another person isn't held by the first"
    is_whole(world)


@pytest.mark.parametrize("call", ["cases.save", "bus.publish", "cases.mark_delivered"])
def test_a_worker_that_dies_after_a_decision_was_saved_loses_nothing(world: World, call: str) -> None:
    case = world.only_case()
    world.faults.kill_after(call)
    with suppress(Killed):
        world.decide(case.case, ANNA, request(case, "d-1"))
    world.faults.forget()
    world.clock.advance(minutes=2)
    world.sweep()
    assert {event.id for event in world.bus.of("CaseDecided")} == {world.bus.of("CaseDecided")[0].id}
    assert not world.only_case().outbox
    assert world.decide(case.case, ANNA, request(case, "d-1")).decisions == world.only_case().decisions
    is_whole(world)


def test_a_worker_that_dies_before_saving_leaves_the_case_as_it_was(world: World) -> None:
    case = world.only_case()
    world.faults.kill_before("cases.save")
    with pytest.raises(Killed):
        world.decide(case.case, ANNA, request(case, "d-1"))
    assert world.only_case() == case
    assert world.decide(case.case, ANNA, request(case, "d-1")).state == "decided"


def test_a_lease_store_that_fails_after_the_vote_does_not_undo_it(world: World) -> None:
    case = world.take_next(ANNA, "team-a")
    assert case is not None
    world.faults.throttle("work.release_lease")
    with pytest.raises(TransientError):
        world.decide(case.case, ANNA, request(case, "d-1"))
    world.decide(case.case, ANNA, request(case, "d-1"))
    assert (len(world.only_case().votes), told(world)) == (1, ["remove"])
    assert not world.work.held


# What changed meanwhile


def test_a_decision_on_a_changed_case_is_refused_and_made_again_on_what_is_there(world: World) -> None:
    case = world.take_next(ANNA, "team-a")
    assert case is not None
    world.clock.advance(minutes=1)
    world.publish(post("1", "urgent offer now"))
    world.run()
    with pytest.raises(ConflictError, match="changed since"):
        world.decide(case.case, ANNA, request(case, "d-1", "dismiss"))
    assert not world.only_case().votes
    again = world.take_next(ANNA, "team-a")
    assert again is not None and again.tier == "urgent"
    assert world.decide(again.case, ANNA, request(again, "d-1", "remove")).state == "decided"


def test_a_report_that_comes_while_somebody_decides_is_kept(world: World) -> None:
    case = world.only_case()

    def reported() -> None:
        world.report({"reason": "They keep passports.", "platform": "alpha", "post_id": "1"})
        world.review_jobs.pump(lambda messages: world.review(messages))

    world.faults.meanwhile("cases.save", reported)
    with pytest.raises(ConflictError):
        world.decide(case.case, ANNA, request(case, "d-1", "dismiss"))
    assert len(world.only_case().reports) == 1
    assert world.vote(ANNA, "dismiss").state == "decided"


def test_two_who_judge_again_at_once_are_one_judgement(world: World) -> None:
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=1.0)
    world.publish(post("2", "review offer"))
    world.run()
    case = next(case for case in world.cases.all() if case.post_id == "2")
    decided = world.decide(case.case, ANNA, request(case, "d-1"))
    cora = person("cora", "reviewer")
    judged = request(decided, "d-cora", "remove")

    def quicker() -> None:
        world.decide(case.case, cora, judged)

    world.faults.meanwhile("cases.save", quicker)
    with pytest.raises(ConflictError):
        world.decide(case.case, BEN, request(decided, "d-ben", "dismiss"))
    after = world.cases.read(case.case)
    assert after is not None
    assert [made.recheck for made in after.decisions] == ["agreed"]
