"""The `--map` option: which columns or nested keys of a file fill which fields of the generic post."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from screening.errors import UnreadableInputError
from screening.posts.generic import GENERIC_FIELDS

_PARTS = {
    "salary": frozenset({"text", "min", "max", "currency", "period", "basis"}),
    "poster": frozenset({"id", "created_at", "verified", "kind", "country", "prior_removals"}),
}
_LISTS = frozenset({"contacts", "images"})
_LONG = frozenset({"description"})


def parse_field_map(option: str) -> dict[str, str]:
    """`title=job.title,description=content+requirements` as {field: columns}; a comma in a column's name is written `\\,`.

    Raises:
        UnreadableInputError: for an unknown field, an empty column or a part without "=".
    """
    mapping: dict[str, str] = {}
    for part in option.replace("\\,", "\0").split(","):
        if not part.strip():
            continue
        field, equals, columns = part.replace("\0", ",").partition("=")
        if not equals:
            raise UnreadableInputError("--map", f"'{field.strip()}' is no FIELD=COLUMN")
        mapping[field.strip()] = columns.strip()
    check_field_map(mapping)
    return mapping


def check_field_map(mapping: Mapping[str, str]) -> None:
    """Raises UnreadableInputError where a field is unknown or a column is empty."""
    for field, columns in mapping.items():
        head, _, part = field.partition(".")
        if field not in GENERIC_FIELDS and part not in _PARTS.get(head, ()):
            raise UnreadableInputError(
                "--map", f"unknown field '{field}'; fields are {', '.join(sorted(GENERIC_FIELDS))}"
            )
        if not all(column.strip() for column in columns.split("+")):
            raise UnreadableInputError("--map", f"field '{field}' names an empty column")


def check_columns(mapping: Mapping[str, str], header: Iterable[str], source: str) -> None:
    """Raises UnreadableInputError where a mapped column is not in a CSV header."""
    known = set(header)
    for field, columns in mapping.items():
        for column in _columns(columns, known):
            if column not in known:
                raise UnreadableInputError(
                    source, f"has no column '{column}' for '{field}'; columns are {', '.join(sorted(known))}", line=1
                )


def columns_left(mapping: Mapping[str, str], header: Iterable[str]) -> list[str]:
    """The names of a row's fields once the map was applied."""
    known = list(header)
    used = {column for columns in mapping.values() for column in _columns(columns, set(known))}
    return [*(field.partition(".")[0] for field in mapping), *(column for column in known if column not in used)]


def apply_field_map(mapping: Mapping[str, str], row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as a generic post: mapped fields filled, used columns taken out, all others left as they are.

    Several columns are joined, a description by blank lines, a list as a list, other fields by a blank.
    """
    fields = dict(row)
    found: dict[str, Any] = {}
    for field, columns in mapping.items():
        values = []
        for column in _columns(columns, row):
            value = _lookup(row, column)
            fields.pop(column, None)
            if value not in (None, "", []):
                values.append(value)
        found[field] = _joined(field, values)
    for field, value in found.items():
        head, _, part = field.partition(".")
        if not part:
            fields[head] = value
            continue
        inner = fields.get(head)
        fields[head] = {**(inner if isinstance(inner, dict) else {}), part: value}
    return fields


def _columns(columns: str, row: object) -> list[str]:
    """The names joined by "+"; a column whose own name holds a "+" is taken whole."""
    if isinstance(row, Mapping | set) and columns in row:
        return [columns]
    return [column.strip() for column in columns.split("+")]


def _lookup(row: Mapping[str, Any], column: str) -> Any:
    """The value under the whole name, else along its dots ("employer.name", "phones.0")."""
    if column in row:
        return row[column]
    value: Any = row
    for step in column.split("."):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def _joined(field: str, values: list[Any]) -> Any:
    if field in _LISTS:
        return [entry for value in values for entry in (value if isinstance(value, list) else [value])]
    if len(values) < 2:
        return values[0] if values else None
    texts = [str(value) for value in values if isinstance(value, str | int | float)]
    return ("\n\n" if field in _LONG else " ").join(texts)
