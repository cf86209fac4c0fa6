"""What a platform may read back by signed request: the assessment of its own post, and its rejected items."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from screening.errors import NotFoundError
from screening.fields import rfc3339
from screening.links.sign_texts import NEVER_TOLD, REASONS
from screening.ports import Archive, Clock, PostStore
from screening.workflows.archived import read_archived
from screening.workflows.receive import PlatformGate
from screening.workflows.records import Rejected
from screening.workflows.signatures import SignedHeaders, request_line

NEVER_ANSWERED = ("rank", "learned", "links")
"""Order in the operator's queues, what the classifier says of the whole, and other platforms' posts: none of the platform's business."""
UNTOLD = frozenset(words for name in NEVER_TOLD for words in REASONS[name].values())
"""Sentences of the reasons that tell what people, perhaps the police, made of another offer."""
REJECTED_DAYS, REJECTED_LIMIT = 30, 500


class ReadAssessment:
    """The newest assessment of a platform's own post, without what stays with the operator."""

    def __init__(self, *, gate: PlatformGate, posts: PostStore, archive: Archive) -> None:
        self._gate = gate
        self._posts = posts
        self._archive = archive

    def __call__(self, platform: str, headers: SignedHeaders, post_id: str) -> dict[str, Any]:
        """Raises AuthenticationError, NotFoundError where the post isn't known, TransientError where that can't be told."""
        self._gate.check(platform, headers, request_line("GET", f"/v1/platforms/{platform}/assessment", id=post_id))
        head = self._posts.read_head((platform, post_id))
        if head is None or head.archive is None:
            raise NotFoundError(f"post '{post_id[:100]}': not known")
        assessment = dict(read_archived(self._archive, head.archive).assessment)
        tied = assessment.get("links")
        for name in NEVER_ANSWERED:
            assessment.pop(name, None)
        assessment["reasons"] = [words for words in assessment.get("reasons", ()) if words not in UNTOLD]
        # The campaign's name alone: with it the platform may ask for what it may see of it (`campaign_answers`).
        return {**assessment, "campaign": (tied or {}).get("campaign"), "status": head.status}


class ListRejected:
    """The platform's items of the last 30 days that couldn't be read, newest first."""

    def __init__(self, *, gate: PlatformGate, posts: PostStore, clock: Clock) -> None:
        self._gate = gate
        self._posts = posts
        self._clock = clock

    def __call__(self, platform: str, headers: SignedHeaders) -> list[dict[str, Any]]:
        """Raises AuthenticationError or TransientError."""
        self._gate.check(platform, headers, request_line("GET", f"/v1/platforms/{platform}/rejected"))
        since = self._clock.now() - timedelta(days=REJECTED_DAYS)
        return [_shown(item) for item in self._posts.list_rejected(platform, since=since, limit=REJECTED_LIMIT)]


def _shown(item: Rejected) -> dict[str, Any]:
    return {
        "id": item.id, "received_at": rfc3339(item.received_at), "field": item.field, "reason": item.reason,
        "source": item.source,
    }  # fmt: skip
