"""The adapters that several functions share, made once per process from their settings."""

from __future__ import annotations

from screening.aws.alert_store import DynamoDbAlertStore
from screening.aws.archive import S3Archive
from screening.aws.bus import EventBridgeBus
from screening.aws.case_store import DynamoDbCaseStore
from screening.aws.clients import client
from screening.aws.config_store import DynamoDbConfigStore
from screening.aws.dynamo import Table
from screening.aws.link_store import DynamoDbLinkStore
from screening.aws.metrics import EmfMetrics
from screening.aws.post_store import DynamoDbPostStore
from screening.aws.queues import SqsReviewQueue
from screening.aws.record_stores import AwsReferralStore
from screening.aws.system import RandomIds, SystemClock
from screening.aws.work_store import DynamoDbWorkStore
from screening.workflows.case_saving import CaseSaver
from screening.workflows.linking import LinkPosts, LinkSettings

CLOCK = SystemClock()
IDS = RandomIds()
METRICS = EmfMetrics()
"""One per process: the handler flushes it at the end of every invocation."""


def table(name: str) -> Table:
    return Table(client("dynamodb"), name)


def posts(name: str) -> DynamoDbPostStore:
    return DynamoDbPostStore(table(name), CLOCK)


def link_store(name: str) -> DynamoDbLinkStore:
    return DynamoDbLinkStore(table(name), CLOCK)


def links(name: str, membership_days: int) -> LinkPosts:
    return LinkPosts(
        store=link_store(name), clock=CLOCK, metrics=METRICS, settings=LinkSettings(membership_days=membership_days)
    )


def cases(cases_table: str, ledger_table: str, retention_days: int) -> DynamoDbCaseStore:
    return DynamoDbCaseStore(table(cases_table), table(ledger_table), retention_days=retention_days)


def config(name: str) -> DynamoDbConfigStore:
    return DynamoDbConfigStore(table(name))


def archive(bucket: str) -> S3Archive:
    return S3Archive(client("s3"), bucket)


def bus(name: str) -> EventBridgeBus:
    return EventBridgeBus(client("events"), name)


def case_saver(store: DynamoDbCaseStore, bus_name: str, review_queue_prefix: str) -> CaseSaver:
    return CaseSaver(
        cases=store, bus=bus(bus_name), review_queue=SqsReviewQueue(client("sqs"), review_queue_prefix),
        clock=CLOCK, ids=IDS, metrics=METRICS,
    )  # fmt: skip


def referrals(table_name: str, bucket: str) -> AwsReferralStore:
    return AwsReferralStore(table(table_name), client("s3"), bucket)


def alerts(config_table: str, cases_table: str) -> DynamoDbAlertStore:
    return DynamoDbAlertStore(table(config_table), table(cases_table))


def work(name: str) -> DynamoDbWorkStore:
    return DynamoDbWorkStore(table(name))
