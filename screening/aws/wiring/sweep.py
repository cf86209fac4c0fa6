"""The composition of `sweep`."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from screening.aws.settings import SweepSettings
from screening.aws.wiring import parts
from screening.workflows.sweep import SweepOutboxes
from screening.workflows.urgent_watch import WatchUrgent


@cache
def sweep_outboxes() -> SweepOutboxes:
    settings = SweepSettings()  # filled from the environment
    store = parts.cases(settings.cases_table, settings.ledger_table, settings.case_retention_days)
    return SweepOutboxes(
        posts=parts.posts(settings.posts_table),
        cases=store,
        bus=parts.bus(settings.bus_name),
        saver=parts.case_saver(store, settings.bus_name, settings.review_queue_prefix),
        clock=parts.CLOCK,
        metrics=parts.METRICS,
        pending_for=timedelta(seconds=settings.sweep_age_seconds),
        watch=WatchUrgent(
            cases=store, config=parts.config(settings.config_table), clock=parts.CLOCK, metrics=parts.METRICS
        ),
    )
