"""Evidence marked in a text: exact, and safe whatever the text holds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from screening.cli.report.marking import marked_text
from screening.values.evidence import Evidence, EvidenceState, Strength


def evidence(start: int, end: int, strength: Strength = "medium", state: EvidenceState = "stated") -> Evidence:
    return Evidence(
        indicator="worker_fee", state=state, strength=strength, dimension="coercive_recruitment", field="description",
        start=start, end=end, quote="", rule="worker_fee.test", sources=(),
    )  # fmt: skip


def test_the_words_are_marked_with_sign_and_strength() -> None:
    marked = marked_text("Pay a fee now", [evidence(4, 9, "strong")])
    assert (
        marked
        == 'Pay <mark class="strong" title="The worker is asked to pay for the job (stated, strong)">a fee</mark> now'
    )


def test_denied_evidence_looks_otherwise() -> None:
    assert 'class="for"' in marked_text("no fee", [evidence(0, 6, state="denied")])


def test_the_stronger_of_two_overlapping_marks_shows() -> None:
    marked = marked_text("abcdef", [evidence(0, 6, "weak"), evidence(2, 4, "strong")])
    assert re.findall(r'class="(\w+)"[^>]*>(\w+)<', marked) == [("weak", "ab"), ("strong", "cd"), ("weak", "ef")]


def test_a_denial_never_covers_what_is_stated() -> None:
    marked = marked_text("abcdef", [evidence(0, 6, "strong", state="denied"), evidence(2, 4, "weak")])
    assert re.findall(r'class="(\w+)"[^>]*>(\w+)<', marked) == [("for", "ab"), ("weak", "cd"), ("for", "ef")]


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(-5, 250), st.integers(-5, 250)), max_size=5))
def test_any_text_stays_text(text: str, spans: list[tuple[int, int]]) -> None:
    marked = marked_text(text, [evidence(start, end) for start, end in spans])
    assert re.sub(r"</?mark[^>]*>", "", marked) == str(escape(text))


def test_a_script_in_a_post_is_shown_not_run() -> None:
    assert "<script" not in marked_text("<script>alert(1)</script>", [evidence(2, 8)])
