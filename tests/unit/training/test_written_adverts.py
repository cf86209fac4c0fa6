"""The written honest adverts and texts: whole rows, no text twice, and a fifth that nothing is fitted on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from screening.training.constructed import UNTOUCHED_ADVERTS, WRITTEN_ADVERTS, WRITTEN_MENTIONS

UNTOUCHED_MENTIONS = WRITTEN_MENTIONS.with_name("mentions_untouched.jsonl")


def rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def fifth(row: dict[str, str]) -> bool:
    return int(re.sub(r"\D", "", row["id"])) % 5 == 0


@pytest.mark.parametrize(
    ("learned", "untouched", "least"),
    [(WRITTEN_ADVERTS, UNTOUCHED_ADVERTS, 1000), (WRITTEN_MENTIONS, UNTOUCHED_MENTIONS, 200)],
)
def test_both_parts_are_there_and_split_by_number(learned: Path, untouched: Path, least: int) -> None:
    assert len(rows(learned)) >= least
    assert len(rows(untouched)) >= least / 5
    assert not any(map(fifth, rows(learned)))
    assert all(map(fifth, rows(untouched)))


def test_rows_are_whole_and_stand_once() -> None:
    every = [row for path in sorted(WRITTEN_ADVERTS.parent.glob("*.jsonl")) for row in rows(path)]
    assert all(row.keys() >= {"id", "lang", "title", "text", "post_type", "constructed"} for row in every)
    assert len({row["id"] for row in every}) == len({row["text"] for row in every}) == len(every)
