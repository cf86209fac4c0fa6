"""A rule that is switched off finds nothing that counts, and only the posts that it would have touched say so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from screening.assessment.screener import Screener
from screening.rules.library import load_rules
from screening.rules.rule_ids import rule_ids
from screening.values.result import Assessment
from tests.fakes.world import post

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LURE = (
    "Packing of fish in Gdansk, free housing. We keep your passport until the debt for the trip is worked off. "
    "Work 14 hours a day, 7 days a week. You may not leave the house alone."
)


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener.load()


def assessed(screener: Screener, text: str, *off: str) -> Assessment:
    one = post("1", text, posted_at=AT, country="PL", language="en")
    return screener.conclude(screener.read(one, assessed_at=AT, switched_off=frozenset(off)))


def test_each_rule_that_found_something_can_be_switched_off(screener: Screener) -> None:
    whole = assessed(screener, LURE)
    rules = sorted({one.rule for one in whole.evidence if one.rule in rule_ids()})
    assert len(rules) >= 4
    for rule in rules:
        without = assessed(screener, LURE, rule)
        assert rule not in {one.rule for one in without.evidence}
        assert without.versions.rules == f"{whole.versions.rules}-without-{rule}"
    nothing = assessed(screener, LURE, *rule_ids())
    assert (nothing.tier, nothing.evidence) == ("clear", ())


def test_what_builds_on_a_switched_off_condition_is_not_concluded_either(screener: Screener) -> None:
    condition = next(
        one.rule
        for one in assessed(screener, LURE).evidence
        if any(load_rules().rules[number].id == one.rule for number in load_rules().conjunctions)
    )
    without = assessed(screener, LURE, condition)
    assert condition not in {one.rule for one in without.evidence}
    assert without.versions.rules.endswith(condition)


def test_a_post_that_the_rule_does_not_touch_is_assessed_as_before(screener: Screener) -> None:
    text = "Bakery in Gdansk looks for a seller, 5200 zl gross a month, contract from the first day."
    assert assessed(screener, text, "worker_fee.read") == assessed(screener, text)


def test_the_list_of_rules_is_that_of_the_packs() -> None:
    """Write it anew with scripts/write_rule_ids.py."""
    rules = load_rules()
    assert rule_ids() == {rule.id for rule in rules.rules} | {f"{indicator}.read" for indicator in rules.indicators}
