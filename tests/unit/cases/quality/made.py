"""Reviewed cases for the tests of the metrics."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from screening.cases.quality.reviewed_case import CastVote, ReviewedCase
from screening.cases.vote import Action

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def made(**values: Any) -> ReviewedCase:
    """A decided review case, opened and decided on 2 March 2026; any field can be given."""
    plain: dict[str, Any] = {
        "case": "c", "platform": "alpha", "queue": "review", "language": "pl", "tier": "review", "opened_at": START,
        "due_at": START + timedelta(hours=24), "decided_at": START + timedelta(hours=1), "action": "dismiss",
    }  # fmt: skip
    return ReviewedCase(**{**plain, **values})


def waiting(**values: Any) -> ReviewedCase:
    return made(**{"decided_at": None, "action": None, **values})


def votes(first: Action, second: Action) -> tuple[CastVote, CastVote]:
    return (
        CastVote(actor="anna", action=first, blind=False, at=START),
        CastVote(actor="ben", action=second, blind=True, at=START + timedelta(hours=1)),
    )
