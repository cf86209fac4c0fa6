"""Linking as screening uses it: members of read posts, and the posts of a campaign that are to be looked at anew at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from screening.assessment.reading import Reading
from screening.errors import NotFoundError, PermanentError, TransientError
from screening.links.contribution import Hashes, contribution
from screening.links.member import Member
from screening.ports import Archive, Metrics, PostQueue, PostStore, Sealer
from screening.workflows.archived import read_archived
from screening.workflows.heads import version_name
from screening.workflows.linking import Linked, LinkPosts
from screening.workflows.messages import PostMessage, seal_context
from screening.workflows.records import Head, PostKey
from screening.workflows.sealing import post_from_archive, seal_post


def member_of(reading: Reading, hashes: Hashes, *, received_at: datetime) -> Member:
    """A read post as a member of whatever it shares with others."""
    return contribution(
        reading.post, reading.document, reading.facts, hashes,
        version=version_name(reading.post.content_hash(), reading.post.status), received_at=received_at,
        language=reading.document.language.main,
    )  # fmt: skip


class Linking:
    """What `screen` needs of links: members, findings, and the way back onto the posts queue."""

    def __init__(
        self, *, links: LinkPosts, hashes: Hashes, posts: PostStore, archive: Archive, sealer: Sealer, queue: PostQueue,
        metrics: Metrics,
    ) -> None:  # fmt: skip
        self._links = links
        self._hashes = hashes
        self._posts = posts
        self._archive = archive
        self._sealer = sealer
        self._queue = queue
        self._metrics = metrics

    def member(self, reading: Reading, *, received_at: datetime) -> Member:
        return member_of(reading, self._hashes, received_at=received_at)

    def link(self, members: Sequence[Member], *, anew: frozenset[PostKey]) -> Linked:
        return self._links.link(members, anew=anew)

    def requeue(self, posts: Sequence[PostKey]) -> None:
        """Put the newest versions of posts back onto the posts queue.

        What can't be put there now is counted and left to the nightly rescoring: the post that set it off is done, and must
        not come again for its neighbours' sake.
        """
        try:
            read = self._posts.read_heads(posts)
            messages = [message for head in read.heads.values() if (message := self._message(head)) is not None]
            refused = self._queue.send(messages) if messages else frozenset()
        except TransientError:
            self._metrics.count("RequeueFailed", len(posts))
            return
        self._metrics.count("PostsRequeued", len(messages) - len(refused))
        if read.unread or refused:
            self._metrics.count("RequeueFailed", len(read.unread) + len(refused))

    def _message(self, head: Head) -> PostMessage | None:
        if head.status == "withdrawn" or head.archive is None:
            return None
        try:
            archived = read_archived(self._archive, head.archive)
            context = seal_context(head.platform, head.id, archived.seq)
            post = post_from_archive(self._sealer, archived.post, context)
        except (NotFoundError, PermanentError):
            return None  # erased, expired or spoilt meanwhile: there is nothing to look at anew
        return PostMessage(
            platform=head.platform, id=head.id, seq=head.seq, status="published", received_at=archived.received_at,
            source="requeue", correlation_id=f"relink/{head.event_id}"[:200], sealed=seal_post(self._sealer, post, head.seq),
        )  # fmt: skip
