"""Sending dead letters back to their queue, with a dry run that says what would happen and why they died."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from screening.cases.alerts.message import AlertMessage
from screening.errors import PermanentError
from screening.workflows.batch import QueuedMessage, read_body
from screening.workflows.messages import IntakeJob, PostMessage
from screening.workflows.packs import PACKED, PostPack
from screening.workflows.review import event_of_body

Reader = Callable[[str], str]
"""Reads a body; gives what it is about (ids alone). Raises PermanentError where it can't be read."""


class DeadLetters(Protocol):
    def peek(self, limit: int) -> Sequence[QueuedMessage]:
        """Up to `limit` messages that stay where they are. Raises TransientError."""
        ...

    def send_back(self, message: QueuedMessage) -> None:
        """To the source queue, then off the dead letters; dying in between leaves it on both, which is no loss."""
        ...


@dataclass(frozen=True, slots=True)
class RedriveLine:
    message_id: str
    about: str  # ids alone
    readable: bool
    sent_back: bool


def _about_post(body: str) -> str:
    data = read_body(body)
    if not (isinstance(data, dict) and PACKED in data):
        message = PostMessage.from_dict(data)
        return f"post {message.platform}/{message.id} seq {message.seq}"
    posts = PostPack.from_dict(data).posts
    named = ", ".join(f"{post.id} seq {post.seq}" for post in posts)
    return f"{len(posts)} posts of {posts[0].platform}: {named}"


def _about_job(body: str) -> str:
    job = IntakeJob.from_dict(read_body(body))
    return f"drop {job.key} from {job.offset}"


def _about_event(body: str) -> str:
    event = event_of_body(body)
    told = {name: value for name, value in event.data.items() if isinstance(value, str) and value}
    post = (told.get("platform"), told.get("post_id") or told.get("id"))
    named = [f"{name} {told[name]}" for name in ("case", "report") if name in told]
    named += [f"post {post[0]}/{post[1]}"] if all(post) else []
    named += [told[name] for name in ("action", "partner") if name in told]
    return f"{event.type}: {', '.join([*named, f'event {event.id}'])}"


def _about_alert(body: str) -> str:
    message = AlertMessage.from_dict(read_body(body))
    return f"{message.kind} on {message.channel}: {len(message.about)} to tell, {message.failure}"


READERS: dict[str, Reader] = {
    "alerts": _about_alert, "posts": _about_post, "intake": _about_job, "review": _about_event, "refer": _about_event,
}  # fmt: skip


class RedriveDeadLetters:
    """Sends back what can be read; what can't would only die again, and stays for somebody to look at."""

    def __init__(self, *, letters: DeadLetters, reader: Reader) -> None:
        self._letters = letters
        self._reader = reader

    def __call__(self, *, dry_run: bool, limit: int = 100) -> tuple[RedriveLine, ...]:
        """One line per dead letter. Raises TransientError where the queue can't be read."""
        lines = []
        for message in self._letters.peek(limit):
            try:
                about, readable = self._reader(message.body), True
            except PermanentError as error:
                about, readable = error.reason, False
            if readable and not dry_run:
                self._letters.send_back(message)
            lines.append(RedriveLine(message.message_id, about, readable, readable and not dry_run))
        return tuple(lines)
