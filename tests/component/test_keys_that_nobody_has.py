"""An id that no key can hold names nothing: whoever asks for it is told "not found", not "try again"."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from screening.aws.case_store import DynamoDbCaseStore
from screening.aws.dynamo import Table
from screening.aws.post_store import DynamoDbPostStore
from screening.aws.record_stores import AwsReferralStore, DynamoDbReportStore
from tests.component.conftest import REGION, StillClock, no_pause, stub_client

TOO_LONG = ["x" * 2_047, "é" * 1_100, "x" * 40_000]


@pytest.mark.parametrize("name", TOO_LONG, ids=["just over", "in bytes", "far over"])
def test_what_no_key_can_hold_is_absent_in_every_store(make_table: Any, clock: StillClock, name: str) -> None:
    cases = DynamoDbCaseStore(make_table("CasesTable"), make_table("LedgerTable"), retention_days=30, pause=no_pause)
    referrals = AwsReferralStore(make_table("ReferralsTable"), boto3.client("s3", region_name=REGION), "referrals")
    assert cases.read(name) is None
    assert cases.ledger(name) == ()
    assert cases.latest_of("p", name) is None
    assert referrals.read(name) is None
    assert DynamoDbReportStore(make_table("ReportsTable")).read(name) is None
    assert DynamoDbPostStore(make_table("PostsTable"), clock).read_head(("p", name)) is None


@pytest.mark.parametrize(
    "name", [*TOO_LONG, "half \ud800"], ids=["just over", "in bytes", "far over", "half a character"]
)
def test_the_table_is_not_even_asked(name: str) -> None:
    client = stub_client("dynamodb")
    with Stubber(client) as stub:  # any call would find no answer prepared
        table = Table(client, "t", pause=no_pause)
        assert table.get(f"C#{name}", "CASE") is None
        assert table.get("C#1", name) is None
        assert list(table.query("pk = :pk", {":pk": {"S": f"C#{name}"}})) == []
        assert table.get_many([(f"C#{name}", "CASE")]) == ({}, set())
        stub.assert_no_pending_responses()


def test_the_others_of_a_batch_are_found(make_table: Any) -> None:
    table: Table = make_table("CasesTable")
    table.put({"pk": {"S": "C#1"}, "sk": {"S": "CASE"}})
    found, unread = table.get_many([("C#" + "x" * 3_000, "CASE"), ("C#1", "CASE")])
    assert (list(found), unread) == ([("C#1", "CASE")], set())
