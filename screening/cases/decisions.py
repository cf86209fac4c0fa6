"""Decisions: votes of people, and when they make an outcome.

- A voluntary referral (`refer`, `offer_support`) needs two different people who agree on action and partner, on the same
  facts; so does dismissing a case that was drawn for a second review, and one where a wrong dismissal would weigh heaviest
  (`takes_two_to_dismiss`). The second person judges blind (`seen_blind`).
- Where two people differ the case goes to a senior who isn't one of them. Whatever one person may decide alone a senior
  decides then; what takes two people still needs one of the others to have said the same, and a senior whom nobody follows may
  decide otherwise. A notice to an authority waits for nobody.
- A person's newest vote counts until somebody else has voted. The same vote twice is refused; the same decision id again (a
  double click, a lost answer) changes nothing and gives the same outcome.
- A vote is made on a revision of the case. Where the case has changed since, it is refused and read again.
- A referral needs evidence in two independent dimensions. A senior may refer on one all the same, and says why; the second
  person's word is needed as for any. On none, or on papers, contract and cash alone, nobody refers.
- A protective decision (warn, ask, remove) that was drawn for a second review takes effect at once and is judged blind
  afterwards (`decision_to_recheck`): a sample must not keep applicants waiting.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import get_args

from screening.cases.case import MAX_HISTORY, Case, CaseState
from screening.cases.case_parts import HistoryLine
from screening.cases.given_reasons import check_reasons
from screening.cases.people import MAY_DECIDE, MAY_LOOK_AFTER, MAY_WORK, Person
from screening.cases.states import check_move
from screening.cases.support import LEAST_DIMENSIONS
from screening.cases.vote import Action, Decision, Recheck, Vote
from screening.errors import ConflictError, PermissionDeniedError

TWO_PEOPLE: frozenset[Action] = frozenset({"refer", "offer_support"})
NEEDS_PARTNER: frozenset[Action] = frozenset({"refer", "offer_support", "notify_authority"})
OF_A_POST: frozenset[Action] = frozenset({"warn_applicants", "ask_poster", "remove"})
"""What a platform is asked to do with a post."""
ANSWERS: frozenset[Action] = frozenset({"uphold", "restore"})
"""To a poster's appeal, and to nothing else."""
MAY_RECHECK = MAY_DECIDE["remove"]
"""Who may do what is rechecked judges it."""
RECHECKED: frozenset[Action] = frozenset({"warn_applicants", "ask_poster", "remove"})
SECOND_LOOK_WITHIN = timedelta(hours=24)
POSITIVE = ("positive", "strong")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerTraits:
    """What a decision must know of a partner."""

    id: str
    is_ngo: bool
    immigration_enforcement: bool
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRequest:
    """One person's decision on a case as they saw it at `revision`."""

    decision_id: str
    action: Action
    revision: int
    reason: str = ""
    partner: str | None = None
    reasons: tuple[str, ...] = ()  # names of ready-made ones (`cases.given_reasons`)
    override: bool = False  # a senior refers although the evidence lies in one dimension alone
    batch: str = ""  # names the batch of alike cases that it is one of; "" where it stands for itself


@dataclass(frozen=True, slots=True)
class VoteResult:
    """`case` after the vote (revision not yet grown). `decision` is set where this vote made an outcome."""

    case: Case
    vote: Vote
    decision: Decision | None


def offered_actions(case: Case, person: Person) -> tuple[Action, ...]:
    """The actions to show this person for this case; `cast_vote` still checks everything."""
    if case.state == "merged" or person.actor in case.excluded:
        return ()
    # Who judges what a colleague decided must not learn from the list what that was.
    done = case.decisions if decision_to_recheck(case, person) is None else ()
    if any(made.action == "dismiss" for made in done):
        return ()
    return tuple(
        action
        for action, roles in MAY_DECIDE.items()
        if person.roles & roles
        and (action in ANSWERS) == (case.appeal is not None)
        and not (action == "ask_poster" and poster_must_not_be_asked(case))
        and not _has_no_object(case, action)
        and not (action == "dismiss" and done)
        and not (action not in NEEDS_PARTNER and any(made.action == action for made in done))
    )


def seen_blind(case: Case, person: Person) -> bool:
    """Whether this person is to judge without seeing what a colleague said: their word is asked for, and not yet given."""
    if case.state == "second_look":
        # A vote on other facts is no word on these: who gave one judges anew, and as blind as anybody.
        own = any(vote.actor == person.actor and vote.facts == case.facts for vote in case.votes)
        return bool(person.roles & MAY_WORK and standing_votes(case)) and not own
    rechecked = decision_to_recheck(case, person)
    return rechecked is not None and rechecked.recheck == "waiting"


def people_who_decided(case: Case) -> tuple[str, ...]:
    """Everybody who had a part in a decision of the case, in their order; those too whose dismissal was set aside."""
    made = (*case.overruled, *case.decisions)
    return tuple(dict.fromkeys(actor for decision in made for actor in decision.actors))


def takes_two_to_dismiss(case: Case) -> bool:
    """Whether one person's dismissal isn't enough: the signs of a minor, of sexual exploitation or of strong control, whatever
    is urgent, and what was dismissed before and opened again. Nobody looks at a dismissed case a second time otherwise."""
    return case.tier == "urgent" or case.severe or "minor" in case.indicators or bool(case.overruled)


def poster_must_not_be_asked(case: Case) -> bool:
    """Coercion, minors, sexual concerns: a question would warn those who control somebody."""
    sensitive = {"minor", "sexual_exploitation"} & {concern.type for concern in case.concerns}
    dimensions = ("coercive_recruitment", "sexualised_recruitment")
    return case.child_notice or bool(sensitive) or any(case.dimensions.get(name) in POSITIVE for name in dimensions)


def _has_no_object(case: Case, action: Action) -> bool:
    """Whether there is nothing it could be done to: of a reported offer that no platform of ours sent, only the report is known.

    Nobody could be told of it, and no package could be made: the decision would promise what nothing carries out.
    """
    return (action in OF_A_POST and not case.post_id) or (action in NEEDS_PARTNER and case.archive is None)


def repeated(case: Case, person: Person, request: DecisionRequest) -> bool:
    """Whether this very decision was recorded before.

    Raises:
        ConflictError: the decision id is taken by another decision.
    """
    for vote in case.votes:
        if vote.decision_id == request.decision_id:
            if (vote.actor, vote.action, vote.partner) != (person.actor, request.action, request.partner):
                raise ConflictError(f"case {case.case}: this decision id stands for another decision")
            return True
    return False


def cast_vote(
    case: Case, person: Person, request: DecisionRequest, *, partner: PartnerTraits | None,
    supporting: tuple[str, ...] | None, now: datetime, rules: tuple[str, ...] = (), seconds: int | None = None,
) -> VoteResult:  # fmt: skip
    """Apply one person's decision to a case they may see.

    Args:
        partner: of `request.partner`, as configured now.
        supporting: `supporting_dimensions` of the case's evidence; needed for `refer` alone.
        rules: those whose evidence the person judged.
        seconds: since the person took the case, None where they didn't.

    Raises:
        ConflictError: the case changed since, is closed, or this was decided or voted already.
        PermissionDeniedError: the role, the partner or the evidence doesn't allow it; says which.
    """
    if request.action not in get_args(Action):
        raise PermissionDeniedError(f"case {case.case}: no such action")
    role = person.acting_role(MAY_DECIDE[request.action], f"case {case.case}: {request.action}")
    if request.revision != case.revision:
        raise ConflictError(f"case {case.case}: it changed since you read it; read it again and decide again")
    blind = seen_blind(case, person)
    rechecked = decision_to_recheck(case, person)
    if rechecked is not None and rechecked.recheck == "waiting" and request.action == "notify_authority":
        rechecked = None  # a notice waits for nobody: it goes out, and another person gives the blind second judgement
    if rechecked is None:
        _check_open_for(case, request)
    _check_allowed(case, request, partner)
    # Last of what the form says: who mends a reason must not learn then that it was refused anyway.
    check_reasons(case, request.action, request.reasons, request.reason)
    _check_appeal(case, person, request)
    standing = standing_votes(case)
    overrides = request.action == "refer" and _overrides(case, person, request, supporting)
    if overrides:
        role = "senior"
    if case.state == "escalated" and request.action != "notify_authority":
        if "senior" not in person.roles or person.actor in list(standing)[:2]:
            raise PermissionDeniedError(
                f"case {case.case}: two people differ, so that a senior who hasn't voted decides"
            )
        role = "senior"
    own = standing.get(person.actor)
    if own is not None and (own.action, own.partner) == (request.action, request.partner):
        raise ConflictError(f"case {case.case}: you voted for this already; another person must agree")
    vote = Vote(
        decision_id=request.decision_id, actor=person.actor, role=role, action=request.action,
        partner=request.partner, reason=request.reason, at=now, facts=case.facts, blind=blind,
        recheck=rechecked is not None, seconds=seconds, reasons=request.reasons, override=overrides, batch=request.batch,
    )  # fmt: skip
    if rechecked is not None:
        return _rechecked(case, rechecked, vote, rules, now)
    others = [other for actor, other in standing.items() if actor != person.actor]
    agreeing = [other for other in others if (other.action, other.partner) == (vote.action, vote.partner)]
    voted = replace(case, votes=(*case.votes, vote))
    voted = _noted(voted, now, "overrode", None) if overrides else voted
    if len(agreeing) + 1 < _people_needed(case, vote, others):
        differ = len(agreeing) < len(others)
        state = check_move(case.state, "escalated" if differ else "second_look")
        return VoteResult(_noted(replace(voted, state=state), now, f"voted:{vote.action}", vote.partner), vote, None)
    decision = _decision(case, vote, agreeing, rules, now)
    decided = replace(voted, decisions=(*case.decisions, decision))
    # A notice that goes out over a standing vote for a referral leaves that vote waiting for its second.
    waiting = vote.action == "notify_authority" and any(
        other.action in TWO_PEOPLE and not _is_decided(decided, other.action, other.partner)
        for other in standing.values()
    )
    after: CaseState = "second_look" if waiting else "decided"
    if vote.action == "notify_authority" and case.state == "escalated":
        after = "escalated"  # where two people differ a notice settles nothing between them
    state = check_move(case.state, after)
    decided = _noted(replace(decided, state=state), now, f"decided:{vote.action}", vote.partner)
    return VoteResult(decided, vote, decision)


def standing_votes(case: Case) -> dict[str, Vote]:
    """Each person's newest vote on the present facts that still waits for an outcome, in the order of their first.

    An outcome ends the debate before it, save a notice, which doesn't wait for the debate and leaves it open.
    """
    used = {decision_id for decision in case.decisions for decision_id in decision.votes}
    used |= {vote.decision_id for vote in case.votes if vote.recheck}
    closing = {made.votes[-1] for made in case.decisions if made.action != "notify_authority"}
    # By place, not by clock: two machines' clocks may differ by more than two people's votes.
    settled = max((place + 1 for place, vote in enumerate(case.votes) if vote.decision_id in closing), default=0)
    waiting = (vote for vote in case.votes[settled:] if vote.facts == case.facts and vote.decision_id not in used)
    return {vote.actor: vote for vote in waiting}


def _people_needed(case: Case, vote: Vote, others: list[Vote]) -> int:
    if vote.action == "notify_authority":
        return 1
    if vote.action in TWO_PEOPLE or (vote.action == "dismiss" and takes_two_to_dismiss(case)):
        return 2
    if case.state == "escalated":
        return 1  # the senior's
    return 2 if others or (vote.action == "dismiss" and case.second_review) else 1


def _decision(case: Case, vote: Vote, agreeing: list[Vote], rules: tuple[str, ...], now: datetime) -> Decision:
    alone = not agreeing
    return Decision(
        action=vote.action, partner=vote.partner, decided_at=now,
        votes=(*(other.decision_id for other in agreeing), vote.decision_id),
        actors=(*(other.actor for other in agreeing), vote.actor), archive=case.archive, version=case.content_version,
        second_look_by=now + SECOND_LOOK_WITHIN if vote.action == "notify_authority" else None, rules=rules,
        recheck="waiting" if alone and case.second_review and vote.action in RECHECKED else None,
    )  # fmt: skip


def decision_to_recheck(case: Case, person: Person) -> Decision | None:
    """The decision that this person's next vote judges, None where it acts on the case itself.

    A sampled decision is judged by anybody who might have made it and hasn't voted; where they differ, by a senior who
    hasn't. While another question of the case is open, a vote answers that one.
    """
    if case.state != "decided" or not person.roles & MAY_RECHECK:
        return None
    if any(vote.actor == person.actor for vote in case.votes):
        return None
    for decision in case.decisions:
        if decision.recheck == "waiting" or (decision.recheck == "differs" and "senior" in person.roles):
            return decision
    return None


def _rechecked(case: Case, decision: Decision, vote: Vote, rules: tuple[str, ...], now: datetime) -> VoteResult:
    """The case after a judgement of a decision that stands. Only a senior changes anything in the world by it.

    Where a senior differs from it, what the senior says is decided: a removal that is judged needless is lifted. A referral
    needs two people of one mind: the senior's vote is its first, and the case waits for a second.
    """
    same = (vote.action, vote.partner) == (decision.action, decision.partner)
    arbitrates = decision.recheck == "differs"
    outcome: Recheck = ("upheld" if same else "overturned") if arbitrates else ("agreed" if same else "differs")
    decisions = tuple(replace(made, recheck=outcome) if made is decision else made for made in case.decisions)
    judged = replace(case, votes=(*case.votes, vote), decisions=decisions)
    judged = _noted(judged, now, f"recheck:{outcome}", None)
    if outcome != "overturned":
        return VoteResult(judged, vote, None)
    action: Action = "restore" if decision.action == "remove" and vote.action == "dismiss" else vote.action
    # What was decided besides, as a referral, isn't taken back by dismissing.
    if _is_decided(case, action, vote.partner) or (action == "dismiss" and len(case.decisions) > 1):
        return VoteResult(judged, vote, None)
    if action in TWO_PEOPLE:
        first = replace(vote, recheck=False)
        waiting = replace(judged, votes=(*case.votes, first), state=check_move(case.state, "second_look"))
        return VoteResult(waiting, first, None)
    new = _decision(replace(case, second_review=False), replace(vote, action=action), [], rules, now)
    judged = replace(judged, decisions=(*judged.decisions, new))
    return VoteResult(_noted(judged, now, f"decided:{action}", vote.partner), vote, new)


def _is_decided(case: Case, action: Action, partner: str | None) -> bool:
    return any((made.action, made.partner) == (action, partner) for made in case.decisions)


def _check_open_for(case: Case, request: DecisionRequest) -> None:
    if case.state == "merged":
        raise ConflictError(f"case {case.case}: its posts went to case {case.merged_into}; decide there")
    if any(made.action == "dismiss" for made in case.decisions):
        raise ConflictError(f"case {case.case}: it was dismissed; new findings open a new case")
    if case.decisions and request.action == "dismiss":
        raise ConflictError(f"case {case.case}: it was decided already, and can't be dismissed any more")
    if _is_decided(case, request.action, request.partner):
        raise ConflictError(f"case {case.case}: {request.action} was decided already")


def _check_appeal(case: Case, person: Person, request: DecisionRequest) -> None:
    if (request.action in ANSWERS) != (case.appeal is not None):
        raise PermissionDeniedError(
            f"case {case.case}: an appeal is answered by upholding or restoring, and nothing else is"
        )
    if person.actor in case.excluded:
        raise PermissionDeniedError(
            f"case {case.case}: it is about a decision of yours, so that another person decides"
        )


def _overrides(case: Case, person: Person, request: DecisionRequest, supporting: tuple[str, ...] | None) -> bool:
    """Whether a referral rests on this senior's override of the two dimensions; False where the evidence carries it.

    Beside a senior's standing override the second person's word needs none of its own.

    Raises:
        PermissionDeniedError: the evidence doesn't carry it, and nobody who may overrides that.
    """
    held = supporting or ()
    if len(held) >= LEAST_DIMENSIONS:
        return False
    if held and any(vote.override for actor, vote in standing_votes(case).items() if actor != person.actor):
        return False
    if held and request.override and "senior" in person.roles:
        return True
    found = f"found: {', '.join(held)}; a senior may refer all the same" if held else "found: none"
    raise PermissionDeniedError(
        f"case {case.case}: refer: needs evidence in two independent dimensions, besides missing contract, visa and cash pay "
        f"({found})"
    )


def _check_allowed(case: Case, request: DecisionRequest, partner: PartnerTraits | None) -> None:
    name = f"case {case.case}: {request.action}"
    if _has_no_object(case, request.action):
        raise PermissionDeniedError(f"{name}: nothing but a report is known of this offer; hand the report on outside")
    if request.action == "ask_poster" and poster_must_not_be_asked(case):
        raise PermissionDeniedError(f"{name}: not for concerns of coercion, minors or sexual exploitation")
    if request.action not in NEEDS_PARTNER:
        if request.partner is not None:
            raise PermissionDeniedError(f"{name}: goes to no partner")
        return
    if request.partner is None or partner is None or partner.id != request.partner or not partner.active:
        raise PermissionDeniedError(f"{name}: needs a partner that is configured and active")
    if request.action == "offer_support" and not partner.is_ngo:
        raise PermissionDeniedError(f"{name}: support is offered through a non-governmental partner")
    if request.action in ("refer", "notify_authority") and partner.is_ngo:
        raise PermissionDeniedError(f"{name}: a non-governmental partner is offered support cases, not referrals")
    if partner.immigration_enforcement and request.action != "notify_authority":
        raise PermissionDeniedError(f"{name}: a partner that enforces immigration law receives notices only")


def look_after(case: Case, person: Person, *, revision: int, now: datetime) -> Case:
    """Give the second look at the newest notice that waits for one; the view itself stands in the ledger.

    Raises:
        ConflictError: nothing waits for a second look, or the case changed since.
        PermissionDeniedError: the role doesn't allow it, or it is the person who decided.
    """
    person.acting_role(MAY_LOOK_AFTER, f"case {case.case}: second look")
    if revision != case.revision:
        raise ConflictError(f"case {case.case}: it changed since you read it; read it again")
    for index in reversed(range(len(case.decisions))):
        decision = case.decisions[index]
        if decision.awaits_second_look:
            if person.actor in decision.actors:
                raise PermissionDeniedError(f"case {case.case}: the second look is another person's")
            looked = replace(decision, looked_at=now)
            decisions = (*case.decisions[:index], looked, *case.decisions[index + 1 :])
            return _noted(replace(case, decisions=decisions), now, "second_look", None)
    raise ConflictError(f"case {case.case}: nothing waits for a second look")


def _noted(case: Case, at: datetime, what: str, detail: str | None) -> Case:
    return replace(case, history=(*case.history, HistoryLine(at=at, what=what, detail=detail or ""))[-MAX_HISTORY:])
