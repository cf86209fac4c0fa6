"""Weights in lanes of one number: what goes in comes out, alone and added up."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.reference import weight_lanes
from screening.reference.weight_lanes import LARGEST, MOST, LaneTable, added, clipped, lane, packed_bytes, summed

weights = st.integers(-327, 327).map(lambda hundredths: hundredths / 100)


def packed(weighed: Iterable[tuple[int, float]]) -> int:
    """The number of a feature that weighs so."""
    return LaneTable.of({7: list(weighed)})[7]


def first(entry: tuple[int, float]) -> int:
    return entry[0]


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


@given(
    st.dictionaries(
        st.integers(0, 2**23),
        st.lists(st.tuples(st.integers(0, 200), weights), max_size=4, unique_by=first),
        max_size=20,
    )
)
def test_a_table_survives_its_plain_form(weighed: dict[int, list[tuple[int, float]]]) -> None:
    table = LaneTable.of(weighed)
    again = LaneTable(table.to_plain())
    assert again == table
    for feature, found in weighed.items():
        assert {question: lane(again[feature], question) for question, _ in found} == pytest.approx(dict(found))
    assert again.all() == table.all() == {feature: table[feature] for feature in weighed}


def test_what_was_never_seen_weighs_nothing_and_is_no_part_of_the_table() -> None:
    table = LaneTable.of({1: [(0, 0.5)]})
    assert table[2] == 0
    assert table.all() == {1: 50}
    assert table == LaneTable.of({1: [(0, 0.5)]})


def test_no_more_is_remembered_than_room_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weight_lanes, "MOST_KNOWN", 10)
    table = LaneTable.of({1: [(0, 0.5)]})
    assert [table[feature] for feature in range(100)] == [0, 50, *[0] * 98]
    assert len(table) <= 10
    assert table[1] == 50


signed_bytes = st.dictionaries(st.integers(0, 5), st.integers(-128, 127))


def of_bytes(values: dict[int, int]) -> int:
    return packed_bytes(bytes(values), bytes(value % 256 for value in values.values()), 6)


@given(st.lists(signed_bytes, max_size=600))
def test_signed_bytes_are_summed_lane_by_lane(rows: list[dict[int, int]]) -> None:
    sums = [sum(row.get(question, 0) for row in rows) for question in range(6)]
    assert summed(map(of_bytes, rows), 6) == sums


@given(st.lists(signed_bytes, max_size=100))
def test_lanes_beyond_the_largest_are_at_it_and_all_others_as_they_were(rows: list[dict[int, int]]) -> None:
    number = clipped(sum(map(of_bytes, rows)), 6)
    for question in range(6):
        hundredths = sum(row.get(question, 0) for row in rows)
        assert lane(number, question) == pytest.approx(max(-LARGEST, min(LARGEST, hundredths / 100)))
