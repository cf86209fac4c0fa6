"""Comments on the case page and as JSON, and the case that is handed to a senior."""

from __future__ import annotations

import json
from typing import Any

from functions.console.handler import app
from tests.fakes.rest_api import rest_event
from tests.fakes.world import World
from tests.unit.console.test_case_pages import Browser, hidden, location, open_cases, world
from tests.unit.console.test_deciding_pages import decide, section, shown

__all__ = ["world"]
NOTE = "Is this agency known?"


def comment(browser: Browser, case: str, words: str) -> dict[str, Any]:
    comment_id = hidden(shown(browser, case), "comment_id")
    return browser.post("/console/comment", case=case, comment_id=comment_id, words=words)


def hand(browser: Browser, case: str, words: str = NOTE) -> dict[str, Any]:
    comment_id = hidden(shown(browser, case), "comment_id")
    return browser.post("/console/comment", case=case, comment_id=comment_id, words=words, hand_over="yes")


def ask(who: str, path: str, body: dict[str, Any] | None = None, **query: str) -> dict[str, Any]:
    headers = {"authorization": f"Bearer {who}", "content-type": "application/json"}
    method, sent = ("POST", json.dumps(body)) if body else ("GET", "")
    event = rest_event(app.routes, method, path, query=query, headers=headers, body=sent)
    answer: dict[str, Any] = app(event, None)
    return answer


def test_a_comment_stands_on_the_page_as_it_was_written(world: World) -> None:
    [case] = open_cases(world, "review offer")
    anna = Browser("anna")
    assert "Nobody has said anything" in section(shown(anna, case), "comments")
    assert location(comment(anna, case, "Pay <b>too</b> high.\r\nLook.")).endswith("told=commented")
    page = shown(Browser("zoe"), case)
    assert "Pay &lt;b&gt;too&lt;/b&gt; high.\nLook." in page["body"]
    assert "a reviewer" in section(shown(Browser("ben"), case), "comments")
    assert "anna" in section(shown(Browser("ada"), case), "comments")
    assert 'action="../console/comment"' not in shown(Browser("ada"), case)["body"]


def test_what_asks_a_senior_is_marked_on_page_and_list_and_taken_from_the_page(world: World) -> None:
    [case] = open_cases(world, "review offer")
    comment(Browser("anna"), case, "@senior is it known?")
    assert "a senior is asked" in section(shown(Browser("zoe"), case), "comments")
    listed = Browser("zoe").get("/console?list=escalated")["body"]
    assert case in listed
    assert "a senior is asked" in listed
    assert "Take this case" not in shown(Browser("anna"), case)["body"]
    assert "Take this case" in shown(Browser("zoe"), case)["body"]
    assert location(Browser("zoe").post("/console/take", team="team-a", case=case)) == f"case?id={case}"
    assert not world.only_case().asks_senior


def test_who_holds_a_case_hands_it_over(world: World) -> None:
    [case] = open_cases(world, "review offer")
    anna = Browser("anna")
    assert "Hand to a senior" not in shown(anna, case)["body"]
    anna.post("/console/take", team="team-a")
    assert "Hand to a senior" in shown(anna, case)["body"]
    assert "Hand to a senior" not in shown(Browser("ben"), case)["body"]
    assert location(hand(anna, case)) == "../console?team=team-a&told=handed_over"
    assert "told=nothing" in location(anna.post("/console/take", team="team-a"))
    told = section(shown(Browser("zoe"), case), "comments")
    assert NOTE in told
    assert "handed to a senior" in told


def test_a_thin_note_comes_back_with_what_was_written(world: World) -> None:
    [case] = open_cases(world, "review offer")
    anna = Browser("anna")
    anna.post("/console/take", team="team-a")
    back = hand(anna, case, "please look")
    assert back["statusCode"] == 422
    assert ">please look</textarea>" in back["body"]
    assert "at least three words" in section(back, "comments")
    assert not world.only_case().asks_senior


def test_who_judges_blind_sees_no_part_of_it(world: World) -> None:
    [case] = open_cases(world, "urgent offer")
    comment(Browser("anna"), case, "Papers are kept, I would dismiss it not.")
    decide(Browser("anna"), case, "dismiss")
    page = shown(Browser("ben"), case)
    assert "Papers are kept" not in page["body"]
    assert 'id="comments"' not in page["body"]
    assert Browser("ben").post("/console/comment", case=case, comment_id="k", words="Hm.")["statusCode"] == 403


def test_programs_comment_hand_over_and_read_it(world: World) -> None:
    [case] = open_cases(world, "review offer")
    said = ask("anna", "/v1/comments", {"case": case, "comment_id": "k-1", "words": "@senior please"})
    assert json.loads(said["body"])["case"]["asks_senior"] is True
    assert ask("anna", "/v1/comments", {"case": case, "comment_id": "k-2", "words": ""})["statusCode"] == 403
    handed = {"case": case, "comment_id": "k-3", "words": NOTE, "hand_over": True}
    assert ask("anna", "/v1/comments", handed)["statusCode"] == 409
    Browser("anna").post("/console/take", team="team-a")
    assert ask("anna", "/v1/comments", handed)["statusCode"] == 200
    for reader, actor in (("zoe", "anna"), ("ben", None)):
        told = json.loads(ask(reader, "/v1/case", id=case)["body"])
        assert [(one["words"], one["actor"]) for one in told["comments"]] == [("@senior please", actor), (NOTE, actor)]
        kinds = [entry["kind"] for entry in told["ledger"]]
        assert ("commented" in kinds) is (actor is not None)
        assert "asked" not in told["case"]


def test_a_case_is_skipped_for_a_time_with_a_note_for_oneself(world: World) -> None:
    [case] = open_cases(world, "review offer")
    anna = Browser("anna")
    page = shown(anna, case)["body"]
    assert all(f'<option value="{name}"' in page for name in ("1h", "4h", "12h", "tomorrow"))
    assert '<option value="12h" selected' in page
    anna.post("/console/skip", case=case, team="team-a", aside="1h", aside_note="Ask <for> the licence.")
    assert "Ask &lt;for&gt; the licence." in shown(anna, case)["body"]
    assert "the licence" not in shown(Browser("ben"), case)["body"]
    assert "told=nothing" in location(anna.post("/console/take", team="team-a"))
    world.clock.advance(hours=1)
    assert location(anna.post("/console/take", team="team-a")).startswith("case?")
    assert anna.post("/console/skip", case=case, team="team-a", aside="9d")["statusCode"] == 422
