"""The SQS queues: posts, intake, one per review team, one per partner."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from screening.aws.failures import Pause, backoff, note, translated
from screening.errors import NotFoundError, PermanentError, TransientError
from screening.ports import Refused
from screening.workflows.messages import ClaimTicket, IntakeJob, PostMessage, ReviewPointer
from screening.workflows.packs import MAX_PACK_BYTES, MAX_PACK_POSTS, pack_of
from screening.workflows.records import Partner

CALL_ENTRIES = 10
CALL_BYTES = 1_048_576
"""Both limits of SendMessageBatch; a single message has the same limit in bytes."""
ENTRY_OVERHEAD = 200
ATTEMPTS = 3


class SqsPostQueue:
    """The `PostQueue` of the functions. Message group = platform: one platform's flood doesn't delay another's posts."""

    def __init__(self, sqs: Any, url: str, *, pause: Pause = time.sleep) -> None:
        self._sqs = sqs
        self._url = url
        self._pause = pause

    def send(self, messages: Sequence[PostMessage], *, alone: bool = False) -> Refused:
        posts = [_compact(message.to_dict()) for message in messages]
        platforms = [message.platform for message in messages]
        packs = list(_packs(posts, platforms, 1 if alone else MAX_PACK_POSTS))
        bodies = [posts[pack[0]] if len(pack) == 1 else pack_of([posts[index] for index in pack]) for pack in packs]
        groups = [_group(platforms[pack[0]]) for pack in packs]
        refused: set[int] = set()
        for chunk in _chunks(bodies):
            for number in self._send_chunk(chunk, bodies, groups):
                refused.update(packs[number])
        return frozenset(refused)

    def _send_chunk(self, chunk: list[int], bodies: list[str], groups: list[str]) -> set[int]:
        """Indexes that SQS refused, after some attempts for those it may take later."""
        left, refused = chunk, set[int]()
        for attempt in range(ATTEMPTS):
            if attempt:
                backoff(attempt, pause=self._pause)
            entries = [{"Id": str(i), "MessageBody": bodies[i], "MessageGroupId": groups[i]} for i in left]
            try:
                with translated("SQS SendMessageBatch to the posts queue"):
                    answer = self._sqs.send_message_batch(QueueUrl=self._url, Entries=entries)
            except (TransientError, NotFoundError, PermanentError) as error:
                note(error)
                return refused | set(left)
            failed = {int(entry["Id"]): bool(entry.get("SenderFault")) for entry in answer.get("Failed", ())}
            refused |= {index for index, for_good in failed.items() if for_good}
            left = [index for index, for_good in failed.items() if not for_good]
            if not left:
                return refused
        return refused | set(left)


class SqsIntakeQueue:
    """The `IntakeQueue` of the functions."""

    def __init__(self, sqs: Any, url: str) -> None:
        self._sqs = sqs
        self._url = url

    def send(self, job: IntakeJob) -> None:
        _send(self._sqs, self._url, job.to_dict(), group=job.platform)


class _NamedQueues:
    """Queues found by name, their addresses remembered for the life of the process."""

    def __init__(self, sqs: Any) -> None:
        self._sqs = sqs
        self._urls: dict[str, str] = {}

    def url(self, name: str) -> str:
        """Raises NotFoundError where there is no such queue."""
        if name not in self._urls:
            with translated(f"SQS queue {name}"):
                self._urls[name] = str(self._sqs.get_queue_url(QueueName=name)["QueueUrl"])
        return self._urls[name]


class SqsReviewQueue:
    """The `ReviewQueue` of the functions: one standard queue per team, named `{prefix}{team}`."""

    def __init__(self, sqs: Any, prefix: str) -> None:
        self._sqs = sqs
        self._prefix = prefix
        self._queues = _NamedQueues(sqs)

    def send(self, team: str, pointer: ReviewPointer) -> None:
        _send(self._sqs, self._queues.url(f"{self._prefix}{team}"), pointer.to_dict(), group=pointer.platform)


class SqsPartnerQueue:
    """The `PartnerQueue` of the functions. Only names with the prefix: the role could reach no other queue anyway."""

    def __init__(self, sqs: Any, prefix: str) -> None:
        self._sqs = sqs
        self._prefix = prefix
        self._queues = _NamedQueues(sqs)

    def send(self, partner: Partner, ticket: ClaimTicket) -> None:
        if not partner.queue.startswith(self._prefix):
            raise NotFoundError(f"partner {partner.id}: queue '{partner.queue}' doesn't begin with {self._prefix}")
        _send(self._sqs, self._queues.url(partner.queue), ticket.to_dict(), group=None)


def _send(sqs: Any, url: str, body: Mapping[str, Any], *, group: str | None) -> None:
    more = {"MessageGroupId": _group(group)} if group else {}
    with translated(f"SQS SendMessage to {url.rsplit('/', 1)[-1]}"):
        sqs.send_message(QueueUrl=url, MessageBody=_compact(body), **more)


def _compact(body: Mapping[str, Any]) -> str:
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False)


def _group(platform: str) -> str:
    """SQS takes ASCII letters, digits and punctuation, at most 128 characters."""
    return "".join(c if "!" <= c <= "~" else "_" for c in platform)[:128] or "_"


def _packs(posts: Sequence[str], platforms: Sequence[str], most: int) -> Iterator[list[int]]:
    """Indexes of the posts that one message holds: of one platform, for the message group is its name."""
    open_packs: dict[str, tuple[list[int], int]] = {}
    for index, (post, platform) in enumerate(zip(posts, platforms, strict=True)):
        length = len(post.encode()) + 1
        pack, size = open_packs.get(platform, ([], 0))
        if pack and (len(pack) == most or size + length > MAX_PACK_BYTES):
            yield pack
            pack, size = [], 0
        open_packs[platform] = ([*pack, index], size + length)
    yield from (pack for pack, _ in open_packs.values())


def _chunks(bodies: Sequence[str]) -> Iterator[list[int]]:
    chunk: list[int] = []
    size = 0
    for index, body in enumerate(bodies):
        length = len(body.encode()) + ENTRY_OVERHEAD
        if chunk and (len(chunk) == CALL_ENTRIES or size + length > CALL_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(index)
        size += length
    if chunk:
        yield chunk
