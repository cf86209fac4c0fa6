"""How phrases and classifier are weighed together, with answers made for each case."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from screening.assessment.grading import Graded, grade, in_doubt
from screening.classifier.answer import QUESTIONS, PostAnswer, SignAnswer
from screening.classifier.bounds import Bounds
from screening.classifier.segments import segments_of
from screening.posts.post import Post
from screening.rules.evaluation import match_phrases
from screening.rules.library import load_rules
from screening.text.reading import read_document

BOUNDS = Bounds(
    doubtful=0.0, risky=1.0, exploitation_watch=3.0, exploitation_review=4.0, fraud_watch=0.5, fraud_review=1.5
)
RULES = load_rules()
KEPT = "Your passport stays in the office safe until the season ends."
PLAIN = "We look for two cooks for our small kitchen near the station."


def graded(
    text: str,
    signs: Mapping[str, tuple[float, float]] | None = None,
    *,
    without: bool = False,
    **whole: float,
) -> Graded:
    """`signs`: (stated, denied) of the text's first segment; `whole`: answers to the questions, else surely not."""
    document = read_document(Post(platform="p", id="1", description=text))
    segments = tuple(segments_of(document))
    answer = PostAnswer(
        segments,
        tuple(SignAnswer(name, 0, stated, denied) for name, (stated, denied) in (signs or {}).items()),
        {question: whole.get(question, -9.0) for question in QUESTIONS},
        ((0.0,) * len(QUESTIONS),) * len(segments),
        0.0,
    )
    return grade(match_phrases(document, RULES), None if without else answer, BOUNDS, document, RULES)


def strength(found: Graded, indicator: str) -> set[tuple[str, str]]:
    return {(f.state, f.rule.strength) for f in found.findings if f.rule.indicator == indicator}


def test_an_unconfirmed_phrase_counts_a_step_less_in_a_plain_post() -> None:
    assert strength(graded(KEPT), "doc_retention") == {("stated", "medium")}
    assert strength(graded(KEPT, {"doc_retention": (0.5, -9.0)}), "doc_retention") == {("stated", "strong")}
    assert strength(graded(KEPT, exploitation=0.5), "doc_retention") == {("stated", "strong")}


def test_without_the_classifier_phrases_count_as_their_packs_say() -> None:
    assert strength(graded(KEPT, without=True), "doc_retention") == {("stated", "strong")}


def test_two_strong_phrases_in_different_words_bear_each_other_out() -> None:
    both = f"{KEPT} Don't tell anyone about this job."
    assert ("stated", "strong") in strength(graded(both), "doc_retention")
    assert ("stated", "strong") in strength(graded(both), "secrecy")


def test_so_do_two_findings_of_one_sign_in_different_words() -> None:
    twice = "Your passport stays in the office safe. We keep your passport until the season ends."
    assert strength(graded(twice), "doc_retention") == {("stated", "strong")}
    same = f"{KEPT} {KEPT}"
    assert strength(graded(same), "doc_retention") == {("stated", "medium")}


def test_where_a_firm_phrase_states_a_sign_nothing_denies_it() -> None:
    text = "Your passport will not be returned until you have paid back the ticket."
    assert strength(graded(text, {"doc_retention": (-3.0, 4.0)}), "doc_retention") == {("stated", "strong")}


def test_a_sure_denial_denies_what_a_phrase_found() -> None:
    assert strength(graded(KEPT, {"doc_retention": (-3.0, 2.0)}), "doc_retention") == {("denied", "strong")}


@pytest.mark.parametrize(
    ("stated", "exploitation", "expected"),
    [
        (2.0, -1.0, set()),
        (2.0, 0.5, {("stated", "medium")}),
        (2.0, 1.5, {("stated", "strong")}),
        (0.5, 1.5, {("stated", "medium")}),
        (-0.5, 1.5, {("stated", "weak")}),
        (-2.0, 1.5, set()),
    ],
)
def test_what_the_classifier_alone_finds_counts_by_how_sure_it_is_and_how_the_post_reads(
    stated: float, exploitation: float, expected: set[tuple[str, str]]
) -> None:
    found = graded(PLAIN, {"doc_retention": (stated, -9.0)}, exploitation=exploitation)
    assert strength(found, "doc_retention") == expected


def test_its_quote_is_the_whole_segment() -> None:
    found = graded(PLAIN, {"doc_retention": (2.0, -9.0)}, exploitation=1.5)
    place = next(f.place for f in found.findings if f.rule.indicator == "doc_retention")
    assert place is not None
    assert (place.start, place.end) == (0, len(PLAIN))


def test_what_is_mentioned_is_denied() -> None:
    found = graded(KEPT, {"doc_retention": (2.0, -9.0)}, exploitation=2.0, fraud=3.0, mention=2.0)
    assert found.warns
    assert {state for state, _ in strength(found, "doc_retention")} == {"denied"}
    assert not strength(found, "fraud_wording")


def test_who_offers_nothing_reads_plain() -> None:
    found = graded(PLAIN, exploitation=2.0, fraud=3.0, no_offer=2.0)
    assert found.reads == "plain"
    assert not strength(found, "fraud_wording")


@pytest.mark.parametrize(
    ("indicator", "question", "values"),
    [("fraud_wording", "fraud", (0.0, 0.7, 2.0)), ("exploitation_wording", "exploitation", (2.5, 3.5, 4.5))],
)
def test_the_wording_of_the_whole_is_a_sign_by_how_sure_it_is(
    indicator: str, question: str, values: tuple[float, float, float]
) -> None:
    none, watch, review = (graded(PLAIN, **{question: value}) for value in values)  # type: ignore[arg-type]
    assert not strength(none, indicator)
    assert strength(watch, indicator) == {("stated", "weak")}
    assert strength(review, indicator) == {("stated", "medium")}


def test_of_two_wordings_the_one_that_leads_further_is_told_and_else_the_likelier_one() -> None:
    both = graded(PLAIN, exploitation=3.5, fraud=2.0)
    assert (strength(both, "fraud_wording"), strength(both, "exploitation_wording")) == ({("stated", "medium")}, set())
    both = graded(PLAIN, exploitation=4.5, fraud=2.0)
    assert (strength(both, "fraud_wording"), strength(both, "exploitation_wording")) == (set(), {("stated", "medium")})


def test_an_exploitative_wording_quotes_the_sentence_that_likely_states_a_sign() -> None:
    text = (
        "Good morning. How is everybody? Work is there. Your passport stays in the office safe until the season ends."
    )
    document = read_document(Post(platform="p", id="1", description=text))
    segments = tuple(segments_of(document))
    answer = PostAnswer(
        segments,
        (SignAnswer("doc_retention", len(segments) - 1, 0.4, -3.0),),
        {question: 9.0 if question == "exploitation" else -9.0 for question in QUESTIONS},
        tuple((float(-number),) * len(QUESTIONS) for number in range(len(segments))),
        0.0,
    )
    found = grade(match_phrases(document, RULES), answer, BOUNDS, document, RULES)
    quoted = [f.place for f in found.findings if f.rule.indicator == "exploitation_wording"]
    assert [text[place.start : place.start + 4] for place in quoted if place] == ["How ", "Your"]


def test_a_phrase_of_more_than_a_weak_sign_puts_a_post_in_doubt() -> None:
    def doubt(text: str) -> bool:
        return in_doubt(match_phrases(read_document(Post(platform="p", id="1", description=text)), RULES), RULES)

    assert doubt(KEPT)
    assert not doubt(PLAIN)
