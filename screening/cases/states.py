"""The states of a case and the moves between them."""

from __future__ import annotations

from screening.cases.case import CaseState

MOVES: dict[CaseState, frozenset[CaseState]] = {
    "open": frozenset({"open", "second_look", "decided"}),
    "second_look": frozenset({"second_look", "open", "decided"}),
    # A decided case may be acted on further (removed, then referred), which takes a second look again.
    "decided": frozenset({"decided", "second_look"}),
}


def check_move(before: CaseState, after: CaseState) -> CaseState:
    """`after`, where the table allows it. Raises ValueError otherwise, which is a bug."""
    if after not in MOVES[before]:
        raise ValueError(f"a case can't go from {before} to {after}")
    return after
