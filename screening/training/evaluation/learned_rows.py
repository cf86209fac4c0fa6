"""The figures of the learned score as titled tables of text, for the terminal and the page alike: bad figures as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from screening.training.evaluation.shares import interval, percent


class TableOf(NamedTuple):
    """A title, the names of its columns, its rows in the same order, and what is to be said under it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def learned_rows(found: Mapping[str, Any]) -> Iterable[TableOf]:
    """Every table of the section `learned` of an evaluation's results."""
    yield _splits(found)
    yield TableOf(
        "Recall on frauds and on the same frauds rewritten, held apart, five seeds (at log-odds 0; where 1 % and 5 % of the genuine are above)",
        ("", "recall [95 %]"),
        tuple((name, interval(share, 1)) for name, share in found["rewritten"].items()),
    )
    yield TableOf(
        "Controls that see style, length and source alone (area; 0.5 is chance)",
        ("target", "as the sources have it", "as the model is given it", "with its weights"),
        tuple(
            (name, *(f"{row[key]:.3f}" for key in ("source", "given", "given_weighted")))
            for name, row in found["control"].items()
        ),
    )
    yield _pairs(found["pairs"])
    yield TableOf(
        "Genuine adverts whose tier the score changes",
        ("", "changed [95 %]"),
        tuple(
            (name, f"{share['part']} of {share['whole']:,}: {interval(share, 2)}")
            for name, share in found["tiers"].items()
        ),
    )
    yield TableOf(
        "Frauds found, and English genuine adverts watched, without and with the score (by rank: at so many of the genuine above)",
        ("", "without", "with"),
        tuple(
            (key, *(interval(found["recall"][way][key], 1) for way in ("without", "with")))
            for key in found["recall"]["with"]
        ),
    )
    yield TableOf(
        "Target fraud, held apart (at a chance of a half; at the threshold of watch)",
        ("", "recall", "false positives", "recall, watch", "false positives, watch"),
        tuple(
            (
                name,
                *(interval(row[k], 1) for k in ("recall", "false_positives", "recall_watch", "false_positives_watch")),
            )
            for name, row in found["slices"].items()
        ),
        f"On all ordinary adverts, deployed weights: tiers {_tiers(found['moved']['tiers'])}, "
        f"ranks by {found['moved']['rank_change']:.4f} on average.",
    )


def _tiers(moved: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in moved.items()) or "unchanged"


def _splits(found: Mapping[str, Any]) -> TableOf:
    keys = ("f1", "average_precision", "area", "recall", "false_positives", "f1_at_base_rate", "ap_at_base_rate")
    audit = found["audit"]
    return TableOf(
        "Fraud against genuine, five seeds, mean ± deviation (the last two with genuine rows weighed to the audit's 4.8 % frauds)",
        ("split", *(key.replace("_", " ") for key in keys)),
        tuple(
            (name, *(f"{row[key]['mean']:.3f} ± {row[key]['deviation']:.3f}" for key in keys))
            for name, row in found["splits"].items()
        ),
        f"Published audit, text alone, near-template split: F1 {audit['f1']}, average precision "
        f"{audit['average_precision']}; {audit['difference']}.",
    )


def _pairs(pairs: Mapping[str, Any]) -> TableOf:
    def area(row: Mapping[str, float]) -> str:
        return f"{row['area']:.3f} [{row['low']:.3f}, {row['high']:.3f}]"

    return TableOf(
        "Untouched pairs and adverts: area by rank on evidence, by score, by rank with it [95 %]; risky before its twin; raised to watch",
        ("language", "rows", "evidence", "score", "both", "before, evidence", "before, both", "abstains", "risky raised", "honest raised"),
        tuple(
            (
                name, str(row["rows"]), area(row["evidence"]), area(row["score"]), area(row["both"]),
                percent(row["evidence_before"]["share"]), percent(row["both_before"]["share"]),
                percent(row["abstains"]["share"]), str(row["risky_raised"]["part"]), str(row["honest_raised"]["part"]),
            )
            for name, row in pairs.items()
        ),
    )  # fmt: skip
