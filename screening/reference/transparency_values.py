"""What the DSA Transparency Database takes in each field that has a list (data/transparency_database.csv)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from screening.reference.tables import read_rows

TABLE = "transparency_database.csv"
DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class TransparencyValues:
    """`lists`: the values by field. `parents`: the category a keyword belongs to; a keyword without one goes with all.

    `dropped`: categories and keywords of the schema before July 2025.
    """

    lists: dict[str, frozenset[str]]
    parents: dict[str, str]
    dropped: frozenset[str]


@cache
def transparency_values() -> TransparencyValues:
    """Raises ValueError naming the row that is faulty, counted without remarks."""
    lists: dict[str, set[str]] = {}
    parents: dict[str, str] = {}
    for number, row in enumerate(read_rows(TABLE), 1):
        if len(row) != 3 or not row[0] or not row[1]:
            raise ValueError(f"{TABLE}, row {number}: expected list, value and parent")
        name, value, parent = row
        lists.setdefault(name, set()).add(value)
        if parent:
            parents[value] = parent
    dropped = frozenset(lists.pop(DROPPED, set()))
    unknown = set(parents.values()) - lists["category"]
    if unknown:
        raise ValueError(f"{TABLE}: no such category {', '.join(sorted(unknown))}")
    return TransparencyValues({name: frozenset(values) for name, values in lists.items()}, parents, dropped)
