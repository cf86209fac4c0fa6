"""The report and `screening explain` in each of their languages: wholly, or refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

import screening.assessment
from functions.console.texts import LANGUAGES as CONSOLE_LANGUAGES
from functions.console.texts import texts
from screening.assessment.reasons import NO_PHRASES
from screening.cli.inputs import REASON_LANGUAGES
from screening.cli.main import cli
from screening.cli.report.words import FOLDER, REPORT_LANGUAGES, words
from screening.links.sign_texts import REASONS
from screening.rules.library import RULES_FOLDER, pack_paths
from tests.unit.cli.samples import HONEST, RISKY, Run, write_lines
from tests.visible_words import visible_words

AT = ("--at", "2026-03-01")
OTHERS = tuple(language for language in REPORT_LANGUAGES if language != "en")
SHARED = ("concern.", "dimension.", "strength.", "kind.", "language.", "occupation.", "tone.", "indicator.")
SAME = frozenset(
    {"minimum", "Minimum", "transport", "sector", "contract", "Sector", "Dimension", "Code", "urgent", "no_contract"}
)
POSTS: list[dict[str, Any]] = [
    {**RISKY, "country": "DE", "salary": "9000 EUR a month"},
    {**RISKY, "id": "risky-2", "title": "", "city": "Berlin", "country": "DE", "description": "No fee is charged. We keep your passport. Pay 400 EUR a month, full time."},
    {**RISKY, "id": "room-1", "kind": "accommodation", "title": "Room for a girl", "description": "Free room for one girl in return for company. Leave your passport with me."},
    {"id": "other-script", "title": "მზარეული", "description": "გვჭირდება გამოცდილი მზარეული, ხელფასი ყოველთვიურად, დაგვირეკეთ ნებისმიერ დროს. " * 2},
    {"id": "poster", "title": "", "images": ["https://board.example/1.png"]},
    {"id": "short", "title": "..."},
    HONEST,
]  # fmt: skip


def held(language: str) -> dict[str, str]:
    texts_held: dict[str, str] = json.loads((FOLDER / f"{language}.json").read_text("utf-8"))["texts"]
    return texts_held


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("reports")
    posts = write_lines(folder / "board.jsonl", POSTS)
    for language in REPORT_LANGUAGES:
        asked = ("scan", posts, "--language", language, "--report", folder / f"{language}.html", "-q", *AT)
        made = CliRunner().invoke(cli, [str(one) for one in asked])
        assert made.exit_code == 0, made.output
    return {language: (folder / f"{language}.html").read_text("utf-8") for language in REPORT_LANGUAGES}


@pytest.mark.parametrize("language", OTHERS)
def test_the_report_says_nothing_in_english_but_what_posts_say(pages: dict[str, str], language: str) -> None:
    own, said = visible_words(pages[language])
    assert own == language
    english, mine = held("en"), held(language)
    loans = {text for key, text in mine.items() if text == english[key]} | SAME
    assert {
        one for one in said & visible_words(pages["en"])[1] if not re.search(r"[/_]|board|^[A-Z]+\d*$", one)
    } - loans == set()
    everything = visible_words(pages[language], posts=True)[1]
    untranslated = {text for key, text in english.items() if text != mine[key]} - set(mine.values())
    assert everything & untranslated == set()
    assert not [
        one for one in everything if re.search(r"\b(Go to|Marked|stated,|lawful|statutory|Held against)\b", one)
    ]


@pytest.mark.parametrize("language", OTHERS)
def test_the_reports_words_are_whole(language: str) -> None:
    english, mine = held("en"), held(language)
    assert list(mine) == list(english)
    assert [
        key for key, text in mine.items() if not text.strip() or placeholders(text) != placeholders(english[key])
    ] == []


@pytest.mark.parametrize("language", REPORT_LANGUAGES)
def test_one_thing_has_one_name_in_the_console_and_in_the_report(language: str) -> None:
    console = texts(language).words
    assert [key for key, text in held(language).items() if key.startswith(SHARED) and console[key] != text] == []


def test_every_condition_of_a_tier_is_said_in_each_language() -> None:
    tiers = yaml.safe_load((Path(screening.assessment.__file__).parent / "tiers.yaml").read_text("utf-8"))["tiers"]
    names = {line["name"] for lines in tiers.values() for line in lines}
    for language in REPORT_LANGUAGES:
        assert [name for name in names if f"why.{name}" not in held(language)] == []


def test_every_pack_gives_its_reasons_in_each_language_that_is_offered() -> None:
    packs = [yaml.safe_load(path.read_text("utf-8")) for path in pack_paths(RULES_FOLDER)]
    given = {pack["id"]: pack["reasons"] for pack in packs if "reasons" in pack} | REASONS | {"no phrases": NO_PHRASES}
    assert set(REPORT_LANGUAGES) | {"ru"} == set(REASON_LANGUAGES)
    assert set(REPORT_LANGUAGES) == set(CONSOLE_LANGUAGES)
    assert [name for name, reasons in given.items() if not reasons.keys() >= set(REASON_LANGUAGES)] == []


def test_explain_speaks_one_language(run: Run, tmp_path: Path) -> None:
    posts = write_lines(tmp_path / "board.jsonl", POSTS)
    said = run("explain", posts, "risky-1", "--language", "pl", *AT).stdout
    for wanted in ("Dowody", "sygnał", "miejsce pracy: DE", "Wynagrodzenie:", "mocny sygnał"):
        assert wanted in said
    left = [
        word for word in ("Evidence", "counts as", "stated", "strong", "work in", "Pay:", "review:") if word in said
    ]
    assert left == []


def test_explain_refuses_a_language_that_it_would_speak_by_half(run: Run, tmp_path: Path) -> None:
    posts = write_lines(tmp_path / "board.jsonl", POSTS)
    refused = run("explain", posts, "risky-1", "--language", "ru", *AT)
    assert refused.exit_code != 0
    assert "explain speaks en, uk, pl, ro, de; ru is for JSON alone" in " ".join(refused.output.split())
    assert json.loads(run("explain", posts, "risky-1", "--language", "ru", "--json", *AT).stdout)["reasons"]


def test_numbers_and_shares_are_written_as_the_language_writes_them() -> None:
    assert (words("en").percent(1, 8), words("de").percent(1, 8)) == ("12.5%", "12,5\N{NO-BREAK SPACE}%")
    assert (words("en").month("2026-01-01"), words("pl").month("2026-01-01")) == ("January 2026", "01.2026")
    with pytest.raises(KeyError):
        words("xx")
