"""The metrics page from cases as they are stored, and its pictures."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from functions.console.texts import LANGUAGES, texts
from screening.cases.quality.chart import MOST_ROWS, flow_chart, precision_plot
from screening.cases.quality.expected_hits import read_figures
from screening.cases.quality.flow import case_flow
from screening.cases.quality.page_model import metrics_page
from screening.cases.quality.rule_precision import rule_precision
from tests.unit.cases.quality.made import START, made, waiting
from tests.unit.cases.quality.test_reviewed_case import case, decision

ENGLISH = texts("en")


def shown_in(picture: str) -> str:
    return " ".join(ET.fromstring(picture).itertext())


def test_a_page_counts_all_cases_but_merged_ones() -> None:
    cases = [
        case(decisions=(decision("remove", rules=("worker_fee.paid",)),)),
        case(case="c2", state="open"),
        case(case="c3", state="merged"),
    ]
    page = metrics_page(cases, read_figures(), now=START + timedelta(days=2), days=3)
    assert (page.cases, page.first_day) == (2, date(2026, 3, 2))
    assert (page.flow.total.inflow, page.flow.total.decided, page.flow.total.backlog) == (2, 1, 1)
    assert [row.name for row in page.rules.rules] == ["worker_fee.paid"]
    assert page.missed.total.number is None
    assert page.expected.of_known is None
    assert page.expected.table
    picture = precision_plot(page.rules.rules, words=ENGLISH)
    assert "worker_fee.paid: 1 of 1 acted on, none known confirmed" in shown_in(picture)


def test_a_page_of_no_case_is_empty_not_broken() -> None:
    page = metrics_page([], read_figures(), now=START)
    assert (page.cases, page.flow.days) == (0, ())
    assert flow_chart(page.flow.days, words=ENGLISH) == precision_plot(page.rules.rules, words=ENGLISH) == ""


def test_a_picture_says_in_words_what_it_shows() -> None:
    flow = case_flow([made(), waiting()], first=date(2026, 3, 1), now=START + timedelta(days=1))
    picture = flow_chart(flow.days, words=ENGLISH)
    root = ET.fromstring(picture)
    assert root.get("role") == "img"
    named = {element.get("id") for element in root if element.tag in ("title", "desc")}
    assert set((root.get("aria-labelledby") or "").split()) == named
    assert "From 2026-03-01 to 2026-03-03: came in 2, decided 1. Waiting at the end 1;" in shown_in(picture)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=80))
def test_no_name_breaks_out_of_a_picture_and_no_style_is_inline(name: str) -> None:
    picture = precision_plot(rule_precision([made(rules=frozenset({name, "<script>x</script>"}))]).rules, words=ENGLISH)
    root = ET.fromstring(picture)
    assert name in shown_in(picture)
    assert not [element for element in root.iter() if element.tag == "script" or "style" in element.attrib]


def test_more_rules_than_fit_leave_the_least_cited_to_the_table() -> None:
    rows = rule_precision([made(rules=frozenset(f"rule.{number:02}" for number in range(30)))]).rules
    drawn = ET.fromstring(precision_plot(rows, words=ENGLISH)).findall("circle")
    assert len(drawn) == MOST_ROWS


def test_the_pictures_speak_the_reader_s_language() -> None:
    flow = case_flow([made(), waiting()], first=date(2026, 3, 1), now=START + timedelta(days=1))
    rows = rule_precision([made(rules=frozenset({"fee.paid"}))]).rules
    said = {
        language: [
            {part for part in ET.fromstring(picture).itertext() if any(letter.isalpha() for letter in part)}
            for picture in (flow_chart(flow.days, words=texts(language)), precision_plot(rows, words=texts(language)))
        ]
        for language in LANGUAGES
    }
    for english, ukrainian in zip(said["en"], said["uk"], strict=True):
        assert english & ukrainian <= {"fee.paid"}
    assert any("надійшло 2, вирішено 1" in part for part in said["uk"][0])
