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

from screening.assessment.evidence import Evidence, EvidenceState, Strength
from screening.assessment.tier_rules import compile_to, load_tier_rules, parse_tier_rules, read_source
from screening.assessment.tier_signs import carrying
from screening.assessment.weighing import TIER_ORDER, Weighing, count_signs, weigh
from screening.errors import RulePackError

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
    *evidence: Evidence, protective: tuple[Evidence, ...] = (), act_by: date | None = None, reads: str = "plain"
) -> Weighing:
    return weigh(evidence, protective, RULES, act_by=act_by, at=AT, reads=reads)


DECEPTION = "deceptive_recruitment"
COERCION = "coercive_recruitment"
CONDITIONS = "exploitative_conditions"
VULNERABILITY = "abuse_of_vulnerability"
SEXUALISED = "sexualised_recruitment"
CRIMINAL = "criminal_use"
EMPLOYER = "employer_identity"


@pytest.mark.parametrize(
    ("evidence", "reason", "signs"),
    [
        (
            [sign("worker_fee", COERCION, "strong"), sign("pressure", DECEPTION, "weak")],
            "a strong sign",
            ["worker_fee"],
        ),
        ([sign("a", CONDITIONS), sign("b", CONDITIONS), sign("c", EMPLOYER, "weak")], "one dimension", ["a", "b"]),
        ([sign("a", DECEPTION), sign("b", EMPLOYER, "weak")], "a notable sign beside another", ["a", "b"]),
        ([sign("a", DECEPTION)], "", []),
    ],
)
def test_a_tier_names_its_condition_and_the_signs_that_carry_it(
    evidence: list[Evidence], reason: str, signs: list[str]
) -> None:
    found = weighed(*evidence)
    assert (found.tier_reason, list(found.tier_signs)) == (reason, signs)


def test_every_condition_is_carried_by_something() -> None:
    for tier, lines in RULES.tiers:
        for line in lines:
            everything = [
                sign(name, dimension, "strong")
                for dimension in RULES.dimensions
                for name in sorted(RULES.control | _named(line))
            ]
            signs = count_signs(tuple(everything), (), RULES)
            positive = frozenset(RULES.dimensions)
            assert carrying(line["name"], signs, positive, RULES), f"{tier}: {line['name']}"


def _named(line: Mapping[str, Any]) -> set[str]:
    return set(line.get("any_of", ()))


def test_nothing_found_is_clear() -> None:
    assert weighed().tier == "clear"


def test_one_medium_sign_alone_is_clear() -> None:
    """98 % of ordinary ads for migrants show at least one sign: one means little."""
    assert weighed(sign("no_interview", DECEPTION)).tier == "clear"


def test_a_post_that_reads_risky_is_clear_without_notable_evidence() -> None:
    assert weighed(reads="risky").tier == "clear"
    assert (
        weighed(sign("mobile_only", EMPLOYER, "weak"), sign("no_language", VULNERABILITY, "weak"), reads="risky").tier
        == "clear"
    )


def test_less_evidence_suffices_in_a_post_that_reads_risky() -> None:
    one = sign("no_interview", DECEPTION)
    assert weighed(one).tier == weighed(one, reads="doubtful").tier == "clear"
    assert weighed(one, reads="risky").tier == "review"
    control = (sign("doc_retention", COERCION, "strong"), one)
    assert weighed(*control).tier == weighed(*control, reads="doubtful").tier == "review"
    assert weighed(*control, reads="risky").tier == "review"
    likely = (sign("doc_retention", COERCION, "medium"), one)
    assert weighed(*likely, reads="risky").tier == "review"
    assert weighed(*likely, reads="doubtful").tier == "watch"


def test_a_likely_sign_of_control_is_urgent_where_the_post_reads_so() -> None:
    assert weighed(reads="urgent").tier == "clear", "nothing without words"
    assert weighed(sign("no_interview", DECEPTION), reads="urgent").tier == "review"
    assert weighed(sign("doc_retention", COERCION, "medium"), reads="urgent").tier == "urgent"
    assert weighed(sign("doc_retention", COERCION, "weak"), reads="urgent").tier != "urgent", "a hint is no sign"


def test_in_a_language_that_the_reader_wasnt_taught_two_sure_signs_of_control_are_urgent() -> None:
    sure = [sign("doc_retention", COERCION, "strong"), sign("debt_workoff", COERCION, "strong")]
    assert weighed(*sure, reads="untaught").tier == "urgent"
    assert weighed(sure[0], reads="untaught").tier == "review"
    assert weighed(sign("minor", VULNERABILITY, "strong"), reads="untaught").tier == "urgent"
    assert weighed(sign("no_interview", DECEPTION), reads="untaught").tier == "clear", "as in a plain one"


def test_a_medium_sign_beside_another_dimension_is_watched() -> None:
    assert weighed(sign("no_interview", DECEPTION), sign("mobile_only", EMPLOYER, "weak")).tier == "watch"


def test_weak_signs_never_flag_however_many() -> None:
    weak = [sign(f"weak_{n}", dimension, "weak") for n in range(3) for dimension in RULES.dimensions]
    assert weighed(*weak).tier == "clear"


def test_one_strong_sign_is_reviewed() -> None:
    result = weighed(sign("worker_fee", COERCION, "strong"))
    assert result.tier == "review"
    assert result.dimensions[COERCION] == "strong"


def test_two_positive_dimensions_are_reviewed() -> None:
    result = weighed(
        sign("no_contract", CONDITIONS),
        sign("informal_pay", CONDITIONS),
        sign("pressure", DECEPTION),
        sign("vague_duties", DECEPTION, "weak"),
        sign("mass_vacancies", DECEPTION, "weak"),
    )
    assert result.tier == "review"
    assert result.dimensions[DECEPTION] == "positive"


def test_three_medium_signs_are_reviewed() -> None:
    three = [sign("pressure", DECEPTION), sign("visa_irregular", VULNERABILITY), sign("no_contract", CONDITIONS)]
    assert weighed(*three).tier == "review"
    assert weighed(*three[:2]).tier == "watch"


def test_a_driver_who_keeps_passports_needs_somebody_today() -> None:
    evidence = [sign("doc_retention", COERCION, "strong"), sign("host_takes_docs", COERCION, "strong")]
    assert weighed(*evidence, reads="urgent").tier == weighed(*evidence, reads="untaught").tier == "urgent"


def test_a_sexualised_post_is_urgent_beside_another_dimension_where_it_reads_so() -> None:
    sexualised, other = (
        sign("sexualised_role", SEXUALISED, "strong"),
        sign("housing_for_services", VULNERABILITY, "strong"),
    )
    assert weighed(sexualised, other, reads="risky").tier == "review"
    assert weighed(sexualised, reads="urgent").tier == "review", "a licensed club"
    assert weighed(sexualised, other, reads="urgent").tier == "urgent"


def test_a_minor_sought_is_urgent_and_a_concern_of_its_own() -> None:
    result = weighed(sign("minor", VULNERABILITY, "strong"), reads="urgent")
    assert result.tier == "urgent"
    assert "minor" in [concern.type for concern in result.concerns]


def test_a_scam_compound_needs_company_to_be_urgent() -> None:
    alone = [sign("scam_compound", CRIMINAL, "strong")]
    assert weighed(*alone, reads="urgent").tier == "review"
    assert weighed(*alone, sign("no_interview", DECEPTION), reads="urgent").tier == "urgent"


@pytest.mark.parametrize(
    ("act_by", "tier"),
    [(date(2026, 3, 3), "urgent"), (date(2026, 3, 20), "review"), (date(2026, 3, 1), "review"), (None, "review")],
)
def test_a_departure_within_72_hours_makes_review_urgent(act_by: date | None, tier: str) -> None:
    assert weighed(sign("worker_fee", COERCION, "strong"), act_by=act_by).tier == tier


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
    lowered = weighed(sign("no_contract", CONDITIONS), sign("mobile_only", EMPLOYER, "weak"), protective=(contract,))
    assert lowered.tier == "clear"
    no_fee = sign("no_fee", "protective", "weak")
    assert weighed(sign("worker_fee", COERCION, "strong"), protective=(no_fee,)).tier == "review"


def test_long_hours_under_the_minimum_are_a_matter_of_labour_law_first() -> None:
    result = weighed(
        sign("excess_hours", CONDITIONS), sign("pay_below_minimum", CONDITIONS), sign("informal_pay", CONDITIONS)
    )
    assert [concern.type for concern in result.concerns] == ["labour_law"]


def test_the_foremost_concern_carries_the_tier_of_the_whole() -> None:
    result = weighed(
        sign("pressure", DECEPTION), sign("visa_irregular", VULNERABILITY), sign("no_contract", CONDITIONS)
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
