"""What people decided about a post is remembered on its contacts for 90 days, as a hint for the next post that bears them."""

from __future__ import annotations

from datetime import datetime

from screening.cases.case import Case
from screening.cases.vote import Action, Decision
from screening.errors import NotFoundError
from screening.links.known_items import KnownItem, Opinion
from screening.links.member import LinkKey
from screening.ports import LinkStore, PostStore
from screening.workflows.linking import LinkPosts
from screening.workflows.records import PostKey

OPINION_OF: dict[Action, Opinion] = {
    "dismiss": "cleared",
    "remove": "suspected",
    "restore": "cleared",
}
"""A reviewer who restricts suspects; only a partner's or senior's own word confirms (`screening known`). Warning, asking and
offering support say nothing about a contact: victims are made to post. A referral and a notice leave no mark either: it could
move the tier of another offer, which its platform reads, and so tell that somebody was told."""


class KnownContacts:
    def __init__(self, *, links: LinkStore, posts: PostStore) -> None:
        self._links = links
        self._posts = posts

    def remember(self, case: Case, decision: Decision) -> None:
        """Raises TransientError; done again it changes nothing."""
        opinion = OPINION_OF.get(decision.action)
        if opinion is not None:
            item = KnownItem.given(opinion, case=case.case, source="review", at=decision.decided_at)
            self._put((case.platform, case.post_id), item)

    def give(self, post: PostKey, opinion: Opinion, *, case: str, source: str, at: datetime) -> int:
        """An opinion from outside the queue, on every contact of a post; how many there are.

        Raises:
            NotFoundError: no such post, or it bears no contact that could be remembered.
            TransientError: the store failed for now.
        """
        known = self._put(post, KnownItem.given(opinion, case=case, source=source, at=at))
        if not known:
            raise NotFoundError(f"post '{post[0]}/{post[1]}': not known, or without a contact")
        return known

    def _put(self, post: PostKey, item: KnownItem) -> int:
        head = self._posts.read_head(post)
        keys = [key for key in map(LinkKey.read, head.links if head else ()) if key.ties]
        for key in keys:
            self._links.put_known(key, item)
        return len(keys)


class UnlinkPost:
    """Takes a post out of the link store, so that it ties nothing and nothing brings it back."""

    def __init__(self, *, links: LinkPosts, posts: PostStore) -> None:
        self._links = links
        self._posts = posts

    def __call__(self, post: PostKey, *, until: datetime) -> int:
        """How many keys the post stood under.

        Raises:
            NotFoundError: no such post.
            TransientError: something is left; calling it again goes on.
        """
        head = self._posts.read_head(post)
        if head is None:
            raise NotFoundError(f"post '{post[0]}/{post[1]}': not known")
        self._links.erase(post, [LinkKey.read(key) for key in head.links], until=until)
        return len(head.links)
