"""The wire between SDK and moto: each call reaches moto once, and what was kept is answered again without it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from benchmarks.aws_wire import Answer, Call, Wire

KEY = {"pk": {"S": "P"}, "sk": {"S": "HEAD"}}


class Told:
    def __init__(self) -> None:
        self.operations: list[str] = []

    def before(self, call: Call) -> str:
        return call.operation

    def after(self, call: Call, answer: Answer, noted: str) -> None:
        assert noted == call.operation
        self.operations.append(f"{call.operation} {answer[0]}")


@pytest.fixture
def wired(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, Wire, Told]]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_ACCOUNT_ID_ENDPOINT_MODE", "disabled")
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        client.create_table(
            TableName="t", BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        )  # fmt: skip
        told = Told()
        wire = Wire(told)
        wire.attach(client)
        yield client, wire, told


def put(client: Any, **more: Any) -> None:
    client.put_item(TableName="t", Item=KEY | {"n": {"N": "1"}}, **more)


def test_a_call_reaches_moto_once(wired: tuple[Any, Wire, Told]) -> None:
    client, _, told = wired
    put(client, ConditionExpression="attribute_not_exists(pk)")  # a second time it would be refused
    assert told.operations == ["dynamodb.PutItem 200"]
    with pytest.raises(client.exceptions.ConditionalCheckFailedException):
        put(client, ConditionExpression="attribute_not_exists(pk)")


def test_what_was_kept_is_answered_again_late_and_uncounted(wired: tuple[Any, Wire, Told]) -> None:
    client, wire, told = wired
    with wire.keeping() as kept:
        before = client.get_item(TableName="t", Key=KEY)
        put(client)
        after = client.get_item(TableName="t", Key=KEY)
    assert "Item" not in before
    client.delete_item(TableName="t", Key=KEY)
    counted = len(told.operations)
    with wire.answering(kept, delay=0.02):
        start = time.monotonic()
        again = [client.get_item(TableName="t", Key=KEY).get("Item") for _ in range(3)]
        waited = time.monotonic() - start
    assert again == [None, after["Item"], after["Item"]]
    assert waited >= 0.06
    assert (wire.calls, len(told.operations)) == (3, counted)


def test_what_was_not_kept_is_asked_of_moto(wired: tuple[Any, Wire, Told]) -> None:
    client, wire, _ = wired
    put(client)
    with wire.answering({}, delay=0):
        assert client.get_item(TableName="t", Key=KEY)["Item"]["n"] == {"N": "1"}
