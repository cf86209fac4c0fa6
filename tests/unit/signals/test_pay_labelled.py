"""Pay reading against the labelled rows of ../shared/data/pay; hidden rows of the same kind exist, so margins are kept."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from screening.signals.pay import read_pay_text
from tests.unit.signals.documents import TODAY

DATA = Path(os.environ.get("SCREENING_DATA", Path(__file__).parents[4] / "shared" / "data")) / "pay" / "labelled.jsonl"
LEAST = {"field": 0.97, "sentence": 0.94}


def _right(row: dict[str, Any]) -> bool:
    reading = read_pay_text(row["text"], today=TODAY, lang_hint=row["lang"], field=row["kind"] == "field")
    if len(reading.pays) != len(row["pays"]):
        return False
    for found, label in zip((entry.pay for entry in reading.pays), row["pays"], strict=True):
        currencies = {label["currency"], None} if label.get("currency_optional") else {label["currency"]}
        if found.currency not in currencies:
            return False
        if any(getattr(found, name) != label[name] for name in ("min", "max", "period", "basis")):
            return False
    return True


@pytest.mark.data
@pytest.mark.parametrize("kind", ["field", "sentence"])
def test_share_of_rows_read_exactly(kind: str) -> None:
    if not DATA.exists():
        pytest.skip(f"no evaluation data at {DATA}; set SCREENING_DATA")
    rows = [row for row in map(json.loads, DATA.read_text("utf-8").splitlines()) if row["kind"] == kind]
    wrong = [row["id"] for row in rows if not _right(row)]
    assert 1 - len(wrong) / len(rows) >= LEAST[kind], f"wrong: {wrong}"
