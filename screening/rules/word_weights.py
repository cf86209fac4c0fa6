"""What words weigh for the reader, by their pieces: runs of letters, so that a stem counts in every form that it takes, and an
ending (who pays, who is paid) counts too. A word that was never seen is read by the pieces that it shares with others.

The pieces of all languages stand in one table of sorted checksums, with the few questions that each speaks to. It is loaded as
it lies, without a loop; what a word weighs for all questions is added up when it is first met, and known from then on.
"""

from __future__ import annotations

import base64
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from screening.remembered import Remembered
from screening.rules.weight_lanes import array_of, clipped, packed_bytes

PIECES = (4, 5)
"""Letters of a piece, the marks of a word's beginning and end among them."""
MAX_LETTERS = 40
"""Of a longer "word" no more is read: nobody writes such, and a hostile text may be one."""
WEIGHT_STEP = 2
"""Hundredths: weights are kept in steps of it, in a byte."""
MOST_STEPS = 127
MOST_KNOWN = 40_000
"""Words remembered by a process, some 10 MB; then it starts anew."""
MOST_PIECES = 60_000
"""Pieces remembered likewise, some 20 MB: a word that is new is mostly made of pieces that are not."""

_PARTS = ("keys", "starts", "questions", "steps")


def pieces_of(name: str) -> Iterator[str]:
    """The pieces of a word that is named with its shelf ("en#passport")."""
    shelf, _, text = name.partition("#")
    word = f"<{text[:MAX_LETTERS]}>"
    if len(word) <= PIECES[0]:
        yield f"{shelf}#{word}"
        return
    for length in PIECES:
        for start in range(len(word) - length + 1):
            yield f"{shelf}#{word[start : start + length]}"


def key_of(piece: str) -> int:
    """32 bits. Of 300,000 pieces some ten share a key with another, and one strange piece in 14,000 has a known one's."""
    return zlib.crc32(piece.encode())


@lru_cache(maxsize=4_096)
def keys_of(name: str) -> tuple[int, ...]:
    """Keys of the word's pieces in order. Several tables ask for them, one after the other."""
    return tuple(map(zlib.crc32, map(str.encode, pieces_of(name))))


@dataclass(frozen=True, slots=True)
class WordWeights:
    """`keys` sorted; the entries of the n-th stand from `starts[n]` up to `starts[n + 1]` in `questions` and `steps` (of
    WEIGHT_STEP hundredths). `known`: what words weigh, by their name."""

    keys: array[int] = field(default_factory=lambda: array("I"))
    starts: array[int] = field(default_factory=lambda: array("I", (0,)))
    questions: bytes = b""
    steps: array[int] = field(default_factory=lambda: array("b"))
    lanes: int = 0
    known: Remembered[str, int] = field(init=False, compare=False, repr=False)
    _pieces: Remembered[int, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", Remembered(self._weighed, MOST_KNOWN))
        object.__setattr__(self, "_pieces", Remembered(self._piece, MOST_PIECES))

    @classmethod
    def of_pieces(cls, weights: Mapping[str, Sequence[tuple[int, float]]], lanes: int) -> WordWeights:
        """From (question, log-odds) by piece; those too small for a step are left out.

        Raises:
            ValueError: a weight that a byte can't hold.
        """
        by_key: dict[int, dict[int, int]] = {}
        for piece, weighed in weights.items():
            steps = by_key.setdefault(key_of(piece), {})
            for question, weight in weighed:
                steps[question] = steps.get(question, 0) + round(weight * 100 / WEIGHT_STEP)
        keys, starts, questions, values = array("I"), array("I", (0,)), bytearray(), array("b")
        for key in sorted(by_key):
            entries = sorted((question, step) for question, step in by_key[key].items() if step)
            if not entries:
                continue
            if max(abs(step) for _, step in entries) > MOST_STEPS:
                raise ValueError(f"a weight in steps {entries} is beyond {MOST_STEPS}")
            keys.append(key)
            questions.extend(question for question, _ in entries)
            values.extend(step for _, step in entries)
            starts.append(len(values))
        return cls(keys, starts, bytes(questions), values, lanes)

    def of(self, name: str) -> int:
        """What a word weighs: one number with a lane for each question; 0 where nothing is known of it."""
        return self.known[name]

    def _weighed(self, name: str) -> int:
        steps = sum(map(self._pieces.__getitem__, keys_of(name)))
        return clipped(steps * WEIGHT_STEP, self.lanes) if steps else 0

    def _piece(self, key: int) -> int:
        """What a piece weighs in steps, with lanes as a word has them; those of a word's pieces together can't leave theirs."""
        keys = self.keys
        place = bisect_left(keys, key)
        if place == len(keys) or keys[place] != key:
            return 0
        start, end = self.starts[place], self.starts[place + 1]
        return packed_bytes(self.questions[start:end], self.steps[start:end].tobytes(), self.lanes)

    @property
    def checksum(self) -> int:
        """By which `reader.json` names the table that it was fitted with."""
        checksum = self.lanes
        for part in self.to_plain()[:-1]:
            checksum = zlib.crc32(part, checksum)
        return checksum

    def to_plain(self) -> tuple[bytes, bytes, bytes, bytes, int]:
        return self.keys.tobytes(), self.starts.tobytes(), self.questions, self.steps.tobytes(), self.lanes

    @classmethod
    def from_plain(cls, data: Iterable[Any]) -> WordWeights:
        keys, starts, questions, steps, lanes = data
        return cls(array_of("I", keys), array_of("I", starts), questions, array_of("b", steps), lanes)

    def to_json(self) -> dict[str, str | int]:
        """Each part compressed."""
        *parts, lanes = self.to_plain()
        packed = [base64.b64encode(zlib.compress(part, 9)).decode() for part in parts]
        return {**dict(zip(_PARTS, packed, strict=True)), "lanes": lanes}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> WordWeights:
        parts = [zlib.decompress(base64.b64decode(data[name])) for name in _PARTS]
        return cls.from_plain((*parts, data["lanes"]))
