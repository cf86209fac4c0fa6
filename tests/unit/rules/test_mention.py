"""What a post's form says of whether it speaks of lures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.rules.mention import MOST_COUNTED, PLAIN, form_of


def test_quotations_questions_and_exclamations_are_counted_over_all_fields() -> None:
    form = form_of(["Careful!", "They wrote «the passport stays with us» and then? Really?"])
    assert form[:4] == (1.0, pytest.approx(len("the passport stays with us") / 65, abs=0.01), 2.0, 1.0)


def test_names_in_quotation_marks_are_no_quotations() -> None:
    assert form_of(["Bar «Lucciola» seeks a cook"]).quotations == 0


def test_no_text_has_no_form() -> None:
    assert form_of([]) == form_of([""]) == PLAIN


@given(st.lists(st.text(max_size=300), max_size=4))
def test_a_form_is_bounded_whatever_the_text(texts: list[str]) -> None:
    form = form_of(texts)
    assert 0 <= form.quoted <= 1
    assert max(form.quotations, form.questions, form.exclamations) <= MOST_COUNTED
    assert form.length >= 0
