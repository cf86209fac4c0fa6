"""A phrase is quoted with the clause it stands in."""

from __future__ import annotations

import pytest

from screening.assessment.screener import Screener
from screening.posts.post import Post


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener.load(without=["classifier"])


def quotes(screener: Screener, text: str, indicator: str) -> list[str]:
    post = Post.from_generic({"id": "1", "description": text, "kind": "job"}, platform="p")
    return [e.quote for e in screener.assess(post).evidence if e.indicator == indicator and e.state == "stated"]


def test_the_whole_sentence_is_quoted_and_no_other(screener: Screener) -> None:
    text = "Fruit pickers for a farm in Spain. On arrival we keep your passport in the office safe. Start on Monday."
    assert quotes(screener, text, "doc_retention") == ["On arrival we keep your passport in the office safe."]


def test_a_contact_in_the_sentence_is_not_quoted(screener: Screener) -> None:
    text = "Picking work in Spain, we keep your passport until you leave, call +48 600 000 000 today"
    (quote,) = quotes(screener, text, "doc_retention")
    assert "we keep your passport until you leave" in quote
    assert "600" not in quote


def test_of_a_long_sentence_only_the_clause_is_quoted(screener: Screener) -> None:
    before = (
        "We are a large family farm with fields on both sides of the river, old trees and friendly neighbours, " * 2
    )
    text = before + "and we keep your passport until you leave, " + "while the fields are green and wide and calm, " * 4
    (quote,) = quotes(screener, text, "doc_retention")
    assert "we keep your passport until you leave" in quote
    assert len(quote) <= 220


def test_a_quote_is_exactly_the_posts_own_text(screener: Screener) -> None:
    text = "Work in Spain!!\n\nWe  k\u0435ep your passp\u043ert until you leave \U0001f600\nCall us."
    for quote in quotes(screener, text, "doc_retention"):
        assert quote in text
