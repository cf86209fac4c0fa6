"""template.yaml over moto, in this process: its tables, queues, bus, buckets and secrets, and each function's own environment.

Functions run as their handlers, made as `functions` wires them; nothing of ours is replaced. What AWS does by itself between
them (a queue handing messages to a function) is done by whoever drives the stack.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from copy import deepcopy
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import boto3
from moto import mock_aws
from moto.dynamodb.models import dynamodb_backends

from benchmarks.dynamo_units import Index
from tests.template_reader import of_type, read_template, table_definition

STACK, REGION, ACCOUNT = "bench", "us-east-1", "123456789012"
PLATFORM = "bench"
POSTS_A_DAY = 1_000_000
"""For the audit sample, which draws so many posts a day and language however many there are."""
SECRET = "whsec_YmVuY2htYXJrLXNlY3JldC1vZi10aGlydHktdHdvLWJ5dGVz"
FUNCTIONS = ("api", "screen", "review")
SERVICES = ("dynamodb", "s3", "sqs", "events", "kms", "secretsmanager")


@dataclass(frozen=True, slots=True)
class Context:
    """What Lambda tells a function of its invocation."""

    function_name: str
    memory_limit_in_mb: int
    invoked_function_arn: str = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:bench"
    aws_request_id: str = "00000000-0000-4000-8000-000000000001"

    def get_remaining_time_in_millis(self) -> int:
        return 60_000


@dataclass(slots=True)
class Stack:
    template: dict[str, Any]
    names: dict[str, str] = field(default_factory=dict)  # logical id -> what a reference to it gives
    handlers: dict[str, Any] = field(default_factory=dict)
    log: io.StringIO = field(default_factory=io.StringIO)  # what the functions have written since it was emptied

    def client(self, service: str) -> Any:
        """One that nothing is attached to."""
        return boto3.client(service, region_name=REGION)  # type: ignore[call-overload]

    def item(self, table: str, key: Mapping[str, Any]) -> dict[str, Any] | None:
        """An item as it stands, straight from moto: a call of the SDK would take a thousand times as long."""
        found = dynamodb_backends[ACCOUNT][REGION].get_item(table, dict(key))
        return deepcopy(found.to_json()["Attributes"]) if found else None

    def memory_of(self, function: str) -> int:
        properties = self._function(function)
        globals_ = self.template["Globals"]["Function"]
        return int(properties.get("MemorySize", globals_["MemorySize"]))

    def batch_size(self, function: str, event: str) -> int:
        return int(self._function(function)["Events"][event]["Properties"]["BatchSize"])

    def table(self, logical_id: str) -> str:
        return self.names[logical_id]

    @property
    def indexes(self) -> dict[str, tuple[Index, ...]]:
        return {
            self.names[name]: Index.all_of(table_definition(self.template, name, name))
            for name in of_type(self.template, "AWS::DynamoDB::Table")
        }

    def invoke(self, function: str, event: dict[str, Any]) -> Any:
        """Run a function's handler in its environment; what it logs is kept in `log`."""
        os.environ.update(self._environment(function))
        with redirect_stdout(self.log):
            return self.handlers[function](event, Context(function, self.memory_of(function)))

    def empty_tables(self) -> None:
        """All but the configuration."""
        dynamodb = self.client("dynamodb")
        for name in of_type(self.template, "AWS::DynamoDB::Table"):
            if name != "ConfigTable":
                dynamodb.delete_table(TableName=self.names[name])
                dynamodb.create_table(**table_definition(self.template, name, self.names[name]))

    # ------------------------------------------------------------------------------------------------ making it

    def make(self) -> None:
        for name in of_type(self.template, "AWS::DynamoDB::Table"):
            self.names[name] = f"{STACK}-{name.removesuffix('Table').lower()}"
            self.client("dynamodb").create_table(**table_definition(self.template, name, self.names[name]))
        for name in of_type(self.template, "AWS::S3::Bucket"):
            self.names[name] = f"{STACK}-{name.removesuffix('Bucket').lower()}"
            self.client("s3").create_bucket(Bucket=self.names[name])
        for name, queue in of_type(self.template, "AWS::SQS::Queue").items():
            named = self._resolved(queue["Properties"]["QueueName"])
            self.names[name] = self.client("sqs").create_queue(QueueName=named)["QueueUrl"]
        self.names["Bus"] = f"{STACK}-bus"
        self.names["SealingKey"] = self.client("kms").create_key()["KeyMetadata"]["KeyId"]
        self.names["FingerprintSecret"] = f"{STACK}/fingerprint-key"
        self.client("secretsmanager").create_secret(
            Name=self.names["FingerprintSecret"], SecretString=json.dumps({"id": "k1", "key": "k" * 64})
        )
        self._make_bus()
        self._configure()
        for function in FUNCTIONS:
            os.environ.update(self._environment(function))
            with redirect_stdout(self.log):  # a logger writes to what was the standard output when it was made
                module = import_module(f"functions.{function}.handler")
            self.handlers[function] = getattr(module, self._function(function)["Handler"].rpartition(".")[2])

    def _make_bus(self) -> None:
        """The bus with its rules: their targets are queues."""
        events = self.client("events")
        events.create_event_bus(Name=self.names["Bus"])
        for name, rule in of_type(self.template, "AWS::Events::Rule").items():
            pattern = json.dumps(rule["Properties"]["EventPattern"])
            events.put_rule(Name=name, EventBusName=self.names["Bus"], EventPattern=pattern)
            targets = [
                {
                    "Id": target["Id"],
                    "Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{self.queue_name(target['Arn']['Fn::GetAtt'][0])}",
                }
                for target in rule["Properties"]["Targets"]
            ]
            events.put_targets(Rule=name, EventBusName=self.names["Bus"], Targets=targets)

    def queue_name(self, logical_id: str) -> str:
        return self.names[logical_id].rsplit("/", 1)[-1]

    def _configure(self) -> None:
        from screening.aws.config_store import DynamoDbConfigStore, SecretsManagerSecrets
        from screening.aws.dynamo import Table
        from screening.workflows.records import Platform, Sampling

        config = DynamoDbConfigStore(Table(self.client("dynamodb"), self.names["ConfigTable"]))
        config.put_platform(Platform(id=PLATFORM, team="general"))
        config.put_sampling(Sampling(default=Sampling(default=0).target_per_day / POSTS_A_DAY))
        SecretsManagerSecrets(self.client("secretsmanager"), STACK).put("platform", PLATFORM, (SECRET,))

    def _function(self, function: str) -> dict[str, Any]:
        properties: dict[str, Any] = self.template["Resources"][f"{function.capitalize()}Function"]["Properties"]
        return properties

    def _environment(self, function: str) -> dict[str, str]:
        shared = self.template["Globals"]["Function"]["Environment"]["Variables"]
        own = self._function(function)["Environment"]["Variables"]
        return {name: self._resolved(value) for name, value in (shared | own).items()}

    def _resolved(self, value: Any) -> str:
        match value:
            case {"Ref": "AWS::StackName"}:
                return STACK
            case {"Ref": str(name)} if name in self.template["Parameters"]:
                return str(self.template["Parameters"][name]["Default"])
            case {"Ref": str(name)}:
                return self.names[name]
            case {"Fn::Sub": str(text)}:
                return text.replace("${AWS::StackName}", STACK)
            case _:
                return str(value)


@contextmanager
def local_aws() -> Iterator[Stack]:
    """The stack, without credentials of anybody's; the environment is put back afterwards."""
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
    }  # fmt: skip
    try:
        with mock_aws():
            stack = Stack(read_template())
            stack.make()
            yield stack
    finally:
        os.environ.clear()
        os.environ.update(before)
