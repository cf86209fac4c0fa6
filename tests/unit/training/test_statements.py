"""The constructed statements: known codes and signs, no text twice, and none of the untouched fifth among them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from screening.rules.languages import LANGUAGES
from screening.text.tokens import words_of
from screening.training.constructed import CORPUS, STATEMENTS, is_untouched
from screening.training.encoder.signs import SIGNS

FILES = sorted(STATEMENTS.glob("*.tsv"))
RUN = 9
"""So many words in a row, found in an untouched offer too, mean that a statement was taken from it."""


def rows(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text("utf-8").splitlines()
    return [(label, text) for label, text in (line.split("\t", 1) for line in lines if not line.startswith("#"))]


def test_every_language_has_statements() -> None:
    assert {path.stem for path in FILES} == set(LANGUAGES)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_labels_are_known_and_texts_stand_once(path: Path) -> None:
    found = rows(path)
    assert {label[:-1] for label, _ in found} <= {*SIGNS, "JX", "WARN", "XX"}
    assert {label[-1] for label, _ in found} <= set("+-o")
    assert len({text for _, text in found}) == len(found)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_no_statement_was_taken_from_the_untouched_fifth(path: Path) -> None:
    pairs = CORPUS / f"{path.stem}.jsonl"
    offers = [json.loads(line) for line in pairs.read_text("utf-8").splitlines() if line] if pairs.exists() else []
    spoken = " | ".join(" ".join(words_of(offer["text"])) for offer in offers if is_untouched(offer["pair"]))
    for _, text in rows(path):
        words = words_of(text)
        for start in range(len(words) - RUN + 1):
            assert " ".join(words[start : start + RUN]) not in spoken, text
