"""The composition of `daily`: its tasks, in the order in which they run."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from screening.aws.clients import client
from screening.aws.evidence_store import S3EvidenceStore
from screening.aws.ledger_store import DynamoDbLedgerStore
from screening.aws.rewritten_objects import S3RewrittenObjects
from screening.aws.settings import DailySettings
from screening.aws.wiring import parts
from screening.aws.wiring.referring import issue_referral
from screening.workflows.archive_erasure import DeleteRewritten
from screening.workflows.daily import DailyTask, RunDaily
from screening.workflows.ledger_root import ForgetLedgerPayloads, WriteLedgerRoot
from screening.workflows.rule_alarms import WatchJudgement
from screening.workflows.silent_partners import RerouteSilent


@cache
def run_daily() -> RunDaily:
    settings = DailySettings()  # filled from the environment
    ledger = DynamoDbLedgerStore(parts.table(settings.ledger_table))
    # Roots hold no personal data: nobody at all may shorten their lock.
    roots = S3EvidenceStore(client("s3"), settings.evidence_bucket, mode="COMPLIANCE")
    cases = parts.cases(settings.cases_table, settings.ledger_table, settings.case_retention_days)
    saver = parts.case_saver(cases, settings.bus_name, settings.review_queue_prefix)
    reroute = RerouteSilent(
        referrals=parts.referrals(settings.referrals_table, settings.referrals_bucket), cases=cases,
        config=parts.config(settings.config_table), issue=issue_referral(settings, cases, saver), clock=parts.CLOCK,
        metrics=parts.METRICS,
    )  # fmt: skip
    write_root = WriteLedgerRoot(ledger=ledger, evidence=roots, clock=parts.CLOCK, metrics=parts.METRICS)
    forget = ForgetLedgerPayloads(
        ledger=ledger,
        cases=cases,
        clock=parts.CLOCK,
        metrics=parts.METRICS,
        quiet_for=timedelta(days=settings.case_retention_days),
    )
    delete_rewritten = DeleteRewritten(
        rewritten=S3RewrittenObjects(client("s3"), settings.archive_bucket), clock=parts.CLOCK, metrics=parts.METRICS
    )
    tasks = [
        DailyTask("silent_partners", reroute),
        DailyTask(
            "judgement",
            WatchJudgement(
                cases=cases,
                config=parts.config(settings.config_table),
                clock=parts.CLOCK,
                metrics=parts.METRICS,
                note=parts.alerts(settings.config_table, settings.cases_table).note_rules,
            ),
        ),
        DailyTask("ledger_root", lambda _remaining: write_root().chains),
        DailyTask("ledger_payloads", lambda remaining: forget(remaining=remaining)),
        DailyTask("rewritten_objects", lambda _remaining: delete_rewritten()),
    ]
    return RunDaily(tasks, metrics=parts.METRICS)
