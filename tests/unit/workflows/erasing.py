"""A world with its ledger, evidence and erasure: what the tests of these share."""

from __future__ import annotations

from datetime import timedelta

from screening.workflows.daily import DailyTask, RunDaily
from screening.workflows.erase import ErasePost
from screening.workflows.erasure_proof import ErasureProof, ErasureRequest
from screening.workflows.evidence import HoldCase, KeepEvidence
from screening.workflows.ledger_chain import AppendToChain, RecordView
from screening.workflows.ledger_check import ExportLedger, LedgerReport, verify_export
from screening.workflows.ledger_root import ForgetLedgerPayloads, WriteLedgerRoot
from screening.workflows.retention import Retention
from tests.fakes.ledger_stores import FakeLedgerStore
from tests.fakes.world import World

DAY_OF_CASES = Retention().cases_after_decision


class Vault:
    """What stands around a `World`'s ledger. Use cases are made anew by each property."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ledger = FakeLedgerStore(world.faults, world.cases)
        self.evidence = world.evidence
        self.erasures = world.erasures

    @property
    def append(self) -> AppendToChain:
        return AppendToChain(store=self.ledger, clock=self.world.clock, ids=self.world.ids)

    @property
    def view(self) -> RecordView:
        return RecordView(store=self.ledger, append=self.append, clock=self.world.clock)

    @property
    def keep(self) -> KeepEvidence:
        return KeepEvidence(archive=self.world.archive, evidence=self.evidence, clock=self.world.clock)

    @property
    def holds(self) -> HoldCase:
        return HoldCase(cases=self.world.cases, keep=self.keep, saver=self.world.saver)

    @property
    def write_root(self) -> WriteLedgerRoot:
        return WriteLedgerRoot(
            ledger=self.ledger, evidence=self.evidence, clock=self.world.clock, metrics=self.world.metrics
        )

    @property
    def forget(self) -> ForgetLedgerPayloads:
        return ForgetLedgerPayloads(
            ledger=self.ledger, cases=self.world.cases, clock=self.world.clock, metrics=self.world.metrics,
            quiet_for=timedelta(days=DAY_OF_CASES),
        )  # fmt: skip

    @property
    def export(self) -> ExportLedger:
        return ExportLedger(ledger=self.ledger, evidence=self.evidence, clock=self.world.clock)

    def verify(self, *cases: str) -> LedgerReport:
        return verify_export(self.export(cases))

    def erase(self, post_id: str = "1", *, platform: str = "alpha", with_reports: bool = False, dry_run: bool = False) -> ErasureProof:  # fmt: skip
        world = self.world
        erase = ErasePost(
            posts=world.posts, erasures=self.erasures, archive=world.archive, cases=world.cases, ledger=self.ledger,
            referrals=world.referrals, evidence=self.evidence, links=world.link_posts, saver=world.saver,
            append=self.append, clock=world.clock,
        )  # fmt: skip
        request = ErasureRequest(
            platform=platform, post_id=post_id, reason="request of 3 May", by="operator:olga", with_reports=with_reports
        )
        return erase(request, dry_run=dry_run)

    def daily(self, *tasks: DailyTask) -> RunDaily:
        return RunDaily(tasks, metrics=self.world.metrics)
