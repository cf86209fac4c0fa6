"""The operator's ledger commands against tables and buckets as the template has them (moto)."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import boto3
import pytest
from click.testing import CliRunner

from screening.aws.dynamo import shard_of
from screening.aws.ledger_store import HEAD_SHARDS, ROOTS
from screening.aws.operations import Operations
from screening.cases.case import case_id
from screening.cli import erase as erase_commands
from screening.cli import ledger as ledger_commands
from screening.cli.main import cli
from screening.ports import PostPointer
from screening.workflows.archive_object import build_object
from screening.workflows.case_saving import Entry
from tests.component.conftest import REGION
from tests.component.test_case_store import case
from tests.component.test_post_store import head

SECRET = "call Olena on +48 600 100 200"
TABLES = ("Posts", "Links", "Cases", "Ledger", "Reports", "Referrals")


@pytest.fixture
def operations(make_table: Any, aws: None) -> Operations:
    outputs = {"SecretsPrefix": "screening", "BusName": "bus", "CaseRetentionDays": "183"}
    for name in TABLES:
        make_table(f"{name}Table")
        outputs[f"{name}TableName"] = f"{name}Table"
    s3 = boto3.client("s3", region_name=REGION)
    where: Any = {"LocationConstraint": REGION}
    for name in ("archive", "referrals", "evidence"):
        s3.create_bucket(Bucket=name, CreateBucketConfiguration=where, ObjectLockEnabledForBucket=name == "evidence")
        outputs[f"{name.title()}BucketName"] = name
    return Operations(boto3.Session(region_name=REGION), outputs)


@pytest.fixture
def run(operations: Operations, monkeypatch: pytest.MonkeyPatch) -> Any:
    for module in (ledger_commands, erase_commands):
        monkeypatch.setattr(module, "connect", lambda _stack, _endpoint: operations)
    return lambda *arguments: CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def opened(operations: Operations) -> str:
    """A post in the archive, its head and its case with a reviewer's entry; the case's id."""
    record = {
        "post": {"platform": "olx-pl", "id": "17", "description": SECRET}, "seq": 5, "received_at": "2026-05-04T12:00:00Z",
        "assessment": {"post": {"content_hash": "a" * 64}},
    }  # fmt: skip
    other = {**record, "post": {"platform": "olx-pl", "id": "18", "description": "quiet"}}
    packed = build_object("olx-pl", "2026-05-04", [record, other], archive_class="kept")
    ledger = operations.ledger
    ledger._archive.put(packed.key, packed.body)
    assert operations.posts.write_head(
        head(archive=packed.pointers[0], expires=ledger._clock.now().replace(year=2099)), expected_revision=None
    )
    new = case(archive=packed.pointers[0], revision=0)
    saved = ledger._saver.save(
        new, before=None, entries=[Entry(kind="opened", actor="anna", payload={"note": SECRET})], correlation_id="t",
        pointers=[PostPointer(platform="olx-pl", post_id="17", generation=1, seen=None)],
    )  # fmt: skip
    return saved.case


def stored(operations: Operations) -> str:
    client = boto3.client("dynamodb", region_name=REGION)
    s3 = boto3.client("s3", region_name=REGION)
    items = [client.scan(TableName=f"{name}Table")["Items"] for name in TABLES]
    bodies = [
        gzip.decompress(s3.get_object(Bucket="archive", Key=item["Key"])["Body"].read() or gzip.compress(b"")).decode()
        for item in s3.list_objects_v2(Bucket="archive").get("Contents", ())
    ]
    return repr((items, bodies))


def test_a_post_is_erased_with_proof_and_the_ledger_still_verifies(
    run: Any, opened: str, operations: Operations, tmp_path: Path
) -> None:
    proof_file = tmp_path / "proof.json"
    assert SECRET in stored(operations)
    arguments = ("erase", "olx-pl", "17", "--reason", "request of 3 May", "--by", "operator:olga")
    planned = run(*arguments, "--dry-run")
    assert planned.exit_code == 0, planned.output
    assert "would be erased: 1 in archive" in planned.stdout
    assert SECRET in stored(operations)
    done = run(*arguments, "--proof", proof_file)
    assert done.exit_code == 0, done.output
    assert SECRET not in stored(operations)
    assert '"description":"quiet"' in stored(operations)
    proof = json.loads(proof_file.read_text("utf-8"))
    assert proof["counts"] == {"archive": 1, "ledger": 1, "posts": 1}
    assert proof["ledger"]["chain"] == opened
    assert "nothing more to erase" in run(*arguments).stdout
    verified = run("ledger", "verify")
    assert (verified.exit_code, "no fault" in verified.stdout) == (0, True)


def test_a_hold_is_set_under_lock_and_forbids_the_erasure(run: Any, opened: str, operations: Operations) -> None:
    held = run("hold", "set", opened, "--name", "court 12", "--basis", "StPO § 94", "--by", "operator:olga")
    assert "1 record under lock" in held.output
    (key,) = operations.ledger._evidence.keys("holds/")
    assert operations.ledger._evidence.read(key).held
    refused = run("erase", "olx-pl", "17", "--reason", "request")
    assert refused.exit_code == 2
    assert "court 12" in refused.stderr
    lifted = run("hold", "lift", opened, "--name", "court 12", "--basis", "ended", "--by", "operator:olga")
    assert "lifted from 1 record" in lifted.output
    assert not operations.ledger._evidence.read(key).held


def test_an_export_of_the_stack_verifies_offline_and_a_tampered_table_does_not(
    run: Any, opened: str, operations: Operations, tmp_path: Path
) -> None:
    file = tmp_path / "ledger.jsonl"
    written = run("ledger", "export", "--out", file, "--without-payloads")
    assert written.exit_code == 0, written.output
    assert SECRET not in file.read_text("utf-8")
    assert run("ledger", "verify", "--file", file).exit_code == 0
    client = boto3.client("dynamodb", region_name=REGION)
    key = {"pk": {"S": f"C#{opened}"}, "sk": {"S": "00000000"}}
    item = client.get_item(TableName="LedgerTable", Key=key)["Item"]
    forged = json.loads(item["entry"]["S"]) | {"actor": "mallory"}
    client.put_item(TableName="LedgerTable", Item=item | {"entry": {"S": json.dumps(forged)}})
    found = run("ledger", "verify", opened, "--export", tmp_path / "found.jsonl")
    assert found.exit_code == 1
    assert f"chain {opened}: entry 0 was changed" in found.stdout
    assert run("ledger", "verify", "--file", tmp_path / "found.jsonl").exit_code == 1


def test_what_nobody_knows_is_bad_input(run: Any, operations: Operations) -> None:
    assert run("ledger", "verify", case_id("p", "1", 1)).exit_code == 2
    assert run("erase", "olx-pl", "nobody", "--reason", "r").exit_code == 2
    assert run("hold", "set", "nobody", "--name", "n", "--basis", "b").exit_code == 2


def tampered(pk: str, sk: str, **attributes: Any) -> None:
    """Somebody who may write the table changes attributes of one item, or takes them away (None)."""
    client = boto3.client("dynamodb", region_name=REGION)
    item = client.get_item(TableName="LedgerTable", Key={"pk": {"S": pk}, "sk": {"S": sk}})["Item"]
    item |= {name: value for name, value in attributes.items() if value is not None}
    for name in [name for name, value in attributes.items() if value is None]:
        del item[name]
    client.put_item(TableName="LedgerTable", Item=item)


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({"entry": {"S": "no json"}}, "entry 1 can't be read"),
        ({"entry": None}, "entry 1 can't be read"),
        ({"entry": {"S": '{"index": 1, "kind": "forged"}'}}, "entry 1 can't be read"),
        ({"payload": {"S": "no json"}}, "entry 1 can't be read"),
        ({"payload": {"S": '{"n": NaN}'}}, "payload of entry 1 was changed"),
        ({"salt": None}, "payload of entry 1 was changed"),
    ],
)
def test_an_entry_that_nobody_can_read_any_more_hides_no_other_chain(
    run: Any, opened: str, operations: Operations, attributes: dict[str, Any], said: str, tmp_path: Path
) -> None:
    append, file = operations.ledger.erase._append, tmp_path / "found.jsonl"
    for chain in ("case-1", "case-2", "case-3"):
        for number in range(3):
            append(chain, "updated", "anna", {"n": number})
    tampered("C#case-1", "00000001", **attributes)
    tampered("C#case-3", "00000002", payload={"S": '{"n": 7}'})
    for found in (run("ledger", "verify", "--export", file), run("ledger", "verify", "--file", file)):
        assert found.exit_code == 1, found.output
        faults = found.stdout.splitlines()[:-1]
        assert {line.partition(": ")[0] for line in faults} == {"chain case-1", "chain case-3"}
        assert sum(line.startswith("chain case-1") for line in faults) == 1
        assert said in found.stdout
        assert "chain case-3: payload of entry 2 was changed" in found.stdout
        assert found.stdout.splitlines()[-1].startswith("4 chains, ")
    assert run("ledger", "verify", opened).exit_code == 0
    assert run("ledger", "verify", "case-1").exit_code == 1


def test_a_head_or_root_that_nobody_can_read_any_more_hides_no_chain(
    run: Any, opened: str, operations: Operations
) -> None:
    append = operations.ledger.erase._append
    for chain in ("case-1", "case-3"):
        append(chain, "updated", "anna", {"n": 1})
    tampered("C#case-3", "00000000", payload={"S": '{"n": 7}'})
    tampered(f"H#{shard_of('case-1', HEAD_SHARDS)}", "case-1", hash=None)
    client = boto3.client("dynamodb", region_name=REGION)
    client.put_item(TableName="LedgerTable", Item={"pk": {"S": ROOTS}, "sk": {"S": "00000000"}, "root": {"S": "{}"}})
    found = run("ledger", "verify")
    assert found.exit_code == 1, found.output
    assert "chain case-1: its head can't be read: chain head: field 'hash': is missing" in found.stdout
    assert "chain case-3: payload of entry 0 was changed" in found.stdout
    assert "line 2 can't be read: ledger root: field 'number': is missing" in found.stdout
    assert "3 chains, 3 entries" in found.stdout
