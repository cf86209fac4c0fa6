"""Short posts put together from single statements of one language.

Statements say what one sentence means; constructed pairs are whole posts. Between them a kind was missing: two or three sentences that are
all lure. Such a post reads like the list of signs in a warning, and was taken for one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from screening.training.encoder.examples import Example
from screening.training.encoder.signs import BESIDE, ORDINARY

SEED = 2026
MOST_STATEMENTS = 3
ALTOGETHER: Mapping[str, str] = {"lure": "+", "denial": "-", "ordinary": "o"}
"""What a post's statements all do: state a sign, deny one, or speak of the same things and do neither."""

GRAVE = frozenset(
    [
        "D1",
        "D2",
        "D3",
        "D4",
        "D5",
        "D6",
        "M1",
        "M6",
        "M8",
        "M9",
        "J11",
        "J12",
        "J15",
        "J18",
        "A1",
        "A3",
        "A5",
        "A6",
        "E11",
    ]
)
"""Signs of which one makes two statements an exploitative offer; two lesser ones (no interview, vague duties) leave it open."""


def composed(statements: Sequence[Mapping[str, Any]], times: float = 1.0) -> Iterator[Example]:
    """About `times` posts for every two statements; those that warn are put together with the lures that they warn of.

    Args:
        statements: rows of `examples.statements`.
    """
    chance = random.Random(SEED)  # noqa: S311 - a draw of examples, no secret
    by_language = sorted(statements, key=lambda row: row["lang"])
    for language, rows in groupby(by_language, key=lambda row: str(row["lang"])):
        kinds: dict[str, list[Mapping[str, Any]]] = {"lure": [], "denial": [], "ordinary": [], "warning": []}
        for row in rows:
            if (kind := _kind(row)) is not None:
                kinds[kind].append(row)
        for kind, weight in (("lure", 0.5), ("denial", 0.4), ("ordinary", 0.3), ("warning", 1.0)):
            known = kinds[kind]
            for number in range(int(len(known) * weight * times)):
                if kind == "warning":
                    parts = [chance.choice(known), *_draw(kinds["lure"], chance.randrange(3), chance)]
                else:
                    parts = _draw(known, chance.randint(2, MOST_STATEMENTS), chance)
                yield _post(f"{language}-{kind}-{number}", language, kind, parts)


def _kind(row: Mapping[str, Any]) -> str | None:
    if row["whole"].get("mention") == 1:
        return "warning"
    codes = {code for _, code in (*row["stated"], *row["denied"])}
    if codes & ORDINARY:
        return None
    if row["stated"]:
        return "lure"
    if row["denied"]:
        return "denial"
    return "ordinary" if row["whole"].get("exploitation") == 0 else None


def _draw(rows: Sequence[Mapping[str, Any]], count: int, chance: random.Random) -> list[Mapping[str, Any]]:
    return chance.sample(list(rows), min(count, len(rows)))


def _post(name: str, language: str, kind: str, parts: Sequence[Mapping[str, Any]]) -> Example:
    example = Example("composed", name, language, [], weight=0.7)
    unknown: set[str] = set()
    for part in parts:
        first = len(example.segments)
        example.segments += part["segments"]
        of_signs = kind != "warning"
        example.stated += [(first + at, code) for at, code in part["stated"] if of_signs]
        example.denied += [(first + at, code) for at, code in part["denied"] if of_signs]
        unknown |= {"*"} if not of_signs else set(part["unknown"])
    for _, code in example.stated:
        unknown |= set(BESIDE.get(code, "").split())
    example.unknown = sorted(unknown - {code for _, code in example.stated})
    risky = kind == "lure"
    example.whole = {"mention": int(kind == "warning")}
    if risky and any(code in GRAVE for _, code in example.stated):
        example.whole["exploitation"] = 1
    if not risky:
        example.whole |= {"exploitation": 0, "urgent": 0, "fraud": 0}
    if kind in ("lure", "denial"):
        example.whole["no_offer"] = 0
    return example
