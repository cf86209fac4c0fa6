"""The page of an evaluation: one self-contained HTML file, readable without script, in the dark and on a phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from screening.cli.report.language_names import language_name
from screening.training.evaluation.corpora import CHAT_SPAM
from screening.training.evaluation.plots import (
    heat_class,
    heat_strip,
    interval_bar,
    plain_bar,
    scale_for,
    step_of,
)
from screening.training.evaluation.records import Record
from screening.training.evaluation.run import Evaluation
from screening.training.evaluation.shares import interval, percent
from screening.training.evaluation.targets import HARD_AT_MOST, PARTS, POINTS_LOST_AT_MOST

TEXTS_A_CORPUS = 60
"""So many flagged texts of a corpus stand on the page, the foremost; flagged.jsonl holds all."""
MANY_WRONG = 0.1
"""A language taken for another in so large a share is shown in the colour of what isn't found."""
MOST_POINTS = 10.0
"""The axis of points lost is at least so long."""
AXES = {
    "lang": "language",
    "post_type": "kind of post",
    "sector": "sector",
    "style": "style",
    "series": "series",
    "trait": "trait",
}
SIGNAL_AXES = {"lang": "language", "post_type": "kind of post", "sector": "sector"}
_ENVIRONMENT = Environment(
    loader=PackageLoader("screening.training.evaluation", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters.update(percent=percent, interval=interval, language_name=language_name)
_ENVIRONMENT.globals.update(
    interval_bar=interval_bar,
    plain_bar=plain_bar,
    heat_strip=heat_strip,
    heat_class=heat_class,
    scale_for=scale_for,
)


def write_page(target: Path, found: Evaluation) -> None:
    """Write the page. It holds texts of adverts for reading and belongs into a build folder alone."""
    target.write_text(render(found), "utf-8")


def render(found: Evaluation) -> str:
    """The page as HTML; the same evaluation gives the same text."""
    results = found.results
    return _ENVIRONMENT.get_template("report.html").render(
        results=results,
        targets=_grouped(results["targets"]),
        counts={
            status: sum(row["status"] == status for row in results["targets"])
            for status in ("met", "not met", "not measured")
        },
        chat_spam=CHAT_SPAM,
        parts={part: words for part, words in PARTS.items() if part in results.get("pairs", {})},
        axes=AXES,
        signal_axes=SIGNAL_AXES,
        hard_at_most=HARD_AT_MOST,
        points_lost_at_most=POINTS_LOST_AT_MOST,
        most_lost=max([MOST_POINTS, *(row["all"]["lost"] for row in results.get("disguise", {}).values())]),
        flagged=[_for_reading(results, key, records) for key, records in found.flagged.items() if records],
        confusions={kind: confusion(rows) for kind, rows in results.get("language", {}).get("by_kind", {}).items()},
    )


def confusion(rows: Mapping[str, Any]) -> dict[str, Any]:
    """A confusion table: a row for each language, a column for each answer given; cells as `{"count", "css"}`.

    Answers of under two rows in all are put together as "others"; "-" is no answer.
    """
    totals: dict[str, int] = {}
    for row in rows.values():
        for answer, count in row["taken_for"]:
            totals[answer] = totals.get(answer, 0) + count
    answers = [*rows, *sorted(name for name, count in totals.items() if name not in rows and name != "-" and count > 1)]
    columns = [*answers, "others", "-"]
    lines = {}
    for language, row in rows.items():
        given = {language: row["part"]}
        for answer, count in row["taken_for"]:
            column = answer if answer in answers or answer == "-" else "others"
            given[column] = given.get(column, 0) + count
        lines[language] = [_cell(given.get(column, 0), row["whole"], right=column == language) for column in columns]
    return {"columns": columns, "lines": lines}


def _cell(count: int, whole: int, *, right: bool) -> dict[str, Any]:
    """Right answers by the steps of the heat strips; wrong ones in the second colour, in the first from a tenth on."""
    share = count / whole if whole else 0.0
    wrong = "heat-0" if share >= MANY_WRONG else "heat-1"
    css = "" if not count else f"heat-{step_of(share)}" if right else wrong
    return {"count": count, "css": css}


def _grouped(rows: Sequence[Mapping[str, str]]) -> list[tuple[str, list[Mapping[str, str]]]]:
    return [(group, list(own)) for group, own in groupby(rows, key=lambda row: row["group"])]


def _for_reading(results: Mapping[str, Any], key: str, records: Sequence[Record]) -> dict[str, Any]:
    return {"name": results["corpora"][key]["name"], "count": len(records), "records": records[:TEXTS_A_CORPUS]}
