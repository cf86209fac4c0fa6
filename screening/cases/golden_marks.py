"""What a case bears that has to do with known cases: that its right answer is known, or that it is shown to one person to measure.

Why a shown case is a case of its own, and nothing else: docs/decisions/0022-golden-cases.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from screening.cases.vote import Action
from screening.fields import Fields, rfc3339

LONGEST_WHY = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """On a decided case: which actions are right, and why, by one senior's word; it counts once a second has confirmed it."""

    right: tuple[Action, ...]
    why: str
    proposed_by: str
    proposed_at: datetime
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_by is not None

    def to_dict(self) -> dict[str, Any]:
        return {
            "right": list(self.right), "why": self.why, "proposed_by": self.proposed_by,
            "proposed_at": rfc3339(self.proposed_at), "confirmed_by": self.confirmed_by,
            "confirmed_at": rfc3339(self.confirmed_at) if self.confirmed_at else None,
        }  # fmt: skip

    @classmethod
    def read(cls, item: object) -> Known:
        fields = Fields(item, "known")
        return cls(
            right=_actions(fields, "right"), why=fields.text("why", limit=LONGEST_WHY),
            proposed_by=fields.text("proposed_by"), proposed_at=fields.moment("proposed_at"),
            confirmed_by=fields.text_or_none("confirmed_by"), confirmed_at=fields.moment_or_none("confirmed_at"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Golden:
    """On a case that is shown to one person alone to measure how they judge. Nothing of it ever leaves the house.

    `source` is the decided case that it shows, `right` the actions that were known to be right when it was shown. `days` is by how
    much its dates are told later than they are, so that its age doesn't tell it from others.
    """

    source: str
    actor: str
    right: tuple[Action, ...]
    days: int = 0

    def to_dict(self) -> dict[str, Any]:
        return {"source": self.source, "actor": self.actor, "right": list(self.right), "days": self.days}

    @classmethod
    def read(cls, item: object) -> Golden:
        fields = Fields(item, "golden")
        return cls(
            source=fields.text("source"), actor=fields.text("actor"), right=_actions(fields, "right"),
            days=fields.integer("days"),
        )  # fmt: skip


def _actions(fields: Fields, name: str) -> tuple[Action, ...]:
    return tuple(Fields({"action": one}, name).choice("action", get_args(Action)) for one in fields.texts(name))
