"""The learned section: one set of tables for the terminal and the page."""

from __future__ import annotations

import io
from typing import Any

from rich.console import Console

from screening.training.evaluation.console import show
from screening.training.evaluation.learned_rows import learned_rows
from screening.training.evaluation.page import render
from screening.training.evaluation.run import Evaluation
from screening.training.evaluation.shares import share_of

MEASURES = ("f1", "average_precision", "area", "recall", "false_positives", "f1_at_base_rate", "ap_at_base_rate")
AREA = {"area": 0.91, "low": 0.88, "high": 0.94}
KINDS = ("recall", "false_positives", "recall_watch", "false_positives_watch")
FOUND: dict[str, Any] = {
    "model": "2026-11-27-0123", "watch_from": {"fraud": 0.9},
    "audit": {"f1": 0.705, "average_precision": 0.756, "difference": "other <sources>"},
    "splits": {"near": {name: {"mean": 0.5, "deviation": 0.1} for name in MEASURES}},
    "rewritten": {"frauds": share_of(8, 10), "rewritten": share_of(7, 10)},
    "control": {"fraud": {"source": 0.99, "given": 0.8, "given_weighted": 0.51}},
    "pairs": {
        "all": {
            "rows": 20, "evidence": AREA, "score": AREA, "both": AREA, "evidence_before": share_of(8, 10),
            "both_before": share_of(9, 10), "abstains": share_of(1, 20), "risky_raised": share_of(2, 10),
            "honest_raised": share_of(0, 10),
        }
    },
    "tiers": {"polish": share_of(3, 2_000)},
    "recall": {"without": {"watch": share_of(1, 10)}, "with": {"watch": share_of(4, 10)}},
    "slices": {"all": {name: share_of(1, 4) for name in KINDS}},
    "moved": {"tiers": {"clear to watch": 3}, "rank_change": 0.0123, "refused": []},
}  # fmt: skip
RESULTS: dict[str, Any] = {
    "sections": ["learned"], "sample": None, "assessed_at": "2026-03-02T00:00:00+00:00", "targets": [], "learned": FOUND,
    "versions": {"rules": "r", "code": "c", "reference": "f", "model": "m"},
}  # fmt: skip


def test_every_table_has_a_cell_for_each_of_its_columns() -> None:
    tables = list(learned_rows(FOUND))
    assert len(tables) == 7
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)


def test_terminal_and_page_show_the_same_figures() -> None:
    console = Console(file=io.StringIO(), width=400)
    show(RESULTS, console)
    printed, page = console.file.getvalue(), render(Evaluation(RESULTS, {}))  # type: ignore[attr-defined]
    assert '<h2 id="learned">' in page
    assert '<a href="#learned">' in page
    for figure in ("0.500 ± 0.100", "0.910 [0.880, 0.940]", "3 of 2,000", "0.0123"):
        assert figure in printed
        assert figure in page
    assert "other &lt;sources&gt;" in page


def test_a_page_without_the_section_has_no_heading_for_it() -> None:
    page = render(Evaluation({name: value for name, value in RESULTS.items() if name != "learned"}, {}))
    assert 'id="learned"' not in page
    assert 'href="#learned"' not in page
