"""A deployed stack on the local emulator: start it, deploy, and talk to it as platforms, reviewers and partners do."""

from __future__ import annotations

import http.client
import json
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from screening.aws.administration import Administration
from screening.aws.local.build import build
from screening.aws.local.deploy import STACK_NAME, Session, change_parameters, deploy, local_parameters
from screening.aws.local.emulator import Emulator
from screening.aws.local.wheels import this_machine
from screening.workflows.records import Partner, Platform
from screening.workflows.signatures import request_line, signed_headers

TEAM = "general"
SIGNED = ("/v1/platforms/", "/v1/partners/", "/v1/campaigns/")
"""Paths of what platforms and partners call, which an API of their own answers."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass
class LocalStack:
    """A stack and its ways in. `outputs` are those of template.yaml."""

    session: Session
    outputs: dict[str, str]
    clients: dict[str, Any] = field(default_factory=dict)

    def client(self, service: str) -> Any:
        if service not in self.clients:
            self.clients[service] = self.session.client(service)
        return self.clients[service]

    @property
    def base_url(self) -> str:
        """Where the REST API answers, without a slash at its end: the console, its JSON, and what anybody may call."""
        return f"{self.session.endpoint}/restapis/{self.outputs['ApiId']}/{self.outputs['StageName']}/_user_request_"

    @property
    def signed_url(self) -> str:
        """Where the HTTP API answers platforms and partners, without a slash at its end."""
        return f"{self.session.endpoint}/_aws/execute-api/{self.outputs['SignedApiId']}"

    @property
    def console_url(self) -> str:
        return f"{self.base_url}/console"

    @cached_property
    def administration(self) -> Administration:
        return Administration(
            self.client("dynamodb"), self.client("secretsmanager"),
            config_table=self.outputs["ConfigTableName"], ledger_table=self.outputs["LedgerTableName"],
            secrets_prefix=self.outputs["SecretsPrefix"],
        )  # fmt: skip

    def request(
        self, method: str, path: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Answer:  # fmt: skip
        """One HTTP request to the API that has the path; redirects aren't followed."""
        base = self.signed_url if path.startswith(SIGNED) else self.base_url
        target = f"{urlsplit(base).path}{path}" + (f"?{urlencode(query)}" if query else "")
        return self.at_root(method, target, body=body, headers=headers)

    def at_root(
        self, method: str, target: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """A request to the emulator itself, as its sign-in page. `target` is the path with its query."""
        base = urlsplit(self.session.endpoint)
        connection = http.client.HTTPConnection(base.hostname or "127.0.0.1", base.port, timeout=30)
        try:
            connection.request(method, target, body=body or None, headers=dict(headers or {}))
            answer = connection.getresponse()
            cookies = tuple(value for name, value in answer.getheaders() if name.lower() == "set-cookie")
            return Answer(answer.status, {n.lower(): v for n, v in answer.getheaders()}, answer.read(), cookies)
        finally:
            connection.close()

    def signed(
        self, method: str, path: str, secret: str, *, body: bytes = b"", query: Mapping[str, str] | None = None,
        content_type: str = "application/json", message_id: str | None = None,
    ) -> Answer:  # fmt: skip
        """A request signed as Standard Webhooks has it; without a body its request line is signed."""
        signed_body = body or request_line(method, path, **(query or {}))
        headers = signed_headers([secret], id=message_id or str(uuid.uuid4()), at=datetime.now(UTC), body=signed_body)
        more = {"Content-Type": content_type} if body else {}
        return self.request(method, path, body=body, headers=headers | more, query=query)

    def send_posts(self, platform: str, secret: str, posts: Sequence[Mapping[str, Any]]) -> Answer:
        body = json.dumps(list(posts), ensure_ascii=False).encode()
        return self.signed("POST", f"/v1/platforms/{platform}/posts", secret, body=body)

    def add_platform(self, platform: str, *, team: str = TEAM) -> str:
        """Answers the platform's signing secret."""
        return self.administration.add_platform(Platform(id=platform, team=team))

    def add_partner(self, partner: Partner, template: Path, *, account: str = "222222222222") -> str:
        """Deploy the partner's own stack and configure it. Answers its signing secret."""
        deploy(
            self.session, template, code=template.parent, stack=f"partner-{partner.id}",
            parameters={"PartnerName": partner.queue.removeprefix("screening-partner-"), "PartnerAccount": account},
        )  # fmt: skip
        return self.administration.add_partner(partner)

    def add_reviewer(
        self, name: str, password: str, *, roles: Sequence[str] = ("reviewer",), teams: str = TEAM, platforms: str = ""
    ) -> None:  # fmt: skip
        """`platforms`, where given, narrows what they see to the cases of these."""
        cognito, pool = self.client("cognito-idp"), self.outputs["UserPoolId"]
        narrowed = [{"Name": "custom:platforms", "Value": platforms}] if platforms else []
        cognito.admin_create_user(
            UserPoolId=pool, Username=name, MessageAction="SUPPRESS", TemporaryPassword=password,
            UserAttributes=[{"Name": "custom:teams", "Value": teams}, *narrowed],
        )  # fmt: skip
        cognito.admin_set_user_password(UserPoolId=pool, Username=name, Password=password, Permanent=True)
        for role in roles:
            cognito.admin_add_user_to_group(UserPoolId=pool, Username=name, GroupName=role)

    def depth(self, queue_url: str) -> int:
        """Messages waiting or in flight."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.client("sqs").get_queue_attributes(QueueUrl=queue_url, AttributeNames=names)["Attributes"]
        return sum(int(found[name]) for name in names)

    def take(self, queue_url: str, *, wait_seconds: float = 0) -> list[dict[str, Any]]:
        """Take all messages off a queue, as JSON."""
        sqs, taken = self.client("sqs"), []
        deadline = time.monotonic() + wait_seconds
        while True:
            got = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=0).get("Messages", ())
            for message in got:
                taken.append(json.loads(message["Body"]))
                sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
            if not got and (taken or time.monotonic() >= deadline):
                return taken
            if not got:
                time.sleep(0.1)

    def logs(self) -> dict[str, list[str]]:
        """What every function wrote so far, by log group."""
        logs = self.client("logs")
        found: dict[str, list[str]] = {}
        for group in logs.describe_log_groups()["logGroups"]:
            name = group["logGroupName"]
            pages = logs.get_paginator("filter_log_events").paginate(logGroupName=name)
            found[name] = [event["message"] for page in pages for event in page["events"]]
        return found


@contextmanager
def running_stack(root: Path, *, say: Callable[[str], None] = lambda _line: None) -> Iterator[LocalStack]:
    """Build for this machine, start the emulator, deploy template.yaml; stop and remove everything at the end.

    Raises:
        BuildError, EmulatorError, DeployError: saying what to do.
    """
    started = time.monotonic()
    target = this_machine()
    code = root / "build" / "local"
    say("building the functions, for a minute or so ...")
    build(root, out=code, target=target)
    say(f"functions built ({time.monotonic() - started:.1f} s)")
    with Emulator(root) as emulator:
        session = Session(emulator.url, emulator.region)
        parameters = local_parameters(target, emulator.url)
        outputs = deploy(session, root / "template.yaml", code=code, stack=STACK_NAME, parameters=parameters)
        # The emulator drops what CloudFormation says of object lock, and takes it by API.
        session.client("s3").put_object_lock_configuration(
            Bucket=outputs["EvidenceBucketName"], ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"}
        )
        stack = LocalStack(session, outputs)
        # As after a first deployment to AWS without a domain of one's own: only now is the console's address known.
        change_parameters(session, {"ConsoleAddress": stack.console_url})
        say(f"stack deployed on {emulator.url} ({time.monotonic() - started:.1f} s)")
        yield stack
