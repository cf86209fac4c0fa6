"""Statements that the Transparency Database would refuse, or that say something of a person, and why."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.reference.transparency_values import transparency_values
from screening.referrals.transparency_rules import KNOWN, MAX_BATCH, Fault, batch_faults, faults, is_ean13

LEFT_OUT: Any = object()

ILLEGAL: dict[str, Any] = {
    "decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"],
    "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
    "illegal_content_legal_ground": "Directive 2011/36/EU, art. 2",
    "illegal_content_explanation": "The offer matches published warning signs.",
    "content_type": ["CONTENT_TYPE_TEXT"],
    "content_date": "2026-05-01",
    "category": "STATEMENT_CATEGORY_VIOLENCE",
    "category_specification": ["KEYWORD_HUMAN_TRAFFICKING"],
    "application_date": "2026-05-04",
    "decision_facts": "Identity documents are to be handed over (Regulation (EU) 2022/2065, 2026-05-04).",
    "source_type": "SOURCE_VOLUNTARY",
    "automated_detection": "Yes",
    "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
    "puid": "a1-b_2",
}
TERMS: dict[str, Any] = {
    **{name: value for name, value in ILLEGAL.items() if not name.startswith("illegal_")},
    "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "incompatible_content_ground": "Rules on offers of work",
    "incompatible_content_explanation": "The offer doesn't name who makes it.",
    "incompatible_content_illegal": "No",
}


def changed(base: dict[str, Any] = ILLEGAL, **changes: Any) -> dict[str, Any]:
    return {name: value for name, value in (base | changes).items() if value is not LEFT_OUT}


@pytest.mark.parametrize(
    "record",
    [
        ILLEGAL,
        TERMS,
        changed(source_type="SOURCE_ARTICLE_16", source_identity="An organisation"),
        changed(end_date_visibility_restriction="2026-05-04"),
        changed(end_date_visibility_restriction=None, category_addition=None),
        changed(content_id={"EAN-13": "4006381333931"}),
        changed(category_specification=["KEYWORD_OTHER"], category_specification_other="Offers of work"),
        changed(
            category_addition=["STATEMENT_CATEGORY_SCAMS_AND_FRAUD"],
            category_specification=["KEYWORD_HUMAN_TRAFFICKING", "KEYWORD_PHISHING"],
        ),
        changed(decision_visibility=["DECISION_VISIBILITY_OTHER"], decision_visibility_other="Shown with a warning"),
        changed(decision_visibility=LEFT_OUT, decision_account="DECISION_ACCOUNT_SUSPENDED", end_date_account_restriction="2027-01-01"),
        changed(decision_ground_reference_url="https://eur-lex.europa.eu/eli/reg/2022/2065", territorial_scope=["PL", "NO"]),
        changed(content_language="UK", account_type="ACCOUNT_TYPE_BUSINESS"),
    ],
)  # fmt: skip
def test_what_the_published_rules_allow_has_no_fault(record: dict[str, Any]) -> None:
    assert faults(record) == ()


NONE_OF = "is none of the values of this field"
NO_DATE = "a date YYYY-MM-DD was expected"
DROPPED = "was dropped from the schema on 2025-07-01"


@pytest.mark.parametrize(
    ("record", "field", "reason"),
    [
        # What must be there
        (changed(decision_visibility=LEFT_OUT), "decision_visibility", "is missing, as are the other kinds of decision: one is needed"),
        (changed(decision_ground=LEFT_OUT, illegal_content_legal_ground=LEFT_OUT, illegal_content_explanation=LEFT_OUT), "decision_ground", "is missing"),
        (changed(content_type=LEFT_OUT), "content_type", "is missing"),
        (changed(content_date=LEFT_OUT), "content_date", "is missing"),
        (changed(category=LEFT_OUT, category_specification=LEFT_OUT), "category", "is missing"),
        (changed(application_date=LEFT_OUT), "application_date", "is missing"),
        (changed(decision_facts=LEFT_OUT), "decision_facts", "is missing"),
        (changed(source_type=LEFT_OUT), "source_type", "is missing"),
        (changed(automated_detection=LEFT_OUT), "automated_detection", "is missing"),
        (changed(automated_decision=None), "automated_decision", "is missing"),
        (changed(puid=LEFT_OUT), "puid", "is missing"),
        # What must be there beside something else, and what may not
        (changed(illegal_content_legal_ground=LEFT_OUT), "illegal_content_legal_ground", "is missing, and needed with DECISION_GROUND_ILLEGAL_CONTENT"),
        (changed(illegal_content_explanation=LEFT_OUT), "illegal_content_explanation", "is missing, and needed with DECISION_GROUND_ILLEGAL_CONTENT"),
        (changed(TERMS, incompatible_content_ground=LEFT_OUT), "incompatible_content_ground", "is missing, and needed with DECISION_GROUND_INCOMPATIBLE_CONTENT"),
        (changed(TERMS, incompatible_content_explanation=LEFT_OUT), "incompatible_content_explanation", "is missing, and needed with DECISION_GROUND_INCOMPATIBLE_CONTENT"),
        (changed(incompatible_content_illegal="Yes"), "incompatible_content_illegal", "goes with DECISION_GROUND_INCOMPATIBLE_CONTENT alone"),
        (changed(TERMS, illegal_content_explanation="Why"), "illegal_content_explanation", "goes with DECISION_GROUND_ILLEGAL_CONTENT alone"),
        (changed(decision_visibility=["DECISION_VISIBILITY_OTHER"]), "decision_visibility_other", "is missing, and needed with DECISION_VISIBILITY_OTHER"),
        (changed(decision_visibility_other="Hidden"), "decision_visibility_other", "goes with DECISION_VISIBILITY_OTHER alone"),
        (changed(decision_monetary="DECISION_MONETARY_OTHER"), "decision_monetary_other", "is missing, and needed with DECISION_MONETARY_OTHER"),
        (changed(content_type=["CONTENT_TYPE_OTHER"]), "content_type_other", "is missing, and needed with CONTENT_TYPE_OTHER"),
        (changed(category_specification_other="Work"), "category_specification_other", "goes with KEYWORD_OTHER alone"),
        (changed(source_identity="An organisation"), "source_identity", "has no place in a decision of the platform's own initiative"),
        (changed(end_date_account_restriction="2026-06-01"), "end_date_account_restriction", "ends a restriction that isn't there: no decision_account"),
        # Values
        (changed(decision_visibility=["CONTENT_REMOVED"]), "decision_visibility", NONE_OF),
        (changed(decision_monetary="SUSPENSION"), "decision_monetary", NONE_OF),
        (changed(decision_provision="DECISION_PROVISION_SUSPENSION"), "decision_provision", NONE_OF),
        (changed(decision_account="DECISION_ACCOUNT_SUSPENSION"), "decision_account", NONE_OF),
        (changed(account_type="BUSINESS"), "account_type", NONE_OF),
        (changed(content_type=["TEXT"]), "content_type", NONE_OF),
        (changed(source_type="SOURCE_OWN"), "source_type", NONE_OF),
        (changed(automated_detection="yes"), "automated_detection", NONE_OF),
        (changed(automated_detection=True), "automated_detection", "text was expected, not bool"),
        (changed(automated_decision="No"), "automated_decision", NONE_OF),
        (changed(content_language="uk"), "content_language", NONE_OF),
        (changed(territorial_scope=["UA"]), "territorial_scope", NONE_OF),
        (changed(category="STATEMENT_CATEGORY_TRAFFICKING", category_specification=LEFT_OUT), "category", NONE_OF),
        (changed(category="STATEMENT_CATEGORY_SCOPE_OF_PLATFORM_SERVICE", category_specification=LEFT_OUT), "category", DROPPED),
        (changed(category="STATEMENT_CATEGORY_NON_CONSENSUAL_BEHAVIOUR", category_specification=LEFT_OUT), "category", DROPPED),
        (changed(category_addition=["STATEMENT_CATEGORY_PORNOGRAPHY_OR_SEXUALIZED_CONTENT"]), "category_addition", DROPPED),
        (changed(category_addition=["STATEMENT_CATEGORY_UNSAFE_AND_ILLEGAL_PRODUCTS"]), "category_addition", DROPPED),
        (changed(category_specification=["KEYWORD_GENDER_BASED_VIOLENCE"]), "category_specification", DROPPED),
        (changed(category_specification=["KEYWORD_PHISHING"]), "category_specification", "KEYWORD_PHISHING belongs to STATEMENT_CATEGORY_SCAMS_AND_FRAUD"),
        (changed(category_addition=["STATEMENT_CATEGORY_VIOLENCE"]), "category_addition", "names the main category again"),
        # Shapes and lengths
        (changed(decision_visibility="DECISION_VISIBILITY_CONTENT_REMOVED"), "decision_visibility", "a list was expected, not str"),
        (changed(decision_visibility=[]), "decision_visibility", "is empty"),
        (changed(territorial_scope=[]), "territorial_scope", "is empty"),
        (changed(territorial_scope=["PL", "PL"]), "territorial_scope", "names a value twice"),
        (changed(decision_facts="x" * 5_001), "decision_facts", "is longer than 5000 characters"),
        (changed(illegal_content_legal_ground="x" * 501), "illegal_content_legal_ground", "is longer than 500 characters"),
        (changed(illegal_content_explanation="x" * 2_001), "illegal_content_explanation", "is longer than 2000 characters"),
        (changed(decision_facts="  "), "decision_facts", "is empty"),
        (changed(decision_facts="x\ud83d"), "decision_facts", "holds half a character, which no JSON can carry"),
        (changed(decision_facts=["x"]), "decision_facts", "text was expected, not list"),
        (changed(puid="a b"), "puid", "must be letters, digits, hyphens and underscores alone"),
        (changed(puid="a\n"), "puid", "must be letters, digits, hyphens and underscores alone"),
        (changed(puid="оффер"), "puid", "must be letters, digits, hyphens and underscores alone"),
        (changed(puid="x" * 501), "puid", "is longer than 500 characters"),
        (changed(url="https://x.example"), "url", "is no field of a statement"),
        # Dates
        (changed(content_date="1999-12-31"), "content_date", "is before 2000-01-01"),
        (changed(content_date="01.05.2026"), "content_date", NO_DATE),
        (changed(content_date="2026-02-30"), "content_date", NO_DATE),
        (changed(content_date="2026-05-01T10:00:00Z"), "content_date", NO_DATE),
        (changed(content_date="20260501"), "content_date", NO_DATE),
        (changed(application_date="2019-12-31"), "application_date", "is before 2020-01-01"),
        (changed(end_date_visibility_restriction="2026-05-03"), "end_date_visibility_restriction", "is before application_date"),
        # Product numbers and addresses
        (changed(content_id={"EAN-13": "4006381333932"}), "content_id", "is no EAN-13 with a right check digit"),
        (changed(content_id={"EAN-13": 4006381333931}), "content_id", "is no EAN-13 with a right check digit"),
        (changed(content_id={"URL": "x"}), "content_id", "takes EAN-13 alone"),
        (changed(content_id="4006381333931"), "content_id", "an object was expected"),
        (changed(decision_ground_reference_url="terms and conditions"), "decision_ground_reference_url", "is no web address"),
        (changed(decision_ground_reference_url="javascript:alert(1)"), "decision_ground_reference_url", "is no web address"),
        (changed(decision_ground_reference_url="https://x.example/" + "x" * 500), "decision_ground_reference_url", "is longer than 500 characters"),
        # People
        (changed(decision_facts="Call +48 600 700 800"), "decision_facts", "holds what looks like a phone number"),
        (changed(decision_facts="Дзвоніть (067) 123-45-67"), "decision_facts", "holds what looks like a phone number"),
        (changed(decision_facts="６００７００８００"), "decision_facts", "holds what looks like a phone number"),
        (changed(illegal_content_explanation="anna.k@example.org wrote it"), "illegal_content_explanation", "holds what looks like an e-mail address"),
        (changed(illegal_content_explanation="anna (at) example (dot) org"), "illegal_content_explanation", "holds what looks like an e-mail address"),
        (changed(illegal_content_legal_ground="see @praca_now"), "illegal_content_legal_ground", "holds what looks like a handle"),
        (changed(decision_facts="posted at https://jobs.example/1"), "decision_facts", "holds what looks like a web address"),
        (changed(decision_facts="t.me/praca"), "decision_facts", "holds what looks like a web address"),
        (changed(decision_facts="see praca-holandia.pl"), "decision_facts", "holds what looks like a web address"),
        (changed(source_type="SOURCE_ARTICLE_16", source_identity="jan@example.org"), "source_identity", "holds what looks like an e-mail address"),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_refused_for_that_reason_alone(record: dict[str, Any], field: str, reason: str) -> None:
    assert faults(record) == (Fault(field, reason),)


@pytest.mark.parametrize("record", [None, "text", 3, [ILLEGAL]])
def test_what_is_no_object_is_no_statement(record: object) -> None:
    assert [fault.field for fault in faults(record)] == [""]


@pytest.mark.parametrize("size", [0, MAX_BATCH + 1])
def test_a_batch_has_one_to_a_hundred_statements(size: int) -> None:
    found = batch_faults([changed(puid=f"p{number}") for number in range(size)])
    assert found == {"statements": (Fault("", f"a batch holds 1 to 100 statements, not {size}"),)}
    assert batch_faults([changed(puid=f"p{number}") for number in range(MAX_BATCH)]) == {}


def test_errors_of_a_batch_are_named_as_the_database_names_them() -> None:
    found = batch_faults([ILLEGAL, changed(puid="other", category=LEFT_OUT, category_specification=LEFT_OUT), ILLEGAL])
    assert found == {
        "statement_1": (Fault("category", "is missing"),),
        "statement_2": (Fault("puid", "stands in this batch already"),),
    }
    assert set(batch_faults("text")) == {"statements"}


@pytest.mark.parametrize("code", ["4006381333931", "5901234123457", "0000000000000"])
def test_right_product_numbers_hold(code: str) -> None:
    assert is_ean13(code)


@given(st.text("0123456789", min_size=12, max_size=12))
def test_one_check_digit_of_ten_fits_a_product_number(twelve: str) -> None:
    assert sum(is_ean13(twelve + digit) for digit in "0123456789") == 1


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["Yes", "PL", "KEYWORD_OTHER"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(KNOWN)) | st.text(max_size=10), _ANY, max_size=8))
def test_whatever_is_handed_over_gets_an_answer(record: dict[str, Any]) -> None:
    assert all(fault.reason for fault in faults(ILLEGAL | record))
    batch_faults([record, ILLEGAL | record])


def test_every_keyword_but_the_general_one_belongs_to_a_category() -> None:
    values = transparency_values()
    assert values.lists["category_specification"] - set(values.parents) == {"KEYWORD_OTHER"}
    assert len(values.lists["category"]) == 16
    assert not values.dropped & (values.lists["category"] | values.lists["category_specification"])
