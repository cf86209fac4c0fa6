"""The tables of pay reading, on rows of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from screening.errors import UnreadableInputError
from screening.training.pay_evaluation import PayScore, evaluate_pay, read_rows, score_rows


def row(text: str, pays: list[dict[str, Any]], **other: str) -> str:
    values = {"id": "r1", "lang": "pl", "kind": "sentence", "source": "own:7", "note": "", "text": text, "pays": pays}
    return json.dumps(values | other)


def pay(low: float, currency: str | None, period: str | None, basis: str | None) -> dict[str, Any]:
    return {"min": low, "max": low, "currency": currency, "period": period, "basis": basis}


def test_tables_tell_right_rows_and_what_is_wrong_with_the_others() -> None:
    rows = read_rows(
        [
            row("Stawka 30 zł brutto za godzinę.", [pay(30, "PLN", "hour", "gross")]),
            row("Stawka 30 zł brutto za godzinę.", [pay(30, "PLN", "hour", "net")], id="basis"),
            row("Stawka 30 zł brutto za godzinę.", [pay(30, "PLN", "day", "net")], id="period"),
            row("Stawka 30 zł brutto za godzinę.", [], id="none"),
            row("Praca od zaraz.", [pay(30, "PLN", None, None)], id="missed", lang="uk"),
        ],
        source="own",
    )
    result = score_rows(rows)
    assert result.by_kind == {"sentence": PayScore(5, 1, 2)}
    assert result.by_language == {"pl (sentence)": PayScore(4, 1, 2), "uk (sentence)": PayScore(1, 0, 0)}
    assert result.by_source == {"own (sentence)": PayScore(5, 1, 2)}
    assert dict(result.wrong) == {"basis": "basis", "period": "period", "none": "not pay", "missed": "missed"}
    assert result.errors == {"basis": 1, "missed": 1, "not pay": 1, "period": 1}
    assert result.by_kind["sentence"].share == 0.2


def test_a_broken_euro_sign_may_be_missed_where_the_note_says_so() -> None:
    label = [pay(900, "EUR", None, None)]
    rows = read_rows(
        [row("Sueldo 900", label, note="currency_optional: broken"), row("Sueldo 900", label, id="r2")], source="own"
    )
    assert score_rows(rows).wrong == (("r2", "currency"),)


def test_a_line_that_is_no_row_is_named() -> None:
    with pytest.raises(UnreadableInputError, match="own, line 2"):
        read_rows([row("Praca", []), '{"id": "x"}'], source="own")


def test_absent_data_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="SCREENING_DATA"):
        evaluate_pay(tmp_path)
