"""Erasing a post: nothing of it is left but what the proof names, nothing else is touched, and nothing brings it back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from screening.assessment.record import ArchivePointer
from screening.cases.case import Case
from screening.cases.decisions import DecisionRequest
from screening.errors import ConflictError, NotFoundError, TransientError
from screening.workflows.archive_erasure import KEPT_DAYS, DeleteRewritten, goes_on
from screening.workflows.archive_object import iter_records
from screening.workflows.archived import read_archived
from screening.workflows.evidence import referral_key
from screening.workflows.heads import version_name
from screening.workflows.keep_out import kept_out
from screening.workflows.records import Report
from tests.fakes.basics import START
from tests.fakes.faults import Killed
from tests.fakes.world import World, person, post
from tests.template_reader import read_template
from tests.unit.workflows.erasing import Vault

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
SECRET = "Olena"
TEXT = f"review: call {SECRET} on +48 600 100 200, two weeks unpaid trial"


@pytest.fixture
def vault() -> Vault:
    world = World()
    world.publish(
        post("1", TEXT, contacts=("+48 600 100 200",)), post("2", "review: a quiet job"), post("3", "watch another job")
    )
    world.run()
    for head in world.posts.heads.values():  # as a release that stored versions in the posts table left them
        text = TEXT if head.id == "1" else "review: a quiet job"
        world.erasures.left[head.platform, head.id, head.seq, head.version] = text
    return Vault(world)


def case_of(vault: Vault, post_id: str) -> Case:
    (case,) = [case for case in vault.world.cases.all() if case.post_id == post_id]
    return case


def vote_on(vault: Vault, post_id: str, who: Any, action: Any, partner: str | None = None) -> Case:
    case = case_of(vault, post_id)
    request = DecisionRequest(
        decision_id=vault.world.ids.new_id(), action=action, revision=case.revision, reason=f"It names {SECRET}.",
        partner=partner,
    )  # fmt: skip
    return vault.world.decide(case.case, who, request)


def referred(vault: Vault) -> str:
    vote_on(vault, "1", ANNA, "refer", "police-b")
    vote_on(vault, "1", BEN, "refer", "police-b")
    vault.world.run()
    (referral,) = vault.world.referrals.referrals
    return referral


def fetch(vault: Vault, referral: str) -> bytes:
    line = vault.world.signed_line("GET", "/v1/partners/police-b/packages", id=referral)
    return vault.world.fetch("police-b", line, referral).body


def everything(vault: Vault) -> str:
    """All that any store holds, packed records unpacked."""
    world = vault.world
    archive = [record for key, body in world.archive.objects.items() for _, record in iter_records(key, body)]
    parts = [archive, world.posts.heads, world.erasures.left, world.cases.items, world.cases.entries, world.referrals.packages]  # fmt: skip
    return "\n".join(map(repr, parts))


def pointer_of(vault: Vault, post_id: str) -> ArchivePointer:
    pointer = vault.world.posts.heads["alpha", post_id].archive
    assert pointer is not None
    return pointer


def test_nothing_of_the_post_is_left_and_the_others_are_as_they_were(vault: Vault) -> None:
    world = vault.world
    vote_on(vault, "1", ANNA, "remove")
    others = {post_id: pointer_of(vault, post_id) for post_id in ("2", "3")}
    before = {post_id: read_archived(world.archive, pointer) for post_id, pointer in others.items()}
    own = pointer_of(vault, "1")
    assert SECRET in everything(vault)
    proof = vault.erase()
    assert SECRET not in everything(vault)
    assert "+48" not in everything(vault)
    assert {post_id: read_archived(world.archive, pointer) for post_id, pointer in others.items()} == before
    with pytest.raises(NotFoundError):
        read_archived(world.archive, own)
    assert world.posts.read_head(("alpha", "1")) is None
    assert world.posts.read_head(("alpha", "2")) is not None
    assert set(proof.counts) >= {"archive", "posts", "ledger", "cases", "links"}
    assert vault.verify().faults == []


def test_the_proof_holds_hashes_and_nothing_of_what_was_erased(vault: Vault) -> None:
    referral = referred(vault)
    fetch(vault, referral)
    proof = vault.erase().to_dict()
    text = json.dumps(proof, ensure_ascii=False)
    assert SECRET not in text
    assert "+48" not in text
    assert proof["sha256"]
    archived = [line for line in proof["erased"] if line["where"] == "archive"]
    assert all(len(line["sha256_before"]) == len(line["sha256_after"]) == 64 for line in archived)
    assert {line["where"] for line in proof["left"]} >= {"ledger", "uploads", "queues", "backups"}
    assert all(line["basis"] for line in proof["left"])


def test_the_proof_is_entered_in_the_ledger_of_the_case(vault: Vault) -> None:
    proof = vault.erase()
    assert proof.entered is not None
    entry = vault.ledger.entries(case_of(vault, "1").case)[-1]
    assert (entry.kind, entry.actor, entry.index) == ("erased", "operator:olga", proof.entered["index"])
    assert entry.payload is not None
    assert entry.payload["proof"] == proof.sha256
    assert entry.payload["reason"] == "request of 3 May"


def test_a_second_run_finds_nothing_more_and_enters_nothing(vault: Vault) -> None:
    vote_on(vault, "1", ANNA, "remove")
    referred_before = len(vault.ledger.entries(case_of(vault, "1").case))
    vault.erase()
    entered = len(vault.ledger.entries(case_of(vault, "1").case))
    assert entered == referred_before + 1
    again = vault.erase()
    assert (again.erased, again.entered) == ([], None)
    assert len(vault.ledger.entries(case_of(vault, "1").case)) == entered


def test_a_dry_run_says_the_same_and_changes_nothing(vault: Vault) -> None:
    vote_on(vault, "1", ANNA, "remove")
    before = everything(vault)
    planned = vault.erase(dry_run=True)
    assert everything(vault) == before
    assert not vault.erasures.put
    done = vault.erase()
    assert planned.counts == done.counts
    assert planned.entered is None


@pytest.mark.parametrize("how", ["kill_before", "kill_after", "throttle"])
@pytest.mark.parametrize(
    "call",
    ["erasures.put_tombstone", "erasures.rewrite_object", "erasures.delete_version", "erasures.delete_head", "referrals.update", "erasures.delete_package", "ledger.erase_payload", "cases.save", "links.read_keys"],
)  # fmt: skip
def test_a_run_that_broke_off_is_gone_on_with(vault: Vault, call: str, how: str) -> None:
    referred(vault)
    vault.world.faults.forget()
    getattr(vault.world.faults, how)(call)
    try:
        vault.erase()
    except (Killed, TransientError):
        vault.world.faults.forget()
    vault.world.faults.forget()
    vault.erase()
    assert SECRET not in everything(vault)
    kinds = [entry.kind for entry in vault.ledger.entries(case_of(vault, "1").case)]
    assert "erased" in kinds
    assert vault.verify().faults == []
    assert vault.erase().erased == []


def test_a_package_that_was_not_fetched_is_recalled_and_gone(vault: Vault) -> None:
    referral = referred(vault)
    proof = vault.erase()
    assert vault.world.referrals.referrals[referral].state == "recalled"
    assert not vault.world.referrals.packages
    assert proof.to_be_told == []
    with pytest.raises(NotFoundError):
        fetch(vault, referral)
    recalls = [entry for entry in vault.ledger.entries(case_of(vault, "1").case) if entry.kind == "referral_recalled"]
    assert [entry.payload for entry in recalls] == [{"referral": referral, "reason": "erased", "was": "issued"}]


def test_a_partner_that_fetched_it_must_be_told(vault: Vault) -> None:
    referral = referred(vault)
    fetch(vault, referral)
    proof = vault.erase()
    assert [(line["partner"], line["referral"]) for line in proof.to_be_told] == [("police-b", referral)]
    assert vault.world.referrals.referrals[referral].state == "recalled"
    kinds = {entry.kind for entry in vault.ledger.entries(case_of(vault, "1").case) if entry.payload is not None}
    assert {"referral_issued", "referral_fetched", "erased"} <= kinds
    assert not kinds & {"opened", "vote", "decision"}


def test_a_legal_hold_forbids_it_by_name_until_it_is_lifted(vault: Vault) -> None:
    case = case_of(vault, "1").case
    vault.holds.set(case, name="district court 12/2026", basis="StPO section 94", by="operator:olga")
    for dry_run in (True, False):
        with pytest.raises(ConflictError, match="district court 12/2026"):
            vault.erase(dry_run=dry_run)
    assert not vault.erasures.put
    vault.holds.lift(case, name="district court 12/2026", basis="proceedings ended", by="operator:olga")
    proof = vault.erase()
    assert "archive" in proof.counts
    kinds = [entry.kind for entry in vault.ledger.entries(case)]
    assert kinds.index("held") < kinds.index("hold_ended") < kinds.index("erased")


def test_evidence_under_lock_is_named_with_its_basis(vault: Vault) -> None:
    referral = referred(vault)
    case = case_of(vault, "1")
    pointer = case.decisions[-1].archive
    assert pointer is not None
    key = vault.keep.of_referral(case, pointer, referral, legal_basis="national law on reports to the police")
    assert key == referral_key(case.case, referral)
    kept = [line for line in vault.erase().left if line["where"] == "evidence"]
    assert [line["what"] for line in kept] == [key]
    assert "national law on reports to the police" in kept[0]["basis"]
    assert "under lock until" in kept[0]["basis"]
    assert vault.evidence.kept[key].body


def test_reports_stay_with_their_notifier_unless_asked_for(vault: Vault) -> None:
    case = case_of(vault, "1")
    vault.world.reports.reports["n1"] = Report(
        id="n1", platform="alpha", post_id="1", language=None, received_at=START, sealed="x", expires=START
    )
    vault.world.saver.save(replace(case, reports=("n1",)), before=case, entries=[], correlation_id="t")
    assert any(line["where"] == "reports" for line in vault.erase().left)
    assert "n1" in vault.world.reports.reports
    assert vault.erase(with_reports=True).counts == {"reports": 1}
    assert vault.world.reports.reports == {}


def test_a_post_without_case_is_entered_in_the_chain_of_erasures(vault: Vault) -> None:
    vault.world.publish(post("4", "quiet"))
    vault.world.run()
    proof = vault.erase("4")
    assert proof.entered is not None
    assert proof.entered["chain"] == "erasures"
    assert set(proof.counts) >= {"archive", "posts"}
    assert vault.verify().faults == []


def test_an_unknown_post_is_said_so_and_leaves_no_tombstone(vault: Vault) -> None:
    with pytest.raises(NotFoundError, match="nothing is known"):
        vault.erase("nobody")
    assert not vault.erasures.put
    assert not vault.world.links.tombstoned([("alpha", "nobody")])


def test_earlier_versions_that_no_head_knows_any_more_go_too(vault: Vault) -> None:
    vault.world.clock.advance(days=1)
    vault.world.publish(post("1", "quiet now, and harmless"))
    vault.world.run()
    assert SECRET in everything(vault)
    vault.erase()
    assert SECRET not in everything(vault)


def test_the_tombstone_knows_every_version_and_lets_a_new_one_be_screened(vault: Vault) -> None:
    first = vault.world.posts.heads["alpha", "1"]
    vault.world.clock.advance(days=1)
    edited = post("1", "quiet now, and harmless")
    vault.world.publish(edited)
    vault.world.run()
    second = vault.world.posts.heads["alpha", "1"]
    vault.erase()
    tombstone = vault.erasures.put["alpha", "1"]
    assert {first.version, second.version} <= set(tombstone.versions)
    assert tombstone.covers(first.seq, first.version)
    assert tombstone.covers(second.seq + 10**6, version_name(edited.content_hash(), "published"))
    assert not tombstone.covers(second.seq + 1, "f" * 16)


def test_rescoring_neither_finds_nor_brings_back_what_was_erased(vault: Vault) -> None:
    world = vault.world
    vault.erase()
    plan = world.plan_rescore("run-1", world.clock.now())
    assert plan.count
    for line in world.rescores.manifests["run-1"]:
        world.rescore_chunk(json.loads(line))
    assert SECRET not in everything(vault)
    assert ("alpha", "1") not in world.posts.heads


def test_an_object_rewritten_by_another_erasure_keeps_both_erased(vault: Vault) -> None:
    def another() -> None:
        vault.erase("2")

    vault.world.faults.meanwhile("erasures.rewrite_object", another)
    vault.erase("1")
    left = [record["post"]["id"] for key, body in vault.world.archive.objects.items() for _, record in iter_records(key, body)]  # fmt: skip
    assert sorted(set(left)) == ["3"]


def test_the_other_records_of_a_rewritten_object_stay_no_longer_for_it(vault: Vault) -> None:
    world = vault.world
    key = pointer_of(vault, "1").key
    vault.erase()
    assert pointer_of(vault, "2").key == key
    delete = DeleteRewritten(rewritten=vault.erasures, clock=world.clock, metrics=world.metrics)
    world.clock.advance(days=KEPT_DAYS["kept"] - 1)
    assert delete() == 0
    assert key in world.archive.objects
    world.clock.advance(days=1)
    assert delete() == 1
    assert key not in world.archive.objects
    assert delete() == 0


def test_the_lifecycle_s_days_are_those_of_the_template() -> None:
    rules = read_template()["Resources"]["ArchiveBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    days = {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules if rule.get("Prefix", "").startswith("text/")}
    assert days == {f"text/{kept}/": number for kept, number in KEPT_DAYS.items()}
    assert goes_on("text/brief/platform=p/x", START) == (START + timedelta(days=120)).date()


def test_erased_versions_are_kept_out_whenever_they_come_and_newer_ones_are_not(vault: Vault) -> None:
    head = vault.world.posts.heads["alpha", "1"]
    vault.erase()
    key = ("alpha", "1")
    received = [
        (key, head.seq, head.version), (key, head.seq - 5, "e" * 16), (key, head.seq + 9, head.version),
        (key, head.seq + 9, "e" * 16), (("alpha", "2"), head.seq, head.version), (("beta", "1"), head.seq, head.version),
    ]  # fmt: skip
    assert kept_out(received, vault.world.posts.standing([key, ("alpha", "2"), ("beta", "1")]).erased) == {0, 1, 2}
    assert kept_out([], {}) == frozenset()


def test_an_erased_post_that_is_sent_again_is_counted_and_nothing_of_it_stored(vault: Vault) -> None:
    vault.erase()
    objects = dict(vault.world.archive.objects)
    vault.world.publish(post("1", TEXT, contacts=("+48 600 100 200",)))
    vault.world.run()
    assert vault.world.metrics.counts["ErasedPostsKeptOut"] == 1
    assert ("alpha", "1") not in vault.world.posts.heads
    assert vault.world.archive.objects == objects


def test_a_head_that_is_erased_while_an_edit_is_screened_does_not_come_back(vault: Vault) -> None:
    """The edit was read before the tombstone was put: its second delivery finds that, and the erased content stays out."""
    world = vault.world
    world.clock.advance(seconds=5)
    world.publish(post("1", TEXT, contacts=("+48 600 100 200",)))
    seq = world.posts.heads["alpha", "1"].seq

    def erase() -> None:
        vault.erase()

    world.faults.meanwhile("posts.write_head", erase)
    world.run()
    assert world.posts.erased["alpha", "1"].seq >= seq
    assert ("alpha", "1") not in world.posts.heads
    assert world.metrics.counts["ErasedPostsKeptOut"] == 1


def test_an_appeal_s_case_goes_with_the_post_it_is_about(vault: Vault) -> None:
    """Nothing but the decided case leads to it: by the post it can't be found."""
    world = vault.world
    vote_on(vault, "1", ANNA, "remove")
    world.run()
    body = json.dumps({"post_id": "1", "text": f"{SECRET} pays fairly.", "language": "en"}).encode()
    world.appeal("alpha", world.signed(body, id="a-1"), body)
    world.run()
    (appealed,) = [case for case in world.cases.all() if case.appeal is not None]
    assert appealed.appeal is not None
    request = DecisionRequest(
        decision_id="d-appeal", action="uphold", revision=appealed.revision, reason=f"{SECRET} doesn't."
    )
    world.decide(appealed.case, BEN, request)
    world.run()
    proof = vault.erase(with_reports=True)
    assert SECRET not in everything(vault)
    assert world.reports.read(appealed.appeal.report) is None
    assert any(appealed.case in line["what"] for line in proof.erased)
    assert vault.verify().faults == []


def test_why_a_restriction_was_held_back_goes_and_until_when_a_legal_hold_stood_stays(vault: Vault) -> None:
    world = vault.world
    sonia = person("sonia", "senior")
    vote_on(vault, "1", sonia, "notify_authority", "police-b")
    world.run()
    case = case_of(vault, "1")
    world.hold_statement(sonia, case.case, revision=case.revision, hours=24, reason=f"{SECRET} is there.")
    vault.holds.set(case.case, name="court 12/2026", basis="order", by="operator:olga")
    vault.holds.lift(case.case, name="court 12/2026", basis="over", by="operator:olga")
    vault.erase()
    assert SECRET not in everything(vault)
    held = [entry.payload for entry in vault.ledger.entries(case.case) if entry.kind == "held"]
    assert held == [None, {"name": "court 12/2026", "basis": "order"}]
    assert vault.verify().faults == []


def test_every_case_that_the_post_led_tells_of_the_erasure_and_the_proof_names_the_newest() -> None:
    world, anna = World(), person("anna", "reviewer")
    vault = Vault(world)
    world.publish(post("1", "review: call me"))
    world.run()
    world.clock.advance(hours=1)
    world.vote(anna, "warn_applicants")
    world.clock.advance(hours=1)
    world.publish(post("1", "urgent: another offer", updated_at=world.clock.now()))
    world.run()
    cases = sorted(world.cases.all(), key=lambda case: case.generation)
    assert [case.generation for case in cases] == [1, 2]
    proof = vault.erase()
    for case in cases:
        told = world.read_case(anna, case.case).erased
        assert told is not None
        assert (told.at, told.reason) == (world.clock.now(), "request of 3 May")
    assert proof.entered is not None
    assert proof.entered["chain"] == cases[1].case
    assert vault.verify().faults == []
    assert vault.erase().entered is None
