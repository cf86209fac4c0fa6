"""Misses from the audit sample: by hand, at the edges, and over many samples of a population that is known."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.cases.quality.missed import missed_offers
from screening.cases.quality.reviewed_case import ReviewedCase
from screening.cases.vote import Action
from tests.unit.cases.quality.made import made, waiting


def drawn(probability: float, action: Action = "dismiss", language: str | None = "pl") -> ReviewedCase:
    return made(queue="audit", tier="watch", audit_probability=probability, action=action, language=language)


def test_each_hit_stands_for_one_over_its_probability() -> None:
    sample = [drawn(0.1, "remove"), drawn(0.5, "refer"), *[drawn(0.1)] * 9, *[drawn(0.5)] * 19]
    total = missed_offers(sample).total
    assert (total.drawn, total.decided, total.hits, total.offers) == (30, 30, 2, pytest.approx(140))
    assert total.number is not None
    assert total.rate is not None
    assert total.number.value == pytest.approx(12)
    assert total.rate.value == pytest.approx(12 / 140)
    # The variance of the design is 0.9 / 0.01 + 0.5 / 0.25 = 92; the lower end is that of a gamma of mean 12 and variance 92:
    # shape 1.565, and a half of a chi-squared of 3.13 degrees at 2.5 % (0.2445, between the printed 0.216 of 3 and 0.484 of 4).
    assert 0.216 / 2 * 92 / 12 < total.number.low < 0.484 / 2 * 92 / 12
    assert total.number.high > 24


def test_without_a_hit_the_upper_end_is_exact() -> None:
    total = missed_offers([drawn(0.01)] * 300).total
    assert total.number is not None
    assert total.rate is not None
    assert (total.number.value, total.number.low) == (0, 0)
    # So many that not one of them is drawn with a chance of 2.5 %.
    assert 0.99**total.number.high == pytest.approx(0.025)
    # Near 3.69 in 300, as the rule of three has 3.00 with 5 %.
    assert total.rate.high == pytest.approx(3.69 / 300, rel=0.01)


def test_where_every_offer_is_looked_at_nothing_is_unsure() -> None:
    sure = missed_offers([drawn(1.0, "remove"), *[drawn(1.0)] * 9]).total
    assert sure.number is not None
    assert (sure.number.low, sure.number.value, sure.number.high) == (1, 1, 1)
    none = missed_offers([drawn(1.0)] * 10).total
    assert none.number is not None
    assert none.number.high == 0


def test_before_an_audit_decision_nothing_is_estimated() -> None:
    undecided = waiting(queue="audit", tier="clear", audit_probability=0.1)
    total = missed_offers([undecided, made()]).total
    assert (total.drawn, total.decided, total.offers, total.number, total.rate) == (1, 0, pytest.approx(10), None, None)


def test_cases_that_wait_are_taken_to_be_like_those_decided() -> None:
    sample = [drawn(0.1, "remove"), drawn(0.1), *[waiting(queue="audit", tier="clear", audit_probability=0.1)] * 2]
    total = missed_offers(sample).total
    assert total.number is not None
    assert (total.offers, total.number.value) == (pytest.approx(40), pytest.approx(20))


def test_languages_are_estimated_apart_and_flagged_offers_and_reversed_actions_are_no_misses() -> None:
    reversed_one = made(
        queue="audit", tier="watch", audit_probability=0.2, language="uk", action="remove", last_action="restore"
    )
    raised = made(audit_probability=0.2, action="remove")
    found = missed_offers([drawn(0.1, "remove"), reversed_one, raised, drawn(0.2, language=None)])
    assert [(row.language, row.drawn, row.hits) for row in found.by_language] == [
        ("", 1, 0),
        ("pl", 1, 1),
        ("uk", 1, 0),
    ]
    assert found.total.drawn == 3


@pytest.mark.parametrize("rate", [0.001, 0.004, 0.02])
def test_intervals_hold_the_true_number_as_often_as_they_say(rate: float) -> None:
    rng = random.Random(17)
    # Two languages, drawn with 2 % and 20 %.
    groups = ((0.02, 5_000), (0.2, 500))
    misses = {probability: round(rate * size) for probability, size in groups}
    truth = sum(misses.values())
    rows = {(p, action): drawn(p, action) for p, _ in groups for action in ("remove", "dismiss")}
    kept = kept_rate = 0
    values = []
    rounds = 150
    for _ in range(rounds):
        sample = []
        for probability, size in groups:
            hits = rng.binomialvariate(misses[probability], probability)
            others = rng.binomialvariate(size - misses[probability], probability)
            sample += [rows[probability, "remove"]] * hits + [rows[probability, "dismiss"]] * others
        total = missed_offers(sample).total
        assert total.number is not None
        assert total.rate is not None
        values.append(total.number.value)
        kept += total.number.low <= truth <= total.number.high
        kept_rate += total.rate.low <= truth / 5_500 <= total.rate.high
    assert kept / rounds >= 0.92
    assert kept_rate / rounds >= 0.92
    spread = (sum((value - truth) ** 2 for value in values) / rounds) ** 0.5
    assert abs(sum(values) / rounds - truth) <= 3 * spread / rounds**0.5


@given(
    st.lists(
        st.tuples(st.floats(0.001, 1.0), st.sampled_from(["remove", "dismiss"])), min_size=1, max_size=40
    )
)  # fmt: skip
def test_an_estimate_lies_within_its_interval(sample: list[tuple[float, Action]]) -> None:
    total = missed_offers([drawn(*each) for each in sample]).total
    for estimate in (total.number, total.rate):
        assert estimate is not None
        assert -1e-9 <= estimate.low <= estimate.value * (1 + 1e-9) + 1e-9
        assert estimate.value <= estimate.high * (1 + 1e-9) + 1e-9
    assert total.rate is not None
    assert total.rate.high <= 1
