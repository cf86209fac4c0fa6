"""A package as one HTML page for people: to read on any device or to print on A4. No script, nothing from elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from screening.cases.ledger import canonical_json

TITLES = {"referral": "Referral", "support": "Request for support", "notice": "Notice of a suspicion"}
GRADES = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "reliability can't be judged", "1": "confirmed by others", "2": "probably true",
    "3": "possibly true", "4": "doubtful", "5": "improbable", "6": "truth can't be judged",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text; `pieces` numbers the evidence that covers it, in the order of the table, "" where none does."""

    text: str
    pieces: str


def package_page(package: Mapping[str, Any], *, producer: str) -> str:
    """The page of a package (`build_package`'s body, read)."""
    evidence = package["assessments"].get("evidence", [])
    text = package["facts"].get("text", {})
    return (
        _templates()
        .get_template("package.html")
        .render(
            package=package,
            producer=producer,
            title=TITLES[package["kind"]],
            text=[(name, _segments(text[name], name, evidence)) for name in ("title", "description") if name in text],
            evidence=evidence,
            quoted=any(piece.get("quote") for piece in evidence),
            grades=package["handling"]["source_grading"]["items"],
            sha256=hashlib.sha256(canonical_json(package)).hexdigest(),
        )
    )


def _segments(text: str, field: str, evidence: Sequence[Mapping[str, Any]]) -> list[Segment]:
    """Offsets count code points; those that don't fit the text mark nothing."""
    spans = [
        (number, piece["start"], piece["end"])
        for number, piece in enumerate(evidence, start=1)
        if piece["field"] == field and 0 <= piece["start"] < piece["end"] <= len(text)
    ]
    cuts = sorted({0, len(text), *(start for _, start, _ in spans), *(end for _, _, end in spans)})
    return [
        Segment(
            text[start:end], ", ".join(str(number) for number, first, last in spans if first <= start and end <= last)
        )
        for start, end in pairwise(cuts)
    ]


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    environment.filters["words"] = lambda name: str(name).replace("_", " ")
    environment.filters["moment"] = lambda moment: (
        str(moment).replace("T", " ").replace("+00:00", "Z").replace("Z", " UTC")
    )
    environment.filters["grade"] = lambda grade: f"{grade}: {GRADES[grade[0]]}, {GRADES[grade[1]]}"
    return environment
