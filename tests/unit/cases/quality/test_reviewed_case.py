"""What the metrics take from a case: first and last decision, whose word counts, what was measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from screening.cases.case import Case
from screening.cases.case_parts import Opinion, Outcome
from screening.cases.quality.reviewed_case import Word, reviewed
from screening.cases.vote import Action, Decision, Vote
from tests.unit.cases.quality.made import START

HOUR = timedelta(hours=1)


def case(**values: Any) -> Case:
    plain: dict[str, Any] = {
        "case": "c1", "generation": 1, "team": "team-a", "platform": "alpha", "post_id": "1", "seq": 1, "version": "v",
        "kind": "job", "tier": "review", "highest_tier": "review", "rank": 0.5, "concerns": (), "dimensions": {},
        "indicators": ("worker_fee",), "queue": "review", "state": "decided", "opened_at": START,
        "due_at": START + 24 * HOUR, "facts_at": START,
    }  # fmt: skip
    return Case(**{**plain, **values})


def vote(actor: str, action: Action, **values: Any) -> Vote:
    plain: dict[str, Any] = {
        "decision_id": actor, "actor": actor, "role": "reviewer", "action": action, "partner": None, "reason": "r",
        "at": START, "facts": 1,
    }  # fmt: skip
    return Vote(**{**plain, **values})


def decision(action: Action, hours: int = 1, **values: Any) -> Decision:
    return Decision(action=action, partner=None, decided_at=START + hours * HOUR, votes=(), actors=(), **values)


def outcome(source: str, opinion: Opinion, hours: int = 5) -> Outcome:
    return Outcome(source=source, opinion=opinion, at=START + hours * HOUR)


def test_the_first_decision_tells_the_time_and_all_of_them_the_rules() -> None:
    found = reviewed(case(decisions=(decision("remove", 1, rules=("a.b",)), decision("refer", 9, rules=("c.d",)))))
    assert (found.decided_at, found.action, found.last_action) == (START + HOUR, "remove", "refer")
    assert found.rules == {"a.b", "c.d"}
    assert (found.acted_on, found.stands_acted_on, found.stands_dismissed) == (True, True, False)


def test_an_undecided_case_came_to_nothing_yet() -> None:
    found = reviewed(case(state="open"))
    assert (found.is_decided, found.acted_on, found.stands_acted_on, found.stands_dismissed) == (False,) * 4


def test_an_appeal_that_is_won_leaves_nothing_standing() -> None:
    removed = case(decisions=(decision("remove"),))
    won = reviewed(replace(removed, outcomes=(outcome("appeal:c9", "overturned"),)))
    assert (won.acted_on, won.overturned, won.stands_dismissed, won.appeal_answer) == (True, True, True, "overturned")
    lost = reviewed(replace(removed, outcomes=(outcome("appeal:c9", "upheld"),)))
    assert (lost.overturned, lost.stands_acted_on, lost.appeal_answer) == (False, True, "upheld")
    # Neither is a word on what the offer was.
    assert (won.outcome, lost.outcome) == (None, None)


def test_a_senior_may_overturn_one_action_by_another() -> None:
    found = reviewed(case(decisions=(decision("warn_applicants", recheck="overturned"), decision("remove", 3))))
    assert (found.overturned, found.recheck, found.stands_acted_on) == (True, "overturned", True)
    found = reviewed(case(decisions=(decision("warn_applicants", recheck="overturned"), decision("dismiss", 3))))
    assert (found.acted_on, found.stands_dismissed) == (True, True)


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ([("partner:a", "lead", 1), ("partner:a", "confirmed", 2)], "confirmed"),
        ([("partner:a", "confirmed", 2), ("partner:a", "not_useful", 1)], "confirmed"),
        ([("partner:a", "confirmed", 1), ("partner:b", "disputed", 2)], "disputed"),
        ([("partner:a", "not_useful", 2), ("senior", "lead", 1)], "lead"),
        ([], None),
    ],
)
def test_each_source_counts_by_its_newest_word(said: list[tuple[str, Opinion, int]], counts: Word | None) -> None:
    assert reviewed(case(outcomes=tuple(outcome(*each) for each in said))).outcome == counts


def test_handling_is_measured_where_every_vote_before_the_decision_was() -> None:
    votes = (vote("anna", "refer", seconds=60), vote("ben", "refer", seconds=90, blind=True))
    later = vote("carl", "dismiss", recheck=True, seconds=600)
    found = reviewed(case(votes=(*votes, later)))
    assert (found.handling_seconds, found.people) == (150, 3)
    assert [each.blind for each in found.votes] == [False, True, False]
    assert reviewed(case(votes=(*votes, vote("dora", "refer")))).handling_seconds is None
    assert reviewed(case()).handling_seconds is None
