"""What a campaign's texts have in common, with slots for what differs and what fills them. Every script is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from screening.text.tokens import words_and_gaps

MOST_TEXTS = 40
MOST_WORDS = 600
LEAST_COMMON = 0.3
"""Share of the base's words that must be common to all: below it there is no template to show, only tied texts."""
FILLINGS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Part:
    """Common words, or a slot with the words that fill it, most frequent first ("" where a text has nothing there)."""

    text: str
    fillings: tuple[tuple[str, int], ...] = ()

    @property
    def is_slot(self) -> bool:
        return bool(self.fillings)

    def to_dict(self) -> dict[str, Any]:
        return {"slot": [list(filling) for filling in self.fillings]} if self.is_slot else {"text": self.text}


def template_of(texts: Sequence[str]) -> tuple[Part, ...]:
    """The template of two texts or more, () where they have too little in common.

    The base is the text that is most like the first ones; each other text is aligned with it word by word, and a word of the
    base is common where every aligned text has it. Texts beyond the first `MOST_TEXTS` are left out.
    """
    cut = [words_and_gaps(text)[:MOST_WORDS] for text in texts[:MOST_TEXTS]]
    cut = [words for words in cut if words]
    if len(cut) < 2:
        return ()
    base = _base(cut)
    others = [words for words in cut if words is not base]
    keys = [word.casefold() for word, _ in base]
    aligned = [_aligned(keys, [word.casefold() for word, _ in other]) for other in others]
    # Those that share little with the base (translations, replies) would leave nothing common: they are left aside.
    near = [(other, match) for other, match in zip(others, aligned, strict=True) if 2 * len(match) >= len(base)]
    if not near:
        return ()
    common = [all(index in match for _, match in near) for index in range(len(base))]
    if sum(common) < LEAST_COMMON * len(base):
        return ()
    return _parts(base, near, common)


def _base(cut: list[list[tuple[str, str]]]) -> list[tuple[str, str]]:
    def likeness(words: list[tuple[str, str]]) -> int:
        own = Counter(word.casefold() for word, _ in words)
        return sum((own & Counter(word.casefold() for word, _ in other)).total() for other in cut[:10])

    return max(cut, key=likeness)


def _aligned(base: list[str], other: list[str]) -> dict[int, int]:
    """Index in the base -> index in the other, of the words that stand in both in the same order."""
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return {block.a + step: block.b + step for block in matcher.get_matching_blocks() for step in range(block.size)}


def _parts(
    base: list[tuple[str, str]], near: list[tuple[list[tuple[str, str]], dict[int, int]]], common: list[bool]
) -> tuple[Part, ...]:
    parts: list[Part] = []
    run: list[tuple[str, str]] = []
    before: int | None = None
    for index in [*(place for place, held in enumerate(common) if held), None]:
        slot = _slot(base, near, before, index)
        if slot:
            if run:
                parts.append(Part(_written(run)))
            parts.append(slot)
            run = []
        if index is not None:
            run.append(base[index])
        before = index
    if run:
        parts.append(Part(_written(run)))
    return tuple(parts)


def _slot(
    base: list[tuple[str, str]], near: list[tuple[list[tuple[str, str]], dict[int, int]]],
    before: int | None, after: int | None,
) -> Part | None:  # fmt: skip
    """What stands between two neighbouring common words of the base, text by text; None at the ends, None where nothing does."""
    start, end = (0 if before is None else before + 1), (len(base) if after is None else after)
    fillings: Counter[str] = Counter([_written(base[start:end]).strip()])
    for other, match in near:
        first = 0 if before is None else match[before] + 1
        last = len(other) if after is None else match[after]
        fillings[_written(other[first:last]).strip()] += 1
    if set(fillings) == {""}:
        return None
    ordered = sorted(fillings.items(), key=lambda item: (-item[1], item[0]))
    return Part("", tuple(ordered[:FILLINGS_SHOWN]))


def _written(words: Sequence[tuple[str, str]]) -> str:
    return "".join(word + gap for word, gap in words)
