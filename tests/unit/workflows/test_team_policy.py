"""A team's policy text: versioned, and each change in the administration's chain."""

from __future__ import annotations

import pytest

from screening.cases.ledger import ADMINISTRATION, LedgerEntry, chain_faults
from screening.errors import ConflictError, PermanentError
from screening.workflows.records import TeamPolicy
from screening.workflows.team_policy import LONGEST_POLICY
from tests.fakes.world import World


def put(world: World, text: str, by: str = "operator:olga") -> TeamPolicy:
    return world.keep_policy.put("team-a", text, actor=by, reason="by command")


def entries(world: World) -> list[LedgerEntry]:
    return [entry for (chain, _), entry in sorted(world.cases.entries.items()) if chain == ADMINISTRATION]


def test_each_version_is_kept_with_who_and_when() -> None:
    world = World()
    first = put(world, "# Pay\r\nWe look at pay first.\n")
    world.clock.advance(days=1)
    second = put(world, "We look at papers first.", "operator:piotr")
    assert (first.version, first.text, first.by) == (1, "# Pay\nWe look at pay first.", "operator:olga")
    assert world.config.policy("team-a") == world.keep_policy.read("team-a") == second
    assert (second.version, second.by) == (2, "operator:piotr")
    assert world.keep_policy.read("team-a", 1) == first
    assert world.keep_policy.read("team-a", 3) is world.keep_policy.read("team-b") is None


def test_each_change_has_its_entry_and_the_same_text_has_none() -> None:
    world = World()
    put(world, "We look at pay first.")
    put(world, " We look at pay first.\n")
    (entry,) = entries(world)
    payload = entry.payload or {}
    assert (entry.kind, entry.actor, payload["what"], payload["id"]) == (
        "configured",
        "operator:olga",
        "policy",
        "team-a",
    )
    assert payload["changed"]["version"] == [None, 1]
    assert "look at pay" not in repr(payload)
    put(world, "We look at papers first.")
    assert not chain_faults(entries(world))
    assert (entries(world)[1].payload or {})["changed"]["version"] == [1, 2]


def test_it_is_withdrawn_and_set_again() -> None:
    world = World()
    with pytest.raises(PermanentError):
        put(world, "  ")
    put(world, "We look at pay first.")
    assert put(world, "").text == ""
    assert put(world, "We look at pay first.").version == 3


def test_it_has_twenty_thousand_characters_at_most() -> None:
    world = World()
    put(world, "x" * LONGEST_POLICY)
    with pytest.raises(PermanentError):
        put(world, "x" * (LONGEST_POLICY + 1))


def test_two_changes_in_one_moment_lose_neither() -> None:
    world = World()
    put(world, "One.")
    world.faults.meanwhile("settings.write", lambda: put(world, "Two."))
    with pytest.raises(ConflictError):
        put(world, "Three.")
    assert put(world, "Three.").version == 3
