"""Once a day: the ledger's root, and the other tasks of `screening.workflows.daily`."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger

from screening.aws.invocation import invocation
from screening.aws.lambda_events import LambdaContext, remaining_of
from screening.aws.wiring.daily import run_daily
from screening.aws.wiring.parts import METRICS

logger = Logger()


@logger.inject_lambda_context
def handler(_event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    with invocation(METRICS):
        done = run_daily()(remaining=remaining_of(context))
    logger.info("daily", tasks=done)
    return done
