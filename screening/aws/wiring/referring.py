"""What issues referrals: `refer` after a decision, `daily` where a partner left one lying."""

from __future__ import annotations

from screening.aws.case_store import DynamoDbCaseStore
from screening.aws.clients import client
from screening.aws.evidence_store import S3EvidenceStore
from screening.aws.queues import SqsPartnerQueue
from screening.aws.settings import Referring
from screening.aws.wiring import parts, sealing
from screening.workflows.case_saving import CaseSaver
from screening.workflows.evidence import KeepEvidence
from screening.workflows.issue_referral import IssueReferral


def issue_referral(settings: Referring, cases: DynamoDbCaseStore, saver: CaseSaver) -> IssueReferral:
    archive = parts.archive(settings.archive_bucket)
    evidence = S3EvidenceStore(client("s3"), settings.evidence_bucket)
    return IssueReferral(
        cases=cases, archive=archive, sealer=sealing.sealer(settings.sealing_key),
        referrals=parts.referrals(settings.referrals_table, settings.referrals_bucket),
        keep=KeepEvidence(archive=archive, evidence=evidence, clock=parts.CLOCK),
        partner_queue=SqsPartnerQueue(client("sqs"), settings.partner_queue_prefix),
        config=parts.config(settings.config_table), saver=saver, clock=parts.CLOCK, ids=parts.IDS,
        metrics=parts.METRICS,
    )  # fmt: skip
