"""No answer to a notifier gives away a referral, a notice to an authority or a hold: whatever was decided, in every language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from screening.cases.case import Case
from screening.cases.case_parts import CaseMember
from screening.cases.decisions import NEEDS_PARTNER
from screening.cases.vote import Action, Decision
from screening.referrals.notifier_texts import NOTIFIER_WORDINGS, notifier_language
from screening.referrals.statement_of_reasons import WORDINGS
from screening.workflows.hold_statement import HELD_BACK, LONGEST
from screening.workflows.notifier_answers import TELLING, answer_for, answer_notifiers, note_taken_up
from tests.fakes.basics import START
from tests.fakes.world import World, post
from tests.unit.referrals.test_statement_of_reasons import TOLD

ACTIONS: tuple[Action, ...] = get_args(Action)
HANDED_ON = NEEDS_PARTNER
KEYS = {"report", "status", "received_at", "language", "text", "decision"}
DECISION_KEYS = {"restricted", "decided_at", "automated_means", "redress", "complaint_until"}


def reported(language: str | None = "en", kind: str = "notice") -> tuple[World, Case, str]:
    """An open case with one report, of an offer that no screening flagged."""
    world = World()
    world.publish(post("1", "quiet offer"))
    world.run()
    about = {"platform": "alpha", "post_id": "1", "language": language}
    told = {"explanation": "x", "name": "N", "email": "n@example.net", "good_faith": True, "kind": "notice"}
    receipt = world.report(about | (told if kind == "notice" else {"reason": "x"}))
    world.run()
    note_taken_up(receipt.report, reports=world.reports, received_at=receipt.received_at)
    return world, world.only_case(), receipt.report


def made(action: Action, minutes: int) -> Decision:
    partner = "police-b" if action in HANDED_ON else None
    at = START + timedelta(minutes=minutes)
    return Decision(action=action, partner=partner, decided_at=at, votes=("v",), actors=("anna",))


def told(world: World, report: str, minutes: float) -> dict[str, object]:
    stored = world.reports.reports[report]
    now = START + timedelta(minutes=minutes)
    return answer_for(stored, world.reports.read_answer(report), now=now).to_dict()


decisions = st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=5)


@given(decisions, st.sampled_from(sorted(WORDINGS)), st.sampled_from(["notice", "report"]))
@settings(max_examples=60)
def test_the_answer_is_the_same_as_if_nothing_had_been_handed_on(
    actions: list[Action], language: str, kind: str
) -> None:
    world, case, report = reported(language, kind)
    twin, _, twin_report = reported(language, kind)
    full = tuple(made(action, minutes + 1) for minutes, action in enumerate(actions))
    plain = tuple(decision for decision in full if decision.action not in HANDED_ON) or (made("dismiss", 1),)
    late = START + LONGEST * 2
    silent = replace(case, state="decided", decisions=full, silent_until=START + LONGEST, referrals=("r",))
    answer_notifiers(silent, reports=world.reports, now=late)
    answer_notifiers(replace(case, state="decided", decisions=plain), reports=twin.reports, now=late)
    assert report == twin_report
    for days in (0, 7, 200):
        minutes = days * 24 * 60
        assert told(world, report, minutes) == told(twin, twin_report, minutes)
    answer = told(world, report, 7 * 24 * 60)
    assert set(answer) <= KEYS
    assert set(answer["decision"]) == DECISION_KEYS  # type: ignore[call-overload]
    words = str(answer).lower()
    assert [stem for stem in TOLD[language] if stem in words.replace("'report'", "")] == []
    assert "police-b" not in words


LOOK = 30
"""Minutes between two looks at the answer. Each decision falls on one of its own: between two, nobody could say what came first."""
later = st.integers(1, 3 * 24 * 60 // LOOK).map(lambda looks: looks * LOOK)
steps = st.lists(st.tuples(st.sampled_from(ACTIONS), later), min_size=1, max_size=5)


@given(steps, st.integers(0, 71), st.integers(1, 72))
@settings(max_examples=60)
@example(steps=[("notify_authority", 30), ("remove", 60)], hold_after=0, hold_hours=72)
@example(steps=[("notify_authority", 30)], hold_after=5, hold_hours=9)
@example(
    steps=[("dismiss", 30), ("notify_authority", 60), ("remove", 60), ("restore", 60)], hold_after=0, hold_hours=72
)
@example(steps=[("dismiss", 30), ("refer", 60)], hold_after=0, hold_hours=1)
@example(steps=[("warn_applicants", 30), ("notify_authority", 60), ("remove", 210)], hold_after=1, hold_hours=48)
def test_no_answer_shows_a_hold_or_is_taken_back(
    steps: Sequence[tuple[Action, int]], hold_after: int, hold_hours: int
) -> None:
    """A senior holds `hold_after` hours after the first notice, for `hold_hours`; the case is asked about all along."""
    world, case, report = reported()
    at, said, seen_at_hold, dated = 0, ["in_review"], "", ""
    hold_from = hold_until = None
    timeline: list[tuple[int, Action]] = []
    for action, later in steps:
        at += later
        timeline.append((at, action))
    first_notice = next((moment for moment, action in timeline if action == "notify_authority"), None)
    shown_already = [moment for moment, action in timeline if action in HELD_BACK]
    if first_notice is not None and not any(moment <= first_notice + hold_after * 60 for moment in shown_already):
        hold_from = first_notice + hold_after * 60
        hold_until = min(hold_from + hold_hours * 60, first_notice + 72 * 60)
    for minutes in range(0, timeline[-1][0] + 8 * 24 * 60, LOOK):
        while timeline and timeline[0][0] <= minutes:
            moment, action = timeline.pop(0)
            held = hold_until if hold_from is not None and moment >= hold_from else None
            case = replace(
                case, decisions=(*case.decisions, made(action, moment)), state="decided",
                silent_until=START + timedelta(minutes=held) if held else None,
            )  # fmt: skip
            now = START + timedelta(minutes=minutes)
            answer_notifiers(case, reports=world.reports, now=now)
            answer_notifiers(case, reports=world.reports, now=now)
        answer = told(world, report, minutes)
        decision = answer.get("decision")
        now_said = f"restricted={decision['restricted']}" if isinstance(decision, dict) else str(answer["status"])
        if said[-1] != "in_review":
            assert now_said != "in_review"
        if hold_from is not None and hold_until is not None and hold_from <= minutes < hold_until:
            seen_at_hold = seen_at_hold or said[-1]
            assert now_said == seen_at_hold
            if steps[0][0] == "notify_authority":
                assert now_said == "in_review"
        if isinstance(decision, dict):
            # The date is that of the change as it was seen, and no later decision moves it: neither can be told from it.
            changed = now_said != said[-1]
            assert decision["decided_at"] == dated or changed
            assert not changed or decision["decided_at"] > (START + timedelta(minutes=minutes - LOOK - 1)).isoformat()
            dated = decision["decided_at"]
        said.append(now_said)
    assert said[-1] == f"restricted={_restricted(case.decisions)}"


def _restricted(all_made: Sequence[Decision]) -> bool:
    telling = [decision.action for decision in all_made if decision.action in TELLING]
    return bool(telling) and telling[-1] == "remove"


@example(order=[1, 3, 2, 0], actions=["restore", "remove", "restore", "remove"])
@given(st.permutations(range(4)), st.lists(st.sampled_from(ACTIONS), min_size=4, max_size=4))
@settings(max_examples=40)
def test_whatever_the_order_of_delivery_the_newest_decision_is_told(order: list[int], actions: list[Action]) -> None:
    world, case, report = reported()
    full = tuple(made(action, minutes + 1) for minutes, action in enumerate(actions))
    for index in order:
        known = replace(case, decisions=full[: index + 1], state="decided")
        answer_notifiers(known, reports=world.reports, now=START + LONGEST * 2)
    decision = told(world, report, 7 * 24 * 60)["decision"]
    assert isinstance(decision, dict)
    assert decision["restricted"] is _restricted(full)


def test_an_appeal_that_lifts_a_restriction_is_told_and_stays() -> None:
    world, case, report = reported()
    case = replace(case, decisions=(made("remove", 1),), state="decided")
    answer_notifiers(case, reports=world.reports, now=START + timedelta(minutes=2))
    days = 24 * 60
    lifted = {"also": (made("restore", 3 * days),), "now": START + timedelta(days=3)}
    assert answer_notifiers(case, reports=world.reports, only=("alpha", "2"), **lifted) == 0  # type: ignore[arg-type]
    assert answer_notifiers(case, reports=world.reports, only=("alpha", "1"), **lifted) == 1  # type: ignore[arg-type]
    later = replace(case, decisions=(*case.decisions, made("refer", 4 * days)))
    assert answer_notifiers(later, reports=world.reports, now=START + timedelta(days=4)) == 0
    decision = told(world, report, 5 * days)["decision"]
    assert isinstance(decision, dict)
    assert decision["restricted"] is False


def test_a_restriction_of_a_campaign_is_told_for_the_posts_that_it_covers() -> None:
    world, case, report = reported()
    member = CaseMember(
        platform="alpha", post_id="1", seq=1, version="v", kind="job", tier="review", archive=None, withdrawn=False,
        joined_at=START + timedelta(hours=5),
    )  # fmt: skip
    led = replace(case, post_id="0", members=(member,), member_count=1, state="decided")
    before = replace(led, decisions=(made("remove", 60),))
    answer_notifiers(before, reports=world.reports, now=START + timedelta(hours=6))
    decision = told(world, report, 7 * 60)["decision"]
    assert isinstance(decision, dict)
    assert decision["restricted"] is False
    after = replace(led, decisions=(made("remove", 6 * 60),))
    answer_notifiers(after, reports=world.reports, now=START + timedelta(hours=8))
    decision = told(world, report, 9 * 60)["decision"]
    assert isinstance(decision, dict)
    assert decision["restricted"] is True


def test_a_report_that_joined_after_a_decision_is_answered_once_the_case_is_closed() -> None:
    world, case, report = reported()
    early = (made("warn_applicants", -60),)
    assert not answer_notifiers(replace(case, decisions=early, state="second_look"), reports=world.reports, now=START)
    assert told(world, report, 1)["status"] == "in_review"
    assert answer_notifiers(replace(case, decisions=early, state="decided"), reports=world.reports, now=START) == 1
    assert told(world, report, 1)["status"] == "decided"


def test_an_undecided_case_and_an_erased_report_are_not_answered() -> None:
    world, case, _ = reported()
    assert answer_notifiers(case, reports=world.reports, now=START) == 0
    world.reports.reports.clear()
    assert answer_notifiers(replace(case, decisions=(made("remove", 1),)), reports=world.reports, now=START) == 0


def test_an_answer_keeps_its_first_date() -> None:
    world, case, report = reported()
    case = replace(case, decisions=(made("dismiss", 1),), state="decided")
    answer_notifiers(case, reports=world.reports, now=START + timedelta(minutes=2))
    before = told(world, report, 60)
    assert answer_notifiers(case, reports=world.reports, now=START + timedelta(days=9)) == 0
    assert told(world, report, 60) == before


@pytest.mark.parametrize("language", sorted(NOTIFIER_WORDINGS))
def test_every_sentence_says_nothing_of_others(language: str) -> None:
    wording = NOTIFIER_WORDINGS[language]
    sentences = [getattr(wording, name) for name in wording.__dataclass_fields__]
    assert all(sentences)
    assert len(set(sentences)) == len(sentences)
    text = " ".join(sentences).lower()
    assert [stem for stem in TOLD[language] if stem in text] == []


def test_answers_exist_in_the_languages_of_the_statements_and_fall_back_to_english() -> None:
    assert set(NOTIFIER_WORDINGS) == set(WORDINGS)
    assert [notifier_language(tag) for tag in ("de-AT", "UK", "fr", "", None)] == ["de", "uk", "en", "en", "en"]
