"""A table of short phrases over folded tokens: `word` exact, `word*` any ending, blanks between words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from screening.remembered import Remembered
from screening.text.fold import fold

_MIN_PREFIX = 2
_MAX_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class _Phrase[Value]:
    words: tuple[tuple[str, bool], ...]  # (folded word, any ending)
    value: Value


@dataclass(frozen=True, slots=True)
class PhraseMatch[Value]:
    """Tokens [start, end) say `value`; `letters` is how many letters the phrase fixed, the measure of its precision."""

    start: int
    end: int
    letters: int
    value: Value


@dataclass(slots=True)
class PhraseTable[Value]:
    """Looks every phrase up in one pass: time grows with the tokens, not with the phrases."""

    _exact: dict[str, list[_Phrase[Value]]] = field(default_factory=dict)
    _prefix: dict[str, list[_Phrase[Value]]] = field(default_factory=dict)
    _longest: int = _MIN_PREFIX
    _known: Remembered[str, tuple[_Phrase[Value], ...]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._known = Remembered(self._look_up, _MAX_REMEMBERED)

    def add(self, phrase: str, value: Value) -> None:
        """Raises ValueError for an empty phrase or an ending mark on fewer than two letters: faults of the table."""
        words = []
        for written in phrase.split():
            word = fold(written.rstrip("*"))
            if not word or (written.endswith("*") and len(word) < _MIN_PREFIX):
                raise ValueError(f"phrase {phrase!r}: {written!r} is too short")
            words.append((word, written.endswith("*")))
        if not words:
            raise ValueError("empty phrase")
        first, any_ending = words[0]
        (self._prefix if any_ending else self._exact).setdefault(first, []).append(_Phrase(tuple(words), value))
        self._longest = max(self._longest, len(first))
        self._known.clear()

    def matches(self, tokens: Sequence[str]) -> Iterator[PhraseMatch[Value]]:
        """Every match, by place; phrases that begin at the same token come in the order of the table."""
        for index, phrases in enumerate(map(self._known.__getitem__, tokens)):
            for phrase in phrases:
                yield from _match(phrase, tokens, index)

    def _look_up(self, token: str) -> tuple[_Phrase[Value], ...]:
        """The phrases that the token may begin, remembered: most tokens begin none."""
        return tuple(self._exact.get(token, ())) + tuple(
            phrase
            for length in range(_MIN_PREFIX, min(len(token), self._longest) + 1)
            for phrase in self._prefix.get(token[:length], ())
        )

    def best(self, tokens: Sequence[str]) -> list[PhraseMatch[Value]]:
        """Matches that don't overlap, the most precise first chosen, in the order of the text."""
        chosen: list[PhraseMatch[Value]] = []
        taken: set[int] = set()
        for match in sorted(self.matches(tokens), key=lambda match: (-match.letters, match.start)):
            places = range(match.start, match.end)
            if taken.isdisjoint(places):
                chosen.append(match)
                taken.update(places)
        return sorted(chosen, key=lambda match: match.start)


def _match[Value](phrase: _Phrase[Value], tokens: Sequence[str], index: int) -> Iterator[PhraseMatch[Value]]:
    end = index + len(phrase.words)
    if end > len(tokens):
        return
    for (word, any_ending), token in zip(phrase.words[1:], tokens[index + 1 : end], strict=True):
        if not (token.startswith(word) if any_ending else token == word):
            return
    letters = sum(len(word) + (not any_ending) for word, any_ending in phrase.words)
    yield PhraseMatch(index, end, letters, phrase.value)
