"""The steps of the nightly state machine: plan, chunk, conclude."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger

from screening.aws.invocation import invocation
from screening.aws.lambda_events import LambdaContext
from screening.aws.wiring.parts import METRICS
from screening.aws.wiring.rescore import STEPS

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    with invocation(METRICS):
        answer = STEPS[event["step"]](event)
    logger.info("step done", step=event["step"], run=answer["run"])
    return answer
