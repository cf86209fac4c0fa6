"""The composition of `console`."""

from __future__ import annotations

from functools import cache

from screening.aws.case_store import DynamoDbCaseStore
from screening.aws.clients import client, unsigned_client
from screening.aws.config_store import DynamoDbConfigStore, read_secret
from screening.aws.settings import ConsoleSettings
from screening.aws.sign_in import CognitoSignIn, FormTokens, TokenVerifier
from screening.aws.wiring import parts, sealing
from screening.workflows.case_reading import ListCases, ReadCase
from screening.workflows.case_saving import CaseSaver
from screening.workflows.decide import DecideCase
from screening.workflows.fetch_package import RecallReferral


@cache
def settings() -> ConsoleSettings:
    return ConsoleSettings()  # filled from the environment


@cache
def sign_in() -> CognitoSignIn:
    return CognitoSignIn(unsigned_client("cognito-idp"), settings().user_pool_client)


@cache
def verify_token() -> TokenVerifier:
    return TokenVerifier(
        issuer=settings().token_issuer, key_set_url=settings().key_set_url, audience=settings().user_pool_client
    )


@cache
def form_tokens() -> FormTokens:
    return FormTokens(str(read_secret(client("secretsmanager"), settings().session_secret)["key"]).encode())


@cache
def list_cases() -> ListCases:
    return ListCases(cases=cases())


@cache
def read_case() -> ReadCase:
    return ReadCase(
        cases=cases(), archive=parts.archive(settings().archive_bucket), sealer=sealing.sealer(settings().sealing_key)
    )


@cache
def decide_case() -> DecideCase:
    return DecideCase(
        cases=cases(),
        archive=parts.archive(settings().archive_bucket),
        config=config(),
        saver=case_saver(),
        clock=parts.CLOCK,
        metrics=parts.METRICS,
    )


@cache
def recall_referral() -> RecallReferral:
    return RecallReferral(
        referrals=parts.referrals(settings().referrals_table, settings().referrals_bucket),
        cases=cases(),
        saver=case_saver(),
        clock=parts.CLOCK,
        metrics=parts.METRICS,
    )


@cache
def config() -> DynamoDbConfigStore:
    return parts.config(settings().config_table)


@cache
def cases() -> DynamoDbCaseStore:
    return parts.cases(settings().cases_table, settings().ledger_table, settings().case_retention_days)


@cache
def case_saver() -> CaseSaver:
    return parts.case_saver(cases(), settings().bus_name, settings().review_queue_prefix)
