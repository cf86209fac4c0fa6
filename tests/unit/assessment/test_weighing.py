"""The tiers of the design, and that more evidence never counts for less."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.assessment.tier_rules import compile_to, load_tier_rules, parse_tier_rules, read_source
from screening.assessment.tier_signs import carrying
from screening.assessment.weighing import TIER_ORDER, Weighing, count_signs, weigh
from screening.errors import RulePackError
from screening.values.evidence import Evidence, EvidenceState, Strength
from screening.values.result import Tier

RULES = load_tier_rules()
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def sign(indicator: str, dimension: str, strength: Strength = "medium", state: EvidenceState = "stated") -> Evidence:
    return Evidence(
        indicator=indicator,
        state=state,
        strength=strength,
        dimension=dimension,
        field="description",
        start=0,
        end=1,
        quote="x",
        rule=f"{indicator}.test",
        sources=(),
    )


def weighed(
    *evidence: Evidence,
    protective: tuple[Evidence, ...] = (),
    act_by: date | None = None,
    reads: str = "plain",
    at_most: Tier = "urgent",
) -> Weighing:
    return weigh(evidence, protective, RULES, act_by=act_by, at=AT, reads=reads, at_most=at_most)


DECEPTION = "deceptive_recruitment"
COERCION = "coercive_recruitment"
CONDITIONS = "exploitative_conditions"
VULNERABILITY = "abuse_of_vulnerability"
SEXUALISED = "sexualised_recruitment"
CRIMINAL = "criminal_use"
EMPLOYER = "employer_identity"


@pytest.mark.parametrize(
    ("evidence", "reads", "reason", "signs"),
    [
        (
            [sign("worker_fee", COERCION, "strong"), sign("pressure", DECEPTION, "weak")],
            "plain",
            "a strong sign",
            ["worker_fee"],
        ),
        (
            [sign("a", CONDITIONS), sign("b", CONDITIONS), sign("c", EMPLOYER, "weak")],
            "doubtful",
            "one dimension in a post that reads doubtful",
            ["a", "b"],
        ),
        (
            [sign("a", DECEPTION), sign("b", EMPLOYER, "weak")],
            "doubtful",
            "a notable sign beside another in a post that reads doubtful",
            ["a", "b"],
        ),
        ([sign("a", DECEPTION)], "plain", "", []),
    ],
)
def test_a_tier_names_its_condition_and_the_signs_that_carry_it(
    evidence: list[Evidence], reads: str, reason: str, signs: list[str]
) -> None:
    found = weighed(*evidence, reads=reads)
    assert (found.tier_reason, list(found.tier_signs)) == (reason, signs)


def test_every_condition_is_carried_by_something() -> None:
    for tier, lines in RULES.tiers:
        for line in lines:
            everything = [
                sign(name, dimension, "strong")
                for dimension in RULES.dimensions
                for name in sorted({"any_sign"} | _named(line))
            ]
            signs = count_signs(tuple(everything), (), RULES)
            positive = frozenset(RULES.dimensions)
            assert carrying(line["name"], signs, positive, RULES), f"{tier}: {line['name']}"


def _named(line: Mapping[str, Any]) -> set[str]:
    return {*line.get("any_of", ()), *line.get("hinted", ())}


def test_nothing_found_is_clear() -> None:
    assert weighed().tier == "clear"


def test_one_medium_sign_alone_is_clear() -> None:
    """98 % of ordinary ads for migrants show at least one sign: one means little."""
    assert weighed(sign("no_interview", DECEPTION)).tier == "clear"


def test_how_a_post_reads_makes_nothing_of_weak_evidence() -> None:
    assert weighed(reads="risky").tier == "clear"
    assert (
        weighed(sign("mobile_only", EMPLOYER, "weak"), sign("no_language", VULNERABILITY, "weak"), reads="risky").tier
        == "clear"
    )


def test_less_evidence_suffices_in_a_post_that_reads_risky() -> None:
    one, beside = sign("no_interview", DECEPTION), sign("mobile_only", EMPLOYER, "weak")
    assert weighed(one).tier == weighed(one, reads="doubtful").tier == "clear"
    assert weighed(one, reads="risky").tier == "review"
    assert weighed(one, beside).tier == "clear"
    assert weighed(one, beside, reads="doubtful").tier == "watch"


def test_urgent_takes_two_reasons_in_a_post_that_reads_so() -> None:
    control, other = sign("doc_retention", COERCION), sign("phone_surrender", COERCION)
    assert weighed(reads="urgent").tier == "clear", "nothing without words"
    assert weighed(control, reads="urgent").tier == "review"
    assert weighed(control, other, reads="urgent").tier == "urgent"
    assert weighed(control, other, reads="risky").tier == "review"
    assert (
        weighed(sign("doc_retention", COERCION, "strong"), sign("minor", VULNERABILITY, "strong"), reads="urgent").tier
        == "urgent"
    )


def test_what_reads_like_an_exploitative_offer_is_watched_or_reviewed() -> None:
    assert weighed(sign("exploitation_wording", VULNERABILITY, "weak")).tier == "watch"
    found = weighed(sign("exploitation_wording", VULNERABILITY))
    assert (found.tier, [concern.type for concern in found.concerns]) == ("review", ["trafficking_pattern"])


def test_what_reads_like_a_recruitment_fraud_is_watched_or_reviewed() -> None:
    assert weighed(sign("fraud_wording", CRIMINAL, "weak")).tier == "watch"
    found = weighed(sign("fraud_wording", CRIMINAL), sign("vague_duties", DECEPTION, "weak"))
    assert (found.tier, [concern.type for concern in found.concerns]) == ("review", ["employment_fraud"])


def test_where_no_pack_has_phrases_nobody_is_sent() -> None:
    control = [sign("doc_retention", COERCION, "strong"), sign("debt_workoff", COERCION, "strong")]
    assert weighed(*control, reads="urgent").tier == "urgent"
    capped = weighed(*control, reads="urgent", at_most="review")
    assert capped.tier == "review"
    assert all(concern.tier != "urgent" for concern in capped.concerns)


def test_a_medium_sign_beside_another_dimension_is_watched() -> None:
    both = sign("no_interview", DECEPTION), sign("mobile_only", EMPLOYER, "weak")
    assert weighed(*both, reads="doubtful").tier == "watch"


def test_weak_signs_never_flag_however_many() -> None:
    weak = [sign(f"weak_{n}", dimension, "weak") for n in range(3) for dimension in RULES.dimensions]
    assert weighed(*weak).tier == "clear"


def test_one_strong_sign_is_reviewed() -> None:
    result = weighed(sign("worker_fee", COERCION, "strong"))
    assert result.tier == "review"
    assert result.dimensions[COERCION] == "strong"


def test_two_positive_dimensions_are_watched_and_reviewed_where_the_post_reads_doubtful() -> None:
    two = [
        sign("no_contract", CONDITIONS),
        sign("informal_pay", CONDITIONS),
        sign("pressure", DECEPTION),
        sign("vague_duties", DECEPTION, "weak"),
        sign("mass_vacancies", DECEPTION, "weak"),
    ]
    assert weighed(*two).tier == "watch"
    result = weighed(*two, reads="doubtful")
    assert result.tier == "review"
    assert result.dimensions[DECEPTION] == "positive"


def test_three_medium_signs_are_watched_and_reviewed_where_the_post_reads_doubtful() -> None:
    three = [sign("pressure", DECEPTION), sign("visa_irregular", VULNERABILITY), sign("no_contract", CONDITIONS)]
    assert weighed(*three).tier == "watch"
    assert weighed(*three, reads="doubtful").tier == "review"
    assert weighed(*three[:2], reads="doubtful").tier == "watch"


def test_a_driver_who_keeps_passports_needs_somebody_today() -> None:
    evidence = [sign("doc_retention", COERCION, "strong"), sign("host_takes_docs", COERCION, "strong")]
    assert weighed(*evidence, reads="urgent").tier == "urgent"


def test_a_strong_sign_is_urgent_beside_another_dimension_where_the_post_reads_so() -> None:
    sexualised, other = sign("sexualised_role", SEXUALISED, "strong"), sign("vague_duties", DECEPTION, "weak")
    assert weighed(sexualised, other, reads="risky").tier == "review"
    assert weighed(sexualised, reads="urgent").tier == "review", "a licensed club"
    assert weighed(sexualised, sign("body_photos", SEXUALISED, "weak"), reads="urgent").tier == "review"
    assert weighed(sexualised, other, reads="urgent").tier == "urgent"


def test_a_minor_sought_is_urgent_where_the_post_reads_so_and_a_concern_of_its_own() -> None:
    strong = sign("minor", VULNERABILITY, "strong")
    assert weighed(sign("minor", VULNERABILITY), reads="urgent").tier == "review", "likely, but not sure"
    assert weighed(strong, reads="risky").tier == "review"
    result = weighed(strong, reads="urgent")
    assert result.tier == "urgent"
    assert "minor" in [concern.type for concern in result.concerns]


def test_a_scam_compound_needs_company_to_be_urgent() -> None:
    alone = [sign("scam_compound", CRIMINAL, "strong")]
    assert weighed(*alone, reads="urgent").tier == "review"
    assert weighed(*alone, sign("no_interview", DECEPTION), reads="urgent").tier == "urgent"


def test_how_a_post_reads_as_a_whole_is_no_second_reason() -> None:
    """The classifier says it by `reads` already."""
    whole = sign("exploitation_wording", VULNERABILITY), sign("fraud_wording", CRIMINAL)
    strong = sign("doc_retention", COERCION, "strong")
    assert weighed(strong, *whole, reads="urgent").tier == "review"
    assert weighed(sign("doc_retention", COERCION), *whole, reads="urgent").tier == "review"
    assert weighed(*whole, sign("vague_duties", DECEPTION, "weak")).dimensions[VULNERABILITY] == "weak"


@pytest.mark.parametrize(
    ("act_by", "tier"),
    [(date(2026, 3, 3), "urgent"), (date(2026, 3, 20), "review"), (date(2026, 3, 1), "review"), (None, "review")],
)
def test_a_departure_within_72_hours_makes_review_urgent(act_by: date | None, tier: str) -> None:
    assert weighed(sign("worker_fee", COERCION, "strong"), act_by=act_by, reads="risky").tier == tier
    assert weighed(sign("worker_fee", COERCION, "strong"), act_by=act_by).tier == "review", "not where it reads plain"


def test_a_near_date_alone_flags_nobody() -> None:
    assert weighed(sign("no_interview", DECEPTION), act_by=date(2026, 3, 3)).tier == "clear"


def test_denied_and_absent_evidence_counts_for_nothing() -> None:
    evidence = [
        sign("worker_fee", COERCION, "strong", "denied"),
        sign("no_employer", EMPLOYER, "weak", "absent_checked"),
        sign("no_interview", DECEPTION),
    ]
    assert weighed(*evidence).tier == "clear"


def test_an_unverified_claim_lowers_a_medium_sign_but_never_a_strong_one() -> None:
    contract = sign("contract", "protective", "weak")
    both = sign("no_contract", CONDITIONS), sign("mobile_only", EMPLOYER, "weak")
    assert weighed(*both, reads="doubtful").tier == "watch"
    assert weighed(*both, reads="doubtful", protective=(contract,)).tier == "clear"
    no_fee = sign("no_fee", "protective", "weak")
    assert weighed(sign("worker_fee", COERCION, "strong"), protective=(no_fee,)).tier == "review"


def test_long_hours_under_the_minimum_are_a_matter_of_labour_law_first() -> None:
    result = weighed(
        sign("excess_hours", CONDITIONS),
        sign("pay_below_minimum", CONDITIONS),
        sign("informal_pay", CONDITIONS),
        reads="doubtful",
    )
    assert [concern.type for concern in result.concerns] == ["labour_law"]


def test_the_foremost_concern_carries_the_tier_of_the_whole() -> None:
    result = weighed(
        sign("pressure", DECEPTION),
        sign("visa_irregular", VULNERABILITY),
        sign("no_contract", CONDITIONS),
        reads="doubtful",
    )
    assert result.tier == result.concerns[0].tier == "review"


# An indicator belongs to one dimension; its strength may differ by rule.
KNOWN = {
    "worker_fee": COERCION, "doc_retention": COERCION, "debt_workoff": COERCION, "host_takes_docs": COERCION,
    "minor": VULNERABILITY, "visa_irregular": VULNERABILITY, "scam_compound": CRIMINAL, "mule_task": CRIMINAL,
    "pressure": DECEPTION, "no_interview": DECEPTION, "no_contract": CONDITIONS, "informal_pay": CONDITIONS,
    "sexualised_role": SEXUALISED, "body_photos": SEXUALISED, "mobile_only": EMPLOYER, "off_platform": EMPLOYER,
}  # fmt: skip
evidence_items = st.builds(
    lambda indicator, strength: sign(indicator, KNOWN[indicator], strength),
    st.sampled_from(sorted(KNOWN)),
    st.sampled_from(["weak", "medium", "strong"]),
)


@given(st.lists(evidence_items, max_size=8), evidence_items)
def test_more_stated_evidence_never_lowers_tier_or_rank(evidence: list[Evidence], more: Evidence) -> None:
    before, after = weighed(*evidence), weighed(*evidence, more)
    assert TIER_ORDER[after.tier] >= TIER_ORDER[before.tier]
    assert after.rank >= before.rank


@given(st.lists(evidence_items, max_size=8))
def test_the_order_of_evidence_does_not_matter_to_tier_and_rank(evidence: list[Evidence]) -> None:
    forwards, backwards = weighed(*evidence), weighed(*reversed(evidence))
    assert (forwards.tier, forwards.rank) == (backwards.tier, backwards.rank)


def test_the_rank_keeps_a_higher_tier_before_a_lower_one() -> None:
    review = weighed(sign("worker_fee", COERCION, "strong"))
    watch = weighed(sign("pressure", DECEPTION), *[sign(f"w{n}", EMPLOYER, "weak") for n in range(30)])
    assert review.rank > watch.rank


def test_the_compiled_rules_are_those_of_the_source(tmp_path: Path) -> None:
    """Found on the deployed stack: keys sorted on the way made `review` come before `urgent`."""
    compile_to(tmp_path / "tiers.json")
    compiled = parse_tier_rules(json.loads((tmp_path / "tiers.json").read_text("utf-8")))
    assert compiled == parse_tier_rules(read_source())
    assert [tier for tier, _ in compiled.tiers] == ["urgent", "review", "watch"]


def test_a_misspelt_condition_is_refused_with_the_known_ones() -> None:
    data = read_source()
    data["tiers"]["watch"] = [{"name": "wrong", "positive_dimension": 1}]
    with pytest.raises(RulePackError, match=r"unknown condition positive_dimension; there are .*positive_dimensions"):
        parse_tier_rules(data)
