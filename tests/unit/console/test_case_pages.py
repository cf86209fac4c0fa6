"""The console's routes as API Gateway calls them, on a whole installation in memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

from functions.console import batch_pages, case_pages, json_routes, look_up_page, measured_pages, team_pages
from functions.console.handler import app
from screening.aws.settings import ConsoleSettings
from screening.aws.sign_in import FormTokens
from screening.aws.wiring import console as wiring
from screening.cases.ledger import views_of
from screening.cases.people import Person
from screening.errors import AuthenticationError
from screening.workflows.case_campaign import ReadCaseCampaign
from screening.workflows.ledger_chain import AppendToChain, RecordView
from screening.workflows.records import Team
from tests.fakes.rest_api import rest_event
from tests.fakes.world import World, person, post
from tests.unit.workflows.erasing import Vault

PEOPLE = {
    "anna": person("anna", "reviewer", teams=("team-a", "team-b")),
    "ben": person("ben", "reviewer"),
    "zoe": person("zoe", "senior"),
    "ada": person("ada", "auditor"),
    "eve": person("eve", "reviewer", teams=("team-b",)),
}


class Browser:
    """One person's browser: sends the session cookie, follows nothing."""

    def __init__(self, actor: str) -> None:
        self.cookies = {"session": actor}

    def get(self, address: str, **headers: str) -> dict[str, Any]:
        path, _, query = address.partition("?")
        return self._ask("GET", path, dict(parse_qsl(query)), "", headers)

    def post(self, path: str, **fields: str) -> dict[str, Any]:
        token = FormTokens(b"k" * 32).issue(self.cookies["session"])
        return self._ask("POST", path, {}, urlencode({"token": token, **fields}), {})

    def _ask(self, method: str, path: str, query: dict[str, str], body: str, more: dict[str, str]) -> dict[str, Any]:
        headers = {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **more}
        if method == "POST":
            headers["content-type"] = "application/x-www-form-urlencoded"
        event = rest_event(app.routes, method, path, query=query, headers=headers, body=body)
        answer: dict[str, Any] = app(event, None)
        for cookie in answer.get("multiValueHeaders", {}).get("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The console composed of fakes in place of AWS's adapters."""
    made = World()
    for name in ConsoleSettings.model_fields:
        monkeypatch.setenv(
            name.upper(),
            {
                "cookie_secure": "false",
                "case_retention_days": "183",
                "translation_address": "",
                "translate_region": "",
            }.get(name, "x"),
        )
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "OfferScreening")
    wiring.settings.cache_clear()
    tokens = FormTokens(b"k" * 32)

    def verify(token: str) -> Person:
        if token not in PEOPLE:
            raise AuthenticationError("sign-in: no such session")
        return PEOPLE[token]

    def campaign() -> ReadCaseCampaign:
        ledger = made.ledger
        append = AppendToChain(store=ledger, clock=made.clock, ids=made.ids)
        record = RecordView(store=ledger, append=append, clock=made.clock)
        return ReadCaseCampaign(
            cases=made.cases, archive=made.archive, work=made.work, clock=made.clock, record_view=record
        )

    composed: dict[str, Callable[[], Any]] = {
        "verify_token": lambda: verify, "form_tokens": lambda: tokens, "config": lambda: made.config,
        "list_cases": lambda: made.list_cases, "take_next": lambda: made.take_next, "comment_on_case": lambda: made.comment, "assign_case": lambda: made.assign, "go_on": lambda: made.go_on, "put_aside": lambda: made.put_aside,
        "read_case": lambda: made.read_case, "decide_case": lambda: made.decide, "snooze_rule": lambda: made.snooze,
        "hold_statement": lambda: made.hold_statement, "tell_outcome": lambda: made.outcome,
        "read_measures": lambda: made.measures, "list_referrals": lambda: made.list_referrals,
        "recall_referral": lambda: made.recall, "take_back": lambda: made.take_back,
        "list_measured": lambda: made.list_measured,
        "read_quality": lambda: made.quality, "keep_golden": lambda: made.keep_golden,
        "find_cases": lambda: made.find_cases, "saved_filters": lambda: made.saved_filters, "read_excerpts": lambda: made.read_excerpts,
        "translate_case": lambda: made.translate_case,
    }  # fmt: skip
    for name, composition in composed.items():
        monkeypatch.setattr(wiring, name, composition)
    monkeypatch.setattr(team_pages, "read_campaign", campaign)
    monkeypatch.setattr(look_up_page, "look_up", lambda: made.look_up)
    monkeypatch.setattr(batch_pages, "prepare_batch", lambda: made.prepare_batch)
    monkeypatch.setattr(batch_pages, "decide_batch", lambda: made.decide_batch)
    monkeypatch.setattr(case_pages, "CLOCK", made.clock)
    monkeypatch.setattr(team_pages, "CLOCK", made.clock)
    monkeypatch.setattr(json_routes, "CLOCK", made.clock)
    monkeypatch.setattr(measured_pages, "CLOCK", made.clock)
    yield made
    wiring.settings.cache_clear()


def open_cases(world: World, *words: str) -> list[str]:
    world.publish(*(post(str(number), word, country="PL") for number, word in enumerate(words)))
    world.run()
    return [case.case for case in world.list_cases(PEOPLE["anna"], "team-a").cases]


def location(answer: dict[str, Any]) -> str:
    assert answer["statusCode"] == 303, answer["body"]
    held: dict[str, Any] = {**answer.get("headers", {})}
    return str(held.get("Location") or answer["multiValueHeaders"]["Location"][0])


def hidden(answer: dict[str, Any], name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer["body"])
    assert found is not None
    return found[1]


def test_the_queue_shows_what_waits(world: World) -> None:
    cases = open_cases(world, "urgent", "review")
    answer = Browser("anna").get("/console")
    assert answer["statusCode"] == 200
    assert all(case in answer["body"] for case in cases)


def test_nobody_is_shown_anything_without_a_session(world: World) -> None:
    assert location(Browser("mallory").get("/console")) == "console/sign-in"
    assert location(Browser("mallory").get("/console/metrics")).startswith("sign-in")


def test_the_next_case_is_taken_and_stands_as_taken(world: World) -> None:
    first, _ = open_cases(world, "urgent", "review")
    anna, ben = Browser("anna"), Browser("ben")
    assert location(anna.post("/console/take", team="team-a")) == f"case?id={first}"
    assert "you took it" in anna.get("/console")["body"]
    assert "somebody works on it" in ben.get("/console")["body"]
    assert "Somebody works on this case" in ben.get(f"/console/case?id={first}")["body"]


def test_filters_go_with_the_request_for_the_next_case(world: World) -> None:
    _, second = open_cases(world, "urgent", "review")
    assert (
        location(Browser("anna").post("/console/take", team="team-a", tier="review")) == f"case?id={second}&tier=review"
    )
    nothing = location(Browser("anna").post("/console/take", team="team-a", kind="transport"))
    assert nothing == "../console?team=team-a&kind=transport&told=nothing"


def test_skipping_puts_a_case_last_and_giving_back_frees_it(world: World) -> None:
    first, second = open_cases(world, "urgent", "review")
    anna = Browser("anna")
    assert location(anna.post("/console/skip", case=first, team="team-a")) == "../console?team=team-a&told=skipped"
    assert location(anna.post("/console/take", team="team-a")) == f"case?id={second}"
    assert location(anna.post("/console/release", case=second, team="team-a")) == "../console?team=team-a&told=released"
    assert "you took it" not in anna.get("/console")["body"]


def test_a_case_is_decided_and_a_repeat_changes_nothing(world: World) -> None:
    [case] = open_cases(world, "review")
    anna = Browser("anna")
    shown = anna.get(f"/console/case?id={case}")
    fields = {name: hidden(shown, name) for name in ("decision_id", "revision")}
    for _ in range(2):
        answer = anna.post("/console/decide", case=case, action="warn_applicants", reason="", partner="", **fields)
        assert location(answer) == f"case?id={case}&told=decided"
    assert len(world.only_case().votes) == 1
    assert "Your decision is recorded" in anna.get(f"/console/case?id={case}&told=decided")["body"]


def test_what_leaves_the_house_is_asked_twice(world: World) -> None:
    [case] = open_cases(world, "urgent")
    anna = Browser("anna")
    shown = anna.get(f"/console/case?id={case}")
    fields = {name: hidden(shown, name) for name in ("decision_id", "revision")}
    asked = anna.post(
        "/console/decide", case=case, action="refer", partner="police-b", reason="They want a fee.", **fields
    )
    assert asked["statusCode"] == 200
    assert "A second person must agree" in asked["body"]
    assert "Unit B" in asked["body"]
    assert world.only_case().votes == ()
    again = {
        name: hidden(asked, name)
        for name in ("case", "decision_id", "revision", "action", "partner", "reason", "confirmed")
    }
    assert location(anna.post("/console/decide", **again)) == f"case?id={case}&told=decided"
    assert [vote.action for vote in world.only_case().votes] == ["refer"]


@pytest.mark.parametrize(
    ("action", "partner", "reason", "why"),
    [
        ("refer", "ngo-a", "They want a fee.", "a non-governmental partner is offered support cases"),
        ("refer", "border-c", "They want a fee.", "a partner that enforces immigration law receives notices only"),
        ("offer_support", "police-b", "They want a fee.", "support is offered through a non-governmental partner"),
        ("refer", "", "They want a fee.", "needs a partner that is configured and active"),
    ],
)
def test_what_would_be_refused_is_refused_before_it_is_confirmed(
    world: World, action: str, partner: str, reason: str, why: str
) -> None:
    [case] = open_cases(world, "urgent")
    anna = Browser("anna")
    shown = anna.get(f"/console/case?id={case}")
    fields = {name: hidden(shown, name) for name in ("decision_id", "revision")}
    refused = anna.post("/console/decide", case=case, action=action, partner=partner, reason=reason, **fields)
    assert refused["statusCode"] == 403
    assert why in refused["body"]
    assert f'href="../console/case?id={case}"' in refused["body"]
    assert world.only_case().votes == ()


def test_support_takes_two_people_and_a_referral_two_dimensions_beside(world: World) -> None:
    [case] = open_cases(world, "urgent")
    page = Browser("anna").get(f"/console/case?id={case}")["body"]
    said = dict(re.findall(r'value="(offer_support|refer)".*?<small>([^<]*)</small>', page))
    assert said == {"offer_support": "two people", "refer": "two people, two kinds of signs"}
    assert re.search(r'<option value="police-b">Unit B \(police\)</option>', page)


def test_who_has_voted_reads_so_on_the_case(world: World) -> None:
    [case] = open_cases(world, "urgent")
    anna = Browser("anna")
    shown = anna.get(f"/console/case?id={case}")
    fields = {name: hidden(shown, name) for name in ("decision_id", "revision")}
    anna.post(
        "/console/decide",
        case=case,
        action="refer",
        partner="police-b",
        reason="They want a fee.",
        confirmed="yes",
        **fields,
    )
    assert "You have judged this case: Refer to a partner (Unit B)" in anna.get(f"/console/case?id={case}")["body"]
    assert "You have judged this case" not in Browser("ben").get(f"/console/case?id={case}")["body"]


def test_what_is_refused_says_so_in_the_readers_language_before_the_detail(world: World) -> None:
    [case] = open_cases(world, "urgent")
    anna = Browser("anna")
    missing = anna.get("/console/case?id=nosuch&lang=uk")["body"]
    assert "Такого тут немає" in missing
    assert '<span lang="en">case nosuch: no such case</span>' in missing
    fields = {"decision_id": "d-1", "revision": hidden(anna.get(f"/console/case?id={case}&lang=uk"), "revision")}
    wrong = anna.post(
        "/console/decide",
        case=case,
        action="refer",
        partner="ngo-a",
        reason="They want a fee.",
        confirmed="yes",
        **fields,
    )
    assert wrong["statusCode"] == 403
    assert "Цього не можна зробити в цій справі" in wrong["body"]


def test_whoever_judges_second_sees_nothing_of_the_first(world: World) -> None:
    [case] = open_cases(world, "urgent")
    anna, ben = Browser("anna"), Browser("ben")
    shown = anna.get(f"/console/case?id={case}")
    fields = {name: hidden(shown, name) for name in ("decision_id", "revision")}
    anna.post(
        "/console/decide",
        case=case,
        action="refer",
        partner="police-b",
        reason="They want a fee.",
        confirmed="yes",
        **fields,
    )
    second = ben.get(f"/console/case?id={case}")["body"]
    assert "A colleague has judged this case" in second
    assert "a person voted" not in second
    assert "a person voted" in anna.get(f"/console/case?id={case}")["body"]


def test_another_teams_case_isnt_even_said_to_exist(world: World) -> None:
    [case] = open_cases(world, "review")
    answer = Browser("eve").get(f"/console/case?id={case}")
    assert answer["statusCode"] == 404
    assert "no such case" in answer["body"]


def test_a_form_that_was_not_shown_in_this_session_does_nothing(world: World) -> None:
    [case] = open_cases(world, "review")
    anna = Browser("anna")
    answer = anna.post(
        "/console/decide", case=case, action="dismiss", reason="x", decision_id="d", revision="0", token="forged"
    )
    assert location(answer).startswith("sign-in")
    assert world.only_case().votes == ()


def test_the_chosen_language_stays(world: World) -> None:
    open_cases(world, "review")
    anna = Browser("anna")
    assert '<html lang="en">' in anna.get("/console")["body"]
    assert '<html lang="uk">' in anna.get("/console", **{"accept-language": "uk"})["body"]
    assert '<html lang="uk">' in anna.get("/console?lang=uk")["body"]
    assert '<html lang="uk">' in anna.get("/console", **{"accept-language": "en"})["body"]


def test_a_campaign_is_shown_and_the_look_at_it_entered(world: World) -> None:
    [case] = open_cases(world, "review")
    answer = Browser("anna").get(f"/console/campaign?id={case}")
    assert answer["statusCode"] == 200
    assert Browser("eve").get(f"/console/campaign?id={case}")["statusCode"] == 404
    views = [entry for entry in world.ledger.newest(views_of(case)) if entry.payload == {"what": ["campaign"]}]
    assert [entry.actor for entry in views] == ["anna"]


@pytest.mark.parametrize(
    ("path", "allowed"), [("/console/metrics", {"zoe", "ada"}), ("/console/partners", {"zoe", "ada"})]
)
def test_measures_and_partners_open_for_those_who_answer_for_them(world: World, path: str, allowed: set[str]) -> None:
    open_cases(world, "review")
    for actor in ("anna", "zoe", "ada"):
        browser = Browser(actor)
        assert browser.get(path)["statusCode"] == (200 if actor in allowed else 403), actor
        assert (f'href="{path.lstrip("/")}"' in browser.get("/console")["body"]) == (actor in allowed)


def test_a_script_and_a_style_of_our_own_are_all_that_is_loaded(world: World) -> None:
    anna = Browser("anna")
    for name, kind in (("script.js", "text/javascript"), ("style.css", "text/css")):
        answer = anna.get(f"/console/{name}")
        assert answer["statusCode"] == 200
        assert kind in str(answer["headers"].get("Content-Type") or answer["multiValueHeaders"]["Content-Type"])
    policy = str(anna.get("/console")["headers"]["Content-Security-Policy"])
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_what_is_told_is_one_of_our_own_texts(world: World) -> None:
    open_cases(world, "review")
    assert "evil" not in Browser("anna").get("/console?told=evil")["body"]


def test_a_package_is_recalled_from_the_page_of_partners(world: World) -> None:
    [case] = open_cases(world, "urgent")
    for actor in ("anna", "ben"):
        browser = Browser(actor)
        shown = browser.get(f"/console/case?id={case}")
        fields = {name: hidden(shown, name) for name in ("decision_id", "revision")}
        browser.post(
            "/console/decide",
            case=case,
            action="refer",
            partner="police-b",
            reason="They want a fee.",
            confirmed="yes",
            **fields,
        )
    world.run()
    zoe = Browser("zoe")
    listed = zoe.get("/console/partners")
    assert "issued, not fetched" in listed["body"]
    answer = zoe.post("/console/recall", referral=hidden(listed, "referral"), team="team-a", reason="Mistaken.")
    assert location(answer) == "partners?team=team-a&told=recalled"
    assert "The package is recalled" in zoe.get("/console/partners?team=team-a&told=recalled")["body"]


def test_the_outcome_of_a_decided_case_is_told_by_a_senior(world: World) -> None:
    [case] = open_cases(world, "review")
    anna, zoe = Browser("anna"), Browser("zoe")
    shown = anna.get(f"/console/case?id={case}")
    fields = {name: hidden(shown, name) for name in ("decision_id", "revision")}
    anna.post("/console/decide", case=case, action="remove", reason="They want a fee.", **fields)
    revision = str(world.only_case().revision)
    answer = zoe.post(
        "/console/outcome", case=case, revision=revision, opinion="confirmed", reason="The inspectorate said so."
    )
    assert location(answer) == f"case?id={case}&told=outcome"
    assert [outcome.opinion for outcome in world.only_case().outcomes] == ["confirmed"]


def test_what_the_rules_of_a_case_forbid_is_said_on_the_page(world: World) -> None:
    [case] = open_cases(world, "review")
    answer = Browser("zoe").post("/console/hold", case=case, revision="0", hours="90", reason="An inquiry.")
    assert answer["statusCode"] in (403, 409)
    assert 'role="alert"' in answer["body"]
    answer = Browser("anna").post("/console/snooze", case=case, rule="none", days="x", reason="Misread.")
    assert answer["statusCode"] == 422


NOTICE = {
    "kind": "notice", "explanation": "They keep the papers.", "url": "https://jobs.example/offers?id=17", "good_faith": True,
    "name": "Quittenmus", "email": "notifier@example.net",
}  # fmt: skip


def test_where_a_reported_offer_stands_is_shown_as_text_and_what_can_be_done(world: World) -> None:
    world.report(NOTICE)
    world.run()
    page = Browser("anna").get(f"/console/case?id={world.only_case().case}")["body"]
    assert "They keep the papers." in page
    assert "https://jobs.example/offers?id=17" in page
    assert 'href="https://jobs.example' not in page
    assert "No platform of ours sent this offer" in page
    assert "No warning sign was found" not in page
    assert [word for word in ("Quittenmus", "notifier@example.net") if word in page] == []


def test_a_notice_of_an_offence_against_a_child_is_named_in_the_queue_and_on_its_page(world: World) -> None:
    world.publish(post("1", "urgent offer"), post("2", "review offer"))
    world.run()
    world.report(NOTICE | {"child_sexual_offence": True})
    world.run()
    queue = Browser("anna").get("/console")["body"]
    child = next(case.case for case in world.cases.all() if case.child_notice)
    assert re.findall(r'data-case="([^"]*)"', queue)[0] == child
    assert queue.count("offence against a child") == 1
    page = Browser("anna").get(f"/console/case?id={child}")["body"]
    assert "due within two hours" in page
    assert "offence against a child" in page
    for case in world.cases.all():
        if case.case != child:
            assert "offence against a child" not in Browser("anna").get(f"/console/case?id={case.case}")["body"]


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_after_an_erasure_the_page_says_so_and_claims_nothing_of_what_was_found(world: World, share: float) -> None:
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=share)
    [case] = open_cases(world, "review: call me")
    world.clock.advance(days=2)
    Vault(world).erase("0")
    page = Browser("anna").get(f"/console/case?id={case}")["body"]
    assert "erased on 2026-03-04 09:00 UTC" in page
    assert "request of 3 May" in page
    assert "call me" not in page
    for untrue in ("No warning sign was found", "Nobody has read this post"):
        assert untrue not in page


def test_a_text_that_is_kept_back_is_not_said_to_hold_no_sign(world: World) -> None:
    world.config.all_teams["team-a"] = Team(id="team-a", severe_per_day=0)
    world.report(NOTICE | {"child_sexual_offence": True, "url": None, "platform": "alpha", "post_id": "1"})
    world.publish(post("1", "review offer"))
    world.run()
    page = Browser("anna").get(f"/console/case?id={world.only_case().case}")["body"]
    assert "No warning sign was found" not in page


LACKING = "a referral needs signs of two kinds that count"


def test_that_the_evidence_carries_no_referral_is_said_before_somebody_writes_why(world: World) -> None:
    [case] = open_cases(world, "urgent paperless")
    anna = Browser("anna")
    shown = anna.get(f"/console/case?id={case}")["body"]
    offered = shown.partition('value="refer"')[2].partition("</label>")[0]
    assert LACKING in offered
    fields = {name: hidden({"body": shown}, name) for name in ("decision_id", "revision")}
    refused = anna.post(
        "/console/decide",
        case=case,
        action="refer",
        partner="police-b",
        reason="They want a fee.",
        confirmed="yes",
        **fields,
    )
    assert refused["statusCode"] == 403


def test_where_the_evidence_carries_it_nothing_is_said(world: World) -> None:
    [case] = open_cases(world, "urgent")
    assert LACKING not in Browser("anna").get(f"/console/case?id={case}")["body"]


def test_a_refused_form_leads_back_to_its_case(world: World) -> None:
    [case] = open_cases(world, "review")
    answer = Browser("anna").post(
        "/console/decide", case=case, action="dismiss", reason="", decision_id="d", revision="9"
    )
    assert answer["statusCode"] in (403, 409)
    assert f'href="../console/case?id={case}"' in answer["body"]


@pytest.mark.parametrize("case", ['"><script>', "x" * 300, ""])
def test_a_form_about_no_case_leads_to_the_queue_alone(world: World, case: str) -> None:
    answer = Browser("anna").post("/console/skip", case=case)
    assert answer["statusCode"] >= 400
    assert "case?id=" not in answer["body"]
    assert "<script>" not in answer["body"]
