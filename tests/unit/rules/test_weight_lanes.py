"""Weights in lanes of one number: what goes in comes out, alone and added up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.rules.weight_lanes import LARGEST, MOST, added, lane, packed, restored, stored

weights = st.integers(-327, 327).map(lambda hundredths: hundredths / 100)


@given(st.lists(weights, min_size=1, max_size=12))
def test_each_lane_holds_its_weight(values: list[float]) -> None:
    number = packed(enumerate(values))
    assert [lane(number, question) for question in range(len(values))] == pytest.approx(values)


@given(
    st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(weights, min_size=n, max_size=n), min_size=1, max_size=300))
)
def test_adding_numbers_adds_every_lane(rows: list[list[float]]) -> None:
    sums = [sum(column) for column in zip(*rows, strict=True)]
    found = added([0.5] * len(rows[0]), [packed(enumerate(row)) for row in rows])
    assert found == pytest.approx([0.5 + value for value in sums])


@pytest.mark.parametrize("weight", [LARGEST, -LARGEST])
def test_the_largest_weights_stay_in_their_lane_however_many(weight: float) -> None:
    rows = [packed([(0, 0.0), (1, weight), (2, 0.0)])] * (3 * MOST)
    assert added([0.0, 0.0, 0.0], rows) == pytest.approx([0.0, 3 * MOST * weight, 0.0])


def test_nothing_leaves_the_biases() -> None:
    assert added([1.0, -2.0], []) == [1.0, -2.0]


def test_a_weight_too_large_for_a_lane_is_refused() -> None:
    with pytest.raises(ValueError, match="question 3"):
        packed([(3, LARGEST + 0.01)])
    with pytest.raises(ValueError, match="question 3"):
        packed([(3, LARGEST), (3, 0.5)])


@given(st.lists(st.lists(weights, min_size=1, max_size=6).map(lambda values: packed(enumerate(values))), max_size=20))
def test_what_is_stored_is_restored(numbers: list[int]) -> None:
    assert restored(*stored(numbers)) == numbers
