"""The operator's dead letters: looked at without losing any, sent back, and left where they can't be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from moto import mock_aws

from screening.aws.operations import Operations
from screening.errors import TransientError
from screening.workflows.messages import PostMessage

MESSAGE = PostMessage(
    platform="p", id="1", seq=5, status="published", received_at=datetime(2026, 3, 2, tzinfo=UTC), source="webhook",
    correlation_id="c", sealed="AAAA",
)  # fmt: skip


@pytest.fixture
def operations(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Operations, Any, dict[str, str]]]:
    for name, value in {
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_DEFAULT_REGION": "eu-central-1",
    }.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        sqs = boto3.client("sqs")
        outputs = {
            f"Posts{kind}Url": sqs.create_queue(QueueName=f"posts-{kind.lower()}")["QueueUrl"]
            for kind in ("Queue", "DeadLetters")
        }
        yield Operations(boto3.Session(), outputs), sqs, outputs


def waiting(sqs: Any, url: str) -> int:
    names = ["ApproximateNumberOfMessages"]
    return int(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"][names[0]])


def test_a_dry_run_leaves_every_letter_where_it_is(operations: tuple[Operations, Any, dict[str, str]]) -> None:
    stack, sqs, outputs = operations
    for _ in range(3):
        sqs.send_message(QueueUrl=outputs["PostsDeadLettersUrl"], MessageBody=json.dumps(MESSAGE.to_dict()))
    letters, redrive = stack.dead_letters("posts")
    lines = redrive(dry_run=True)
    letters.release()
    assert [line.about for line in lines] == ["post p/1 seq 5"] * 3
    assert not any(line.sent_back for line in lines)
    assert waiting(sqs, outputs["PostsDeadLettersUrl"]) == 3
    assert waiting(sqs, outputs["PostsQueueUrl"]) == 0


def test_what_can_be_read_goes_back_and_the_rest_stays(operations: tuple[Operations, Any, dict[str, str]]) -> None:
    stack, sqs, outputs = operations
    sqs.send_message(QueueUrl=outputs["PostsDeadLettersUrl"], MessageBody=json.dumps(MESSAGE.to_dict()))
    sqs.send_message(QueueUrl=outputs["PostsDeadLettersUrl"], MessageBody="no json")
    letters, redrive = stack.dead_letters("posts")
    lines = redrive(dry_run=False)
    letters.release()
    assert sorted((line.readable, line.sent_back) for line in lines) == [(False, False), (True, True)]
    assert waiting(sqs, outputs["PostsQueueUrl"]) == 1
    assert waiting(sqs, outputs["PostsDeadLettersUrl"]) == 1


def test_a_queue_that_is_gone_meanwhile_is_told_in_words(operations: tuple[Operations, Any, dict[str, str]]) -> None:
    stack, sqs, outputs = operations
    sqs.send_message(QueueUrl=outputs["PostsDeadLettersUrl"], MessageBody=json.dumps(MESSAGE.to_dict()))
    letters, redrive = stack.dead_letters("posts")
    redrive(dry_run=True)
    sqs.delete_queue(QueueUrl=outputs["PostsDeadLettersUrl"])
    with pytest.raises(TransientError, match="stay hidden for up to 60 seconds"):
        letters.release()
