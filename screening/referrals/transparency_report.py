"""Figures for a platform's yearly transparency report (Regulation (EU) 2022/2065, art. 15 and 24), from small records.

The platform's own report holds exact counts. The public one shows no count below ten, and nothing from which one could be
reckoned: where a count of a table is hidden, so is the table's total.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any, Literal, get_args

from screening.cases.vote import Action
from screening.errors import PermanentError
from screening.referrals.restriction_grounds import Source

LEAST_SHOWN = 10
"""k of the k-anonymity of published figures."""
FEWER = f"fewer than {LEAST_SHOWN}"
HIDDEN = "not shown, since a part of it is small"

Complaint = Literal["none", "pending", "upheld", "reversed"]
"""What became of a complaint (art. 20): `upheld` the decision stood, `reversed` it was taken back."""
COLUMNS = ("category", "source", "automated_detection", "action", "count", "median_hours_to_decision")
Row = tuple[str, Source, bool, Action]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeratedOffer:
    """One decision, with nothing that names an offer or a person.

    Args:
        category: of the Transparency Database, `STATEMENT_CATEGORY_...`; "" where nothing was found.
        received_at: of the notice, or when the offer was flagged.

    Raises:
        PermanentError: it was decided before it was received.
    """

    category: str
    source: Source
    automated_detection: bool
    action: Action
    received_at: datetime
    decided_at: datetime
    complaint: Complaint = "none"

    def __post_init__(self) -> None:
        if self.decided_at < self.received_at:
            raise PermanentError("transparency report: field 'decided_at': is before 'received_at'")

    @property
    def hours(self) -> float:
        return (self.decided_at - self.received_at).total_seconds() / 3600

    @property
    def row(self) -> Row:
        return self.category, self.source, self.automated_detection, self.action


def transparency_report(offers: Iterable[ModeratedOffer], *, public: bool) -> dict[str, Any]:
    """Counts by category, source, way of detection and action; median hours to a decision; what became of complaints.

    `{"total", "median_hours_to_decision", "decisions": [rows of COLUMNS], "complaints": {"received", "pending", "upheld",
    "reversed"}}`. In the public report counts are numbers from ten on, else `FEWER` or `HIDDEN`; medians of fewer than ten
    decisions are None.
    """
    hours: dict[Row, list[float]] = {}
    complaints: Counter[Complaint] = Counter()
    for offer in offers:
        hours.setdefault(offer.row, []).append(offer.hours)
        complaints[offer.complaint] += 1
    parts = {name: complaints[name] for name in get_args(Complaint) if name != "none"}
    everything = [hour for row in hours.values() for hour in row]
    least = LEAST_SHOWN if public else 0
    return {
        "total": _total(len(everything), [len(row) for row in hours.values()], least),
        "median_hours_to_decision": _median(everything, least),
        "decisions": [
            {
                "category": category, "source": source, "automated_detection": automated, "action": action,
                "count": _shown(len(row), least), "median_hours_to_decision": _median(row, least),
            }
            for (category, source, automated, action), row in sorted(hours.items())
        ],
        "complaints": {
            "received": _total(sum(parts.values()), list(parts.values()), least),
            **{name: _shown(count, least) for name, count in parts.items()},
        },
    }  # fmt: skip


def report_csv(report: dict[str, Any]) -> str:
    """The report as CSV: the table of decisions, then total and complaints as rows with their name in the first column."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in report["decisions"]:
        writer.writerow(_cell(row[name]) for name in COLUMNS)
    writer.writerow(("total", "", "", "", report["total"], _cell(report["median_hours_to_decision"])))
    for name, count in report["complaints"].items():
        writer.writerow((f"complaints_{name}", "", "", "", count, ""))
    return stream.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value


def _shown(count: int, least: int) -> int | str:
    return count if count >= least else FEWER


def _total(count: int, parts: list[int], least: int) -> int | str:
    """A total beside a hidden part would tell that part: none is given."""
    if count < least:
        return FEWER
    return HIDDEN if any(part < least for part in parts) else count


def _median(hours: list[float], least: int) -> float | None:
    return round(median(hours), 1) if hours and len(hours) >= least else None
