"""The picture of an offer's pay: what it says in words, and where there is nothing to draw."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.cases.pay_chart import pay_chart

amounts = st.none() | st.floats(0, 1e6)


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ((3000, 4500), "All of what is stated lies above high."),
        ((2000, 4500), "What is stated reaches above high."),
        ((500, 700), "All of what is stated lies below the minimum."),
        ((500, 1500), "What is stated begins below the minimum."),
        ((2000, 2500), "All of what is stated lies above typical."),
    ],
)
def test_it_says_how_the_pay_compares(stated: tuple[float, float], said: str) -> None:
    picture = pay_chart(*stated, 1091, 1900, 2800, "EUR")
    described = ET.fromstring(picture).findtext("desc") or ""
    assert described.startswith(f"Stated {stated[0]:,}–{stated[1]:,} EUR a month. Reference: minimum 1,091;")
    assert described.endswith(said)


def test_without_pay_or_reference_there_is_no_picture() -> None:
    assert pay_chart(None, None, 1091, 1900, 2800, "EUR") == ""
    assert pay_chart(1000, 2000, None, None, None, "EUR") == ""


@given(st.tuples(amounts, amounts, amounts, amounts, amounts))
def test_whatever_is_known_stays_inside_the_picture(known: tuple[float | None, ...]) -> None:
    picture = pay_chart(*known[:5], "EUR")
    if not picture:
        return
    root = ET.fromstring(picture)
    for element in root.iter():
        assert "style" not in element.attrib
        for end in ("x1", "x2", "x"):
            assert -1 <= float(element.get(end, "0")) <= 360
        assert float(element.get("x", "0")) + (float(element.get("width", "0")) if element.tag == "rect" else 0) <= 361
