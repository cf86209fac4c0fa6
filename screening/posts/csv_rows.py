"""CSV with a header as rows of a mapping: comma, semicolon, tab or bar, with or without a byte order mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from screening.counted import counted
from screening.errors import UnreadableInputError
from screening.posts.generic import GENERIC_FIELDS, field_named
from screening.posts.payload import BrokenItem

_DELIMITERS = ",;\t|"
_MAX_FIELD_CHARS = 20_000_000
_LINES_COMPARED = 5
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SEPARATOR_LINE = re.compile(r"\ufeff?sep=.\s*\Z", re.IGNORECASE)  # Excel writes one before the header
type CsvRow = dict[str, str] | BrokenItem


def delimiter_of(header: str) -> str:
    """The delimiter that cuts the header into the most columns, quoted parts aside; a comma where none does."""
    bare = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=lambda delimiter: (bare.count(delimiter), -_DELIMITERS.index(delimiter)))


def header_of(line: str) -> list[str]:
    """The column names of a header line."""
    import csv

    line = line.strip("\r\n").removeprefix("\ufeff")
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=delimiter_of(line)), [])]
    except csv.Error:
        return []


def looks_like_table(text: str) -> bool:
    """Whether the first lines all have as many fields: of a text that nobody called a CSV."""
    lines = [line for line in text.splitlines()[:_LINES_COMPARED] if line.strip()]
    delimiter = delimiter_of(lines[0]) if lines else ","
    counts = {line.count(delimiter) for line in lines}
    return len(lines) > 1 and len(counts) == 1 and counts.pop() >= (2 if delimiter == "," else 1)


def csv_rows(
    lines: Iterator[str], source: str, on_header: Callable[[list[str]], None] = lambda _header: None
) -> Iterator[tuple[int, CsvRow]]:
    """(line, row) with rows as {column: text}, empty fields left out. `on_header` may refuse the header by raising.

    Broken is a row whose text would be lost: one with more fields than the header, one that a quotation mark without its
    partner has run together with all that follows, one of bytes that were no text (read as `surrogateescape`).

    Raises:
        UnreadableInputError: naming the line where the text is no CSV, or where there is no header.
    """
    import csv  # only for CSV

    if csv.field_size_limit() < _MAX_FIELD_CHARS:
        csv.field_size_limit(_MAX_FIELD_CHARS)
    counted = _Counted(lines)
    first = next((line for line in counted if line.strip() and not _SEPARATOR_LINE.match(line)), "")
    header = header_of(first)
    if not any(header):
        raise UnreadableInputError(source, "has no header of column names", line=1)
    if not _is_text(header):
        raise UnreadableInputError(source, "is not UTF-8 text; save it as UTF-8", line=counted.number)
    twice = next((name for place, name in enumerate(header) if name and name in header[:place]), None)
    if twice is not None and field_named(twice) in GENERIC_FIELDS:
        raise UnreadableInputError(
            source, f"two columns are named '{twice}', and one would be lost: rename one", line=counted.number
        )
    on_header(header)
    delimiter = delimiter_of(first)
    reader = csv.reader(counted, delimiter=delimiter)
    began = counted.number + 1
    try:
        for row in reader:
            if row:
                yield began, _row(header, row, delimiter, unclosed=counted.ended, lines=counted.number - began)
            began = counted.number + 1
    except csv.Error as error:
        raise UnreadableInputError(source, f"is not CSV: {error}", line=counted.number) from error


class _Counted:
    """Lines, how many were taken, and whether more were asked for than there are: only an open quotation mark does that."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.number = 0
        self.ended = False

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        self.number += 1
        return line


def _row(header: Sequence[str], row: list[str], delimiter: str, *, unclosed: bool, lines: int) -> CsvRow:
    if unclosed:
        run_together = f": the {counted(lines, 'line')} after it can't be told from it" if lines else ""
        return BrokenItem(f"opens a quotation mark that is never closed{run_together}")
    if any(field.strip() for field in row[len(header) :]):
        return BrokenItem(
            f"has {len(row)} fields, the header {len(header)}, and what is beyond would be lost: put a field that holds a "
            f"{_NAMES[delimiter]} or a line break in quotation marks"
        )
    if not _is_text(row):
        return BrokenItem("is not UTF-8 text; save it as UTF-8")
    return {name: field for name, field in zip(header, row, strict=False) if field}


def _is_text(fields: Sequence[str]) -> bool:
    try:
        "".join(fields).encode()
    except UnicodeEncodeError:
        return False
    return True
