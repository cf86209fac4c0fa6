"""Receiving: a platform's signed request becomes messages on the posts queue, with one receipt per item."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

from screening.errors import AuthenticationError, InvalidPostError, ScreeningError, UnreadableInputError
from screening.ports import Clock, ConfigStore, Metrics, PostQueue, PostStore, Sealer, Secrets
from screening.posts.post import Post
from screening.posts.reading import LeftOut, ReadPost, Refused, read_payload
from screening.workflows.enqueue import Enqueue, check_id
from screening.workflows.records import Platform, Rejected
from screening.workflows.retention import Retention
from screening.workflows.signatures import REFUSED, SignedHeaders, Verified, request_line, verify_sender

MAX_BODY = 5_000_000
MAX_POSTS = 1_000
ReceiptStatus = Literal["accepted", "rejected", "retry", "left_out"]


class PayloadTooLargeError(ScreeningError):
    """A request holds more bytes or posts than one request may; sent in parts it would be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of one item, in the order of the request."""

    id: str
    status: ReceiptStatus
    field: str = ""
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "status": self.status, "field": self.field or None, "reason": self.reason or None}


class PlatformGate:
    """Lets in requests that a configured, active platform signed; whatever else is refused in the same words."""

    def __init__(self, *, config: ConfigStore, secrets: Secrets, clock: Clock) -> None:
        self._config = config
        self._secrets = secrets
        self._clock = clock

    def check(self, platform: str, headers: SignedHeaders, body: bytes) -> tuple[Platform, Verified]:
        """Raises AuthenticationError, or TransientError where configuration or secrets can't be read."""
        configured = self._config.platform(platform)
        if configured is None or not configured.active:
            raise AuthenticationError(REFUSED)
        verified = verify_sender(
            lambda refresh: self._secrets.signing_secrets("platform", platform, refresh=refresh),
            headers, body, now=self._clock.now(),
        )  # fmt: skip
        return configured, verified


class ReceivePosts:
    """Takes a platform's posts. Bad items are named one by one, good ones go on."""

    def __init__(
        self, *, gate: PlatformGate, sealer: Sealer, queue: PostQueue, posts: PostStore, clock: Clock,
        metrics: Metrics, retention: Retention | None = None,
    ) -> None:  # fmt: skip
        self._gate = gate
        self._enqueue = Enqueue(sealer=sealer, queue=queue)
        self._posts = posts
        self._clock = clock
        self._metrics = metrics
        self._retention = retention or Retention()

    def __call__(
        self,
        platform: str,
        headers: SignedHeaders,
        body: bytes,
        *,
        format: str = "auto",  # noqa: A002
    ) -> tuple[Receipt, ...]:
        """One receipt per item; `retry` where the item may be sent again as it is.

        Raises:
            AuthenticationError: unknown platform or bad signature, in the same words.
            PayloadTooLargeError: more than 5 MB or 1,000 items.
            UnreadableInputError: nothing in it can be read as posts.
            TransientError: configuration or secrets can't be read for now.
        """
        if len(body) > MAX_BODY:
            raise PayloadTooLargeError(f"the body has {len(body)} bytes; at most {MAX_BODY} are taken")
        _, verified = self._gate.check(platform, headers, body)
        receipts: list[Receipt] = []
        posts: list[Post] = []
        places: list[int] = []
        refused: list[Refused] = []
        for item in read_payload(body, format=format, platform=platform, source="request"):
            if len(receipts) >= MAX_POSTS:
                raise PayloadTooLargeError(f"the request holds more than {MAX_POSTS} posts")
            if isinstance(item, ReadPost):
                places.append(len(receipts))
                posts.append(item.post)
                receipts.append(Receipt(id=item.post.id, status="accepted"))
            elif isinstance(item, LeftOut):
                receipts.append(Receipt(id=item.id, status="left_out", reason=item.reason))
            else:
                refused.append(item)
                receipts.append(Receipt(id=item.id, status="rejected", field=item.field, reason=item.reason))
        if not receipts:
            raise UnreadableInputError("request", "holds nothing that can be read as posts")
        sent = self._enqueue(
            posts, received_at=verified.at, source="webhook", correlation_id=f"{platform}/{verified.id}"[:200]
        )
        for index in sent.later:
            receipts[places[index]] = Receipt(
                id=posts[index].id, status="retry", reason="not taken for now; send it again"
            )
        for index, (field, reason) in sent.unfit.items():
            receipts[places[index]] = Receipt(id=posts[index].id, status="rejected", field=field, reason=reason)
        self._record(platform, refused)
        for status, count in Counter(receipt.status for receipt in receipts).items():
            self._metrics.count("PostsReceived", count, platform=platform, status=status)
        return tuple(receipts)

    def _record(self, platform: str, refused: list[Refused]) -> None:
        """Kept for the platform to look up. The receipt has told it already, so that a failure here loses nothing."""
        if not refused:
            return
        now = self._clock.now()
        records = [
            Rejected(
                platform=platform, id=item.id, received_at=now, field=item.field, reason=item.reason,
                source=f"webhook item {item.index + 1}", expires=self._retention.rejected_expires(now),
            )
            for item in refused
        ]  # fmt: skip
        unstored = self._posts.put_rejected(records)
        if unstored:
            self._metrics.count("RejectedNotStored", len(unstored))


class WithdrawPost:
    """Takes a platform's word that a post is gone. The request has no body: the signature is over its request line."""

    def __init__(self, *, gate: PlatformGate, sealer: Sealer, queue: PostQueue, metrics: Metrics) -> None:
        self._gate = gate
        self._enqueue = Enqueue(sealer=sealer, queue=queue)
        self._metrics = metrics

    def __call__(self, platform: str, headers: SignedHeaders, post_id: str) -> Receipt:
        """Raises AuthenticationError, UnreadableInputError for an id no post can have, TransientError."""
        try:
            check_id(post_id)
        except InvalidPostError as error:
            raise UnreadableInputError("request", f"field 'id': {error.reason}") from error
        _, verified = self._gate.check(
            platform, headers, request_line("DELETE", f"/v1/platforms/{platform}/posts", id=post_id)
        )
        post = Post(platform=platform, id=post_id, status="withdrawn")
        sent = self._enqueue(
            [post], received_at=verified.at, source="webhook", correlation_id=f"{platform}/{verified.id}"[:200]
        )
        self._metrics.count("PostsWithdrawn", platform=platform)
        if sent.later:
            return Receipt(id=post_id, status="retry", reason="not taken for now; send it again")
        return Receipt(id=post_id, status="accepted")
