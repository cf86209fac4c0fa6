"""How a reviewer goes on from a case, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from screening.workflows.next_case import LastCase


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingOn:
    """How this person goes on: `at_once` is the box, `filters` those of the queue they came from, `last` the case before."""

    at_once: bool = True
    filters: tuple[tuple[str, str], ...] = ()
    last: LastCase | None = None
    break_due: bool = False
