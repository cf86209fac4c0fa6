"""Whatever people and events do in whatever order: no referral without two people on the same facts, and a whole ledger."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import replace

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from screening.cases.case import Case
from screening.cases.decisions import RECHECKED, TWO_PEOPLE, DecisionRequest, seen_blind
from screening.cases.ledger import chain_faults
from screening.cases.people import Person
from screening.cases.vote import Action, Decision, Vote
from screening.errors import ConflictError, PermissionDeniedError, TransientError
from screening.workflows.records import Team
from tests.fakes.world import World, person, post

PEOPLE: tuple[Person, ...] = (
    person("anna", "reviewer"), person("ben", "reviewer"), person("sonia", "senior"), person("sven", "senior"),
    person("leo", "partner_liaison"),
)  # fmt: skip
CHOICES: tuple[tuple[Action, str | None], ...] = (
    ("refer", "police-b"), ("refer", "police-d"), ("offer_support", "ngo-a"), ("dismiss", None), ("remove", None),
    ("warn_applicants", None), ("notify_authority", "police-b"),
)  # fmt: skip
Step = tuple[str, int, int, str]

voting = st.tuples(
    st.just("vote"), st.integers(0, len(PEOPLE) - 1), st.integers(0, len(CHOICES) - 1),
    st.sampled_from(["", "", "double", "stale", "lost", "race"]),
)  # fmt: skip
back = st.tuples(st.sampled_from(["undo", "reopen"]), st.integers(0, len(PEOPLE) - 1), st.just(0), st.just(""))
news = st.tuples(st.sampled_from(["edit", "withdraw", "report"]), st.integers(0, 2), st.just(0), st.just(""))
REFER, OTHER, SUPPORT, DISMISS, REMOVE, WARN, NOTIFY = range(len(CHOICES))


def votes(*who_and_what: tuple[int, int]) -> list[Step]:
    return [("vote", who, what, "") for who, what in who_and_what]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(voting | voting | voting | back | news, max_size=12), drawn=st.booleans())
@example(steps=votes((0, REFER), (1, REMOVE), (2, NOTIFY), (3, REFER)), drawn=False)
@example(steps=votes((0, REMOVE), (1, DISMISS), (2, DISMISS), (3, REFER), (4, REFER)), drawn=True)
@example(steps=votes((0, REMOVE), (0, REFER), (1, REFER), (2, WARN), (3, REFER)), drawn=True)
@example(steps=votes((0, WARN), (1, REMOVE), (2, REFER), (3, REFER)), drawn=True)
@example(steps=votes((2, REMOVE), (3, NOTIFY), (0, REMOVE), (4, SUPPORT), (1, SUPPORT)), drawn=True)
def test_no_outcome_without_the_people_it_takes(steps: list[Step], drawn: bool) -> None:
    world = World()
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=1.0 if drawn else 0.0)
    police = world.config.all_partners["police-b"]
    world.config.all_partners["police-d"] = replace(police, id="police-d", queue="screening-partner-police-d")
    world.publish(post("1", "review this"))
    world.run()
    first = world.only_case()
    for what, who, choice, how in steps:
        world.clock.advance(seconds=7)
        if what == "vote":
            vote_as(world, first.case, who, choice, how)
        elif what in ("undo", "reopen"):
            take_back(world, first.case, who, what)
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
    world.clock.advance(minutes=15)
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


def take_back(world: World, case_id: str, who: int, what: str) -> None:
    case = world.cases.read(case_id)
    assert case is not None
    with suppress(ConflictError, PermissionDeniedError):
        if what == "undo":
            world.take_back.undo(PEOPLE[who], case_id, revision=case.revision)
        else:
            world.take_back.reopen(PEOPLE[who], case_id, revision=case.revision, reason="It was read wrongly.")


def vote_as(world: World, case_id: str, who: int, choice: int, how: str) -> None:
    before = look(world, case_id, PEOPLE[who])
    cast(world, case_id, who, choice, how)
    after = world.cases.read(case_id)
    assert after is not None
    if before.state == "escalated" and after.state != "escalated":
        assert "senior" in {vote.role for vote in after.votes[len(before.votes) :]}
    for vote in after.votes[len(before.votes) :]:
        if vote.actor == PEOPLE[who].actor and how != "race":
            assert vote.blind == seen_blind(before, PEOPLE[who])


def look(world: World, case_id: str, who: Person) -> Case:
    """The case as stored; what this person is shown tells them nothing they mustn't know."""
    stored = world.cases.read(case_id)
    assert stored is not None
    view = world.read_case(who, case_id)
    assert view.blind == seen_blind(stored, who)
    if view.blind:
        assert (view.case.votes, view.case.decisions, view.case.state) == ((), (), "open")
        shown = f"{view.case.to_dict()} {[entry.to_dict() for entry in view.ledger]}"
        assert not [other.actor for other in PEOPLE if f"'{other.actor}'" in shown]
        assert not [line.what for line in view.case.history if line.what.startswith(("voted", "decided", "recheck"))]
        assert view.ledger_faults == ()
    return stored


def cast(world: World, case_id: str, who: int, choice: int, how: str) -> None:
    case = world.cases.read(case_id)
    assert case is not None
    me = PEOPLE[who]
    action, partner = CHOICES[choice]
    revision = case.revision - 1 if how == "stale" else case.revision
    request = DecisionRequest(
        decision_id=f"{me.actor}-{len(world.faults.calls)}",
        action=action,
        revision=revision,
        reason="It is plain.",
        partner=partner,
    )
    if how == "lost":
        world.faults.lose_answer("cases.save")
    if how == "race":
        other = PEOPLE[(who + 1) % len(PEOPLE)]

        def quicker() -> None:
            rival = DecisionRequest(
                decision_id=f"{other.actor}-{len(world.faults.calls)}",
                action=action,
                revision=revision,
                reason="It is plain.",
                partner=partner,
            )
            with suppress(ConflictError, PermissionDeniedError):
                world.decide(case_id, other, rival)

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
        undone = [entry.payload or {} for entry in entries if entry.kind == "undone"]
        made_and_undone = sum(payload["decided"] is not None for payload in undone)
        assert kinds["decision"] == len(case.decisions) + len(case.overruled) + made_and_undone
        assert kinds["vote"] == len(case.votes) + len(undone)
        assert len({vote.decision_id for vote in case.votes}) == len(case.votes)
        used = Counter(decision_id for made in case.decisions for decision_id in made.votes)
        assert all(times == 1 for times in used.values()), "one vote made two outcomes"
        for made in case.decisions:
            check_decision(case, made)
        assert len({(made.action, made.partner) for made in case.decisions}) == len(case.decisions)
        dismissed = [place for place, made in enumerate(case.decisions) if made.action == "dismiss"]
        assert dismissed in ([], [len(case.decisions) - 1])
        for place, vote in enumerate(case.votes):
            if vote.recheck:
                assert vote.actor not in {earlier.actor for earlier in case.votes[:place]}
        if case.state == "escalated":
            assert len(waiting(case)) >= 2
            assert len({(vote.action, vote.partner) for vote in waiting(case)}) >= 2
        if case.state in ("open", "second_look"):
            assert len({(vote.action, vote.partner) for vote in waiting(case)}) <= 1


def waiting(case: Case) -> list[Vote]:
    """The newest vote of each person since the last outcome, on the present facts, that made none and judged none."""
    used = {decision_id for made in case.decisions for decision_id in made.votes}
    ends = [made.votes[-1] for made in case.decisions if made.action != "notify_authority"]
    newest: dict[str, Vote] = {}
    for vote in case.votes:
        if vote.decision_id in ends:
            newest.clear()
        elif vote.facts == case.facts and not vote.recheck and vote.decision_id not in used:
            newest[vote.actor] = vote
    return list(newest.values())


def check_decision(case: Case, made: Decision) -> None:
    made_by = [vote for vote in case.votes if vote.decision_id in made.votes]
    lifted = made.action == "restore"
    assert {(vote.action, vote.partner) for vote in made_by} == {("dismiss" if lifted else made.action, made.partner)}
    assert len({vote.facts for vote in made_by}) == 1
    assert len({vote.actor for vote in made_by}) == len(made_by)
    assert set(made.actors) == {vote.actor for vote in made_by}
    if made.action in TWO_PEOPLE:
        assert len(made_by) >= 2
    if made.action == "dismiss" and case.second_review and not made_by[-1].recheck:
        assert len(made_by) >= 2 or made_by[-1].role == "senior"
    if made.action in ("restore", "notify_authority"):
        assert made_by[-1].role == "senior"
    if made.action == "dismiss" and (case.overruled or case.tier == "urgent") and not made_by[-1].recheck:
        assert len(made_by) >= 2
    if made.recheck is not None and "contested" not in {line.what for line in case.history}:
        assert (made.action in RECHECKED, len(made_by), case.second_review) == (True, 1, True)
