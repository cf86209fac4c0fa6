"""What only the demo and the end-to-end tests do to a local stack: look into its tables, poison a queue, swap its rules."""

from __future__ import annotations

import base64
import json
import shutil
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from screening.aws.local.deploy import zip_folder
from screening.aws.local.hosted_page import sign_in
from screening.aws.local.stack import LocalStack
from screening.aws.post_store import HEAD, head_from_item
from screening.aws.sealer import KmsSealer
from screening.errors import ScreeningError
from screening.workflows.messages import PostMessage, seal_context
from screening.workflows.records import Head

RULES_FILE = Path("screening", "rules", "rules.bin")


class RescoreFailedError(ScreeningError):
    """The state machine didn't end well; carries its status and cause."""


@dataclass
class DemoStack(LocalStack):
    """A local stack with its lid off."""

    tokens: dict[tuple[str, str], str] = field(default_factory=dict)

    def heads(self) -> list[Head]:
        """The heads of all posts: a scan, which nothing in the product does."""
        pages = self.client("dynamodb").get_paginator("scan").paginate(
            TableName=self.outputs["PostsTableName"], ConsistentRead=True,
            FilterExpression="sk = :head", ExpressionAttributeValues={":head": {"S": HEAD}},
        )  # fmt: skip
        return [head_from_item(item) for page in pages for item in page["Items"]]

    def queue_url(self, name: str) -> str:
        return str(self.client("sqs").get_queue_url(QueueName=name)["QueueUrl"])

    def id_token(self, name: str, password: str) -> str:
        """What somebody's session holds after they signed in, asked for once: it lasts longer than any demo."""
        if (name, password) not in self.tokens:
            self.tokens[name, password] = sign_in(self, name, password).token
        return self.tokens[name, password]

    def put_poison_post(self) -> None:
        """A well-formed message that `screen` can never open: one bit of its encrypted data key is turned."""
        platform, identifier, now = "demo-jobs", "poison", datetime.now(UTC)
        seq = int(now.timestamp() * 1000)
        sealed = KmsSealer(self.client("kms"), self.outputs["SealingKeyId"]).seal(
            b"{}", seal_context(platform, identifier, seq)
        )
        raw = bytearray(base64.b64decode(sealed))
        raw[45] ^= 1
        message = PostMessage(
            platform=platform, id=identifier, seq=seq, status="published", received_at=now, source="webhook",
            correlation_id=str(uuid.uuid4()),
            sealed=base64.b64encode(raw).decode("ascii"),
        )  # fmt: skip
        self.client("sqs").send_message(
            QueueUrl=self.outputs["PostsQueueUrl"], MessageBody=json.dumps(message.to_dict())
        )

    def replace_rules(self, compiled: bytes, code: Path) -> int:
        """Give every function that holds compiled rules new ones, as a deployment would. Answers how many.

        Args:
            code: the folder that the stack was deployed from.
        """
        functions = self._functions_by_bundle()
        changed = 0
        for bundle in sorted(path for path in code.iterdir() if (path / RULES_FILE).exists()):
            with TemporaryDirectory() as folder:
                copy = Path(folder, bundle.name)
                shutil.copytree(bundle, copy)
                (copy / RULES_FILE).unlink()  # a link into the build's cache: replaced, never written through
                (copy / RULES_FILE).write_bytes(compiled)
                package = zip_folder(copy)
            self.client("lambda").update_function_code(FunctionName=functions[bundle.name], ZipFile=package)
            changed += 1
        return changed

    def rescore(self, *, timeout: float) -> dict[str, Any]:
        """Start the nightly state machine and wait for it. Answers the diff that it wrote.

        Raises:
            RescoreFailedError: it failed, or took longer than `timeout` seconds.
        """
        machine = self.client("stepfunctions")
        name = f"demo-{uuid.uuid4().hex[:12]}"
        run = machine.start_execution(stateMachineArn=self.outputs["RescoreMachineArn"], name=name, input="{}")
        deadline = time.monotonic() + timeout
        while True:
            found = machine.describe_execution(executionArn=run["executionArn"])
            if found["status"] == "SUCCEEDED":
                place = json.loads(found["output"])["diff"]
                body = self.client("s3").get_object(Bucket=place["bucket"], Key=place["key"])["Body"].read()
                diff: dict[str, Any] = json.loads(body)
                return diff
            if found["status"] != "RUNNING" or time.monotonic() > deadline:
                raise RescoreFailedError(f"rescoring: {found['status']}: {found.get('cause', 'no cause given')[:500]}")
            time.sleep(0.2)

    def _functions_by_bundle(self) -> dict[str, str]:
        pages = self.client("lambda").get_paginator("list_functions").paginate()
        found = {}
        for function in (f for page in pages for f in page["Functions"]):
            parts = function["Handler"].split(".")
            if parts[0] == "functions":
                found[parts[1]] = function["FunctionName"]
        return found
