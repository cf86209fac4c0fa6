"""Cases, their ledger and their outbox: one transaction, refused as a whole where somebody was quicker."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from screening.aws.case_store import DynamoDbCaseStore
from screening.aws.dynamo import Table
from screening.cases.case import Case, case_id
from screening.cases.case_parts import OutboxItem
from screening.cases.ledger import LedgerEntry, chain_faults, next_entry
from screening.cases.vote import Decision
from screening.errors import ConflictError, TransientError
from screening.ports import CampaignPointer, CaseChange, LatestCase, PostPointer, Snooze
from tests.component.conftest import no_pause, stub_client

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def case(post_id: str = "17", **changes: Any) -> Case:
    return replace(
        Case(
            case=case_id("olx-pl", post_id, 1), generation=1, team="general", platform="olx-pl", post_id=post_id, seq=1,
            version="a" * 16, kind="job", tier="review", highest_tier="review", rank=0.5, concerns=(), dimensions={},
            indicators=(), queue="review", state="open", opened_at=NOW, due_at=NOW + timedelta(hours=24), facts_at=NOW,
            revision=1,
        ),
        **changes,
    )  # fmt: skip


def owed(number: int, minutes: int = 5) -> OutboxItem:
    return OutboxItem(id=f"owed-{number}", kind="event", body={"n": number}, since=NOW - timedelta(minutes=minutes))


def pointer(*, generation: int = 1, seen: str | None = None) -> PostPointer:
    return PostPointer("olx-pl", "17", generation, seen)


def decided(post_id: str, minutes: int, **changes: Any) -> Case:
    """A case that was dismissed so many minutes ago."""
    made = Decision(
        action="dismiss", partner=None, decided_at=NOW - timedelta(minutes=minutes), votes=("v",), actors=("a",)
    )
    return case(post_id, **{"state": "decided", "decisions": (made,)} | changes)


def entry(of: Case, index: int = 0, prev: str = "") -> LedgerEntry:
    return next_entry(
        case=of.case, index=index, prev_hash=prev, kind="opened", actor="system:review", at=NOW, salt="00" * 16,
        payload={"tier": "review"},
    )  # fmt: skip


@pytest.fixture
def store(make_table: Any) -> DynamoDbCaseStore:
    return DynamoDbCaseStore(make_table("CasesTable"), make_table("LedgerTable"), retention_days=183, pause=no_pause)


def test_a_case_is_read_back_with_its_ledger_and_pointer(store: DynamoDbCaseStore) -> None:
    opened = case(outbox=(owed(1), owed(2)))
    first = entry(opened)
    second = entry(opened, 1, first.hash)
    store.save(CaseChange(opened, None, (first, second), pointers=(pointer(),)))
    assert store.read(opened.case) == opened
    assert store.ledger(opened.case) == (first, second)
    assert chain_faults(store.ledger(opened.case), head_index=1, head_hash=second.hash) == ()
    latest = store.latest_of("olx-pl", "17")
    assert latest == LatestCase(opened.case, 1)
    assert store.latest_of("olx-pl", "18") is None
    assert store.latest_of_each([("olx-pl", "17"), ("olx-pl", "18")]) == {("olx-pl", "17"): latest}
    assert store.read("no such case") is None


def test_a_second_writer_changes_nothing(store: DynamoDbCaseStore) -> None:
    opened = case()
    store.save(CaseChange(opened, None, (entry(opened),)))
    for expected in (None, 2):
        with pytest.raises(ConflictError):
            store.save(CaseChange(replace(opened, tier="urgent", revision=2), expected, (entry(opened, 1, "x"),)))
    taken = CaseChange(replace(opened, tier="urgent", revision=2), 1, (entry(opened),))
    with pytest.raises(ConflictError):
        store.save(taken)  # the ledger entry of that index exists
    assert store.read(opened.case) == opened
    assert len(store.ledger(opened.case)) == 1


def test_a_pointer_moves_only_from_where_it_was_seen_to_lead(store: DynamoDbCaseStore) -> None:
    first, second = case(), case(case=case_id("olx-pl", "17", 2), generation=2)
    store.save(CaseChange(first, None, (), pointers=(pointer(),)))
    for seen in (None, "another case"):
        with pytest.raises(ConflictError):
            store.save(CaseChange(second, None, (), pointers=(pointer(generation=2, seen=seen),)))
    assert store.read(second.case) is None, "nothing of it was written"
    assert store.latest_of("olx-pl", "17") == LatestCase(first.case, 1)
    store.save(CaseChange(second, None, (), pointers=(pointer(generation=2, seen=first.case),)))
    assert store.latest_of("olx-pl", "17") == LatestCase(second.case, 2)


def test_a_pointer_seen_where_there_is_none_refuses_the_change(store: DynamoDbCaseStore) -> None:
    with pytest.raises(ConflictError):
        store.save(CaseChange(case(), None, (), pointers=(pointer(seen="gone"),)))
    assert store.latest_of("olx-pl", "17") is None


def test_campaigns_have_a_pointer_in_each_team(store: DynamoDbCaseStore) -> None:
    opened, other = case(), case("18", team="another")
    store.save(CaseChange(opened, None, (), pointers=(pointer(), CampaignPointer("general", "c-1", None))))
    store.save(CaseChange(other, None, (), pointers=(CampaignPointer("another", "c-1", None),)))
    assert store.latest_of_campaign("general", "c-1") == opened.case
    assert store.latest_of_campaign("another", "c-1") == other.case
    assert store.latest_of_campaign("general", "c-2") is None
    rival = CaseChange(case("19"), None, (), pointers=(CampaignPointer("general", "c-1", None),))
    with pytest.raises(ConflictError):
        store.save(rival)
    assert store.latest_of_campaign("general", "c-1") == opened.case


def test_one_change_moves_pointers_of_a_post_and_of_its_campaign_or_neither(store: DynamoDbCaseStore) -> None:
    opened = case()
    store.save(CaseChange(opened, None, (), pointers=(pointer(), CampaignPointer("general", "c-1", None))))
    joined = replace(opened, member_count=1, revision=2)
    pointers = (PostPointer("olx-pl", "18", 1, None), CampaignPointer("general", "c-1", "another case"))
    with pytest.raises(ConflictError):
        store.save(CaseChange(joined, 1, (), pointers=pointers))
    assert store.latest_of("olx-pl", "18") is None
    store.save(CaseChange(joined, 1, (), pointers=pointers[:1]))
    assert store.latest_of("olx-pl", "18") == LatestCase(opened.case, 1)


def test_a_delivered_item_leaves_the_outbox_without_a_new_revision(store: DynamoDbCaseStore) -> None:
    opened = case(outbox=(owed(1), owed(2)))
    store.save(CaseChange(opened, None, ()))
    before = NOW - timedelta(minutes=1)
    assert store.pending(before=before, limit=10) == (opened,)
    assert store.pending(before=NOW - timedelta(minutes=9), limit=10) == ()
    store.mark_delivered(opened.case, ["owed-1"])
    assert store.pending(before=before, limit=10) == (replace(opened, outbox=(owed(2),)),)
    store.mark_delivered(opened.case, ["owed-2", "never heard of"])
    assert store.pending(before=before, limit=10) == ()
    found = store.read(opened.case)
    assert found is not None and (found.outbox, found.revision) == ((), 1)
    store.mark_delivered("no such case", ["x"])


def test_all_that_is_owed_leaves_with_one_write_and_what_came_since_stays(make_table: Any) -> None:
    table = make_table("CasesTable")
    writes: list[str] = []

    class Watched(Table):
        def update(self, pk: str, sk: str, **more: Any) -> Any:
            writes.append(more["UpdateExpression"])
            return super().update(pk, sk, **more)

    watched = Watched(table.dynamodb, table.name, pause=no_pause)
    store = DynamoDbCaseStore(watched, make_table("LedgerTable"), retention_days=183, pause=no_pause)
    opened = case(outbox=(owed(1), owed(2)))
    store.save(CaseChange(opened, None, ()))
    store.mark_delivered(opened.case, ["owed-1", "owed-2"])
    assert len(writes) == 1
    assert store.pending(before=NOW, limit=10) == ()
    later = replace(opened, revision=2, outbox=(owed(3), owed(4)))
    store.save(CaseChange(later, 1, ()))
    store.mark_delivered(opened.case, ["owed-3"])
    assert store.pending(before=NOW, limit=10) == (replace(later, outbox=(owed(4),)),)


class Forbidden:
    """DynamoDB to a function whose policy lacks BatchGetItem."""

    def __init__(self, dynamodb: Any) -> None:
        self._dynamodb = dynamodb

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dynamodb, name)

    def batch_get_item(self, **_asked: Any) -> None:
        raise ClientError({"Error": {"Code": "AccessDeniedException"}}, "BatchGetItem")


def test_what_is_owed_and_can_t_be_read_is_no_empty_outbox(store: DynamoDbCaseStore, dynamodb: Any) -> None:
    store.save(CaseChange(case(outbox=(owed(1),)), None, ()))
    cases, ledger = (Table(Forbidden(dynamodb), name, pause=no_pause) for name in ("CasesTable", "LedgerTable"))
    refused = DynamoDbCaseStore(cases, ledger, retention_days=183, pause=no_pause)
    with pytest.raises(TransientError, match="can't be read"):
        refused.pending(before=NOW, limit=10)
    assert refused.pending(before=NOW - timedelta(hours=1), limit=10) == ()


def test_a_queue_is_in_order_of_due_time_over_all_its_shards(store: DynamoDbCaseStore) -> None:
    for number in range(25):
        due = NOW + timedelta(minutes=(number * 7) % 25)
        store.save(CaseChange(case(f"p{number}", due_at=due), None, ()))
    store.save(CaseChange(case("other team", team="another"), None, ()))
    store.save(CaseChange(case("closed", state="decided"), None, ()))
    found = store.queue("general", "review", limit=20)
    assert [one.due_at for one in found] == [NOW + timedelta(minutes=minute) for minute in range(20)]
    assert store.queue("general", "reports", limit=20) == ()


def test_notices_of_an_offence_against_a_child_come_before_all_that_is_due(store: DynamoDbCaseStore) -> None:
    for number in range(12):
        store.save(CaseChange(case(f"p{number}", due_at=NOW - timedelta(days=number)), None, ()))
    for number in range(3):
        due = NOW + timedelta(hours=2, minutes=-number)
        store.save(CaseChange(case(f"c{number}", due_at=due, child_notice=True), None, ()))
    found = store.queue("general", "review", limit=5)
    assert [one.post_id for one in found] == ["c2", "c1", "c0", "p11", "p10"]
    assert list(found) == sorted(found, key=lambda one: one.queue_order)


def test_a_notice_is_listed_until_somebody_looked_at_it(store: DynamoDbCaseStore) -> None:
    notice = Decision(
        action="notify_authority", partner="police-pl", decided_at=NOW, votes=("v",), actors=("a",),
        second_look_by=NOW + timedelta(hours=24),
    )  # fmt: skip
    decided = case(state="decided", decisions=(notice,))
    store.save(CaseChange(decided, None, ()))
    assert store.due_for_second_look("general", limit=5) == (decided,)
    assert store.queue("general", "review", limit=5) == ()
    looked = replace(decided, decisions=(replace(notice, looked_at=NOW),), revision=2)
    store.save(CaseChange(looked, 1, ()))
    assert store.due_for_second_look("general", limit=5) == ()


def test_only_a_decided_case_forgets(store: DynamoDbCaseStore, dynamodb: Any) -> None:
    decision = Decision(action="dismiss", partner=None, decided_at=NOW, votes=("v",), actors=("a",))
    store.save(CaseChange(case(), None, ()))
    store.save(CaseChange(case("18", state="decided", decisions=(decision,)), None, ()))
    items = dynamodb.scan(TableName="CasesTable")["Items"]
    ttl = {item["pk"]["S"]: item["ttl"]["N"] for item in items if "ttl" in item}
    assert ttl == {f"C#{case_id('olx-pl', '18', 1)}": str(int((NOW + timedelta(days=183)).timestamp()))}


def test_decided_cases_are_listed_from_the_newest_over_all_shards(store: DynamoDbCaseStore) -> None:
    for number in range(25):
        store.save(CaseChange(decided(f"p{number}", (number * 7) % 25), None, ()))
    store.save(CaseChange(decided("other team", 1, team="another"), None, ()))
    store.save(CaseChange(case("open"), None, ()))
    found = store.decided("general", since=NOW - timedelta(minutes=20), limit=50)
    times = [one.decision.decided_at for one in found if one.decision]
    assert times == [NOW - timedelta(minutes=minute) for minute in range(21)]
    assert store.decided("general", since=NOW - timedelta(minutes=20), limit=3) == found[:3]
    assert store.queue("general", "review", limit=50) == (case("open"),)


def test_a_case_moves_from_the_queue_to_the_decided_ones_once_nobody_is_waited_for(store: DynamoDbCaseStore) -> None:
    waiting = decided("17", 5)
    waiting = replace(waiting, decisions=(replace(waiting.decisions[0], action="remove", recheck="waiting"),))
    store.save(CaseChange(waiting, None, ()))
    assert store.queue("general", "review", limit=5) == (waiting,)
    assert store.decided("general", since=NOW - timedelta(days=1), limit=5) == ()
    judged = replace(waiting, decisions=(replace(waiting.decisions[0], recheck="agreed"),), revision=2)
    store.save(CaseChange(judged, 1, ()))
    assert store.queue("general", "review", limit=5) == ()
    assert store.decided("general", since=NOW - timedelta(days=1), limit=5) == (judged,)


def test_a_merged_case_stands_in_no_queue(store: DynamoDbCaseStore) -> None:
    store.save(CaseChange(case(state="merged", merged_into="another"), None, ()))
    assert store.queue("general", "review", limit=5) == ()
    assert store.decided("general", since=NOW - timedelta(days=1), limit=5) == ()


def test_what_is_held_back_for_later_is_not_pending_yet(store: DynamoDbCaseStore) -> None:
    later = OutboxItem(id="later", kind="event", body={"n": 1}, since=NOW + timedelta(hours=24))
    store.save(CaseChange(case(outbox=(owed(1), later)), None, ()))
    store.mark_delivered(case().case, ["owed-1"])
    assert store.pending(before=NOW, limit=5) == ()
    (found,) = store.pending(before=NOW + timedelta(hours=25), limit=5)
    assert found.outbox == (later,)


def test_snoozes_are_one_posters_and_end_by_the_clock(store: DynamoDbCaseStore, dynamodb: Any) -> None:
    short = Snooze("olx-pl", "hash-1", "hours.medium", NOW + timedelta(days=1), "anna")
    long = Snooze("olx-pl", "hash-1", "housing.medium", NOW + timedelta(days=9), "ben")
    for snooze in (short, long, Snooze("olx-pl", "hash-2", "hours.medium", NOW + timedelta(days=9), "anna")):
        store.put_snooze(snooze)
    assert set(store.snoozes("olx-pl", "hash-1", now=NOW)) == {short, long}
    assert store.snoozes("olx-pl", "hash-1", now=short.until) == (long,)
    assert store.snoozes("jobs-ua", "hash-1", now=NOW) == ()
    renewed = Snooze("olx-pl", "hash-1", "hours.medium", NOW + timedelta(days=5), "ben")
    store.put_snooze(renewed)
    assert set(store.snoozes("olx-pl", "hash-1", now=NOW)) == {renewed, long}
    items = dynamodb.scan(TableName="CasesTable")["Items"]
    assert all(int(item["ttl"]["N"]) == int(item["until"]["N"]) // 1000 for item in items)


def cancelled(stub: Stubber, *codes: str) -> None:
    stub.add_client_error(
        "transact_write_items", "TransactionCanceledException",
        modeled_fields={"CancellationReasons": [{"Code": code} for code in codes]},
    )  # fmt: skip


def stubbed() -> tuple[Any, DynamoDbCaseStore]:
    client = stub_client("dynamodb")
    tables = Table(client, "cases", pause=no_pause), Table(client, "ledger", pause=no_pause)
    return client, DynamoDbCaseStore(*tables, retention_days=183, pause=no_pause)


def test_a_transaction_conflict_is_tried_again() -> None:
    client, store = stubbed()
    with Stubber(client) as stub:
        cancelled(stub, "None", "TransactionConflict")
        stub.add_response("transact_write_items", {})
        store.save(CaseChange(case(), None, ()))
        stub.assert_no_pending_responses()


def test_a_lasting_transaction_conflict_is_transient() -> None:
    client, store = stubbed()
    with Stubber(client) as stub:
        for _ in range(4):
            cancelled(stub, "TransactionConflict", "None")
        with pytest.raises(TransientError):
            store.save(CaseChange(case(), None, ()))


def test_a_failed_condition_beside_a_conflict_is_somebody_else_s_save() -> None:
    client, store = stubbed()
    with Stubber(client) as stub:
        cancelled(stub, "ConditionalCheckFailed", "None")
        with pytest.raises(ConflictError):
            store.save(CaseChange(case(), 1, ()))


@pytest.mark.parametrize("code", ["ThrottlingException", "ProvisionedThroughputExceededException"])
def test_a_throttled_save_is_transient(code: str) -> None:
    client, store = stubbed()
    with Stubber(client) as stub:
        stub.add_client_error("transact_write_items", code)
        with pytest.raises(TransientError, match=code):
            store.save(CaseChange(case(), None, ()))
