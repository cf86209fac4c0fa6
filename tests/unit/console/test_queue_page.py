"""The queue's page: its size, lists, pages, search and rows, and that what isn't understood is said so."""

from __future__ import annotations

import json
import re

import pytest

from functions.console.queue_filters import asked_from
from functions.console.queue_view import queue_page, queue_row
from functions.console.texts import LANGUAGES, texts
from screening.cases.ledger import views_of
from screening.cases.vote import Decision, Vote
from screening.rules.library import RULES_FOLDER, pack_paths
from screening.workflows.case_excerpts import page_views
from screening.workflows.case_lists import PAGE
from tests.fakes.console_cases import NOW, case
from tests.fakes.world import World, person, post
from tests.unit.console.test_case_pages import Browser, open_cases
from tests.unit.workflows.deciding import decide

ANNA = person("anna", "reviewer")


def asked(**query: str):  # type: ignore[no-untyped-def]
    return asked_from(lambda name: query.get(name, ""), query)


def links(page: str) -> list[str]:
    return re.findall(r'data-case="([^"]+)"', page)


def test_the_queue_says_how_many_wait_and_every_one_is_on_a_page(world: World) -> None:
    open_cases(world, *(f"review offer number {number}" for number in range(60)))
    found: list[str] = []
    for number in (1, 2, 3):
        page = Browser("anna").get(f"/console?page={number}")["body"]
        assert "60 cases wait" in page
        assert f"Page {number} of 3" in page
        found += links(page)
    assert len(found) == len(set(found)) == 60
    assert "page=3" in Browser("anna").get("/console?page=2")["body"]


def test_pages_keep_list_and_filters(world: World) -> None:
    open_cases(world, *(f"review offer number {number}" for number in range(PAGE + 1)))
    page = Browser("anna").get("/console?tier=review&list=waiting")["body"]
    assert re.search(r'href="console\?team=team-a&amp;tier=review&amp;page=2" rel="next"', page)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("tier=foo", "tier=foo"), ("colour=red", "colour=red"), ("list=nowhere", "list=nowhere"), ("page=two", "page=two"),
        ("page=0", "page=0"), ("queue=audit", "queue=audit"), ("country=poland", "country=poland"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_said_so(world: World, query: str, told: str) -> None:
    open_cases(world, "review")
    page = Browser("anna").get(f"/console?{query}")["body"]
    assert f"Not understood, and left out: <code>{told}</code>" in page
    assert len(links(page)) == 1


def test_what_is_not_understood_is_text_and_short() -> None:
    unknown = asked(tier="<script>alert(1)</script>" * 9, **{f"n{number}": "x" for number in range(99)}).unknown
    assert len(unknown) == 10
    assert all(len(part) <= 40 for part in unknown)


def test_what_is_understood_is_not_told() -> None:
    assert (
        asked(team="a", list="mine", page="2", q="x", all="1", lang="uk", told="decided", tier="urgent").unknown == ()
    )


def test_a_row_tells_its_offer_apart(world: World) -> None:
    world.publish(post("1", "review the work is hard. Nothing else.", title="Picker in Poland", country="PL"))
    world.run()
    page = Browser("anna").get("/console")["body"]
    assert "Picker in Poland" in page
    assert '<q dir="auto">review the work is h</q>' in page
    assert "hours over the limit" in page
    assert "hired without an interview" in page


def test_a_distressing_sentence_is_veiled_and_says_so(world: World) -> None:
    world.publish(post("1", "review coercion words. Nothing else."))
    world.run()
    page = Browser("anna").get("/console")["body"]
    row = page.partition("<tbody>")[2]
    assert re.search(r"<summary>distressing: show the sentence</summary>\s*<q", row)
    assert "hard to read" not in page


def test_who_opens_the_queue_is_entered_before_words_are_shown(world: World) -> None:
    [case_id] = open_cases(world, "review words")
    Browser("anna").get("/console")
    (entry,) = world.ledger.entries(views_of(page_views("team-a", world.clock.now())))
    assert (entry.actor, entry.payload) == ("anna", {"what": [case_id]})


def test_lists_show_what_became_of_cases(world: World) -> None:
    open_cases(world, "review first", "review second")
    first, second = sorted(world.cases.all(), key=lambda one: one.post_id)
    decide(world, first, ANNA, "remove")
    anna, ben = Browser("anna"), Browser("ben")
    for browser, name, found in (
        (anna, "mine", [first.case]), (ben, "mine", []), (ben, "decided", [first.case]), (ben, "waiting", [second.case]),
        (ben, "escalated", []),
    ):  # fmt: skip
        page = browser.get(f"/console?list={name}")["body"]
        assert links(page) == found, name
        assert 'aria-current="page"' in page
    assert "Ask the platform to remove it" in ben.get("/console?list=decided")["body"]


def test_a_search_finds_a_case_and_says_where_it_finds_none(world: World) -> None:
    [case_id] = open_cases(world, "review words")
    anna = Browser("anna")
    for query in (case_id, case_id[:8], "0"):
        assert links(anna.get(f"/console?q={query}")["body"]) == [case_id]
    nothing = anna.get("/console?q=%3Cscript%3E")["body"]
    assert "No case that you may see bears this." in nothing
    assert "<script>" not in nothing
    assert links(Browser("eve").get(f"/console?team=team-b&q={case_id}")["body"]) == []


def test_a_search_shows_words_and_enters_the_view(world: World) -> None:
    [case_id] = open_cases(world, "review words here. Nothing.")
    assert "review words here." in Browser("anna").get(f"/console?q={case_id[:8]}")["body"]
    assert world.ledger.entries(views_of(page_views("team-a", world.clock.now())))


def test_who_judges_blind_is_not_told_in_a_row_what_was_decided() -> None:
    vote = Vote(
        decision_id="d", actor="ben", role="reviewer", action="remove", partner=None, reason="", at=NOW, facts=1, blind=False
    )  # fmt: skip
    made = Decision(action="remove", partner=None, decided_at=NOW, votes=("d",), actors=("ben",), recheck="waiting")
    drawn = case(1, state="decided", decisions=(made,), votes=(vote,))
    view = queue_page([drawn], ANNA, "team-a", chosen={}, now=NOW)
    assert (view.rows[0].decided, view.rows[0].decided_at) == ("", None)
    own = queue_page([drawn], person("ben", "reviewer"), "team-a", chosen={}, now=NOW)
    assert own.rows[0].decided == "remove"


def test_the_page_counts_what_it_does_not_show() -> None:
    whole = [case(number, due_at=NOW) for number in range(1, 60)]
    view = queue_page(whole[:25], ANNA, "team-a", chosen={}, now=NOW, whole=whole, pages=3, beyond=7, more=True)
    assert (view.total, view.more, len(view.rows)) == (66, True, 25)


@pytest.mark.parametrize(
    ("page", "pages", "near"),
    [(1, 1, (1,)), (1, 3, (1, 2, 3)), (5, 9, (1, 0, 3, 4, 5, 6, 7, 0, 9)), (9, 9, (1, 0, 7, 8, 9))],
)
def test_pages_are_linked_by_number(page: int, pages: int, near: tuple[int, ...]) -> None:
    assert queue_page([], ANNA, "team-a", chosen={}, now=NOW, page=page, pages=pages).near == near


def test_a_row_without_words_is_a_row() -> None:
    row = queue_row(case(1), mine=frozenset(), leased=frozenset(), now=NOW)
    assert (row.title, row.sentence, row.signs, row.more_signs, row.pay) == ("", "", (), 0, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sign_has_few_words_for_a_row(language: str) -> None:
    words = texts(language).words
    packs = [path.stem for path in pack_paths(RULES_FOLDER) if path.parent.name != "marks"]
    for name in packs:
        assert 0 < len(words.get(f"sign.{name}", "")) <= 45, name


def test_a_chat_that_leaves_the_platform_is_told_in_plain_words() -> None:
    assert texts("en").words["sign.off_platform"] == "moved to another messenger"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_speaks_of_texts_that_are_hard(language: str) -> None:
    said = " ".join(texts(language).words.values())
    assert "hard to read" not in said
    assert not re.search(r"тяжк\w+ текст", said)


def test_a_program_gets_counts_and_is_refused_what_is_not_understood(world: World) -> None:
    open_cases(world, *(f"review offer number {number}" for number in range(3)))
    anna = Browser("anna")
    listed = json.loads(anna.get("/v1/cases?team=team-a", authorization="Bearer anna")["body"])
    assert (len(listed["cases"]), listed["total"], listed["pages"], listed["more"]) == (3, 3, 1, False)
    refused = anna.get("/v1/cases?team=team-a&colour=red", authorization="Bearer anna")
    assert (refused["statusCode"], "colour=red" in refused["body"]) == (422, True)
