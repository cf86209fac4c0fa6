"""What DynamoDB charges for a call, from the sizes of the items: moto answers with made-up figures.

AWS, "DynamoDB item sizes and formats" and "Read and write operations": names and texts by their UTF-8 bytes, numbers a byte
for two digits and one more, lists and maps three bytes and one for each element. A write costs a unit for each kilobyte
begun of the larger of old and new item, in a transaction two; so does each index entry that it adds, removes or changes (that
a transaction doubles these too is assumed, to be on the safe side). A
strongly consistent read costs a unit for each 4 kB begun, in a batch item by item, in a query of all items together.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Item = Mapping[str, Any]


def item_bytes(item: Item | None) -> int:
    """Of an item in DynamoDB's JSON; 0 for none."""
    return sum(len(name.encode()) + value_bytes(value) for name, value in (item or {}).items())


def value_bytes(typed: Mapping[str, Any]) -> int:
    ((kind, value),) = typed.items()
    match kind:
        case "S":
            return len(value.encode())
        case "N":
            return number_bytes(value)
        case "B":
            return len(value) if isinstance(value, bytes) else len(base64.b64decode(value))
        case "BOOL" | "NULL":
            return 1
        case "L":
            return 3 + sum(1 + value_bytes(one) for one in value)
        case "M":
            return 3 + sum(1 + len(name.encode()) + value_bytes(one) for name, one in value.items())
        case "SS" | "NS" | "BS":
            return sum(value_bytes({kind[0]: one}) for one in value)
    raise ValueError(f"no type of DynamoDB's: {kind}")


def number_bytes(text: str) -> int:
    digits = text.lstrip("-").replace(".", "").strip("0")
    return -(-len(digits) // 2) + 1 + text.startswith("-")


def write_units(size: int) -> int:
    return max(1, -(-size // 1024))


def read_units(size: int, *, consistent: bool = True) -> float:
    return max(1, -(-size // 4096)) * (1.0 if consistent else 0.5)


@dataclass(frozen=True, slots=True)
class Index:
    """A secondary index: an item without both keys isn't in it."""

    partition: str
    sort: str
    whole: bool  # projects all attributes, else the keys alone

    @classmethod
    def all_of(cls, table: Mapping[str, Any]) -> tuple[Index, ...]:
        """From the arguments of CreateTable."""
        found = []
        for index in table.get("GlobalSecondaryIndexes", ()):
            partition, sort = (key["AttributeName"] for key in index["KeySchema"])
            found.append(cls(partition, sort, whole=index["Projection"]["ProjectionType"] == "ALL"))
        return tuple(found)

    def entry(self, item: Item | None) -> dict[str, Any] | None:
        if not item or self.partition not in item or self.sort not in item:
            return None
        return dict(item) if self.whole else {name: item[name] for name in ("pk", "sk", self.partition, self.sort)}

    def write_units(self, before: Item | None, after: Item | None) -> int:
        old, new = self.entry(before), self.entry(after)
        if old == new:
            return 0
        if old and new and (old[self.partition], old[self.sort]) == (new[self.partition], new[self.sort]):
            return write_units(max(item_bytes(old), item_bytes(new)))
        return sum(write_units(item_bytes(entry)) for entry in (old, new) if entry)


def units_of_write(before: Item | None, after: Item | None, indexes: Iterable[Index]) -> int:
    """Of a put, an update or a deletion; for one that its condition refused `before` and `after` are the same."""
    table = write_units(max(item_bytes(before), item_bytes(after)))
    return table + sum(index.write_units(before, after) for index in indexes)
