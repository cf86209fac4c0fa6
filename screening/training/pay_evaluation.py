"""How exactly pay is read: labelled rows against the reader, by kind of text, source, language and kind of error.

A row is right where every pay is right: minimum, maximum, currency, period and basis, in text order, none missing and none
too many. `amounts` leaves the basis out. Texts are read and go nowhere: the tables hold row ids and counts alone. Labels
and their rules: the data's own README ("Rules of the pay labels"); a cold second reading of 60 rows changed 2, so 3 % is
the floor of disagreement. Part of the rows are constructed, and none tells anything about trafficking.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from screening.errors import UnreadableInputError
from screening.signals.pay import read_pay_text
from screening.values.result import Pay

LABELLED = Path("pay") / "labelled.jsonl"
READ_ON = date(2026, 3, 2)
"""The day as of which the labelled texts are read: years near it are no pay."""
FIELDS = ("min", "max", "currency", "period", "basis")
OPTIONAL_CURRENCY = "currency_optional"


@dataclass(frozen=True, slots=True)
class PayRow:
    """One labelled text. `pays` are its labels in text order; `currency_optional`: a broken euro sign may be missed."""

    id: str
    lang: str
    kind: str  # field, sentence
    source: str  # without the number of the advert
    text: str
    pays: tuple[Mapping[str, Any], ...]
    currency_optional: bool


@dataclass(frozen=True, slots=True)
class PayScore:
    """Shares are of `rows`; `exact` counts all five values, `amounts` all but the basis."""

    rows: int
    exact: int
    amounts: int

    @property
    def share(self) -> float:
        return self.exact / self.rows if self.rows else 0.0


@dataclass(frozen=True, slots=True)
class PayEvaluation:
    """Tables by name of the group; `errors` counts wrong rows by what is wrong first; `wrong` holds their ids."""

    by_kind: Mapping[str, PayScore]
    by_source: Mapping[str, PayScore]
    by_language: Mapping[str, PayScore]
    errors: Mapping[str, int]
    wrong: tuple[tuple[str, str], ...]  # (row id, what is wrong)


def evaluate_pay(data: Path) -> PayEvaluation:
    """Read `pay/labelled.jsonl` in the folder `data` and hold the reader against it.

    Raises:
        UnreadableInputError: the file is missing, or a line of it is no labelled row.
    """
    path = data / LABELLED
    if not path.is_file():
        raise UnreadableInputError(str(path), "not found; set SCREENING_DATA to the folder with the evaluation data")
    return score_rows(read_rows(path.read_text("utf-8").splitlines(), source=str(path)))


def read_rows(lines: Iterable[str], *, source: str) -> tuple[PayRow, ...]:
    """The labelled rows of a JSON Lines text; `source` names it in errors."""
    rows: list[PayRow] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            pays = tuple({name: pay[name] for name in FIELDS} for pay in row["pays"])
            noted = OPTIONAL_CURRENCY in row.get("note", "") or any(pay.get(OPTIONAL_CURRENCY) for pay in row["pays"])
            family = row["source"].partition(":")[0]
            rows.append(PayRow(row["id"], row["lang"], row["kind"], family, row["text"], pays, noted))
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise UnreadableInputError(source, f"no labelled pay row ({error!r})", line=number) from error
    return tuple(rows)


def score_rows(rows: Sequence[PayRow]) -> PayEvaluation:
    """Score rows that are already read; pure but for the reader itself."""
    faults = [(row, _fault(row)) for row in rows]
    wrong = tuple((row.id, fault) for row, fault in faults if fault)
    return PayEvaluation(
        by_kind=_table(faults, lambda row: row.kind),
        by_source=_table(faults, lambda row: f"{row.source} ({row.kind})"),
        by_language=_table(faults, lambda row: f"{row.lang} ({row.kind})"),
        errors=_counted(fault for _, fault in wrong),
        wrong=wrong,
    )


def _table(faults: Sequence[tuple[PayRow, str]], group: Callable[[PayRow], str]) -> dict[str, PayScore]:
    grouped: dict[str, list[str]] = {}
    for row, fault in faults:
        grouped.setdefault(group(row), []).append(fault)
    return {
        name: PayScore(len(found), found.count(""), sum(fault in ("", "basis") for fault in found))
        for name, found in sorted(grouped.items())
    }


def _counted(faults: Iterator[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for fault in faults:
        counts[fault] = counts.get(fault, 0) + 1
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def _fault(row: PayRow) -> str:
    """What is wrong first: "not pay" (read where nothing is), "missed", "too many", "too few", a value's name; "" if right."""
    reading = read_pay_text(row.text, today=READ_ON, lang_hint=row.lang, field=row.kind == "field")
    found = [entry.pay for entry in reading.pays]
    if len(found) != len(row.pays):
        if not row.pays:
            return "not pay"
        if not found:
            return "missed"
        return "too many" if len(found) > len(row.pays) else "too few"
    faults = {
        name
        for pay, label in zip(found, row.pays, strict=True)
        for name in FIELDS
        if not _same(pay, label, name, currency_optional=row.currency_optional)
    }
    return next((name for name in FIELDS if name in faults), "")


def _same(pay: Pay, label: Mapping[str, Any], name: str, *, currency_optional: bool) -> bool:
    value = getattr(pay, name)
    return bool(value == label[name]) or (name == "currency" and currency_optional and value is None)
