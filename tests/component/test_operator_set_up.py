"""What an operator sets up by command, against tables, secrets and queues (moto), and from a shell where nothing is set."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Any

import boto3
import pytest
from click.testing import CliRunner, Result

from screening.aws.operations import Operations
from screening.cli import operate, teams
from screening.cli.main import cli
from tests.component.conftest import REGION

PARTNER = 'partners add unit --kind police --country PL --legal-basis "An agreement"'
LOCAL = "http://127.0.0.1:4566"


@pytest.fixture
def operations(make_table: Any, aws: None) -> Operations:
    make_table("ConfigTable")
    make_table("LedgerTable")
    boto3.client("sqs", region_name=REGION).create_queue(QueueName="screening-review-general")
    outputs = {"ConfigTableName": "ConfigTable", "LedgerTableName": "LedgerTable", "SecretsPrefix": "screening"}
    return Operations(boto3.Session(region_name=REGION), outputs)


@pytest.fixture
def run(operations: Operations, monkeypatch: pytest.MonkeyPatch) -> Any:
    for module in (operate, teams):
        monkeypatch.setattr(module, "connect", lambda _stack, _endpoint: operations)
    return said


def said(line: str) -> Result:
    return CliRunner().invoke(cli, shlex.split(line), env={"COLUMNS": "200"})


def test_a_partner_without_a_queue_is_refused_by_its_field(run: Any, operations: Operations) -> None:
    refused = run(PARTNER)
    assert refused.exit_code == 2, refused.output
    assert "--queue" in refused.output
    assert "there is no queue 'screening-partner-unit'" in refused.output
    assert "infra/partner.yaml" in refused.output
    assert operations.administration.partners() == ()
    sqs = boto3.client("sqs", region_name=REGION)
    sqs.create_queue(QueueName="elsewhere")
    elsewhere = run(f"{PARTNER} --queue elsewhere")
    assert elsewhere.exit_code == 2
    assert "begins with screening-partner-" in elsewhere.output
    sqs.create_queue(QueueName="screening-partner-unit")
    assert run(PARTNER).exit_code == 0
    assert [partner.queue for partner in operations.administration.partners()] == ["screening-partner-unit"]


def test_what_is_not_named_of_a_known_platform_stays_and_its_webhook_can_be_forgotten(
    run: Any, operations: Operations
) -> None:
    def stored() -> tuple[Any, ...]:
        (known,) = operations.administration.platforms()
        return known.team, known.active, known.webhook_url, known.transparency, known.member_state

    address = "https://jobs.example/notices"
    boto3.client("sqs", region_name=REGION).create_queue(QueueName="screening-review-south")
    first = run(f"platforms add jobs --team south --webhook-url {address} --transparency --member-state PL")
    assert stored() == ("south", True, address, True, "PL")
    assert run("platforms add jobs --inactive").stdout == first.stdout
    assert stored() == ("south", False, address, True, "PL")
    run("platforms add jobs --active --no-transparency")
    assert stored() == ("south", True, address, False, "PL")
    assert run("platforms add jobs --no-webhook").exit_code == 0
    assert stored() == ("south", True, None, False, "PL")
    both = run(f"platforms add jobs --no-webhook --webhook-url {address}")
    assert both.exit_code == 2
    assert "--no-webhook" in both.output
    assert stored() == ("south", True, None, False, "PL")
    run("platforms add board")
    assert [known.team for known in operations.administration.platforms() if known.id == "board"] == ["general"]


def test_what_is_listed_is_never_cut_however_narrow_the_terminal(run: Any, operations: Operations) -> None:
    boto3.client("sqs", region_name=REGION).create_queue(QueueName="screening-partner-unit")
    run(f"{PARTNER} --fields evidence,work_country,indicators")
    run("platforms add demo-classifieds --webhook-url https://classifieds.example/a/rather/long/path")
    for command in ("partners list", "platforms list"):
        listed = CliRunner().invoke(cli, shlex.split(command), env={"COLUMNS": "60"}).stdout
        assert "…" not in listed
        assert (
            "  may receive: evidence, indicators, work_country\n" if "partners" in command else "demo-classifieds"
        ) in listed


@pytest.fixture
def clean_shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> pytest.MonkeyPatch:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.chdir(tmp_path)
    return monkeypatch


COMMANDS = [
    "platforms list", "platforms add jobs", "partners list", "teams list", "redrive posts --dry-run", "rejected jobs",
    "ledger verify", "ledger export --out out.jsonl", "erase jobs 1 --reason r", "hold set c --name n --basis b",
    "unlink jobs 1", "decisions export --out out.jsonl",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_from_a_clean_shell_a_command_says_what_to_set(clean_shell: pytest.MonkeyPatch, command: str) -> None:
    result = said(command)
    assert result.exit_code == 2, result.output
    assert "no AWS region is set: set AWS_REGION" in result.output
    assert "--endpoint" in result.output
    clean_shell.setenv("AWS_REGION", REGION)
    result = said(command)
    assert result.exit_code == 2, result.output
    assert "no AWS credentials are set: set AWS_PROFILE" in result.output


def test_a_profile_that_is_not_there_is_named(clean_shell: pytest.MonkeyPatch) -> None:
    clean_shell.setenv("AWS_PROFILE", "nobody")
    result = said("platforms list")
    assert result.exit_code == 2, result.output
    assert "nobody" in result.output


def test_the_local_stack_needs_nothing_but_its_address(clean_shell: pytest.MonkeyPatch) -> None:
    operations: list[Any] = []
    clean_shell.setattr(boto3, "Session", lambda **given: operations.append(given) or boto3.session.Session(**given))
    result = said(f"platforms list --endpoint {LOCAL.replace('4566', '1')}")
    assert result.exit_code == 2, result.output
    assert "http://127.0.0.1:1 doesn't answer" in result.output
    assert "screening demo" in result.output
    assert operations[-1]["region_name"] == "eu-central-1"
    assert operations[-1]["aws_access_key_id"] == "111111111111"


@pytest.mark.parametrize("endpoint", ["127.0.0.1:4566", "ftp://127.0.0.1", "http://", "http://["])
def test_an_endpoint_that_is_no_address_is_refused(clean_shell: pytest.MonkeyPatch, endpoint: str) -> None:
    result = said(f"platforms list --endpoint {endpoint}")
    assert result.exit_code == 2, result.output
    assert "--endpoint" in result.output
    assert "http://127.0.0.1:4566" in result.output


class OtherStack:
    """A session, and each of its clients, in an account where another stack bears the name."""

    def client(self, _service: str, **_options: Any) -> OtherStack:
        return self

    def describe_stacks(self, **_options: Any) -> dict[str, Any]:
        return {"Stacks": [{"Outputs": [{"OutputKey": "Url", "OutputValue": "https://shop.example"}]}]}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_stack_of_another_kind_is_said_to_be_one(clean_shell: pytest.MonkeyPatch, command: str) -> None:
    clean_shell.setattr(boto3, "Session", lambda **_given: OtherStack())
    result = said(command)
    assert result.exit_code == 2, result.output
    assert "stack 'screening' has no output '" in result.output
    assert not Path("out.jsonl").exists(), "an export of before would have been emptied"
