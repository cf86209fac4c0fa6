"""Verifying the ledger from its export, line by line: the same whether the lines come from the stack or from a file.

An export is JSON lines: a header, the locked roots (`root`), the roots as the table tells them (`table_root`), and then each
chain as its `head` and its `entry` lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from screening.cases.ledger import LedgerEntry, find_faults, views_of
from screening.cases.ledger_root import ChainHead, LedgerRoot, SeenByRoots, differing_roots, read_roots
from screening.errors import NotFoundError, PermanentError
from screening.fields import Fields, rfc3339
from screening.ports import Clock, EvidenceStore, LedgerStore
from screening.workflows.ledger_root import ROOTS

FORMAT = 1


class ExportLedger:
    """The lines of an export of the deployed ledger."""

    def __init__(self, *, ledger: LedgerStore, evidence: EvidenceStore, clock: Clock) -> None:
        self._ledger = ledger
        self._evidence = evidence
        self._clock = clock

    def __call__(self, cases: Sequence[str] = (), *, payloads: bool = True) -> Iterator[dict[str, Any]]:
        """Everything, or the chains of some cases with the roots.

        Raises:
            NotFoundError: a case without any entry.
            TransientError.
        """
        now = rfc3339(self._clock.now())
        yield {"ledger_export": FORMAT, "at": now, "partial": bool(cases), "payloads": payloads}
        for key in self._evidence.keys(ROOTS):
            yield {"root": json.loads(self._evidence.read(key).body)}
        yield from ({"table_root": root.summary()} for root in self._ledger.roots())
        for head in self._heads(cases):
            yield from self._chain(head, payloads)

    def expected_chains(self) -> int:
        """About how many chains a whole export has, for showing how far it is."""
        last = self._ledger.last_root()
        return last.chains if last else 0

    def _heads(self, cases: Sequence[str]) -> Iterator[ChainHead]:
        if not cases:
            yield from self._ledger.heads()
            return
        for case in dict.fromkeys(cases):
            head, views = self._ledger.head(case), self._ledger.head(views_of(case))
            if head is None and views is None:
                raise NotFoundError(f"case {case}: the ledger holds nothing of it")
            yield from (found for found in (head, views) if found is not None)

    def _chain(self, head: ChainHead, payloads: bool) -> Iterator[dict[str, Any]]:
        entries = self._ledger.entries(head.chain)
        if entries and entries[-1].index > head.index:
            head = self._ledger.head(head.chain) or head  # somebody wrote between the two reads
        yield {"head": head.to_dict()}
        for entry in entries:
            yield {"entry": (entry if payloads else entry.without_payload).to_dict()}


@dataclass(frozen=True, slots=True)
class LedgerFault:
    """`chain` and `index` name the entry; both are None where it is about a root."""

    chain: str | None
    index: int | None
    text: str

    def __str__(self) -> str:
        return f"chain {self.chain}: {self.text}" if self.chain else self.text


@dataclass(slots=True)
class LedgerReport:
    chains: int = 0
    entries: int = 0
    without_payload: int = 0  # erased, or left out of the export
    roots: int = 0
    faults: list[LedgerFault] = field(default_factory=list)


def verify_export(lines: Iterable[object]) -> LedgerReport:
    """Check chains and roots of an export.

    Args:
        lines: its lines, parsed.

    Raises:
        PermanentError: it is no export, or a line can't be read; names the line.
    """
    return _Verification().run(lines)


def parsed_lines(lines: Iterable[str]) -> Iterator[object]:
    """Raises PermanentError naming the line that is no JSON."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError:
                raise PermanentError(f"ledger export, line {number}: is no JSON") from None


class _Verification:
    def __init__(self) -> None:
        self._report = LedgerReport()
        self._locked: list[LedgerRoot] = []
        self._table: list[LedgerRoot] = []
        self._seen: SeenByRoots | None = None
        self._head: ChainHead | None = None
        self._entries: list[LedgerEntry] = []
        self._met: set[str] = set()

    def run(self, lines: Iterable[object]) -> LedgerReport:
        partial = None
        for number, line in enumerate(lines, start=1):
            try:
                fields = Fields(line, "line")
                if partial is None:
                    partial = _partial(fields)
                else:
                    self._take(fields)
            except PermanentError as error:
                raise PermanentError(f"ledger export, line {number}: {error.reason}") from None
        if partial is None:
            raise PermanentError("ledger export: is empty")
        self._finish_chain()
        seen = self._seen_by_roots()
        if not partial:
            for chain in sorted(seen.chains.keys() - self._met):
                index = max(seen.chains[chain])
                number = seen.chains[chain][index][1]
                self._fault(chain, None, f"is missing as a whole, {index + 1} entries that root {number} has seen")
        return self._report

    def _take(self, fields: Fields) -> None:
        if fields.has("root"):
            self._locked.append(LedgerRoot.read(fields.mapping("root")))
        elif fields.has("table_root"):
            self._table.append(LedgerRoot.read(fields.mapping("table_root")))
        elif fields.has("head"):
            self._finish_chain()
            self._head = ChainHead.read(fields.mapping("head"))
        else:
            entry = LedgerEntry.from_dict(fields.mapping("entry"))
            if self._head is None:
                raise PermanentError("an entry stands before the head of its chain")
            self._entries.append(entry)

    def _seen_by_roots(self) -> SeenByRoots:
        """Roots stand before all chains: once a chain is read they are complete."""
        if self._seen is None:
            self._seen = read_roots(self._locked)
            self._report.roots = len(self._locked)
            for fault in (*self._seen.faults, *differing_roots(self._locked, self._table)):
                self._fault(None, None, fault.text)
        return self._seen

    def _finish_chain(self) -> None:
        head, entries = self._head, self._entries
        if head is None:
            return
        self._head, self._entries = None, []
        self._report.chains += 1
        self._report.entries += len(entries)
        self._report.without_payload += sum(entry.payload is None for entry in entries)
        if head.chain in self._met:
            self._fault(head.chain, None, "stands there twice")
        self._met.add(head.chain)
        for entry in entries:
            if entry.case != head.chain:
                self._fault(head.chain, entry.index, f"entry {entry.index} is of another chain")
        for found in find_faults(entries, head_index=head.index, head_hash=head.hash):
            self._fault(head.chain, found.index, found.text)
        by_index = {entry.index: entry.hash for entry in entries}
        for index, (hash_then, number) in sorted(self._seen_by_roots().chains.get(head.chain, {}).items()):
            if index not in by_index:
                self._fault(head.chain, index, f"entry {index}, which root {number} has seen, is missing")
            elif by_index[index] != hash_then:
                self._fault(head.chain, index, f"entry {index} isn't the one that root {number} has seen")

    def _fault(self, chain: str | None, index: int | None, text: str) -> None:
        self._report.faults.append(LedgerFault(chain, index, text))


def _partial(header: Fields) -> bool:
    """Whether an export holds some cases alone, by its header."""
    if not header.has("ledger_export") or header.integer("ledger_export") != FORMAT:
        raise PermanentError(f"no export of the ledger in format {FORMAT}")
    return header.flag("partial")
