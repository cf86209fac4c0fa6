"""Deciding alike cases together on the pages: chosen on a list, read, confirmed by their number, told one by one."""

from __future__ import annotations

import re

from screening.workflows.records import Team
from tests.fakes.world import World
from tests.unit.console.test_case_pages import PEOPLE, Browser, hidden, open_cases, world
from tests.unit.console.test_deciding_pages import words

__all__ = ["world"]
REASON = "One template fills all of these."


def chosen(world: World, *texts: str) -> list[str]:
    world.all_have_read = False
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=0.0)
    return open_cases(world, *texts)


def address(cases: list[str]) -> str:
    return "/console/batch?" + "&".join(f"c-{case}=1" for case in cases)


def form_of(page: dict[str, str]) -> dict[str, str]:
    """The boxes of the page as they come ticked, and its hidden fields."""
    boxes = re.findall(r'name="((?:case|shown):[^"]+)" value="([^"]+)"', page["body"])
    return dict(boxes) | {"batch": hidden(page, "batch"), "team": "team-a"}


def test_rows_of_the_queue_have_boxes_for_who_decides_and_none_for_who_reads(world: World) -> None:
    cases = chosen(world, "review one", "review two")
    page = Browser("ben").get("/console")["body"]
    assert all(f'name="c-{case}" value="1" form="batch"' in page for case in cases)
    assert 'id="batch"' in page
    assert "c-" + cases[0] not in Browser("ada").get("/console")["body"]
    world.take_next.take(PEOPLE["zoe"], cases[0])
    assert f'name="c-{cases[0]}"' not in Browser("ben").get("/console")["body"]


def test_the_page_shows_title_sentence_and_whole_texts_and_decides_by_the_number(world: World) -> None:
    cases = chosen(world, "review one of many alike texts", "review two of many alike texts")
    ben = Browser("ben")
    page = ben.get(address(cases))
    assert "review one of many alike texts" in words(page)
    done = ben.post("/console/batch", **form_of(page), action="remove", reason=REASON, count="2")
    assert done["statusCode"] == 200
    assert "2 of 2 decided" in words(done)
    assert [case.state for case in world.cases.all()] == ["decided", "decided"]
    assert {case.votes[0].batch for case in world.cases.all()} == {hidden(page, "batch")}


def test_a_wrong_number_or_a_thin_reason_comes_back_as_it_was_filled_in(world: World) -> None:
    cases = chosen(world, "review one", "review two")
    ben = Browser("ben")
    page = ben.get(address(cases))
    fields = form_of(page)
    without_one = {name: value for name, value in fields.items() if name != f"case:{cases[0]}"}
    for sent, said in (
        ({"count": "2", "reason": REASON, **without_one}, "The number isn't that of the ticked cases"),
        ({"count": "", "reason": REASON, **fields}, "The number isn't that of the ticked cases"),
        ({"count": "2", "reason": "ok", **fields}, "too thin"),
    ):
        back = ben.post("/console/batch", **sent, action="remove")
        assert back["statusCode"] == 422
        assert said in words(back)
        assert f">{sent['reason']}</textarea>" in back["body"]
        assert hidden(back, "batch") == fields["batch"]
        assert re.search(r'value="remove" required checked', back["body"])
    assert not any(case.votes for case in world.cases.all())
    again = ben.post("/console/batch", count="2", reason=REASON, **without_one, action="remove")
    assert f'name="case:{cases[0]}"' in again["body"]
    assert not re.search(rf'name="case:{cases[0]}" value="\d+" checked', again["body"])


def test_a_case_that_is_unticked_is_left_as_it_is(world: World) -> None:
    cases = chosen(world, "review one", "review two")
    ben = Browser("ben")
    fields = form_of(ben.get(address(cases)))
    del fields[f"case:{cases[0]}"]
    assert "1 of 1 decided" in words(ben.post("/console/batch", **fields, action="remove", reason=REASON, count="1"))
    left = world.cases.read(cases[0])
    assert left is not None
    assert left.state == "open"


def test_what_is_left_out_and_what_failed_are_told_by_name(world: World) -> None:
    cases = chosen(world, "review coercion", "review two", "urgent three")
    ben = Browser("ben")
    page = ben.get(address(cases))
    assert "Its text is distressing: read it on its own page first." in words(page)
    assert "Dismissing this one takes two people: not here." in words(page)
    done = words(ben.post("/console/batch", **form_of(page), action="dismiss", reason=REASON, count="2"))
    assert "1 of 2 decided" in done
    assert "not decided: this action isn't for it among others" in done


def test_a_doubled_form_answers_the_same_and_decides_once(world: World) -> None:
    cases = chosen(world, "review one", "review two")
    ben = Browser("ben")
    sent = {**form_of(ben.get(address(cases))), "action": "dismiss", "reason": REASON, "count": "2"}
    first, second = (words(ben.post("/console/batch", **sent)) for _ in range(2))
    assert first == second
    assert [len(case.votes) for case in world.cases.all()] == [1, 1]


def test_the_rest_can_be_gone_on_with(world: World) -> None:
    cases = chosen(world, "review one", "review two")
    ben = Browser("ben")
    page = ben.get(address(cases))
    world.faults.throttle("cases.save")
    stopped = ben.post("/console/batch", **form_of(page), action="dismiss", reason=REASON, count="2")
    assert "1 of 2 decided" in words(stopped)
    sent = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', stopped["body"]))
    del sent["token"]
    assert "2 of 2 decided" in words(ben.post("/console/batch", **sent))


def test_a_campaigns_page_leads_to_its_open_cases(world: World) -> None:
    [case] = chosen(world, "review one")
    ben = Browser("ben")
    assert f"console/batch?case={case}" in ben.get(f"/console/campaign?id={case}")["body"]
    assert f'name="case:{case}"' in ben.get(f"/console/batch?case={case}")["body"]
    assert "console/batch" not in Browser("ada").get(f"/console/campaign?id={case}")["body"]


def test_nobody_else_is_served(world: World) -> None:
    cases = chosen(world, "review one")
    fields = form_of(Browser("ben").get(address(cases)))
    assert Browser("ada").get(address(cases))["statusCode"] == 403
    assert "console/case?" not in Browser("eve").get(address(cases))["body"]
    assert Browser("eve").get(f"/console/batch?case={cases[0]}")["statusCode"] == 404
    refused = Browser("eve").post("/console/batch", **fields, action="remove", reason=REASON, count="1")
    assert "not decided: there is no such case" in words(refused)
    assert (
        Browser("ben").post(
            "/console/batch", **fields | {f"case:{cases[0]}": "x"}, action="remove", reason=REASON, count="1"
        )["statusCode"]
        == 422
    )
    assert (
        Browser("ben").post("/console/batch", **fields, action="refer", reason=REASON, count="1")["statusCode"] == 403
    )
    assert not world.only_case().votes
