"""What programs get of a case as JSON marks the audit sample no more than the pages do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from functions.console.json_routes import shown, told, unmarked
from functions.console.queue_filters import asked_from
from screening.assessment.record import ConcernSummary
from screening.cases.case_parts import HistoryLine
from screening.cases.ledger import FIRST_PREVIOUS, LedgerEntry, next_entry
from tests.fakes.console_cases import case, member
from tests.fakes.world import person

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def entry(queue: str, tier: str) -> LedgerEntry:
    payload = {"event": "e-1", "queue": queue, "tier": tier, "due_at": "2026-03-05 09:00:00+00:00", "seq": 1}
    return next_entry(
        case="c-1", index=0, prev_hash=FIRST_PREVIOUS, kind="opened", actor="system:review", at=NOW, salt="0" * 32,
        payload=payload,
    )  # fmt: skip


@pytest.mark.parametrize("tier", ["clear", "watch"])
def test_a_case_of_the_audit_sample_reads_as_one_for_review(tier: Any) -> None:
    drawn = case(
        1, tier=tier, highest_tier=tier, rank=0.01, queue="audit", audit_probability=0.01, second_review=True,
        history=(HistoryLine(at=NOW, what="opened", detail=tier), HistoryLine(at=NOW, what="edited", detail=f"{tier}>watch")),
    )  # fmt: skip
    flagged = replace(
        drawn, tier="review", highest_tier="review", rank=0.7, queue="review", audit_probability=None, second_review=False,
        history=(
            HistoryLine(at=NOW, what="opened", detail="review"), HistoryLine(at=NOW, what="edited", detail="review>urgent"),
        ),
    )  # fmt: skip
    reader = person("anna", "reviewer")
    assert shown(drawn, reader) == shown(flagged, reader)


def test_what_a_colleague_s_word_is_about_stays_in_the_history() -> None:
    line = HistoryLine(at=NOW, what="decided:refer", detail="police-b")
    assert shown(case(1, history=(line,)), person("anna", "reviewer"))["history"] == [line.to_dict()]


def test_an_assessment_tells_neither_rank_nor_a_tier_below_review() -> None:
    assert unmarked({"tier": "clear", "rank": 0.01, "act_by": None}) == {"tier": "review", "act_by": None}
    assert unmarked({"tier": "urgent", "rank": 0.9}) == {"tier": "urgent"}


def test_a_drawn_offer_s_concerns_and_posts_bear_no_tier_below_review() -> None:
    concern = ConcernSummary(type="labour_law", tier="watch")
    drawn = case(1, tier="watch", queue="audit", concerns=(concern,), members=(member(1, tier="clear"),))
    told_case = shown(drawn, person("anna", "reviewer"))
    assert [one["tier"] for one in (*told_case["concerns"], *told_case["members"])] == ["review", "review"]
    assessed = unmarked({"tier": "watch", "rank": 0.3, "concerns": [{"type": "labour_law", "tier": "watch"}]})
    assert assessed["concerns"] == [{"type": "labour_law", "tier": "review"}]


def test_an_entry_of_the_ledger_tells_an_auditor_all_and_others_nothing_of_the_sample() -> None:
    drawn = entry("audit", "clear")
    assert told(drawn, person("ada", "auditor")) == drawn.to_dict()
    assert told(drawn, person("anna", "reviewer"))["payload"] == {"event": "e-1", "seq": 1}
    assert told(drawn.without_payload, person("anna", "reviewer"))["payload"] is None


def test_the_audit_sample_can_t_be_asked_for() -> None:
    assert asked_from(lambda name: {"queue": "audit"}.get(name, "")).unknown == ("queue=audit",)
