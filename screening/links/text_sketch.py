"""What a text is compared by: an exact hash, a few bands to find candidates under, and a sample to verify them with.

Shingles are five neighbouring words of a sentence of the slotted text (`slots`), in whatever script they are written; they
don't reach over the end of a sentence, so that a text with its sentences in another order is the same text. `sample` is the
bottom-k sketch of their hashes: exact for texts with at most `SAMPLE` shingles, an unbiased estimate above (Thorup,
"Bottom-k and priority sampling", STOC 2013). A band is the least shingle under each of `ROWS` hash functions together; two
texts whose shingles overlap by s share one of `BANDS` bands with probability 1 - (1 - s**ROWS)**BANDS: with 2 and 3 that is
0.95 at s = 0.8, 0.99 at 0.9 and 0.25 at 0.3; each band costs a write a post (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4). Hashes are keyed by a seed: who
doesn't hold it can't try phrases against a sample.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

WORDS = 5
"""Words of a shingle, as the published work on near-copies of adverts uses."""
ROWS = 2
BANDS = 3
SAMPLE = 96
"""Hashes kept, 384 bytes, so that a membership stays under the kilobyte of one write unit; standard error 0.04 at 0.8."""
LEAST_SHINGLES = 6
"""Texts of fewer than ten words are alike by chance ("cleaner wanted in Leeds"): they are tied by nothing but contacts."""
MOST_WORDS = 4_000
_MASK = (1 << 64) - 1
_MIXED = 0x9E3779B97F4A7C15  # the golden ratio in 64 bits (Steele, Lea, Flood, "Fast splittable PRNGs", 2014)


@dataclass(frozen=True, slots=True)
class TextSketch:
    """`exact` names the slotted text; `sample` are ascending 32-bit hashes; `shingles` how many distinct there were."""

    exact: str
    bands: tuple[str, ...]
    sample: tuple[int, ...]
    shingles: int

    def packed(self) -> bytes:
        return struct.pack(f">I{len(self.sample)}I", self.shingles, *self.sample)


def unpacked(packed: bytes, exact: str) -> TextSketch:
    """A sketch as kept beside a band; its bands are the keys it is kept under."""
    numbers = struct.unpack(f">{len(packed) // 4}I", packed)
    return TextSketch(exact, (), numbers[1:], numbers[0])


class TextSketcher:
    """Sketches under one seed (at least 16 bytes); those under different seeds have nothing in common."""

    def __init__(self, seed: bytes) -> None:
        numbers = struct.unpack(f">{WORDS + BANDS * ROWS + 1}Q", _stretched(seed, 8 * (WORDS + BANDS * ROWS + 1)))
        # Odd multipliers permute 64-bit numbers, so that no two shingles fall together that didn't before.
        self._places = tuple(number | 1 for number in numbers[:WORDS])
        self._orders = tuple(number | 1 for number in numbers[WORDS:-1])
        self._shift = numbers[-1]
        self._seed = seed

    def sketch(self, sentences: Sequence[Sequence[str]]) -> TextSketch | None:
        """None where the text is too short to say anything."""
        shingles = self._shingles(sentences)
        if len(shingles) < LEAST_SHINGLES:
            return None
        words = "\x1e".join("\x1f".join(sentence) for sentence in sentences)
        exact = blake2b(words.encode("utf-8", "replace"), digest_size=12, key=self._seed[:64]).hexdigest()
        sample = sorted({value >> 32 for value in shingles})[:SAMPLE]
        least = [min([value * order & _MASK for value in shingles]) for order in self._orders]
        bands = tuple(
            blake2b(
                struct.pack(f">B{ROWS}Q", band, *least[band * ROWS : (band + 1) * ROWS]), digest_size=12
            ).hexdigest()
            for band in range(BANDS)
        )
        return TextSketch(exact, bands, tuple(sample), len(shingles))

    def _shingles(self, sentences: Sequence[Sequence[str]]) -> set[int]:
        a, b, c, d, e = self._places
        shift = self._shift
        mixed: set[int] = set()
        left = MOST_WORDS
        for sentence in sentences:
            numbers = [zlib.crc32(word.encode("utf-8", "replace")) for word in sentence[:left]]
            left -= len(numbers)
            if len(numbers) < WORDS:
                numbers += [0] * (WORDS - len(numbers))  # a short sentence is one shingle
            for v, w, x, y, z in zip(numbers, numbers[1:], numbers[2:], numbers[3:], numbers[4:]):  # noqa: B905
                value = (v * a + w * b + x * c + y * d + z * e + shift) & _MASK
                # A product carries upward only: the high bits are folded down once, so that every bit tells of every word.
                mixed.add(((value ^ value >> 29) * _MIXED ^ value >> 32) & _MASK)
            if left <= 0:
                break
        return mixed


def similarity(one: TextSketch, other: TextSketch) -> float:
    """The estimated share of shingles that two texts have in common, of all that either has, 0..1."""
    if one.exact == other.exact:
        return 1.0
    first, second = set(one.sample), set(other.sample)
    # Below its last hash a full sample tells all; only up to the lower of both ends are the two comparable.
    ends = [sketch.sample[-1] for sketch in (one, other) if len(sketch.sample) >= SAMPLE]
    union = sorted(first | second)
    if ends:
        end = min(ends)
        union = [value for value in union if value <= end]
    return sum(value in first and value in second for value in union) / len(union) if union else 0.0


def _stretched(seed: bytes, length: int) -> bytes:
    if len(seed) < 16:
        raise ValueError(f"the sketch seed has {len(seed)} bytes, at least 16 are needed")
    return b"".join(
        blake2b(struct.pack(">I", block), key=seed[:64], digest_size=64).digest() for block in range(-(-length // 64))
    )[:length]
