"""Cohen's kappa by hand and by simulation; whose votes make a pair; what is reversed."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.cases.quality.agreement import agreement, blind_pair, cohens_kappa
from screening.cases.vote import Action
from tests.unit.cases.quality.made import made, votes


def answers(both: int, first: int, second: int, neither: int) -> list[tuple[str, str]]:
    return [("y", "y")] * both + [("y", "n")] * first + [("n", "y")] * second + [("n", "n")] * neither


def test_kappa_worked_out_by_hand() -> None:
    # 50 pairs: 35 alike, so 0.7; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; kappa 0.4.
    kappa = cohens_kappa(answers(20, 5, 10, 15))
    assert (kappa.pairs, kappa.same) == (50, 35)
    assert kappa.value == pytest.approx(0.4)
    # Fleiss, Cohen & Everitt. On the diagonal: 0.4 * (1 - 1.1 * 0.6)^2 + 0.3 * (1 - 0.9 * 0.6)^2 = 0.10972.
    # Off the diagonal: 0.1 of (y, n): (0.6 + 0.5)^2 = 1.21; 0.2 of (n, y): (0.4 + 0.5)^2 = 0.81; 0.36 * 0.283 = 0.10188.
    # Less (0.4 - 0.5 * 0.6)^2 = 0.01. The standard error is sqrt(0.2016 / 50) / 0.5 = 0.127.
    assert kappa.low == pytest.approx(0.4 - 1.96 * 0.127, abs=1e-3)
    assert kappa.high == pytest.approx(0.4 + 1.96 * 0.127, abs=1e-3)


def test_too_few_pairs_and_one_answer_alone_are_not_measured() -> None:
    assert cohens_kappa(answers(10, 0, 1, 8)).value is None
    assert cohens_kappa(answers(10, 0, 1, 9)).value is not None
    assert cohens_kappa(answers(0, 0, 0, 400)).value is None


def test_twenty_pairs_that_agree_do_not_prove_perfect_agreement() -> None:
    kappa = cohens_kappa(answers(10, 0, 0, 10))
    assert (kappa.value, kappa.high) == (1.0, 1.0)
    # Wilson's lower end for 20 of 20 is 0.8389; (0.8389 - 0.5) / 0.5.
    assert kappa.low == pytest.approx(0.678, abs=1e-3)


def test_the_interval_holds_the_true_kappa_as_often_as_it_says() -> None:
    rng = random.Random(11)
    # Two people with 40 % of "y" each and the same answer in 0.76 of cases: 0.52 by chance, so kappa 0.5.
    cells = [("y", "y")] * 28 + [("y", "n")] * 12 + [("n", "y")] * 12 + [("n", "n")] * 48
    kept = 0
    for _ in range(1_000):
        kappa = cohens_kappa(rng.choices(cells, k=120))
        assert kappa.low is not None
        assert kappa.high is not None
        kept += kappa.low <= 0.5 <= kappa.high
    assert 0.925 <= kept / 1_000 <= 0.975


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=20, max_size=80))
def test_kappa_does_not_care_who_was_first(pairs: list[tuple[str, str]]) -> None:
    one, other = cohens_kappa(pairs), cohens_kappa([(second, first) for first, second in pairs])
    if one.value is None:
        assert other.value is None
        return
    assert (one.value, one.low, one.high) == (
        pytest.approx(other.value),
        pytest.approx(other.low),
        pytest.approx(other.high),
    )
    assert one.low is not None
    assert one.high is not None
    assert -1 <= one.low <= one.value + 1e-9 <= one.high + 2e-9 <= 1 + 3e-9


def test_only_a_blind_vote_of_another_person_on_the_same_facts_makes_a_pair() -> None:
    first, second = votes("refer", "dismiss")
    assert blind_pair(made(votes=(first, second))) == (first, second)
    assert blind_pair(made(votes=(first, replace(second, blind=False)))) is None
    assert blind_pair(made(votes=(first, replace(second, actor="anna")))) is None
    assert blind_pair(made(votes=(first, replace(second, facts=2)))) is None


def test_acting_and_which_action_are_two_questions_and_only_drawn_cases_count() -> None:
    given: list[tuple[Action, Action]] = [("dismiss", "dismiss")] * 12 + [("remove", "warn_applicants")] * 12
    drawn = [made(votes=votes(*each), second_review=True) for each in given]
    found = agreement([*drawn, *(made(votes=votes("refer", "dismiss")) for _ in range(30))])
    assert found.total.on_acting.value == 1.0
    assert found.total.on_action.pairs == 24
    assert found.total.on_action.value == pytest.approx((0.5 - 0.25) / 0.75)
    assert [(row.queue, row.on_acting.pairs) for row in found.by_queue] == [("review", 24)]
    assert [(row.language, row.on_acting.pairs) for row in found.by_language] == [("pl", 24)]


def test_reversals_are_counted_apart_by_what_brought_them() -> None:
    cases = [
        made(action="remove", overturned=True, appeal_answer="overturned"),
        made(action="remove", appeal_answer="upheld"),
        made(action="remove", overturned=True, recheck="overturned"),
        made(action="remove", recheck="agreed"),
        made(action="remove", recheck="waiting"),
        made(),
        made(queue="appeals", action="restore"),
    ]
    found = agreement(cases)
    assert (found.overturned.part, found.overturned.whole) == (2, 6)
    assert (found.on_appeal.part, found.on_appeal.whole) == (1, 2)
    assert (found.on_recheck.part, found.on_recheck.whole) == (1, 2)
