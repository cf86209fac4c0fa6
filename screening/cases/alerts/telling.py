"""What to tell whom now: a pure decision over what waits, what was told, and a channel's own times.

Nothing is stored for a group or for quiet hours: what wasn't told and still waits is told with the next message. Whatever was
settled meanwhile needs nobody any more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

from screening.cases.alerts.channel import Breach, Channel
from screening.cases.case import Case, CaseQueue
from screening.fields import Fields, rfc3339
from screening.values.result import Tier

Cause = Literal["urgent", "overdue", "unfetched"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
DUE_SOON = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One reason to tell a team of a case: no text, no title, no contact. Of a package `subject` is the referral."""

    cause: Cause
    subject: str
    case: str
    tier: Tier  # as the console tells it: what was drawn for the audit isn't told apart
    queue: CaseQueue
    due_at: datetime
    minor: bool = False  # known here alone, for what breaks through: no message says it

    @property
    def key(self) -> str:
        return f"{self.cause}#{self.subject}"

    def breaches(self, now: datetime) -> frozenset[Breach]:
        found: set[Breach] = {self.cause}
        if self.cause == "urgent":
            found |= {"minor"} if self.minor else set()
            found |= {"due_soon"} if self.due_at <= now + DUE_SOON else set()
        return frozenset(found)

    def to_dict(self) -> dict[str, Any]:
        return {
            "cause": self.cause, "subject": self.subject, "case": self.case, "tier": self.tier, "queue": self.queue,
            "due_at": rfc3339(self.due_at),
        }  # fmt: skip

    @classmethod
    def read(cls, item: object) -> Waiting:
        fields = Fields(item, "alert")
        return cls(
            cause=fields.choice("cause", CAUSES), subject=fields.text("subject"), case=fields.text("case"),
            tier=fields.choice("tier", get_args(Tier)), queue=fields.choice("queue", get_args(CaseQueue)),
            due_at=fields.moment("due_at"),
        )  # fmt: skip


def to_tell(
    channel: Channel, waiting: Iterable[Waiting], *, told: Collection[str], last_at: datetime | None, now: datetime
) -> tuple[Waiting, ...]:
    """What one message of this moment tells, the most pressing first; () where none is sent.

    Args:
        told: keys of what was told on this channel before: never again.
        last_at: when its last message was made: for `group_minutes` after it there is none.
    """
    if last_at is not None and now < last_at + timedelta(minutes=channel.group_minutes):
        return ()
    new = {one.key: one for one in waiting if one.key not in told}
    if channel.quiet is not None and channel.quiet.hold(now):
        new = {key: one for key, one in new.items() if one.breaches(now) & channel.breaks}
    return tuple(sorted(new.values(), key=lambda one: (CAUSES.index(one.cause), one.due_at, one.subject)))


def digest_day(channel: Channel, *, last: date | None, now: datetime) -> date | None:
    """The local day whose digest is to be sent now; None where it isn't time, or was sent.

    A digest is a message of its own hour: quiet hours don't hold it back, who sets an hour means it.
    """
    if channel.digest_at is None:
        return None
    local = now.astimezone(ZoneInfo(channel.zone))
    if local.time().replace(tzinfo=None) < channel.digest_at or (last is not None and local.date() <= last):
        return None
    return local.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A team's day in figures. `audit` counts what waits of the audit sample, never which; `rules` is None where unknown."""

    waiting: tuple[tuple[Tier, int], ...]
    overdue: int
    decided: int  # within the last day
    oldest: datetime | None
    audit: int
    rules: int | None
    more: bool = False  # whether more waits than was counted

    def to_dict(self) -> dict[str, Any]:
        return {
            "waiting": [{"tier": tier, "count": count} for tier, count in self.waiting], "overdue": self.overdue, "decided": self.decided,
            "oldest": rfc3339(self.oldest) if self.oldest else None, "audit": self.audit, "rules": self.rules,
            "more": self.more,
        }  # fmt: skip

    @classmethod
    def read(cls, fields: Fields) -> Digest:
        pairs = [Fields(one, "digest") for one in fields.each("waiting", lambda one: one)]
        return cls(
            waiting=tuple((pair.choice("tier", get_args(Tier)), pair.integer("count")) for pair in pairs),
            overdue=fields.integer("overdue"), decided=fields.integer("decided"),
            oldest=fields.moment_or_none("oldest"), audit=fields.integer("audit"),
            rules=fields.integer("rules") if fields.has("rules") else None, more=fields.flag("more"),
        )  # fmt: skip


def waiting_of(case: Case, *, tier: Tier, queue: CaseQueue, now: datetime) -> Sequence[Waiting]:
    """The reasons to tell of a case that waits for people. `tier` and `queue` are those that the console shows."""
    urgent = tier == "urgent" or case.child_notice
    minor = case.child_notice or any(concern.type == "minor" for concern in case.concerns)
    causes: tuple[Cause, ...] = (*(("urgent",) if urgent else ()), *(("overdue",) if case.due_at <= now else ()))
    return [
        Waiting(cause=cause, subject=case.case, case=case.case, tier=tier, queue=queue, due_at=case.due_at, minor=minor)
        for cause in causes
    ]
