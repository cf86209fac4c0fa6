"""The written honest adverts: whole rows, no text twice, and a fifth that nothing is fitted on."""

from __future__ import annotations

import json
import re
from pathlib import Path

from screening.training.learned.datasets import UNTOUCHED_ADVERTS
from screening.training.statements import WRITTEN_ADVERTS


def rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def fifth(row: dict[str, str]) -> bool:
    return int(re.sub(r"\D", "", row["id"])) % 5 == 0


def test_both_parts_are_there_and_split_by_number() -> None:
    learned, untouched = rows(WRITTEN_ADVERTS), rows(UNTOUCHED_ADVERTS)
    assert len(learned) >= 500
    assert len(untouched) >= 120
    assert not any(map(fifth, learned))
    assert all(map(fifth, untouched))


def test_rows_are_whole_and_stand_once() -> None:
    every = [*rows(WRITTEN_ADVERTS), *rows(UNTOUCHED_ADVERTS)]
    assert all(row.keys() >= {"id", "lang", "title", "text", "post_type", "constructed"} for row in every)
    assert len({row["id"] for row in every}) == len({row["text"] for row in every}) == len(every)
