"""The constructed corpus: whole pairs, known names, lawful tiers, and a fifth that no rule was written from."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

from screening.rules.library import load_rules
from screening.text.tokens import words_of
from screening.values.result import Tier

ROOT = Path(__file__).resolve().parents[3]
CORPUS = ROOT / "screening" / "training" / "corpus"
FIELDS = {"id", "pair", "lang", "variant", "post_type", "sector", "country", "text", "expected", "denied", "protective", "style", "constructed", "traits"}  # fmt: skip
RUN = 7
"""So many words in a row, found in a pack too, mean that a rule was written from the text."""

MEASURED = CORPUS.with_name("measured") / "pairs"
FILES = [*sorted(CORPUS.glob("*.jsonl")), *sorted(MEASURED.glob("*.jsonl"))]
LEAST_ROWS = {"corpus": 80, "pairs": 60}


def examples(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def name_of(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def untouched(path: Path, example: dict[str, Any]) -> bool:
    return path.parent == MEASURED or int(re.sub(r"\D", "", example["pair"])) % 5 == 0


def test_the_eleven_languages_are_there() -> None:
    for folder in (CORPUS, MEASURED):
        found = {path.stem for path in FILES if path.parent == folder}
        assert found == {"en", "uk", "ru", "pl", "ro", "bg", "de", "cs", "sk", "hu", "es"}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_pairs_are_whole_and_well_formed(path: Path) -> None:
    rows = examples(path)
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row.keys() >= FIELDS, row["id"]
        assert row["lang"] == path.stem
        assert row["constructed"] is True
        bound = row["min_tier"] if row["variant"] == "risky" else row["max_tier"]
        assert bound in get_args(Tier)
        assert 10 <= len(row["text"]) <= 3_000, row["id"]
    variants = Counter((row["pair"], row["variant"]) for row in rows)
    assert set(variants.values()) == {1}
    assert {pair for pair, variant in variants if variant == "risky"} == {p for p, v in variants if v == "benign"}
    assert len(rows) >= LEAST_ROWS[path.parent.name], "forty pairs a language to learn from, thirty to measure with"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_marked_indicators_bear_the_names_of_the_list(path: Path) -> None:
    rules = load_rules().indicators
    known = {indicator.code: indicator.id for indicator in rules.values() if indicator.code}
    for row in examples(path):
        for marked in row["expected"]:
            code, _, name = marked.partition(" ")
            if name and code in known and code not in ("M1", "P1", "P2", "P3"):
                assert name == known[code], f"{row['id']}: {marked}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_marks_quote_their_text_exactly(path: Path) -> None:
    for row in examples(path):
        for mark in row.get("marks", ()):
            assert mark["quote"] in row["text"], f"{row['id']}: {mark}"
            assert mark["state"] in ("stated", "denied"), f"{row['id']}: {mark}"


def runs_of(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


@pytest.fixture(scope="module")
def runs_in_packs() -> set[tuple[str, ...]]:
    packs = sorted((ROOT / "screening/rules/packs").glob("*/*.yaml"))
    return runs_of(words_of(" ".join(path.read_text("utf-8") for path in packs)))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_pack_example_was_taken_from_the_untouched_fifth(path: Path, runs_in_packs: set[tuple[str, ...]]) -> None:
    assert len(runs_in_packs) > 50_000
    for row in examples(path):
        if untouched(path, row):
            taken = runs_of(words_of(row["text"])) & runs_in_packs
            assert not taken, f"{row['id']}: '{' '.join(min(taken))}' stands in a pack"


def test_what_measures_alone_stands_nowhere_else() -> None:
    learned = {row["text"] for path in FILES if path.parent == CORPUS for row in examples(path)}
    for path in (*MEASURED.glob("*.jsonl"), *MEASURED.parent.glob("*.jsonl")):
        assert not learned & {row["text"] for row in examples(path)}, path.name
