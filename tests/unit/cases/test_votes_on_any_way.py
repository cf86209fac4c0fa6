"""Whatever people and events do in whatever order: no referral without two people on the same facts, and a whole ledger."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.cases.case import Action, Case
from screening.cases.decisions import TWO_PEOPLE, DecisionRequest
from screening.cases.ledger import chain_faults
from screening.cases.people import Role
from screening.errors import ConflictError, PermissionDeniedError, TransientError
from tests.fakes.world import World, person, post

PEOPLE: tuple[tuple[str, Role], ...] = (
    ("anna", "reviewer"), ("ben", "reviewer"), ("sonia", "senior"), ("leo", "partner_liaison"),
)  # fmt: skip
CHOICES: tuple[tuple[Action, str | None], ...] = (
    ("refer", "police-b"), ("refer", "police-d"), ("offer_support", "ngo-a"), ("dismiss", None), ("remove", None),
    ("notify_authority", "police-b"),
)  # fmt: skip

voting = st.tuples(
    st.just("vote"), st.integers(0, 3), st.integers(0, len(CHOICES) - 1), st.sampled_from(["", "double", "stale", "lost", "race"])
)  # fmt: skip
news = st.tuples(st.sampled_from(["edit", "withdraw", "report"]), st.integers(0, 2), st.just(0), st.just(""))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(voting | voting | news, max_size=12))
def test_no_outcome_without_the_people_it_takes(steps: list[tuple[str, int, int, str]]) -> None:
    world = World()
    police = world.config.all_partners["police-b"]
    world.config.all_partners["police-d"] = replace(police, id="police-d", queue="screening-partner-police-d")
    world.publish(post("1", "review this"))
    world.run()
    first = world.only_case()
    for what, who, choice, how in steps:
        world.clock.advance(seconds=7)
        if what == "vote":
            cast(world, first.case, who, choice, how)
        elif what == "report":
            world.report({"reason": "x", "platform": "alpha", "post_id": "1"})
        else:
            text = ("review this", "review reworded", "urgent this")[who]
            world.publish(
                post("1", text if what == "edit" else "", status="published" if what == "edit" else "withdrawn")
            )
        world.posts_queue.pump(lambda messages: world.screen(messages))
        world.review_jobs.pump(lambda messages: world.review(messages), twice=how == "double")
        check(world)
    world.clock.advance(minutes=5)
    world.sweep()
    world.run(twice=True)
    check(world)
    told = Counter({event.id: 1 for event in world.bus.of("CaseDecided")})
    assert len(told) == sum(len(case.decisions) for case in world.cases.all())
    for queue, tickets in world.partner_queue.sent.items():
        partners = {
            f"screening-partner-{made.partner}" for case in world.cases.all() for made in case.decisions if made.partner
        }
        assert queue in partners
        assert len({ticket["id"] for ticket in tickets}) <= len(tickets)


def cast(world: World, case_id: str, who: int, choice: int, how: str) -> None:
    case = world.cases.read(case_id)
    assert case is not None
    actor, role = PEOPLE[who]
    action, partner = CHOICES[choice]
    revision = case.revision - 1 if how == "stale" else case.revision
    request = DecisionRequest(
        decision_id=f"{actor}-{len(world.faults.calls)}",
        action=action,
        revision=revision,
        reason="Plain.",
        partner=partner,
    )
    me = person(actor, role)
    if how == "lost":
        world.faults.lose_answer("cases.save")
    if how == "race":
        other, other_role = PEOPLE[(who + 1) % len(PEOPLE)]

        def quicker() -> None:
            rival = DecisionRequest(
                decision_id=f"{other}-{len(world.faults.calls)}",
                action=action,
                revision=revision,
                reason="Plain.",
                partner=partner,
            )
            with suppress(ConflictError, PermissionDeniedError):
                world.decide(case_id, person(other, other_role), rival)

        world.faults.meanwhile("cases.save", quicker)
    for _ in range(2 if how in ("double", "lost") else 1):
        with suppress(ConflictError, PermissionDeniedError, TransientError):
            world.decide(case_id, me, request)
    world.faults.forget()


def check(world: World) -> None:
    for case in world.cases.all():
        entries = world.cases.ledger(case.case)
        assert chain_faults(entries, head_index=case.ledger_index, head_hash=case.ledger_hash) == ()
        kinds = Counter(entry.kind for entry in entries)
        assert kinds["decision"] == len(case.decisions)
        assert kinds["vote"] == len(case.votes)
        assert len({vote.decision_id for vote in case.votes}) == len(case.votes)
        for made in case.decisions:
            check_decision(case, made.votes, made.action, made.partner)
        assert len({(made.action, made.partner) for made in case.decisions}) == len(case.decisions)
        dismissed = [place for place, made in enumerate(case.decisions) if made.action == "dismiss"]
        assert dismissed in ([], [len(case.decisions) - 1])


def check_decision(case: Case, votes: tuple[str, ...], action: Action, partner: str | None) -> None:
    made_by = [vote for vote in case.votes if vote.decision_id in votes]
    assert {(vote.action, vote.partner) for vote in made_by} == {(action, partner)}
    assert len({vote.facts for vote in made_by}) == 1
    assert len({vote.actor for vote in made_by}) == len(made_by)
    if action in TWO_PEOPLE:
        assert len(made_by) >= 2
