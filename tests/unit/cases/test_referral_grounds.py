"""What carries a referral: which signs of coercion count each for itself, what a senior may override, and what nobody may."""

from __future__ import annotations

import pytest

from screening.assessment.screener import Screener
from screening.assessment.tier_rules import load_tier_rules
from screening.assessment.weighing import count_signs, dimension_states
from screening.cases.support import INDEPENDENT_SIGNS, ReferralGrounds, referral_grounds, supporting_dimensions
from screening.posts.post import Post
from screening.rules.library import RULES_FOLDER, pack_paths
from screening.values.evidence import Evidence, EvidenceState, Strength

COERCION, DECEPTION = "coercive_recruitment", "deceptive_recruitment"


def piece(
    indicator: str, strength: Strength = "strong", dimension: str = COERCION, state: EvidenceState = "stated"
) -> Evidence:
    return Evidence(
        indicator=indicator, state=state, strength=strength, dimension=dimension, field="description", start=0, end=1,
        quote="x", rule=f"{indicator}.stated", sources=(),
    )  # fmt: skip


def grounds(*evidence: Evidence) -> ReferralGrounds:
    return referral_grounds(evidence, (), load_tier_rules())


@pytest.mark.parametrize(
    ("indicators", "supporting"),
    [
        (("doc_retention", "debt_workoff", "secrecy"), ("debt", "documents", "isolation")),
        (("doc_retention", "debt_workoff"), ("debt", "documents")),
        (("confinement", "doc_retention"), ("documents", "isolation")),
        (("confinement", "phone_surrender", "secrecy"), ("isolation",)),
        (("doc_retention", "host_takes_docs"), ("documents",)),
        (("doc_retention", "worker_fee", "exit_penalty"), ("documents",)),
        (("worker_fee", "exit_penalty"), (COERCION,)),
    ],
)
def test_papers_debt_and_isolation_count_each_for_itself(
    indicators: tuple[str, ...], supporting: tuple[str, ...]
) -> None:
    assert grounds(*map(piece, indicators)).supporting == supporting


def test_weak_and_single_medium_signs_make_no_dimension_of_their_own() -> None:
    assert grounds(piece("doc_retention", "medium"), piece("debt_workoff", "medium")).supporting == (COERCION,)
    assert grounds(piece("doc_retention"), piece("secrecy", "weak")).supporting == ("documents",)
    assert grounds(piece("doc_retention"), piece("debt_workoff", state="denied")).supporting == ("documents",)


def test_what_carried_a_referral_before_carries_it_still() -> None:
    assert grounds(piece("doc_retention"), piece("a", dimension=DECEPTION)).carries
    assert grounds(
        piece("doc_retention", "medium"), piece("secrecy", "medium"), piece("a", dimension=DECEPTION)
    ).carries


def test_a_tier_still_counts_coercion_as_one_dimension() -> None:
    evidence = tuple(map(piece, ("doc_retention", "debt_workoff", "secrecy")))
    states = dimension_states(count_signs(evidence, (), load_tier_rules()), load_tier_rules())
    assert [name for name, state in states.items() if state != "none"] == [COERCION]


def test_the_kinds_of_coercion_name_indicators_that_there_are() -> None:
    packs = {path.stem for path in pack_paths(RULES_FOLDER)}
    named = [indicator for indicators in INDEPENDENT_SIGNS.values() for indicator in indicators]
    assert set(named) <= packs
    assert len(named) == len(set(named))


def test_what_was_found_and_does_not_count_is_named() -> None:
    found = grounds(
        piece("doc_retention"), piece("visa_irregular", dimension="abuse_of_vulnerability"),
        piece("pressure", "weak", dimension=DECEPTION),
    )  # fmt: skip
    assert (found.supporting, found.weak, found.left_out) == (("documents",), (DECEPTION,), ("visa_irregular",))
    assert found.may_be_overridden


def test_papers_contract_and_cash_alone_are_overridden_by_nobody() -> None:
    found = grounds(piece("visa_irregular"), piece("no_contract", dimension="exploitative_conditions"))
    assert (found.supporting, found.may_be_overridden) == ((), False)


def test_a_post_that_takes_papers_binds_by_debt_and_asks_for_silence_can_be_referred() -> None:
    text = (
        "Робота на фермі в Польщі. Паспорт здаєте координатору. Дорогу оплачуємо, борг відпрацюєте з перших зарплат. "
        "Нікому не кажіть, куди їдете."
    )
    screener = Screener.load(fingerprint=lambda kind, value: f"k1:{kind}{len(value)}")
    assessed = screener.conclude(screener.read(Post(platform="a", id="1", title="Робота в Польщі", description=text)))
    found = supporting_dimensions(assessed.evidence, assessed.protective, load_tier_rules())
    assert set(found) >= {"debt", "documents", "isolation"}
