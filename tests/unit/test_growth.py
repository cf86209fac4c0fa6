"""The measure itself: it lets pass what grows in proportion and catches what doesn't, in Python and in C."""

from __future__ import annotations

import re

import pytest

from tests.growth import Work, assert_grows_in_proportion, steps


def linear(length: int) -> Work:
    return lambda: [letter for letter in "a" * length if letter == "b"]


def quadratic(length: int) -> Work:
    def work() -> None:
        for index in range(length // 50):
            for _ in range(index):
                pass

    return work


def quadratic_in_one_line(length: int) -> Work:
    return lambda: sum(1 for index in range(length // 50) for _ in range(index))


def quadratic_in_c(length: int) -> Work:
    pattern, text = re.compile(r"a+b"), "a" * (length // 2)
    return lambda: pattern.findall(text)


def test_the_same_work_counts_the_same() -> None:
    assert steps(linear(1000)) == steps(linear(1000)) > 1000


def test_what_grows_in_proportion_passes() -> None:
    assert_grows_in_proportion(linear, 200_000)


@pytest.mark.parametrize("work_on", [quadratic, quadratic_in_one_line, quadratic_in_c])
def test_what_grows_with_the_square_fails(work_on: object) -> None:
    with pytest.raises(AssertionError, match="characters"):
        assert_grows_in_proportion(work_on, 60_000)  # type: ignore[arg-type]
