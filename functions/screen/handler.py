"""posts queue -> assessments, archive, PostAssessed."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger

from screening.aws.lambda_events import Answer, LambdaContext, handle_batch
from screening.aws.wiring.parts import METRICS
from screening.aws.wiring.screen import screen_posts

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> Answer:
    return handle_batch(screen_posts, event, context, logger, METRICS)
