"""The composition of `public`: reports and safety notices, without access to cases or contacts."""

from __future__ import annotations

from functools import cache

from screening.aws.record_stores import DynamoDbReportStore
from screening.aws.settings import PublicSettings
from screening.aws.wiring import parts, sealing
from screening.aws.wiring.senders import sender_mark
from screening.reference.help_lines import help_line
from screening.workflows.complaint import ReceiveComplaint
from screening.workflows.notifier_answers import AskAboutReport
from screening.workflows.report import ReceiveReport
from screening.workflows.safety_notice import ReadSafetyNotice


@cache
def settings() -> PublicSettings:
    return PublicSettings()  # filled from the environment


@cache
def reports() -> DynamoDbReportStore:
    return DynamoDbReportStore(parts.table(settings().reports_table))


@cache
def receive_report() -> ReceiveReport:
    return ReceiveReport(
        reports=reports(),
        sealer=sealing.sealer(settings().sealing_key),
        bus=parts.bus(settings().bus_name),
        clock=parts.CLOCK,
        ids=parts.IDS,
        metrics=parts.METRICS,
        mark=sender_mark(settings().senders_secret),
    )


@cache
def ask_about_report() -> AskAboutReport:
    return AskAboutReport(reports=reports(), clock=parts.CLOCK, metrics=parts.METRICS)


@cache
def receive_complaint() -> ReceiveComplaint:
    return ReceiveComplaint(
        reports=reports(),
        sealer=sealing.sealer(settings().sealing_key),
        bus=parts.bus(settings().bus_name),
        clock=parts.CLOCK,
        metrics=parts.METRICS,
    )


@cache
def read_safety_notice() -> ReadSafetyNotice:
    return ReadSafetyNotice(
        posts=parts.posts(settings().posts_table), confirmed_line=confirmed_line, metrics=parts.METRICS
    )


def confirmed_line(country: str | None, _language: str) -> str | None:
    line = help_line(country, parts.CLOCK.now().date())
    return line.number if line.confirmed else None
