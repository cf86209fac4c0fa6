"""The ledger: chains of hashes, so that nobody can change, drop or slip in an entry unseen.

Each case has a chain of its own, and a second one for who looked at it (`views_of`), so that looking changes no case.
An entry's hash covers the salted hash of its payload, and neither payload nor salt: both lie beside it and are erased
together for good reason. The chain stays whole, and without the salt what was erased can't be guessed back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any, Literal, get_args

from screening.counted import counted
from screening.fields import Fields, rfc3339

EntryKind = Literal[
    "opened", "updated", "reported", "vote", "decision", "second_look", "referral_issued", "referral_fetched",
    "referral_acknowledged", "referral_recalled", "erased", "viewed", "appealed", "appeal_decided", "held", "hold_ended", "rerouted",
    "platform_told", "outcome", "joined", "merged", "snoozed", "undone", "reopened", "commented", "assigned",
    "golden_proposed", "golden_confirmed", "golden_retired", "configured", "proposed", "declined",
]  # fmt: skip

FIRST_PREVIOUS = ""
VIEWS = "views:"
ERASURES = "erasures"
"""The chain of erasures of posts that never had a case."""
ADMINISTRATION = "administration"
"""The chain of what administrators changed, proposed and declined. It holds no personal data of offers, and is never forgotten."""


def views_of(case: str) -> str:
    """The chain of who looked at a case."""
    return VIEWS + case


def case_of(chain: str) -> str | None:
    """The case that a chain belongs to; None for one that belongs to none."""
    return None if chain in (ERASURES, ADMINISTRATION) else chain.removeprefix(VIEWS)


def canonical_json(data: object) -> bytes:
    """The same data gives the same bytes: keys sorted, no spaces, UTF-8; half characters of hostile text pass through."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode(
        "utf-8", "surrogatepass"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    case: str  # the chain: a case's id, `views_of` one, `ERASURES` or `ADMINISTRATION`
    index: int  # 0, 1, 2, ... without a gap
    kind: EntryKind
    actor: str  # a person's stable id, or "system:<workflow>", "partner:<id>"
    at: datetime
    salt: str | None  # at least 16 random bytes, hex; None where it was erased with its payload
    payload: dict[str, Any] | None  # None where it was erased
    payload_hash: str
    prev_hash: str
    hash: str

    def to_dict(self) -> dict[str, Any]:
        return {**self._hashed(), "salt": self.salt, "payload": self.payload, "hash": self.hash}

    def _hashed(self) -> dict[str, Any]:
        return {
            "case": self.case, "index": self.index, "kind": self.kind, "actor": self.actor, "at": rfc3339(self.at),
            "payload_hash": self.payload_hash, "prev_hash": self.prev_hash,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: object) -> LedgerEntry:
        """Raises PermanentError naming the field."""
        fields = Fields(data, "ledger entry")
        return cls(
            case=fields.text("case"), index=fields.integer("index"), kind=fields.choice("kind", get_args(EntryKind)),
            actor=fields.text("actor"), at=fields.moment("at"), salt=fields.text_or_none("salt"),
            payload=fields.mapping("payload") if fields.has("payload") else None,
            payload_hash=fields.text("payload_hash"), prev_hash=fields.text("prev_hash", empty=True),
            hash=fields.text("hash"),
        )  # fmt: skip

    def expected_hash(self) -> str:
        return hashlib.sha256(canonical_json(self._hashed())).hexdigest()

    @property
    def without_payload(self) -> LedgerEntry:
        """The entry as erasing its payload leaves it."""
        return replace(self, payload=None, salt=None)


def payload_hash(salt: str, payload: dict[str, Any]) -> str:
    return hashlib.sha256(salt.encode() + b"\x00" + canonical_json(payload)).hexdigest()


def next_entry(
    *,
    case: str,
    index: int,
    prev_hash: str,
    kind: EntryKind,
    actor: str,
    at: datetime,
    salt: str,
    payload: dict[str, Any],
) -> LedgerEntry:
    """The entry that follows the one with `prev_hash` ("" for the first, index 0)."""
    entry = LedgerEntry(
        case=case,
        index=index,
        kind=kind,
        actor=actor,
        at=at,
        salt=salt,
        payload=payload,
        payload_hash=payload_hash(salt, payload),
        prev_hash=prev_hash,
        hash="",
    )
    return replace(entry, hash=entry.expected_hash())


FaultKind = Literal["missing", "slipped_in", "out_of_order", "changed", "not_following", "payload_changed", "head"]


@dataclass(frozen=True, slots=True)
class ChainFault:
    """One thing that is wrong with a chain: the entry's index, what, and both in words."""

    index: int
    what: FaultKind
    text: str


def find_faults(
    entries: Iterable[LedgerEntry], *, head_index: int | None = None, head_hash: str | None = None
) -> tuple[ChainFault, ...]:
    """What is wrong with a chain whose entries came in this order; empty where it holds.

    Args:
        head_index, head_hash: the last entry as it is remembered elsewhere: by the case, or by the chain's head.
    """
    faults: list[ChainFault] = []
    given = list(entries)
    for before, entry in pairwise(given):
        if entry.index < before.index:
            faults.append(ChainFault(entry.index, "out_of_order", f"entry {entry.index} stands after {before.index}"))
    previous, last = FIRST_PREVIOUS, -1
    for entry in sorted(given, key=lambda item: item.index):
        index = entry.index
        if index == last:
            faults.append(ChainFault(index, "slipped_in", f"entry {index} stands there twice"))
        elif index != last + 1:
            gaps = range(last + 1, index)
            faults += [ChainFault(gap, "missing", f"entry {gap} is missing before {index}") for gap in gaps]
        elif entry.prev_hash != previous:
            faults.append(ChainFault(index, "not_following", f"entry {index} doesn't follow the one before it"))
        if entry.hash != entry.expected_hash():
            faults.append(ChainFault(index, "changed", f"entry {index} was changed"))
        if not _payload_holds(entry):
            faults.append(ChainFault(index, "payload_changed", f"payload of entry {index} was changed"))
        previous, last = entry.hash, index
    return (*faults, *_faults_of_head(last, previous, head_index, head_hash))


def chain_faults(
    entries: Iterable[LedgerEntry], *, head_index: int | None = None, head_hash: str | None = None
) -> tuple[str, ...]:
    """`find_faults` in words, for people."""
    return tuple(fault.text for fault in find_faults(entries, head_index=head_index, head_hash=head_hash))


def _payload_holds(entry: LedgerEntry) -> bool:
    if entry.payload is None:
        return True  # erased; that the hash of it stands unchanged is held by the entry's own hash
    try:
        return entry.salt is not None and payload_hash(entry.salt, entry.payload) == entry.payload_hash
    except ValueError:
        return False  # as NaN, which is no JSON: no entry was ever written with it


def _faults_of_head(last: int, last_hash: str, head_index: int | None, head_hash: str | None) -> list[ChainFault]:
    if head_index is not None and last != head_index:
        text = f"the case remembers {counted(head_index + 1, 'entry', 'entries')}, the ledger holds {last + 1}"
        if last > head_index:
            return [ChainFault(index, "slipped_in", text) for index in range(head_index + 1, last + 1)]
        return [ChainFault(index, "missing", text) for index in range(last + 1, head_index + 1)]
    if head_hash is not None and last_hash != head_hash:
        text = "the case remembers another last entry than the ledger holds"
        return [ChainFault(last, "head", text)]
    return []
