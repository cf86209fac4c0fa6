"""The composition of `api`: the use cases behind the signed routes of platforms and partners."""

from __future__ import annotations

from functools import cache

from screening.aws.case_store import DynamoDbCaseStore
from screening.aws.clients import client
from screening.aws.config_store import DynamoDbConfigStore, SecretsManagerSecrets
from screening.aws.queues import SqsPostQueue
from screening.aws.record_stores import AwsReferralStore, DynamoDbReportStore
from screening.aws.sealer import KmsSealer
from screening.aws.settings import ApiSettings
from screening.aws.wiring import parts, sealing
from screening.workflows.appeal import ReceiveAppeal
from screening.workflows.campaign_answers import ReadCampaign
from screening.workflows.case_saving import CaseSaver
from screening.workflows.fetch_package import AcknowledgePackage, FetchPackage, PartnerGate
from screening.workflows.notice_results import TakeNoticeResults
from screening.workflows.outcomes import TakeOpinion
from screening.workflows.platform_answers import ListRejected, ReadAssessment
from screening.workflows.receive import PlatformGate, ReceivePosts, WithdrawPost


@cache
def settings() -> ApiSettings:
    return ApiSettings()  # filled from the environment


@cache
def receive_posts() -> ReceivePosts:
    return ReceivePosts(
        gate=platform_gate(),
        sealer=sealer(),
        queue=post_queue(),
        posts=parts.posts(settings().posts_table),
        clock=parts.CLOCK,
        metrics=parts.METRICS,
    )


@cache
def withdraw_post() -> WithdrawPost:
    return WithdrawPost(gate=platform_gate(), sealer=sealer(), queue=post_queue(), metrics=parts.METRICS)


@cache
def read_assessment() -> ReadAssessment:
    return ReadAssessment(
        gate=platform_gate(),
        posts=parts.posts(settings().posts_table),
        archive=parts.archive(settings().archive_bucket),
    )


@cache
def read_campaign() -> ReadCampaign:
    return ReadCampaign(gate=platform_gate(), links=parts.link_store(settings().links_table))


@cache
def list_rejected() -> ListRejected:
    return ListRejected(gate=platform_gate(), posts=parts.posts(settings().posts_table), clock=parts.CLOCK)


@cache
def fetch_package() -> FetchPackage:
    return FetchPackage(
        gate=partner_gate(), referrals=referrals(), cases=cases(), saver=case_saver(), sealer=sealer(),
        secrets=secrets(), clock=parts.CLOCK, metrics=parts.METRICS,
    )  # fmt: skip


@cache
def take_opinion() -> TakeOpinion:
    return TakeOpinion(
        gate=partner_gate(), referrals=referrals(), cases=cases(), saver=case_saver(), clock=parts.CLOCK,
        metrics=parts.METRICS,
    )  # fmt: skip


@cache
def receive_appeal() -> ReceiveAppeal:
    return ReceiveAppeal(
        gate=platform_gate(), cases=cases(), reports=DynamoDbReportStore(parts.table(settings().reports_table)),
        sealer=sealer(), bus=parts.bus(settings().bus_name), clock=parts.CLOCK, metrics=parts.METRICS,
    )  # fmt: skip


@cache
def take_notice_results() -> TakeNoticeResults:
    return TakeNoticeResults(
        gate=platform_gate(), cases=cases(), saver=case_saver(), clock=parts.CLOCK, metrics=parts.METRICS
    )


@cache
def acknowledge_package() -> AcknowledgePackage:
    return AcknowledgePackage(
        gate=partner_gate(), referrals=referrals(), cases=cases(), saver=case_saver(), clock=parts.CLOCK,
        metrics=parts.METRICS,
    )  # fmt: skip


@cache
def partner_gate() -> PartnerGate:
    return PartnerGate(config=config(), secrets=secrets(), clock=parts.CLOCK)


@cache
def referrals() -> AwsReferralStore:
    return parts.referrals(settings().referrals_table, settings().referrals_bucket)


@cache
def cases() -> DynamoDbCaseStore:
    return parts.cases(settings().cases_table, settings().ledger_table, settings().case_retention_days)


@cache
def case_saver() -> CaseSaver:
    return parts.case_saver(cases(), settings().bus_name, settings().review_queue_prefix)


@cache
def platform_gate() -> PlatformGate:
    return PlatformGate(config=config(), secrets=secrets(), clock=parts.CLOCK)


@cache
def config() -> DynamoDbConfigStore:
    return parts.config(settings().config_table)


@cache
def secrets() -> SecretsManagerSecrets:
    return SecretsManagerSecrets(client("secretsmanager"), settings().secrets_prefix)


@cache
def sealer() -> KmsSealer:
    return sealing.sealer(settings().sealing_key)


@cache
def post_queue() -> SqsPostQueue:
    return SqsPostQueue(client("sqs"), settings().posts_queue)
