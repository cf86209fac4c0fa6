"""The composition of `screen`."""

from __future__ import annotations

from functools import cache

from screening.assessment.screener import Screener
from screening.aws.clients import client
from screening.aws.keys import KeyedHashes
from screening.aws.queues import SqsPostQueue
from screening.aws.settings import Retained, ScreenSettings
from screening.aws.wiring import parts, sealing
from screening.workflows.packs import ScreenPacked
from screening.workflows.records import Sampling
from screening.workflows.relinking import Linking
from screening.workflows.retention import Retention
from screening.workflows.screen import ScreenPosts
from screening.workflows.screen import ScreenSettings as UseCaseSettings


@cache
def screen_posts(*, linked: bool = True) -> ScreenPacked:
    """The use case of `screen`. Not `linked`, each post is judged by itself: so that what linking costs can be measured."""
    settings = ScreenSettings()  # filled from the environment
    keys = KeyedHashes.load(client("secretsmanager"), settings.fingerprint_secret)
    sealer = sealing.sealer(settings.sealing_key)
    archive = parts.archive(settings.archive_bucket)
    posts = parts.posts(settings.posts_table)
    queue = SqsPostQueue(client("sqs"), settings.posts_queue)
    screen = ScreenPosts(
        assessor=Screener.load(fingerprint=keys.fingerprint),
        sealer=sealer,
        archive=archive,
        posts=posts,
        linking=Linking(
            links=parts.links(settings.links_table, settings.watch_retention_days),
            hashes=keys.hashes(),
            posts=posts,
            archive=archive,
            sealer=sealer,
            queue=queue,
            metrics=parts.METRICS,
        )
        if linked
        else None,
        bus=parts.bus(settings.bus_name),
        config=parts.config(settings.config_table),
        metrics=parts.METRICS,
        clock=parts.CLOCK,
        settings=UseCaseSettings(
            sample_key=keys.derived("audit sample"),
            default_sampling=Sampling(
                default=settings.audit_default_probability, target_per_day=settings.audit_target_per_day
            ),
            retention=retention(settings),
        ),
    )
    return ScreenPacked(screen=screen, queue=queue)


def retention(settings: Retained) -> Retention:
    return Retention(
        clear=settings.clear_retention_days,
        inconclusive=settings.clear_retention_days,
        watch=settings.watch_retention_days,
        cases_after_decision=settings.case_retention_days,
    )
