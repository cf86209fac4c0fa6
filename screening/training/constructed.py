"""The constructed texts that ship with the project: where they lie, and which of them are never learned from."""

from __future__ import annotations

import re
from pathlib import Path

STATEMENTS = Path(__file__).with_name("statements")
CORPUS = Path(__file__).with_name("corpus")
WRITTEN_ADVERTS = Path(__file__).with_name("adverts") / "learned.jsonl"
WRITTEN_MENTIONS = WRITTEN_ADVERTS.with_name("mentions_learned.jsonl")
"""Honest texts that are no offers and speak of them: warnings, reports, questions, stories, requests."""
UNTOUCHED_ADVERTS = WRITTEN_ADVERTS.with_name("untouched.jsonl")


def pair_number(pair: str) -> int:
    return int(re.sub(r"\D", "", pair) or 1)


def is_untouched(pair: str) -> bool:
    """Whether a pair belongs to the fixed fifth that nothing is tuned or fitted on: numbers that five divides."""
    return pair_number(pair) % 5 == 0
