"""The case page's translation: offered where it is on, marked as a machine's, and of a failure the page says so."""

from __future__ import annotations

from screening.workflows.records import Team
from tests.fakes.translation import FakeTranslator
from tests.fakes.world import World, post
from tests.unit.console.test_case_pages import Browser

WORDS = "review: two weeks unpaid trial, papers stay with us"


def opened(world: World, words: str = WORDS) -> str:
    world.publish(post("1", words, language="en"))
    world.run()
    return world.only_case().case


def switched_on(world: World, *, characters: int = 9_000) -> None:
    world.translator = FakeTranslator(world.faults)
    world.config.all_teams["team-a"] = Team(id="team-a", translation_characters=characters)


def test_without_a_translator_or_a_budget_nothing_is_offered(world: World) -> None:
    case = opened(world)
    assert "console/translate" not in Browser("anna").get(f"/console/case?id={case}&lang=uk")["body"]
    switched_on(world, characters=0)
    assert "console/translate" not in Browser("anna").get(f"/console/case?id={case}&lang=uk")["body"]


def test_it_is_offered_and_nothing_is_sent_by_opening_the_page(world: World) -> None:
    switched_on(world)
    case = opened(world)
    page = Browser("anna").get(f"/console/case?id={case}&lang=uk")["body"]
    assert "console/translate" in page
    assert "9 000".replace(" ", "\N{NARROW NO-BREAK SPACE}") in page
    assert world.translator is not None
    assert world.translator.sent == []


def test_it_stands_beside_the_original_with_language_and_direction(world: World) -> None:
    switched_on(world)
    case = opened(world)
    browser = Browser("anna")
    browser.get(f"/console/case?id={case}&lang=uk")
    answer = browser.post("/console/translate", case=case, show="")
    assert answer["statusCode"] == 200
    page = answer["body"]
    assert f"[en&gt;uk] {WORDS}" in page
    assert 'lang="uk" dir="ltr" data-machine-translation="en-uk"' in page
    assert "Машинний переклад" in page
    assert WORDS[20:] in page.replace(f"[en&gt;uk] {WORDS}", ""), "the original, its quote marked"
    assert f"id={case}" in page, "changing the language leads back to the case"


def test_a_failure_is_told_and_the_page_is_there(world: World) -> None:
    switched_on(world)
    case = opened(world)
    browser = Browser("anna")
    browser.get(f"/console/case?id={case}&lang=uk")
    world.faults.throttle("translator.translate")
    answer = browser.post("/console/translate", case=case, show="")
    assert answer["statusCode"] == 200
    assert "Переклад не вдався" in answer["body"]
    assert "console/translate" in answer["body"], "it may be tried again"
    assert 'name="decision_id"' in answer["body"]


def test_a_distressing_text_is_translated_on_its_own_button_and_veiled(world: World) -> None:
    switched_on(world)
    case = opened(world, f"urgent coercion {WORDS}")
    browser = Browser("anna")
    page = browser.get(f"/console/case?id={case}&lang=uk")["body"]
    assert "Показати переклад цього важкого тексту" in page
    assert "не перекладено" in browser.post("/console/translate", case=case, show="")["body"]
    shown = browser.post("/console/translate", case=case, show="1")["body"]
    assert "<summary>Переклад важкого тексту</summary>" in shown
    assert "[en&gt;uk] urgent coercion" in shown


def test_another_team_s_case_is_not_there(world: World) -> None:
    switched_on(world)
    case = opened(world)
    assert Browser("eve").post("/console/translate", case=case, show="")["statusCode"] == 404
