"""What a post says as one text: whether it is a risky offer, and whether it speaks of lures instead of being one.

Each concept, each word with its pieces and each pair of neighbouring words has a weight for either question. Here thousands of offers
teach each weight, where a question about one sentence (`reader.py`) has hundreds: so whole words and their neighbours count, which
would teach a question nothing (docs/decisions/0007-reader.md). Longer texts hold more of everything: the sum is divided by the root of
what was read, as a text of the usual length has it.
"""

from __future__ import annotations

import base64
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt
from typing import Any

from screening.remembered import Remembered
from screening.rules.weight_lanes import array_of
from screening.rules.word_weights import MAX_LETTERS, key_of, keys_of, pieces_of

PAIR_LETTERS = 5
"""Of each of two neighbouring words: their stems, as a rule. Pairs of whole words tell as much."""
FIGURE = "0"
STEP = 0.001
LARGEST = 32.7
MOST_KNOWN = 60_000
"""Words, their pieces, pairs and concepts remembered by a process, so many of each, some 10 MB; then it starts anew."""
NOTHING = 0j
_PARTS = ("keys", "risky", "mention")


def names_of(word: str) -> Iterator[str]:
    """What a word that is named with its shelf ("en#passport") is read by: its pieces, and as it stands."""
    yield from pieces_of(word)
    shelf, _, text = word.partition("#")
    yield whole_word(shelf, text)


def whole_word(shelf: str, text: str) -> str:
    return f"{shelf}#<{text[:MAX_LETTERS]}>"


def pairs_of(words: Iterable[str], shelf: str) -> set[str]:
    """Names of a sentence's neighbouring words; a figure is any figure."""
    stems = [word[:PAIR_LETTERS] if word[0].isalpha() else FIGURE for word in words]
    return {f"{shelf}#{first} {second}" for first, second in pairwise(stems)}


@dataclass(frozen=True, slots=True)
class TextWeights:
    """Weights for both questions by key, as they lie in a file: `keys` sorted, the weights in steps of STEP."""

    keys: array[int] = field(default_factory=lambda: array("I"))
    risky: array[int] = field(default_factory=lambda: array("h"))
    mention: array[int] = field(default_factory=lambda: array("h"))

    @classmethod
    def of(cls, weights: Mapping[int, Sequence[float]]) -> TextWeights:
        """From (of risky, of mention) by key.

        Raises:
            ValueError: a weight beyond ±LARGEST.
        """
        table = cls()
        for key, found in sorted(weights.items()):
            if max(map(abs, found)) > LARGEST:
                raise ValueError(f"a weight of {found} is beyond {LARGEST}")
            risky, mention = (round(weight / STEP) for weight in found)
            if risky or mention:
                table.keys.append(key)
                table.risky.append(risky)
                table.mention.append(mention)
        return table

    def get(self, key: int) -> complex:
        """Both weights in steps, as one number whose parts add up apart: of risky the real one, of mention the other."""
        keys = self.keys
        place = bisect_left(keys, key)
        if place < len(keys) and keys[place] == key:
            return complex(self.risky[place], self.mention[place])
        return NOTHING

    @property
    def checksum(self) -> int:
        """By which a file names the weights that it was fitted with."""
        checksum = 0
        for part in self.to_plain():
            checksum = zlib.crc32(part, checksum)
        return checksum

    def to_plain(self) -> tuple[bytes, bytes, bytes]:
        return self.keys.tobytes(), self.risky.tobytes(), self.mention.tobytes()

    @classmethod
    def from_plain(cls, data: Iterable[bytes]) -> TextWeights:
        keys, risky, mention = data
        return cls(array_of("I", keys), array_of("h", risky), array_of("h", mention))


@dataclass(frozen=True, slots=True)
class TextReader:
    """`biases`: of risky and of mention, log-odds. `usual`: the root of what a text of the usual length holds. `features`: weights
    of concepts; `names`: of words, their pieces and pairs, by the checksum of their name."""

    biases: tuple[float, float] = (0.0, 0.0)
    usual: float = 1.0
    features: TextWeights = field(default_factory=TextWeights)
    names: TextWeights = field(default_factory=TextWeights)
    _features: Remembered[int, complex] = field(init=False, compare=False, repr=False)
    _pieces: Remembered[int, complex] = field(init=False, compare=False, repr=False)
    _words: Remembered[str, complex] = field(init=False, compare=False, repr=False)
    _pairs: Remembered[str, complex] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_features", Remembered(self.features.get, MOST_KNOWN))
        object.__setattr__(self, "_pieces", Remembered(self.names.get, MOST_KNOWN))
        object.__setattr__(self, "_words", Remembered(self._word, MOST_KNOWN))
        object.__setattr__(self, "_pairs", Remembered(self._pair, MOST_KNOWN))

    def _word(self, name: str) -> complex:
        shelf, _, text = name.partition("#")
        whole = key_of(whole_word(shelf, text))
        pieces = set(keys_of(name))
        pieces.discard(whole)
        return sum(map(self._pieces.__getitem__, pieces), self.names.get(whole))

    def _pair(self, name: str) -> complex:
        return self.names.get(key_of(name))

    def log_odds(self, features: Iterable[int], words: Iterable[str], pairs: Iterable[str]) -> tuple[float, float]:
        """That a post is a risky one, and that it speaks of lures; of what stands in it, each thing given once."""
        of_features, of_words = list(features), list(words)
        risky, mention = self.weighed(of_features, of_words, pairs)
        scale = self.usual / read_root(len(of_features), len(of_words))
        return self.biases[0] + risky * scale, self.biases[1] + mention * scale

    def weighed(self, features: Iterable[int], words: Iterable[str], pairs: Iterable[str]) -> tuple[float, float]:
        """What all that is given weighs together, for either question."""
        total = (
            sum(map(self._features.__getitem__, features), NOTHING)
            + sum(map(self._words.__getitem__, words), NOTHING)
            + sum(map(self._pairs.__getitem__, pairs), NOTHING)
        )
        return STEP * total.real, STEP * total.imag

    def to_plain(self) -> tuple[Any, ...]:
        return self.features.to_plain(), self.names.to_plain(), self.biases, self.usual

    @classmethod
    def from_plain(cls, data: Iterable[Any]) -> TextReader:
        features, names, biases, usual = data
        return cls(biases, usual, TextWeights.from_plain(features), TextWeights.from_plain(names))


def read_root(features: int, words: int) -> float:
    """By which a text's sum is divided: the root of how many concepts and words were read of it."""
    return sqrt(max(1, features + words))


def to_json(names: TextWeights) -> dict[str, str]:
    """Each part compressed."""
    return {
        name: base64.b64encode(zlib.compress(part, 9)).decode()
        for name, part in zip(_PARTS, names.to_plain(), strict=True)
    }


def from_json(data: Mapping[str, str]) -> TextWeights:
    return TextWeights.from_plain(zlib.decompress(base64.b64decode(data[name])) for name in _PARTS)
