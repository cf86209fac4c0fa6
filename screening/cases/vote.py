"""Votes of people on a case, and the decisions that they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from screening.assessment.record import ArchivePointer
from screening.fields import Fields, rfc3339

Action = Literal[
    "dismiss", "warn_applicants", "ask_poster", "remove", "offer_support", "refer", "notify_authority", "uphold", "restore"
]  # fmt: skip
"""`uphold` and `restore` answer a poster's appeal: the restriction stands, or it is lifted."""
Recheck = Literal["waiting", "agreed", "differs", "upheld", "overturned"]
MAX_REASON = 4_000
"""Characters of a reviewer's reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What one person decided. `decision_id` comes from the form, so that a double click is one vote.

    `facts` names the state of facts the person judged (`Case.facts`): votes on other facts don't add up.
    """

    decision_id: str
    actor: str  # stable id of the person (token subject), never a name or address
    role: str
    action: Action
    partner: str | None
    reason: str  # own words; erased with the post
    at: datetime
    facts: int
    blind: bool = False  # cast without seeing what others had said
    recheck: bool = False  # judges a decision that stands already, for the quality of judgement
    seconds: int | None = None  # from taking the case to this vote, where it was taken
    reasons: tuple[str, ...] = ()  # names of ready-made ones (`cases.given_reasons`)
    override: bool = False  # a senior refers although the evidence lies in fewer dimensions than a referral needs
    batch: str = ""  # of alike cases decided together; "" where it was decided by itself

    def to_dict(self) -> dict[str, Any]:
        return {
            "decision_id": self.decision_id,
            "actor": self.actor,
            "role": self.role,
            "action": self.action,
            "partner": self.partner,
            "reason": self.reason,
            "at": rfc3339(self.at),
            "facts": self.facts,
            "blind": self.blind,
            "recheck": self.recheck,
            "seconds": self.seconds,
            "reasons": list(self.reasons),
            **({"override": True} if self.override else {}),
            **({"batch": self.batch} if self.batch else {}),
        }

    @classmethod
    def read(cls, item: object) -> Vote:
        fields = Fields(item, "vote")
        return cls(
            decision_id=fields.text("decision_id"),
            actor=fields.text("actor"),
            role=fields.text("role"),
            action=fields.choice("action", get_args(Action)),
            partner=fields.text_or_none("partner"),
            reason=fields.text("reason", limit=MAX_REASON, empty=True),
            at=fields.moment("at"),
            facts=fields.integer("facts"),
            blind=fields.flag("blind"),
            recheck=fields.flag("recheck"),
            seconds=fields.integer("seconds") if fields.has("seconds") else None,
            reasons=fields.texts("reasons") if fields.has("reasons") else (),
            override=fields.has("override") and fields.flag("override"),
            batch=fields.text_or_none("batch") or "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An outcome, made by one or two votes.

    `second_look_by` is set where one person may act alone and another must look at it afterwards; `looked_at` once done.
    `recheck` is set where it was drawn for a blind second review after the fact, or disputed by a partner.
    """

    action: Action
    partner: str | None
    decided_at: datetime
    votes: tuple[str, ...]  # decision ids of the votes that made it
    actors: tuple[str, ...]
    archive: ArchivePointer | None = None  # of what was judged: a later edit changes nothing about what is handed on
    version: str = ""
    second_look_by: datetime | None = None
    looked_at: datetime | None = None
    rules: tuple[str, ...] = ()  # of the evidence that was judged: what its outcome says something about
    recheck: Recheck | None = None

    @property
    def awaits_second_look(self) -> bool:
        return self.second_look_by is not None and self.looked_at is None

    def to_dict(self) -> dict[str, Any]:
        return {
            "action": self.action,
            "partner": self.partner,
            "decided_at": rfc3339(self.decided_at),
            "votes": list(self.votes),
            "actors": list(self.actors),
            "archive": self.archive.to_dict() if self.archive else None,
            "version": self.version,
            "second_look_by": rfc3339(self.second_look_by) if self.second_look_by else None,
            "looked_at": rfc3339(self.looked_at) if self.looked_at else None,
            "rules": list(self.rules),
            "recheck": self.recheck,
        }

    @classmethod
    def read(cls, item: object) -> Decision:
        fields = Fields(item, "decision")
        return cls(
            action=fields.choice("action", get_args(Action)),
            partner=fields.text_or_none("partner"),
            decided_at=fields.moment("decided_at"),
            votes=fields.texts("votes"),
            actors=fields.texts("actors"),
            archive=ArchivePointer.read(fields.fields("archive")) if fields.has("archive") else None,
            version=fields.text("version", empty=True),
            second_look_by=fields.moment_or_none("second_look_by"),
            looked_at=fields.moment_or_none("looked_at"),
            rules=fields.texts("rules"),
            recheck=fields.choice("recheck", get_args(Recheck)) if fields.has("recheck") else None,
        )
