"""Queues and bus: every entry's answer is looked at, and what failed is named by its index."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber

from screening.aws.bus import EventBridgeBus
from screening.aws.queues import CALL_BYTES, SqsIntakeQueue, SqsPartnerQueue, SqsPostQueue, SqsReviewQueue
from screening.errors import NotFoundError, TransientError
from screening.workflows.events import Event
from screening.workflows.messages import ClaimTicket, IntakeJob, PostMessage, ReviewPointer
from screening.workflows.records import Partner
from tests.component.conftest import REGION, no_pause, stub_client

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
URL = "https://sqs.eu-central-1.amazonaws.com/123456789012/posts"


def message(number: int, sealed: str = "c2VhbGVk", platform: str = "olx-pl") -> PostMessage:
    return PostMessage(
        platform=platform, id=f"п{number}", seq=number, status="published", received_at=NOW, source="webhook",
        correlation_id="c", sealed=sealed,
    )  # fmt: skip


def event(number: int) -> Event:
    return Event(
        id=f"e{number}", type="PostAssessed", version="1", timestamp=NOW, correlation_id="c", data={"n": number}
    )


class Recorder:
    """An SQS or EventBridge that refuses what it is told to, by position in the call."""

    def __init__(self, *refusals: dict[int, bool]) -> None:
        self.calls: list[list[dict[str, Any]]] = []
        self._refusals = list(refusals)

    def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803 - boto3 calls it so
        self.calls.append(Entries)
        refused = self._refusals.pop(0) if self._refusals else {}
        failed = [{"Id": Entries[i]["Id"], "SenderFault": fault, "Code": "X"} for i, fault in refused.items()]
        return {"Successful": [], "Failed": failed}

    def put_events(self, *, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803 - boto3 calls it so
        self.calls.append(Entries)
        refused = self._refusals.pop(0) if self._refusals else {}
        answers = [{"ErrorCode": "InternalFailure"} if i in refused else {"EventId": "x"} for i in range(len(Entries))]
        return {"FailedEntryCount": len(refused), "Entries": answers}


def received(sqs: Any, url: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while got := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for one in got:
            found.append(json.loads(one["Body"]))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])
    return found


def test_posts_arrive_as_they_were_sent_packed_by_platform(aws: None) -> None:
    sqs = boto3.client("sqs", region_name=REGION)
    url = sqs.create_queue(QueueName="posts")["QueueUrl"]
    other = [replace(message(number), platform="beta") for number in range(23, 30)]
    mixed = [*(message(number) for number in range(20)), *other, *(message(number) for number in range(20, 23))]
    assert SqsPostQueue(sqs, url).send(mixed) == frozenset()
    packs = [[PostMessage.from_dict(post) for post in body["posts"]] for body in received(sqs, url)]
    assert sorted(len(pack) for pack in packs) == [7, 23]
    assert all(len({one.platform for one in pack}) == 1 for pack in packs)
    assert sorted((one for pack in packs for one in pack), key=lambda one: one.seq) == sorted(
        mixed, key=lambda one: one.seq
    )


def test_posts_that_are_to_come_alone_lie_in_a_message_each(aws: None) -> None:
    sqs = boto3.client("sqs", region_name=REGION)
    url = sqs.create_queue(QueueName="posts")["QueueUrl"]
    assert SqsPostQueue(sqs, url).send([message(number) for number in range(12)], alone=True) == frozenset()
    bodies = [PostMessage.from_dict(body) for body in received(sqs, url)]
    assert sorted(one.seq for one in bodies) == list(range(12))


def test_a_single_post_is_no_pack() -> None:
    recorder = Recorder()
    SqsPostQueue(recorder, URL).send([message(1)])
    assert PostMessage.from_dict(json.loads(recorder.calls[0][0]["MessageBody"])) == message(1)


def test_a_pack_stays_below_what_counts_as_one_request() -> None:
    recorder = Recorder()
    SqsPostQueue(recorder, URL).send([message(number, "x" * 2_000) for number in range(100)])
    sizes = [len(entry["MessageBody"].encode()) for call in recorder.calls for entry in call]
    assert max(sizes) <= 64 * 1024
    assert len(sizes) == 4


def test_calls_hold_ten_entries_and_a_mebibyte_at_most() -> None:
    recorder = Recorder()
    large = "x" * 400_000
    posts = [message(number, large) for number in range(5)] + [message(9, "x" * 50_000)] * 12
    SqsPostQueue(recorder, URL).send(posts)
    sizes = [sum(len(entry["MessageBody"].encode()) for entry in call) for call in recorder.calls]
    assert max(sizes) <= CALL_BYTES
    assert max(len(call) for call in recorder.calls) <= 10
    assert sum(len(call) for call in recorder.calls) == 17


def test_a_refused_message_is_tried_again_and_then_named() -> None:
    recorder = Recorder({1: False}, {0: False}, {0: False})
    assert SqsPostQueue(recorder, URL, pause=no_pause).send([message(n) for n in range(3)], alone=True) == {1}
    assert [len(call) for call in recorder.calls] == [3, 1, 1]


def test_a_message_refused_once_is_not_lost() -> None:
    recorder = Recorder({0: False, 2: False})
    assert SqsPostQueue(recorder, URL, pause=no_pause).send([message(n) for n in range(3)], alone=True) == frozenset()
    assert [entry["Id"] for entry in recorder.calls[1]] == ["0", "2"]


def test_a_message_refused_for_good_is_not_tried_again() -> None:
    recorder = Recorder({0: True})
    assert SqsPostQueue(recorder, URL, pause=no_pause).send([message(0), message(1)], alone=True) == {0}
    assert len(recorder.calls) == 1


def test_a_refused_pack_names_all_its_posts() -> None:
    recorder = Recorder({0: True})
    assert SqsPostQueue(recorder, URL, pause=no_pause).send([message(n) for n in range(3)]) == {
        0,
        1,
        2,
    }


def test_a_failed_call_names_all_its_messages_and_the_others_go_on() -> None:
    sqs = stub_client("sqs")
    with Stubber(sqs) as stub:
        stub.add_client_error("send_message_batch", "ThrottlingException")
        stub.add_response("send_message_batch", {"Successful": [], "Failed": []})
        assert SqsPostQueue(sqs, URL, pause=no_pause).send([message(n) for n in range(12)], alone=True) == frozenset(
            range(10)
        )


def test_a_queue_out_of_reach_is_transient() -> None:
    class Down:
        def send_message(self, **_: Any) -> None:
            raise EndpointConnectionError(endpoint_url=URL)

    job = IntakeJob(
        platform="p", bucket="b", key="k", format="auto", offset=0, received_at=NOW, correlation_id="c"
    )  # fmt: skip
    with pytest.raises(TransientError):
        SqsIntakeQueue(Down(), URL).send(job)


def test_a_pointer_goes_to_its_team_s_own_queue(aws: None) -> None:
    sqs = boto3.client("sqs", region_name=REGION)
    url = sqs.create_queue(QueueName="screening-review-general")["QueueUrl"]
    pointer = ReviewPointer(case="c", version=1, platform="olx-pl", tier="review", due_at=NOW)
    queue = SqsReviewQueue(sqs, "screening-review-")
    queue.send("general", pointer)
    assert json.loads(sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"]) == pointer.to_dict()
    with pytest.raises(NotFoundError):
        queue.send("nobody", pointer)


def test_a_ticket_goes_to_no_queue_outside_the_prefix(aws: None) -> None:
    sqs = boto3.client("sqs", region_name=REGION)
    sqs.create_queue(QueueName="elsewhere")
    url = sqs.create_queue(QueueName="screening-partner-ngo")["QueueUrl"]
    ticket = ClaimTicket(id="r", hash="0" * 64, expires_at=NOW, kind="support")

    def partner(queue: str) -> Partner:
        return Partner(
            id="ngo", name="N", kind="ngo", queue=queue, countries=(), fields=frozenset(), legal_basis="", purpose=""
        )  # fmt: skip

    queues = SqsPartnerQueue(sqs, "screening-partner-")
    queues.send(partner("screening-partner-ngo"), ticket)
    assert json.loads(sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"]) == ticket.to_dict()
    with pytest.raises(NotFoundError):
        queues.send(partner("elsewhere"), ticket)


def test_events_are_published_ten_at_a_time_with_their_own_ids() -> None:
    recorder = Recorder()
    assert EventBridgeBus(recorder, "bus").publish([event(number) for number in range(23)]) == frozenset()
    assert [len(call) for call in recorder.calls] == [10, 10, 3]
    entry = recorder.calls[0][0]
    assert (entry["Source"], entry["DetailType"], entry["EventBusName"]) == ("screening", "PostAssessed", "bus")
    assert json.loads(entry["Detail"])["metadata"]["id"] == "e0"


def test_a_failed_entry_is_tried_again_then_named() -> None:
    recorder = Recorder({1: True, 2: True}, {1: True}, {0: True})
    assert EventBridgeBus(recorder, "bus", pause=no_pause).publish([event(number) for number in range(4)]) == {2}
    assert [len(call) for call in recorder.calls] == [4, 2, 1]


def test_a_failed_call_leaves_its_events_unpublished() -> None:
    events = stub_client("events")
    with Stubber(events) as stub:
        stub.add_client_error("put_events", "ThrottlingException")
        stub.add_response("put_events", {"FailedEntryCount": 0, "Entries": [{"EventId": "x"}]})
        assert EventBridgeBus(events, "bus", pause=no_pause).publish([event(n) for n in range(11)]) == frozenset(
            range(10)
        )
