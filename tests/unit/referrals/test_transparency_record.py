"""What a removal looks like in the Transparency Database: made of fixed words, and always valid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import PermanentError
from screening.links.sign_texts import SOURCES
from screening.reference.transparency_values import transparency_values
from screening.referrals.reason_groups import OTHER_SIGN, SIGNS, groups_of, sign_in_words
from screening.referrals.restriction_grounds import Source
from screening.referrals.transparency_record import RestrictionFacts, transparency_record
from screening.referrals.transparency_rules import faults
from screening.values.result import ConcernType

PACKS = Path(__file__).resolve().parents[3] / "screening" / "rules" / "packs"
FACTS = RestrictionFacts(
    concerns=("trafficking_pattern",), indicators=("doc_retention", "no_employer"), language="uk",
    published_on=date(2026, 5, 1), applied_on=date(2026, 5, 4), source="own_initiative", puid="p1",
)  # fmt: skip


def record(**changes: Any) -> dict[str, Any]:
    return transparency_record(replace(FACTS, **changes))


@given(
    st.builds(
        RestrictionFacts,
        concerns=st.lists(st.sampled_from(get_args(ConcernType))).map(tuple),
        indicators=st.lists(st.sampled_from([*SIGNS, "sign_of_a_new_pack"]), max_size=80).map(tuple),
        language=st.none() | st.sampled_from(["uk", "RU", "pl", "en", "hu"]),
        published_on=st.dates(date(2000, 1, 1)),
        applied_on=st.dates(date(2020, 1, 1)),
        source=st.sampled_from(get_args(Source)),
        puid=st.from_regex(r"\A[a-zA-Z0-9_-]{1,500}\Z"),
        countries=st.lists(st.sampled_from(["PL", "DE", "NO"])).map(lambda names: tuple(dict.fromkeys(names))),
        automated_detection=st.booleans(),
        account_type=st.sampled_from([None, "business", "private"]),
        women_or_girls=st.booleans(),
        reference_url=st.none() | st.just("https://platform.example/terms"),
    )
)
def test_every_record_that_is_made_is_valid(facts: RestrictionFacts) -> None:
    made = transparency_record(facts)
    assert faults(made) == ()
    assert made["automated_decision"] == "AUTOMATED_DECISION_NOT_AUTOMATED"


@pytest.mark.parametrize(
    ("concern", "category", "keyword", "ground"),
    [
        ("trafficking_pattern", "VIOLENCE", "HUMAN_TRAFFICKING", "ILLEGAL"),
        ("forced_labour", "VIOLENCE", "HUMAN_EXPLOITATION", "ILLEGAL"),
        ("sexual_exploitation", "VIOLENCE", "HUMAN_EXPLOITATION", "ILLEGAL"),
        ("forced_criminality", "VIOLENCE", "HUMAN_EXPLOITATION", "ILLEGAL"),
        ("employment_fraud", "SCAMS_AND_FRAUD", "INAUTHENTIC_LISTINGS", "ILLEGAL"),
        ("minor", "PROTECTION_OF_MINORS", "AGE_SPECIFIC_RESTRICTIONS_MINORS", "ILLEGAL"),
        ("labour_law", "OTHER_VIOLATION_TC", "GOODS_SERVICES_NOT_PERMITTED", "INCOMPATIBLE"),
        (None, "OTHER_VIOLATION_TC", "GOODS_SERVICES_NOT_PERMITTED", "INCOMPATIBLE"),
    ],
)  # fmt: skip
def test_each_concern_has_its_category_and_ground(
    concern: ConcernType | None, category: str, keyword: str, ground: str
) -> None:
    made = record(concerns=(concern,) if concern else (), indicators=())
    assert made["category"] == f"STATEMENT_CATEGORY_{category}"
    assert made["category_specification"] == [f"KEYWORD_{keyword}"]
    assert made["decision_ground"] == f"DECISION_GROUND_{ground}_CONTENT"
    assert ("illegal_content_legal_ground" in made) == (ground == "ILLEGAL")


def test_women_and_girls_are_named_only_where_the_evidence_names_them() -> None:
    keyword = "KEYWORD_TRAFFICKING_WOMEN_GIRLS"
    assert keyword not in record()["category_specification"]
    assert keyword not in record(indicators=("gender_age_targeted",))["category_specification"]
    assert keyword in record(women_or_girls=True)["category_specification"]
    assert keyword not in record(women_or_girls=True, concerns=("labour_law",))["category_specification"]


def test_signs_beside_the_concern_add_their_own_categories() -> None:
    made = record(concerns=("employment_fraud",), indicators=("brand_impersonation", "sensitive_info", "no_employer"))
    assert made["category_addition"] == ["STATEMENT_CATEGORY_CONSUMER_INFORMATION"]
    assert made["category_specification"] == [
        "KEYWORD_INAUTHENTIC_LISTINGS", "KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING", "KEYWORD_PHISHING",
        "KEYWORD_INSUFFICIENT_INFORMATION_ON_TRADERS",
    ]  # fmt: skip
    assert record(concerns=(), indicators=("gender_age_targeted",))["category_specification"] == [
        "KEYWORD_DISCRIMINATION"
    ]
    grooming = record(concerns=("minor", "sexual_exploitation"), indicators=("minor",))
    assert "KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS" in grooming["category_specification"]


def test_the_facts_are_fixed_words_for_each_sign() -> None:
    assert record()["decision_facts"] == (
        "The offer matches published warning signs: original identity documents are to be handed over; "
        "the employer isn't named. Automated means found it; a person read it and decided."
    )
    assert record(automated_detection=False, indicators=())["decision_facts"] == (
        "A person read the offer. It was found without automated means; a person read it and decided."
    )


def test_no_sign_is_without_words() -> None:
    indicators = {path.stem for path in PACKS.glob("*/*.yaml") if path.parent.name not in ("marks", "protective")}
    assert len(indicators) > 40
    assert indicators | set(SOURCES) <= set(SIGNS)
    assert all(groups_of([name]) for name in SIGNS)
    assert sign_in_words("sign_of_a_new_pack") == OTHER_SIGN


def test_a_removal_without_countries_holds_in_the_whole_eea() -> None:
    assert set(record()["territorial_scope"]) == transparency_values().lists["territorial_scope"]
    assert len(record()["territorial_scope"]) == 30
    assert record(countries=("PL",))["territorial_scope"] == ["PL"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("countries", ("UA",)),
        ("language", "xx"),
        ("published_on", date(1999, 12, 31)),
        ("applied_on", date(2019, 12, 31)),
        ("puid", "case 1"),
        ("puid", ""),
    ],
)
def test_facts_that_the_database_refuses_are_refused_by_name(field: str, value: object) -> None:
    with pytest.raises(PermanentError, match=f"field '{field}'"):
        replace(FACTS, **{field: value})  # type: ignore[arg-type]
