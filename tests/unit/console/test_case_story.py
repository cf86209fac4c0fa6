"""What the queue and case pages tell of how a case goes on: second looks, contested decisions, outcomes, repetition."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from functions.console.case_view import CasePage, case_page
from functions.console.queue_view import queue_page
from functions.console.texts import texts
from screening.cases.case import Case
from screening.cases.case_parts import HistoryLine, Outcome
from screening.cases.people import Person
from screening.cases.vote import Action, Decision, Recheck
from screening.workflows.records import Partner
from tests.fakes.console_cases import NOW, case

POLICE = Partner(
    id="police-b", name="Police unit", kind="police", queue="q", countries=("PL",), fields=frozenset({"kind"}),
    legal_basis="an agreement", purpose="a purpose",
)  # fmt: skip


def senior(name: str = "s-1") -> Person:
    return Person(actor=name, roles=frozenset({"senior"}), teams=frozenset({"team-a"}))


def decided(action: Action, *, recheck: Recheck | None = None, looked: bool = False) -> Case:
    made = Decision(
        action=action, partner=POLICE.id, decided_at=NOW, votes=("d-1",), actors=("s-0",), recheck=recheck,
        second_look_by=NOW + timedelta(hours=3) if action == "notify_authority" else None,
        looked_at=NOW if looked else None,
    )  # fmt: skip
    return replace(case(1), state="decided", decisions=(made,))


def page_of(shown: Case, person: Person) -> CasePage:
    return case_page(
        shown, person, texts=texts("en"), actions=(), post=None, assessment=None, partners=(POLICE,), decision_id="d",
        now=NOW,
    )  # fmt: skip


def test_a_notice_waits_on_the_queue_page_of_those_who_may_look_after_it() -> None:
    notice = decided("notify_authority")
    [look] = queue_page([], senior(), "team-a", chosen={}, looks=[notice], now=NOW).looks
    assert (look.case, look.partner, look.left, look.overdue) == (notice.case, POLICE.id, 3 * 3600, False)
    assert queue_page([], senior("s-0"), "team-a", chosen={}, looks=[notice], now=NOW).looks == ()
    looked = decided("notify_authority", looked=True)
    assert queue_page([], senior(), "team-a", chosen={}, looks=[looked], now=NOW).looks == ()


def test_who_gave_a_notice_is_not_asked_for_its_second_look() -> None:
    notice = decided("notify_authority")
    assert (page_of(notice, senior()).second_look, page_of(notice, senior("s-0")).second_look) == (True, False)


def test_a_contested_decision_is_named_to_the_senior_who_settles_it() -> None:
    judged = page_of(decided("refer", recheck="differs"), senior()).judged
    assert judged is not None
    assert (judged.action, judged.partner) == ("refer", "Police unit")
    assert page_of(decided("refer", recheck="upheld"), senior()).judged is None
    assert page_of(decided("remove", recheck="waiting"), senior()).judged is None, "that one is judged blind"


def test_what_is_settled_has_no_time_left() -> None:
    assert page_of(case(1), senior()).waits
    assert not page_of(decided("refer"), senior()).waits
    assert page_of(decided("refer", recheck="differs"), senior()).waits


def test_a_hold_is_offered_once_a_notice_went_out() -> None:
    assert page_of(decided("notify_authority"), senior()).may_hold
    assert not page_of(decided("remove"), senior()).may_hold


def test_partners_are_told_by_name() -> None:
    told = replace(
        decided("refer"), outcomes=(Outcome(source="partner:police-b", opinion="disputed", at=NOW),),
        history=(HistoryLine(at=NOW, what="decided:refer", detail="police-b"),),
    )  # fmt: skip
    view = page_of(told, senior())
    assert [(row.source, row.name) for row in view.outcomes] == [("partner", "Police unit")]
    assert [row.detail for row in view.history] == ["Police unit"]


def test_posts_that_join_one_after_another_are_one_line() -> None:
    joined = [HistoryLine(at=NOW + timedelta(minutes=minute), what="joined", detail="urgent") for minute in range(40)]
    lines = (HistoryLine(at=NOW, what="opened"), *joined, HistoryLine(at=NOW, what="voted:refer"), joined[0])
    rows = page_of(replace(case(1), history=lines), senior()).history
    assert [(row.what, row.times) for row in rows] == [("joined", 1), ("voted", 1), ("joined", 40), ("opened", 1)]


def test_who_removes_a_reported_offer_is_told_that_the_poster_will_read_of_a_report() -> None:
    assert page_of(replace(case(1), reports=("r-1",)), senior()).reported
    assert not page_of(replace(case(1), reports=()), senior()).reported
