"""The metrics page leads to the cases behind its figures, and to its tables as a file."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html import unescape

from functions.console.metrics_csv import HEAD, metrics_csv
from screening.cases.quality.behind_figures import Figure
from screening.cases.quality.expected_hits import read_figures
from screening.cases.quality.page_model import metrics_page
from screening.workflows.case_queue import QueueFilters
from screening.workflows.records import Team
from tests.fakes.console_cases import NOW, case
from tests.fakes.world import World, person, post
from tests.unit.cases.quality.test_reviewed_case import case as stored_case
from tests.unit.cases.quality.test_reviewed_case import decision
from tests.unit.console.test_case_pages import PEOPLE, Browser
from tests.unit.workflows.deciding import decide

BEN, CARL = person("ben", "reviewer"), person("carl", "reviewer")


def worked(world: World) -> list[str]:
    """Three flagged cases: one dismissed, one removed, one that waits past its hour."""
    world.publish(*(post(str(number), f"review: night shifts {number}", language="pl") for number in range(3)))
    world.run()
    cases = sorted(world.cases.all(), key=lambda one: one.post_id)
    decide(world, cases[0], BEN, "dismiss")
    decide(world, cases[1], BEN, "remove")
    world.clock.advance(hours=30)
    return [one.case for one in cases]


def links(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'class="behind" href="\.\./console/measured\?([^"]*)"', page)]


def listed(page: str) -> set[str]:
    return set(re.findall(r'data-case="([^"]*)"', page))


def test_each_figure_leads_to_its_cases(world: World) -> None:
    dismissed, removed, waiting = worked(world)
    page = Browser("zoe").get("/console/metrics?team=team-a")
    assert page["statusCode"] == 200
    found = links(page["body"])
    assert found
    expected = {
        "team=team-a&of=came_in": {dismissed, removed, waiting}, "team=team-a&of=decided": {dismissed, removed},
        "team=team-a&of=waiting": {waiting}, "team=team-a&of=late&tier=review": {waiting},
        "team=team-a&of=false_alarms": {dismissed}, "team=team-a&of=false_alarms&language=pl": {dismissed},
        "team=team-a&of=false_alarms&platform=alpha": {dismissed},
        "team=team-a&of=false_alarms&rule=no_interview.test": {dismissed},
        "team=team-a&of=acted_on&rule=no_interview.test": {removed},
        "team=team-a&of=came_to_nothing&indicator=no_interview": {dismissed},
    }  # fmt: skip
    for query, cases in expected.items():
        assert query in found
        assert listed(Browser("zoe").get(f"/console/measured?{query}")["body"]) == cases, query
    for query in found:
        assert listed(Browser("ada").get(f"/console/measured?{query}")["body"]), query


def test_the_list_is_filtered_paged_and_entered_in_the_ledger_like_any_other(world: World) -> None:
    world.publish(*(post(str(number), "review: night shifts", country="PL") for number in range(27)))
    world.publish(post("99", "review: night shifts", country="DE"))
    world.run()
    first = Browser("zoe").get("/console/measured?team=team-a&of=waiting")["body"]
    assert len(listed(first)) == 25
    assert "of=waiting&amp;page=2" in first
    second = Browser("zoe").get("/console/measured?team=team-a&of=waiting&page=2")["body"]
    assert len(listed(first) | listed(second)) == 28
    german = Browser("zoe").get("/console/measured?team=team-a&of=waiting&country=DE")["body"]
    assert len(listed(german)) == 1
    views = [entry for entry in world.cases.entries.values() if entry.case.startswith("views:pages:team-a")]
    assert {entry.actor for entry in views} == {"zoe"}


def test_what_waits_for_one_s_blind_judgement_is_counted_and_not_listed(world: World) -> None:
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=1.0)
    world.publish(post("1", "review: night shifts"))
    world.run()
    case_id = decide(world, world.only_case(), BEN, "remove").case
    world.clock.advance(minutes=1)
    page = Browser("zoe").get("/console/measured?team=team-a&of=decided")["body"]
    assert listed(page) == set()
    assert "1 more waits for your blind second judgement" in page
    assert listed(Browser("ada").get("/console/measured?team=team-a&of=decided")["body"]) == {case_id}


def test_figures_of_the_sample_lead_to_no_list(world: World) -> None:
    worked(world)
    page = Browser("zoe").get("/console/metrics?team=team-a")["body"]
    assert not [query for query in links(page) if "audit" in query or "queue=review" in query]
    assert Browser("zoe").get("/console/measured?team=team-a&of=sample")["statusCode"] == 422


def test_only_who_sees_measures_sees_their_cases(world: World) -> None:
    worked(world)
    for path in ("/console/measured?team=team-a&of=decided", "/console/metrics.csv?team=team-a"):
        assert Browser("anna").get(path)["statusCode"] == 403
        assert Browser("zoe").get(path.replace("team-a", "team-b"))["statusCode"] == 404
        assert Browser("ada").get(path)["statusCode"] == 200


def test_cases_of_platforms_out_of_reach_stand_in_no_list(world: World) -> None:
    worked(world)
    narrow = replace(PEOPLE["zoe"], platforms=frozenset({"beta"}))
    assert world.list_measured(narrow, "team-a", Figure(name="came_in"), QueueFilters()).whole == ()


def test_the_tables_come_as_a_file(world: World) -> None:
    worked(world)
    answer = Browser("zoe").get("/console/metrics.csv?team=team-a")
    kind = {**answer.get("headers", {}), **{k: v[0] for k, v in answer.get("multiValueHeaders", {}).items()}}
    assert kind["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in kind["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer["body"])))
    assert tuple(rows[0]) == HEAD
    assert {len(row) for row in rows} == {len(HEAD)}
    assert ["false_alarms_by_language", "pl", "flagged_dismissed", "0.5", "1", "2"] in [row[:6] for row in rows]
    assert ["tiers", "review", "late", "0.3333", "1", "3"] in [row[:6] for row in rows]
    assert "night shifts" not in answer["body"]


def test_a_name_that_a_spreadsheet_would_compute_is_only_shown() -> None:
    hostile = stored_case(platform="=1+1", decisions=(decision("dismiss"),))
    lines = metrics_csv(metrics_page([hostile, case(1)], read_figures(), now=NOW)).splitlines()
    assert not [line for line in lines if ",=1+1" in line]
    assert [line for line in lines if ",'=1+1," in line]
