"""The picture of an offer's pay: what it says in words, and where there is nothing to draw."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.console.texts import LANGUAGES, texts
from screening.cases.pay_chart import pay_chart

ENGLISH = texts("en")

type Known = tuple[float | None, float | None, float | None, float | None, float | None]

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
    picture = pay_chart(*stated, 1091, 1900, 2800, words=ENGLISH)
    described = ET.fromstring(picture).findtext("desc") or ""
    assert described.startswith(
        f"Stated {stated[0]:,}–{stated[1]:,} EUR a month. Minimum 1,091; Typical 1,900; High 2,800."
    )
    assert described.endswith(said)


def test_without_pay_or_reference_there_is_no_picture() -> None:
    assert pay_chart(None, None, 1091, 1900, 2800, words=ENGLISH) == ""
    assert pay_chart(1000, 2000, None, None, None, words=ENGLISH) == ""


def test_it_speaks_the_reader_s_language_and_writes_figures_as_it_does() -> None:
    pictures = {
        language: ET.fromstring(pay_chart(3000, 4500, 1091, 1900, 2800, words=texts(language)))
        for language in LANGUAGES
    }
    words = {language: {part for part in picture.itertext() if part.strip()} for language, picture in pictures.items()}
    assert words["en"].isdisjoint(words["uk"])
    said = pictures["uk"].findtext("desc") or ""
    assert said == (
        "Вказано 3\u202f000–4\u202f500 EUR на місяць. Мінімум 1\u202f091; Звично 1\u202f900; Висока 2\u202f800. "
        "Усе вказане вище за високу оплату."
    )


@given(st.tuples(amounts, amounts, amounts, amounts, amounts))
def test_whatever_is_known_stays_inside_the_picture(known: Known) -> None:
    picture = pay_chart(*known, words=ENGLISH)
    if not picture:
        return
    root = ET.fromstring(picture)
    for element in root.iter():
        assert "style" not in element.attrib
        for end in ("x1", "x2", "x"):
            assert -1 <= float(element.get(end, "0")) <= 360
        assert float(element.get("x", "0")) + (float(element.get("width", "0")) if element.tag == "rect" else 0) <= 361
