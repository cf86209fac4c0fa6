"""False alarms of what was flagged, and beside them the audit sample: two figures that no case enters both of."""

from __future__ import annotations

from datetime import timedelta

from functions.console.texts import LANGUAGES, texts
from screening.cases.quality.behind_figures import Figure, stands_behind
from screening.cases.quality.false_alarms import AlarmRow, alarms_plot, false_alarms
from screening.cases.quality.flow import case_flow
from screening.cases.quality.page_model import first_day_shown
from screening.cases.quality.rule_precision import rule_precision
from screening.cases.quality.tier_times import tier_times
from screening.statistics import wilson
from tests.unit.cases.quality.made import START, made, waiting

RULE = frozenset({"worker_fee.paid"})
NOW = START + timedelta(days=3)
CASES = [
    made(rules=RULE), made(rules=RULE, language="uk", action="remove"), made(platform="beta", language=None),
    made(rules=RULE, action="remove", last_action="restore", overturned=True, appeal_answer="overturned"),
    made(queue="audit", tier="clear", rules=RULE, audit_probability=0.1), made(queue="audit", tier="watch", action="remove"),
    made(queue="inconclusive", tier="inconclusive"), made(queue="reports", tier="clear", reported=True),
    made(queue="appeals", action="uphold"), waiting(rules=RULE), waiting(queue="reports", due_at=START + timedelta(hours=4)),
    made(action="refer", outcome="confirmed", indicators=frozenset({"worker_fee"}), decided_at=START + timedelta(hours=30)),
]  # fmt: skip


def _name(row: AlarmRow) -> str:
    return row.name


def test_what_was_flagged_and_what_was_drawn_are_two_figures() -> None:
    found = false_alarms(CASES)
    assert (found.flagged.part, found.flagged.whole) == (3, 5)
    assert (found.sample.part, found.sample.whole) == (1, 2)
    rule = next(row for row in found.by_rule if row.name in RULE)
    assert ((rule.flagged.part, rule.flagged.whole), (rule.sample.part, rule.sample.whole)) == ((2, 3), (1, 1))
    assert (rule.flagged.low, rule.flagged.high) == wilson(2, 3)
    assert {row.name: row.flagged.whole for row in found.by_language} == {"pl": 3, "uk": 1, "": 1}
    assert {row.name: row.flagged.whole for row in found.by_platform} == {"alpha": 4, "beta": 1}


def test_a_decision_that_was_reversed_was_a_false_alarm() -> None:
    reversed_ = made(action="remove", last_action="restore", overturned=True)
    assert false_alarms([reversed_]).flagged.part == 1


def test_what_the_picture_shows_it_says_in_words() -> None:
    found = false_alarms(CASES)
    for language in LANGUAGES:
        assert alarms_plot(found.by_platform, words=texts(language), called=_name).startswith("<svg")
    assert "alpha: 2 of 4 flagged dismissed" in alarms_plot(found.by_platform, words=texts("en"), called=_name)
    assert alarms_plot((), words=texts("en"), called=_name) == ""


def test_the_first_look_is_timed_where_it_is_known_and_lateness_by_the_tier_that_is_shown() -> None:
    looked = [made(first_look_at=START + timedelta(minutes=minutes)) for minutes in (10, 20, 30)]
    drawn = made(queue="audit", tier="clear", first_look_at=START + timedelta(minutes=40))
    late = made(decided_at=START + timedelta(hours=25))
    fresh, overdue = waiting(due_at=NOW + timedelta(hours=1)), waiting(due_at=NOW - timedelta(hours=1))
    urgent = made(tier="urgent")
    rows = {row.tier: row for row in tier_times([*looked, drawn, late, fresh, overdue, urgent], now=NOW)}
    review = rows["review"]
    assert (review.cases, review.looked, review.median_minutes, review.p90_minutes) == (7, 4, 25.0, 37.0)
    assert (review.late.part, review.late.whole) == (2, 6)
    assert (rows["urgent"].looked, rows["urgent"].median_minutes, rows["urgent"].late.part) == (0, None, 0)
    assert "inconclusive" not in rows


def test_a_list_holds_as_many_cases_as_its_figure_says() -> None:
    def behind(figure: Figure) -> int:
        return sum(stands_behind(figure, case, now=NOW) for case in CASES)

    alarms, rules = false_alarms(CASES), rule_precision(CASES)
    assert behind(Figure(name="false_alarms")) == alarms.flagged.part
    assert behind(Figure(name="alarms")) == alarms.flagged.whole
    for row in alarms.by_rule:
        assert behind(Figure(name="false_alarms", rule=row.name)) == row.flagged.part
    for sign in (*rules.rules, *rules.indicators):
        named = {sign.sign: sign.name}
        assert behind(Figure(name="cited", **named)) == sign.acted_on.whole
        assert behind(Figure(name="acted_on", **named)) == sign.acted_on.part
        assert behind(Figure(name="came_to_nothing", **named)) == sign.dismissed.part
        assert behind(Figure(name="confirmed", **named)) == sign.confirmed.part
    flow = case_flow(CASES, first=first_day_shown(NOW), now=NOW).total
    assert behind(Figure(name="came_in")) == flow.inflow
    assert behind(Figure(name="decided")) == flow.decided
    assert behind(Figure(name="waiting")) == flow.backlog
    assert behind(Figure(name="missed_its_hour")) == flow.in_time.whole - flow.in_time.part
    assert behind(Figure(name="late")) == sum(row.late.part for row in tier_times(CASES, now=NOW))
    assert behind(Figure(name="overturned")) == behind(Figure(name="overturned_on_appeal")) == 1
