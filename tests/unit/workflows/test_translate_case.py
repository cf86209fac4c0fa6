"""Machine translation: only where it is on and asked for, within the month, on record, and at no cost where it fails."""

from __future__ import annotations

from typing import Any

import pytest

from screening.cases.ledger import views_of
from screening.errors import TransientError
from screening.workflows.ledger_chain import SHOWN_TEXT, ShownTo
from screening.workflows.records import Team
from screening.workflows.translate_case import MOST_CHARACTERS, CaseTranslation, chosen_texts
from tests.fakes.translation import FakeTranslator
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
TEXT = "review: two weeks unpaid trial, papers stay with us"


def world_with(text: str = TEXT, *, characters: int = 10_000, on: bool = True, **fields: Any) -> World:
    world = World()
    if on:
        world.translator = FakeTranslator(world.faults)
    world.config.all_teams["team-a"] = Team(id="team-a", translation_characters=characters)
    world.publish(post("1", text, **{"title": "Work", "language": "en", **fields}))
    world.run()
    return world


def translated(world: World, target: str = "uk", **more: Any) -> CaseTranslation:
    return world.translate_case(ANNA, world.only_case().case, target, **more)[1]


def sent(world: World) -> list[tuple[str, ...]]:
    return world.translator.sent if world.translator else []


def used(world: World) -> int:
    return sum(world.translation_budget.counted.values())


def test_text_and_quotes_come_in_the_reader_s_language_and_what_they_took_is_counted() -> None:
    world = world_with()
    source = "en"
    made = translated(world)
    assert made.failed == ""
    assert dict(made.fields) == {"title": f"[{source}>uk] Work", "description": f"[{source}>uk] {TEXT}"}
    assert made.quotes
    assert all(said == f"[{source}>uk] {words}" for words, said in made.quotes)
    assert used(world) == sum(len(words) for words in sent(world)[0])
    assert made.left == 10_000 - used(world)


def test_that_the_text_left_is_on_record_each_time_before_it_leaves() -> None:
    world = world_with()
    case = world.only_case()
    for _ in range(2):
        translated(world)
    entries = [entry for entry in world.ledger.entries(views_of(case.case)) if entry.payload]
    left = [entry for entry in entries if any("translator" in what for what in (entry.payload or {})["what"])]
    assert [entry.actor for entry in left] == ["anna", "anna"]
    assert (left[0].payload or {})["what"] == [SHOWN_TEXT, f"translator fake here {case.language}>uk"]
    assert SHOWN_TEXT in ShownTo(store=world.ledger)(case.case, "anna", case.content_version)
    world.faults.throttle("ledger.append", 99)
    before = len(sent(world))
    world.clock.advance(hours=1)
    with pytest.raises(TransientError):
        translated(world)
    assert len(sent(world)) == before


def test_nothing_is_sent_where_it_is_off_or_nothing_is_to_be_translated() -> None:
    for world, target, why in (
        (world_with(on=False), "uk", "off"), (world_with(characters=0), "uk", "off"),
        (world_with(), "en", "same"), (world_with(), "xx", "unknown"),
    ):  # fmt: skip
        assert translated(world, target).failed == why
        view = world.read_case(ANNA, world.only_case().case)
        assert world.translate_case.offer(view, target) is None
        assert (sent(world), used(world)) == ([], 0)


def test_a_month_s_budget_ends_and_the_next_month_begins_anew() -> None:
    world = world_with(characters=140)
    first = translated(world)
    assert first.failed == ""
    again = translated(world)
    assert (again.failed, again.left) == ("budget", first.left)
    assert len(sent(world)) == 1
    world.clock.advance(days=31)
    assert translated(world).failed == ""


def test_a_translation_that_fails_costs_nothing() -> None:
    world = world_with()
    world.faults.throttle("translator.translate")
    view, made = world.translate_case(ANNA, world.only_case().case, "uk")
    assert (made.failed, used(world)) == ("failed", 0)
    assert view.post is not None
    assert translated(world).failed == ""


def test_a_distressing_text_is_not_sent_unless_it_was_asked_for() -> None:
    world = world_with("urgent coercion: " + TEXT)
    assert world.only_case().severe
    assert translated(world).failed == "hidden"
    assert sent(world) == []
    assert translated(world, show_severe=True).failed == ""


def test_a_text_beyond_the_day_s_share_is_neither_shown_nor_offered() -> None:
    world = world_with("urgent coercion: " + TEXT)
    world.config.all_teams["team-a"] = Team(id="team-a", translation_characters=9_000, severe_per_day=0)
    view, made = world.translate_case(ANNA, world.only_case().case, "uk")
    assert view.text_hidden
    assert (made.failed, world.translate_case.offer(view, "uk")) == ("hidden", None)
    assert sent(world) == []


def test_a_long_text_is_cut_and_says_so() -> None:
    fields, quotes, cut = chosen_texts(
        post("1", "x" * 20_000, title="Work"), {"evidence": [{"quote": "y" * 9_000}, {"quote": "short"}]}
    )
    assert (quotes, cut) == (["short"], True)
    assert sum(len(words) for _, words in fields) + len("short") <= MOST_CHARACTERS
