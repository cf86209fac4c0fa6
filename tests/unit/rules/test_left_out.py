"""`unless`: posts that a rule leaves out, as `exclude` leaves out words."""

from pathlib import Path
from typing import Any

import pytest

from screening.rules.check import check_packs
from screening.rules.compiled import CompiledRules
from screening.rules.evaluation import Finding
from screening.rules.evaluation import evaluate as evaluate_rules
from screening.rules.left_out import READ, counting
from tests.unit.rules.packs import compile_packs, document, write_rules

ERRAND: dict[str, Any] = {
    "id": "errand",
    "dimension": "marks",
    "strength": "weak",
    "rules": [{"id": "plumber", "phrases": {"en": ["need a plumber"]}}],
}
CASH: dict[str, Any] = {
    "id": "informal_pay",
    "rules": [
        {
            "id": "cash",
            "phrases": {"en": ["cash"]},
            "unless": {"all": ["errand", "text.short", {"none": ["place.abroad"]}]},
        },
        {"id": "envelope", "phrases": {"en": ["in an envelope"]}},
    ],
}


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> CompiledRules:
    return compile_packs(tmp_path_factory.mktemp("rules"), ERRAND, CASH)


def found(rules: CompiledRules, text: str, *marks: str) -> list[str]:
    return [f.rule.id for f in evaluate_rules(document(text), rules, frozenset(marks)).findings]


def test_a_rule_finds_nothing_in_a_post_of_which_its_unless_holds(rules: CompiledRules) -> None:
    assert found(rules, "Need a plumber, cash.", "text.short") == ["errand.plumber"]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Pickers wanted, cash.", ("text.short",)),
        ("Need a plumber, cash.", ()),
        ("Need a plumber, cash.", ("text.short", "place.abroad")),
    ],
    ids=["no errand", "no short text", "abroad"],
)
def test_it_finds_what_it_always_did_in_any_other(rules: CompiledRules, text: str, marks: tuple[str, ...]) -> None:
    assert "informal_pay.cash" in found(rules, text, *marks)


def test_the_packs_other_phrases_stay(rules: CompiledRules) -> None:
    assert "informal_pay.envelope" in found(rules, "Need a plumber, paid in an envelope.", "text.short")


def test_what_the_reader_alone_makes_of_the_indicator_goes_with_it(rules: CompiledRules) -> None:
    envelope = next(rule for rule in rules.rules if rule.id == "informal_pay.envelope")
    by_reader, by_phrase = (Finding(envelope, "stated", None, how) for how in (READ, "phrase"))
    assert counting([by_reader, by_phrase], rules.rules, {"errand", "text.short"}) == [by_phrase]
    assert counting([by_reader, by_phrase], rules.rules, {"errand"}) == [by_reader, by_phrase]


def test_compiled_rules_keep_it_and_their_version_tells_it(rules: CompiledRules, tmp_path: Path) -> None:
    again = CompiledRules.from_bytes(rules.to_bytes())
    assert found(again, "Need a plumber, cash.", "text.short") == ["errand.plumber"]
    always = {**CASH, "rules": [{k: v for k, v in rule.items() if k != "unless"} for rule in CASH["rules"]]}
    assert compile_packs(tmp_path, ERRAND, always).version != rules.version


def test_a_mark_that_nobody_sets_is_named(tmp_path: Path) -> None:
    wrong = {**CASH, "rules": [{"id": "cash", "phrases": {"en": ["cash"]}, "unless": {"all": ["erand"]}}]}
    report = check_packs(folder=write_rules(tmp_path, ERRAND, wrong))
    assert any("the mark 'erand'" in fault.message and "errand" in fault.hint for fault in report.faults), (
        report.render()
    )


def test_a_condition_names_what_it_is_not_found_beside_by_itself(tmp_path: Path) -> None:
    mixed = {**CASH, "rules": [{"id": "cash", "when": {"all": ["errand"]}, "unless": {"all": ["text.short"]}}]}
    report = check_packs(folder=write_rules(tmp_path, ERRAND, mixed))
    assert any("either 'when' or 'unless'" in fault.message for fault in report.faults)
