"""Intervals and quantiles against values worked out by hand or printed in tables."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.statistics import TAIL, Share, gamma_quantile, quantile, wilson


def test_wilson_is_the_published_one() -> None:
    # By hand for 8 of 10, z = 1.96: (0.8 + 0.19207) / 1.38415 = 0.71674, and 1.96 * sqrt(0.016 + 0.009604) / 1.38415 = 0.22658.
    assert wilson(8, 10) == pytest.approx((0.49016, 0.94332), abs=1e-4)


def test_nothing_counted_could_be_any_share() -> None:
    assert (Share(part=0, whole=0).value, Share(part=0, whole=0).low, Share(part=0, whole=0).high) == (None, 0.0, 1.0)


@given(st.integers(1, 5_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_an_interval_holds_its_share_and_mirrors_the_other_side(counted: tuple[int, int]) -> None:
    part, whole = counted
    share, rest = Share(part=part, whole=whole), Share(part=whole - part, whole=whole)
    assert 0 <= share.low <= part / whole + 1e-12
    assert part / whole - 1e-12 <= share.high <= 1
    assert share.low == pytest.approx(1 - rest.high, abs=1e-12)


def test_wilson_holds_the_true_share_as_often_as_it_says() -> None:
    rng = random.Random(5)
    kept = 0
    for _ in range(2_000):
        low, high = wilson(sum(rng.random() < 0.15 for _ in range(80)), 80)
        kept += low <= 0.15 <= high
    assert 0.93 <= kept / 2_000 <= 0.975


def test_a_quantile_lies_between_its_neighbours() -> None:
    assert quantile([4, 1, 3, 2], 0.5) == 2.5
    assert quantile([10, 20, 30, 40, 50], 0.9) == 46
    assert quantile([], 0.5) is None


@pytest.mark.parametrize(
    ("degrees", "probability", "printed"),
    [
        (2, 0.975, 7.378),
        (2, 0.025, 0.0506),
        (10, 0.975, 20.483),
        (10, 0.025, 3.247),
        (100, 0.975, 129.561),
        (1_000, 0.975, 1_089.531),
        (1, 0.95, 3.841),
    ],
)
def test_gamma_quantiles_are_those_of_printed_chi_squared_tables(
    degrees: int, probability: float, printed: float
) -> None:
    assert gamma_quantile(probability, mean=degrees, variance=2 * degrees) == pytest.approx(printed, rel=2e-3)


@given(st.floats(1e-3, 1e5), st.floats(1e-3, 1e5))
def test_gamma_quantiles_rise_with_the_probability(mean: float, variance: float) -> None:
    ends = [gamma_quantile(probability, mean=mean, variance=variance) for probability in (TAIL, 0.5, 1 - TAIL)]
    assert ends == sorted(ends)
    assert all(math.isfinite(end) and end >= 0 for end in ends)


def test_nothing_varies_nothing_spreads() -> None:
    assert gamma_quantile(0.975, mean=7, variance=0) == 7
    assert gamma_quantile(0.975, mean=0, variance=0) == 0
