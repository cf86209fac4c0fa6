"""Assigning a case: the page of colleagues, what the case and the queue say of it, and the same as JSON."""

from __future__ import annotations

import json

from tests.fakes.world import World
from tests.unit.console.test_case_pages import PEOPLE, Browser, location, open_cases, world
from tests.unit.console.test_comment_pages import ask
from tests.unit.console.test_deciding_pages import section, shown

__all__ = ["world"]


def staffed(world: World, *words: str) -> list[str]:
    for name, who in PEOPLE.items():
        world.directory.add(name, *who.roles, teams=tuple(sorted(who.teams)))
    return open_cases(world, *(words or ("review offer",)))


def test_a_colleague_is_chosen_by_name_and_the_case_waits_for_them(world: World) -> None:
    [case] = staffed(world)
    anna, ben, zoe = Browser("anna"), Browser("ben"), Browser("zoe")
    assert f"console/assign?id={case}" in shown(anna, case)["body"]
    page = anna.get(f"/console/assign?id={case}")["body"]
    assert 'value="ben"' in page
    assert 'value="zoe"' in page
    assert 'value="anna"' not in page
    assert 'value="eve"' not in page
    assert location(anna.post("/console/assign", case=case, step="assign", to="ben")).endswith("told=assigned")
    assert "assigned to you" in ben.get("/console")["body"]
    assert "assigned to a colleague" in anna.get("/console")["body"]
    assert case in ben.get("/console?list=mine")["body"]
    assert 'id="decision"' in shown(ben, case)["body"]
    assert 'value="dismiss"' not in shown(anna, case)["body"]
    assert "ben" in section(shown(zoe, case), "assign")
    assert "ben" not in section(shown(anna, case), "assign")


def test_it_is_taken_over_and_given_back_from_the_case(world: World) -> None:
    [case] = staffed(world)
    anna, ben = Browser("anna"), Browser("ben")
    anna.post("/console/assign", case=case, step="assign", to="zoe")
    assert "Take it over" in section(shown(ben, case), "assign")
    assert location(ben.post("/console/assign", case=case, step="take_over")).endswith("told=taken_over")
    assert "assigned to you" in section(shown(ben, case), "assign")
    assert location(ben.post("/console/assign", case=case, step="release")).endswith("told=unassigned")
    assert "waits for whoever takes it" in section(shown(anna, case), "assign")


def test_who_only_reads_assigns_nothing(world: World) -> None:
    [case] = staffed(world)
    ada = Browser("ada")
    assert 'id="assign"' not in shown(ada, case)["body"]
    assert ada.get(f"/console/assign?id={case}")["statusCode"] == 403
    assert ada.post("/console/assign", case=case, step="assign", to="ben")["statusCode"] == 403


def test_where_nobody_else_could_take_it_the_page_says_so(world: World) -> None:
    [case] = open_cases(world, "review offer")
    assert "No colleague could take this case" in Browser("anna").get(f"/console/assign?id={case}")["body"]


def test_programs_assign_too_and_are_told_names_by_role(world: World) -> None:
    [case] = staffed(world)
    found = json.loads(ask("anna", "/v1/assignments", case=case)["body"])["colleagues"]
    assert {"id": "ben", "name": "ben", "roles": ["reviewer"]} in found
    assert ask("anna", "/v1/assignments", {"case": case, "to": "ben"})["statusCode"] == 200
    told = {who: json.loads(ask(who, "/v1/case", id=case)["body"]) for who in ("anna", "ben", "zoe")}
    assert {who: one["case"]["assigned_to"] for who, one in told.items()} == {
        "anna": "colleague", "ben": "ben", "zoe": "ben",
    }  # fmt: skip
    assert all("assigned" not in one["case"] for one in told.values())
    assert not [entry for entry in told["anna"]["ledger"] if entry["kind"] == "assigned"]
    assert [entry for entry in told["zoe"]["ledger"] if entry["kind"] == "assigned"]
    assert json.loads(ask("ben", "/v1/assignments", {"case": case, "to": None})["body"])["case"]["assigned_to"] is None
    assert (
        json.loads(ask("zoe", "/v1/assignments", {"case": case, "to": "zoe"})["body"])["case"]["assigned_to"] == "zoe"
    )


def test_a_case_that_waits_for_a_colleague_isnt_picked_for_a_batch(world: World) -> None:
    first, second = staffed(world, "review one", "review two")
    Browser("anna").post("/console/assign", case=first, step="assign", to="ben")
    page = Browser("anna").get("/console")["body"]
    assert f'name="c-{second}"' in page
    assert f'name="c-{first}"' not in page
