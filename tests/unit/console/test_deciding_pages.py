"""Deciding on the pages: only what was shown, with a reason, undone or opened again, and read afterwards."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from screening.workflows.records import Team
from tests.fakes.world import World
from tests.unit.console.test_case_pages import Browser, hidden, location, open_cases, world
from tests.unit.workflows.deciding import appeal, the_appeal

__all__ = ["world"]
FORM = ("decision_id", "revision")


def shown(browser: Browser, case: str, more: str = "") -> dict[str, Any]:
    answer = browser.get(f"/console/case?id={case}{more}")
    assert answer["statusCode"] == 200
    return answer


def decide(browser: Browser, case: str, action: str, **more: str) -> dict[str, Any]:
    page = shown(browser, case)
    fields = {name: hidden(page, name) for name in FORM} | {"partner": "", "reason": "It is plain."} | more
    return browser.post("/console/decide", case=case, action=action, **fields)


def press(browser: Browser, case: str, what: str, **more: str) -> dict[str, Any]:
    return browser.post(f"/console/{what}", case=case, revision=hidden(shown(browser, case), "revision"), **more)


def words(answer: dict[str, Any]) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer["body"])))


def section(answer: dict[str, Any], name: str) -> str:
    found = re.search(rf'<section[^>]*aria-labelledby="{name}">(.*?)</section>', answer["body"], re.DOTALL)
    return words({"body": found[1]}) if found else ""


# What was never shown


def test_a_hidden_text_offers_no_decision_but_to_show_or_leave_it(world: World) -> None:
    world.all_have_read = False
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=0.0, severe_per_day=0)
    [case] = open_cases(world, "review coercion")
    anna = Browser("anna")
    page = shown(anna, case)
    assert 'name="action"' not in page["body"]
    assert "can be decided yet" in section(page, "unseen")
    assert "data-skip" in page["body"]
    forced = anna.post("/console/decide", case=case, action="dismiss", reason="It is plain.", partner="", decision_id="d",
                       revision=str(world.only_case().revision))  # fmt: skip
    assert forced["statusCode"] == 403
    assert "wasn't shown to you in its present version" in words(forced)
    assert not world.only_case().votes
    assert 'name="action"' in shown(anna, case, "&show=1")["body"]
    assert decide(anna, case, "dismiss")["statusCode"] == 303


def test_the_refusal_speaks_the_readers_language(world: World) -> None:
    world.all_have_read = False
    [case] = open_cases(world, "review offer")
    anna = Browser("anna")
    anna.cookies["lang"] = "uk"
    forced = anna.post("/console/decide", case=case, action="dismiss", reason="Тут усе зрозуміло.", partner="", decision_id="d", revision="1")  # fmt: skip
    assert "вам не показували" in words(forced)


# Reasons


def test_the_page_has_ready_made_reasons_by_action_and_sign(world: World) -> None:
    [case] = open_cases(world, "review offer")
    sign = world.only_case().indicators[0]
    body = shown(Browser("anna"), case)["body"]
    for name in (f"ready:dismiss:explained:{sign}", "ready:dismiss:not_borne_out", f"ready:remove:plain:{sign}"):
        assert f'name="{name}"' in body
    assert re.search(r'<details class="ready" data-ready="dismiss"><summary>Reasons: Dismiss', body)


def test_a_ticked_reason_is_enough_and_one_of_another_action_does_not_count(world: World) -> None:
    [case] = open_cases(world, "review offer")
    anna = Browser("anna")
    other: dict[str, str] = {"ready:remove:breaks_law": "yes", "reason": ""}
    assert decide(anna, case, "dismiss", **other)["statusCode"] == 422
    ticked = {"ready:dismiss:not_borne_out": "yes", "ready:remove:breaks_law": "yes", "reason": ""}
    assert decide(anna, case, "dismiss", **ticked)["statusCode"] == 303
    assert world.only_case().votes[0].reasons == ("not_borne_out",)


@pytest.mark.parametrize("reason", ["", ".", "no"])
def test_a_thin_reason_comes_back_with_what_was_written(world: World, reason: str) -> None:
    [case] = open_cases(world, "review offer")
    anna = Browser("anna")
    back = decide(anna, case, "dismiss", reason=reason)
    assert back["statusCode"] == 422
    assert "too thin" in words(back)
    assert f">{reason}</textarea>" in back["body"]
    fields = {name: hidden(back, name) for name in ("case", "action", "partner", *FORM)}
    assert location(anna.post("/console/decide", **fields, reason="A bakery, wages are stated.")).endswith(
        "told=decided"
    )
    assert [vote.reason for vote in world.only_case().votes] == ["A bakery, wages are stated."]


def test_what_is_asked_twice_keeps_the_ready_made_reasons(world: World) -> None:
    [case] = open_cases(world, "urgent offer")
    anna = Browser("anna")
    asked = decide(anna, case, "refer", partner="police-b", reason="", **{"ready:refer:several_offers": "yes"})
    assert asked["statusCode"] == 200
    assert "Several offers from the same source" in words(asked)
    sent = {name: hidden(asked, name) for name in ("case", "action", "partner", "reason", *FORM, "confirmed", "ready:refer:several_offers")}  # fmt: skip
    assert anna.post("/console/decide", **sent)["statusCode"] == 303
    assert world.only_case().votes[0].reasons == ("several_offers",)


def test_an_urgent_case_says_that_two_people_dismiss_it_and_waits_for_the_second(world: World) -> None:
    [case] = open_cases(world, "urgent offer")
    anna = Browser("anna")
    offered = dict(
        re.findall(r'name="action" id="do-\w+" value="(\w+)".*?<span>(.*?)</span>', shown(anna, case)["body"])
    )
    assert "<small>two people</small>" in offered["dismiss"]
    assert "<small>" not in offered["remove"]
    decide(anna, case, "dismiss")
    assert "waits for another person" in words(shown(anna, case))
    assert (world.only_case().state, world.only_case().decisions) == ("second_look", ())


# Taking back


def test_a_dismissal_is_undone_from_its_page(world: World) -> None:
    [case] = open_cases(world, "review offer")
    anna = Browser("anna")
    decide(anna, case, "dismiss")
    assert "Nothing has been sent yet" in section(shown(anna, case), "undo")
    assert location(press(anna, case, "undo")) == f"case?id={case}&told=undone"
    assert (world.only_case().state, world.only_case().votes) == ("open", ())
    assert section(shown(anna, case), "undo") == ""


def test_what_left_says_why_it_cannot_be_undone(world: World) -> None:
    [case] = open_cases(world, "review offer")
    anna = Browser("anna")
    decide(anna, case, "remove")
    told = section(shown(anna, case), "undo")
    assert "can't be undone" in told and "The platform is being told" in told
    assert "/console/undo" not in shown(anna, case)["body"]
    assert press(anna, case, "undo")["statusCode"] == 409
    assert section(shown(Browser("ben"), case), "undo") == ""


def test_a_case_is_opened_again_from_its_page_and_says_why(world: World) -> None:
    [case] = open_cases(world, "review offer")
    anna, ben = Browser("anna"), Browser("ben")
    decide(anna, case, "dismiss")
    thin = press(ben, case, "reopen", reason="no")
    assert thin["statusCode"] == 403
    assert "too thin" in words(thin)
    assert location(press(ben, case, "reopen", reason="They keep the passport.")) == f"case?id={case}&told=reopened"
    page = shown(anna, case)
    assert "set aside: opened again" in section(page, "decided")
    assert "They keep the passport." in section(page, "decided")
    assert 'id="do-dismiss" value="dismiss"' in page["body"]


def test_an_auditor_is_offered_neither(world: World) -> None:
    [case] = open_cases(world, "review offer")
    decide(Browser("anna"), case, "dismiss")
    body = shown(Browser("ada"), case)["body"]
    assert "/console/reopen" not in body and "/console/undo" not in body


# Reading it afterwards


@pytest.mark.parametrize(("reader", "who"), [("ben", "a reviewer"), ("zoe", "anna"), ("ada", "anna"), ("anna", "you")])
def test_a_decided_case_tells_action_time_and_reason(world: World, reader: str, who: str) -> None:
    [case] = open_cases(world, "review offer")
    decide(Browser("anna"), case, "remove", reason="<b>They</b> keep passports.", **{"ready:remove:breaks_law": "yes"})
    told = section(shown(Browser(reader), case), "decided")
    assert "Ask the platform to remove it" in told
    assert "<b>They</b> keep passports." in told
    assert "against the law or the platform's rules" in told
    assert who in told
    assert ("anna" in told) == (who == "anna")


def test_the_appeal_tells_why_it_was_restricted(world: World) -> None:
    [case] = open_cases(world, "review offer")
    decide(Browser("anna"), case, "remove", reason="They keep passports.")
    world.run()
    appeal(world, "0")
    told = section(shown(Browser("ben"), the_appeal(world).case), "appeal")
    assert "They keep passports." in told


def test_whoever_judges_blind_reads_no_reason(world: World) -> None:
    [case] = open_cases(world, "urgent offer")
    decide(Browser("anna"), case, "dismiss", reason="A bakery that is known.")
    body = shown(Browser("ben"), case)["body"]
    assert "A bakery that is known." not in body
    assert section({"body": body}, "decided") == ""
