"""The speed benchmarks' own judgement: what is linear, what a stage is, and what phrases are added."""

from __future__ import annotations

import pytest

from benchmarks.growth import exponent, made_phrases
from benchmarks.stages import stage_of
from benchmarks.stock_pipeline import PATTERNS
from benchmarks.throughput import Round, Spent
from screening.rules.pack import Phrase
from screening.rules.phrases import parse_phrase


def test_the_exponent_tells_linear_from_quadratic() -> None:
    lengths = [1_000, 10_000, 100_000]
    assert exponent(lengths, [3.0 * n for n in lengths]) == pytest.approx(1.0)
    assert exponent(lengths, [0.1 * n * n for n in lengths]) == pytest.approx(2.0)


def test_a_stage_is_what_the_handing_on_modules_call() -> None:
    stack = ["text/tokens", "signals/pay_words", "signals/pay", "signals/facts", "assessment/screener"]
    assert stage_of(stack) == "signals/pay"
    assert stage_of(["assessment/screener"]) == "assessment/screener"


def test_made_phrases_keep_one_word_and_are_no_phrase_of_ours() -> None:
    text = "(keep|hold) your passport"
    first, last = made_phrases(Phrase("en", text, parse_phrase(text)))
    assert [item[1] for item in first.items] == ["keep", "ruoyx", "tropssapx"]
    assert [item[1] for item in last.items] == ["peekq", "ruoyq", "passport"]
    assert len({first.text, last.text, text}) == 3


def test_a_phrase_of_one_word_and_one_of_a_class_alone() -> None:
    assert [made.items for made in made_phrases(Phrase("en", "visa", parse_phrase("visa")))] == [
        (("word", "asivx"),),
        (("word", "asivq"),),
    ]
    alone = parse_phrase("<money>", lone_class=True)
    assert list(made_phrases(Phrase("en", "<money>", alone))) == []


def test_more_posts_a_second_than_stock_is_a_ratio_above_one() -> None:
    done = Round(100, stock=Spent(wall=2.0, cpu=1.0), ours=Spent(wall=0.5, cpu=0.5))
    assert (done.ratio, done.cpu_ratio) == (4.0, 2.0)


def test_the_stock_list_has_fifty_patterns_each_once() -> None:
    assert len(PATTERNS) == len(set(PATTERNS)) == 50
