"""Opening, updating and reopening cases, and when they fall due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.assessment.tier_rules import load_tier_rules
from screening.cases.case import Case
from screening.cases.decisions import DecisionRequest
from screening.cases.queue_order import SHORTEST, due_at
from screening.cases.states import MOVES, check_move
from screening.cases.support import supporting_dimensions
from screening.referrals.disclosure import IRREGULARITY
from screening.values.evidence import Evidence, EvidenceState, Strength
from screening.values.result import Tier
from tests.fakes.campaign_events import assessed, tell
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tier", "given", "hours"),
    [
        ("urgent", {}, 2), ("review", {}, 24), ("review", {"rank": 0.85}, 12), ("review", {"reports": 1}, 8),
        ("review", {"reports": 3}, 4), ("review", {"act_by": date(2026, 3, 4)}, 15), ("review", {"act_by": date(2026, 3, 2)}, 2),
        ("review", {"act_by": date(2026, 4, 1)}, 24), ("clear", {"queue": "audit"}, 24),
        ("clear", {"queue": "audit", "act_by": date(2026, 3, 2)}, 2), ("watch", {"queue": "audit", "corridor": "UA>PL"}, 12), ("inconclusive", {"queue": "audit"}, 48),
        ("inconclusive", {"queue": "inconclusive"}, 48),
        ("clear", {"queue": "reports", "reports": 1}, 8),
    ],
)  # fmt: skip
def test_when_a_case_is_due(tier: Tier, given: dict[str, object], hours: int) -> None:
    asked = {"queue": "review", "rank": 0.5, "act_by": None, "reports": 0, **given}
    assert due_at(tier=tier, since=NOW, **asked) == NOW + timedelta(hours=hours)  # type: ignore[arg-type]


@given(
    tier=st.sampled_from(["clear", "watch", "review", "urgent", "inconclusive"]), rank=st.floats(0, 1),
    reports=st.integers(0, 9), act_by=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)  # fmt: skip
def test_nothing_is_due_sooner_than_a_team_can_look(tier: Tier, rank: float, reports: int, act_by: date | None) -> None:
    due = due_at(queue="review", tier=tier, rank=rank, act_by=act_by, reports=reports, since=NOW)
    assert due >= NOW + SHORTEST
    more = due_at(queue="review", tier=tier, rank=rank, act_by=act_by, reports=reports + 1, since=NOW)
    assert more <= due


def edited(world: World, text: str, **fields: Any) -> Case:
    world.clock.advance(minutes=10)
    world.publish(post("1", text, **fields))
    world.run()
    return max(world.cases.all(), key=lambda case: case.generation)


@pytest.fixture
def world() -> World:
    made = World()
    made.publish(post("1", "review first"))
    made.run()
    return made


def test_a_worse_edit_moves_the_deadline_earlier_and_tells_the_team(world: World) -> None:
    before = world.only_case()
    after = edited(world, "urgent now")
    assert after.due_at == world.clock.now() + timedelta(hours=2)
    assert after.due_at < before.due_at
    assert [pointer["version"] for pointer in world.review_queue.teams["team-a"]] == [1, after.revision]


def test_a_milder_edit_moves_nothing_later_and_closes_nothing(world: World) -> None:
    before = world.only_case()
    after = edited(world, "all is quiet")
    assert (after.due_at, after.state) == (before.due_at, "open")
    assert (after.tier, after.highest_tier) == ("clear", "review")


def test_a_new_date_to_act_by_moves_the_deadline_earlier(world: World) -> None:
    after = edited(world, "review first act-by-2026-03-04")
    assert after.due_at == datetime(2026, 3, 3, tzinfo=UTC)


def test_a_dismissed_post_that_gets_worse_opens_a_linked_case(world: World) -> None:
    world.vote(ANNA, "dismiss")
    first = world.only_case()
    second = edited(world, "urgent now")
    assert (second.generation, second.previous_case, second.state) == (2, first.case, "open")
    assert second.history[0].detail == "tier_raised"
    assert world.cases.read(first.case) is not None
    assert len(world.cases.all()) == 2


def test_a_dismissed_post_with_a_new_dimension_opens_a_linked_case(world: World) -> None:
    world.vote(ANNA, "dismiss")
    assert edited(world, "review coercion").history[0].detail == "new_dimension"


@pytest.mark.parametrize("text", ["review reworded", "watch only", "quiet"])
def test_a_dismissed_post_that_is_no_worse_stays_dismissed(world: World, text: str) -> None:
    world.vote(ANNA, "dismiss")
    case = edited(world, text)
    assert (case.generation, case.state, case.tier) == (1, "decided", "review")
    assert case.history[-1].what == "edit"


def test_a_removed_post_that_gets_worse_while_a_referral_waits_opens_a_linked_case(world: World) -> None:
    """The removal was of another version: nobody has judged this one, and the vote that waits is about the first."""
    world.vote(ANNA, "remove")
    first = world.vote(ANNA, "refer", "police-b")
    second = edited(world, "urgent now")
    assert (second.previous_case, second.state, second.history[0].detail) == (first.case, "open", "tier_raised")
    waiting = world.cases.read(first.case)
    assert waiting is not None
    assert (waiting.state, waiting.tier) == ("second_look", "review")
    request = DecisionRequest(
        decision_id="d-2", action="refer", revision=waiting.revision, reason="It is plain.", partner="police-b"
    )
    after = world.decide(first.case, person("ben", "reviewer"), request)
    assert after.decision is not None
    assert (after.decision.action, after.decision.archive) == ("refer", first.archive)


def test_news_that_overtakes_its_own_withdrawal_still_tells_what_was_withdrawn() -> None:
    world = World()
    tell(world, assessed("1", "urgent", minute=3, withdrawn=True), assessed("1", "urgent"))
    case = world.only_case()
    assert (case.post_withdrawn, case.seq, case.indicators) == (True, 4, ("no_interview",))
    tell(world, assessed("1", "urgent", minute=3, withdrawn=True), assessed("1", "urgent"))
    assert world.only_case() == case


def test_a_withdrawn_post_keeps_its_case_and_its_facts(world: World) -> None:
    case = edited(world, "", status="withdrawn")
    assert (case.post_withdrawn, case.state, case.tier, case.indicators) == (
        True, "open", "review", ("excess_hours", "no_interview"),
    )  # fmt: skip
    again = edited(world, "review first")
    assert not again.post_withdrawn
    assert again.case == case.case


def test_audit_cases_enter_with_their_probability_and_stand_among_the_others() -> None:
    world = World(sampling=1.0)
    world.publish(post("1", "quiet"), post("2", "watch"), post("3", "review"))
    world.run()
    cases = {case.post_id: case for case in world.cases.all()}
    assert {key: (case.queue, case.audit_probability) for key, case in cases.items()} == {
        "1": ("audit", 1.0), "2": ("audit", 1.0), "3": ("review", None),
    }  # fmt: skip
    told = {(pointer["tier"], pointer["due_at"]) for pointer in world.review_queue.teams["team-a"]}
    assert len(told) == 1, "neither tier nor deadline marks them for the team's own tool"


def test_inconclusive_posts_have_their_own_queue() -> None:
    world = World()
    world.publish(post("1", "inconclusive"))
    world.run()
    assert world.only_case().queue == "inconclusive"


def test_reports_raise_an_open_case_once_each(world: World) -> None:
    before = world.only_case()
    for who in ("anna@example.org", "ben@example.org", "cora@example.org"):
        world.report({"reason": "They keep passports.", "platform": "alpha", "post_id": "1", "contact": who})
    world.review_jobs.pump(lambda messages: world.review(messages), twice=True)
    case = world.only_case()
    assert len(case.reports) == 3
    assert case.due_at == before.opened_at + timedelta(hours=4)


def test_a_report_of_an_unflagged_post_opens_a_case_with_its_facts() -> None:
    world = World()
    world.publish(post("1", "quiet"))
    world.run()
    world.report({"reason": "They keep passports.", "platform": "alpha", "post_id": "1"})
    world.run(twice=True)
    case = world.only_case()
    assert (case.queue, case.tier, case.team, case.post_id) == ("reports", "clear", "team-a", "1")
    assert case.archive is not None


@pytest.mark.parametrize("about", [{"url": "https://elsewhere.example/9"}, {"platform": "beta", "post_id": "9"}])
def test_a_report_of_an_unknown_post_reaches_a_team(about: dict[str, str]) -> None:
    world = World()
    world.report({"reason": "They keep passports.", **about})
    world.run(twice=True)
    case = world.only_case()
    assert (case.queue, case.post_id, case.tier) == ("reports", "", "inconclusive")
    assert case.team == ("team-b" if "platform" in about else "team-a")


def test_a_case_is_read_back_as_it_was_written(world: World) -> None:
    world.vote(ANNA, "refer", "police-b")
    world.vote(person("ben", "senior"), "refer", "police-b")
    case = world.only_case()
    assert Case.from_dict(case.to_dict()) == case


def test_states_move_by_their_table_alone() -> None:
    for before, allowed in MOVES.items():
        for after in MOVES:
            if after in allowed:
                assert check_move(before, after) == after
            else:
                with pytest.raises(ValueError, match="can't go"):
                    check_move(before, after)


def piece(indicator: str, strength: Strength, dimension: str, state: EvidenceState = "stated") -> Evidence:
    return Evidence(
        indicator=indicator, state=state, strength=strength, dimension=dimension, field="title", start=0, end=1,
        quote="x", rule=f"{indicator}.x", sources=(),
    )  # fmt: skip


COERCION, DECEPTION, CONDITIONS = "coercive_recruitment", "deceptive_recruitment", "exploitative_conditions"


@pytest.mark.parametrize(
    ("evidence", "dimensions"),
    [
        ([piece("a", "strong", COERCION), piece("b", "strong", DECEPTION)], (COERCION, DECEPTION)),
        ([piece("a", "medium", COERCION), piece("b", "medium", COERCION)], (COERCION,)),
        ([piece("a", "medium", COERCION), piece("a", "medium", COERCION)], ()),
        ([piece("a", "medium", COERCION), piece("b", "weak", COERCION), piece("c", "weak", COERCION)], (COERCION,)),
        ([piece("a", "strong", COERCION, "denied"), piece("b", "strong", DECEPTION, "absent_checked")], ()),
        ([piece("no_contract", "strong", CONDITIONS), piece("visa_irregular", "strong", DECEPTION), piece("informal_pay", "strong", COERCION)], ()),
        ([piece("no_contract", "medium", CONDITIONS), piece("b", "medium", CONDITIONS)], ()),
        ([piece("no_contract", "strong", CONDITIONS), piece("a", "strong", COERCION)], (COERCION,)),
    ],
)  # fmt: skip
def test_dimensions_that_carry_a_referral(evidence: list[Evidence], dimensions: tuple[str, ...]) -> None:
    assert supporting_dimensions(evidence, (), load_tier_rules()) == dimensions


def test_what_never_stands_alone_is_what_immigration_enforcement_is_not_told() -> None:
    assert load_tier_rules().never_alone == IRREGULARITY
