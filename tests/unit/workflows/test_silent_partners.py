"""Packages that nobody fetches: an alarm, and another partner of the same kind in the place of the silent one."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace

import pytest

from screening.cases.vote import Action
from screening.errors import NotFoundError, TransientError
from screening.workflows.records import Referral
from tests.fakes.faults import Killed
from tests.fakes.world import BORDER, NGO, POLICE, SECRET, World
from tests.unit.workflows.deciding import ANNA, BEN, SONIA, configure, decide, fetch, one_case, the_case

D = replace(POLICE, id="police-d", name="Unit D", queue="screening-partner-police-d")
E = replace(NGO, id="ngo-e", name="Help line E", queue="screening-partner-ngo-e")


def endless() -> float:
    return 900.0


@pytest.fixture
def world() -> World:
    made = one_case()
    for partner in (D, E):
        made.config.all_partners[partner.id] = partner
        made.secrets.put("partner", partner.id, SECRET)
    return made


def issued(world: World, action: Action = "refer", partner: str = "police-b") -> Referral:
    case = the_case(world)
    if action == "notify_authority":
        decide(world, case, SONIA, action, partner)
    else:
        decide(world, case, ANNA, action, partner)
        decide(world, case, BEN, action, partner)
    (referral,) = world.referrals.referrals.values()
    return referral


def others(world: World, first: Referral) -> list[Referral]:
    return [one for one in world.referrals.referrals.values() if one.id != first.id]


def may_fetch(world: World, referral: Referral) -> bool:
    try:
        fetch(world, referral.id, referral.partner)
    except NotFoundError:
        return False
    return True


def test_a_package_is_not_called_back_for_a_partner_that_would_get_it_expired(world: World) -> None:
    configure(world, "police-b", fallback="police-d", fetch_within_days=5)
    configure(world, "police-d", expiry_days=5)
    first = issued(world)
    world.clock.advance(days=5, minutes=1)
    assert world.reroute(endless) == 1
    assert others(world, first) == []
    assert may_fetch(world, first)


def test_nothing_happens_before_the_partners_own_days_are_over(world: World) -> None:
    configure(world, "police-b", fallback="police-d", fetch_within_days=5)
    first = issued(world)
    world.clock.advance(days=5, seconds=-1)
    assert world.reroute(endless) == 0
    assert not others(world, first)
    assert not world.metrics.counts["PackagesLeftLying"]
    world.clock.advance(seconds=1)
    assert world.reroute(endless) == 1
    assert len(others(world, first)) == 1


def test_what_lies_too_long_is_counted_for_the_alarm_each_day_where_nobody_stands_in(world: World) -> None:
    first = issued(world)
    world.clock.advance(days=4)
    world.reroute(endless)
    world.clock.advance(days=1)
    world.reroute(endless)
    assert world.metrics.counts["PackagesLeftLying"] == 2
    assert may_fetch(world, first)


def acknowledged(world: World, referral: Referral, *states: str) -> None:
    for state in states:
        body = json.dumps({"id": referral.id, "state": state}).encode()
        world.acknowledge(referral.partner, world.signed(body), body)


@pytest.mark.parametrize("states", [["received"], ["accepted"], ["declined", "accepted"]])
def test_who_takes_a_ticket_and_never_fetches_the_package_raises_the_alarm_and_keeps_it(
    world: World, states: list[str]
) -> None:
    """Somebody is there and said that they take it: a person asks them, nobody calls it back behind their back."""
    configure(world, "police-b", fallback="police-d")
    first = issued(world)
    acknowledged(world, first, *states)
    world.clock.advance(days=4)
    assert world.reroute(endless) == 1
    assert world.metrics.counts["PackagesLeftLying"] == 1
    assert others(world, first) == []
    assert may_fetch(world, first)
    assert world.reroute(endless) == 0


@pytest.mark.parametrize("state", ["declined", "closed"])
def test_who_says_that_it_is_not_wanted_need_not_fetch_it(world: World, state: str) -> None:
    first = issued(world)
    acknowledged(world, first, state)
    world.clock.advance(days=4)
    assert world.reroute(endless) == 0


def test_the_package_goes_to_the_other_and_the_first_can_not_be_fetched_any_more(world: World) -> None:
    configure(world, "police-b", fallback="police-d")
    first = issued(world)
    world.clock.advance(days=4)
    world.reroute(endless)
    (second,) = others(world, first)
    assert (second.partner, second.instead_of, second.ticket_sent) == ("police-d", first.id, True)
    assert [ticket["id"] for ticket in world.partner_queue.sent[D.queue]] == [second.id]
    assert not may_fetch(world, first)
    assert may_fetch(world, second)
    entries = [entry for entry in world.cases.ledger(the_case(world).case) if entry.kind == "rerouted"]
    assert [(entry.payload or {}).get("instead_of") for entry in entries] == [first.id]


def test_done_again_it_changes_nothing_more(world: World) -> None:
    configure(world, "police-b", fallback="police-d")
    first = issued(world)
    world.clock.advance(days=4)
    world.reroute(endless)
    before = dict(world.referrals.referrals)
    assert world.reroute(endless) == 0
    assert world.referrals.referrals == before
    assert len(world.partner_queue.sent[D.queue]) == 1
    assert world.referrals.referrals[first.id].state == "recalled"


def test_who_stands_in_and_is_silent_too_raises_the_alarm_alone(world: World) -> None:
    configure(world, "police-b", fallback="police-d")
    configure(world, "police-d", fallback="police-b")
    first = issued(world)
    world.clock.advance(days=4)
    world.reroute(endless)
    world.clock.advance(days=4)
    assert world.reroute(endless) == 1
    (second,) = others(world, first)
    assert may_fetch(world, second)


@pytest.mark.parametrize(
    ("action", "silent", "fallback", "stands_in"),
    [
        ("refer", "police-b", "police-d", True),
        ("refer", "police-b", "ngo-a", False),
        ("refer", "police-b", "border-c", False),  # it enforces immigration law: notices alone
        ("refer", "police-b", "inspectorate-f", False),
        ("refer", "police-b", "police-b", False),
        ("refer", "police-b", "nobody", False),
        ("offer_support", "ngo-a", "ngo-e", True),
        ("offer_support", "ngo-a", "police-d", False),
        ("notify_authority", "police-b", "border-c", True),
        ("notify_authority", "border-c", "police-d", True),
    ],
)
def test_only_a_partner_of_the_same_kind_and_no_wider_rights_stands_in(
    world: World, action: Action, silent: str, fallback: str, stands_in: bool
) -> None:
    world.config.all_partners["inspectorate-f"] = replace(D, id="inspectorate-f", kind="labour_inspectorate")
    configure(world, silent, fallback=fallback)
    first = issued(world, action, silent)
    world.clock.advance(days=4)
    assert world.reroute(endless) == 1
    assert bool(others(world, first)) == stands_in
    assert may_fetch(world, first) != stands_in


def test_an_inactive_fallback_receives_nothing(world: World) -> None:
    configure(world, "police-b", fallback="police-d")
    configure(world, "police-d", active=False)
    first = issued(world)
    world.clock.advance(days=4)
    world.reroute(endless)
    assert may_fetch(world, first)


def test_a_notice_that_goes_on_to_who_enforces_immigration_law_names_no_papers(world: World) -> None:
    configure(world, "police-b", fallback="border-c")
    first = issued(world, "notify_authority", "police-b")
    world.clock.advance(days=4)
    world.reroute(endless)
    (second,) = others(world, first)
    body = fetch(world, second.id, BORDER.id).body
    assert b'"notice"' in body
    assert b"contacts" not in body


def test_what_is_fetched_in_this_very_moment_stays_with_its_partner(world: World) -> None:
    configure(world, "police-b", fallback="police-d")
    first = issued(world)
    world.clock.advance(days=4)

    def quicker() -> None:
        fetch(world, first.id)

    world.faults.meanwhile("referrals.update", quicker)
    world.reroute(endless)
    assert not others(world, first)
    assert world.referrals.referrals[first.id].state == "fetched"
    assert D.queue not in world.partner_queue.sent


CALLS = [
    "referrals.update",
    "referrals.put_package",
    "referrals.create",
    "cases.save",
    "partner_queue.send",
    "sealer.seal",
]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("how", ["kill_before", "kill_after"])
@pytest.mark.parametrize("nth", [1, 2, 3])
@pytest.mark.parametrize("eager", [True, False])
def test_a_crash_on_the_way_never_lets_both_fetch_and_loses_nothing(
    world: World, call: str, how: str, nth: int, eager: bool
) -> None:
    """`eager`: the first partner asks for its package right after the crash."""
    configure(world, "police-b", fallback="police-d")
    first = issued(world)
    world.clock.advance(days=4)
    getattr(world.faults, how)(call, nth)
    with contextlib.suppress(Killed):
        world.reroute(endless)
    world.faults.forget()
    early = eager and may_fetch(world, first)
    world.reroute(endless)
    fetched = [one for one in (first, *others(world, first)) if may_fetch(world, one)]
    assert len(fetched) == 1
    assert not early or fetched == [first]


def test_a_recall_by_a_person_in_between_binds(world: World) -> None:
    configure(world, "police-b", fallback="police-d")
    first = issued(world)
    world.clock.advance(days=4)
    world.faults.kill_before("referrals.create")
    with pytest.raises(Killed):
        world.reroute(endless)
    world.recall(SONIA, first.id, "Wrong offer.")
    world.reroute(endless)
    assert not others(world, first)
    assert not may_fetch(world, first)


def test_one_package_that_cannot_go_on_keeps_no_other_back(world: World) -> None:
    configure(world, "police-b", fallback="police-d")
    first = issued(world)
    gone = replace(first, id="of-a-case-long-gone", case="gone", issued_at=first.issued_at.replace(hour=1))
    world.referrals.referrals[gone.id] = gone
    world.clock.advance(days=4)
    with pytest.raises(TransientError, match="1 packages"):
        world.reroute(endless)
    assert [one.partner for one in others(world, first) if one.instead_of == first.id] == ["police-d"]
    assert world.metrics.counts["RerouteFailed"] == 1


def test_a_fallback_that_is_configured_wrongly_leaves_the_package_where_it_is(world: World) -> None:
    configure(world, "police-b", fallback="police-d")
    configure(world, "police-d", fields=frozenset({"contatcs"}))
    first = issued(world)
    world.clock.advance(days=4)
    with pytest.raises(TransientError):
        world.reroute(endless)
    assert may_fetch(world, first)


def test_a_run_without_time_says_that_it_was_not_done(world: World) -> None:
    issued(world)
    world.clock.advance(days=4)
    with pytest.raises(TransientError, match="next run"):
        world.reroute(lambda: 1.0)
