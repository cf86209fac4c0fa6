"""Dropped files and PostPublished pointers -> posts queue."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger

from screening.aws.lambda_events import Answer, LambdaContext, handle_batch
from screening.aws.wiring.intake import drop_reader
from screening.aws.wiring.parts import METRICS

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> Answer:
    return handle_batch(drop_reader, event, context, logger, METRICS)
