"""The figures of the learned score as tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from screening.training.evaluation.shares import interval, percent


def show_learned(found: Mapping[str, Any], console: Console) -> None:
    """Print every table of the section, bad figures as they are."""
    console.print(f"Learned score {found['model']}: watched from {found['watch_from']}", highlight=False)
    _splits(found, console)
    _rows(
        "Recall on frauds and on the same frauds rewritten, held apart, five seeds (at log-odds 0; where 1 % and 5 % of the genuine are above)",
        ("", "recall [95 %]"),
        ((name, interval(share, 1)) for name, share in found["rewritten"].items()),
        console,
    )
    _rows(
        "Controls that see style, length and source alone (area; 0.5 is chance)",
        ("target", "as the sources have it", "as the model is given it", "with its weights"),
        (
            (name, *(f"{row[key]:.3f}" for key in ("source", "given", "given_weighted")))
            for name, row in found["control"].items()
        ),
        console,
    )
    _pairs(found["pairs"], console)
    _rows(
        "Genuine adverts whose tier the score changes",
        ("", "changed [95 %]"),
        (
            (name, f"{share['part']} of {share['whole']:,}: {interval(share, 2)}")
            for name, share in found["tiers"].items()
        ),
        console,
    )
    keys = list(found["recall"]["with"])
    _rows(
        "Frauds found, and English genuine adverts watched, without and with the score (by rank: at so many of the genuine above)",
        ("", "without", "with"),
        ((key, *(interval(found["recall"][way][key], 1) for way in ("without", "with"))) for key in keys),
        console,
    )
    _rows(
        "Target fraud, held apart (at a chance of a half; at the threshold of watch)",
        ("", "recall", "false positives", "recall, watch", "false positives, watch"),
        (
            (
                name,
                *(interval(row[k], 1) for k in ("recall", "false_positives", "recall_watch", "false_positives_watch")),
            )
            for name, row in found["slices"].items()
        ),
        console,
    )
    console.print(
        f"On all ordinary adverts, deployed weights: tiers {found['moved']['tiers'] or 'unchanged'}, "
        f"ranks by {found['moved']['rank_change']:.4f} on average", highlight=False,
    )  # fmt: skip


def _splits(found: Mapping[str, Any], console: Console) -> None:
    keys = ("f1", "average_precision", "area", "recall", "false_positives", "f1_at_base_rate", "ap_at_base_rate")
    _rows(
        "Fraud against genuine, five seeds, mean ± deviation (the last two with genuine rows weighed to the audit's 4.8 % frauds)",
        ("split", *(key.replace("_", " ") for key in keys)),
        (
            (name, *(f"{row[key]['mean']:.3f} ± {row[key]['deviation']:.3f}" for key in keys))
            for name, row in found["splits"].items()
        ),
        console,
    )
    audit = found["audit"]
    console.print(
        f"Published audit, text alone, near-template split: F1 {audit['f1']}, average precision "
        f"{audit['average_precision']}; {audit['difference']}.",
        highlight=False,
    )


def _pairs(pairs: Mapping[str, Any], console: Console) -> None:
    def area(row: Mapping[str, float]) -> str:
        return f"{row['area']:.3f} [{row['low']:.3f}, {row['high']:.3f}]"

    _rows(
        "Untouched pairs and adverts: area by rank on evidence, by score, by rank with it [95 %]; risky before its twin; raised to watch",
        ("language", "rows", "evidence", "score", "both", "before, evidence", "before, both", "abstains", "risky raised", "honest raised"),
        (
            (
                name, str(row["rows"]), area(row["evidence"]), area(row["score"]), area(row["both"]),
                percent(row["evidence_before"]["share"]), percent(row["both_before"]["share"]),
                percent(row["abstains"]["share"]), str(row["risky_raised"]["part"]), str(row["honest_raised"]["part"]),
            )
            for name, row in pairs.items()
        ),
        console,
    )  # fmt: skip


def _rows(title: str, columns: Iterable[str], rows: Iterable[tuple[str, ...]], console: Console) -> None:
    table = Table(title=title, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    for row in rows:
        table.add_row(*row)
    console.print(table)
