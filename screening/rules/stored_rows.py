"""Rows kept as they lie in a file and read one by one when they are first wanted.

Loading nine thousand phrases takes a tenth of a second, and a post touches a few hundred of them.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any, overload

type PlainRows = tuple[bytes, bytes]
"""Every row as `marshal` writes it, one after the other; and where each begins and the last one ends."""


def stored_rows(rows: Iterable[Sequence[Any]]) -> PlainRows:
    """Rows of builtins alone."""
    parts = [marshal.dumps(tuple(row)) for row in rows]
    return b"".join(parts), array("I", accumulate(map(len, parts), initial=0)).tobytes()


class StoredRows[T](Sequence[T]):
    """`make` turns a row into what it stands for. For the Python version that wrote it, as everything in the compiled rules."""

    __slots__ = ("_known", "_make", "_rows", "_starts")

    def __init__(self, data: PlainRows, make: Callable[[Iterable[Any]], T]) -> None:
        self._rows, starts = data
        self._starts = array("I")
        self._starts.frombytes(starts)
        self._make = make
        self._known: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, number: int) -> T: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[T]: ...
    def __getitem__(self, number: int | slice) -> T | Sequence[T]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        known = self._known.get(number)
        if known is None:
            place = range(len(self))[number]
            row = marshal.loads(self._rows[self._starts[place] : self._starts[place + 1]])  # noqa: S302 - our own build's
            known = self._known[number] = self._make(row)
        return known

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    def __hash__(self) -> int:
        return hash(self._rows)
