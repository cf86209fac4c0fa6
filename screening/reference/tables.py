"""Reads the shipped CSV tables: `#` lines with source, licence and date, then a header, then rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data")


def read_rows(name: str) -> Iterator[list[str]]:
    """The rows of `screening/reference/data/{name}` after its header, as text."""
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(line for line in stream if not line.startswith("#"))
        next(rows)
        yield from rows


@cache
def table_notes(name: str) -> tuple[str, ...]:
    """The `#` lines of a table, without the sign: what it is, its source, licence and date."""
    with (DATA / name).open(encoding="utf-8") as stream:
        return tuple(line[1:].strip() for line in stream if line.startswith("#"))
