"""The composition of `refer`."""

from __future__ import annotations

from functools import cache

from screening.aws.clients import client
from screening.aws.config_store import SecretsManagerSecrets
from screening.aws.notices import HttpPlatformNotices
from screening.aws.queues import SqsPartnerQueue
from screening.aws.settings import ReferSettings
from screening.aws.wiring import parts, sealing
from screening.workflows.known_contacts import KnownContacts
from screening.workflows.refer import CarryOutDecisions


@cache
def carry_out_decisions() -> CarryOutDecisions:
    settings = ReferSettings()  # filled from the environment
    store = parts.cases(settings.cases_table, settings.ledger_table, settings.case_retention_days)
    secrets = SecretsManagerSecrets(client("secretsmanager"), settings.secrets_prefix)
    return CarryOutDecisions(
        cases=store,
        archive=parts.archive(settings.archive_bucket),
        sealer=sealing.sealer(settings.sealing_key),
        referrals=parts.referrals(settings.referrals_table, settings.referrals_bucket),
        partner_queue=SqsPartnerQueue(client("sqs"), settings.partner_queue_prefix),
        platform_notices=HttpPlatformNotices(secrets, parts.CLOCK),
        config=parts.config(settings.config_table),
        saver=parts.case_saver(store, settings.bus_name, settings.review_queue_prefix),
        clock=parts.CLOCK,
        metrics=parts.METRICS,
        known=KnownContacts(links=parts.link_store(settings.links_table), posts=parts.posts(settings.posts_table)),
    )
