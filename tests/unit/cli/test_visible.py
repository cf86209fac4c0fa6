"""Text of posts made safe to show."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from screening.cli.visible import one_line, visible


@given(st.text(alphabet=st.characters(), max_size=300))
def test_offsets_stay_and_nothing_steers(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert all(char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs") for char in shown)


def test_turned_text_and_escapes_show_as_such() -> None:
    assert visible("a\x1b[2Jb\u202ec\u2067d\ud800") == "a\ufffd[2Jb\ufffdc\ufffdd\ufffd"


def test_ordinary_text_is_left_alone() -> None:
    text = "Zażółć\tгусь\n‏العمل 👩🏽‍🌾 a\u200db"
    assert visible(text) == text


@given(st.text(max_size=300), st.integers(5, 80))
def test_one_line_is_one_line_within_its_limit(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert "\n" not in line


def test_a_cut_falls_between_words_where_it_can() -> None:
    assert one_line("pay the fee before departure", 22) == "pay the fee before…"
    assert one_line("x" * 50, 10) == "x" * 9 + "…"
    assert one_line("short  and\nsweet", 30) == "short and sweet"
