"""What a batch of queue messages looks like to a use case, and how it says which of them must come again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from screening.crashes import told
from screening.errors import PermanentError, ScreeningError
from screening.fields import Fields

_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""How JSON writes halves of characters, of which two in order make one."""
Remaining = Callable[[], float]
"""Seconds this run may still take."""


def no_hurry() -> float:
    return float("inf")


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """`message_id` is the queue's own and names the message in the answer; it is no key of anything."""

    message_id: str
    body: str


@dataclass(slots=True)
class BatchOutcome:
    """Message ids that weren't done and must be delivered again; the rest may be deleted."""

    failed: dict[str, str] = field(default_factory=dict)  # message id -> reason, without text of the post

    def fail(self, message_id: str, reason: str) -> None:
        self.failed.setdefault(message_id, reason)

    def ok(self, message_id: str) -> bool:
        return message_id not in self.failed


def handle_each(
    batch: Sequence[QueuedMessage],
    handle: Callable[[str], object],
    *,
    remaining: Remaining,
    kept_back: float,
    failed: Callable[[Exception], None],
) -> BatchOutcome:
    """Handle bodies one by one. What fails, or finds less than `kept_back` seconds left, comes again.

    Args:
        failed: told of each error, for a counter.
    """
    outcome = BatchOutcome()
    for queued in batch:
        if remaining() < kept_back:
            outcome.fail(queued.message_id, "no time left in this run")
            continue
        try:
            handle(queued.body)
        except ScreeningError as error:
            failed(error)
            outcome.fail(queued.message_id, f"{type(error).__name__}: {error}")
        except Exception as error:  # a bug that one message meets takes no other to the dead letters with it
            failed(error)
            outcome.fail(queued.message_id, f"crash: {told(error)}")
    return outcome


def read_body(body: str) -> object:
    """Raises PermanentError for a body that is no JSON, or that no store and no queue could hold."""
    try:
        data: object = json.loads(body)
        if _ESCAPED_HALF.search(body):
            json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise PermanentError("message: field 'body': it holds half a character (a lone surrogate)") from None
    except (ValueError, RecursionError):
        raise PermanentError("message: field 'body': no JSON") from None
    return data


def body_fields(body: bytes, what: str) -> Fields:
    """The JSON object of a request's body, to be read field by field. Raises PermanentError naming `what`."""
    try:
        return Fields(read_body(body.decode()), what)
    except UnicodeDecodeError:
        raise PermanentError(f"{what}: no UTF-8 text") from None
