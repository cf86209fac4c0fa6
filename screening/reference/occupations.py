"""Occupations: from the words of a job title to groups of ISCO-08.

Beside the learned model (`occupations_model.py`) two tables ship in `data/occupations` (sources and licences in its
README.md): everyday words, by hand, which the model weighs; and the names of the groups.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from screening.reference.phrase_table import PhraseMatch, PhraseTable

_DATA = files("screening.reference") / "data" / "occupations"
SECTORS = ("domestic_work", "care", "agriculture", "tourism", "cleaning", "construction")
"""Sectors in which trafficking for labour is found most: shared with the ILO's and the police's lists (docs/sources.md)."""


@dataclass(frozen=True, slots=True)
class EverydayWord:
    isco08: str  # 1 to 4 digits
    high_risk: str | None


def everyday_phrases() -> Iterator[tuple[str, EverydayWord]]:
    """Each phrase of the hand-made table with what it means. Raises ValueError naming the line where it is faulty."""
    for number, line in enumerate((_DATA / "everyday_words.tsv").read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        isco08, sector, phrases = line.split("\t")
        if not isco08.isdigit() or (sector != "-" and sector not in SECTORS):
            raise ValueError(f"everyday_words.tsv, line {number}: group {isco08!r} or sector {sector!r} is unknown")
        for phrase in phrases.split(","):
            yield phrase, EverydayWord(isco08, None if sector == "-" else sector)


@cache
def everyday_words() -> PhraseTable[EverydayWord]:
    """The hand-made table, ready to match. Raises ValueError naming the line where it is faulty."""
    table: PhraseTable[EverydayWord] = PhraseTable()
    for phrase, word in everyday_phrases():
        table.add(phrase, word)
    return table


@cache
def group_names() -> dict[str, str]:
    """English name of every ISCO-08 group, by its code of 1 to 4 digits (International Labour Office, 2012)."""
    names: dict[str, str] = json.loads((_DATA / "isco08_names.json").read_text("utf-8"))
    return names


def group_name(isco08: str) -> str:
    """The name of the group or, where the code isn't one, of the nearest group above it."""
    names = group_names()
    return next((names[isco08[:length]] for length in range(len(isco08), 0, -1) if isco08[:length] in names), "")


@lru_cache(maxsize=1_000)
def high_risk_of(isco08: str) -> str | None:
    """The high-risk sector a group belongs to as a whole; None where it holds other work too."""
    for code, sector in _SECTOR_OF_GROUP:
        if isco08.startswith(code):
            return sector
    return None


_SECTOR_OF_GROUP = (
    ("9111", "domestic_work"), ("5152", "domestic_work"), ("53", "care"), ("92", "agriculture"), ("61", "agriculture"),
    ("62", "agriculture"), ("63", "agriculture"), ("94", "tourism"), ("512", "tourism"), ("513", "tourism"),
    ("91", "cleaning"), ("71", "construction"), ("9312", "construction"), ("9313", "construction"),
)  # fmt: skip


def everyday_matches(tokens: Sequence[str]) -> list[PhraseMatch[EverydayWord]]:
    return everyday_words().best(tokens)
