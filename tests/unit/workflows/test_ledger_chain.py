"""Views in the ledger, the nightly root, verification, and payloads that go with their cases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from screening.cases.ledger import LedgerEntry, next_entry, views_of
from screening.errors import ConflictError, NotFoundError, PermanentError, TransientError
from screening.workflows.daily import DailyTask
from screening.workflows.ledger_check import parsed_lines, verify_export
from tests.fakes.faults import Killed
from tests.fakes.world import World, person, post
from tests.unit.workflows.erasing import Vault

ANNA = person("anna", "reviewer")


@pytest.fixture
def vault() -> Vault:
    world = World()
    world.publish(post("1", "review: call me"))
    world.run()
    return Vault(world)


def rewritten(vault: Vault, chain: str) -> None:
    """Somebody who may write the table writes a chain anew, with hashes that hold."""
    made: list[LedgerEntry] = []
    for entry in vault.ledger.entries(chain):
        made.append(
            next_entry(
                case=chain, index=entry.index, prev_hash=made[-1].hash if made else "", kind=entry.kind, actor="forged",
                at=entry.at, salt="00" * 16, payload={},
            )
        )  # fmt: skip
    vault.world.cases.entries |= {(chain, entry.index): entry for entry in made}


def test_a_view_stands_in_the_ledger_and_changes_no_case(vault: Vault) -> None:
    case = vault.world.only_case()
    vault.view(case.case, "anna", ("text", "contacts"))
    (entry,) = vault.ledger.entries(views_of(case.case))
    assert (entry.kind, entry.actor, entry.payload) == ("viewed", "anna", {"what": ["contacts", "text"]})
    assert vault.world.only_case() == case
    assert vault.verify(case.case).faults == []


def test_the_same_view_within_a_quarter_of_an_hour_is_one_entry(vault: Vault) -> None:
    case = vault.world.only_case().case
    for actor, what, minutes in [
        ("anna", "text", 0), ("ben", "text", 5), ("anna", "text", 5), ("anna", "contacts", 0), ("anna", "text", 5), ("anna", "text", 1),
    ]:  # fmt: skip
        vault.world.clock.advance(minutes=minutes)
        vault.view(case, actor, (what,))
    seen = [(entry.actor, entry.payload) for entry in vault.ledger.entries(views_of(case))]
    assert seen == [
        ("anna", {"what": ["text"]}), ("ben", {"what": ["text"]}), ("anna", {"what": ["contacts"]}),
        ("anna", {"what": ["text"]}),
    ]  # fmt: skip


def test_two_who_look_at_once_are_two_entries(vault: Vault) -> None:
    case = vault.world.only_case().case
    vault.world.faults.meanwhile("ledger.append", lambda: vault.view(case, "ben", ("text",)))
    vault.view(case, "anna", ("text",))
    assert [entry.actor for entry in vault.ledger.entries(views_of(case))] == ["ben", "anna"]
    assert vault.verify().faults == []


def test_nothing_is_shown_where_the_view_can_not_be_entered(vault: Vault) -> None:
    vault.world.faults.throttle("ledger.append")
    with pytest.raises(TransientError):
        vault.view("case", "anna", ("text",))


def test_roots_follow_one_another_and_the_ledger_verifies(vault: Vault) -> None:
    for _ in range(3):
        vault.write_root()
        vault.world.clock.advance(days=1)
        vault.view(vault.world.only_case().case, "anna", ("text",))
    report = vault.verify()
    assert (report.faults, report.roots, report.chains) == ([], 3, 2)
    assert [root.number for root in vault.ledger.roots()] == [0, 1, 2]


def test_a_chain_written_anew_with_true_hashes_is_named_by_the_root_that_saw_it(vault: Vault) -> None:
    case = vault.world.only_case().case
    vault.write_root()
    rewritten(vault, case)
    assert [(fault.chain, fault.index) for fault in vault.verify().faults] == [(case, 0)]
    assert "root 0" in vault.verify(case).faults[0].text


def test_a_chain_that_is_gone_as_a_whole_is_named(vault: Vault) -> None:
    vault.write_root()
    case = vault.world.only_case().case
    vault.world.cases.entries.clear()
    (fault,) = vault.verify().faults
    assert (fault.chain, "missing as a whole" in fault.text) == (case, True)


def test_a_root_changed_in_the_table_is_named(vault: Vault) -> None:
    root = vault.write_root()
    vault.ledger.kept_roots[0] = replace(vault.ledger.kept_roots[0], hash="0" * 64)
    (fault,) = vault.verify().faults
    assert (fault.chain, fault.text) == (None, "root 0 of the table isn't that of the locked bucket")
    assert root.number == 0


@pytest.mark.parametrize("how", ["kill_before", "kill_after"])
@pytest.mark.parametrize("call", ["evidence.keep", "ledger.put_root"])
def test_a_night_that_died_half_way_is_taken_up(vault: Vault, call: str, how: str) -> None:
    getattr(vault.world.faults, how)(call)
    with pytest.raises(Killed):
        vault.write_root()
    vault.world.clock.advance(hours=1)
    vault.write_root()
    assert vault.verify().faults == []
    assert vault.ledger.last_root() is not None


def test_an_export_verifies_without_the_stack_and_without_what_the_entries_say(vault: Vault) -> None:
    vault.world.vote(ANNA, "remove", reason="It names Olena.")
    vault.write_root()
    lines = [json.dumps(line) for line in vault.export(payloads=False)]
    assert "Olena" not in "".join(lines)
    report = verify_export(parsed_lines(lines))
    assert (report.faults, report.entries, report.without_payload) == ([], 3, 3)


def test_every_line_of_an_export_that_is_dropped_is_missed(vault: Vault) -> None:
    vault.world.vote(ANNA, "remove")
    vault.view(vault.world.only_case().case, "anna", ("text",))
    vault.write_root()
    lines = list(vault.export())
    for place in range(1, len(lines)):
        without = lines[:place] + lines[place + 1 :]
        try:
            assert verify_export(without).faults, lines[place]
        except PermanentError:
            continue


def test_an_entry_moved_into_another_chain_is_named(vault: Vault) -> None:
    vault.view("case-2", "anna", ("text",))
    lines = list(vault.export())
    moved = [*lines, {"head": lines[-2]["head"]}, lines[1 + 1]]
    texts = [str(fault) for fault in verify_export(moved).faults]
    assert any("is of another chain" in text for text in texts)
    assert any("stands there twice" in text for text in texts)


@pytest.mark.parametrize(
    ("lines", "said"),
    [([], "is empty"), (["{"], "line 1: is no JSON"), (['{"a":1}'], "line 1: no export"), (["[]"], "line 1: line: an object")],
)  # fmt: skip
def test_what_is_no_export_is_refused_with_its_line(lines: list[str], said: str) -> None:
    with pytest.raises(PermanentError, match=said):
        verify_export(parsed_lines(lines))


@pytest.mark.parametrize(
    ("place", "line", "said"),
    [
        (1, "{", "line 2 can't be read"), (1, '{"entry":{}}', "line 2 can't be read: an entry stands before the head"),
        (-1, "{", "line 6 can't be read"), (-1, '{"entry":{"index":1}}', "entry 1 can't be read"),
        (-1, '{"entry":{}}', "the entry in line 6 can't be read"), (-1, '{"head":{}}', "line 6 can't be read"),
    ],
)  # fmt: skip
def test_a_line_that_can_not_be_read_is_a_fault_beside_all_others(
    vault: Vault, place: int, line: str, said: str
) -> None:
    vault.view("case-2", "anna", ("text",))
    lines = [json.dumps(one) for one in vault.export()]
    assert len(lines) == 5
    lines.insert(len(lines) if place == -1 else place, line)
    report = verify_export(parsed_lines(lines))
    assert [said in str(fault) for fault in report.faults] == [True]
    assert report.chains == 2


def test_a_case_that_the_ledger_does_not_know_is_said_so(vault: Vault) -> None:
    with pytest.raises(NotFoundError, match="nobody"):
        vault.verify("nobody")


def test_payloads_go_with_their_case_and_the_chain_stays_whole(vault: Vault) -> None:
    case = vault.world.vote(ANNA, "remove", reason="It names Olena.").case
    vault.view(case, "anna", ("text",))
    vault.write_root()
    vault.world.clock.advance(days=200)
    assert vault.forget() == 0  # the case is still there: on hold, perhaps
    del vault.world.cases.items[case]
    assert vault.forget() == 2
    for chain in (case, views_of(case)):
        assert [(entry.payload, entry.salt) for entry in vault.ledger.entries(chain)] == [(None, None)] * len(
            vault.ledger.entries(chain)
        )
    assert vault.verify().faults == []
    assert vault.forget() == 0


def test_a_chain_that_went_on_of_late_is_not_even_asked_for(vault: Vault) -> None:
    vault.world.cases.items.clear()
    vault.world.clock.advance(days=182)
    vault.world.faults.calls.clear()
    assert vault.forget() == 0
    assert "cases.read" not in vault.world.faults.calls
    vault.world.clock.advance(days=2)
    assert vault.forget() == 1


def test_one_daily_task_that_fails_keeps_no_other_from_its_work(vault: Vault) -> None:
    done: list[str] = []

    def fails(_remaining: object) -> int:
        raise KeyError("call Olena on +48 600 100 200")

    def transient(_remaining: object) -> int:
        raise TransientError("throttled")

    def works(_remaining: object) -> int:
        done.append("works")
        return 3

    run = vault.daily(DailyTask("broken", fails), DailyTask("slow", transient), DailyTask("good", works))
    with pytest.raises(TransientError, match=r"broken: KeyError at .*; slow: throttled") as raised:
        run()
    assert "Olena" not in str(raised.value)
    assert done == ["works"]
    assert vault.world.metrics.counts["DailyTaskFailed"] == 2
    assert vault.daily(DailyTask("good", works))() == {"good": 3}


def test_two_roots_of_one_night_are_refused(vault: Vault) -> None:
    root = vault.write_root()
    with pytest.raises(ConflictError):
        vault.ledger.put_root(replace(root, at=root.at + timedelta(seconds=1)))
