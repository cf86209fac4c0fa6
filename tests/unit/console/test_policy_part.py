"""The team's policy text beside its cases: headings, lists and paragraphs, and no markup of its own."""

from __future__ import annotations

import pytest

from functions.console.policy_part import Block, blocks
from tests.fakes.world import World
from tests.unit.console.test_case_pages import Browser, open_cases, world

__all__ = ["world"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One line\nand more.\n\nNext.", [("paragraph", ("One line and more.",)), ("paragraph", ("Next.",))]),
        ("# Pay\nLook first.", [("heading", ("Pay",)), ("paragraph", ("Look first.",))]),
        ("- one\n- two\n  goes on\n3. three", [("list", ("one", "two goes on", "three"))]),
        ("We ask:\n- one\n## After\n- two", [
            ("paragraph", ("We ask:",)), ("list", ("one",)), ("heading", ("After",)), ("list", ("two",)),
        ]),
        ("#no heading\n-5 degrees", [("paragraph", ("#no heading -5 degrees",))]),
        ("", []),
    ],
)  # fmt: skip
def test_what_is_read_as_heading_list_and_paragraph(text: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(one.kind, one.texts) for one in blocks(text)] == found


def test_marks_that_turn_a_line_around_are_shown_as_signs() -> None:
    assert list(blocks("pay\u202eyap")) == [Block("paragraph", ("pay\ufffdyap",))]


def test_it_stands_beside_the_case_folded_and_escaped(world: World) -> None:
    [case] = open_cases(world, "review offer")
    anna = Browser("anna")
    assert "Our policy" not in anna.get(f"/console/case?id={case}")["body"]
    world.keep_policy.put("team-a", "# Pay <first>\n- <script>x</script>", actor="operator:olga", reason="by command")
    page = anna.get(f"/console/case?id={case}")["body"]
    assert "<summary>Our policy</summary>" in page
    assert "Version 1, since 2026-03-02" in page
    assert '<h3 dir="auto">Pay &lt;first&gt;</h3>' in page
    assert "<li>&lt;script&gt;x&lt;/script&gt;</li>" in page
    world.keep_policy.put("team-a", "", actor="operator:olga", reason="by command")
    assert "Our policy" not in anna.get(f"/console/case?id={case}")["body"]
