"""View models: what a page shows of a case, and what it never shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from functions.console.campaign_page import MOST_BARS, campaign_page, timeline_of
from functions.console.case_page_parts import JudgedPart
from functions.console.case_view import CasePage, case_page
from functions.console.partners_page import partners_page
from functions.console.queue_filters import filters_from
from functions.console.queue_view import queue_page, queue_row
from functions.console.texts import texts
from screening.cases.case import Case
from screening.cases.case_parts import HistoryLine, Outcome
from screening.cases.decisions import offered_actions
from screening.cases.people import Person, Role
from screening.cases.vote import Decision, Vote
from screening.workflows.records import Referral
from tests.fakes.console_cases import ASSESSMENT, NOW, POST, case, member
from tests.fakes.world import BORDER, NGO, POLICE


def person(*roles: Role) -> Person:
    return Person(actor="anna", roles=frozenset(roles), teams=frozenset({"team-a"}))


def page_of(found: Case, who: Person, **fields: Any) -> CasePage:
    values: dict[str, Any] = {
        "texts": texts("en"), "actions": offered_actions(found, who), "post": POST, "assessment": ASSESSMENT,
        "partners": (NGO, POLICE, BORDER), "decision_id": "d", "now": NOW,
    }  # fmt: skip
    return case_page(found, who, **{**values, **fields})


@pytest.mark.parametrize("tier", ["clear", "watch"])
def test_a_case_of_the_audit_sample_reads_as_one_for_review(tier: Any) -> None:
    drawn = case(
        1, tier=tier, queue="audit", audit_probability=0.01, history=(HistoryLine(at=NOW, what="opened", detail=tier),)
    )
    row = queue_row(drawn, mine=frozenset(), leased=frozenset(), now=NOW)
    plain = queue_row(
        replace(drawn, tier="review", queue="review", audit_probability=None),
        mine=frozenset(),
        leased=frozenset(),
        now=NOW,
    )
    assert row == plain
    assert page_of(drawn, person("reviewer")) == page_of(
        replace(drawn, tier="review", queue="review", audit_probability=None), person("reviewer")
    )


@pytest.mark.parametrize(
    ("language", "isco08", "told"),
    [
        ("en", "9211", "Crop farm labourers"),
        ("uk", "9211", "Некваліфіковані працівники рослинництва"),
        ("uk", "9999", "x"),
    ],
)
def test_the_sector_is_named_in_the_readers_language_where_it_has_a_name(language: str, isco08: str, told: str) -> None:
    sector = {"isco08": isco08, "name": "x", "high_risk": "agriculture", "confidence": 0.9}
    assessment = {**ASSESSMENT, "post": {**ASSESSMENT["post"], "sector": sector}}
    page = page_of(case(1), person("reviewer"), texts=texts(language), assessment=assessment)
    assert [fact.values for fact in page.facts if fact.name == "sector"] == [(told,)]


def test_what_is_drawn_for_a_second_review_is_told_to_nobody() -> None:
    assert page_of(case(1, second_review=True), person("senior")) == page_of(case(1), person("senior"))


def test_time_left_turns_into_time_over() -> None:
    late = queue_row(case(1, due_at=NOW - timedelta(minutes=5)), mine=frozenset(), leased=frozenset(), now=NOW)
    assert (late.overdue, late.left) == (True, -300)


def test_who_works_on_a_case_is_told_without_a_name() -> None:
    found = case(1)
    mine = queue_row(found, mine=frozenset({found.case}), leased=frozenset(), now=NOW)
    others = queue_row(found, mine=frozenset(), leased=frozenset({found.case}), now=NOW)
    assert (mine.held, others.held) == ("mine", "others")
    assert "held_others" in others.remarks


def test_filters_that_are_none_are_left_out() -> None:
    asked = {
        "queue": "audit",
        "tier": "clear",
        "language": "uk",
        "country": "P1",
        "kind": "job",
        "concern": "x",
        "all": "1",
    }
    chosen, filters = filters_from(lambda name: asked.get(name, ""))
    assert chosen == {"language": "uk", "kind": "job"}
    assert (filters.queue, filters.tier, filters.language, filters.everything) == (None, None, "uk", True)


def test_a_chosen_filter_stays_to_be_seen_where_nothing_fits_it() -> None:
    view = queue_page([], person("reviewer"), "team-a", chosen={"platform": "gone"}, now=NOW)
    platform = next(one for one in view.filters if one.name == "platform")
    assert (platform.values, platform.chosen, view.filtered) == (("gone",), "gone", 1)


def test_actions_have_digits_in_their_order_and_say_what_they_need() -> None:
    actions = page_of(case(1), person("senior", "reviewer")).actions
    assert [choice.key for choice in actions] == [str(number) for number in range(1, len(actions) + 1)]
    refer = next(choice for choice in actions if choice.action == "refer")
    assert (refer.needs_partner, refer.needs_reason, refer.people) == (True, True, 2)


def test_of_a_case_that_a_colleague_works_on_only_a_notice_can_be_decided() -> None:
    view = page_of(case(1), person("senior", "reviewer"), held="others")
    assert [choice.action for choice in view.actions] == ["notify_authority"]
    assert view.may_skip
    assert len(page_of(case(1), person("senior", "reviewer"), held="mine").actions) > 1


def test_who_has_voted_is_told_so_until_the_facts_change() -> None:
    vote = Vote(
        decision_id="d-1", actor="anna", role="reviewer", action="refer", partner="police-b", reason="Fee.", at=NOW,
        facts=1, blind=False,
    )  # fmt: skip
    waiting = case(1, state="second_look", votes=(vote,))
    assert page_of(waiting, person("reviewer")).voted == JudgedPart(action="refer", partner=POLICE.name)
    assert page_of(replace(waiting, facts=2), person("reviewer")).voted is None
    colleague = replace(person("reviewer"), actor="ben")
    assert page_of(waiting, colleague).voted is None


@pytest.mark.parametrize("reason", ["language", "too_short", "image", "garbled"])
def test_what_could_not_be_judged_says_why(reason: str) -> None:
    unread = {**ASSESSMENT, "evidence": [], "protective": [], "inconclusive": reason}
    assert page_of(case(1), person("reviewer"), assessment=unread).inconclusive == reason
    assert page_of(case(1), person("reviewer")).inconclusive == ""


def test_a_post_of_pictures_alone_is_not_gone_and_names_them() -> None:
    pictures = replace(
        POST, title="", description="", company="", salary=None, images=("https://jobs-pl.example/1.jpg", "sha256:ab")
    )
    view = page_of(
        case(1), person("reviewer"), post=pictures, assessment={**ASSESSMENT, "evidence": [], "protective": []}
    )
    assert view.missing == "wordless"
    assert next(fact.values for fact in view.facts if fact.name == "images") == pictures.images


def test_pay_under_the_minimum_is_not_said_to_be_what_such_work_earns() -> None:
    low = {**ASSESSMENT["pay"], "verdict": "plausible", "monthly_eur": {"min": 700.0, "max": 700.0}}
    under = page_of(case(1), person("reviewer"), assessment={**ASSESSMENT, "pay": low}).pay
    assert under is not None
    assert under.verdict == "under_full_time"


def test_an_auditor_reads_and_is_offered_nothing() -> None:
    view = page_of(case(1), person("auditor"))
    assert (view.actions, view.may_work, view.may_hold, view.may_tell_outcome, view.snoozable) == (
        (),
        False,
        False,
        False,
        (),
    )


def test_only_what_is_neither_strong_nor_severe_can_be_set_aside() -> None:
    mild = case(1, concerns=(), dimensions={})
    assert page_of(mild, person("reviewer")).snoozable == (
        "gender_age_targeted.stated", "pressure.stated",
    )  # fmt: skip
    assert page_of(case(1), person("reviewer")).snoozable == ()


def test_nobody_tells_the_outcome_of_their_own_decision() -> None:
    made = Decision(action="remove", partner=None, decided_at=NOW, votes=(), actors=("anna",))
    decided = case(1, state="decided", decisions=(made,))
    assert not page_of(decided, person("senior")).may_tell_outcome
    others = replace(decided, decisions=(replace(made, actors=("ben",)),))
    assert page_of(others, person("senior")).may_tell_outcome


def test_the_page_holds_no_contact_but_its_kind_and_country() -> None:
    view = page_of(case(1), person("reviewer"))
    assert [(one.kind, one.country, one.count) for one in view.contacts] == [("phone", "PL", 2), ("telegram", None, 1)]
    assert "fingerprint" not in repr(view)


def test_notes_stand_the_strongest_first_and_are_numbered_so() -> None:
    view = page_of(case(1), person("reviewer"))
    assert [note.number for note in view.notes] == list(range(1, len(view.notes) + 1))
    assert [note.strength for note in view.signs] == ["strong"] * 3 + ["medium"] * 3 + ["weak"]
    assert [(note.indicator, note.state) for note in view.against] == [
        ("pay_plausible", "protective"),
        ("worker_fee", "denied"),
    ]
    assert [note.indicator for note in view.absent] == ["no_employer"]
    assert (*view.signs, *view.against, *view.absent) == view.notes


def test_signs_from_other_posts_stand_among_those_of_the_text() -> None:
    view = page_of(case(1), person("reviewer"))
    sign = next(note for note in view.signs if note.dimension == "network")
    assert sign.number < next(note.number for note in view.signs if note.strength == "medium")
    assert (sign.indicator, sign.counts, sign.marked) == ("contact_many_names", (("names", 3), ("posts", 4)), False)


def test_a_case_without_its_record_still_has_a_page() -> None:
    view = page_of(case(1), person("reviewer"), post=None, assessment=None)
    assert (view.fields, view.notes, view.pay, view.contacts) == ((), (), None, ())


def test_a_timeline_of_years_has_a_bounded_number_of_bars() -> None:
    days = [(NOW - timedelta(days=day)).date() for day in range(0, 900, 7)]
    timeline = timeline_of(days)
    assert len(timeline.bars) <= MOST_BARS
    assert sum(bar.count for bar in timeline.bars) == len(days)
    assert all(bar.x + bar.width <= timeline.width + 1 for bar in timeline.bars)


def test_a_campaign_lists_its_leading_post_first() -> None:
    led = case(1, members=(member(5), member(3)), member_count=2)
    view = campaign_page(led, ["Work in Berlin for 900 euro", "Work in Prague for 950 euro"])
    assert view.members[0].leads
    assert view.size == 3
    assert any(part.number and ("Berlin", 1) in part.fillings for part in view.parts)


def test_packages_are_those_of_the_cases_and_expire() -> None:
    def referral(number: int, **fields: Any) -> Referral:
        values: dict[str, Any] = {
            "id": f"r{number}", "case": case(1).case, "partner": "police-b", "kind": "referral", "state": "issued",
            "package_key": "k", "hash": "h", "issued_at": NOW - timedelta(days=number), "expires_at": NOW + timedelta(days=1),
        }  # fmt: skip
        return Referral(**{**values, **fields})

    known = case(
        1,
        outcomes=(
            Outcome(source="police-b", opinion="lead", at=NOW),
            Outcome(source="partner:police-b", opinion="confirmed", at=NOW),
        ),
    )
    listed = [
        referral(1),
        referral(2, expires_at=NOW - timedelta(days=1)),
        referral(3, case="another"),
        referral(4, state="recalled"),
    ]
    view = partners_page((NGO, POLICE, BORDER), listed, [known], person("partner_liaison"), now=NOW)
    rows = view.partners[0].referrals
    assert [(row.id, row.state, row.may_recall) for row in rows] == [
        ("r1", "issued", True), ("r2", "expired", False), ("r4", "recalled", False),
    ]  # fmt: skip
    assert rows[0].opinion == "confirmed"
    assert not partners_page((POLICE,), listed, [known], person("auditor"), now=NOW).partners[0].referrals[0].may_recall
