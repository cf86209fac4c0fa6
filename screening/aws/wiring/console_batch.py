"""The composition of the console's pages on which alike cases are decided together."""

from __future__ import annotations

from functools import cache

from screening.aws.wiring import console, parts
from screening.workflows.batch_decisions import DecideBatch, PrepareBatch
from screening.workflows.ledger_chain import ShownTo


@cache
def prepare_batch() -> PrepareBatch:
    settings = console.settings()
    return PrepareBatch(
        cases=console.cases(), archive=parts.archive(settings.archive_bucket), work=console.work(),
        links=parts.link_store(settings.links_table), clock=parts.CLOCK, record_view=console.record_view(),
        shown=ShownTo(store=console.ledger()),
    )  # fmt: skip


@cache
def decide_batch() -> DecideBatch:
    return DecideBatch(cases=console.cases(), decide=console.decide_case(), clock=parts.CLOCK, metrics=parts.METRICS)
