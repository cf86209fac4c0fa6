"""Roots over the whole ledger: each night one hash over the last entries of all chains, and over the root before it.

Who may write the ledger's table could write a whole chain anew, hashes and all. They can't write the roots anew, which lie
in a bucket with object lock: a chain that isn't what a root has seen is named, and so is a root that isn't.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from screening.cases.ledger import canonical_json
from screening.counted import counted
from screening.fields import Fields, rfc3339

FIRST_ROOT = ""


@dataclass(frozen=True, slots=True, order=True)
class ChainHead:
    """The last entry of a chain. `at` is that entry's time; `forgotten` says that the chain's payloads are all erased."""

    chain: str
    index: int
    hash: str
    at: datetime
    forgotten: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {"chain": self.chain, "index": self.index, "hash": self.hash, "at": rfc3339(self.at)}

    @classmethod
    def read(cls, item: object) -> ChainHead:
        fields = Fields(item, "chain head")
        return cls(fields.text("chain"), fields.integer("index"), fields.text("hash"), fields.moment("at"))


@dataclass(frozen=True, slots=True)
class UnreadHead:
    """A head that can't be read: somebody changed it."""

    chain: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRoot:
    """`hash` covers every chain's head and the root before; `changed` are heads that moved since that, and perhaps others.

    The heads of all roots up to this one, laid over one another, are those that `hash` covers, without the `unread` chains:
    their heads couldn't be read when the root was made. The first root that can read one again lists it as changed.
    """

    number: int  # 0, 1, 2, ...
    at: datetime
    previous: str  # hash of the root before; "" for the first
    chains: int
    hash: str
    changed: tuple[ChainHead, ...] = ()
    unread: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {**self.summary(), "changed": [head.to_dict() for head in self.changed]}

    def summary(self) -> dict[str, Any]:
        """Without the heads, as the table keeps it."""
        return {
            "number": self.number, "at": rfc3339(self.at), "previous": self.previous, "chains": self.chains,
            "hash": self.hash, **({"unread": list(self.unread)} if self.unread else {}),
        }  # fmt: skip

    @classmethod
    def read(cls, item: object) -> LedgerRoot:
        """Raises PermanentError naming the field."""
        fields = Fields(item, "ledger root")
        return cls(
            number=fields.integer("number"), at=fields.moment("at"), previous=fields.text("previous", empty=True),
            chains=fields.integer("chains"), hash=fields.text("hash"),
            changed=fields.each("changed", ChainHead.read) if fields.has("changed") else (),
            unread=fields.texts("unread") if fields.has("unread") else (),
        )  # fmt: skip


def root_hash(
    number: int, at: datetime, previous: str, heads: Mapping[str, tuple[int, str]], unread: Sequence[str] = ()
) -> str:
    """Over number, time, the root before, chain, index and hash of every head in the order of their chains, and the unread ones."""
    digest = hashlib.sha256(canonical_json([number, rfc3339(at), previous, len(heads)]))
    for chain in sorted(heads):
        digest.update(b"\n" + canonical_json([chain, *heads[chain]]))
    for chain in unread:
        digest.update(b"\n" + canonical_json([chain]))
    return digest.hexdigest()


def next_root(
    last: LedgerRoot | None, heads: Iterable[ChainHead | UnreadHead], *, at: datetime, moved_since: datetime
) -> LedgerRoot:
    """The root that follows `last` (None: the first one).

    Args:
        moved_since: heads from then on are listed as changed; some time before `last`, since a head read late for that
            root may bear an earlier time.
    """
    found = tuple(heads)
    every = sorted(head for head in found if isinstance(head, ChainHead))
    unread = tuple(sorted(head.chain for head in found if isinstance(head, UnreadHead)))
    number, previous = (last.number + 1, last.hash) if last else (0, FIRST_ROOT)
    changed = tuple(head for head in every if last is None or head.at >= moved_since or head.chain in last.unread)
    covered = {head.chain: (head.index, head.hash) for head in every}
    return LedgerRoot(
        number=number, at=at, previous=previous, chains=len(covered), changed=changed, unread=unread,
        hash=root_hash(number, at, previous, covered, unread),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RootFault:
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class SeenByRoots:
    """What the roots say: their own faults, and for each chain the hash that entry `index` had when root `number` was made."""

    faults: tuple[RootFault, ...]
    chains: dict[str, dict[int, tuple[str, int]]]  # chain -> index -> (hash, number)


def read_roots(roots: Iterable[LedgerRoot]) -> SeenByRoots:
    """Lay the heads of the roots over one another, in their order, and check each root's hash against them."""
    faults: list[RootFault] = []
    seen: dict[str, dict[int, tuple[str, int]]] = {}
    covered: dict[str, tuple[int, str]] = {}
    number, previous = 0, FIRST_ROOT
    for root in sorted(roots, key=lambda item: item.number):
        if root.number != number:
            missing = f"root {number} is missing" if root.number > number else f"root {root.number} stands there twice"
            faults.append(RootFault(min(number, root.number), missing))
        elif root.previous != previous:
            faults.append(RootFault(root.number, f"root {root.number} doesn't follow the one before it"))
        for head in root.changed:
            before = covered.get(head.chain)
            if before is not None and head.index < before[0]:
                text = f"root {root.number}: chain {head.chain} had {counted(before[0] + 1, 'entry', 'entries')} before, and now {head.index + 1}"
                faults.append(RootFault(root.number, text))
            covered[head.chain] = (head.index, head.hash)
            seen.setdefault(head.chain, {}).setdefault(head.index, (head.hash, root.number))
        for chain in root.unread:
            text = f"root {root.number}: the head of chain {chain} couldn't be read when it was made"
            faults.append(RootFault(root.number, text))
        read = {chain: head for chain, head in covered.items() if chain not in root.unread}
        if root.hash != root_hash(root.number, root.at, root.previous, read, root.unread):
            text = f"root {root.number} of {rfc3339(root.at)} isn't the hash of the {counted(root.chains, 'chain')} it covers"
            faults.append(RootFault(root.number, text))
        number, previous = root.number + 1, root.hash
    return SeenByRoots(tuple(faults), seen)


def differing_roots(locked: Iterable[LedgerRoot], table: Iterable[LedgerRoot]) -> tuple[RootFault, ...]:
    """Where the table tells another root than the locked bucket."""
    kept = {root.number: root.summary() for root in locked}
    told = {root.number: root.summary() for root in table}
    faults = []
    for number in sorted(kept.keys() | told.keys()):
        if number not in kept:
            faults.append(RootFault(number, f"root {number} isn't in the locked bucket"))
        elif number not in told:
            faults.append(RootFault(number, f"root {number} isn't in the table"))
        elif kept[number] != told[number]:
            faults.append(RootFault(number, f"root {number} of the table isn't that of the locked bucket"))
    return tuple(faults)
