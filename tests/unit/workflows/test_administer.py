"""What administrators change: each change with its entry, nothing lost or done twice, and what discloses more by two people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from screening.cases.ledger import ADMINISTRATION, LedgerEntry, case_of, chain_faults
from screening.errors import ConflictError, NotFoundError, PermanentError, PermissionDeniedError, TransientError
from screening.workflows.records import Partner, Platform, Team
from screening.workflows.settings_rules import discloses_more
from tests.fakes.world import NGO, SECRET, World, person

ADA, BO = person("ada", "administrator", teams=()), person("bo", "administrator", teams=())
WHY = "Agreed with them on Monday."
JOBS = Platform(id="jobs", team="team-a", webhook_url="https://jobs.example/hook")
WIDER = replace(NGO, countries=("PL", "UA"))


@pytest.fixture
def world() -> World:
    return World()


def entries(world: World) -> list[LedgerEntry]:
    return list(world.ledger.entries(ADMINISTRATION))


def proposed(world: World, partner: Partner = WIDER, seen: Partner | None = NGO) -> str:
    assert world.administer.put(ADA, partner, seen=seen, reason=WHY).did == "proposed"
    (waiting,) = world.administer.waiting(BO)
    return waiting.id


def test_a_change_is_entered_with_who_what_and_why(world: World) -> None:
    before, after = Team(id="team-a"), Team(id="team-a", daily_budget=40)
    done = world.administer.put(ADA, before, seen=None, reason=WHY)
    assert done.did == "changed"
    assert world.administer.put(ADA, after, seen=before, reason=WHY).did == "changed"
    assert world.config.team("team-a") == after
    first, second = entries(world)
    assert (second.kind, second.actor) == ("configured", "ada")
    assert second.payload == {"what": "team", "id": "team-a", "changed": {"daily_budget": [None, 40]}, "reason": WHY}
    assert first.payload is not None and first.payload["changed"]["severe_per_day"] == [None, 20]
    assert chain_faults(entries(world)) == ()


def test_a_form_that_comes_twice_changes_once(world: World) -> None:
    after = replace(world.config.platforms["alpha"], active=False)
    seen = world.config.platforms["alpha"]
    assert world.administer.put(ADA, after, seen=seen, reason=WHY).did == "changed"
    assert world.administer.put(ADA, after, seen=seen, reason=WHY).did == "unchanged"
    assert len(entries(world)) == 1


def test_an_edit_of_an_old_page_is_refused_with_what_changed(world: World) -> None:
    seen = world.config.platforms["alpha"]
    world.administer.put(ADA, replace(seen, active=False), seen=seen, reason=WHY)
    with pytest.raises(ConflictError, match="active: True -> False"):
        world.administer.put(BO, replace(seen, member_state="PL"), seen=seen, reason=WHY)
    assert world.config.platforms["alpha"].member_state is None
    assert len(entries(world)) == 1


def test_who_is_faster_by_a_moment_loses_no_change(world: World) -> None:
    seen = world.config.platforms["alpha"]
    world.faults.meanwhile(
        "settings.write", lambda: world.administer.put(BO, replace(seen, active=False), seen=seen, reason=WHY) and None
    )
    with pytest.raises(ConflictError):
        world.administer.put(ADA, replace(seen, member_state="PL"), seen=seen, reason=WHY)
    assert world.config.platforms["alpha"] == replace(seen, active=False)


def test_a_change_of_something_else_in_the_same_moment_only_moves_the_entry(world: World) -> None:
    alpha, beta = world.config.platforms["alpha"], world.config.platforms["beta"]
    world.faults.meanwhile(
        "settings.write", lambda: world.administer.put(BO, replace(beta, active=False), seen=beta, reason=WHY) and None
    )
    assert world.administer.put(ADA, replace(alpha, active=False), seen=alpha, reason=WHY).did == "changed"
    assert [entry.actor for entry in entries(world)] == ["bo", "ada"]
    assert chain_faults(entries(world)) == ()


@pytest.mark.parametrize("reason", ["", ".", "ok ok ok", "fine"])
def test_a_change_without_a_reason_is_refused(world: World, reason: str) -> None:
    with pytest.raises(PermanentError, match="needs a reason"):
        world.administer.put(ADA, JOBS, seen=None, reason=reason)
    assert not entries(world)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        (replace(JOBS, webhook_url="http://jobs.example/"), "an address with https"),
        (replace(JOBS, webhook_url="https://["), "an address with https"),
        (replace(JOBS, id="a/b"), "1 to 63 letters"),
        (replace(JOBS, member_state="CH"), "no Member State"),
        (replace(JOBS, team="nobody"), "has no review queue"),
        (Team(id="team-a", daily_budget=0), "1 at least"),
        (Team(id="team-a", second_review_share=1.5), "from 0 to 1"),
        (Team(id="nobody"), "has no review queue"),
        (replace(NGO, id="new", queue="elsewhere"), "begins with screening-partner-"),
        (replace(NGO, id="new", queue="screening-partner-new"), "there is no queue"),
        (replace(NGO, id="new", fields=frozenset({"rank"})), "no field rank"),
        (replace(NGO, id="new", countries=("Poland",)), "two letters"),
        (replace(NGO, id="new", fallback="police-b"), "of another kind"),
        (replace(NGO, id="new", fallback="nobody"), "no other partner"),
        (replace(NGO, id="new", legal_basis=" "), "is empty"),
        (replace(NGO, id="new", fetch_within_days=14), "1 to 13 days"),
    ],
)
def test_what_can_not_work_is_refused_by_its_field(world: World, setting: Any, words: str) -> None:
    with pytest.raises(PermanentError, match=words):
        world.administer.put(ADA, setting, seen=None, reason=WHY)
    assert not entries(world)
    assert not world.administer.waiting(ADA)


def test_a_new_platforms_secret_is_told_once_and_stands_in_no_entry(world: World) -> None:
    done = world.administer.put(ADA, JOBS, seen=None, reason=WHY)
    assert done.secret is not None
    assert world.secrets.signing_secrets("platform", "jobs", refresh=True) == (done.secret,)
    again = world.administer.put(ADA, JOBS, seen=None, reason=WHY)
    assert (again.did, again.secret) == ("unchanged", None)
    assert done.secret not in repr(entries(world)) + repr(world.settings.kept)


def test_two_secrets_hold_after_a_rotation_and_a_form_sent_twice_rotates_once(world: World) -> None:
    fresh = world.administer.rotate(ADA, "platform", "alpha", seen=0, reason=WHY).secret
    assert world.secrets.signing_secrets("platform", "alpha", refresh=True) == (fresh, SECRET)
    with pytest.raises(ConflictError):
        world.administer.rotate(ADA, "platform", "alpha", seen=0, reason=WHY)
    assert world.secrets.signing_secrets("platform", "alpha", refresh=True) == (fresh, SECRET)
    state = world.administer.secret_state(ADA, "platform", "alpha")
    assert state is not None and (state.number, state.changed_at) == (1, world.clock.now())
    with pytest.raises(NotFoundError):
        world.administer.rotate(ADA, "platform", "nobody", seen=0, reason=WHY)


def test_a_secret_that_could_not_be_stored_was_told_to_nobody_and_can_be_made_anew(world: World) -> None:
    world.faults.throttle("secrets.put")
    with pytest.raises(TransientError):
        world.administer.put(ADA, JOBS, seen=None, reason=WHY)
    assert world.secrets.signing_secrets("platform", "jobs", refresh=True) == ()
    fresh = world.administer.rotate(ADA, "platform", "jobs", seen=1, reason=WHY).secret
    assert world.secrets.signing_secrets("platform", "jobs", refresh=True) == (fresh,)


def test_passwords_in_an_address_stand_in_no_entry(world: World) -> None:
    secret = replace(JOBS, webhook_url="https://us:pw@jobs.example/hook?token=4711")
    world.administer.put(ADA, secret, seen=None, reason=WHY)
    first = entries(world)[0].payload
    assert first is not None and first["changed"]["webhook_url"] == [None, "https://…@jobs.example/hook?…"]


def test_a_team_that_a_platform_leaves_stays_known(world: World) -> None:
    alpha = world.config.platforms["alpha"]
    world.administer.put(ADA, replace(alpha, team="team-b"), seen=alpha, reason=WHY)
    assert [team.id for team in world.administer.teams(ADA)] == ["team-a", "team-b"]


NARROWER = (
    replace(NGO, active=False), replace(NGO, fields=frozenset({"kind"})), replace(NGO, expiry_days=3),
    replace(NGO, immigration_enforcement=True), replace(NGO, name="Another name"), replace(NGO, formats=("json", "html")),
)  # fmt: skip
WIDENED = (
    replace(NGO, fields=NGO.fields | {"text"}), WIDER, replace(NGO, kind="police"), replace(NGO, expiry_days=31),
    replace(NGO, queue="screening-partner-other"), replace(NGO, legal_basis="Another law"),
)  # fmt: skip


def test_what_discloses_more_takes_two_and_what_narrows_one() -> None:
    assert [discloses_more(NGO, after) for after in NARROWER] == [False] * len(NARROWER)
    assert [discloses_more(NGO, after) for after in WIDENED] == [True] * len(WIDENED)
    assert discloses_more(None, NGO)
    assert discloses_more(replace(NGO, active=False), NGO)
    assert discloses_more(replace(NGO, immigration_enforcement=True), NGO)
    assert discloses_more(NGO, replace(NGO, fallback="other"))
    assert not discloses_more(None, JOBS)
    assert discloses_more(JOBS, replace(JOBS, webhook_url="https://elsewhere.example/"))
    assert not discloses_more(JOBS, replace(JOBS, webhook_url=None))
    assert discloses_more(Team(id="a"), Team(id="a", translation_characters=9))
    assert not discloses_more(
        Team(id="a", translation_characters=9), Team(id="a", translation_characters=8, daily_budget=4)
    )


def test_a_wider_policy_holds_once_a_second_administrator_confirmed_it(world: World) -> None:
    waiting = proposed(world)
    assert world.config.partner("ngo-a") == NGO
    with pytest.raises(PermissionDeniedError, match="another administrator"):
        world.administer.answer(ADA, "partner", "ngo-a", waiting, confirms=True, reason="")
    assert world.administer.answer(BO, "partner", "ngo-a", waiting, confirms=True, reason="").did == "changed"
    assert world.config.partner("ngo-a") == WIDER
    assert not world.administer.waiting(ADA)
    asked, done = entries(world)
    assert (asked.kind, asked.actor, done.kind, done.actor) == ("proposed", "ada", "configured", "bo")
    assert done.payload is not None and done.payload["proposed_by"] == "ada"
    assert done.payload["changed"] == {"countries": [["PL"], ["PL", "UA"]]}
    with pytest.raises(NotFoundError):
        world.administer.answer(BO, "partner", "ngo-a", waiting, confirms=True, reason="")
    assert len(entries(world)) == 2


def test_a_new_partners_secret_is_told_to_who_confirmed_it(world: World) -> None:
    new = replace(NGO, id="new", queue="screening-partner-new")
    world.queue_names.names.add("screening-partner-new")
    waiting = proposed(world, new, None)
    assert world.config.partner("new") is None
    assert world.secrets.signing_secrets("partner", "new", refresh=True) == ()
    done = world.administer.answer(BO, "partner", "new", waiting, confirms=True, reason="")
    assert world.secrets.signing_secrets("partner", "new", refresh=True) == (done.secret,)


def test_a_partners_rotation_waits_for_a_second_person(world: World) -> None:
    assert world.administer.rotate(ADA, "partner", "ngo-a", seen=0, reason=WHY).did == "proposed"
    assert world.secrets.signing_secrets("partner", "ngo-a") == (SECRET,)
    (waiting,) = world.administer.waiting(BO)
    done = world.administer.answer(BO, "partner", "ngo-a", waiting.id, confirms=True, reason="")
    assert world.secrets.signing_secrets("partner", "ngo-a", refresh=True) == (done.secret, SECRET)
    assert done.secret is not None and done.secret not in repr(entries(world))


def test_a_proposal_is_over_after_seven_days(world: World) -> None:
    waiting = proposed(world)
    world.clock.advance(days=7)
    assert not world.administer.waiting(BO)
    with pytest.raises(NotFoundError, match="no such proposal waits"):
        world.administer.answer(BO, "partner", "ngo-a", waiting, confirms=True, reason="")
    assert world.config.partner("ngo-a") == NGO
    assert proposed(world) != waiting


def test_a_proposal_sent_twice_is_one_and_another_of_the_same_partner_waits_its_turn(world: World) -> None:
    proposed(world)
    proposed(world)
    assert len(entries(world)) == 1
    with pytest.raises(ConflictError, match="another change of it waits"):
        world.administer.put(BO, replace(NGO, expiry_days=60), seen=NGO, reason=WHY)


def test_a_proposal_is_declined_with_a_reason_or_taken_back(world: World) -> None:
    for who in (ADA, BO):
        waiting = proposed(world)
        with pytest.raises(PermanentError, match="needs a reason"):
            world.administer.answer(who, "partner", "ngo-a", waiting, confirms=False, reason="")
        done = world.administer.answer(who, "partner", "ngo-a", waiting, confirms=False, reason="Not what was agreed.")
        assert done.did == "declined"
        assert not world.administer.waiting(BO)
    assert [entry.kind for entry in entries(world)] == ["proposed", "declined"] * 2
    assert world.config.partner("ngo-a") == NGO


def test_switching_a_partner_off_waits_for_nobody_and_makes_what_waits_void(world: World) -> None:
    waiting = proposed(world)
    world.administer.put(ADA, replace(NGO, active=False), seen=NGO, reason=WHY)
    with pytest.raises(ConflictError, match="active: True -> False"):
        world.administer.answer(BO, "partner", "ngo-a", waiting, confirms=True, reason="")
    assert world.config.partner("ngo-a") == replace(NGO, active=False)


def test_what_was_confirmed_at_once_by_two_holds_once(world: World) -> None:
    waiting = proposed(world)
    cai = person("cai", "administrator")
    world.faults.meanwhile(
        "settings.write",
        lambda: world.administer.answer(cai, "partner", "ngo-a", waiting, confirms=True, reason="") and None,
    )
    with pytest.raises(ConflictError):
        world.administer.answer(BO, "partner", "ngo-a", waiting, confirms=True, reason="")
    assert [entry.kind for entry in entries(world)] == ["proposed", "configured"]


def test_changes_are_read_page_by_page_the_newest_first(world: World) -> None:
    for number in range(30):
        seen = world.config.all_teams.get("team-a")
        world.administer.put(ADA, Team(id="team-a", severe_per_day=number), seen=seen, reason=WHY)
    first, second = world.administer.changes(ADA), world.administer.changes(ADA, 2)
    assert ([entry.index for entry in first.entries], first.more) == (list(range(29, 4, -1)), True)
    assert ([entry.index for entry in second.entries], second.more) == (list(range(4, -1, -1)), False)


def test_the_chain_is_kept_when_others_are_forgotten() -> None:
    assert case_of(ADMINISTRATION) is None
