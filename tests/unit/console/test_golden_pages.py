"""Golden cases at the console: nothing on pages or in JSON tells one, and who sees what of the answers."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

from functions.console.json_routes import shown, told, undated, unmarked
from screening.cases.case import Case
from screening.cases.people import Person
from screening.posts.serialise import post_to_dict
from tests.fakes.world import World, post
from tests.unit.console.test_case_pages import PEOPLE, Browser, location
from tests.unit.workflows.deciding import decide
from tests.unit.workflows.golden import ANNA, SONIA, WHY, drawn_for, known_case, stored

TEXT = "review: two weeks unpaid trial"


def twins(world: World) -> tuple[Case, Case]:
    """A golden case and a real one that opened in the same minute, of the same words."""
    known_case(world, text=TEXT)
    golden = drawn_for(world, PEOPLE["anna"])
    world.publish(post("2", TEXT, posted_at=world.clock.now(), country="PL", language="pl"))
    world.run()
    latest = world.cases.latest_of("alpha", "2")
    assert latest is not None
    return golden, stored(world, latest.case)


def as_json(world: World, case: Case, who: Person = ANNA) -> dict[str, Any]:
    view = world.read_case(who, case.case)
    return {
        "case": shown(view.case, who), "actions": list(view.actions), "post": post_to_dict(view.post) if view.post else None,
        "assessment": view.assessment and undated(unmarked(view.assessment)),
        "ledger": [told(entry, who) for entry in view.ledger], "ledger_faults": list(view.ledger_faults),
    }  # fmt: skip


def shape(value: Any) -> Any:
    """The names and kinds of values, without the values."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in sorted(value.items())}
    if isinstance(value, list):
        return [shape(one) for one in value]
    return type(value).__name__


def plain(page: str, case: Case) -> str:
    """A page without what differs between any two cases: ids, tokens, and the similar ones, of which the case shown is none."""
    page = re.sub(r'<section aria-labelledby="similar">.*?</section>\n', "", page, flags=re.DOTALL)
    page = (
        page.replace(case.case, "CASE")
        .replace(case.case[:8], "CASE")
        .replace(f"<dd>{case.post_id}</dd>", "<dd>POST</dd>")
    )
    return re.sub(r'name="(token|decision_id|comment_id)" value="[^"]*"', "", page)


def test_the_page_of_a_golden_case_is_that_of_any_other(world: World) -> None:
    golden, real = twins(world)
    pages = [plain(Browser("anna").get(f"/console/case?id={case.case}")["body"], case) for case in (golden, real)]
    assert "CASE" in pages[0]
    assert pages[0] == pages[1]


def test_its_row_in_the_queue_is_that_of_any_other(world: World) -> None:
    golden, real = twins(world)
    page = Browser("anna").get("/console?team=team-a")["body"]
    rows = [(case, re.search(rf"<tr>(?:(?!</tr>).)*{case.case}.*?</tr>", page, re.DOTALL)) for case in (golden, real)]
    found = [plain(row[0], case) for case, row in rows if row]
    assert len(found) == 2
    assert found[0] == found[1]


def test_programs_get_the_same_fields_and_no_date_from_before_it_opened(world: World) -> None:
    golden, real = twins(world)
    one, other = as_json(world, golden), as_json(world, real)
    assert shape(one) == shape(other)
    written = json.dumps(one)
    source = golden.golden.source if golden.golden else ""
    assert source not in written
    assert "golden" not in written
    dates = [datetime.fromisoformat(found) for found in re.findall(r"\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|\+00:00)", written)]
    assert dates
    assert min(dates) >= golden.opened_at - timedelta(days=1)
    days = re.findall(r"day=([0-9-]{10})", written)
    assert days == re.findall(r"day=([0-9-]{10})", json.dumps(other))
    assert abs(one["case"]["seq"] - other["case"]["seq"]) < 86_400_000


def test_an_auditor_reads_in_the_ledger_what_it_was_and_a_reviewer_doesn_t(world: World) -> None:
    golden, _ = twins(world)
    (entry,) = world.cases.ledger(golden.case)
    assert "golden" not in told(entry, ANNA)["payload"]
    assert told(entry, PEOPLE["ada"])["payload"]["golden"] == (golden.golden and golden.golden.source)


def test_which_case_is_known_is_told_to_seniors_alone(world: World) -> None:
    case = known_case(world)
    assert "known" not in shown(case, SONIA)
    answer = Browser("zoe").get("/console/golden?team=team-a")
    assert case.case[:8] in answer["body"]
    assert WHY in answer["body"]
    assert Browser("anna").get("/console/golden?team=team-a")["statusCode"] == 403


def test_an_answer_is_told_on_the_next_day_to_its_person_and_their_seniors(world: World) -> None:
    known_case(world)
    golden = drawn_for(world, PEOPLE["anna"])
    decide(world, golden, PEOPLE["anna"], "dismiss")
    today = Browser("anna").get("/console/quality?team=team-a")["body"]
    assert golden.case[:8] not in today
    assert WHY not in today
    world.clock.advance(days=1)
    mine, colleague, senior = (
        Browser(name).get("/console/quality?team=team-a")["body"] for name in ("anna", "ben", "zoe")
    )
    assert golden.case[:8] in mine
    assert WHY in mine
    assert "0/1" in mine
    assert golden.case[:8] not in colleague
    assert "0/1" not in colleague
    assert "anna" not in colleague
    assert "<code>anna</code>" in senior
    assert WHY not in senior
    assert Browser("ada").get("/console/quality?team=team-a")["statusCode"] == 403
    assert Browser("eve").get("/console/quality?team=team-a")["statusCode"] == 404


def test_two_seniors_make_a_known_case_and_one_retires_it(world: World, monkeypatch: Any) -> None:
    monkeypatch.setitem(PEOPLE, "sara", SONIA)
    case = known_case(world)
    world.keep_golden.retire(SONIA, case.case)
    page = Browser("zoe").get(f"/console/case?id={case.case}")["body"]
    assert f"console/golden?team=team-a&amp;case={case.case}" in page
    sent = {"case": case.case, "team": "team-a"}
    answer = Browser("zoe").post("/console/golden", step="propose", why=WHY, **{"right:remove": "yes"}, **sent)
    assert location(answer) == "golden?team=team-a&told=golden_propose"
    assert Browser("zoe").post("/console/golden", step="confirm", **sent)["statusCode"] == 403
    assert location(Browser("sara").post("/console/golden", step="confirm", **sent)).endswith("told=golden_confirm")
    known = stored(world, case.case).known
    assert known is not None
    assert (known.right, known.confirmed_by) == (("remove",), "sonia")
    Browser("zoe").post("/console/golden", step="retire", **sent)
    assert stored(world, case.case).known is None


def test_the_form_says_what_is_missing(world: World) -> None:
    case = known_case(world)
    world.keep_golden.retire(SONIA, case.case)
    nothing_right = Browser("zoe").post("/console/golden", step="propose", case=case.case, team="team-a", why=WHY)
    assert nothing_right["statusCode"] == 422
    assert Browser("zoe").post("/console/golden", step="nonsense", case=case.case)["statusCode"] == 422
    assert Browser("anna").post("/console/golden", step="retire", case=case.case)["statusCode"] == 403
