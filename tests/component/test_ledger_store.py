"""The ledger table and the evidence bucket: nothing is written twice, nothing under lock goes, every chain has its head."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from screening.aws.case_store import DynamoDbCaseStore
from screening.aws.dynamo import Table
from screening.aws.evidence_store import S3EvidenceStore
from screening.aws.ledger_store import DynamoDbLedgerStore
from screening.cases.ledger import LedgerEntry, chain_faults, next_entry, views_of
from screening.cases.ledger_root import ChainHead, next_root
from screening.errors import ConflictError, NotFoundError, PermanentError, TransientError
from screening.ports import CaseChange
from screening.workflows.ledger_check import ExportLedger, verify_export
from screening.workflows.ledger_root import ForgetLedgerPayloads, WriteLedgerRoot
from tests.component.conftest import REGION, StillClock, no_pause, stub_client
from tests.component.test_case_store import case
from tests.fakes.basics import FakeMetrics

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
BUCKET = "evidence"


def entry(chain: str, index: int = 0, prev: str = "", at: datetime = NOW) -> LedgerEntry:
    return next_entry(
        case=chain, index=index, prev_hash=prev, kind="viewed", actor="anna", at=at, salt=f"{index:032x}",
        payload={"what": ["text"]},
    )  # fmt: skip


def grown(store: DynamoDbLedgerStore, chain: str, entries: int) -> list[LedgerEntry]:
    made: list[LedgerEntry] = []
    for index in range(entries):
        made.append(entry(chain, index, made[-1].hash if made else "", NOW + timedelta(minutes=index)))
        store.append(made[-1])
    return made


@pytest.fixture
def table(make_table: Any) -> Table:
    found: Table = make_table("LedgerTable")
    return found


@pytest.fixture
def store(table: Table) -> DynamoDbLedgerStore:
    return DynamoDbLedgerStore(table, pause=no_pause)


@pytest.fixture
def s3(aws: None) -> Any:
    client = boto3.client("s3", region_name=REGION)
    where: Any = {"LocationConstraint": REGION}
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=where, ObjectLockEnabledForBucket=True)
    return client


@pytest.fixture
def evidence(s3: Any) -> S3EvidenceStore:
    return S3EvidenceStore(s3, BUCKET)


# ---------------------------------------------------------------------------------------------------- chains


def test_a_chain_is_read_back_from_both_ends(store: DynamoDbLedgerStore) -> None:
    made = grown(store, views_of("c1"), 60)
    assert store.entries(views_of("c1")) == tuple(made)
    assert list(store.newest(views_of("c1"))) == made[::-1]
    assert store.last(views_of("c1")) == made[-1]
    assert store.last("nothing") is None
    assert store.entries("nothing") == ()


def test_an_index_is_taken_once_and_the_head_never_goes_back(store: DynamoDbLedgerStore) -> None:
    first, second = grown(store, "c1", 2)
    for taken in (first, second, replace(second, actor="mallory")):
        with pytest.raises(ConflictError):
            store.append(taken)
    assert store.head("c1") == ChainHead("c1", 1, second.hash, second.at)


def test_saving_a_case_moves_the_head_of_its_chain(table: Table, make_table: Any, store: DynamoDbLedgerStore) -> None:
    cases = DynamoDbCaseStore(make_table("CasesTable"), table, retention_days=183, pause=no_pause)
    opened = case()
    first = entry(opened.case)
    second = entry(opened.case, 1, first.hash)
    cases.save(CaseChange(opened, None, (first, second)))
    assert store.head(opened.case) == ChainHead(opened.case, 1, second.hash, NOW)
    assert store.entries(opened.case) == cases.ledger(opened.case) == (first, second)


def test_every_chain_has_its_head_over_all_shards(store: DynamoDbLedgerStore, table: Table) -> None:
    for number in range(40):
        grown(store, f"c{number}", 1 + number % 3)
    heads = {head.chain: head.index for head in store.heads()}
    assert heads == {f"c{number}": number % 3 for number in range(40)}
    shards = {
        item["pk"]["S"] for item in table.dynamodb.scan(TableName=table.name)["Items"] if item["pk"]["S"][0] == "H"
    }
    assert len(shards) > 8


def test_payload_and_salt_are_erased_together_and_once(store: DynamoDbLedgerStore, table: Table) -> None:
    made = grown(store, "c1", 3)
    assert store.erase_payload("c1", 1) is True
    assert store.erase_payload("c1", 1) is False
    assert store.erase_payload("c1", 9) is False
    left = store.entries("c1")
    assert left == (made[0], made[1].without_payload, made[2])
    assert chain_faults(left, head_index=2, head_hash=made[2].hash) == ()
    item = table.get("C#c1", "00000001")
    assert item is not None
    assert made[1].salt not in json.dumps(item)


def test_a_chain_that_went_on_is_not_marked_as_forgotten(store: DynamoDbLedgerStore) -> None:
    first, second = grown(store, "c1", 2)
    store.mark_forgotten(ChainHead("c1", 0, first.hash, NOW))
    head = store.head("c1")
    assert head is not None
    assert not head.forgotten
    store.mark_forgotten(head)
    assert next(store.heads()).forgotten
    store.append(entry("c1", 2, second.hash))
    assert not next(store.heads()).forgotten


def test_a_root_is_written_once(store: DynamoDbLedgerStore) -> None:
    assert store.last_root() is None
    grown(store, "c1", 1)
    roots = []
    for day in range(12):
        last = store.last_root()
        assert last == (roots[-1] if roots else None)
        root = next_root(last, store.heads(), at=NOW + timedelta(days=day), moved_since=NOW - timedelta(days=1))
        store.put_root(root)
        store.put_root(root)
        roots.append(replace(root, changed=()))
    assert store.roots() == tuple(roots)
    with pytest.raises(ConflictError):
        store.put_root(replace(roots[3], hash="0" * 64))


def test_a_lasting_conflict_and_a_throttled_append_are_transient() -> None:
    client = stub_client("dynamodb")
    store = DynamoDbLedgerStore(Table(client, "ledger", pause=no_pause), pause=no_pause)
    with Stubber(client) as stub:
        for _ in range(4):
            stub.add_client_error(
                "transact_write_items", "TransactionCanceledException",
                modeled_fields={"CancellationReasons": [{"Code": "TransactionConflict"}]},
            )  # fmt: skip
        with pytest.raises(TransientError, match="others keep writing"):
            store.append(entry("c1"))
        stub.add_client_error("transact_write_items", "ThrottlingException")
        with pytest.raises(TransientError, match="Throttling"):
            store.append(entry("c1"))
        stub.assert_no_pending_responses()


# ---------------------------------------------------------------------------------------------------- evidence under lock


def test_what_is_kept_is_locked_and_says_why(evidence: S3EvidenceStore, s3: Any) -> None:
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(days=730)
    basis = "StPO § 94; sąd okręgowy 12/2026"
    evidence.keep("referrals/c1/r1", b"sealed", retain_until=until, legal_basis=basis)
    found = evidence.read("referrals/c1/r1")
    assert (found.body, found.legal_basis, found.retain_until, found.held) == (b"sealed", basis, until, False)
    version = s3.list_object_versions(Bucket=BUCKET)["Versions"][0]["VersionId"]
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.delete_object(Bucket=BUCKET, Key="referrals/c1/r1", VersionId=version)
    assert s3.head_object(Bucket=BUCKET, Key="referrals/c1/r1")["ObjectLockMode"] == "GOVERNANCE"


def test_keeping_again_changes_nothing_and_other_bytes_are_refused(evidence: S3EvidenceStore, s3: Any) -> None:
    until = datetime.now(UTC) + timedelta(days=1)
    for _ in range(2):
        evidence.keep("k", b"one", retain_until=until, legal_basis="law")
    with pytest.raises(ConflictError):
        evidence.keep("k", b"two", retain_until=until, legal_basis="law")
    assert len(s3.list_object_versions(Bucket=BUCKET)["Versions"]) == 1
    with pytest.raises(PermanentError, match="longer than 600"):
        evidence.keep("l", b"one", retain_until=until, legal_basis="x" * 601)


def test_the_first_version_counts_whatever_was_laid_over_it(evidence: S3EvidenceStore, s3: Any) -> None:
    evidence.keep("roots/1", b"true", retain_until=datetime.now(UTC) + timedelta(days=1), legal_basis="law")
    s3.put_object(Bucket=BUCKET, Key="roots/1", Body=b"forged")
    assert evidence.read("roots/1").body == b"true"
    s3.delete_object(Bucket=BUCKET, Key="roots/1")
    assert evidence.read("roots/1").body == b"true"
    assert evidence.keys("roots/") == ("roots/1",)


def test_a_name_that_another_begins_with_is_another_one(evidence: S3EvidenceStore) -> None:
    evidence.keep("k/10", b"ten", retain_until=datetime.now(UTC) + timedelta(days=1), legal_basis="law")
    with pytest.raises(NotFoundError):
        evidence.read("k/1")
    with pytest.raises(NotFoundError):
        evidence.hold("k/1", True)


def test_a_legal_hold_is_laid_and_lifted(evidence: S3EvidenceStore) -> None:
    evidence.keep("k", b"one", retain_until=datetime.now(UTC) + timedelta(days=1), legal_basis="law")
    evidence.hold("k", True)
    assert evidence.read("k").held
    evidence.hold("k", False)
    assert not evidence.read("k").held


def test_a_forged_chain_is_found_by_the_locked_root(
    store: DynamoDbLedgerStore, table: Table, s3: Any, clock: StillClock
) -> None:
    clock.advance(days=(datetime.now(UTC) - clock.now()).days + 1)  # a lock can't end in the past of moto's own clock
    roots = S3EvidenceStore(s3, BUCKET, mode="COMPLIANCE")
    metrics = FakeMetrics()
    grown(store, "c1", 3)
    grown(store, "c2", 1)
    for _ in range(2):
        WriteLedgerRoot(ledger=store, evidence=roots, clock=clock, metrics=metrics)()
        clock.advance(days=1)
    export = ExportLedger(ledger=store, evidence=roots, clock=clock)
    assert verify_export(export()).faults == []
    for item in table.dynamodb.scan(TableName=table.name)["Items"]:
        if item["pk"]["S"] == "C#c1" or item["sk"]["S"] == "c1":
            table.delete(item["pk"]["S"], item["sk"]["S"])
    grown(store, "c1", 2)
    store.append(replace(entry("c1", 2, "forged")))
    faults = verify_export(export()).faults
    assert {(fault.chain, fault.index) for fault in faults} == {("c1", 2)}
    assert any("isn't the one that root 0 has seen" in fault.text for fault in faults)


@pytest.mark.parametrize(
    "tampered",
    [
        {"hash": None},
        {"index": None},
        {"at": None},
        {"index": {"S": "0"}},
        {"at": {"N": "1e30"}},
        {"at": {"N": "9" * 30}},
    ],
    ids=[
        "no hash",
        "no index",
        "no time",
        "an index that is text",
        "a time of another shape",
        "a time beyond all years",
    ],
)
def test_a_tampered_head_is_told_and_keeps_no_root_from_being_made(
    store: DynamoDbLedgerStore, table: Table, s3: Any, clock: StillClock, make_table: Any, tampered: dict[str, Any]
) -> None:
    clock.advance(days=(datetime.now(UTC) - clock.now()).days + 1)
    roots = S3EvidenceStore(s3, BUCKET, mode="COMPLIANCE")
    metrics = FakeMetrics()
    grown(store, "c1", 3)
    grown(store, "c2", 1)

    def write_root() -> None:
        WriteLedgerRoot(ledger=store, evidence=roots, clock=clock, metrics=metrics)()
        clock.advance(days=2)

    write_root()
    (whole,) = [item for item in table.dynamodb.scan(TableName=table.name)["Items"] if item["sk"]["S"] == "c1"]
    table.put({name: value for name, value in (whole | tampered).items() if value is not None})
    write_root()
    assert metrics.counts["LedgerRoots"] == 2
    assert metrics.counts["LedgerChains"] == 2 + 1
    assert metrics.counts["LedgerChainsUnread"] == 1
    export = ExportLedger(ledger=store, evidence=roots, clock=clock)
    told = [str(fault) for fault in verify_export(export()).faults]
    assert "root 1: the head of chain c1 couldn't be read when it was made" in told
    assert any(line.startswith("chain c1: its head can't be read") for line in told)
    cases = DynamoDbCaseStore(make_table("CasesTable"), table, retention_days=183, pause=no_pause)
    ForgetLedgerPayloads(ledger=store, cases=cases, clock=clock, metrics=metrics, quiet_for=timedelta(0))()
    assert store.entries("c2")[0].payload is None  # the others are forgotten when their time is over
    table.put(whole)
    write_root()
    assert [str(fault) for fault in verify_export(export()).faults] == told[:1]
    assert metrics.counts["LedgerChainsUnread"] == 1


def test_a_root_in_the_table_that_nobody_can_read_says_what_to_do(store: DynamoDbLedgerStore, table: Table) -> None:
    table.put({"pk": {"S": "ROOTS"}, "sk": {"S": "00000000"}, "root": {"S": "garbage"}})
    with pytest.raises(PermanentError, match=r"root 0 .*can't be read: .*delete its item"):
        store.last_root()


def unreadable(table: Table, chain: str, index: int) -> None:
    item = table.get(f"C#{chain}", f"{index:08d}")
    assert item is not None
    table.put(item | {"entry": {"S": "garbage"}})


def test_an_entry_that_nobody_can_read_keeps_no_case_from_being_shown(
    store: DynamoDbLedgerStore, table: Table, make_table: Any
) -> None:
    cases = DynamoDbCaseStore(make_table("CasesTable"), table, retention_days=183, pause=no_pause)
    made = grown(store, "c1", 3)
    unreadable(table, "c1", 1)
    left = cases.ledger("c1")
    assert [one.index for one in left] == [0, 2]
    assert chain_faults(left, head_index=2, head_hash=made[2].hash) == ("entry 1 is missing before 2",)


def test_payloads_go_with_their_case_although_an_entry_can_not_be_read(
    store: DynamoDbLedgerStore, table: Table, make_table: Any, clock: StillClock
) -> None:
    cases = DynamoDbCaseStore(make_table("CasesTable"), table, retention_days=183, pause=no_pause)
    for chain in ("c1", "c2"):
        grown(store, chain, 3)
    unreadable(table, "c1", 1)
    clock.advance(days=400)
    forget = ForgetLedgerPayloads(
        ledger=store, cases=cases, clock=clock, metrics=FakeMetrics(), quiet_for=timedelta(days=183)
    )
    assert forget() == 2
    for chain in ("c1", "c2"):
        assert [(one["payload"], one["salt"]) for one in store.stored_entries(chain)] == [(None, None)] * 3


def test_a_head_without_its_place_stops_its_chain_until_it_is_put_back(
    table: Table, store: DynamoDbLedgerStore
) -> None:
    """As docs/operations.md has it: the head is found by its chain's name, which is the `sk` of nothing else."""
    made = grown(store, "case-1", 2)
    grown(store, "case-2", 1)
    found = table.dynamodb.scan(
        TableName=table.name, FilterExpression="sk = :chain", ExpressionAttributeValues={":chain": {"S": "case-1"}}
    )["Items"]
    assert len(found) == 1
    place = {name: found[0][name] for name in ("pk", "sk")}
    table.dynamodb.update_item(
        TableName=table.name, Key=place, UpdateExpression="REMOVE #i", ExpressionAttributeNames={"#i": "index"}
    )
    after = entry("case-1", 2, made[-1].hash)
    with pytest.raises(ConflictError):
        store.append(after)
    table.dynamodb.put_item(TableName=table.name, Item=found[0])
    store.append(after)
    assert chain_faults(store.entries("case-1"), head_index=2, head_hash=after.hash) == ()
