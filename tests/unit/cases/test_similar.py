"""Earlier cases like this one: by what is rare, within the same corridor first, and silent on how they came."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.assessment.record import ConcernSummary
from screening.cases.case import Case
from screening.cases.similar import SimilarCase, similar_cases
from screening.cases.vote import Action
from tests.unit.cases.quality.made import START
from tests.unit.cases.quality.test_reviewed_case import case, decision

SIGNS = ("worker_fee", "doc_retention", "isolation", "no_contract")


def earlier(name: str, *indicators: str, action: Action = "dismiss", **values: Any) -> Case:
    return case(case=name, indicators=indicators, **{"decisions": (decision(action),), **values})


NEW = case(case="new", state="open", indicators=("worker_fee", "doc_retention"))


def test_the_most_alike_come_first_with_what_they_share_and_what_was_decided() -> None:
    found = similar_cases(
        NEW,
        [
            earlier("one", "worker_fee", "isolation"),
            earlier("both", "worker_fee", "doc_retention", action="remove"),
            earlier("none", "isolation"),
        ],
    )
    assert [(row.case, row.action) for row in found] == [("both", "remove"), ("one", "dismiss")]
    assert found[0].similarity == pytest.approx(1.0)
    assert found[0].shared_indicators == ("doc_retention", "worker_fee")
    assert found[0].decided_at == START + timedelta(hours=1)


def test_a_rare_sign_ties_more_than_one_that_nearly_all_have() -> None:
    crowd = [earlier(f"x{number}", "worker_fee", "isolation") for number in range(8)]
    found = similar_cases(NEW, [*crowd, earlier("rare", "doc_retention", "isolation")], most=1)
    assert [row.case for row in found] == ["rare"]


def test_the_same_corridor_comes_before_another() -> None:
    here = case(case="new", indicators=("worker_fee",), work_country="PL", corridor="UA>PL")
    found = similar_cases(
        here,
        [
            earlier("elsewhere", "worker_fee", work_country="DE", corridor="UA>DE"),
            earlier("here", "worker_fee", "isolation", work_country="PL", corridor="UA>PL"),
        ],
    )
    assert [(row.case, row.same_corridor) for row in found] == [("here", True), ("elsewhere", False)]


def test_concerns_tie_cases_without_a_common_indicator() -> None:
    concern = ConcernSummary(type="forced_labour", tier="review")
    found = similar_cases(case(case="new", concerns=(concern,)), [earlier("a", "isolation", concerns=(concern,))])
    assert found[0].shared_concerns == ("forced_labour",)


def test_undecided_ones_appeals_other_kinds_and_the_case_itself_are_passed_over() -> None:
    others = [
        earlier("open", "worker_fee", decisions=()),
        earlier("room", "worker_fee", kind="accommodation"),
        earlier("new", "worker_fee"),
    ]
    assert similar_cases(NEW, others) == ()


def test_nothing_tells_how_a_case_came_to_be_looked_at() -> None:
    drawn = earlier("a", "worker_fee", queue="audit", audit_probability=0.1)
    plain = earlier("a", "worker_fee")
    assert similar_cases(NEW, [drawn]) == similar_cases(NEW, [plain])
    assert not {field.name for field in fields(SimilarCase)} & {"queue", "audit_probability", "tier"}


@given(st.lists(st.sets(st.sampled_from(SIGNS)), max_size=8), st.sets(st.sampled_from(SIGNS)))
def test_similarity_is_a_share_and_five_at_most_come_back(others: list[set[str]], own: set[str]) -> None:
    decided = [earlier(f"x{number}", *sorted(signs)) for number, signs in enumerate(others)]
    found = similar_cases(case(case="new", indicators=tuple(sorted(own))), decided)
    assert len(found) == min(5, sum(bool(signs & own) for signs in others))
    assert all(0 < row.similarity <= 1 + 1e-12 for row in found)
