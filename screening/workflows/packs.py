"""Several posts in one message of the posts queue, and screening them each by itself.

SQS charges sending, receiving and deleting by the request, for each 64 KB begun: an array of a hundred posts takes half the requests of
a message each (docs/decisions/0015-several-posts-in-one-message.md). What fails in a pack leaves it and comes again alone, so that
a bad post takes none with it into the dead letters.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from screening.errors import PermanentError
from screening.fields import Fields
from screening.ports import PostQueue
from screening.workflows.batch import BatchOutcome, QueuedMessage, Remaining, no_hurry, read_body
from screening.workflows.messages import MESSAGE_VERSION, PostMessage, check_version

MAX_PACK_BYTES = 60_000
"""Below the 64 KB that SQS counts as one request."""
MAX_PACK_POSTS = 25
"""So that a full batch of packs (template.yaml) is screened within its minute."""
PACKED = "posts"


@dataclass(frozen=True, slots=True)
class PostPack:
    """Several posts of one platform in one message."""

    posts: tuple[PostMessage, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"message_version": MESSAGE_VERSION, PACKED: [post.to_dict() for post in self.posts]}

    @classmethod
    def from_dict(cls, data: object) -> PostPack:
        """Raises PermanentError naming the field."""
        fields = Fields(data, "PostPack")
        check_version(fields, "PostPack")
        posts = fields.each(PACKED, PostMessage.from_dict)
        if not posts:
            raise PermanentError(f"PostPack: field '{PACKED}': holds no post")
        return cls(posts)


def pack_of(bodies: Sequence[str]) -> str:
    """The body of one message that holds several posts' bodies."""
    return f'{{"message_version":"{MESSAGE_VERSION}","{PACKED}":[{",".join(bodies)}]}}'


def posts_in(body: str) -> list[object] | None:
    """The posts of a pack as they lie in it, for one that can't be read must not keep the others out; None for a message that
    holds one post, or that can't be read.

    Raises:
        PermanentError: a pack of another version, or whose posts are no list.
    """
    try:
        data = read_body(body)
    except PermanentError:
        return None
    if not isinstance(data, dict) or PACKED not in data:
        return None
    fields = Fields(data, "PostPack")
    check_version(fields, "PostPack")
    return list(fields.each(PACKED, lambda post: post))


class ScreenBatch(Protocol):
    def __call__(self, batch: Sequence[QueuedMessage], *, remaining: Remaining = no_hurry) -> BatchOutcome: ...


class ScreenPacked:
    """Screens a batch of the posts queue whose messages hold one post or several; returns those that must come again.

    Dying after posts were sent back alone and before the pack is deleted brings them twice, which changes nothing: what was screened
    is found as its head.
    """

    def __init__(self, *, screen: ScreenBatch, queue: PostQueue) -> None:
        """`screen` takes messages of one post."""
        self._screen = screen
        self._queue = queue

    def __call__(self, batch: Sequence[QueuedMessage], *, remaining: Remaining = no_hurry) -> BatchOutcome:
        single: list[QueuedMessage] = []
        packs: dict[str, list[QueuedMessage]] = {}
        for queued in batch:
            posts = _posts_of(queued)
            if posts is None:
                single.append(queued)
            else:
                packs[queued.message_id] = posts
        outcome = self._screen([*single, *(post for posts in packs.values() for post in posts)], remaining=remaining)
        whole = BatchOutcome(
            {one.message_id: outcome.failed[one.message_id] for one in single if not outcome.ok(one.message_id)}
        )
        for message_id, posts in packs.items():
            failed = [post for post in posts if not outcome.ok(post.message_id)]
            if failed and (len(failed) == len(posts) or not self._sent_alone(failed)):
                whole.fail(message_id, f"{len(failed)} of {len(posts)} posts: {outcome.failed[failed[0].message_id]}")
        return whole

    def _sent_alone(self, failed: Sequence[QueuedMessage]) -> bool:
        try:
            messages = [PostMessage.from_dict(read_body(post.body)) for post in failed]
        except PermanentError:
            return False  # one can't be read, and couldn't be recorded as rejected either: the pack comes again
        return not self._queue.send(messages, alone=True)


def _posts_of(queued: QueuedMessage) -> list[QueuedMessage] | None:
    try:
        posts = posts_in(queued.body)
    except PermanentError:
        return None  # rejected like any message that can't be read
    if posts is None:
        return None
    return [QueuedMessage(f"{queued.message_id}#{number}", json.dumps(post)) for number, post in enumerate(posts)]
