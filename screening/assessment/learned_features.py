"""What the learned score is told of a post: named facts and evidence, and hashed words and word pairs of its repaired text.

Training and serving call the same function, so that nothing can differ between them. No vocabulary is kept: a word is a
column by its checksum, a pair of neighbours by both of theirs. Nothing of how a text is laid out enters (space, lines, case,
punctuation, numbers, addresses), for that tells the source of a text before it tells anything else.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from screening.assessment.evidence import Evidence, Strength
from screening.rules.marks import COMPUTED_MARKS
from screening.signals.found import Facts
from screening.text.document import Document

BITS = 18
COLUMNS = 1 << BITS
"""Columns of the hashed space; each target keeps one float of four bytes a column."""
READ_FIELDS = ("title", "description")
MOST_WORDS = 4_000
"""Words of a post that are read, so that a hostile text of 100 kB costs no more than a long advert."""
WORD_SCALE = 4.0
"""A post's distinct columns n each have the value WORD_SCALE / sqrt(n), so that a long text isn't louder than a short one."""
MOST_RATIO = 2.0
"""Pay against what is typical counts up to four times or a quarter of it (log2)."""
_REACHED: dict[Strength, tuple[str, ...]] = {
    "weak": ("weak",), "medium": ("weak", "medium"), "strong": ("weak", "medium", "strong"),
}  # fmt: skip
_MASK = COLUMNS - 1
_PAIR = (
    0x9E3779B1  # odd, near the golden ratio in 32 bits: spreads the first word's checksum before the second is added
)
_WHOLE = 0xFFFFFFFF
_LEFT_OUT = -1
_MAX_REMEMBERED = 200_000
_SECTOR = "sector."


@dataclass(frozen=True, slots=True)
class LearnedFeatures:
    """`named`: facts by name. `words`: the words read, in order; `columns`: distinct columns of them and of their pairs."""

    named: dict[str, float]
    words: tuple[str, ...]
    columns: frozenset[int]


class _Checksums(dict[str, int]):
    """Remembers words; `_LEFT_OUT` for single letters and whatever holds a digit."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MAX_REMEMBERED:
            self.clear()
        kept = len(word) > 1 and not any(char.isdigit() for char in word)
        found = self[word] = zlib.crc32(word.encode("utf-8", "replace")) if kept else _LEFT_OUT
        return found


_CHECKSUMS = _Checksums()


def learned_features(words: tuple[str, ...], facts: Facts) -> LearnedFeatures:
    """The features of one post, of which `words_read` gave the words. Linear in its length up to `MOST_WORDS`."""
    return LearnedFeatures(dict(_named(facts)), words, columns_of(words))


def words_read(document: Document) -> tuple[str, ...]:
    """The folded words of title and description, at most `MOST_WORDS`, without numbers and single letters."""
    checksums = _CHECKSUMS
    read = [
        token.folded
        for field in document.fields
        if field.name in READ_FIELDS
        for token in field.tokens[:MOST_WORDS]
        if checksums[token.folded] >= 0
    ]
    return tuple(read[:MOST_WORDS])


def columns_of(words: Iterable[str]) -> frozenset[int]:
    checksums = _CHECKSUMS
    sums = [value for word in words if (value := checksums[word]) >= 0]
    return frozenset([value & _MASK for value in sums]).union(
        [((one * _PAIR + other) & _WHOLE) >> (32 - BITS) for one, other in pairwise(sums)]
    )


def column_words(words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """(column, the word or pair that it stands for), in the order of the text: to name what counted most."""
    read = list(words)
    for number, word in enumerate(read):
        value = _CHECKSUMS[word]
        yield value & _MASK, word
        if number:
            yield ((_CHECKSUMS[read[number - 1]] * _PAIR + value) & _WHOLE) >> (32 - BITS), f"{read[number - 1]} {word}"


def word_value(columns: int) -> float:
    """The value of each of so many distinct columns."""
    return WORD_SCALE / math.sqrt(columns) if columns else 0.0


def _named(facts: Facts) -> Iterator[tuple[str, float]]:
    yield from _of_evidence(facts.evidence)
    for item in facts.protective:
        if item.state == "stated":
            yield f"protective.{item.indicator}", 1.0
    for mark in facts.marks:
        if mark in COMPUTED_MARKS or mark.startswith(_SECTOR):
            yield mark, 1.0
    for kind in {contact.kind for contact in facts.contacts}:
        yield f"contact.kind.{kind}", 1.0
    check = facts.pay_check
    if check.monthly_eur and check.reference and check.reference.typical:
        pay = check.monthly_eur.max or check.monthly_eur.min
        if pay and pay > 0:
            yield "pay.ratio", max(-MOST_RATIO, min(MOST_RATIO, math.log2(pay / check.reference.typical)))


def _of_evidence(evidence: Iterable[Evidence]) -> Iterator[tuple[str, float]]:
    """Three-valued, and by dimension; strength as steps reached, so that a weight of 0 or above for each never counts more
    evidence for less."""
    for item in evidence:
        if item.state == "stated":
            for step in _REACHED[item.strength]:
                yield f"stated.{item.indicator}.{step}", 1.0
                yield f"dimension.{item.dimension}.{step}", 1.0
        elif item.state == "denied":
            yield f"denied.{item.indicator}", 1.0
        else:
            yield f"absent.{item.indicator}", 1.0
