"""The console's words: all languages hold the same, and templates hold none of their own."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from functions.console.texts import FOLDER, LANGUAGES, choose_language, texts
from screening.cases.quality.expected_hits import read_figures
from screening.links.sign_texts import REASONS
from screening.plurals import plural_form
from screening.reference.occupations import everyday_phrases, group_name
from screening.reference.occupations_model import occupation_model
from screening.rules.library import RULES_FOLDER, pack_paths
from screening.text.language import SUPPORTED, UNSUPPORTED
from tests.template_reader import ROOT

TEMPLATES = ROOT / "functions" / "console" / "templates"
OTHERS = tuple(language for language in LANGUAGES if language != "en")
PAGES = sorted(TEMPLATES.glob("*.html"))
_KEY = re.compile(r'\bt\(\s*["\']([a-z_.]+)["\']\s*[,)]')
_COUNT = re.compile(r'\bt\.count\(\s*["\']([a-z_.]+)["\']')
_GROUP = re.compile(r'\bt\.named\(\s*["\']([a-z_]+)["\']|\bt\(\s*["\']([a-z_]+\.)["\']\s*~')


def held(language: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    return data


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def indicators() -> dict[str, dict[str, Any]]:
    packs = [yaml.safe_load(path.read_text("utf-8")) for path in pack_paths(RULES_FOLDER)]
    return {pack["id"]: pack for pack in packs if pack.get("dimension") not in (None, "marks") and "title" in pack}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_holds_the_same_texts(language: str) -> None:
    """To list what a language lacks: `pytest tests/unit/console/test_texts.py -k same_texts`."""
    english, texts_held = held("en")["texts"], held(language)["texts"]
    missing = {key: text for key, text in english.items() if key not in texts_held}
    assert not missing, f"{language}.json lacks: {json.dumps(missing, ensure_ascii=False, indent=1)}"
    assert list(texts_held) == list(english), f"{language}.json has other keys, or another order"


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_said_with_the_same_placeholders(language: str) -> None:
    english = held("en")["texts"]
    for key, text in held(language)["texts"].items():
        assert text.strip(), f"{language}: {key} is empty"
        assert placeholders(text) == placeholders(english[key]), f"{language}: {key}"


LOAN_WORDS = {
    "uk": {"contact.telegram", "contact.viber", "contact.whatsapp", "contact.signal", "contact.facebook", "contact.instagram"},
    "pl": {"span.minutes", "kind.transport", "contact.email", "pay.chart.minimum", "decide.partner", "admin.kind.partner"},
    "ro": {
        "span.minutes", "span.hours", "tier.urgent", "kind.transport", "state.absent_checked", "field.contract", "fact.sector",
        "contact.email", "basis.net", "member.online",
    },
    "de": {
        "teams", "filters", "pay.chart.minimum", "decide.partner", "language.af", "language.hi", "language.so",
        "language.tl", "admin.kind.partner", "admin.kind.team", "admin.teams", "setting.id", "setting.team", "quality.person",
        "admin", "nav.admin",
    },
}  # fmt: skip
"""Keys whose text is the same as in English. Add one only where the language has that very word."""


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english_but_loan_words(language: str) -> None:
    english = held("en")["texts"]
    same = {key for key, text in held(language)["texts"].items() if text == english.get(key)}
    assert same - LOAN_WORDS["uk"] == LOAN_WORDS[language] - LOAN_WORDS["uk"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_that_is_recognised_has_a_name(language: str) -> None:
    unnamed = [code for code in (*SUPPORTED, *UNSUPPORTED) if f"language.{code}" not in held(language)["texts"]]
    assert unnamed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_file_says_what_it_is_and_how_far_to_trust_it(language: str) -> None:
    header = held(language)
    assert header["language"] == language
    assert datetime.fromisoformat(header["date"])
    assert header["reviewed"]
    assert "Licence" in header["about"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_templates_hold_no_words_of_their_own(path: Path) -> None:
    text = re.sub(r"\{% block body %\}.*?\{% endblock %\}", " ", path.read_text("utf-8"))  # attributes of the body
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", text)
    text = re.sub(r"&[a-z]+;", " ", text)
    assert re.findall(r"[^\W\d_]+", text) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_attributes_that_are_read_out_come_from_the_texts(path: Path) -> None:
    for _, value in re.findall(r'\b(aria-label|title|placeholder|alt)="([^"]*)"', path.read_text("utf-8")):
        assert value.startswith("{{ t("), value


def test_every_key_of_the_templates_is_held() -> None:
    words = texts("en").words
    for path in PAGES:
        text = path.read_text("utf-8")
        for key in _KEY.findall(text):
            assert key in words, f"{path.name}: {key}"
        for key in _COUNT.findall(text):
            assert {f"{key}.{form}" for form in ("one", "few", "many")} <= set(words), f"{path.name}: {key}"
        for named, joined in _GROUP.findall(text):
            prefix = joined or f"{named}."
            assert any(key.startswith(prefix) for key in words), f"{path.name}: {prefix}"


def test_indicators_are_explained_as_the_rules_do() -> None:
    packs = indicators()
    assert len(packs) > 50
    for language in LANGUAGES:
        words = texts(language).words
        for name, pack in packs.items():
            assert words[f"indicator.{name}.means"] == pack["reasons"][language], name
            assert words[f"indicator.{name}.else"], name
            if language == "en":
                assert words[f"indicator.{name}"] == pack["title"]
        for name, reasons in REASONS.items():
            assert words[f"indicator.{name}.means"] == reasons[language], name
            assert words[f"indicator.{name}.else"], name


def test_every_occupation_that_a_post_may_be_given_has_its_name() -> None:
    codes = {*occupation_model().groups, *"0123456789", *(word.isco08 for _, word in everyday_phrases())}
    for language in LANGUAGES:
        words = texts(language).words
        named = {key.removeprefix("occupation."): text for key, text in words.items() if key.startswith("occupation.")}
        assert named.keys() == codes
        if language == "en":
            assert named == {code: group_name(code) for code in codes}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_of_expected_hits_has_its_name(language: str) -> None:
    unnamed = [one.name for one in read_figures().figures if f"figures.{one.name}" not in texts(language).words]
    assert unnamed == []


def test_sources_are_cited_as_the_rules_cite_them() -> None:
    ours = json.loads((ROOT / "functions" / "console" / "indicator_sources.json").read_text("utf-8"))["sources"]
    theirs = yaml.safe_load((RULES_FOLDER / "sources.yaml").read_text("utf-8"))
    assert ours == {key: {"citation": one["citation"], "url": one["url"]} for key, one in theirs.items()}


@pytest.mark.parametrize(
    ("asked", "cookie", "accepted", "expected"),
    [
        ("uk", "en", "en", "uk"),
        ("xx", "uk", "en", "uk"),
        ("", "", "uk-UA,uk;q=0.9,en;q=0.8", "uk"),
        ("", "", "en;q=0.5, uk;q=0.7", "uk"),
        ("", "", "fr, uk;q=0", "en"),
        ("", "", "de-AT,de;q=0.9,en;q=0.5", "de"),
        ("", "", "ro;q=0.8, pl", "pl"),
        ("", "", "", "en"),
    ],
)
def test_the_language_is_that_asked_for_then_chosen_then_preferred(
    asked: str, cookie: str, accepted: str, expected: str
) -> None:
    assert choose_language(asked, cookie, accepted) == expected


@given(st.text(max_size=200))
def test_any_header_gives_a_language_that_is_held(accepted: str) -> None:
    assert choose_language("", "", accepted) in LANGUAGES


@pytest.mark.parametrize(
    ("number", "form"), [(1, "one"), (2, "few"), (5, "many"), (11, "many"), (12, "many"), (21, "one"), (24, "few")]
)
def test_ukrainian_numbers_take_their_form(number: int, form: str) -> None:
    words = texts("uk")
    assert words.count("list.count.waiting", number) == words.words[f"list.count.waiting.{form}"].format(n=number)


@pytest.mark.parametrize(
    ("language", "number", "form"),
    [
        ("pl", 1, "one"), ("pl", 2, "few"), ("pl", 5, "many"), ("pl", 12, "many"), ("pl", 21, "many"), ("pl", 22, "few"), ("pl", 112, "many"),
        ("ro", 1, "one"), ("ro", 0, "few"), ("ro", 2, "few"), ("ro", 19, "few"), ("ro", 20, "many"), ("ro", 101, "few"), ("ro", 121, "many"),
        ("de", 1, "one"), ("de", 0, "many"), ("de", 21, "many"), ("en", 1, "one"), ("en", 2, "many"),
    ],
)  # fmt: skip
def test_each_language_counts_by_its_own_rules(language: str, number: int, form: str) -> None:
    assert plural_form(language, number) == form


def test_romanian_says_de_from_twenty() -> None:
    assert texts("ro").count("list.count.waiting", 19) == "19 cazuri așteaptă"
    assert texts("ro").count("list.count.waiting", 1_020) == "1.020 de cazuri așteaptă"


def test_times_are_shown_in_utc_and_say_so() -> None:
    at = datetime(2026, 3, 2, 11, 30, tzinfo=timezone(timedelta(hours=2)))
    assert texts("uk").moment(at) == "2026-03-02 09:30 UTC"
    assert texts("en").moment(at.astimezone(UTC)) == "2026-03-02 09:30 UTC"


@pytest.mark.parametrize(
    ("seconds", "words"), [(30, "1 min"), (12_000, "3 h 20 min"), (200_000, "2 d 7 h"), (-3_600, "1 h 0 min")]
)
def test_spans_are_said_in_two_units(seconds: float, words: str) -> None:
    assert texts("en").span(seconds) == words


@pytest.mark.parametrize(
    ("language", "value", "words"),
    [
        ("en", 3_000, "3,000"),
        ("uk", 3_000, "3\u202f000"),
        ("en", 15.5, "15.50"),
        ("uk", 15.5, "15,50"),
        ("uk", None, "–"),
        ("pl", 1_234.5, "1\u202f234,50"),
        ("ro", 1_234.5, "1.234,50"),
        ("de", 1_234.5, "1.234,50"),
    ],
)
def test_sums_are_written_as_the_language_writes_them(language: str, value: float | None, words: str) -> None:
    assert texts(language).amount(value) == words
