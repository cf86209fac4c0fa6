"""The administrators' pages as API Gateway calls them, on a whole installation in memory."""

from __future__ import annotations

import html
import logging
import re
from datetime import timedelta
from typing import Any

import pytest

from functions.console import admin_pages
from screening.cases.ledger import ADMINISTRATION
from screening.workflows.settings_records import setting_to_data
from tests.fakes.world import NGO, SECRET, World, person
from tests.unit.console import test_case_pages as pages
from tests.unit.console.test_case_pages import Browser

WHY = "Agreed with them on Monday."
GETS = (
    "/console/admin",
    "/console/admin/teams",
    "/console/admin/platforms",
    "/console/admin/partners",
    "/console/admin/rules",
)
POSTS = ("teams", "platforms", "partners", "secrets", "proposals")


@pytest.fixture(autouse=True)
def _people(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admins = {name: person(name, "administrator", teams=()) for name in ("max", "kim")}
    both = {"lea": person("lea", "administrator", "reviewer")}
    monkeypatch.setattr(pages, "PEOPLE", {**pages.PEOPLE, **admins, **both})
    monkeypatch.setattr(admin_pages, "administer", lambda: world.administer)


def form_of(answer: dict[str, Any], action: str) -> dict[str, str]:
    """The hidden fields of the page's form that is sent to an address ending so."""
    form = re.search(rf'<form method="post" action="[^"]*{action}".*?</form>', answer["body"], re.DOTALL)
    assert form is not None, answer["body"]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0])
    return {name: html.unescape(value) for name, value in found if name != "token"}


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("path", GETS)
def test_an_administrator_reads_each_page_in_both_languages(world: World, path: str, language: str) -> None:
    answer = Browser("max").get(f"{path}?lang={language}")
    assert answer["statusCode"] == 200, answer["body"]
    assert f'lang="{language}"' in answer["body"]
    assert answer["headers"]["Cache-Control"] == "no-store"


@pytest.mark.parametrize("actor", ["anna", "zoe", "ada"])
def test_nobody_else_gets_in(world: World, actor: str) -> None:
    browser = Browser(actor)
    assert [browser.get(path)["statusCode"] for path in GETS] == [403] * len(GETS)
    sent = {
        "id": "alpha", "kind": "platform", "team": "team-a", "number": "0", "target": "ngo-a", "proposal": "p",
        "answer": "confirm", "reason": WHY, "second_review_share": "10", "severe_per_day": "20", "golden_share": "2", "translation_characters": "0",
    }  # fmt: skip
    statuses = {
        name: browser.post(f"/console/admin/{name}", **sent)["statusCode"] for name in POSTS if name != "partners"
    }
    assert set(statuses.values()) == {403}, statuses
    assert 'href="../console/admin"' not in browser.get("/console/campaign?id=x")["body"]
    assert not world.ledger.entries(ADMINISTRATION)


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_page_and_back(world: World) -> None:
    answer = Browser("nobody").get("/console/admin/teams")
    assert (answer["statusCode"], answer["headers"]["Location"]) == (303, "../sign-in?next=admin%2Fteams")


def test_an_administrator_reads_no_case_unless_they_have_another_role(world: World) -> None:
    first = Browser("max").get("/console")
    assert (first["statusCode"], first["headers"]["Location"]) == (303, "console/admin")
    assert Browser("max").get("/console/case?id=x")["statusCode"] == 403
    assert 'console"' not in Browser("max").get("/console/admin")["body"].split("<nav")[1].split("</nav>")[0]
    assert Browser("lea").get("/console")["statusCode"] == 200


def test_a_platform_is_added_and_its_secret_shown_once(world: World, caplog: Any, capsys: Any) -> None:
    browser = Browser("max")
    caplog.set_level(logging.DEBUG)
    sent = {
        "id": "jobs", "seen": "", "team": "team-a", "webhook_url": "https://jobs.example/hook", "active": "on",
        "reason": WHY,
    }  # fmt: skip
    answer = browser.post("/console/admin/platforms", **sent)
    (secret,) = world.secrets.signing_secrets("platform", "jobs", refresh=True)
    assert answer["statusCode"] == 200
    assert secret in answer["body"]
    assert answer["headers"]["Cache-Control"] == "no-store"
    again = browser.post("/console/admin/platforms", **sent)
    assert again["headers"]["Location"] == "platforms?id=jobs&told=setting_unchanged"
    told = browser.get("/console/admin/platforms?id=jobs&told=setting_unchanged")
    seen = told["body"] + browser.get("/console/admin")["body"] + caplog.text + "".join(capsys.readouterr())
    assert secret not in seen
    assert world.config.platforms["jobs"].active


def test_a_platform_is_switched_off_with_a_reason_and_an_old_page_is_refused(world: World) -> None:
    browser = Browser("max")
    page = browser.get("/console/admin/platforms?id=alpha")
    carried = form_of(page, "admin/platforms")
    sent = {**carried, "team": "team-a", "webhook_url": "https://alpha.example/notices"}
    assert browser.post("/console/admin/platforms", **sent)["statusCode"] == 422, "no reason"
    done = browser.post("/console/admin/platforms", **sent, reason=WHY)
    assert done["headers"]["Location"] == "platforms?id=alpha&told=setting_changed"
    assert not world.config.platforms["alpha"].active
    late = Browser("kim").post("/console/admin/platforms", **sent, active="on", member_state="PL", reason=WHY)
    assert late["statusCode"] == 409
    assert "active: True -&gt; False" in late["body"]
    assert 'href="../../console' in late["body"]


def test_a_secret_is_rotated_once_by_a_form_that_comes_twice(world: World) -> None:
    browser = Browser("max")
    carried = form_of(browser.get("/console/admin/platforms?id=alpha"), "admin/secrets")
    answers = [browser.post("/console/admin/secrets", **carried, reason=WHY) for _ in range(2)]
    assert [answer["statusCode"] for answer in answers] == [200, 409]
    fresh, old = world.secrets.signing_secrets("platform", "alpha", refresh=True)
    assert old == SECRET
    assert fresh in answers[0]["body"]
    assert fresh not in answers[1]["body"]


def test_a_team_is_changed(world: World) -> None:
    browser = Browser("max")
    carried = form_of(browser.get("/console/admin/teams?id=team-a"), "admin/teams")
    assert "team-a" not in world.config.all_teams, "it works by the defaults"
    sent = {
        "daily_budget": "40", "second_review_share": "12,5", "severe_per_day": "15", "golden_share": "0",
        "translation_characters": "0", "reason": WHY,
    }  # fmt: skip
    answer = browser.post("/console/admin/teams", **carried, **sent)
    assert answer["statusCode"] == 303, answer["body"]
    assert setting_to_data(world.config.team("team-a")) == {
        "id": "team-a", "daily_budget": 40, "second_review_share": 0.125, "severe_per_day": 15, "golden_share": 0.0,
        "translation_characters": 0,
    }  # fmt: skip
    for field, odd in (("second_review_share", "200"), ("severe_per_day", "-1"), ("daily_budget", "x")):
        assert browser.post("/console/admin/teams", **carried, **{**sent, field: odd})["statusCode"] == 422


def test_a_wider_policy_is_proposed_by_one_and_confirmed_by_another(world: World) -> None:
    one, other = Browser("max"), Browser("kim")
    carried = form_of(one.get("/console/admin/partners?id=ngo-a"), "admin/partners")
    sent = {
        "name": NGO.name, "kind": NGO.kind, "queue": NGO.queue, "countries": "pl, ua", "legal_basis": NGO.legal_basis,
        "purpose": NGO.purpose, "expiry_days": "30", "fetch_within_days": "3", "fallback": "", "active": "on",
        **{f"fields:{field}": "on" for field in NGO.fields}, "reason": WHY,
    }  # fmt: skip
    proposed = one.post("/console/admin/partners", **carried, **sent)
    assert proposed["headers"]["Location"] == "../admin?told=setting_proposed"
    assert world.config.partner("ngo-a") == NGO
    own = one.get("/console/admin")
    assert 'value="confirm"' not in own["body"]
    answer = form_of(own, "admin/proposals")
    assert one.post("/console/admin/proposals", **answer, answer="confirm")["statusCode"] == 403
    seen = other.get("/console/admin")
    assert "PL → PL, UA" in seen["body"]
    done = other.post("/console/admin/proposals", **form_of(seen, "admin/proposals"), answer="confirm", reason="")
    assert done["headers"]["Location"] == "partners?id=ngo-a&told=setting_changed"
    changed = world.config.partner("ngo-a")
    assert changed is not None and changed.countries == ("PL", "UA")
    listed = other.get("/console/admin")["body"]
    assert "Nothing waits." in listed
    assert listed.count("PL → PL, UA") == 2


def test_a_rule_is_switched_off_by_two_on_its_page(world: World) -> None:
    one, other = Browser("max"), Browser("kim")
    until = (world.clock.now() + timedelta(days=10)).date().isoformat()
    sent = {**form_of(one.get("/console/admin/rules"), "admin/rules"), "id": "worker_fee.read", "reason": WHY}
    assert one.post("/console/admin/rules", **sent, off_until="soon")["statusCode"] == 422
    proposed = one.post("/console/admin/rules", **sent, off_until=until)
    assert proposed["headers"]["Location"] == "../admin?told=setting_proposed"
    seen = other.get("/console/admin")
    assert f"– → {until}" in seen["body"]
    done = other.post("/console/admin/proposals", **form_of(seen, "admin/proposals"), answer="confirm", reason="")
    assert done["headers"]["Location"] == "rules?id=worker_fee.read&told=setting_changed"
    assert world.config.rules_off(world.clock.now()) == {"worker_fee.read"}
    on = form_of(one.get("/console/admin/rules?id=worker_fee.read"), "admin/rules")
    assert one.post("/console/admin/rules", **on, off_until="", reason=WHY)["statusCode"] == 303
    assert not world.config.rules_off(world.clock.now())


def test_what_a_form_can_not_mean_is_refused(world: World) -> None:
    browser = Browser("max")
    base = {"id": "alpha", "team": "team-a", "reason": WHY}
    for seen in ("{", "[]", '{"colour": 1}', "[" * 5_000):
        assert browser.post("/console/admin/platforms", **base, seen=seen)["statusCode"] == 422, seen
    assert browser.get("/console/admin/platforms?id=nobody")["statusCode"] == 404
    assert browser.get("/console/admin/nonsense")["statusCode"] == 404
    assert browser.post("/console/admin/nonsense", **base)["statusCode"] == 404
    assert browser.get("/console/admin?page=x")["statusCode"] == 200
    assert browser.get("/console/admin?page=99999")["statusCode"] == 200
    assert not world.ledger.entries(ADMINISTRATION)


def test_a_change_of_a_teams_policy_text_stands_among_the_changes(world: World) -> None:
    world.keep_policy.put("team-a", "We look at pay first.", actor="operator:olga", reason="by command")
    page = Browser("max").get("/console/admin")["body"]
    assert "Policy text team-a" in page
    assert "Version: – → 1" in page
