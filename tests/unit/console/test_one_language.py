"""No page of the console mixes languages: what is the same in English and in another language is a name, a date or a loan word."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from functions.console.case_view import case_page
from functions.console.pages import rendered
from functions.console.texts import LANGUAGES, key_of, texts
from screening.cases.decisions import offered_actions
from screening.links.sign_texts import COUNTERS, SOURCES
from tests.browser.console_pages import PAGES, PARTNERS, SENIOR
from tests.fakes.console_cases import ASSESSMENT, NOW, POST, case
from tests.template_reader import ROOT
from tests.visible_words import visible_words

SHOWN: tuple[tuple[str, dict[str, str]], ...] = (
    ("/console", {}),
    ("/console", {"tier": "foo", "page": "2"}),
    ("/console", {"list": "decided"}),
    ("/console", {"q": "f2f6843c"}),
    ("/console", {"q": "nothing"}),
    ("/console", {"tier": "urgent", "platform": "none"}),
    *(("/console/case", {"id": kind}) for kind in ("lacking", "open", "appeal", "hidden", "blind", "read", "pictures", "decided")),
    ("/console/case", {"id": "decided", "gone": "1"}),
    *((f"/console/{name}", {}) for name in ("campaign", "partners", "metrics", "confirm", "error", "reason")),
    *((f"/console/{name}", {}) for name in ("measured", "quality", "golden", "look-up", "batch", "batch-done")),
    ("/console/look-up", {"q": "a-4711"}),
    ("/console/look-up", {"q": "phone=k1:aa"}),
    *((f"/console/admin{name}", {}) for name in ("", "/teams", "/platforms", "/partners", "/secrets")),
    ("/console/admin/partners", {"id": "ngo-a"}),
    ("/console/case", {"id": "next"}),
)  # fmt: skip
OTHERS = tuple(language for language in LANGUAGES if language != "en")
_SOURCES = json.loads((ROOT / "functions" / "console" / "indicator_sources.json").read_text("utf-8"))["sources"]
CITED = {one["citation"] for one in _SOURCES.values()} | {name for names in SOURCES.values() for name in names}
NO_WORDS = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d UTC|[0-9a-f]{8}|https://\S+(?:, \S+)*|(?:(?:board|jobs|team)-\w+(?:, )?)+"
)
NAMES = frozenset({
    "(Unit B)", "Unit B", "Unit B:", "Border unit C", "Help line A", "Warszawa, PL", "none", "Fee and passport.",
    "Нічні термінові", "Rides to Poland", "ngo-a", "police-b", "border-c", "alpha", "beta", "beta-with-a-long-name", "Partner ngo-a",
    "jobs-pl/a-4711", "team-a ·", "entities", "stix", "misp", "html", "links",
})  # fmt: skip
"""Partners, places, a platform that is called so, and what a reviewer typed, names of saved filters among it; ids, and formats of packages."""


def mixed(english: str, page: str, language: str) -> set[str]:
    """What a page says as the English one does, but for names and words that are the same in both languages."""
    own, said = visible_words(page)
    assert own == language
    words, theirs = texts(language).words, texts("en").words
    loans = {text for key, text in words.items() if text == theirs[key]}
    held = {text for key, text in theirs.items() if text != words[key] and len(text) > 3} - set(words.values())
    both = said & (visible_words(english)[1] | held)
    return {one for one in both - loans - CITED - NAMES if not NO_WORDS.fullmatch(one)}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(("path", "query"), SHOWN)
def test_no_page_mixes_languages(path: str, query: dict[str, str], language: str) -> None:
    page = PAGES[path]({**query, "lang": language})
    assert mixed(PAGES[path](query), page, language) == set()


def with_counter(counter: str, language: str) -> str:
    sign: dict[str, Any] = {
        "indicator": "contact_many_names", "strength": "weak", "counts": {"names": 3}, "counter": counter, "sources": [],
    }  # fmt: skip
    view = case_page(
        case(1), SENIOR, texts=texts(language), actions=offered_actions(case(1), SENIOR), post=POST,
        assessment={**ASSESSMENT, "links": {**(ASSESSMENT.get("links") or {}), "evidence": [sign]}}, partners=PARTNERS,
        decision_id="d-1", now=NOW,
    )  # fmt: skip
    return rendered(
        "case.html", language=language, up="../", token="t", told="", sees=("queue",), nav="case", view=view
    )


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", COUNTERS)
def test_what_else_would_explain_a_sign_here_is_said_in_the_readers_language(name: str, language: str) -> None:
    assert key_of("counter", COUNTERS[name]) == f"counter.{name}"
    page = with_counter(COUNTERS[name], language)
    assert COUNTERS[name] not in page
    assert texts(language)(f"counter.{name}") in page


def test_a_record_with_another_explanation_says_that_it_is_english() -> None:
    assert '<span lang="en">an older explanation</span>' in with_counter("an older explanation", "pl")


def test_the_switch_offers_every_language_by_its_own_name() -> None:
    page = PAGES["/console"]({"lang": "de"})
    assert '<html lang="de">' in page
    assert 'aria-current="true">Deutsch<' in page
    for language in ("en", "uk", "pl", "ro"):
        assert re.search(rf'lang={language}" lang="{language}" hreflang="{language}">{texts(language).name}<', page)
