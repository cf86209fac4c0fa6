"""The cost benchmark's own arithmetic: sizes of items, units that are charged, and dollars for a million posts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from benchmarks.aws_meter import Meter
from benchmarks.aws_timing import Spent
from benchmarks.aws_wire import Call
from benchmarks.dynamo_units import Index, item_bytes, number_bytes, read_units, units_of_write, write_units
from benchmarks.prices import HTTP_CHUNK, PRICES, chunks, cost_lines, dollars_per_million

QUEUE = Index("queue_key", "queue_order", whole=True)
OUTBOX = Index("outbox", "pending_since", whole=False)


# Dollars


def test_a_request_a_post_costs_its_price_a_million() -> None:
    lines = cost_lines({"http": 100, "write_units": 250}, posts=100)
    assert [(line.name, line.quantity) for line in lines] == [("http", 1.0), ("write_units", 2.5)]
    assert dollars_per_million(lines) == pytest.approx(1.00 + 2.5 * 0.625)


def test_the_plain_design_costs_what_the_facts_say_of_it() -> None:
    """A million items: their worked example without linking, in our own price list."""
    used = {
        "rest": 1, "invocations": 1.1, "gb_seconds": 0.03 * 0.25 + 0.02 * 1769 / 1024, "sqs": 1.2, "write_units": 5,
        "events": 1, "log_mb": 0.001,
    }  # fmt: skip
    assert dollars_per_million(cost_lines(used, posts=1)) == pytest.approx(9.4, abs=0.2)


def test_what_has_no_price_is_no_free_lunch() -> None:
    with pytest.raises(KeyError, match="lunches"):
        cost_lines({"lunches": 1}, posts=1)


def test_what_was_not_used_has_no_line() -> None:
    assert cost_lines(dict.fromkeys(PRICES, 0), posts=10) == []


@pytest.mark.parametrize(("size", "requests"), [(0, 1), (65_536, 1), (65_537, 2), (1_048_576, 16)])
def test_payloads_are_charged_by_64_kilobytes_begun(size: int, requests: int) -> None:
    assert chunks(size) == requests


@pytest.mark.parametrize(("size", "requests"), [(0, 1), (524_288, 1), (524_289, 2), (5_000_000, 10)])
def test_an_http_api_charges_by_512_kilobytes_begun(size: int, requests: int) -> None:
    assert chunks(size, HTTP_CHUNK) == requests


# Time


def test_a_smaller_function_computes_longer_but_waits_no_longer() -> None:
    spent = Spent(computing=0.100, waiting=0.050, calls=10)
    assert spent.duration(1769) == pytest.approx(0.150)
    assert spent.duration(3538) == pytest.approx(0.150)
    assert spent.duration(512) == pytest.approx(0.396)
    assert spent.gb_seconds(512) == pytest.approx(0.198)


# Units


@pytest.mark.parametrize(
    ("number", "size"), [("0", 1), ("7", 2), ("12", 2), ("123", 3), ("-123", 4), ("1500", 2), ("1772442000000", 5)]
)
def test_numbers_take_a_byte_for_two_digits_and_one_more(number: str, size: int) -> None:
    assert number_bytes(number) == size


def test_an_items_size_counts_names_and_nested_values() -> None:
    item = {"pk": {"S": "ż"}, "n": {"N": "12"}, "m": {"M": {"a": {"BOOL": True}}}, "l": {"L": [{"NULL": True}]}}
    assert item_bytes(item) == (2 + 2) + (1 + 2) + (1 + 3 + 1 + 1 + 1) + (1 + 3 + 1 + 1)
    assert item_bytes({"b": {"B": "AAAA"}}) == item_bytes({"b": {"B": b"\0\0\0"}}) == 4


def test_units_are_begun_and_never_none() -> None:
    assert [write_units(size) for size in (0, 1024, 1025)] == [1, 1, 2]
    assert [read_units(size) for size in (0, 4096, 4097)] == [1, 1, 2]
    assert read_units(0, consistent=False) == 0.5


def head(size: int, **more: Any) -> dict[str, Any]:
    return {"pk": {"S": "P"}, "sk": {"S": "HEAD"}, "head": {"S": "x" * size}} | more


def test_a_write_is_charged_by_the_larger_of_old_and_new() -> None:
    assert units_of_write(None, head(500), ()) == 1
    assert units_of_write(head(2500), head(500), ()) == 3
    assert units_of_write(head(2500), None, ()) == 3


def test_an_index_is_charged_where_its_entry_changes() -> None:
    waiting = {"outbox": {"S": "3"}, "pending_since": {"N": "5"}}
    assert units_of_write(None, head(1500, **waiting), (OUTBOX,)) == 2 + 1
    assert units_of_write(head(1500, **waiting), head(1500), (OUTBOX,)) == 2 + 1
    assert units_of_write(head(1500, **waiting), head(1600, **waiting), (OUTBOX,)) == 2
    assert units_of_write(head(1500), head(1600), (OUTBOX,)) == 2


def test_an_index_of_whole_items_is_charged_as_the_table_and_twice_where_the_place_changes() -> None:
    place = {"queue_key": {"S": "q"}, "queue_order": {"S": "1"}}
    assert units_of_write(None, head(2500, **place), (QUEUE,)) == 3 + 3
    assert units_of_write(head(2500, **place), head(2600, **place), (QUEUE,)) == 3 + 3
    assert units_of_write(head(2500, **place), head(2500, **place | {"queue_order": {"S": "2"}}), (QUEUE,)) == 3 + 6


# Counting calls


class Store:
    """What the meter looks up: always the item as it stands."""

    def __init__(self) -> None:
        self.item: dict[str, Any] | None = None

    def look_up(self, _table: str, _key: Mapping[str, Any]) -> dict[str, Any] | None:
        return self.item


def meter_of(store: Store, function: str, fair: frozenset[str] = frozenset()) -> Meter:
    meter = Meter(store.look_up, None, {"posts": (OUTBOX,)}, fair)
    meter.function = function
    return meter


def call(operation: str, asked: dict[str, Any]) -> Call:
    body = json.dumps(asked).encode()
    return Call(operation, "https://aws.example", body, len(body), "")


def test_a_transaction_is_charged_twice_and_a_batch_of_reads_for_what_is_absent_too() -> None:
    store = Store()
    meter = meter_of(store, "screen")
    put = call("dynamodb.TransactWriteItems", {"TransactItems": [{"Put": {"TableName": "posts", "Item": head(1500)}}]})
    noted = meter.before(put)
    store.item = head(1500)
    meter.after(put, (200, {}, b"{}"), noted)
    assert meter.used["posts HEAD", "write_units"] == 4
    keys = [{"pk": {"S": str(n)}, "sk": {"S": "HEAD"}} for n in range(3)]
    read = call("dynamodb.BatchGetItem", {"RequestItems": {"posts": {"Keys": keys, "ConsistentRead": True}}})
    meter.after(read, (200, {}, json.dumps({"Responses": {"posts": [head(5000)]}}).encode()), meter.before(read))
    assert meter.used["posts", "read_units"] == 2 + 1 + 1
    assert meter.calls == {("screen", "dynamodb.TransactWriteItems"): 1, ("screen", "dynamodb.BatchGetItem"): 1}


def test_messages_are_charged_together_and_more_on_a_queue_with_groups() -> None:
    meter = meter_of(Store(), "api", frozenset({"posts"}))
    entries = [{"Id": str(n), "MessageBody": "x" * 10_000} for n in range(10)]
    sent = call("sqs.SendMessageBatch", {"QueueUrl": "https://sqs.example/1/posts", "Entries": entries})
    meter.after(sent, (200, {}, b"{}"), meter.before(sent))
    assert (meter.used["api", "sqs"], meter.used["api", "sqs_fair"]) == (2, 2)


def test_a_call_that_nobody_can_price_stops_the_count() -> None:
    scan = call("dynamodb.Scan", {"TableName": "posts"})
    with pytest.raises(ValueError, match="Scan"):
        meter_of(Store(), "api").before(scan)


def test_the_same_question_is_known_again_whatever_is_written() -> None:
    first = call("dynamodb.PutItem", {"TableName": "posts", "Item": head(10)})
    assert first.question == call("dynamodb.PutItem", {"TableName": "posts", "Item": head(20)}).question
    assert first.question != call("dynamodb.PutItem", {"TableName": "links", "Item": head(10)}).question
