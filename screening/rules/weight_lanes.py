"""The weights of many questions in one whole number, so that adding up a sentence's features is adding numbers.

A question has a lane of 16 bits, with its weight in hundredths; a sum of up to MOST numbers can't leave its lane. Of a sentence of
sixty features this takes two thirds of the time of a loop over their weights, and a feature's weights a third of the room.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import batched

LANE_BITS = 16
STEP = 0.01
MOST = 100
"""Numbers added before their sum is read."""
LARGEST = 3.27
"""Weight (log-odds) that MOST times fits a lane."""
_HALF = 1 << (LANE_BITS - 1)
_MASK = (1 << LANE_BITS) - 1


def packed(weights: Iterable[tuple[int, float]]) -> int:
    """One number for (question, weight), each weight rounded to hundredths; those of one question are added.

    Raises:
        ValueError: a question's weight beyond ±LARGEST.
    """
    lanes = dict[int, int]()
    for question, weight in weights:
        lanes[question] = lanes.get(question, 0) + round(weight / STEP)
    for question, value in lanes.items():
        if abs(value) * STEP > LARGEST + STEP / 2:
            raise ValueError(f"question {question}: a weight of {value * STEP:.2f} is beyond {LARGEST}")
    return sum(value << (LANE_BITS * question) for question, value in lanes.items())


def packed_steps(hundredths: Sequence[int]) -> int:
    """One number for weights in hundredths, one for each question in order; those beyond LARGEST count as it."""
    most = round(LARGEST / STEP)
    within = array("H", [_HALF + max(-most, min(most, value)) for value in hundredths])
    return int.from_bytes(within.tobytes(), "little") - _halves(len(within))


def packed_by_feature[F](weights: Mapping[F, Sequence[tuple[int, float]]]) -> dict[F, int]:
    return {feature: packed(found) for feature, found in weights.items()}


def stored(numbers: Sequence[int]) -> tuple[int, bytes]:
    """(bytes of a number, all of them compressed): most lanes are empty, so that little of them is left."""
    width = max((number.bit_length() for number in numbers), default=0) // 8 + 1
    return width, zlib.compress(b"".join(number.to_bytes(width, "little", signed=True) for number in numbers))


def restored(width: int, compressed: bytes) -> list[int]:
    whole = zlib.decompress(compressed)
    return [int.from_bytes(whole[at : at + width], "little", signed=True) for at in range(0, len(whole), width)]


def lane(number: int, question: int) -> float:
    """The weight of one question."""
    return ((((number + _halves(question + 1)) >> (LANE_BITS * question)) & _MASK) - _HALF) * STEP


def added(biases: Sequence[float], numbers: Iterable[int]) -> list[float]:
    """Each question's bias with the sum of its lanes in the numbers."""
    count = len(biases)
    halves, totals = _halves(count), list(biases)
    for some in batched(numbers, MOST):
        lanes = array("H", (sum(some) + halves).to_bytes(2 * count, "little"))  # as both of Lambda's processors have it
        totals = [total + (value - _HALF) * STEP for total, value in zip(totals, lanes, strict=True)]
    return totals


@cache
def _halves(count: int) -> int:
    """Half a lane in each of so many: a negative lane borrows from the next one, and this takes it back."""
    return _HALF * ((1 << (LANE_BITS * count)) - 1) // _MASK
