"""The operator's commands of the docs, run as they are written against the deployed stack."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screening.aws.local.demo_stack import DemoStack
from screening.aws.local.deploy import STACK_NAME
from screening.cases.case import Case
from screening.cases.ledger import next_entry
from screening.cli.main import cli
from screening.cli.operate import connect
from screening.ports import CaseChange
from tests.docs.test_docs import NEEDS_CLOUD, commands
from tests.e2e.conftest import until

pytestmark = pytest.mark.e2e

OPERATORS = [(page, line) for page, line in commands() if line.split()[1] in NEEDS_CLOUD]


@pytest.fixture
def operator(stack: DemoStack, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> DemoStack:
    monkeypatch.chdir(tmp_path)  # where files that the commands write go
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", stack.session.account)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")
    monkeypatch.setenv("AWS_DEFAULT_REGION", stack.session.region)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    return stack


def run(stack: DemoStack, line: str) -> Result:
    return CliRunner().invoke(cli, [*shlex.split(line)[1:], "--endpoint", stack.session.endpoint])


def post_named_in_the_docs(operator: DemoStack) -> None:
    """The post that the examples speak of, with a contact to remember."""
    secret = run(operator, "screening platforms add example-jobs").stdout.split()[1]
    text = "Helper for a farm, write to @zz_docs_contact about the season and the pay."
    operator.send_posts("example-jobs", secret, [{"id": "4711", "title": "Farm helper", "description": text}])
    until(lambda: [head for head in operator.heads() if head.id == "4711"], what="the head of the docs' post")


def case_named_in_the_docs(operator: DemoStack, name: str) -> None:
    """A case of a team of its own, so that nobody else's queue holds it."""
    cases, now = connect(STACK_NAME, operator.session.endpoint).cases, datetime.now(UTC)
    if cases.read(name) is not None:
        return
    opened = Case(
        case=name, generation=1, team="docs", platform="example-jobs", post_id="4711", seq=1, version="a" * 16, kind="job",
        tier="review", highest_tier="review", rank=0.5, concerns=(), dimensions={}, indicators=(), queue="review",
        state="open", opened_at=now, due_at=now + timedelta(hours=24), facts_at=now, revision=1,
    )  # fmt: skip
    entry = next_entry(
        case=name, index=0, prev_hash="", kind="opened", actor="system:review", at=now, salt="00" * 16,
        payload={"tier": "review"},
    )  # fmt: skip
    cases.save(CaseChange(opened, None, (entry,)))


@pytest.mark.parametrize(("page", "line"), OPERATORS)
def test_a_command_of_the_docs_works(operator: DemoStack, page: str, line: str) -> None:
    if "example-jobs" in line:
        run(operator, "screening platforms add example-jobs")
    if "4711" in line:
        post_named_in_the_docs(operator)
    if " --case " in line:
        words = shlex.split(line)
        case_named_in_the_docs(operator, words[words.index("--case") + 1])
    if "--file ledger.jsonl" in line:
        assert run(operator, "screening ledger export --out ledger.jsonl").exit_code == 0
    if " alerts " in line and "--kind" not in line:
        run(operator, "screening alerts add night-desk --kind email --team general --email anna@example.org")
    if " partners add " in line:
        for partner in ("national-unit", "anti-trafficking-unit", "help-desk"):
            operator.client("sqs").create_queue(QueueName=f"screening-partner-{partner}")
    if "--fallback" in line:
        run(operator, 'screening partners add national-unit --kind police --country UA --legal-basis "An agreement"')
    result = run(operator, line)
    assert result.exit_code == 0, f"{page}: {line}\n{result.output}\n{result.exception!r}"


def test_a_secret_is_shown_once_it_is_made_and_rotates(operator: DemoStack) -> None:
    first = run(operator, "screening platforms add example-board").stdout.split()[1]
    again = run(operator, "screening platforms add example-board").stdout.split()[1]
    rotated = run(operator, "screening platforms add example-board --rotate").stdout.split()[1]
    assert first.startswith("whsec_")
    assert again == first
    assert rotated != first
    listed = run(operator, "screening platforms list").stdout
    assert "example-board" in listed
    assert "whsec_" not in listed
    for secret in (first, rotated):
        answer = operator.send_posts(
            "example-board", secret, [{"id": "1", "title": "Baker", "description": "Baker wanted."}]
        )
        assert answer.status == 202, "both secrets work during a rotation"


def test_rotating_an_unknown_platform_names_the_known_ones(operator: DemoStack) -> None:
    result = run(operator, "screening platforms add no-such --rotate")
    assert result.exit_code == 2
    assert "no platform 'no-such'; there are " in result.output


def test_a_team_without_a_review_queue_is_refused(operator: DemoStack) -> None:
    result = run(operator, "screening platforms add example-board --team nobody")
    assert result.exit_code == 2
    assert "team 'nobody' has no review queue" in result.output


def test_an_unknown_stack_is_told_with_what_to_do(operator: DemoStack) -> None:
    result = run(operator, "screening platforms list --stack elsewhere")
    assert result.exit_code == 2
    assert "no stack 'elsewhere'" in result.output


def test_rejected_items_are_listed_with_field_and_reason(operator: DemoStack) -> None:
    run(operator, "screening platforms add example-faulty")
    operator.client("s3").put_object(
        Bucket=operator.outputs["UploadsBucketName"], Key="example-faulty/generic/posts.json", Body=b'[{"id": "x1"}]'
    )
    listed = until(
        lambda: "x1" in (shown := run(operator, "screening rejected example-faulty").stdout) and shown,
        what="the rejected record",
    )
    assert isinstance(listed, str)
    assert "description" in listed
    assert "there is no title, no description and no image" in listed
