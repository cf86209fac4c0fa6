"""The actions on a case page, and what each would be refused for: said before somebody writes why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from functions.console.case_page_parts import ActionChoice, LackingPart
from functions.console.decided_part import reason_row
from screening.cases.case import Case
from screening.cases.decisions import NEEDS_PARTNER, TWO_PEOPLE, takes_two_to_dismiss
from screening.cases.given_reasons import NEEDS_REASON, ready_reasons
from screening.cases.support import ReferralGrounds
from screening.cases.vote import Action
from screening.workflows.records import Partner


def choices(
    actions: Sequence[Action], case: Case, *, partners: Iterable[Partner] = (), grounds: ReferralGrounds | None = None,
    senior: bool = False,
) -> tuple[ActionChoice, ...]:  # fmt: skip
    """The actions offered, each with its digit; behind them a senior's referral on one dimension, where that is possible.

    Whether the case was drawn for a second review isn't told by the number of people.

    Args:
        grounds: what a referral would rest on; None where the evidence wasn't read, so that nothing is said of it.
    """
    known = tuple(partners)
    offered = [
        _choice(action, case, number, _lacks(action, known, grounds)) for number, action in enumerate(actions, 1)
    ]
    if senior and "refer" in actions and grounds is not None and grounds.may_be_overridden:
        offered.append(_choice("refer", case, len(offered) + 1, _without_partner("refer", known), override=True))
    return tuple(offered)


def lacking_part(grounds: ReferralGrounds | None, actions: Sequence[Action], *, senior: bool) -> LackingPart | None:
    """Which condition of a referral fails and why; None where none does, or no referral is offered."""
    if grounds is None or grounds.carries or "refer" not in actions:
        return None
    return LackingPart(
        supporting=grounds.supporting, weak=grounds.weak, left_out=grounds.left_out,
        may_override=senior and grounds.may_be_overridden, a_senior_may=not senior and grounds.may_be_overridden,
        may_notify="notify_authority" in actions,
    )  # fmt: skip


def _choice(action: Action, case: Case, number: int, lacking: str, *, override: bool = False) -> ActionChoice:
    """A senior's referral on one dimension has no ready-made reason: it is theirs to give."""
    two = TWO_PEOPLE | ({"dismiss"} if takes_two_to_dismiss(case) else frozenset())
    return ActionChoice(
        action=action, key=str(number), needs_partner=action in NEEDS_PARTNER, needs_reason=action in NEEDS_REASON,
        people=2 if action in two else 1, lacking=lacking, override=override,
        ready=() if override else tuple(map(reason_row, ready_reasons(case, action))),
    )  # fmt: skip


def _lacks(action: Action, partners: Iterable[Partner], grounds: ReferralGrounds | None) -> str:
    if action == "refer" and grounds is not None and not grounds.carries:
        return "dimensions"
    return _without_partner(action, partners)


def _without_partner(action: Action, partners: Iterable[Partner]) -> str:
    """Who is configured decides as well: support is an NGO's, a referral goes to nobody who enforces immigration law."""
    known: dict[Action, Callable[[Partner], bool]] = {
        "offer_support": lambda partner: partner.kind == "ngo",
        "refer": lambda partner: partner.kind != "ngo" and not partner.immigration_enforcement,
        "notify_authority": lambda partner: partner.kind != "ngo",
    }
    fitting = known.get(action)
    if fitting is None or any(partner.active and fitting(partner) for partner in partners):
        return ""
    return "partner"
