"""Many alike cases decided by one person in one go: which may be, for what reasons not, and the names of their decisions.

One person's word must be enough for the case, and nothing about it may ask for more care than one page can give it.
"""

from __future__ import annotations

import uuid
from typing import Literal

from screening.cases.case import Case
from screening.cases.decisions import decision_to_recheck, offered_actions, seen_blind, takes_two_to_dismiss
from screening.cases.given_reasons import READY, check_words
from screening.cases.people import MAY_DECIDE, Person, Role
from screening.cases.vote import Action
from screening.errors import PermissionDeniedError

BATCH_ACTIONS: tuple[Action, ...] = ("dismiss", "warn_applicants", "ask_poster", "remove")
"""Referrals, offers of support, notices to an authority and answers to appeals are decided one by one."""
MAY_DECIDE_MANY: frozenset[Role] = MAY_DECIDE["dismiss"]
MOST_IN_BATCH = 50
BATCH_NAMESPACE = uuid.UUID("5d0a1c0e-7c43-5f0b-9a53-0c5b7f1f6a21")

NotTogether = Literal["settled", "second_look", "appeal", "child_notice", "excluded"]
"""Why a case isn't decided together with others, whatever the action."""


def not_together(case: Case, person: Person) -> NotTogether | None:
    """Why this person decides the case by itself or not at all; None where it may be among others."""
    if case.appeal is not None:
        return "appeal"
    if person.actor in case.excluded:
        return "excluded"
    if case.state in ("second_look", "escalated") or seen_blind(case, person):
        return "second_look"
    if decision_to_recheck(case, person) is not None:
        return "second_look"
    if case.state != "open":
        return "settled"
    return "child_notice" if case.child_notice else None


def actions_together(case: Case, person: Person) -> tuple[Action, ...]:
    """Those that one person may take on this case among others. Whether it was drawn for a second review changes nothing."""
    offered = offered_actions(case, person)
    return tuple(
        action
        for action in BATCH_ACTIONS
        if action in offered and not (action == "dismiss" and takes_two_to_dismiss(case))
    )


def check_batch(action: Action, reasons: tuple[str, ...], words: str, *, count: int) -> None:
    """What holds for the whole, checked before anything is decided.

    Raises:
        PermissionDeniedError: the action isn't one for many cases, there are none or too many, or no such ready-made reason.
        ThinReasonError: many cases need a reason of substance, whatever the action.
    """
    if action not in BATCH_ACTIONS:
        raise PermissionDeniedError(f"batch: {action} is decided case by case")
    if not 0 < count <= MOST_IN_BATCH:
        raise PermissionDeniedError(f"batch: 1 to {MOST_IN_BATCH} cases are decided together, not {count}")
    if set(reasons) - set(READY[action]):
        raise PermissionDeniedError(f"batch: {action}: no such ready-made reason for many cases")
    if not reasons:
        check_words(f"batch: {action}", words)


def decision_id_of(batch: str, case: str) -> str:
    """The same batch sent again decides nothing twice."""
    return str(uuid.uuid5(BATCH_NAMESPACE, f"{batch}\x1f{case}"))
