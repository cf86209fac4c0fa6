"""The nightly root of the ledger, and forgetting the payloads of cases that are gone."""

from __future__ import annotations

import json
from datetime import timedelta

from screening.cases.ledger import canonical_json, case_of
from screening.cases.ledger_root import LedgerRoot, UnreadHead, next_root
from screening.errors import NotFoundError
from screening.ports import CaseStore, Clock, EvidenceStore, LedgerStore, Metrics
from screening.workflows.batch import Remaining, no_hurry

ROOTS = "ledger-roots/"
KEPT_FOR = timedelta(days=3_653)
"""Ten years: longer than any claim about a decision is likely to run (BGB section 199 (3)); a root holds no personal data."""
LEGAL_BASIS = (
    "GDPR art. 5(2) and 32: proof that the record of decisions and disclosures wasn't changed; no personal data"
)
MARGIN = timedelta(days=1)
"""Clocks that are off by less can't hide a chain from the root that is to list it."""
SECONDS_KEPT_BACK = 20.0


def root_key(number: int) -> str:
    return f"{ROOTS}{number:08d}.json"


def read_root(evidence: EvidenceStore, number: int) -> LedgerRoot:
    """A root as it lies under lock. Raises NotFoundError, PermanentError, TransientError."""
    return LedgerRoot.read(json.loads(evidence.read(root_key(number)).body))


class WriteLedgerRoot:
    """Writes the next root: first under lock, then its summary into the table."""

    def __init__(self, *, ledger: LedgerStore, evidence: EvidenceStore, clock: Clock, metrics: Metrics) -> None:
        self._ledger = ledger
        self._evidence = evidence
        self._clock = clock
        self._metrics = metrics

    def __call__(self) -> LedgerRoot:
        """A chain whose head can't be read is left out of it by name, counted and alarmed: the others get their root.

        Raises TransientError, PermanentError where the last root can't be read, and ConflictError where another run wrote the
        root of that number.
        """
        last = self._adopted(self._ledger.last_root())
        now = self._clock.now()
        since = last.at - MARGIN if last else now
        root = next_root(last, self._ledger.heads(), at=now, moved_since=since)
        self._evidence.keep(
            root_key(root.number), canonical_json(root.to_dict()), retain_until=now + KEPT_FOR, legal_basis=LEGAL_BASIS
        )
        self._ledger.put_root(root)
        self._metrics.count("LedgerRoots")
        self._metrics.count("LedgerChains", root.chains)
        if root.unread:
            self._metrics.count("LedgerChainsUnread", len(root.unread))
        return root

    def _adopted(self, last: LedgerRoot | None) -> LedgerRoot | None:
        """A run that died between the two leaves a root that is locked, and that the table doesn't know yet."""
        try:
            locked = read_root(self._evidence, last.number + 1 if last else 0)
        except NotFoundError:
            return last
        self._ledger.put_root(locked)
        return locked


class ForgetLedgerPayloads:
    """Erases the payloads of chains whose case is gone by its retention. The chains stay whole."""

    def __init__(
        self, *, ledger: LedgerStore, cases: CaseStore, clock: Clock, metrics: Metrics, quiet_for: timedelta
    ) -> None:
        """A chain that went on within `quiet_for` isn't looked at: no case is gone so soon after its last entry."""
        self._ledger = ledger
        self._cases = cases
        self._clock = clock
        self._metrics = metrics
        self._quiet_for = quiet_for

    def __call__(self, *, remaining: Remaining = no_hurry) -> int:
        """How many chains were forgotten; the next night goes on where time ran out. Raises TransientError."""
        before = self._clock.now() - self._quiet_for
        forgotten = 0
        for head in self._ledger.heads():
            if remaining() < SECONDS_KEPT_BACK:
                self._metrics.count("LedgerForgettingCutShort")
                break
            if isinstance(head, UnreadHead):
                continue  # the root tells of it; what nobody can date isn't forgotten
            case = case_of(head.chain)
            if head.forgotten or head.at > before or case is None or self._cases.read(case) is not None:
                continue
            for entry in self._ledger.stored_entries(head.chain):
                kept = entry["payload"] is not None or entry["salt"] is not None
                if kept and entry["index"] is not None:  # None: slipped in under a key that is no place in a chain
                    self._ledger.erase_payload(head.chain, entry["index"])
            self._ledger.mark_forgotten(head)
            forgotten += 1
        self._metrics.count("LedgerChainsForgotten", forgotten)
        return forgotten
