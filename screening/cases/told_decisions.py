"""What was decided on a case, by whom and why, as one person may read it afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from screening.cases.case import Case
from screening.cases.ledger import LedgerEntry
from screening.cases.people import MAY_SEE_WHO, Person
from screening.cases.vote import Action, Decision, Vote

Standing = Literal["stands", "overturned", "reopened", "contested"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldVote:
    """One person's word. `actor` is None where the reader's role doesn't tell who it was; `own`: the reader's."""

    at: datetime
    action: Action
    partner: str | None
    role: str
    actor: str | None
    own: bool
    reasons: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDecision:
    """`votes` made it, `again` judged it afterwards. Of an answer to an appeal the votes stand in the appeal's case."""

    action: Action
    partner: str | None
    at: datetime
    standing: Standing
    votes: tuple[ToldVote, ...]
    again: tuple[ToldVote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldReopening:
    """That somebody said the decision was wrong, and why. `actor` as in `ToldVote`."""

    at: datetime
    actor: str | None
    own: bool
    words: str


def told_reopenings(entries: Iterable[LedgerEntry], person: Person) -> tuple[ToldReopening, ...]:
    """From the case's ledger, which holds the words until they are erased with the post."""
    tells_who = bool(person.roles & MAY_SEE_WHO)
    return tuple(
        ToldReopening(
            at=entry.at, actor=entry.actor if tells_who else None, own=entry.actor == person.actor,
            words=str((entry.payload or {}).get("reason", "")),
        )
        for entry in entries
        if entry.kind == "reopened"
    )  # fmt: skip


def told_decisions(case: Case, person: Person) -> tuple[ToldDecision, ...]:
    """In the order in which they were made, those that were set aside too.

    Who decided is told to those who answer for the quality of judgement; others are told in which role it was.
    """
    made = sorted((*case.overruled, *case.decisions), key=lambda decision: decision.decided_at)
    judged_again = next((one for one in made if one.recheck is not None), None)
    again = _votes((vote for vote in case.votes if vote.recheck), person)
    return tuple(
        ToldDecision(
            action=one.action, partner=one.partner, at=one.decided_at, standing=_standing(case, one),
            votes=_votes((vote for vote in case.votes if vote.decision_id in one.votes), person),
            again=again if one is judged_again else (),
        )
        for one in made
    )  # fmt: skip


def standing_decision(case: Case) -> Decision | None:
    """The newest decision where it still holds: None where it was overturned, reopened or is contested, or where what
    became known since speaks against it."""
    newest = case.decision
    if newest is None or case.is_open or _standing(case, newest) != "stands":
        return None
    said = {outcome.opinion for outcome in case.outcomes if outcome.at >= newest.decided_at}
    against = {"confirmed", "lead"} if newest.action == "dismiss" else {"disputed"}
    return None if said & against else newest


def _standing(case: Case, decision: Decision) -> Standing:
    if decision in case.overruled:
        return "reopened"
    on_appeal = decision.action == "remove" and any(
        outcome.source.startswith("appeal:") and outcome.opinion == "overturned" and outcome.at >= decision.decided_at
        for outcome in case.outcomes
    )
    if decision.recheck == "overturned" or on_appeal:
        return "overturned"
    return "contested" if decision.recheck == "differs" else "stands"


def _votes(votes: Iterable[Vote], person: Person) -> tuple[ToldVote, ...]:
    tells_who = bool(person.roles & MAY_SEE_WHO)
    return tuple(
        ToldVote(
            at=vote.at, action=vote.action, partner=vote.partner, role=vote.role,
            actor=vote.actor if tells_who else None, own=vote.actor == person.actor, reasons=vote.reasons,
            words=vote.reason,
        )
        for vote in votes
    )  # fmt: skip
