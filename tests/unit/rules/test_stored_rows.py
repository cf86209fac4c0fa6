"""Rows that are read one by one are the rows that were stored."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.rules.stored_rows import StoredRows, stored_rows

values = st.none() | st.integers(-(2**40), 2**40) | st.text(max_size=8) | st.frozensets(st.integers(0, 9), max_size=3)
rows = st.lists(st.lists(values | st.tuples(values, values), max_size=4).map(tuple), max_size=12)


@given(rows)
def test_what_was_stored_is_read(wanted: list[tuple[Any, ...]]) -> None:
    found = StoredRows(stored_rows(wanted), tuple)
    assert len(found) == len(wanted)
    assert list(found) == wanted
    assert found == wanted
    assert found[1:3] == wanted[1:3]
    assert all(found[-number] == wanted[-number] for number in range(1, len(wanted) + 1))


def test_a_row_is_made_once_and_only_when_it_is_wanted() -> None:
    made: list[tuple[Any, ...]] = []

    def make(row: Any) -> tuple[Any, ...]:
        made.append(row)
        return tuple(row)

    found = StoredRows(stored_rows([("a",), ("b",)]), make)
    assert not made
    assert found[1] is found[1]
    assert made == [("b",)]


def test_there_is_no_row_beyond_the_last() -> None:
    with pytest.raises(IndexError):
        StoredRows(stored_rows([("a",)]), tuple)[1]
