"""What is acted on and what is confirmed are two figures; a sign that mostly comes to nothing raises an alarm."""

from __future__ import annotations

from screening.cases.quality.rule_precision import rule_precision
from tests.unit.cases.quality.made import made, waiting

RULE = frozenset({"worker_fee.before_departure"})


def test_acted_on_and_confirmed_are_never_mixed() -> None:
    cases = [
        made(rules=RULE, action="refer", outcome="confirmed"),
        made(rules=RULE, action="refer", outcome="lead"),
        made(rules=RULE, action="remove"),
        made(rules=RULE),
        waiting(rules=RULE),
        made(rules=frozenset({"other"})),
    ]
    row = rule_precision(cases).rules[0]
    assert row.name == "worker_fee.before_departure"
    assert (row.acted_on.part, row.acted_on.whole) == (3, 4)
    assert (row.confirmed.part, row.confirmed.whole) == (1, 2)
    assert (row.dismissed.part, row.dismissed.whole) == (1, 4)


def test_a_reversed_action_came_to_nothing_but_was_acted_on() -> None:
    row = rule_precision([made(rules=RULE, action="remove", last_action="restore", overturned=True)]).rules[0]
    assert (row.acted_on.part, row.dismissed.part) == (1, 1)


def test_an_alarm_needs_twenty_cases_and_a_lower_end_above_the_bound() -> None:
    assert not rule_precision([made(rules=RULE)] * 19).alarms
    # 20 of 20 dismissed: lower end 0.839. 38 of 40: 0.835. 36 of 40: 0.769.
    assert [alarm.name for alarm in rule_precision([made(rules=RULE)] * 20).alarms] == [*RULE]
    acted = made(rules=RULE, action="warn_applicants")
    assert rule_precision([made(rules=RULE)] * 38 + [acted] * 2).alarms
    assert not rule_precision([made(rules=RULE)] * 36 + [acted] * 4).alarms
    assert rule_precision([made(rules=RULE)] * 36 + [acted] * 4, bound=0.7).alarms


def test_indicators_are_judged_like_rules_and_audit_cases_and_appeals_leave_both_alone() -> None:
    cases = [made(indicators=frozenset({"worker_fee"}))] * 25
    aside = [made(queue=queue, rules=RULE, indicators=frozenset({"doc_retention"})) for queue in ("audit", "appeals")]
    found = rule_precision(cases + aside)
    assert not found.rules
    assert [(row.sign, row.name, row.acted_on.whole) for row in found.alarms] == [("indicator", "worker_fee", 25)]
