"""CSV with a header as rows of a mapping: comma, semicolon, tab or bar, with or without a byte order mark."""

from __future__ import annotations

from collections.abc import Iterator

from screening.errors import UnreadableInputError

_DELIMITERS = ",;\t|"
_MAX_FIELD_CHARS = 20_000_000


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


def csv_rows(lines: Iterator[str], source: str) -> Iterator[dict[str, str]]:
    """Rows as {column: text}, empty fields left out; surplus fields of a row are named column_<number>.

    Raises:
        UnreadableInputError: naming the line where the text is no CSV, or where there is no header.
    """
    import csv  # only for CSV

    if csv.field_size_limit() < _MAX_FIELD_CHARS:
        csv.field_size_limit(_MAX_FIELD_CHARS)
    first = next((line for line in lines if line.strip()), "")
    header = header_of(first)
    if not any(header):
        raise UnreadableInputError(source, "has no header of column names", line=1)
    reader = csv.reader(lines, delimiter=delimiter_of(first))
    try:
        for row in reader:
            if row:
                names = header + [f"column_{number}" for number in range(len(header) + 1, len(row) + 1)]
                yield {name: field for name, field in zip(names, row, strict=False) if field}
    except csv.Error as error:
        raise UnreadableInputError(source, f"is not CSV: {error}", line=reader.line_num + 1) from error
