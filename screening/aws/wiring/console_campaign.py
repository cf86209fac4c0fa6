"""The composition of the console's campaign page."""

from __future__ import annotations

from functools import cache

from screening.aws.ledger_store import DynamoDbLedgerStore
from screening.aws.wiring import console, parts
from screening.workflows.case_campaign import ReadCaseCampaign
from screening.workflows.ledger_chain import AppendToChain, RecordView


@cache
def read_campaign() -> ReadCaseCampaign:
    ledger = DynamoDbLedgerStore(parts.table(console.settings().ledger_table))
    return ReadCaseCampaign(
        cases=console.cases(), archive=parts.archive(console.settings().archive_bucket), work=console.work(),
        clock=parts.CLOCK,
        record_view=RecordView(
            store=ledger, append=AppendToChain(store=ledger, clock=parts.CLOCK, ids=parts.IDS), clock=parts.CLOCK
        ),
    )  # fmt: skip
