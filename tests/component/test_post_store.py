"""The posts table: heads by conditional write, the outbox, versions and rejected items."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.stub import Stubber

from screening.assessment.record import ArchivePointer
from screening.aws.dynamo import SHARDS, Table, key_part, post_pk, shard_of
from screening.aws.post_store import DynamoDbPostStore, head_to_item
from screening.errors import TransientError
from screening.ports import PostsStanding
from screening.workflows.records import Head, Rejected
from tests.component.conftest import StillClock, no_pause, stub_client

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def head(post_id: str = "17", **changes: Any) -> Head:
    return replace(
        Head(
            platform="olx-pl", id=post_id, seq=1, version="a" * 16, hash="a" * 64, said=1, status="published", kind="job",
            tier="review", rank=0.5, language="pl", archive=ArchivePointer(key="text/x", start=0, length=9),
            content_seq=1, content_version="a" * 16, versions="1/2/3/4", event_id="event-1", event_state="pending",
            event={"metadata": {"id": "event-1"}, "data": {}}, pending_since=NOW - timedelta(minutes=5), sampled=False,
            expires=NOW + timedelta(days=30), revision=1,
        ),
        **changes,
    )  # fmt: skip


@pytest.fixture
def store(make_table: Any, clock: StillClock) -> DynamoDbPostStore:
    return DynamoDbPostStore(make_table("PostsTable"), clock)


def test_a_head_is_read_back_as_it_was_written(store: DynamoDbPostStore) -> None:
    assert store.write_head(head(), expected_revision=None)
    assert store.read_head(("olx-pl", "17")) == head()


@pytest.mark.parametrize("said", [-1, 0, 2])
def test_a_head_keeps_when_it_was_said(store: DynamoDbPostStore, said: int) -> None:
    assert store.write_head(head(said=said), expected_revision=None)
    assert store.read_head(("olx-pl", "17")) == head(said=said)


@pytest.mark.parametrize("post_id", ["a/b#c d", "оголошення-42", "x" * 2000, "."])
def test_any_id_is_a_key(store: DynamoDbPostStore, post_id: str) -> None:
    assert store.write_head(head(post_id), expected_revision=None)
    found = store.read_head(("olx-pl", post_id))
    assert found is not None and found.id == post_id
    assert store.read_head(("olx-pl", post_id + "x")) is None


def test_a_head_is_written_only_over_the_revision_that_was_read(store: DynamoDbPostStore) -> None:
    assert store.write_head(head(), expected_revision=None)
    assert not store.write_head(head(seq=9), expected_revision=None)
    assert store.write_head(head(seq=2, revision=2), expected_revision=1)
    assert not store.write_head(head(seq=3, revision=2), expected_revision=1)
    found = store.read_head(("olx-pl", "17"))
    assert found is not None and found.seq == 2


def test_an_expired_head_counts_as_gone_and_may_be_written_anew(store: DynamoDbPostStore, clock: StillClock) -> None:
    store.write_head(head(), expected_revision=None)
    clock.advance(days=31)
    assert store.read_head(("olx-pl", "17")) is None
    assert store.read_heads([("olx-pl", "17")]).heads == {}
    fresh = head(expires=clock.now() + timedelta(days=30))
    assert store.write_head(fresh, expected_revision=None)


def test_marking_sent_takes_the_head_out_of_the_outbox_once(store: DynamoDbPostStore) -> None:
    store.write_head(head(), expected_revision=None)
    assert not store.mark_sent(("olx-pl", "17"), "another event")
    assert store.mark_sent(("olx-pl", "17"), "event-1")
    assert not store.mark_sent(("olx-pl", "17"), "event-1")
    found = store.read_head(("olx-pl", "17"))
    assert found is not None
    assert (found.event_state, found.event, found.pending_since, found.revision) == ("sent", None, None, 2)
    assert store.pending(before=NOW, limit=10) == ()


def test_only_what_has_waited_long_enough_is_pending(store: DynamoDbPostStore) -> None:
    for number in range(30):
        waited = timedelta(seconds=30 if number % 2 else 90)
        store.write_head(head(f"p{number}", pending_since=NOW - waited), expected_revision=None)
    found = store.pending(before=NOW - timedelta(seconds=60), limit=100)
    assert {one.id for one in found} == {f"p{number}" for number in range(0, 30, 2)}
    assert all(one.event == {"metadata": {"id": "event-1"}, "data": {}} for one in found)


def test_what_is_pending_can_be_read_from_either_end_of_each_shard(store: DynamoDbPostStore) -> None:
    for number in range(60):
        store.write_head(head(f"p{number}", pending_since=NOW - timedelta(minutes=number)), expected_revision=None)
    before = NOW + timedelta(seconds=1)

    def ages(*, newest_first: bool) -> dict[str, int]:
        found = store.pending(before=before, limit=SHARDS, newest_first=newest_first)
        return {shard_of(post_pk("olx-pl", one.id)): int(one.id[1:]) for one in found}

    oldest, newest = ages(newest_first=False), ages(newest_first=True)
    assert len(oldest) == len(newest) == SHARDS
    for number in range(60):
        shard = shard_of(post_pk("olx-pl", f"p{number}"))
        assert newest[shard] <= number <= oldest[shard]


def test_a_head_without_event_is_in_no_outbox(store: DynamoDbPostStore) -> None:
    store.write_head(head(event_state="none", event=None, pending_since=None), expected_revision=None)
    assert store.pending(before=NOW + timedelta(days=1), limit=10) == ()


def test_a_head_without_its_event_stays_below_one_kilobyte() -> None:
    item = head_to_item(head("x" * 60, event_state="none", event=None, pending_since=None))
    assert sum(len(name) + len(next(iter(value.values()))) for name, value in item.items()) < 1024


def test_many_heads_are_read_at_once(store: DynamoDbPostStore) -> None:
    for number in range(120):
        store.write_head(head(f"p{number}"), expected_revision=None)
    read = store.read_heads([("olx-pl", f"p{number}") for number in range(130)])
    assert len(read.heads) == 120
    assert read.unread == frozenset()


def test_heads_and_tombstones_stand_side_by_side(store: DynamoDbPostStore, clock: StillClock) -> None:
    keys = [("olx-pl", str(number)) for number in range(40)]
    for _, number in keys[:30]:
        store.write_head(head(number), expected_revision=None)
    store.write_head(head("expired", expires=NOW - timedelta(days=1)), expected_revision=None)
    standing = store.standing([*keys, ("olx-pl", "expired"), keys[0]])
    assert standing.heads == {key: head(key[1]) for key in keys[:30]}
    assert standing.erased == {}
    assert standing.unread == frozenset()
    assert store.standing([]) == PostsStanding()


def test_a_post_that_can_t_be_read_now_is_unread_and_stops_no_other(clock: StillClock) -> None:
    client = stub_client("dynamodb")
    none: dict[str, Any] = {"Items": [], "Count": 0}
    with Stubber(client) as stub:
        stub.add_response("query", none)
        stub.add_client_error("query", "ProvisionedThroughputExceededException")
        stub.add_response("query", {"Items": [head_to_item(head("2"))], "Count": 1})
        store = DynamoDbPostStore(Table(client, "posts", pause=no_pause), clock, threads=1)
        standing = store.standing([("olx-pl", "1"), ("olx-pl", "2")])
    assert standing == PostsStanding({("olx-pl", "2"): head("2")}, {}, frozenset({("olx-pl", "1")}))


def test_where_it_can_t_be_told_what_was_erased_just_now_no_post_is_read(clock: StillClock) -> None:
    client = stub_client("dynamodb")
    with Stubber(client) as stub:
        stub.add_client_error("query", "ProvisionedThroughputExceededException")
        store = DynamoDbPostStore(Table(client, "posts", pause=no_pause), clock, threads=1)
        assert store.standing([("olx-pl", "1")]) == PostsStanding(unread=frozenset({("olx-pl", "1")}))


def test_rejected_items_are_listed_newest_first_and_none_hides_another(store: DynamoDbPostStore) -> None:
    def rejected(seconds: int, reason: str) -> Rejected:
        return Rejected(
            platform="olx-pl", id="", received_at=NOW + timedelta(seconds=seconds), field="id", reason=reason,
            source="webhook", expires=NOW + timedelta(days=30),
        )  # fmt: skip

    records = [rejected(0, "is missing"), rejected(0, "is too long"), rejected(60, "is missing")]
    assert store.put_rejected(records) == frozenset()
    found = store.list_rejected("olx-pl", since=NOW, limit=10)
    assert found[0] == records[2]
    assert set(found) == set(records)
    assert store.list_rejected("olx-pl", since=NOW + timedelta(seconds=1), limit=10) == (records[2],)
    assert store.list_rejected("olx", since=NOW, limit=10) == ()


def test_an_unprocessed_key_is_not_an_unknown_post(clock: StillClock) -> None:
    client = stub_client("dynamodb")
    key = {"pk": {"S": "P#olx-pl#" + key_part("17")}, "sk": {"S": "HEAD"}}
    with Stubber(client) as stub:
        for _ in range(5):
            stub.add_response(
                "batch_get_item", {"Responses": {"posts": []}, "UnprocessedKeys": {"posts": {"Keys": [key]}}}
            )
        read = DynamoDbPostStore(Table(client, "posts", pause=no_pause), clock).read_heads([("olx-pl", "17")])
        stub.assert_no_pending_responses()
    assert read.unread == {("olx-pl", "17")}
    assert read.heads == {}


def test_an_unprocessed_key_is_asked_for_again(clock: StillClock) -> None:
    client = stub_client("dynamodb")
    item = head_to_item(head())
    key = {"pk": item["pk"], "sk": item["sk"]}
    with Stubber(client) as stub:
        stub.add_response("batch_get_item", {"Responses": {"posts": []}, "UnprocessedKeys": {"posts": {"Keys": [key]}}})
        stub.add_client_error("batch_get_item", "ProvisionedThroughputExceededException")
        stub.add_response("batch_get_item", {"Responses": {"posts": [item]}, "UnprocessedKeys": {}})
        read = DynamoDbPostStore(Table(client, "posts", pause=no_pause), clock).read_heads([("olx-pl", "17")])
    assert read.heads == {("olx-pl", "17"): head()}
    assert read.unread == frozenset()


def test_unprocessed_writes_are_named_by_their_index(clock: StillClock) -> None:
    records = [
        Rejected(
            platform="olx-pl", id=str(number), received_at=NOW, field="id", reason="r", source="drop",
            expires=NOW + timedelta(days=1),
        )
        for number in range(3)
    ]  # fmt: skip

    class Capture:
        def __init__(self) -> None:
            self.calls: list[int] = []

        def batch_write_item(self, *, RequestItems: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:  # noqa: N803 - boto3 calls it so
            requests = RequestItems["posts"]
            self.calls.append(len(requests))
            return {"UnprocessedItems": {"posts": [requests[-1]]}}

    capture = Capture()
    refused = DynamoDbPostStore(Table(capture, "posts", pause=no_pause), clock).put_rejected(records)
    assert refused == {2}
    assert capture.calls == [3, 1, 1, 1, 1]


def test_of_many_chunks_written_side_by_side_what_was_not_taken_is_named_by_its_index(clock: StillClock) -> None:
    records = [
        Rejected(
            platform="olx-pl", id=str(number), received_at=NOW, field="id", reason="r", source="drop",
            expires=NOW + timedelta(days=1),
        )
        for number in range(120)
    ]  # fmt: skip
    written: list[str] = []

    class NeverOne:
        def batch_write_item(self, *, RequestItems: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:  # noqa: N803 - boto3 calls it so
            assert len(RequestItems["posts"]) <= 25
            of = [(json.loads(one["PutRequest"]["Item"]["record"]["S"])["id"], one) for one in RequestItems["posts"]]
            written.extend(number for number, _ in of if number != "60")
            return {"UnprocessedItems": {"posts": [one for number, one in of if number == "60"]}}

    refused = DynamoDbPostStore(Table(NeverOne(), "posts", pause=no_pause), clock).put_rejected(records)
    assert refused == {60}
    assert sorted(written, key=int) == [str(number) for number in range(120) if number != 60]


@pytest.mark.parametrize(
    "code", ["ThrottlingException", "ProvisionedThroughputExceededException", "InternalServerError"]
)
def test_a_throttled_read_is_transient_not_absent(clock: StillClock, code: str) -> None:
    client = stub_client("dynamodb")
    store = DynamoDbPostStore(Table(client, "posts", pause=no_pause), clock)
    with Stubber(client) as stub:
        stub.add_client_error("get_item", code)
        with pytest.raises(TransientError, match=code):
            store.read_head(("olx-pl", "17"))


def test_a_missing_table_is_no_answer_about_a_post(clock: StillClock) -> None:
    client = stub_client("dynamodb")
    store = DynamoDbPostStore(Table(client, "posts", pause=no_pause), clock)
    with Stubber(client) as stub:
        stub.add_client_error("get_item", "ResourceNotFoundException")
        with pytest.raises(TransientError):
            store.read_head(("olx-pl", "17"))


def test_a_throttled_write_of_a_head_is_transient_not_a_lost_race(clock: StillClock) -> None:
    client = stub_client("dynamodb")
    store = DynamoDbPostStore(Table(client, "posts", pause=no_pause), clock)
    with Stubber(client) as stub:
        stub.add_client_error("put_item", "ThrottlingException")
        with pytest.raises(TransientError):
            store.write_head(head(), expected_revision=None)


def test_no_two_batches_are_told_the_same_number_of_draws(store: DynamoDbPostStore) -> None:
    day = NOW.date()
    assert [store.count_drawn(day, "pl", by=by) for by in (3, 1, 20)] == [3, 4, 24]
    assert store.count_drawn(day, "uk", by=2) == 2
    assert store.count_drawn(day, "", by=1) == 1
    assert store.count_drawn(day + timedelta(days=1), "pl", by=5) == 5


def test_the_count_of_a_day_s_draws_goes_by_itself(store: DynamoDbPostStore) -> None:
    store.count_drawn(NOW.date(), "pl", by=3)
    (item,) = store._table.query("pk = :pk", {":pk": {"S": "S#2026-05-04"}})
    assert datetime.fromtimestamp(int(item["ttl"]["N"]), UTC) == datetime(2026, 5, 7, tzinfo=UTC)
