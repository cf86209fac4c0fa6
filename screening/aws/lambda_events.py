"""What Lambda hands to a queue worker, and the answer that names the messages which must come again.

The use cases take a whole batch (one archive object for a hundred posts), so that the answer is made from their outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from aws_lambda_powertools import Logger

from screening.aws.invocation import invocation
from screening.aws.metrics import EmfMetrics
from screening.workflows.batch import BatchOutcome, QueuedMessage, Remaining


class LambdaContext(Protocol):
    def get_remaining_time_in_millis(self) -> int: ...


class BatchUseCase(Protocol):
    def __call__(self, batch: list[QueuedMessage], *, remaining: Remaining) -> BatchOutcome: ...


Answer = dict[str, list[dict[str, str]]]


def handle_batch(
    make_use_case: Callable[[], BatchUseCase],
    event: Mapping[str, Any],
    context: LambdaContext,
    logger: Logger,
    metrics: EmfMetrics,
) -> Answer:
    """Run the batch, log one line of numbers, answer the failures. Nothing of a message's body is logged.

    Where every message failed the answer says so all the same: the queue's redrive counts them, an error would only hide
    which reasons there were.
    """
    batch = queued_messages(event)
    with invocation(metrics):
        outcome = make_use_case()(batch, remaining=remaining_of(context))
    logger.info("batch", messages=len(batch), failed=outcome.failed)
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in outcome.failed]}


def queued_messages(event: Mapping[str, Any]) -> list[QueuedMessage]:
    return [QueuedMessage(record["messageId"], record["body"]) for record in event["Records"]]


def remaining_of(context: LambdaContext) -> Callable[[], float]:
    return lambda: context.get_remaining_time_in_millis() / 1000
