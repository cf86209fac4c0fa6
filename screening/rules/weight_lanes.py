"""The weights of many questions in one whole number, so that adding up a sentence's features is adding numbers.

A question has a lane of 16 bits, with its weight in hundredths; a sum of up to MOST numbers can't leave its lane. What a feature
says to a hundred questions is added in some fifty nanoseconds so, where a loop over its weights took several microseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    """One number for (question, weight), each weight rounded to hundredths.

    Raises:
        ValueError: a weight beyond ±LARGEST.
    """
    total = 0
    for question, weight in weights:
        if abs(weight) > LARGEST:
            raise ValueError(f"question {question}: a weight of {weight} is beyond {LARGEST}")
        total += round(weight / STEP) << (LANE_BITS * question)
    return total


def packed_by_feature[F](weights: Mapping[F, Sequence[tuple[int, float]]]) -> dict[F, int]:
    return {feature: packed(found) for feature, found in weights.items()}


def lane(number: int, question: int) -> float:
    """The weight of one question."""
    # A negative lane borrows from the next one; half a lane added to all up to it takes that back.
    halves = _HALF * ((1 << (LANE_BITS * (question + 1))) - 1) // _MASK
    return ((((number + halves) >> (LANE_BITS * question)) & _MASK) - _HALF) * STEP


def added(biases: Sequence[float], numbers: Iterable[int]) -> list[float]:
    """Each question's bias with the sum of its lanes in the numbers."""
    count = len(biases)
    halves = _HALF * ((1 << (LANE_BITS * count)) - 1) // _MASK
    totals = list(biases)
    for some in batched(numbers, MOST):
        lanes = memoryview((sum(some) + halves).to_bytes(2 * count, "little")).cast("H")
        totals = [total + (value - _HALF) * STEP for total, value in zip(totals, lanes, strict=True)]
    return totals
