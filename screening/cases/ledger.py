"""The ledger: one chain of hashes per case, so that nobody can change, drop or slip in an entry unseen.

An entry holds the salted hash of its payload; the payload itself lies apart. Erasing a payload for good reason leaves the
chain whole, and the salt keeps what was erased from being guessed back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, get_args

from screening.fields import Fields, rfc3339

EntryKind = Literal[
    "opened", "updated", "reported", "vote", "decision", "second_look", "referral_issued", "referral_fetched",
    "referral_acknowledged", "referral_recalled", "erased",
]  # fmt: skip

FIRST_PREVIOUS = ""


def canonical_json(data: object) -> bytes:
    """The same data gives the same bytes: keys sorted, no spaces, UTF-8; half characters of hostile text pass through."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode(
        "utf-8", "surrogatepass"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    case: str
    index: int  # 0, 1, 2, ... without a gap
    kind: EntryKind
    actor: str  # a person's stable id, or "system:<workflow>", "partner:<id>"
    at: datetime
    salt: str  # at least 16 random bytes, hex
    payload: dict[str, Any] | None  # None where it was erased
    payload_hash: str
    prev_hash: str
    hash: str

    def to_dict(self) -> dict[str, Any]:
        return {**self._hashed(), "payload": self.payload, "hash": self.hash}

    def _hashed(self) -> dict[str, Any]:
        return {
            "case": self.case, "index": self.index, "kind": self.kind, "actor": self.actor, "at": rfc3339(self.at),
            "salt": self.salt, "payload_hash": self.payload_hash, "prev_hash": self.prev_hash,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: object) -> LedgerEntry:
        """Raises PermanentError naming the field."""
        fields = Fields(data, "ledger entry")
        return cls(
            case=fields.text("case"), index=fields.integer("index"), kind=fields.choice("kind", get_args(EntryKind)),
            actor=fields.text("actor"), at=fields.moment("at"), salt=fields.text("salt"),
            payload=fields.mapping("payload") if fields.has("payload") else None,
            payload_hash=fields.text("payload_hash"), prev_hash=fields.text("prev_hash", empty=True),
            hash=fields.text("hash"),
        )  # fmt: skip

    def expected_hash(self) -> str:
        return hashlib.sha256(canonical_json(self._hashed())).hexdigest()


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


def chain_faults(
    entries: Iterable[LedgerEntry], *, head_index: int | None = None, head_hash: str | None = None
) -> tuple[str, ...]:
    """What is wrong with a case's chain, in words; empty where it holds. `head_*` are what the case itself remembers."""
    faults: list[str] = []
    previous, last = FIRST_PREVIOUS, -1
    for entry in sorted(entries, key=lambda item: item.index):
        if entry.index != last + 1:
            faults.append(f"entry {last + 1} is missing before {entry.index}")
        if entry.prev_hash != previous:
            faults.append(f"entry {entry.index} doesn't follow the one before it")
        if entry.hash != entry.expected_hash():
            faults.append(f"entry {entry.index} was changed")
        if entry.payload is not None and payload_hash(entry.salt, entry.payload) != entry.payload_hash:
            faults.append(f"payload of entry {entry.index} was changed")
        previous, last = entry.hash, entry.index
    if head_index is not None and last != head_index:
        faults.append(f"the case remembers {head_index + 1} entries, the ledger holds {last + 1}")
    elif head_hash is not None and previous != head_hash:
        faults.append("the case remembers another last entry than the ledger holds")
    return tuple(faults)
