"""The composition of `intake`."""

from __future__ import annotations

from functools import cache, partial

from screening.aws.archive import S3DropStore
from screening.aws.clients import client
from screening.aws.intake_messages import read_jobs
from screening.aws.lambda_events import BatchUseCase
from screening.aws.queues import SqsIntakeQueue, SqsPostQueue
from screening.aws.settings import IntakeSettings
from screening.aws.wiring import parts, sealing
from screening.workflows.intake import ReadDrop


@cache
def read_drop() -> ReadDrop:
    settings = IntakeSettings()  # filled from the environment
    return ReadDrop(
        drops=S3DropStore(client("s3")),
        sealer=sealing.sealer(settings.sealing_key),
        queue=SqsPostQueue(client("sqs"), settings.posts_queue),
        intake_queue=SqsIntakeQueue(client("sqs"), settings.intake_queue),
        posts=parts.posts(settings.posts_table),
        config=parts.config(settings.config_table),
        clock=parts.CLOCK,
        metrics=parts.METRICS,
    )


def drop_reader() -> BatchUseCase:
    return partial(read_drop().batch, read_jobs=read_jobs)
