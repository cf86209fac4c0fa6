"""Who may do what: every use case × role × reach, and every route of the three HTTP functions with its guard and use case.

A route without a row here fails the tests; so does a handler that calls another use case than its row says, or none of the
guards. What the use cases refuse is tested on them, since handlers hold no decisions.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from screening.cases.case_parts import CaseMember
from screening.errors import AuthenticationError, NotFoundError, PermissionDeniedError
from screening.workflows.notifier_answers import AskAboutReport
from screening.workflows.platform_answers import ListRejected, ReadAssessment
from screening.workflows.signatures import request_line
from tests.fakes.world import World, person
from tests.unit.authorisation import FIRST, ROLES, ROWS, SCOPES, Row, flagged, state_of, the_offer
from tests.unit.routes import CONSOLE, ROUTES, called_in, routes_of
from tests.unit.workflows.deciding import decide, fetch, referred

OTHER_SECRET = "whsec_" + "QUJD" * 10
POSTS = b'[{"id": "9", "title": "Baker", "description": "Baker wanted."}]'


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_role_may_do_what_its_row_says_within_its_reach(row: Row, role: Any) -> None:
    world = flagged(mild=row.mild)
    target = row.prepare(world)
    before = state_of(world)
    if role in row.allowed:
        row.ask(world, person("somebody", role), target)
        return
    with pytest.raises(PermissionDeniedError):
        row.ask(world, person("somebody", role), target)
    assert state_of(world) == before


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_out_of_reach_nothing_is_even_said_to_exist(row: Row, role: Any, scope: str) -> None:
    world = flagged(mild=row.mild)
    target = row.prepare(world)
    case = the_offer(world).case
    before = state_of(world)
    who = SCOPES[scope](person("somebody", role))
    if row.of_installation and role in row.allowed:
        row.ask(world, who, target)  # an administrator needs no team
        return
    if row.of_team and scope == "another platform" and role in row.allowed:
        assert case not in repr(row.ask(world, who, target))
    else:
        with pytest.raises((NotFoundError, PermissionDeniedError)) as refused:
            row.ask(world, who, target)
        if role in row.allowed:
            assert refused.type is NotFoundError
            real = str(refused.value).replace(target, "ID")
            if not row.of_team:
                with pytest.raises(NotFoundError) as unknown:
                    row.ask(world, who, "no-such-id")
                assert str(unknown.value).replace("no-such-id", "ID") == real
    assert state_of(world) == before


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_nobody_acts_without_a_role(row: Row) -> None:
    world = flagged(mild=row.mild)
    target = row.prepare(world)
    before = state_of(world)
    with pytest.raises(PermissionDeniedError):
        row.ask(world, person("somebody"), target)
    assert state_of(world) == before


def test_every_post_of_a_campaign_must_be_within_reach() -> None:
    world = flagged()
    case = the_offer(world)
    member = CaseMember(
        platform="beta", post_id="7", seq=1, version="v", kind="job", tier="review", archive=None, withdrawn=False,
        joined_at=case.opened_at,
    )  # fmt: skip
    world.saver.save(replace(case, members=(member,), member_count=1), before=case, entries=[], correlation_id="t")
    half, whole = (
        replace(person("somebody", "reviewer"), platforms=frozenset(names)) for names in (("alpha",), ("alpha", "beta"))
    )
    assert [one.case for one in world.list_cases(whole, "team-a").cases] == [case.case]
    assert not world.list_cases(half, "team-a").cases
    with pytest.raises(NotFoundError):
        world.read_case(half, case.case)


def test_every_use_case_of_the_console_has_rows() -> None:
    wired = {name for route in CONSOLE.values() for name in route.use_cases}
    of_their_own = {"decide_batch"}  # answers case by case: tests/unit/test_batch_authorisation.py
    assert wired - {row.use_case for row in ROWS} == of_their_own


SENDERS: dict[str, Callable[[World, str, Any], Any]] = {
    "receive_posts": lambda world, who, sign: world.receive(who, sign(POSTS), POSTS),
    "withdraw_post": lambda world, who, sign: world.withdraw(
        who, sign(_line("DELETE", f"/v1/platforms/{who}/posts", id="1")), "1"
    ),
    "read_assessment": lambda world, who, sign: ReadAssessment(
        gate=world.gate, posts=world.posts, archive=world.archive
    )(who, sign(_line("GET", f"/v1/platforms/{who}/assessment", id="1")), "1"),
    "list_rejected": lambda world, who, sign: ListRejected(gate=world.gate, posts=world.posts, clock=world.clock)(
        who, sign(_line("GET", f"/v1/platforms/{who}/rejected"))
    ),
    "read_campaign": lambda world, who, sign: world.read_campaign(
        "0" * 32, sign(_line("GET", f"/v1/campaigns/{'0' * 32}", platform=who)), who
    ),
    "receive_appeal": lambda world, who, sign: _sent(world.appeal, who, sign, {"post_id": "1", "text": "Why?"}),
    "take_notice_results": lambda world, who, sign: _sent(world.notice_results, who, sign, {"id": "1", "delivered": 1}),
    "fetch_package": lambda world, who, sign: world.fetch(
        who, sign(_line("GET", f"/v1/partners/{who}/packages", id=_issued(world))), _issued(world)
    ),
    "take_opinion": lambda world, who, sign: _sent(
        world.opinion, who, sign, {"id": _issued(world), "opinion": "lead"}
    ),
    "acknowledge_package": lambda world, who, sign: _sent(
        world.acknowledge, who, sign, {"id": _issued(world), "state": "received"}
    ),
}  # fmt: skip
OF_PARTNERS = frozenset({"fetch_package", "take_opinion", "acknowledge_package"})


def _line(method: str, path: str, **query: str) -> bytes:
    return request_line(method, path, **query)


def _sent(use_case: Any, who: str, sign: Any, body: dict[str, Any]) -> Any:
    written = json.dumps(body).encode()
    return use_case(who, sign(written), written)


def _issued(world: World) -> str:
    return next(iter(world.referrals.referrals))


def dealt_with() -> World:
    """The offer was referred and restricted, its applicants warned; the others' secrets are their own."""
    world = flagged()
    fetch(world, referred(world))
    decide(world, the_offer(world), FIRST, "warn_applicants")
    decide(world, the_offer(world), FIRST, "remove")
    world.secrets.put("platform", "beta", OTHER_SECRET)
    world.secrets.put("partner", "ngo-a", OTHER_SECRET)
    return world


@pytest.mark.parametrize("name", SENDERS)
def test_a_sender_signs_with_its_own_secret_and_no_other(name: str) -> None:
    world = dealt_with()
    own, other = ("police-b", "ngo-a") if name in OF_PARTNERS else ("alpha", "beta")
    before = state_of(world)
    for who in (own, "nobody"):
        with pytest.raises(AuthenticationError):
            SENDERS[name](world, who, lambda body: world.signed(body, secret=OTHER_SECRET))
    with pytest.raises(AuthenticationError):
        SENDERS[name](world, own, lambda body: world.signed(b"another request"))
    with pytest.raises(AuthenticationError):
        SENDERS[name](world, other, lambda body: world.signed(body))
    assert state_of(world) == before


@pytest.mark.parametrize("name", sorted(SENDERS.keys() - {"receive_posts", "withdraw_post", "list_rejected"}))
def test_what_belongs_to_another_sender_is_not_there(name: str) -> None:
    """Posts that a platform sends or withdraws are its own by the path that it signs; its rejected items are as well."""
    world = dealt_with()
    other = "ngo-a" if name in OF_PARTNERS else "beta"
    before = state_of(world)
    with pytest.raises(NotFoundError):
        SENDERS[name](world, other, lambda body: world.signed(body, secret=OTHER_SECRET))
    assert state_of(world) == before


@pytest.mark.parametrize("name", sorted(SENDERS.keys() - {"read_campaign"}))
def test_the_right_sender_is_served(name: str) -> None:
    world = dealt_with()
    SENDERS[name](world, "police-b" if name in OF_PARTNERS else "alpha", lambda body: world.signed(body, id="m-9"))


def test_every_use_case_of_the_signed_routes_has_a_row() -> None:
    assert {name for (function, _, _), route in ROUTES.items() if function == "api" for name in route.use_cases} == set(
        SENDERS
    )


def test_a_reports_answer_is_for_who_holds_its_token() -> None:
    world = flagged()
    first = world.report({"reason": "Strange.", "platform": "alpha", "post_id": "1"})
    second = world.report({"reason": "Strange.", "platform": "alpha", "post_id": "1"})
    ask = AskAboutReport(reports=world.reports, clock=world.clock, metrics=world.metrics)
    assert ask(first.report, first.token).report == first.report
    for report, token in ((first.report, second.token), (first.report, ""), ("unknown", first.token), ("", "")):
        with pytest.raises(NotFoundError):
            ask(report, token)


@pytest.mark.parametrize("function", ["api", "console", "public"])
def test_every_route_has_a_row_and_every_row_its_route(function: str) -> None:
    rows = {(path, method) for name, path, method in ROUTES if name == function}
    assert set(routes_of(function)) == rows


@pytest.mark.parametrize("key", ROUTES, ids=lambda key: " ".join(key))
def test_a_handler_has_the_guard_and_calls_the_use_case_of_its_row(key: tuple[str, str, str]) -> None:
    function, path, method = key
    found = called_in(routes_of(function)[path, method])
    assert (found.guards, found.use_cases) == (ROUTES[key].guards, ROUTES[key].use_cases)


def test_what_a_browser_posts_bears_the_sessions_form_token() -> None:
    posted = [key for key in CONSOLE if key[2] == "POST" and key[1].startswith("/console")]
    assert posted
    assert [key for key in posted if "form" not in CONSOLE[key].guards] == []
