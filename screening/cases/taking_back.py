"""Taking a decision back: undo, for some minutes and while nothing has left the house; reopening, whenever somebody knows better.

- Undo is for who cast the newest vote. A vote that still waits for another's goes; a decision goes where its event hasn't
  left yet. The event of a dismissal is kept back for that long, since nobody is served sooner by it; what protects
  somebody goes out at once, and can't be undone.
- Reopening sets a dismissal aside: the case is open again and judged anew, and dismissing it takes two people then. A decision
  that was acted on isn't taken back by reopening: it is put before a senior who had no part in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from screening.cases.case import Case, CaseState
from screening.cases.decisions import standing_votes
from screening.cases.people import MAY_REOPEN, MAY_WORK, Person
from screening.cases.queue_order import due_at
from screening.cases.states import check_move
from screening.cases.updates import note
from screening.cases.vote import Action, Decision, Recheck, Vote
from screening.errors import ConflictError, PermissionDeniedError

UNDO_WITHIN = timedelta(minutes=10)
KEPT_BACK: frozenset[Action] = frozenset({"dismiss"})
"""The decisions whose event waits until they can't be undone any more."""
KEPT_BACK_FOR = UNDO_WITHIN + timedelta(minutes=1)
"""A minute longer: two machines' clocks differ, and what was undone must not have left."""
SETTLED: frozenset[Recheck] = frozenset({"upheld", "overturned"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """`case` without the vote, and without the decision that it made, where it made one."""

    case: Case
    vote: Vote
    decision: Decision | None


def undoable(case: Case, person: Person, *, now: datetime) -> tuple[Vote | None, bool]:
    """(this person's newest vote that is young enough to be undone, whether its decision has left the house already)."""
    vote = case.votes[-1] if case.votes else None
    young = vote is not None and now < vote.at + UNDO_WITHIN and vote.facts == case.facts and not vote.recheck
    if (
        vote is None
        or vote.actor != person.actor
        or not young
        or case.state not in ("second_look", "escalated", "decided")
    ):
        return None, False
    decision = _made_by(case, vote)
    return vote, decision is not None and _has_left(case, decision)


def undo(case: Case, person: Person, *, revision: int, now: datetime) -> Undone:
    """Raises:
    ConflictError: the case changed since, the newest word isn't this person's, its time is over, or it has left the house.
    PermissionDeniedError: by role.
    """
    name = f"case {case.case}: undo"
    person.acting_role(MAY_WORK, name)
    if revision != case.revision:
        raise ConflictError(f"case {case.case}: it changed since you read it; read it again")
    vote, gone = undoable(case, person, now=now)
    if vote is None:
        raise ConflictError(
            f"{name}: there is nothing of yours to undo: only the newest decision, by who made it, for ten minutes; reopen the case instead"
        )
    if gone:
        raise ConflictError(
            f"{name}: '{vote.action}' has left the house already and can't be undone; reopen the case instead"
        )
    decision = _made_by(case, vote)
    item = _event_of(case, decision) if decision else None
    left = replace(
        case, votes=case.votes[:-1], decisions=tuple(made for made in case.decisions if made is not decision),
        outbox=tuple(owed for owed in case.outbox if owed.id != item),
    )  # fmt: skip
    left = note(
        replace(left, state=check_move(case.state, _state_of(left))), now, f"undone:{vote.action}", vote.partner or ""
    )
    return Undone(case=left, vote=vote, decision=decision)


def reopenable(case: Case, person: Person) -> bool:
    """Whether reopening is offered to this person; `reopen` still checks everything."""
    newest = case.decision
    if newest is None or case.state != "decided" or case.appeal is not None or newest.action == "restore":
        return False
    contested = newest.action != "dismiss" and newest.recheck not in (None, "agreed")
    return bool(person.roles & MAY_REOPEN) and person.actor not in case.excluded and not contested


def reopen(case: Case, person: Person, *, revision: int, now: datetime) -> Case:
    """The case open again, or its newest decision before a senior.

    Raises:
        ConflictError: the case changed since, isn't decided, or the decision is before others already.
        PermissionDeniedError: by role, or it is about a decision of this person's.
    """
    name = f"case {case.case}: reopen"
    person.acting_role(MAY_REOPEN, name)
    if revision != case.revision:
        raise ConflictError(f"case {case.case}: it changed since you read it; read it again")
    newest = case.decision
    if newest is None or case.state != "decided":
        raise ConflictError(f"{name}: it isn't decided")
    if case.appeal is not None:
        raise ConflictError(f"{name}: the answer to an appeal has gone to the poster; it isn't reopened")
    if person.actor in case.excluded:
        raise PermissionDeniedError(f"{name}: it is about a decision of yours, so that another person decides")
    if newest.action == "dismiss":
        return _open_again(case, now)
    if newest.recheck in SETTLED or newest.action == "restore":
        raise ConflictError(f"{name}: a senior has settled it already")
    if newest.recheck in ("waiting", "differs"):
        raise ConflictError(f"{name}: its decision is before another person already")
    contested = tuple(replace(made, recheck="differs") if made is newest else made for made in case.decisions)
    return note(replace(case, decisions=contested), now, "contested", "")


def _open_again(case: Case, now: datetime) -> Case:
    """Without its dismissal, whose event stays where it hasn't left; with a deadline of its own, since it was late before."""
    aside = tuple(made for made in case.decisions if made.action == "dismiss")
    owed = {event for made in aside if (event := _event_of(case, made))}
    opened = replace(
        case, state=check_move(case.state, "open"), facts=case.facts + 1, overruled=(*case.overruled, *aside),
        decisions=tuple(made for made in case.decisions if made.action != "dismiss"),
        outbox=tuple(item for item in case.outbox if item.id not in owed),
        due_at=due_at(
            queue=case.queue, tier=case.tier, rank=case.rank, act_by=case.act_by, reports=case.report_weight, since=now,
            corridor=case.corridor, child_notice=case.child_notice,
        ),
    )  # fmt: skip
    return note(opened, now, "reopened", "")


def _made_by(case: Case, vote: Vote) -> Decision | None:
    """The decision that this vote completed."""
    return next((made for made in case.decisions if made.votes and made.votes[-1] == vote.decision_id), None)


def _has_left(case: Case, decision: Decision) -> bool:
    """A golden case owes nothing to anybody; it says what any other would."""
    if case.golden is not None:
        return decision.action not in KEPT_BACK
    return _event_of(case, decision) is None


def _event_of(case: Case, decision: Decision) -> str | None:
    """The id of the decision's event where the case still owes it to the world: then nobody has learned of it."""
    at = decision.to_dict()["decided_at"]
    for item in case.outbox:
        data = item.body.get("data") or {} if item.kind == "event" else {}
        if (data.get("action"), data.get("partner"), data.get("decided_at")) == (decision.action, decision.partner, at):
            return item.id
    return None


def _state_of(case: Case) -> CaseState:
    said = {(vote.action, vote.partner) for vote in standing_votes(case).values()}
    if not said:
        return "decided" if case.decisions else "open"
    return "second_look" if len(said) == 1 else "escalated"
