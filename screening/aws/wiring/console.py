"""The composition of `console`."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from screening.aws.case_store import DynamoDbCaseStore
from screening.aws.clients import client, regional_client
from screening.aws.config_store import DynamoDbConfigStore, read_secret
from screening.aws.directory import CognitoDirectory
from screening.aws.hosted_sign_in import HostedSignIn
from screening.aws.ledger_store import DynamoDbLedgerStore
from screening.aws.record_stores import DynamoDbReportStore
from screening.aws.settings import ConsoleSettings
from screening.aws.sign_in import FormTokens, TokenVerifier
from screening.aws.translation import AmazonTranslator, DynamoDbTranslationBudget
from screening.aws.wiring import parts, sealing
from screening.aws.wiring.posters import poster_key
from screening.aws.work_store import DynamoDbWorkStore
from screening.cases.quality.expected_hits import read_figures
from screening.workflows.assign import AssignCase
from screening.workflows.case_excerpts import ReadExcerpts
from screening.workflows.case_lists import ListCases
from screening.workflows.case_queue import PutAside, TakeNext
from screening.workflows.case_reading import ReadCase
from screening.workflows.case_saving import CaseSaver
from screening.workflows.comments import AnswerByTaking, CommentOnCase
from screening.workflows.decide import DecideCase
from screening.workflows.fetch_package import RecallReferral
from screening.workflows.find_cases import FindCases
from screening.workflows.golden_cases import KeepGoldenCases
from screening.workflows.golden_draw import GoldenCases
from screening.workflows.golden_quality import ReadQuality
from screening.workflows.hold_statement import HoldStatement
from screening.workflows.ledger_chain import AppendToChain, RecordView, ShownTo
from screening.workflows.measured_cases import ListMeasuredCases
from screening.workflows.measures import ListReferrals, ReadMeasures
from screening.workflows.next_case import GoOn
from screening.workflows.outcomes import TellOutcome
from screening.workflows.saved_filters import KeepFilters
from screening.workflows.snooze import SnoozeRule
from screening.workflows.take_back import TakeBack
from screening.workflows.translate_case import TranslateCase


@cache
def settings() -> ConsoleSettings:
    return ConsoleSettings()  # filled from the environment


@cache
def hosted_sign_in() -> HostedSignIn:
    return HostedSignIn(
        hosted=settings().hosted_address, console=settings().console_address, client_id=settings().user_pool_client,
        key=session_key(), verify=verify_token(), clock=parts.CLOCK,
    )  # fmt: skip


@cache
def verify_token() -> TokenVerifier:
    return TokenVerifier(
        issuer=settings().token_issuer, key_set_url=settings().key_set_url, audience=settings().user_pool_client
    )


@cache
def form_tokens() -> FormTokens:
    return FormTokens(session_key())


@cache
def session_key() -> bytes:
    return str(read_secret(client("secretsmanager"), settings().session_secret)["key"]).encode()


@cache
def list_cases() -> ListCases:
    return ListCases(cases=cases(), work=work(), config=config(), clock=parts.CLOCK, golden=golden())


@cache
def saved_filters() -> KeepFilters:
    return KeepFilters(work=work(), clock=parts.CLOCK)


@cache
def find_cases() -> FindCases:
    return FindCases(
        cases=cases(),
        config=config(),
        links=parts.link_store(settings().links_table),
        clock=parts.CLOCK,
        golden=golden(),
    )


@cache
def read_excerpts() -> ReadExcerpts:
    return ReadExcerpts(
        archive=parts.archive(settings().archive_bucket), record_view=record_view(), clock=parts.CLOCK,
        metrics=parts.METRICS,
    )  # fmt: skip


@cache
def record_view() -> RecordView:
    ledger = DynamoDbLedgerStore(parts.table(settings().ledger_table))
    return RecordView(
        store=ledger, append=AppendToChain(store=ledger, clock=parts.CLOCK, ids=parts.IDS), clock=parts.CLOCK
    )


@cache
def translate_case() -> TranslateCase:
    region = settings().translate_region
    append = AppendToChain(store=ledger(), clock=parts.CLOCK, ids=parts.IDS)
    return TranslateCase(
        read=read_case(), translator=AmazonTranslator(regional_client("translate", region), region) if region else None,
        budget=DynamoDbTranslationBudget(parts.table(settings().cases_table)), config=config(), clock=parts.CLOCK,
        metrics=parts.METRICS,
        record_view=RecordView(store=ledger(), append=append, clock=parts.CLOCK, same=timedelta(0)),
    )  # fmt: skip


@cache
def take_next() -> TakeNext:
    return TakeNext(
        cases=cases(), work=work(), clock=parts.CLOCK, ids=parts.IDS, golden=golden(),
        answer=AnswerByTaking(cases=cases(), saver=case_saver()),
    )  # fmt: skip


@cache
def comment_on_case() -> CommentOnCase:
    return CommentOnCase(
        cases=cases(), work=work(), saver=case_saver(), clock=parts.CLOCK, metrics=parts.METRICS
    )  # fmt: skip


@cache
def assign_case() -> AssignCase:
    return AssignCase(
        cases=cases(), work=work(), directory=directory(), saver=case_saver(), clock=parts.CLOCK, metrics=parts.METRICS
    )  # fmt: skip


@cache
def directory() -> CognitoDirectory:
    return CognitoDirectory(client("cognito-idp"), settings().user_pool)


@cache
def golden() -> GoldenCases:
    return GoldenCases(
        cases=cases(), archive=parts.archive(settings().archive_bucket), config=config(), saver=case_saver(),
        shown=ShownTo(store=ledger()), clock=parts.CLOCK, metrics=parts.METRICS,
    )  # fmt: skip


@cache
def keep_golden() -> KeepGoldenCases:
    return KeepGoldenCases(cases=cases(), saver=case_saver(), clock=parts.CLOCK)


@cache
def read_quality() -> ReadQuality:
    return ReadQuality(cases=cases(), config=config(), clock=parts.CLOCK)


@cache
def go_on() -> GoOn:
    return GoOn(cases=cases(), work=work(), take_next=take_next(), clock=parts.CLOCK)


@cache
def put_aside() -> PutAside:
    return PutAside(cases=cases(), work=work(), clock=parts.CLOCK)


@cache
def read_case() -> ReadCase:
    return ReadCase(
        cases=cases(), archive=parts.archive(settings().archive_bucket), sealer=sealing.sealer(settings().sealing_key),
        work=work(), config=config(), reports=reports(),
        clock=parts.CLOCK,
        record_view=RecordView(
            store=ledger(), append=AppendToChain(store=ledger(), clock=parts.CLOCK, ids=parts.IDS), clock=parts.CLOCK
        ),
    )  # fmt: skip


@cache
def decide_case() -> DecideCase:
    return DecideCase(
        cases=cases(), archive=parts.archive(settings().archive_bucket), config=config(), saver=case_saver(),
        clock=parts.CLOCK, metrics=parts.METRICS, work=work(), reports=reports(),
        shown=ShownTo(store=ledger()),
    )  # fmt: skip


@cache
def take_back() -> TakeBack:
    return TakeBack(cases=cases(), saver=case_saver(), clock=parts.CLOCK, metrics=parts.METRICS)


@cache
def snooze_rule() -> SnoozeRule:
    return SnoozeRule(
        cases=cases(), archive=parts.archive(settings().archive_bucket), saver=case_saver(), clock=parts.CLOCK,
        metrics=parts.METRICS, poster_key=poster_key(settings().fingerprint_secret),
    )  # fmt: skip


@cache
def tell_outcome() -> TellOutcome:
    return TellOutcome(cases=cases(), saver=case_saver(), clock=parts.CLOCK, metrics=parts.METRICS)


@cache
def read_measures() -> ReadMeasures:
    return ReadMeasures(cases=cases(), clock=parts.CLOCK, figures=read_figures())


@cache
def list_measured() -> ListMeasuredCases:
    return ListMeasuredCases(cases=cases(), clock=parts.CLOCK)


@cache
def list_referrals() -> ListReferrals:
    return ListReferrals(
        cases=cases(), referrals=parts.referrals(settings().referrals_table, settings().referrals_bucket),
        clock=parts.CLOCK,
    )  # fmt: skip


@cache
def hold_statement() -> HoldStatement:
    return HoldStatement(cases=cases(), saver=case_saver(), clock=parts.CLOCK, metrics=parts.METRICS)


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
def ledger() -> DynamoDbLedgerStore:
    return DynamoDbLedgerStore(parts.table(settings().ledger_table))


@cache
def reports() -> DynamoDbReportStore:
    return DynamoDbReportStore(parts.table(settings().reports_table))


@cache
def work() -> DynamoDbWorkStore:
    return parts.work(settings().cases_table)


@cache
def config() -> DynamoDbConfigStore:
    return parts.config(settings().config_table)


@cache
def cases() -> DynamoDbCaseStore:
    return parts.cases(settings().cases_table, settings().ledger_table, settings().case_retention_days)


@cache
def case_saver() -> CaseSaver:
    return parts.case_saver(cases(), settings().bus_name, settings().review_queue_prefix)
