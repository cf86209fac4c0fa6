"""How much a sign counts: the whole tilts, the floor holds, denials and bounds decide."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.rules.settling import (
    BESIDE,
    FEATURES,
    GRADES,
    STRONG_FROM,
    UNREAD,
    AsWhole,
    Settling,
    Signs,
    beside,
    corroborated,
    likeliest,
    outdone,
    settled_grade,
    tilted,
    values_of,
)

SETTLING = Settling(
    tilt=1.0,
    floor=-2.0,
    weights=tuple({"read": 1.0, "phrase": 2.0}.get(name, 0.0) for name in FEATURES),
    intercepts={"worker_fee": -1.0, "mule_task": -1.0},
    bounds={"strong": (0.0, 1.0, 2.0), "medium": (0.0, 1.0, 1.0), "weak": (0.0, 0.0, 0.0)},
)
NONE: frozenset[str] = frozenset()
LOG_ODDS = st.floats(-20, 20)


def grade(
    read: float, whole: float, ways: frozenset[str] = NONE, indicator: str = "worker_fee", reads: str = "risky"
) -> str:  # fmt: skip
    return SETTLING.grade(indicator, "strong", Signs(read, 0.0, ways), AsWhole(whole, UNREAD.mention), reads)


@pytest.mark.parametrize(("read", "graded"), [(0.5, ""), (1.5, "hinted"), (2.5, "likely"), (3.5, "read")])
def test_a_sign_counts_the_more_the_surer_it_is(read: float, graded: str) -> None:
    assert grade(read, whole=0.0) == graded


def test_the_whole_tilts_what_is_doubtful() -> None:
    assert grade(1.5, whole=2.0) == "read"
    assert grade(1.5, whole=-2.0) == ""


def test_a_risky_post_is_no_evidence_of_what_it_does_not_say() -> None:
    assert grade(-1.5, whole=3.0) == ""
    assert grade(-0.9, whole=3.0) == "likely"


def test_a_phrase_speaks_for_its_sign() -> None:
    assert grade(1.0, whole=0.0) == "hinted"
    assert grade(1.0, whole=0.0, ways=frozenset({"phrase"})) == "read"


def test_a_strong_sign_that_the_reader_alone_saw_needs_a_risky_post() -> None:
    assert grade(9.0, whole=0.0, reads="doubtful") == "likely"
    assert grade(9.0, whole=0.0, reads="risky") == grade(9.0, whole=0.0, reads="urgent") == "read"
    assert grade(9.0, whole=0.0, ways=frozenset({"phrase"}), reads="plain") == "read"


def test_a_strong_sign_that_the_tilt_alone_makes_likely_counts_a_step_lower() -> None:
    assert grade(1.0 + STRONG_FROM - 0.1, whole=3.0) == "likely"
    assert grade(1.0 + STRONG_FROM + 0.1, whole=3.0) == "read"


def test_phrases_of_fraud_say_what_they_say() -> None:
    assert grade(-9.0, whole=-3.0, ways=frozenset({"phrase"}), indicator="mule_task") == "read"
    assert grade(-9.0, whole=-3.0, ways=frozenset({"frame"}), indicator="mule_task") == ""


def test_the_reader_does_not_hint_in_a_plain_post() -> None:
    assert grade(1.5, whole=0.0, reads="plain") == ""
    assert grade(1.5, whole=0.0, reads="doubtful") == "hinted"
    assert grade(1.5, whole=0.0, ways=frozenset({"frame"}), reads="plain") == "hinted"


def test_what_a_phrase_found_is_never_lost() -> None:
    assert grade(-9.0, whole=-3.0, ways=frozenset({"phrase"})) == "likely"
    assert grade(-9.0, whole=-3.0, ways=frozenset({"frame"})) == ""


def test_a_sentence_states_what_it_likeliest_states() -> None:
    signs = {
        "doc_retention": Signs(3.0, 0.0, NONE, sentence=0),
        "host_takes_docs": Signs(1.0, 0.0, NONE, sentence=0),
        "worker_fee": Signs(1.0, 0.0, NONE, sentence=1),
    }
    assert outdone(signs, {"doc_retention": 2.0, "host_takes_docs": 1.0, "worker_fee": -1.0}) == {"host_takes_docs"}
    assert outdone(signs, {"doc_retention": -0.1, "host_takes_docs": -1.0, "worker_fee": 3.0}) == frozenset()


def test_what_a_sentence_states_beside_counts_for_less_unless_a_phrase_found_it() -> None:
    def worker_fee(ways: frozenset[str] = NONE) -> float:
        signs = {"doc_retention": Signs(4.0, 0.0, NONE), "worker_fee": Signs(3.0, 0.0, ways)}
        own = {"doc_retention": 3.0, "worker_fee": 2.0}
        return beside(signs, own, outdone(signs, own))["worker_fee"]

    assert worker_fee() == 2.0 - BESIDE
    assert worker_fee(frozenset({"phrase"})) == 2.0


class About(NamedTuple):
    strength: str
    dimension: str


ABOUT = {
    "worker_fee": About("strong", "coercive_recruitment"),
    "no_language": About("weak", "deceptive_recruitment"),
    "no_fee": About("medium", "protective"),
}


def test_the_likeliest_sign_is_one_that_warns_and_isnt_weak() -> None:
    assert likeliest({"worker_fee": -2.0, "no_language": 1.0, "no_fee": 3.0}, ABOUT) == "worker_fee"
    assert likeliest({"no_language": 1.0, "no_fee": 3.0}, ABOUT) == ""


def test_the_likeliest_sign_of_a_risky_post_may_be_unlikelier_than_others() -> None:
    signs, post = Signs(-1.5, 0.0, NONE), AsWhole(3.0, UNREAD.mention)
    assert SETTLING.grade("worker_fee", "strong", signs, post, "risky") == ""
    assert SETTLING.grade("worker_fee", "strong", signs, post, "risky", likeliest=True) == "hinted"


@given(st.dictionaries(st.sampled_from("abcd"), st.tuples(LOG_ODDS, st.integers(0, 1)), min_size=1))
def test_the_likeliest_of_each_sentence_is_never_outdone(found: dict[str, tuple[float, int]]) -> None:
    signs = {name: Signs(0.0, 0.0, NONE, sentence) for name, (_, sentence) in found.items()}
    own = {name: value for name, (value, _) in found.items()}
    for sentence in {sentence for _, sentence in found.values()}:
        highest = max(own[name] for name, of_it in signs.items() if of_it.sentence == sentence)
        assert not any(own[name] == highest for name in outdone(signs, own) if signs[name].sentence == sentence)


@given(LOG_ODDS, LOG_ODDS, st.floats(-5, 5))
def test_a_riskier_whole_never_lowers_a_sign(own: float, whole: float, more: float) -> None:
    assert tilted(own, 1.5, -2.0, whole + abs(more)) >= tilted(own, 1.5, -2.0, whole)


@given(LOG_ODDS, LOG_ODDS)
def test_higher_log_odds_never_lower_a_grade(first: float, second: float) -> None:
    order = ("", *GRADES)
    low, high = sorted((first, second))
    bounds = SETTLING.bounds["strong"]
    assert order.index(settled_grade("worker_fee", "strong", NONE, low, low, bounds, "risky")) <= order.index(
        settled_grade("worker_fee", "strong", NONE, high, high, bounds, "risky")
    )


@given(LOG_ODDS, LOG_ODDS, LOG_ODDS, LOG_ODDS, st.sets(st.sampled_from(["phrase", "frame", "condition"])))
def test_every_feature_has_a_bounded_value(
    read: float, denied: float, whole: float, mention: float, ways: set[str]
) -> None:
    values = values_of(Signs(read, denied, frozenset(ways)), AsWhole(whole, mention))
    assert len(values) == len(FEATURES)
    assert all(abs(value) <= 25 for value in values)


def test_two_strong_signs_of_phrases_bear_each_other_out_where_one_holds_the_worker() -> None:
    class About(NamedTuple):
        strength: str
        dimension: str = "coercive_recruitment"

    about = {name: About("strong") for name in ("doc_retention", "secrecy", "worker_fee", "debt_workoff")}
    about["urgency"] = About("medium")

    def found(*indicators: str, how: str = "phrase") -> frozenset[str]:
        return corroborated({name: Signs(0.0, 0.0, frozenset({how})) for name in indicators}, about)

    assert found("doc_retention", "secrecy", "urgency") == {"doc_retention", "secrecy"}
    assert found("doc_retention", "worker_fee") == {"doc_retention", "worker_fee"}
    assert found("worker_fee", "debt_workoff") == found("doc_retention", "urgency") == frozenset()
    assert found("doc_retention", "secrecy", how="frame") == frozenset()
