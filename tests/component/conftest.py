"""Adapters against moto: tables as template.yaml defines them, everything else as plain as the adapters need."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws

from screening.aws.dynamo import Table
from tests.template_reader import read_template, table_definition

REGION = "eu-central-1"


def no_pause(_seconds: float) -> None:
    """Instead of waiting between attempts."""


class StillClock:
    """A clock that moves when told."""

    def __init__(self, now: datetime = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, **span: float) -> None:
        self._now += timedelta(**span)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("AWS_ACCOUNT_ID_ENDPOINT_MODE", "disabled")
    with mock_aws():
        yield


@pytest.fixture
def dynamodb(aws: None) -> Any:
    return boto3.client("dynamodb", region_name=REGION)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def make_table(dynamodb: Any) -> Any:
    template = read_template()

    def make(logical_id: str) -> Table:
        dynamodb.create_table(**table_definition(template, logical_id, logical_id))
        return Table(dynamodb, logical_id, pause=no_pause)

    return make


def stub_client(service: str) -> Any:
    """A real client that no network is behind, for a Stubber; without retries, so that each answer is asked for once."""
    from botocore.config import Config

    return boto3.client(
        service, region_name=REGION, aws_access_key_id="testing", aws_secret_access_key="testing",
        config=Config(retries={"total_max_attempts": 1}),
    )  # type: ignore[call-overload]  # fmt: skip
