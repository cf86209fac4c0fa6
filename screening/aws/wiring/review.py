"""The composition of `review`."""

from __future__ import annotations

from functools import cache

from screening.aws.record_stores import DynamoDbReportStore
from screening.aws.settings import ReviewSettings
from screening.aws.wiring import parts
from screening.aws.wiring.posters import poster_key
from screening.workflows.review import ReviewEvents
from screening.workflows.review import ReviewSettings as UseCaseSettings


@cache
def review_events() -> ReviewEvents:
    settings = ReviewSettings()  # filled from the environment
    store = parts.cases(settings.cases_table, settings.ledger_table, settings.case_retention_days)
    return ReviewEvents(
        cases=store,
        posts=parts.posts(settings.posts_table),
        archive=parts.archive(settings.archive_bucket),
        config=parts.config(settings.config_table),
        saver=parts.case_saver(store, settings.bus_name, settings.review_queue_prefix),
        reports=DynamoDbReportStore(parts.table(settings.reports_table)),
        links=parts.link_store(settings.links_table),
        clock=parts.CLOCK,
        ids=parts.IDS,
        poster_key=poster_key(settings.fingerprint_secret),
        metrics=parts.METRICS,
        settings=UseCaseSettings(reports_team=settings.reports_team),
    )
