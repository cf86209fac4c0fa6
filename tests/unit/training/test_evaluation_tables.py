"""The tables of the evaluation on records of our own: shares, hard stratum, pairs, adverts, rules, aims."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import UnreadableInputError
from screening.posts.post import Post
from screening.rules.compiled import CompiledRules, Indicator
from screening.statistics import wilson
from screening.training.constructed import is_untouched
from screening.training.evaluation.adverts import ScoredCorpus, advert_tables, look_alikes, reported_spam
from screening.training.evaluation.corpora import CORPORA, Corpus
from screening.training.evaluation.hard_stratum import strata_of
from screening.training.evaluation.pairs import (
    Outcome,
    corpus_examples,
    pair_tables,
    read_examples,
    signal_tables,
)
from screening.training.evaluation.records import Record
from screening.training.evaluation.rule_coverage import coverage
from screening.training.evaluation.shares import interval, percent, share_of
from screening.training.evaluation.targets import targets

ORDINARY = Corpus("own", "Own adverts", "own.jsonl", {}, "ordinary", "pl")


def record(**values: Any) -> Record:
    plain: dict[str, Any] = {
        "id": "r1", "language": "pl", "kind": "job", "sector": "care", "chars": 400, "tier": "clear", "inconclusive": None,
        "concerns": (), "strata": (), "stated": (), "absent": (), "denied": (), "rules": (),
    }  # fmt: skip
    return Record(**(plain | values))


def example_line(**values: Any) -> str:
    plain: dict[str, Any] = {
        "id": "xx1-risky", "pair": "xx1", "lang": "pl", "variant": "risky", "post_type": "job", "sector": "care",
        "country": "DE", "text": "Dowód zostaje u szefa.", "expected": ["D1 doc_retention", "P1 housing"], "denied": [],
        "protective": [], "min_tier": "review", "max_tier": "clear", "style": "sms", "traits": ["subtle"],
    }  # fmt: skip
    return json.dumps(plain | values, ensure_ascii=False)


def outcome(tmp_path: Path, found: Record, **values: Any) -> Outcome:
    path = tmp_path / "pairs.jsonl"
    path.write_text(example_line(**values), "utf-8")
    return Outcome(next(iter(read_examples(path))), found)


def test_wilson_gives_the_published_interval() -> None:
    low, high = wilson(3, 100)  # Newcombe (1998) tabulates this method
    assert (round(low, 4), round(high, 4)) == (0.0103, 0.0845)
    assert wilson(0, 0) == (0.0, 1.0)
    assert interval(share_of(0, 300)) == "0.00 % [0.00, 1.26]"
    assert (percent(None), interval(share_of(0, 0))) == ("–", "–")


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_share_lies_within_its_interval(part: int, whole: int) -> None:
    share = share_of(min(part, whole), whole)
    assert 0 <= share["low"] <= share["share"] + 1e-12
    assert share["share"] - 1e-12 <= share["high"] <= 1


@pytest.mark.parametrize(
    ("text", "strata"),
    [
        ("Praca w Niemczech, zakwaterowanie zapewnione, bez doświadczenia", ("abroad", "accommodation", "no_experience")),
        ("Agencja pracy, wpis do KRAZ 1234", ("agency",)),
        ("Trabajo en el extranjero con alojamiento, sin experiencia", ("abroad", "accommodation", "no_experience")),
        ("Se necesita interna para señora mayor", ("accommodation",)),
        ("Работа за границей, жильё, опыт не требуется", ("abroad", "accommodation", "no_experience")),
        ("Кадровое агентство ищет продавца", ("agency",)),
        ("Work overseas, accommodation provided, no experience needed", ("abroad", "accommodation", "no_experience")),
        ("Our client, a staffing partner, seeks a driver", ("agency",)),
        ("Znajomość języka niemieckiego, biuro w Krakowie", ()),
        ("Formación interna en la empresa", ("accommodation",)),
        ("Продавец в магазин у дома", ()),
    ],
)  # fmt: skip
def test_the_hard_stratum_is_told_by_words(text: str, strata: tuple[str, ...]) -> None:
    assert strata_of(text) == strata


def test_every_fifth_pair_is_untouched() -> None:
    assert [is_untouched(pair) for pair in ("pl105", "pl101", "nonumber")] == [True, False, False]
    untouched = {example.pair for example in corpus_examples() if example.untouched}
    assert untouched
    assert all(pair[-1] in "05" for pair in untouched)


def test_a_line_that_is_no_example_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(example_line() + "\n{}\n", "utf-8")
    with pytest.raises(UnreadableInputError, match=r"pairs.jsonl, line 2"):
        list(read_examples(path))


@pytest.mark.parametrize(
    ("tier", "variant", "right"),
    [
        ("urgent", "risky", True), ("review", "risky", True), ("watch", "risky", False), ("inconclusive", "risky", False),
        ("clear", "benign", True), ("inconclusive", "benign", True), ("watch", "benign", False),
    ],
)  # fmt: skip
def test_risky_offers_are_right_from_their_tier_on_and_twins_up_to_theirs(
    tmp_path: Path, tier: str, variant: str, right: bool
) -> None:
    assert outcome(tmp_path, record(tier=tier), variant=variant).right is right


def test_signs_are_counted_where_marked_and_where_they_accuse(tmp_path: Path) -> None:
    risky = outcome(tmp_path, record(tier="urgent", stated=("doc_retention",)))
    missed = outcome(tmp_path, record(), lang="de")
    twin = outcome(
        tmp_path, record(stated=("doc_retention",), tier="review"), variant="benign", expected=[], denied=["D1 doc_retention"]
    )  # fmt: skip
    signs = signal_tables([risky, missed, twin])
    assert signs.keys() == {"doc_retention"}, "what pays for the way there weighs nothing"
    sign = signs["doc_retention"]
    assert (sign["found"]["part"], sign["found"]["whole"]) == (1, 2)
    assert sign["stated_though_denied"]["part"] == sign["extra_on_twins"]["part"] == 1
    assert sign["by"]["lang"]["de"]["share"] == 0.0
    tables = pair_tables([risky, missed, twin])
    assert (tables["all"]["risky_at_tier"]["part"], tables["all"]["twins_right"]["part"]) == (1, 0)
    assert tables["by_trait"]["subtle"]["risky_at_tier"]["whole"] == 2
    assert [row["missed"] for row in tables["wrong"]] == [["doc_retention"], []]


def test_an_employer_plainly_absent_counts_as_found(tmp_path: Path) -> None:
    found = outcome(tmp_path, record(absent=("no_employer",)), expected=["E1 no_employer"])
    assert signal_tables([found])["no_employer"]["found"]["part"] == 1


def test_labour_law_alone_is_no_false_alarm() -> None:
    records = (
        record(tier="review", concerns=(("labour_law", "review"),), strata=("abroad",)),
        record(tier="review", concerns=(("labour_law", "review"), ("trafficking_pattern", "review"))),
        record(tier="inconclusive", inconclusive="language", chars=20),
    )
    tables = advert_tables([ScoredCorpus(ORDINARY, records, 0)])
    assert tables["by_language"]["pl"]["false_alarms"]["part"] == 1
    assert tables["by_language"]["pl"]["measured"] is False
    assert (tables["hard"]["posts"], tables["hard"]["false_alarms"]["part"]) == (1, 0)
    assert tables["inconclusive"]["short"]["reasons"] == {"language": 1}
    assert tables["inconclusive"]["longer"]["share"]["part"] == 0
    stated = advert_tables([ScoredCorpus(ORDINARY, (record(stated=("pressure",)), record()), 0)])["by_signal"]
    assert stated["pressure"]["by_language"]["pl"]["share"] == 0.5


def corpus_with_role(role: str) -> Corpus:
    return next(corpus for corpus in CORPORA if corpus.role == role)


def test_look_alikes_are_held_against_what_a_careful_reader_allows() -> None:
    records = (
        record(id="watched", tier="watch", labels=(("expected_tier", "watch"),)),
        record(id="above", tier="watch", labels=(("expected_tier", "none"),)),
    )
    table = look_alikes(ScoredCorpus(corpus_with_role("look_alike"), records, 0))
    assert (table["above_expected_ids"], table["false_alarm_ids"]) == (["above"], [])


def indicator(name: str, code: str, strength: str, dimension: str = "criminal_use") -> Indicator:
    return Indicator(name, code, name, dimension, strength, ("job",), (), {})


def test_spam_counts_where_its_label_names_a_notable_sign() -> None:
    indicators = {
        "mule_task": indicator("mule_task", "M8", "strong"),
        "no_employer": indicator("no_employer", "E1", "medium"),
    }
    fraud = (("employment_fraud", "watch"),)
    records = (
        record(id="found", tier="watch", concerns=fraud, labels=(("expected_indicators", ["M8"]),)),
        record(id="otherwise", tier="watch", labels=(("expected_indicators", ["M8", "E1"]),)),
        record(id="unsigned", labels=(("expected_indicators", ["E1"]),)),
    )
    table = reported_spam(ScoredCorpus(corpus_with_role("reported"), records, 0), indicators)
    assert (table["signed"]["part"], table["signed"]["whole"]) == (1, 2)
    assert table["signed_watch_or_above"]["part"] == 2
    assert table["missed_ids"] == ["otherwise"]


def test_rules_that_never_fire_and_rules_that_fire_too_often(empty_rules: CompiledRules) -> None:
    common = [record(id=str(number), rules=("sign.often", "block.common")) for number in range(3)]
    rare = [record(id=f"rest{number}") for number in range(147)]
    found = coverage(empty_rules, [ScoredCorpus(ORDINARY, (*common, *rare), 0)], [])
    assert found["never"] == ["sign.never"]
    assert found["often"] == [
        {"rule": "sign.often", "strength": "strong", "language": "pl", "fired": 3, "adverts": 150}
    ]
    assert found["rules"][0]["ordinary"] == {"pl": 3}


@pytest.fixture
def empty_rules() -> CompiledRules:
    """Three rules without words: only their names matter here."""
    from screening.rules.compiled import CompiledRule
    from screening.rules.phrase_index import IndexBuilder

    names = (("sign.often", "sign"), ("sign.never", "sign"), ("block.common", "block"))
    rules = tuple(CompiledRule(name, owner, "strong", True, "stated", None, ()) for name, owner in names)
    indicators: Mapping[str, Indicator] = {
        "sign": indicator("sign", "D1", "strong"),
        "block": indicator("block", "", "weak", "marks"),
    }
    index = IndexBuilder().build()
    return CompiledRules("v", indicators, rules, (), (), index, (), index)


def test_aims_tell_met_from_not_met_and_not_measured(tmp_path: Path) -> None:
    assert {row["status"] for row in targets({})} == {"not measured"}
    many = tuple(record(id=str(number), strata=("agency",)) for number in range(300))
    adverts = advert_tables([ScoredCorpus(ORDINARY, many, 0)])
    urgent = outcome(tmp_path, record(tier="review"), min_tier="urgent")
    pairs = {"untouched": pair_tables([urgent]), "rest": pair_tables([urgent])}
    pay = {"by_kind": {"field": {"exact": share_of(97, 100)}}}
    language = {"balanced": {"full": 0.979}}
    rows = {row["name"]: row for row in targets({"adverts": adverts, "pairs": pairs, "pay": pay, "language": language})}
    assert rows["Hard stratum, pl"]["status"] == "met"
    assert rows["Review or above but for labour law, pl"]["figure"] == "0 of 300: 0.00 % [0.00, 1.26]"
    assert rows["Review or above but for labour law, pl"]["status"] == "shown"
    assert rows["Urgent ones at urgent, untouched fifth"]["status"] == "not met"
    assert rows["Risky offers at their tier or above, untouched fifth"]["status"] == "not met"
    assert rows["Risky offers at their tier or above, rest of the corpus"]["status"] == "shown"
    assert rows["Honest twins at their tier or below, untouched fifth"]["status"] == "not measured"
    assert rows["Honest twins at urgent, untouched fifth"]["status"] == "not measured"
    assert rows["Exact match, field rows"]["status"] == "met"
    assert rows["Exact match, sentence rows"]["status"] == "not measured"
    assert rows["Told rightly, full posts, mean over languages"]["status"] == "not met"


def test_a_disguise_that_hides_much_or_accuses_anew_misses_its_aim() -> None:
    def under(lost: float, flagged: int) -> dict[str, Any]:
        every = {
            "risky": 100,
            "plain_right": 80,
            "right": 80 - int(lost),
            "lost": lost,
            "plain_flagged": 2,
            "flagged": flagged,
        }
        return {"all": every}

    rows = {row["name"]: row for row in targets({"disguise": {"leet": under(2.0, 2), "typos": under(3.0, 4)}})}
    assert rows["Points lost over all risky pairs, leet"]["status"] == "met"
    assert rows["Points lost over all risky pairs, typos"]["status"] == "not met"
    assert rows["Honest adverts newly flagged under a disguise"]["figure"] == "typos +2"


def test_posts_of_pairs_bear_kind_and_country(tmp_path: Path) -> None:
    post: Post = outcome(tmp_path, record(), post_type="transport").example.post
    assert (post.kind, post.country) == ("transport", "DE")
