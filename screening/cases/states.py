"""The states of a case and the moves between them."""

from __future__ import annotations

from screening.cases.case import CaseState

MOVES: dict[CaseState, frozenset[CaseState]] = {
    "open": frozenset({"open", "second_look", "escalated", "decided", "merged"}),
    # One person has voted and another must: they agree (decided), differ (escalated), or the facts change (open).
    "second_look": frozenset({"second_look", "open", "escalated", "decided", "merged"}),
    # Two people differ: a senior decides, or the facts change.
    # Who made them differ may take their word back (second_look).
    "escalated": frozenset({"escalated", "second_look", "open", "decided", "merged"}),
    # A decided case may be acted on further (removed, then referred), which takes a second person again. What was decided is
    # undone within minutes, or a dismissal set aside (open).
    "decided": frozenset({"decided", "second_look", "escalated", "open"}),
    # Its posts went to another case, when two campaigns turned out to be one.
    "merged": frozenset({"merged"}),
}


def check_move(before: CaseState, after: CaseState) -> CaseState:
    """`after`, where the table allows it. Raises ValueError otherwise, which is a bug."""
    if after not in MOVES[before]:
        raise ValueError(f"a case can't go from {before} to {after}")
    return after
