"""Every minute: publishes what stayed pending in the outboxes of posts and cases."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from aws_lambda_powertools import Logger

from screening.aws.invocation import invocation
from screening.aws.lambda_events import LambdaContext, remaining_of
from screening.aws.wiring.parts import METRICS
from screening.aws.wiring.sweep import sweep_outboxes

logger = Logger()


@logger.inject_lambda_context
def handler(_event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    with invocation(METRICS):
        swept = asdict(sweep_outboxes()(remaining=remaining_of(context)))
    logger.info("swept", **swept)
    return swept
