"""The composition of `refer`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from screening.aws.case_store import DynamoDbCaseStore
from screening.aws.clients import client
from screening.aws.config_store import SecretsManagerSecrets, read_secret
from screening.aws.notices import HttpPlatformNotices
from screening.aws.record_stores import DynamoDbReportStore
from screening.aws.settings import ReferSettings
from screening.aws.transparency_client import HttpTransparencyDatabase
from screening.aws.wiring import parts
from screening.aws.wiring.referring import issue_referral
from screening.workflows.case_saving import CaseSaver
from screening.workflows.known_contacts import KnownContacts
from screening.workflows.refer import CarryOutDecisions
from screening.workflows.tell_platform import TellPlatform


@cache
def settings() -> ReferSettings:
    return ReferSettings()  # filled from the environment


@cache
def cases() -> DynamoDbCaseStore:
    return parts.cases(settings().cases_table, settings().ledger_table, settings().case_retention_days)


@cache
def saver() -> CaseSaver:
    return parts.case_saver(cases(), settings().bus_name, settings().review_queue_prefix)


class PlatformRecords:
    """The `TransparencyDatabase` of the functions: every platform has its own token, as each is onboarded by itself."""

    def __init__(
        self, address: str, secrets_prefix: str, *,
        database: Callable[[str, Callable[[], str]], HttpTransparencyDatabase] = HttpTransparencyDatabase,
    ) -> None:  # fmt: skip
        self._address = address
        self._prefix = secrets_prefix
        self._database = database

    def send(self, platform: str, records: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
        name = f"{self._prefix}/transparency/{platform}"
        database = self._database(
            self._address, lambda: str(read_secret(client("secretsmanager"), name).get("token", ""))
        )
        told = database.send(records)
        return tuple(f"{fault.field}: {fault.reason}" for refused in told.refused for fault in refused.faults)


@cache
def carry_out_decisions() -> CarryOutDecisions:
    secrets = SecretsManagerSecrets(client("secretsmanager"), settings().secrets_prefix)
    config = parts.config(settings().config_table)
    reports = DynamoDbReportStore(parts.table(settings().reports_table))
    address = settings().transparency_address
    return CarryOutDecisions(
        cases=cases(), config=config, saver=saver(), issue=issue_referral(settings(), cases(), saver()),
        tell=TellPlatform(
            config=config, notices=HttpPlatformNotices(secrets, parts.CLOCK),
            archive=parts.archive(settings().archive_bucket), clock=parts.CLOCK, metrics=parts.METRICS,
            reports=reports,
            transparency=PlatformRecords(address, settings().secrets_prefix) if address else None,
        ),
        reports=reports, clock=parts.CLOCK, metrics=parts.METRICS,
        known=KnownContacts(links=parts.link_store(settings().links_table), posts=parts.posts(settings().posts_table)),
    )  # fmt: skip
