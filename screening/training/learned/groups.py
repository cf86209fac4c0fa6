"""Groups that no split may part: near copies of a text, by the same sketch that ties posts into campaigns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

from screening.links.text_sketch import TextSketch, TextSketcher, similarity

SEED = b"groups of the learned score"
NEAR = 0.3
"""Shared five-word shingles from which two texts are of one template: lower than where posts are tied (0.8), as a template
filled in anew must not stand on both sides."""
MOST_SHARED = 200
"""A shingle that more texts share than that proposes no pairs by itself; such texts share others."""


class Union:
    """Disjoint sets of row numbers."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def find(self, row: int) -> int:
        while self._parent[row] != row:
            self._parent[row] = self._parent[self._parent[row]]
            row = self._parent[row]
        return row

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self._parent[second] = first

    def numbers(self) -> list[int]:
        return [self.find(row) for row in range(len(self._parent))]


def exact_groups(words: Sequence[Sequence[str]]) -> list[int]:
    """The same number for texts of the same words."""
    first: dict[tuple[str, ...], int] = {}
    return [first.setdefault(tuple(text), number) for number, text in enumerate(words)]


def near_groups(words: Sequence[Sequence[str]], together: Sequence[Hashable | None] | None = None) -> list[int]:
    """The same number for texts that are near copies of one another or bear the same `together`, over any number of steps."""
    union = Union(len(words))
    sketcher = TextSketcher(SEED)
    sketches: list[TextSketch | None] = [sketcher.sketch([text]) for text in words]
    holders: dict[int, list[int]] = defaultdict(list)
    for row, sketch in enumerate(sketches):
        for value in sketch.sample if sketch else ():
            holders[value].append(row)
    tried: set[tuple[int, int]] = set()
    for rows in holders.values():
        if len(rows) > MOST_SHARED:
            rows = rows[:MOST_SHARED]
        for place, one in enumerate(rows):
            for other in rows[place + 1 :]:
                if (one, other) in tried or union.find(one) == union.find(other):
                    continue
                tried.add((one, other))
                first, second = sketches[one], sketches[other]
                if first and second and similarity(first, second) >= NEAR:
                    union.join(one, other)
    for same in (exact_groups(words), together or []):
        seen: dict[Hashable, int] = {}
        for row, key in enumerate(same):
            if key is not None:
                union.join(row, seen.setdefault(key, row))
    return union.numbers()
