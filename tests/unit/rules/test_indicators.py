from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.assessment.indicators import IndicatorFindings, find_indicators
from screening.posts.post import PlatformSignal, Salary
from screening.rules.compiled import CompiledRules
from tests.unit.rules.packs import FEE, compile_packs, document

NO_SKILLS = {
    "id": "no_skills",
    "dimension": "marks",
    "rules": [{"id": "none", "phrases": {"en": ["(no|without) experience"]}}],
}
HIGH_PAY = {
    "id": "no_skills_high_pay",
    "dimension": "deceptive_recruitment",
    "strength": "medium",
    "rules": [
        {
            "id": "both",
            "when": {"all": ["no_skills", {"any": ["pay.high", "pay.implausible"]}]},
            "quote_from": ["no_skills"],
        }
    ],
}
UNNAMED = {
    "id": "no_employer",
    "dimension": "employer_identity",
    "rules": [{"id": "absent", "when": {"all": ["employer.unnamed", "text.complete"]}, "state": "absent_checked"}],
}
CONTRACT = {
    "id": "contract",
    "dimension": "protective",
    "rules": [{"id": "written", "phrases": {"en": ["written contract"]}}],
}
CUES = {"en": ["beware of", "report (it|this) to", "never pay"]}


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> CompiledRules:
    return compile_packs(tmp_path_factory.mktemp("rules"), FEE, NO_SKILLS, HIGH_PAY, UNNAMED, CONTRACT, cues=CUES)


def find(rules: CompiledRules, text: str, *marks: str, **fields: object) -> IndicatorFindings:
    return find_indicators(document(text, **fields), rules, frozenset(marks))  # type: ignore[arg-type]


def test_evidence_tells_all_that_the_contract_asks(rules: CompiledRules) -> None:
    (item,) = find(rules, "Hello. A registration fee is due.").evidence
    assert (item.indicator, item.state, item.strength, item.dimension) == (
        "worker_fee",
        "stated",
        "strong",
        "coercive_recruitment",
    )
    assert (item.field, item.start, item.end, item.quote) == ("description", 9, 25, "registration fee")
    assert (item.rule, item.sources) == ("worker_fee.fee", ("C181",))


def test_the_near_miss_in_the_same_sentence_makes_it_no_finding(rules: CompiledRules) -> None:
    assert find(rules, "A deposit for the locker key.").evidence == ()
    assert find(rules, "A deposit is due. The locker is free.").evidence != ()


def test_a_disguised_phrase_is_quoted_as_it_was_written(rules: CompiledRules) -> None:
    found = find(rules, "A r e g i s t r a t i o n f3e, then a dеpоsit.")
    assert "dеpоsit" in {item.quote for item in found.evidence}
    assert "text.disguised" in found.marks


def test_a_conjunction_quotes_the_words_of_its_mark(rules: CompiledRules) -> None:
    assert find(rules, "Work without experience.").evidence == ()
    (item,) = find(rules, "Work without experience.", "pay.high").evidence
    assert (item.indicator, item.quote) == ("no_skills_high_pay", "without experience")


def test_absence_has_no_quote_and_is_weak(rules: CompiledRules) -> None:
    found = find(rules, "Work.", "employer.unnamed", "text.complete")
    (item,) = found.evidence
    assert (item.state, item.strength, item.field, item.quote) == ("absent_checked", "weak", "", "")
    assert "absent.no_employer" in found.marks and "no_employer" not in found.marks


def test_protective_signs_stand_apart_and_only_when_said(rules: CompiledRules) -> None:
    found = find(rules, "You get a written contract.")
    assert [item.indicator for item in found.protective] == ["contract"]
    assert found.evidence == ()
    assert find(rules, "There is no written contract.").protective == ()


def test_a_text_that_warns_mentions_and_does_not_use(rules: CompiledRules) -> None:
    warning = find(rules, "Beware of a registration fee. Report it to the police.")
    assert {item.state for item in warning.evidence} == {"denied"}
    assert "text.warning" in warning.marks
    quoted = find(rules, "Beware of adverts such as «a registration fee is due now» in chats.")
    assert {item.state for item in quoted.evidence} == {"denied"}
    assert {item.state for item in find(rules, "Beware of thieves. A registration fee is due.").evidence} == {"stated"}


def test_hidden_text_is_a_mark_and_not_matched(rules: CompiledRules) -> None:
    found = find(rules, "Work.", hidden_text="A registration fee is due.")
    assert found.evidence == ()
    assert "text.hidden" in found.marks


def test_marks_of_denials_rules_and_platforms(rules: CompiledRules) -> None:
    found = find(rules, "No registration fee. A deposit.", signals=(PlatformSignal(name="new_account", value=True),))
    assert {"worker_fee", "worker_fee.fee", "denied.worker_fee", "platform.new_account"} <= found.marks


def test_other_kinds_of_post_are_left_out(tmp_path: Path) -> None:
    rules = compile_packs(tmp_path, {**FEE, "kinds": ["accommodation"]})
    assert find(rules, "A registration fee is due.").evidence == ()
    assert find(rules, "A registration fee is due.", kind="accommodation").evidence != ()


def test_few_quotes_a_rule_each_different(rules: CompiledRules) -> None:
    found = find(rules, "A deposit. A deposit. A registration fee. A placement fee. A processing fee.")
    assert [item.quote for item in found.evidence] == sorted(
        {item.quote for item in found.evidence}, key=[i.quote for i in found.evidence].index
    )
    assert len(found.evidence) == 3


def test_order_follows_the_fields(rules: CompiledRules) -> None:
    found = find(
        rules,
        "A registration fee.",
        title="A deposit",
        salary=Salary(text="placement fee 5"),
        contract="processing fee",
    )
    assert len(found.evidence) == 3
    order = ["title", "description", "salary", "contract"]
    assert [order.index(item.field) for item in found.evidence] == sorted(
        order.index(item.field) for item in found.evidence
    )


PIECES = st.sampled_from(
    [
        "registration fee",
        "dеpоsit",
        "d e p o s i t",
        "no ",
        "never",
        "p\u200bay 3️⃣0️⃣ € upfront",
        ". ",
        "\n",
        "✅",
        "without experience",
        "é",
        "«",
        "»",
        "locker",
        " ",
    ]
)


@given(st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=4).map("".join))
def test_every_quote_is_the_posts_own_text(rules: CompiledRules, description: str, title: str) -> None:
    read = document(description, title=title)
    found = find_indicators(read, rules, frozenset({"pay.high"}))
    for item in (*found.evidence, *found.protective):
        assert item.quote == read.post.field_text(item.field)[item.start : item.end] != ""
    assert found == find_indicators(read, rules, frozenset({"pay.high"}))


def test_what_several_places_say_together_is_quoted_from_none(tmp_path: Path) -> None:
    quiet = HIGH_PAY | {"rules": [HIGH_PAY["rules"][0] | {"quote_from": ["nothing"]}]}  # type: ignore[index]
    rules = compile_packs(tmp_path, NO_SKILLS, quiet)
    (item,) = find(rules, "Warehouse, no experience.", "pay.high").evidence
    assert (item.indicator, item.quote) == ("no_skills_high_pay", "")
