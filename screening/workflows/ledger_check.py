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
from screening.counted import counted
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
        yield from ({"table_root": root} for root in self._ledger.stored_roots())
        for head in self._heads(cases):
            yield from self._chain(head, payloads)

    def expected_chains(self) -> int:
        """About how many chains a whole export has, for showing how far it is."""
        try:
            last = self._ledger.last_root()
        except PermanentError:
            return 0  # it was tampered with, which verifying is to say
        return last.chains if last else 0

    def _heads(self, cases: Sequence[str]) -> Iterator[dict[str, Any]]:
        if not cases:
            yield from self._ledger.stored_heads()
            return
        for case in dict.fromkeys(cases):
            head, views = self._ledger.stored_head(case), self._ledger.stored_head(views_of(case))
            if head is None and views is None:
                raise NotFoundError(f"case {case}: the ledger holds nothing of it")
            yield from (found for found in (head, views) if found is not None)

    def _chain(self, head: dict[str, Any], payloads: bool) -> Iterator[dict[str, Any]]:
        entries = self._ledger.stored_entries(head["chain"])
        if entries and entries[-1]["index"] != head["index"]:
            head = self._ledger.stored_head(head["chain"]) or head  # somebody wrote between the two reads, perhaps
        yield {"head": head}
        for entry in entries:
            yield {"entry": entry if payloads else entry | {"payload": None, "salt": None}}


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
    """Check chains and roots of an export. A line that can't be read is a fault like any other, and hides nothing else.

    Args:
        lines: its lines, parsed.

    Raises:
        PermanentError: it is no export; names the line.
    """
    return _Verification().run(lines)


def parsed_lines(lines: Iterable[str]) -> Iterator[object]:
    """Each line's JSON, or its text where it is none. Raises PermanentError where that is the first one."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                parsed: object = json.loads(line)
            except ValueError:
                if number == 1:
                    raise PermanentError(f"ledger export, line {number}: is no JSON") from None
                parsed = line
            yield parsed


class _Verification:
    def __init__(self) -> None:
        self._report = LedgerReport()
        self._locked: list[LedgerRoot] = []
        self._table: list[LedgerRoot] = []
        self._seen: SeenByRoots | None = None
        self._chain: str | None = None
        self._head: ChainHead | None = None  # of the chain; None where it can't be read
        self._entries: list[LedgerEntry] = []
        self._unread: set[object] = set()  # indexes of the chain's entries that can't be read
        self._met: set[str] = set()

    def run(self, lines: Iterable[object]) -> LedgerReport:
        partial = None
        for number, line in enumerate(lines, start=1):
            try:
                fields = Fields(line, "line")
                if partial is None:
                    partial = _partial(fields)
                else:
                    self._take(fields, number)
            except PermanentError as error:
                if partial is None:
                    raise PermanentError(f"ledger export, line {number}: {error.reason}") from None
                self._fault(None, None, f"line {number} can't be read: {error.reason}")
        if partial is None:
            raise PermanentError("ledger export: is empty")
        self._finish_chain()
        seen = self._seen_by_roots()
        if not partial:
            for chain in sorted(seen.chains.keys() - self._met):
                index = max(seen.chains[chain])
                number = seen.chains[chain][index][1]
                self._fault(
                    chain,
                    None,
                    f"is missing as a whole, {counted(index + 1, 'entry', 'entries')} that root {number} has seen",
                )
        return self._report

    def _take(self, fields: Fields, number: int) -> None:
        if fields.has("root"):
            self._locked.append(LedgerRoot.read(fields.mapping("root")))
        elif fields.has("table_root"):
            self._table.append(LedgerRoot.read(fields.mapping("table_root")))
        elif fields.has("head"):
            self._finish_chain()
            head = fields.mapping("head")
            self._chain = fields.fields("head").text("chain")
            try:
                self._head = ChainHead.read(head)
            except PermanentError as error:
                self._fault(self._chain, None, f"its head can't be read: {error.reason}")
        elif self._chain is not None:
            self._take_entry(fields.mapping("entry"), number)
        else:
            raise PermanentError("an entry stands before the head of its chain")

    def _take_entry(self, stored: dict[str, Any], number: int) -> None:
        try:
            self._entries.append(LedgerEntry.from_dict(stored))
        except PermanentError as error:
            index = stored.get("index")
            place = index if isinstance(index, int) else None
            name = f"the entry in line {number}" if place is None else f"entry {place}"
            self._unread.add(place)
            self._fault(self._chain, place, f"{name} can't be read: {error.reason}")

    def _seen_by_roots(self) -> SeenByRoots:
        """Roots stand before all chains: once a chain is read they are complete."""
        if self._seen is None:
            self._seen = read_roots(self._locked)
            self._report.roots = len(self._locked)
            for fault in (*self._seen.faults, *differing_roots(self._locked, self._table)):
                self._fault(None, None, fault.text)
        return self._seen

    def _finish_chain(self) -> None:
        chain, head, entries, unread = self._chain, self._head, self._entries, self._unread
        if chain is None:
            return
        self._chain, self._head, self._entries, self._unread = None, None, [], set()
        self._report.chains += 1
        self._report.entries += len(entries) + len(unread)
        self._report.without_payload += sum(entry.payload is None for entry in entries)
        if chain in self._met:
            self._fault(chain, None, "stands there twice")
        self._met.add(chain)
        for entry in entries:
            if entry.case != chain:
                self._fault(chain, entry.index, f"entry {entry.index} is of another chain")
        index, hash_then = (head.index, head.hash) if head else (None, None)
        for found in find_faults(entries, head_index=index, head_hash=hash_then):
            if not (found.what == "missing" and found.index in unread):  # it is there, and named already
                self._fault(chain, found.index, found.text)
        by_index = {entry.index: entry.hash for entry in entries}
        for index, (hash_seen, number) in sorted(self._seen_by_roots().chains.get(chain, {}).items()):
            if index not in by_index and index not in unread:
                self._fault(chain, index, f"entry {index}, which root {number} has seen, is missing")
            elif index in by_index and by_index[index] != hash_seen:
                self._fault(chain, index, f"entry {index} isn't the one that root {number} has seen")

    def _fault(self, chain: str | None, index: int | None, text: str) -> None:
        self._report.faults.append(LedgerFault(chain, index, text))


def _partial(header: Fields) -> bool:
    """Whether an export holds some cases alone, by its header."""
    if not header.has("ledger_export") or header.integer("ledger_export") != FORMAT:
        raise PermanentError(f"no export of the ledger in format {FORMAT}")
    return header.flag("partial")
