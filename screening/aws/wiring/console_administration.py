"""The composition of the console's administration."""

from __future__ import annotations

from functools import cache

from screening.aws.administration import new_secret
from screening.aws.clients import client
from screening.aws.config_store import SecretsManagerSecrets
from screening.aws.settings_store import DynamoDbSettingsStore, SqsQueueNames
from screening.aws.wiring import parts
from screening.aws.wiring.console import ledger, settings
from screening.workflows.administer import Administer
from screening.workflows.change_settings import ChangeSettings


@cache
def administer() -> Administer:
    store = DynamoDbSettingsStore(parts.table(settings().config_table), parts.table(settings().ledger_table))
    secrets = SecretsManagerSecrets(client("secretsmanager"), settings().secrets_prefix)
    change = ChangeSettings(
        store=store, ledger=ledger(), secrets=secrets, clock=parts.CLOCK, ids=parts.IDS, new_secret=new_secret
    )
    return Administer(
        store=store, ledger=ledger(), change=change, queues=SqsQueueNames(client("sqs")), clock=parts.CLOCK, ids=parts.IDS,
        review_queue_prefix=settings().review_queue_prefix,
    )  # fmt: skip
