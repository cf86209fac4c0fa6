"""Evidence: a copy under lock of what was judged, and legal holds that keep it and their case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from screening.errors import ConflictError, NotFoundError, TransientError
from screening.workflows.archive_object import read_record
from screening.workflows.evidence import DEFAULT_DAYS, HOLDS, referral_key
from tests.fakes.world import World, person, post
from tests.unit.workflows.erasing import Vault

ANNA = person("anna", "reviewer")
TEXT = "review: call Olena on +48 600 100 200"


@pytest.fixture
def vault() -> Vault:
    world = World()
    world.publish(post("1", TEXT, contacts=("+48 600 100 200",)))
    world.run()
    return Vault(world)


def kept_of_referral(vault: Vault, name: str = "r1") -> str:
    case = vault.world.only_case()
    assert case.archive is not None
    return vault.keep.of_referral(case, case.archive, name, legal_basis="law")


def test_the_copy_is_the_record_as_it_was_judged_with_its_contacts_sealed(vault: Vault) -> None:
    key = kept_of_referral(vault)
    kept = vault.evidence.read(key)
    record = read_record(kept.body)
    assert record["post"]["description"] == TEXT
    assert "contacts" not in record["post"]
    assert b"contacts_sealed" in str(record).encode()
    assert kept.legal_basis == "law"
    assert kept.retain_until == vault.world.clock.now() + timedelta(days=DEFAULT_DAYS)


def test_keeping_it_again_later_changes_nothing(vault: Vault) -> None:
    key = kept_of_referral(vault)
    before = vault.evidence.kept[key]
    vault.world.clock.advance(days=3)
    vault.world.archive.objects.clear()  # not even where the archive has forgotten it
    assert kept_of_referral(vault) == key
    assert vault.evidence.kept[key] == before


def test_a_referral_of_a_case_on_hold_is_held_at_once(vault: Vault) -> None:
    vault.holds.set(vault.world.only_case().case, name="n", basis="b", by="olga")
    assert vault.evidence.read(kept_of_referral(vault)).held


def test_a_hold_keeps_case_and_copies_until_it_is_lifted(vault: Vault) -> None:
    world = vault.world
    case = world.vote(ANNA, "dismiss")
    world.saver.save(replace(case, referrals=("r1", "r2")), before=case, entries=[], correlation_id="t")
    copied = kept_of_referral(vault, "r1")
    held = vault.holds.set(case.case, name="court 12", basis="StPO section 94", by="operator:olga")
    assert len(held.evidence) == 2  # the referral's copy, and one of the record itself
    assert copied in held.evidence
    assert all(vault.evidence.read(key).held for key in held.evidence)
    assert world.only_case().hold == "court 12"
    assert world.cases.expires[case.case] is None
    lifted = vault.holds.lift(case.case, name="court 12", basis="proceedings ended", by="operator:olga")
    assert sorted(lifted.evidence) == sorted(held.evidence)
    assert not any(vault.evidence.read(key).held for key in lifted.evidence)
    assert world.only_case().hold is None
    assert world.cases.expires[case.case] is not None


def test_a_hold_stands_in_the_ledger_with_its_name_and_basis(vault: Vault) -> None:
    case = vault.world.only_case().case
    for _ in range(2):
        vault.holds.set(case, name="court 12", basis="StPO section 94", by="operator:olga")
    vault.holds.lift(case, name="court 12", basis="ended", by="operator:olga")
    entries = [(entry.kind, entry.actor, entry.payload) for entry in vault.ledger.entries(case)[1:]]
    assert entries == [
        ("held", "operator:olga", {"name": "court 12", "basis": "StPO section 94"}),
        ("hold_ended", "operator:olga", {"name": "court 12", "basis": "ended"}),
    ]


def test_another_hold_is_neither_laid_over_nor_lifted_by_a_wrong_name(vault: Vault) -> None:
    case = vault.world.only_case().case
    vault.holds.set(case, name="court 12", basis="b", by="olga")
    with pytest.raises(ConflictError, match="court 12"):
        vault.holds.set(case, name="court 13", basis="b", by="olga")
    with pytest.raises(NotFoundError, match="but on 'court 12'"):
        vault.holds.lift(case, name="court 13", basis="b", by="olga")
    with pytest.raises(NotFoundError, match="no such case"):
        vault.holds.set("nobody", name="n", basis="b", by="olga")


@pytest.mark.parametrize("call", ["evidence.keep", "evidence.hold", "archive.read", "cases.save"])
def test_a_hold_that_broke_off_is_gone_on_with(vault: Vault, call: str) -> None:
    case = vault.world.only_case().case
    vault.world.faults.throttle(call)
    with pytest.raises(TransientError):
        vault.holds.set(case, name="n", basis="b", by="olga")
    vault.holds.set(case, name="n", basis="b", by="olga")
    (key,) = vault.evidence.keys(f"{HOLDS}{case}/")
    assert vault.evidence.read(key).held
    assert [entry.kind for entry in vault.ledger.entries(case)].count("held") == 1


def test_a_record_that_is_gone_leaves_nothing_to_hold(vault: Vault) -> None:
    case = vault.world.only_case()
    vault.world.archive.objects.clear()
    assert vault.holds.set(case.case, name="n", basis="b", by="olga").evidence == ()
    assert referral_key(case.case, "r1") not in vault.evidence.kept
