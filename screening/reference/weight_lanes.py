"""The weights of many questions in one whole number, so that adding up a sentence's features is adding numbers.

A question has a lane of 16 bits, with its weight in hundredths; a sum of up to MOST numbers can't leave its lane. Of a sentence of
sixty features this takes two thirds of the time of a loop over their weights, and a feature's weights a third of the room.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import batched

LANE_BITS = 16
STEP = 0.01
MOST = 100
"""Numbers added before their sum is read."""
LARGEST = 3.27
"""Weight (log-odds) that MOST times fits a lane."""
MOST_KNOWN = 100_000
"""Features remembered by a process, those that weigh nothing too, some 20 MB; then it starts anew."""
type PlainLanes = tuple[bytes, bytes, bytes, bytes]
"""Features, sorted; where each one's entries begin and the last one's end; the questions and the hundredths of the entries."""
_HALF = 1 << (LANE_BITS - 1)
_MASK = (1 << LANE_BITS) - 1
_BYTE_HALF = 128
_MOST_BYTES = _HALF // _BYTE_HALF
_EVERY, _NOTHING = bytes(range(256)), bytes((_BYTE_HALF,)) * 256
_BIASED = bytes((value + _BYTE_HALF) % 256 for value in range(256))


def _in_hundredths(weights: Iterable[tuple[int, float]]) -> dict[int, int]:
    lanes = dict[int, int]()
    for question, weight in weights:
        lanes[question] = lanes.get(question, 0) + round(weight / STEP)
    for question, value in lanes.items():
        if abs(value) * STEP > LARGEST + STEP / 2:
            raise ValueError(f"question {question}: a weight of {value * STEP:.2f} is beyond {LARGEST}")
    return lanes


def packed_bytes(questions: bytes, values: bytes, count: int) -> int:
    """One number with `count` lanes for values of a signed byte each, and the questions that they are of."""
    biased = bytes.maketrans(_EVERY + questions, _NOTHING + values.translate(_BIASED))
    lanes = bytearray(LANE_BITS // 8 * count)
    lanes[:: LANE_BITS // 8] = biased[:count]
    return int.from_bytes(lanes, "little") - _BYTE_HALF * _ones(count)


def clipped(number: int, count: int) -> int:
    """The number, in hundredths, with every lane that is beyond LARGEST at it."""
    most, halves = round(LARGEST / STEP), _halves(count)
    highest = number + halves - (most + 1) * _ones(count)  # a lane's first bit is set where it is above
    lowest = number + halves + most * _ones(count)  # and here where it is not below
    if not highest & halves and lowest & halves == halves:
        return number
    lanes = array("H", (number + halves).to_bytes(LANE_BITS // 8 * count, "little"))
    within = array("H", [max(_HALF - most, min(_HALF + most, value)) for value in lanes])
    return int.from_bytes(within.tobytes(), "little") - halves


class LaneTable(dict[int, int]):
    """What a feature weighs for all questions, as one number; 0 for one that weighs nothing.

    It is loaded as it lies in a file, lanes that are not empty alone, and a number is made when its feature is first met: of
    forty-five thousand a post has a few hundred. Numbers that were asked for are the dictionary's own, for its speed; `all`
    has every one.
    """

    __slots__ = ("_features", "_lanes", "_starts", "_values")

    def __init__(self, data: PlainLanes | None = None) -> None:
        super().__init__()
        features, starts, self._lanes, values = data or (b"", array("I", (0,)).tobytes(), b"", b"")
        self._features, self._starts, self._values = (
            array_of("I", features),
            array_of("I", starts),
            array_of("h", values),
        )

    @classmethod
    def of(cls, weights: Mapping[int, Sequence[tuple[int, float]]]) -> LaneTable:
        """From (question, weight) by feature, each rounded to hundredths; those of one question are added.

        Raises:
            ValueError: a question's weight beyond ±LARGEST.
        """
        features, starts, lanes, values = array("I"), array("I", (0,)), bytearray(), array("h")
        for feature, found in sorted(weights.items()):
            for question, value in sorted(_in_hundredths(found).items()):
                if value:
                    lanes.append(question)
                    values.append(value)
            features.append(feature)
            starts.append(len(values))
        return cls((features.tobytes(), starts.tobytes(), bytes(lanes), values.tobytes()))

    def __missing__(self, feature: int) -> int:
        place = bisect_left(self._features, feature)
        number = self._made(place) if place < len(self._features) and self._features[place] == feature else 0
        if len(self) >= MOST_KNOWN:
            self.clear()
        self[feature] = number
        return number

    def _made(self, place: int) -> int:
        start, end = self._starts[place], self._starts[place + 1]
        entries = zip(self._lanes[start:end], self._values[start:end], strict=True)
        return sum(value << (LANE_BITS * question) for question, value in entries)

    def all(self) -> dict[int, int]:
        return {feature: self._made(place) for place, feature in enumerate(self._features)}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LaneTable) and self.to_plain() == other.to_plain()

    __hash__ = None

    def to_plain(self) -> PlainLanes:
        return self._features.tobytes(), self._starts.tobytes(), self._lanes, self._values.tobytes()


def array_of(typecode: str, data: bytes) -> array[int]:
    """As the table lies in the file: little-endian, as both of Lambda's processors have it."""
    numbers: array[int] = array(typecode)
    numbers.frombytes(data)
    return numbers


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


def summed(numbers: Iterable[int], count: int) -> list[int]:
    """The sum of each lane, of numbers from `packed_bytes`."""
    totals = [0] * count
    for some in batched(numbers, _MOST_BYTES):
        lanes = array("H", (sum(some) + _halves(count)).to_bytes(LANE_BITS // 8 * count, "little"))
        totals = [total + value - _HALF for total, value in zip(totals, lanes, strict=True)]
    return totals


@cache
def _halves(count: int) -> int:
    """Half a lane in each of so many: a negative lane borrows from the next one, and this takes it back."""
    return _HALF * _ones(count)


@cache
def _ones(count: int) -> int:
    return ((1 << (LANE_BITS * count)) - 1) // _MASK
