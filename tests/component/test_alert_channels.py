"""Channels, marks and messages in tables, topics and secrets (moto), the operator's commands, and calls to the outside."""

from __future__ import annotations

import http.client
import json
import shlex
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import boto3
import pytest
from click.testing import CliRunner, Result

from screening.aws.alert_sender import AlertSecrets, AwsAlertSender
from screening.aws.alert_store import DynamoDbAlertStore
from screening.aws.operations import Operations
from screening.aws.outside import https_outside, is_public, post_outside
from screening.cases.alerts.channel import Channel
from screening.cases.alerts.message import AlertMessage
from screening.cases.alerts.telling import Digest, Waiting
from screening.cli import alerts, operate
from screening.cli.main import cli
from screening.errors import ConflictError, PermanentError, TransientError
from screening.ports import ChannelState
from screening.workflows.signatures import SignedHeaders, verify
from tests.component.conftest import REGION, StillClock

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
ADDRESS = "https://hooks.example.org/services/T0/B0/secret"


def waiting(name: str) -> Waiting:
    return Waiting(cause="urgent", subject=name, case=name, tier="urgent", queue="review", due_at=NOW)


def message(number: int = 1, **fields: Any) -> AlertMessage:
    values: dict[str, Any] = {
        "id": f"msg_{number}", "channel": "desk", "team": "general", "kind": "alert", "made_at": NOW, "next_at": NOW,
        "about": (waiting("c1"),), **fields,
    }  # fmt: skip
    return AlertMessage(**values)


@pytest.fixture
def store(make_table: Any) -> DynamoDbAlertStore:
    return DynamoDbAlertStore(make_table("ConfigTable"), make_table("CasesTable"))


def test_a_state_is_read_back_and_written_over_the_one_before_alone(store: DynamoDbAlertStore) -> None:
    assert store.state("desk") == ChannelState()
    first = ChannelState(last_at=NOW, digest_on=date(2026, 5, 4), open=message(), revision=1)
    store.put_state("desk", first)
    assert store.state("desk") == first
    with pytest.raises(ConflictError):
        store.put_state("desk", first)
    store.put_state("desk", replace(first, open=None, revision=2))
    with pytest.raises(ConflictError):
        store.put_state("desk", replace(first, revision=2))


def test_marks_are_those_of_the_channel(store: DynamoDbAlertStore) -> None:
    keys = [f"urgent#{number}" for number in range(120)]
    for _ in range(2):
        store.mark("desk", keys, until=NOW + timedelta(days=9))
    assert store.told("desk", [*keys, "overdue#1"]) == frozenset(keys)
    assert store.told("other", keys) == frozenset()


def test_a_message_is_added_once_and_due_until_it_is_sent(store: DynamoDbAlertStore) -> None:
    digest = Digest(waiting=(("urgent", 2),), overdue=1, decided=3, oldest=NOW, audit=4, rules=None)
    kept = message(kind="digest", about=(), digest=digest)
    for _ in range(2):
        store.add(kept)
    assert store.due("desk", now=NOW) == (kept,)
    assert store.due("desk", now=NOW - timedelta(seconds=1)) == ()
    store.update(replace(kept, state="sent", revision=2))
    with pytest.raises(ConflictError):
        store.update(replace(kept, state="dead", revision=2))
    store.add(kept)
    assert store.due("desk", now=NOW) == ()


def test_how_many_rules_stand_out_is_told_to_the_digest(store: DynamoDbAlertStore) -> None:
    assert store.rules() is None
    store.note_rules(3, NOW)
    assert store.rules() == 3


class Receiver:
    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 200


@pytest.fixture
def receiver() -> Iterator[tuple[Receiver, Any]]:
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.requests.append((self.path, dict(self.headers), body))
            self.send_response(made.status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made, lambda _host, _port: http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
    server.shutdown()
    thread.join()
    server.server_close()


def sender(connect: Any) -> AwsAlertSender:
    secrets = AlertSecrets(boto3.client("secretsmanager", region_name=REGION), "screening")
    return AwsAlertSender(
        secrets=secrets, sns=boto3.client("sns", region_name=REGION), topic_prefix="arn:aws:sns:eu-central-1:123456789012:screening-alerts-",
        console="https://console.example/console", clock=StillClock(NOW), connect=connect,
    )  # fmt: skip


def put_secret(**value: Any) -> None:
    boto3.client("secretsmanager", region_name=REGION).create_secret(
        Name="screening/alerts/desk", SecretString=json.dumps(value)
    )


def test_a_webhook_s_message_is_signed_as_every_call_of_ours(aws: None, receiver: Any) -> None:
    got, connect = receiver
    secret = "whsec_" + "QUJD" * 10
    put_secret(address=ADDRESS, secrets=[secret])
    sender(connect).send(Channel(name="desk", team="general", kind="webhook"), message())
    ((path, headers, body),) = got.requests
    assert path == "/services/T0/B0/secret"
    assert verify([secret], SignedHeaders.of(headers), body, now=NOW).id == "msg_1"
    assert json.loads(body)["counts"] == {"urgent": 1, "overdue": 0, "unfetched": 0}


@pytest.mark.parametrize(("kind", "field"), [("slack", "blocks"), ("teams", "attachments")])
def test_slack_and_teams_get_their_forms_unsigned(aws: None, receiver: Any, kind: Any, field: str) -> None:
    got, connect = receiver
    put_secret(address=ADDRESS)
    sender(connect).send(Channel(name="desk", team="general", kind=kind), message())
    ((_, headers, body),) = got.requests
    assert field in json.loads(body)
    assert "webhook-signature" not in {name.lower() for name in headers}


@pytest.mark.parametrize(("status", "error"), [(302, PermanentError), (404, PermanentError), (429, TransientError), (503, TransientError)])  # fmt: skip
def test_a_refusal_is_told_without_the_address_and_no_redirect_is_followed(
    aws: None, receiver: Any, status: int, error: Any
) -> None:
    got, connect = receiver
    got.status = status
    put_secret(address=ADDRESS)
    with pytest.raises(error, match=f"channel desk: (answered|refused with) {status}") as refused:
        sender(connect).send(Channel(name="desk", team="general", kind="slack"), message())
    assert "secret" not in str(refused.value)
    assert len(got.requests) == 1


def test_a_channel_whose_address_is_gone_is_no_matter_of_waiting(aws: None) -> None:
    with pytest.raises(PermanentError, match="address"):
        sender(https_outside).send(Channel(name="desk", team="general", kind="teams"), message())


@pytest.mark.parametrize("found", ["10.0.0.7", "169.254.169.254", "127.0.0.1", "::1", "fd00::1", "::ffff:192.168.1.1", "64:ff9b::a00:1", "224.0.0.1", "100.64.0.1"])  # fmt: skip
def test_a_name_that_leads_to_a_private_network_is_not_called(found: str) -> None:
    assert not is_public(found)
    for addresses in ([found], ["93.184.215.14", found]):
        with pytest.raises(PermanentError, match="private network"):
            post_outside(
                "channel desk", ADDRESS, b"{}", {},
                connect=lambda host, port, to=addresses: https_outside(host, port, look_up=lambda *_: to),
            )  # fmt: skip
    assert is_public("93.184.215.14")
    assert is_public("2606:4700::1111")


@pytest.mark.parametrize("address", ["http://a.example/", "https://", "https://u:p@a.example/", "ftp://a.example", "https://[", ""])  # fmt: skip
def test_an_address_that_nothing_is_sent_to_is_refused_without_naming_it(address: str) -> None:
    with pytest.raises(PermanentError) as refused:
        post_outside("channel desk", address, b"{}", {})
    assert not address or address not in str(refused.value)


@pytest.fixture
def operations(make_table: Any, monkeypatch: pytest.MonkeyPatch) -> Operations:
    for table in ("ConfigTable", "CasesTable"):
        make_table(table)
    boto3.client("sqs", region_name=REGION).create_queue(QueueName="screening-review-general")
    outputs = {"ConfigTableName": "ConfigTable", "CasesTableName": "CasesTable", "SecretsPrefix": "screening"}
    made = Operations(boto3.Session(region_name=REGION), outputs)
    for module in (alerts, operate):
        monkeypatch.setattr(module, "connect", lambda _stack, _endpoint: made)
    return made


def run(line: str, given: str | None = None) -> Result:
    return CliRunner().invoke(cli, shlex.split(line), input=given, env={"COLUMNS": "200"})


def test_a_mail_channel_is_added_tested_listed_and_removed_with_all_that_belongs_to_it(operations: Operations) -> None:
    sns = boto3.client("sns", region_name=REGION)
    added = run(
        "alerts add night-desk --kind email --team general --email anna@example.org --quiet 22:00-07:00 "
        "--quiet-days mon,tue --zone Europe/Warsaw --digest-at 08:00"
    )
    assert added.exit_code == 0, added.output
    (topic,) = sns.list_topics()["Topics"]
    assert topic["TopicArn"].endswith(":screening-alerts-night-desk")
    assert run("alerts add night-desk --breaks overdue").exit_code == 0
    (channel,) = operations.alerts.channels()
    assert (channel.zone, channel.breaks) == ("Europe/Warsaw", frozenset({"overdue"}))
    assert channel.quiet is not None
    assert (channel.quiet.begins.hour, channel.quiet.days) == (22, frozenset({0, 1}))
    assert run("alerts test night-desk").exit_code == 0
    listed = run("alerts list").stdout
    assert "  quiet: 22:00-07:00 on mon, tue" in listed
    assert ": pending" in listed
    for due in DynamoDbAlertStore(operations.alerts._store._config, operations.alerts._store._cases).due(
        "night-desk", now=datetime.now(UTC)
    ):
        sender(https_outside)._sns.publish(TopicArn=topic["TopicArn"], Message=due.id)
    assert run("alerts remove night-desk").exit_code == 0
    assert sns.list_topics()["Topics"] == []
    assert run("alerts list").stdout == ""
    assert run("alerts test night-desk").exit_code == 2


def test_a_webhook_s_address_is_read_from_a_file_and_stands_in_no_output(
    operations: Operations, tmp_path: Path
) -> None:
    (tmp_path / "address.txt").write_text(ADDRESS + "\n", "utf-8")
    added = run(f"alerts add desk --kind webhook --team general --address-file {tmp_path}/address.txt")
    assert added.exit_code == 0, added.output
    assert "desk: whsec_" in added.stdout
    again = run("alerts add desk --group-minutes 10")
    assert again.stdout.splitlines()[0] == added.stdout.splitlines()[0], "the secret stays"
    for output in (added.output, again.output, run("alerts list").output):
        assert "hooks.example.org" not in output
    kept = boto3.client("secretsmanager", region_name=REGION).get_secret_value(SecretId="screening/alerts/desk")
    assert json.loads(kept["SecretString"])["address"] == ADDRESS


@pytest.mark.parametrize(
    ("line", "given", "words"),
    [
        ("alerts add desk", None, "needs --kind and --team"),
        ("alerts add desk --kind slack --team general", None, "--address-file"),
        ("alerts add desk --kind email --team general", None, "--email"),
        ("alerts add desk --kind email --team nobody --email a@example.org", None, "no review queue"),
        ("alerts add desk --kind slack --team general --address-file -", "http://hooks.example.org/x", "https"),
        ("alerts add desk --kind slack --team general --address-file -", "https://10.0.0.1/x", "private"),
        ("alerts add desk --kind slack --team general --address-file -", "https://localhost/x", "private"),
        ("alerts add desk --kind slack --team general --address-file -", "https://a.internal/x", "private"),
        ("alerts add desk --kind slack --team general --address-file -", "https://a.example/x y", "nothing else"),
        ("alerts add desk --kind email --team general --email a@b.example --zone Europe/Nowhere", None, "IANA"),
        ("alerts add desk --kind email --team general --email a@b.example --quiet 22-7", None, "22:00"),
        ("alerts add desk --kind email --team general --email a@b.example --breaks all", None, "no all"),
        ("alerts add a.b --kind email --team general --email a@b.example", None, "letters"),
        ("alerts remove desk", None, "no channel 'desk'"),
    ],
)  # fmt: skip
def test_what_could_not_work_is_refused(operations: Operations, line: str, given: str | None, words: str) -> None:
    refused = run(line, given)
    assert refused.exit_code == 2, refused.output
    assert words in refused.output
    assert operations.alerts.channels() == ()


def test_what_could_not_be_delivered_is_listed_and_goes_out_again(operations: Operations) -> None:
    run("alerts add desk --kind email --team general --email anna@example.org")
    store = operations.alerts._store
    dead = message(state="dead", attempts=8, failure="channel desk: answered 503")
    store.add(dead)
    listed = run("redrive alerts --dry-run")
    assert "would be sent back: alert on desk: 1 to tell, channel desk: answered 503" in listed.output
    assert store.due("desk", now=datetime.now(UTC)) == ()
    assert "1 dead letter, 1 sent back" in run("redrive alerts").output
    (due,) = store.due("desk", now=datetime.now(UTC))
    assert (due.state, due.attempts, due.about) == ("pending", 0, dead.about)
