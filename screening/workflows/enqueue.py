"""From a read post to a message on the posts queue: its place in time, its seal, and what the queue refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from screening.errors import InvalidPostError, TransientError
from screening.ports import PostQueue, Sealer
from screening.posts.post import Post
from screening.workflows.messages import MAX_SEALED, PostMessage, PostSource
from screening.workflows.sealing import seal_post

FUTURE_TOLERANCE = timedelta(minutes=5)
MAX_ID = 512


def milliseconds(moment: datetime) -> int:
    """Since 1970 UTC, in whole numbers: no float may round two moments into one."""
    return (moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def seq_of(post: Post, received_at: datetime) -> int:
    """The post's own updated time, else when it was received (the signed time of the webhook, the time of the event).

    A time in the future or before 1970 is a fault of the feed: it would keep every later version out, so that it counts as none.
    """
    if post.updated_at is not None and post.updated_at <= received_at + FUTURE_TOLERANCE:
        return max(milliseconds(post.updated_at), 0)
    return milliseconds(received_at)


NEVER = -1


def said_at(message: PostMessage) -> int:
    """When the platform said a version, by the clock that signs, in milliseconds: of a post never later than its own time.

    NEVER for a withdrawal that has a time of its own, which is held against other times of that clock alone.
    """
    received = milliseconds(message.received_at)
    if message.status == "withdrawn":
        return received if message.seq == received else NEVER
    return min(message.seq, received)


def check_id(post_id: str) -> None:
    """Ids become keys and names everywhere. Raises InvalidPostError for one that can't."""
    if not 1 <= len(post_id) <= MAX_ID:
        raise InvalidPostError("id", f"must have 1 to {MAX_ID} characters")
    if not post_id.isprintable():
        raise InvalidPostError("id", "holds control characters or halves of characters")


@dataclass(frozen=True, slots=True)
class EnqueueResult:
    """Indexes into the posts given: `later` may be sent again; `unfit` never can, for a (field, reason)."""

    later: frozenset[int]
    unfit: dict[int, tuple[str, str]]


class Enqueue:
    """Seals posts and sends them to the posts queue."""

    def __init__(self, *, sealer: Sealer, queue: PostQueue) -> None:
        self._sealer = sealer
        self._queue = queue

    def __call__(
        self, posts: Sequence[Post], *, received_at: datetime, source: PostSource, correlation_id: str
    ) -> EnqueueResult:
        later: set[int] = set()
        unfit: dict[int, tuple[str, str]] = {}
        messages: list[PostMessage] = []
        indexes: list[int] = []
        for index, post in enumerate(posts):
            try:
                message = self._message(post, received_at, source, correlation_id)
            except TransientError:
                later.add(index)
                continue
            except InvalidPostError as error:
                unfit[index] = error.field, error.reason
                continue
            messages.append(message)
            indexes.append(index)
        if messages:
            later |= {indexes[refused] for refused in self._queue.send(messages)}
        return EnqueueResult(frozenset(later), unfit)

    def _message(self, post: Post, received_at: datetime, source: PostSource, correlation_id: str) -> PostMessage:
        check_id(post.id)
        seq = seq_of(post, received_at)
        sealed = seal_post(self._sealer, post, seq)
        if len(sealed) > MAX_SEALED:
            raise InvalidPostError("description", "the post is too large", item=post.id)
        return PostMessage(
            platform=post.platform, id=post.id, seq=seq, status=post.status, received_at=received_at, source=source,
            correlation_id=correlation_id, sealed=sealed,
        )  # fmt: skip
