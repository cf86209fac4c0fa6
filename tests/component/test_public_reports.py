"""The public's routes on the adapters: a notice, its answer, a complaint, and what the log holds of them."""

from __future__ import annotations

import hashlib
import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from aws_lambda_powertools import Logger

from functions.public.handler import app
from screening.aws import clients
from screening.aws.record_stores import DynamoDbReportStore
from screening.aws.wiring import public as wiring
from screening.workflows.records import Answer, Report
from tests.component.conftest import REGION

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
ANSWER = Answer(
    outcome="not_restricted", as_of=NOW, shown_from=NOW + timedelta(hours=1), automated_detection=True,
    expires=NOW + timedelta(days=366),
)  # fmt: skip
NOTICE = {
    "kind": "notice", "explanation": "zzexplanation", "url": "https://example.org/offers/1", "name": "zzname",
    "email": "zznotifier@example.org", "good_faith": True,
}  # fmt: skip


def test_an_answer_is_read_back_and_only_a_later_decision_replaces_it(make_table: Any) -> None:
    store = DynamoDbReportStore(make_table("ReportsTable"))
    report = Report(
        id="n", platform="alpha", post_id="1", language="uk", received_at=NOW, sealed="c2VhbGVk",
        expires=NOW + timedelta(days=366), kind="complaint", token_hash="h", complaint_of="m",
        child_offence=True,
    )  # fmt: skip
    store.put(report)
    assert store.read_answer("n") is None
    assert store.put_answer("n", ANSWER)
    assert store.read_answer("n") == ANSWER
    assert store.read("n") == report
    for as_of, written in ((NOW, False), (NOW - timedelta(hours=1), False), (NOW + timedelta(milliseconds=1), True)):
        later = Answer(
            outcome="restricted", as_of=as_of, shown_from=NOW, automated_detection=False, expires=ANSWER.expires,
            earlier="not_restricted", earlier_from=NOW,
        )  # fmt: skip
        assert store.put_answer("n", later) is written
        assert store.read_answer("n") == (later if written else ANSWER)


@pytest.fixture
def service(make_table: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoDbReportStore]:
    """The public function's own wiring on moto."""
    table = make_table("ReportsTable")
    key = boto3.client("kms", region_name=REGION).create_key()["KeyMetadata"]["KeyId"]
    boto3.client("events", region_name=REGION).create_event_bus(Name="bus")
    boto3.client("secretsmanager", region_name=REGION).create_secret(Name="report-senders", SecretString='{"key": "k"}')
    for name, value in {
        "POSTS_TABLE": "PostsTable", "REPORTS_TABLE": table.name, "SEALING_KEY": key,
        "BUS_NAME": "bus", "SENDERS_SECRET": "report-senders", "POWERTOOLS_METRICS_NAMESPACE": "OfferScreening",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    forget()
    yield DynamoDbReportStore(table)
    forget()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the function's logger writes; it holds on to the stream that was there when it was made."""
    handler = Logger().registered_handler
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before or io.StringIO())


def forget() -> None:
    clients.client.cache_clear()
    for made in (wiring.settings, wiring.reports, wiring.receive_report, wiring.ask_about_report, wiring.receive_complaint):  # fmt: skip
        made.cache_clear()


def call(method: str, path: str, body: object = None, token: str = "", **query: str) -> tuple[int, dict[str, Any]]:
    headers = {"Content-Type": "application/json", "X-Report-Token": token}
    answer = app(
        {
            "resource": path, "path": path, "httpMethod": method, "headers": headers,
            "multiValueHeaders": {name: [value] for name, value in headers.items()},
            "queryStringParameters": query or None,
            "multiValueQueryStringParameters": {name: [value] for name, value in query.items()} or None,
            "pathParameters": None, "stageVariables": None, "isBase64Encoded": False,
            "requestContext": {"resourcePath": path, "httpMethod": method, "path": path, "stage": "live", "identity": {}},
            "body": json.dumps(body) if body is not None else None,
        },
        None,
    )  # fmt: skip
    return answer["statusCode"], json.loads(answer["body"])


def test_a_notifier_s_way_leaves_nothing_private_in_log_or_metrics(
    service: DynamoDbReportStore, log: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    status, receipt = call("POST", "/v1/reports", NOTICE)
    assert (status, set(receipt)) == (202, {"report", "token", "received_at"})
    report, token = receipt["report"], receipt["token"]
    assert call("GET", "/v1/reports", token=token, id=report)[1]["status"] == "received"
    assert call("POST", "/v1/complaints", {"report": report, "reason": "zzcomplaint"}, token)[0] == 409
    past = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    told = Answer(
        outcome="not_restricted", as_of=past, shown_from=past, automated_detection=False,
        expires=past + timedelta(days=366),
    )  # fmt: skip
    assert service.put_answer(report, told)
    status, answer = call("GET", "/v1/reports", token=token, id=report)
    assert (status, answer["status"], answer["decision"]["restricted"]) == (200, "decided", False)
    status, complaint = call("POST", "/v1/complaints", {"report": report, "reason": "zzcomplaint"}, token)
    assert (status, set(complaint)) == (202, {"complaint", "received_at"})
    assert call("GET", "/v1/reports", token=token, id=complaint["complaint"])[1]["status"] == "received"
    assert call("GET", "/v1/reports", id=report) == call("GET", "/v1/reports", token=token, id="x")
    assert call("GET", "/v1/reports", id=report)[0] == 404
    assert call("POST", "/v1/reports", NOTICE | {"email": "zznobody"})[0] == 422
    assert call("POST", "/v1/reports", NOTICE | {"explanation": "zz" * 20_000})[0] == 413
    written = log.getvalue() + "".join(capsys.readouterr())
    assert "POST /v1/reports" in written
    assert "ComplaintsReceived" in written
    assert [word for word in ("zz", token, "example.org") if word in written] == []


def test_a_sender_is_kept_as_a_mark_that_only_the_key_explains(service: DynamoDbReportStore) -> None:
    senders = []
    for email in ("zz.one@example.org", "ZZ.One+tag@example.org", "zz.two@example.org"):
        status, receipt = call("POST", "/v1/reports", NOTICE | {"email": email})
        stored = service.read(receipt["report"])
        assert status == 202 and stored is not None
        senders.append(stored.sender)
    assert senders[0] == senders[1] != senders[2]
    assert hashlib.sha256(b"zz.one@example.org").hexdigest()[: len(senders[0])] != senders[0]


def test_a_report_is_taken_where_the_mark_cannot_be_made(
    service: DynamoDbReportStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDERS_SECRET", "nobody-made-it")
    forget()
    status, receipt = call("POST", "/v1/reports", NOTICE)
    stored = service.read(receipt["report"])
    assert status == 202 and stored is not None and stored.sender == ""
