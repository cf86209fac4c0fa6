"""Drives posts through api, screen and review as AWS would, and counts what AWS charges for it beside the calls of the SDK.

Assumed of AWS: a queue's poller receives and deletes ten messages a request; `screen` is handed batches of a stated size (at
most the template's, gathered for five seconds); `review` is handed what one batch published, ten events at most. An event
on the bus is one request to the queue that its rule names. A million posts keep functions warm: start-ups are left out, and
so are the first posts of a run, which fill caches that later ones use.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from benchmarks.aws_meter import Meter
from benchmarks.aws_stack import PLATFORM, SECRET, SERVICES, Stack
from benchmarks.aws_wire import Kept, Wire
from benchmarks.prices import HTTP_CHUNK, chunks
from screening.aws.clients import client
from screening.aws.lambda_events import Answer, handle_batch
from screening.aws.wiring.parts import METRICS
from screening.aws.wiring.screen import screen_posts
from screening.posts.post import Post
from screening.posts.serialise import post_to_dict
from screening.workflows.packs import posts_in
from screening.workflows.signatures import signed_headers

RECEIVED_AT_ONCE = 10
LINE_OVERHEAD = 26
"""Bytes that CloudWatch adds to each line (AWS, "PutLogEvents")."""
PLATFORM_LINES = (84, 52, 160)
"""Bytes of the START, END and REPORT lines that Lambda writes for each invocation, in its text format."""
SAMPLED = 2
"""Invocations of each function that are run again and timed."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """One that can be run again: the event, and all that AWS answered."""

    event: dict[str, Any]
    kept: Kept
    posts: int


@dataclass(slots=True)
class Flow:
    stack: Stack
    wire: Wire
    meter: Meter
    screen_batch: int
    invocations: dict[str, list[Invocation]] = field(default_factory=dict)
    requests: int = 0
    logged: str = ""  # by the last invocation

    def send(self, posts: Sequence[Post]) -> None:
        """One signed request with these posts. Raises RuntimeError where one wasn't accepted."""
        self.requests += 1
        event = request_event(posts, self.requests)
        self.meter.use("api", "http", chunks(len(event["body"].encode()), HTTP_CHUNK))
        answer = self._invoke("api", event, len(posts))
        receipts = json.loads(answer["body"]).get("receipts", [])
        if [receipt["status"] for receipt in receipts] != ["accepted"] * len(posts):
            raise RuntimeError(f"not accepted: {answer['statusCode']} {answer['body'][:300]}")

    def work_off(self) -> int:
        """Screen what waits, review what that publishes, until both queues are empty. How many posts were screened."""
        screened = 0
        while messages := self._taken("PostsQueue", self.screen_batch):
            posts = sum(len(posts_in(message["Body"]) or (message,)) for message in messages)
            self._invoke_worker("screen", "PostsQueue", messages, posts)
            screened += posts
            while events := self._taken("AssessedQueue", self.stack.batch_size("review", "Assessed")):
                self.meter.queue("assessed queue", "", 1)  # the bus's own request to the queue
                self._invoke_worker("review", "AssessedQueue", events, len(events))
        return screened

    def _taken(self, queue: str, most: int) -> list[dict[str, Any]]:
        sqs, url = self.stack.client("sqs"), self.stack.names[queue]
        taken: list[dict[str, Any]] = []
        while len(taken) < most:
            found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=min(RECEIVED_AT_ONCE, most - len(taken)))
            messages = found.get("Messages", [])
            for message in messages:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            taken += messages
            if not messages:
                break
        return taken

    def _invoke_worker(self, function: str, queue: str, messages: list[dict[str, Any]], posts: int) -> None:
        name = self.stack.queue_name(queue)
        for start in range(0, len(messages), RECEIVED_AT_ONCE):
            together = messages[start : start + RECEIVED_AT_ONCE]
            received = chunks(sum(len(message["Body"].encode()) for message in together))
            self.meter.queue(f"{name} poller", name, received + 1)  # and the deletion
        answer = self._invoke(function, queue_event(messages), posts)
        if answer["batchItemFailures"]:
            raise RuntimeError(f"{function} failed for {answer['batchItemFailures']}: {self.logged[-2000:]}")

    def _invoke(self, function: str, event: dict[str, Any], posts: int) -> Any:
        self.meter.function = function
        with self.wire.keeping() as kept:
            answer = self.stack.invoke(function, event)
        self.meter.use(function, "invocations")
        self._count_log(function)
        self.invocations.setdefault(function, []).append(Invocation(event, kept, posts))
        return answer

    def sampled(self, function: str) -> list[Invocation]:
        """The last of the fullest: a batch that only looks at a few posts anew says little of others."""
        fullest = max(one.posts for one in self.invocations[function])
        return [one for one in self.invocations[function] if one.posts == fullest][-SAMPLED:]

    def _count_log(self, function: str) -> None:
        self.logged = self.stack.log.getvalue()
        lines = self.logged.splitlines()
        self.stack.log.seek(0)
        self.stack.log.truncate()
        size = sum(len(line.encode()) + LINE_OVERHEAD for line in lines)
        size += sum(line + LINE_OVERHEAD for line in PLATFORM_LINES)
        self.meter.use(function, "log_mb", size / 1e6)


def wired(stack: Stack) -> tuple[Wire, Meter]:
    """A meter on every client that the functions use."""
    fair = frozenset({stack.queue_name("PostsQueue"), stack.queue_name("ReviewGeneralQueue")})
    meter = Meter(stack.item, stack.client("dynamodb"), stack.indexes, fair)
    wire = Wire(meter)
    for service in SERVICES:
        wire.attach(client(service))
    return wire, meter


def request_event(posts: Sequence[Post], number: int) -> dict[str, Any]:
    """What an HTTP API hands to `api` for a signed request of these posts."""
    body = json.dumps([post_to_dict(post) for post in posts], ensure_ascii=False)
    headers = {"content-type": "application/json"} | signed_headers(
        [SECRET], id=f"msg-{number}", at=datetime.now(UTC), body=body.encode()
    )
    route, path = "POST /v1/platforms/{platform}/posts", f"/v1/platforms/{PLATFORM}/posts"
    return {
        "version": "2.0", "routeKey": route, "rawPath": path, "rawQueryString": "", "headers": headers,
        "pathParameters": {"platform": PLATFORM},
        "requestContext": {
            "http": {"method": "POST", "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.10", "userAgent": "u"},
            "routeKey": route, "stage": "$default", "requestId": "r", "accountId": "123456789012", "apiId": "a",
        },
        "body": body, "isBase64Encoded": False,
    }  # fmt: skip


def queue_event(messages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "Records": [
            {"messageId": message["MessageId"], "body": message["Body"], "receiptHandle": "r", "attributes": {}}
            for message in messages
        ]
    }


# ---------------------------------------------------------------------------------------------------- without linking


def unlinked_handler(event: dict[str, Any], context: Any) -> Answer:
    """`functions.screen.handler`, with a screening that knows no other posts."""
    from functions.screen.handler import logger  # made where its output is kept, as the stack makes the handlers

    return handle_batch(partial(screen_posts, linked=False), event, context, logger, METRICS)


def arrays(posts: Sequence[Post], size: int) -> Iterator[Sequence[Post]]:
    for start in range(0, len(posts), size):
        yield posts[start : start + size]
