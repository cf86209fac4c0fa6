"""A message to a team as it is kept until it is delivered, and how long it is tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from screening.cases.alerts.telling import Digest, Waiting
from screening.fields import Fields, rfc3339

MessageKind = Literal["alert", "digest", "test"]
MessageState = Literal["pending", "sent", "dead"]
MOST_ATTEMPTS = 8
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertMessage:
    """`id` is the same however often it is sent: a receiver that knows it may drop it."""

    id: str
    channel: str
    team: str
    kind: MessageKind
    made_at: datetime
    state: MessageState = "pending"
    attempts: int = 0
    next_at: datetime
    about: tuple[Waiting, ...] = ()
    digest: Digest | None = None
    failure: str = ""  # call and status, never an address
    revision: int = 1

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id, "channel": self.channel, "team": self.team, "kind": self.kind,
            "made_at": rfc3339(self.made_at), "state": self.state, "attempts": self.attempts,
            "next_at": rfc3339(self.next_at), "about": [one.to_dict() for one in self.about],
            "digest": self.digest.to_dict() if self.digest else None, "failure": self.failure,
            "revision": self.revision,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: object) -> AlertMessage:
        """Raises PermanentError naming the field."""
        fields = Fields(data, "alert")
        return cls(
            id=fields.text("id"), channel=fields.text("channel"), team=fields.text("team"),
            kind=fields.choice("kind", get_args(MessageKind)), made_at=fields.moment("made_at"),
            state=fields.choice("state", get_args(MessageState)), attempts=fields.integer("attempts"),
            next_at=fields.moment("next_at"), about=fields.each("about", Waiting.read),
            digest=Digest.read(fields.fields("digest")) if fields.has("digest") else None,
            failure=fields.text("failure", empty=True), revision=fields.integer("revision"),
        )  # fmt: skip


def wait_after(attempts: int) -> timedelta:
    """Before the next try, after so many that failed: one minute, doubled each time, half an hour at most."""
    doubled: int = 1 << (attempts - 1)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)
