"""A deployed stack's ledger as its operator reaches it: export, erasure, legal holds, known cases."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from screening.aws.archive import S3Archive
from screening.aws.bus import EventBridgeBus
from screening.aws.case_store import DynamoDbCaseStore
from screening.aws.dynamo import Table
from screening.aws.erasure_store import AwsErasureStore
from screening.aws.evidence_store import S3EvidenceStore
from screening.aws.ledger_store import DynamoDbLedgerStore
from screening.aws.link_store import DynamoDbLinkStore
from screening.aws.post_store import DynamoDbPostStore
from screening.aws.queues import SqsReviewQueue
from screening.aws.record_stores import AwsReferralStore
from screening.aws.system import RandomIds, SystemClock
from screening.ports import Metrics
from screening.workflows.case_saving import CaseSaver
from screening.workflows.erase import ErasePost
from screening.workflows.evidence import HoldCase, KeepEvidence
from screening.workflows.golden_cases import OperateGoldenCases
from screening.workflows.ledger_chain import AppendToChain
from screening.workflows.ledger_check import ExportLedger
from screening.workflows.linking import LinkPosts, LinkSettings


class LedgerOperations:
    """`outputs` are those of the stack; `client` makes clients with the operator's own credentials."""

    def __init__(self, client: Callable[[str], Any], outputs: dict[str, str], *, metrics: Metrics) -> None:
        self._client = client
        self._outputs = outputs
        self._metrics = metrics
        self._clock = SystemClock()

    @cached_property
    def export(self) -> ExportLedger:
        return ExportLedger(ledger=self._ledger, evidence=self._evidence, clock=self._clock)

    @cached_property
    def erase(self) -> ErasePost:
        links = DynamoDbLinkStore(self._table("Links"), self._clock)
        referrals = self._outputs["ReferralsBucketName"]
        return ErasePost(
            posts=DynamoDbPostStore(self._table("Posts"), self._clock),
            erasures=AwsErasureStore(
                self._table("Posts"), self._clock, self._s3, archive_bucket=self._outputs["ArchiveBucketName"],
                referrals_bucket=referrals, reports=self._table("Reports"),
            ),
            archive=self._archive,
            cases=self._cases,
            ledger=self._ledger,
            referrals=AwsReferralStore(self._table("Referrals"), self._s3, referrals),
            evidence=self._evidence,
            links=LinkPosts(store=links, clock=self._clock, metrics=self._metrics, settings=LinkSettings()),
            saver=self._saver,
            append=AppendToChain(store=self._ledger, clock=self._clock, ids=RandomIds()),
            clock=self._clock,
        )  # fmt: skip

    @cached_property
    def holds(self) -> HoldCase:
        keep = KeepEvidence(archive=self._archive, evidence=self._evidence, clock=self._clock)
        return HoldCase(cases=self._cases, keep=keep, saver=self._saver)

    @cached_property
    def golden(self) -> OperateGoldenCases:
        return OperateGoldenCases(cases=self._cases, saver=self._saver)

    def archive_size(self, platform: str) -> int:
        """Packed bytes of a platform's archive."""
        prefixes = [f"text/{kept}/platform={platform}/" for kept in ("brief", "kept")]
        return sum(item.size for prefix in prefixes for item in self._archive.list_objects(prefix))

    @cached_property
    def _s3(self) -> Any:
        return self._client("s3")

    @cached_property
    def _archive(self) -> S3Archive:
        return S3Archive(self._s3, self._outputs["ArchiveBucketName"])

    @cached_property
    def _evidence(self) -> S3EvidenceStore:
        return S3EvidenceStore(self._s3, self._outputs["EvidenceBucketName"])

    @cached_property
    def _ledger(self) -> DynamoDbLedgerStore:
        return DynamoDbLedgerStore(self._table("Ledger"))

    @cached_property
    def _cases(self) -> DynamoDbCaseStore:
        days = int(self._outputs["CaseRetentionDays"])
        return DynamoDbCaseStore(self._table("Cases"), self._table("Ledger"), retention_days=days)

    @cached_property
    def _saver(self) -> CaseSaver:
        prefix = self._outputs["SecretsPrefix"]  # the stack's name
        return CaseSaver(
            cases=self._cases, bus=EventBridgeBus(self._client("events"), self._outputs["BusName"]),
            review_queue=SqsReviewQueue(self._client("sqs"), f"{prefix}-review-"), clock=self._clock, ids=RandomIds(),
            metrics=self._metrics,
        )  # fmt: skip

    def _table(self, name: str) -> Table:
        return Table(self._client("dynamodb"), self._outputs[f"{name}TableName"])
