"""The composition of `sweep`."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from screening.aws.alert_sender import AlertSecrets, AwsAlertSender
from screening.aws.clients import client
from screening.aws.settings import SweepSettings
from screening.aws.wiring import parts
from screening.workflows.sweep import SweepOutboxes
from screening.workflows.tell_teams import TellTeams
from screening.workflows.urgent_watch import WatchUrgent


@cache
def sweep_outboxes() -> SweepOutboxes:
    settings = SweepSettings()  # filled from the environment
    store = parts.cases(settings.cases_table, settings.ledger_table, settings.case_retention_days)
    config = parts.config(settings.config_table)
    alerts = parts.alerts(settings.config_table, settings.cases_table)
    sender = AwsAlertSender(
        secrets=AlertSecrets(client("secretsmanager"), settings.secrets_prefix), sns=client("sns"),
        topic_prefix=settings.alert_topic_prefix, console=settings.console_address, clock=parts.CLOCK,
    )  # fmt: skip
    return SweepOutboxes(
        posts=parts.posts(settings.posts_table),
        cases=store,
        bus=parts.bus(settings.bus_name),
        saver=parts.case_saver(store, settings.bus_name, settings.review_queue_prefix),
        clock=parts.CLOCK,
        metrics=parts.METRICS,
        pending_for=timedelta(seconds=settings.sweep_age_seconds),
        watch=WatchUrgent(cases=store, config=config, clock=parts.CLOCK, metrics=parts.METRICS),
        tell=TellTeams(
            store=alerts,
            sender=sender,
            cases=store,
            config=config,
            referrals=parts.referrals(settings.referrals_table, ""),  # packages it never reads
            clock=parts.CLOCK,
            metrics=parts.METRICS,
        ),
    )
