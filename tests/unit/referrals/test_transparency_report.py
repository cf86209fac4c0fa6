"""Figures of a year: exact for the platform, and no small count in the public ones."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.cases.vote import Action
from screening.errors import PermanentError
from screening.referrals.restriction_grounds import Source
from screening.referrals.transparency_report import (
    COLUMNS,
    FEWER,
    HIDDEN,
    Complaint,
    ModeratedOffer,
    report_csv,
    transparency_report,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
VIOLENCE = "STATEMENT_CATEGORY_VIOLENCE"
SCAMS = "STATEMENT_CATEGORY_SCAMS_AND_FRAUD"


def offer(
    category: str = VIOLENCE, source: Source = "own_initiative", action: Action = "remove", hours: float = 2,
    complaint: Complaint = "none", automated: bool = True,
) -> ModeratedOffer:  # fmt: skip
    return ModeratedOffer(
        category=category, source=source, automated_detection=automated, action=action, received_at=START,
        decided_at=START + timedelta(hours=hours), complaint=complaint,
    )  # fmt: skip


def test_the_platforms_own_report_is_exact() -> None:
    report = transparency_report(
        [
            offer(hours=1),
            offer(hours=5, complaint="reversed"),
            offer(SCAMS, "notice", "dismiss", hours=30, automated=False),
        ],
        public=False,
    )
    assert report == {
        "total": 3,
        "median_hours_to_decision": 5.0,
        "decisions": [
            {"category": SCAMS, "source": "notice", "automated_detection": False, "action": "dismiss", "count": 1, "median_hours_to_decision": 30.0},
            {"category": VIOLENCE, "source": "own_initiative", "automated_detection": True, "action": "remove", "count": 2, "median_hours_to_decision": 3.0},
        ],
        "complaints": {"received": 1, "pending": 0, "upheld": 0, "reversed": 1},
    }  # fmt: skip


def test_small_counts_of_the_public_report_are_not_given_nor_to_be_reckoned() -> None:
    report = transparency_report([offer() for _ in range(12)] + [offer(SCAMS) for _ in range(3)], public=True)
    assert [row["count"] for row in report["decisions"]] == [FEWER, 12]
    assert [row["median_hours_to_decision"] for row in report["decisions"]] == [None, 2.0]
    assert report["total"] == HIDDEN
    assert set(report["complaints"].values()) == {FEWER}


def test_a_public_report_of_large_counts_has_its_totals() -> None:
    many: tuple[Complaint, ...] = ("pending", "upheld", "reversed")
    report = transparency_report([offer(complaint=kind) for kind in many for _ in range(10)], public=True)
    assert report["total"] == 30
    assert report["complaints"] == {"received": 30, "pending": 10, "upheld": 10, "reversed": 10}


def test_a_year_without_decisions_has_a_report() -> None:
    assert transparency_report([], public=False)["total"] == 0
    assert transparency_report([], public=True)["total"] == FEWER
    assert transparency_report([], public=False)["median_hours_to_decision"] is None


_OFFERS = st.lists(
    st.builds(
        offer, category=st.sampled_from([VIOLENCE, SCAMS, ""]), source=st.sampled_from(get_args(Source)[:2]),
        action=st.sampled_from(["remove", "dismiss"]), hours=st.floats(0, 10_000),
        complaint=st.sampled_from(get_args(Complaint)),
    ),
    max_size=80,
)  # fmt: skip


def _counts(table: dict[str, Any]) -> list[Any]:
    return [table["total"], *(row["count"] for row in table["decisions"]), *table["complaints"].values()]


@given(_OFFERS)
def test_no_published_count_is_small_and_no_hidden_one_is_the_rest_of_a_total(offers: list[ModeratedOffer]) -> None:
    exact, public = transparency_report(offers, public=False), transparency_report(offers, public=True)
    for true, shown in zip(_counts(exact), _counts(public), strict=True):
        assert shown == true if isinstance(shown, int) else shown in (FEWER, HIDDEN)
        assert not isinstance(shown, int) or shown >= 10
        assert shown != FEWER or true < 10
    if any(row["count"] == FEWER for row in public["decisions"]):
        assert not isinstance(public["total"], int)
    assert exact["total"] == sum(row["count"] for row in exact["decisions"]) == len(offers)


@given(_OFFERS, st.booleans())
def test_the_csv_holds_the_same_figures(offers: list[ModeratedOffer], public: bool) -> None:
    report = transparency_report(offers, public=public)
    rows = list(csv.reader(io.StringIO(report_csv(report))))
    assert tuple(rows[0]) == COLUMNS
    assert [row[4] for row in rows[1 : 1 + len(report["decisions"])]] == [
        str(row["count"]) for row in report["decisions"]
    ]
    assert {row[0]: row[4] for row in rows[-5:]} == {
        "total": str(report["total"]),
        **{f"complaints_{name}": str(count) for name, count in report["complaints"].items()},
    }


def test_nothing_is_decided_before_it_was_received() -> None:
    with pytest.raises(PermanentError, match="'decided_at'"):
        offer(hours=-1)
