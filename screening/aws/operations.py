"""A deployed stack as its operator reaches it: configuration, rejected items, dead letters. Used by the command line."""

from __future__ import annotations

import getpass
import os
from collections.abc import Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoCredentialsError,
    NoRegionError,
    PartialCredentialsError,
)

from screening.aws.administration import Administration
from screening.aws.alert_administration import AlertAdministration, AlertDeadLetters
from screening.aws.case_store import DynamoDbCaseStore
from screening.aws.dynamo import Table
from screening.aws.ledger_operations import LedgerOperations
from screening.aws.link_store import DynamoDbLinkStore
from screening.aws.local.emulator import LOCAL_ACCOUNT, LOCAL_REGION
from screening.aws.post_store import DynamoDbPostStore
from screening.aws.settings_store import SqsQueueNames
from screening.aws.system import RandomIds, SystemClock
from screening.errors import NotFoundError, TransientError
from screening.workflows.batch import QueuedMessage
from screening.workflows.known_contacts import KnownContacts, UnlinkPost
from screening.workflows.linking import LinkPosts, LinkSettings
from screening.workflows.redrive import READERS, RedriveDeadLetters

DEAD_LETTER_QUEUES = {
    "posts": ("Posts", "posts"),
    "intake": ("Intake", "intake"),
    "assessed": ("Assessed", "review"),
    "reports": ("Reports", "review"),
    "decided": ("Decided", "refer"),
}
"""Name on the command line -> (prefix of the stack's outputs, reader of its messages)."""

PEEK_SECONDS = 60
"""How long messages stay hidden while they are looked at."""


class SqsDeadLetters:
    """Dead letters of one queue. What was peeked at and not sent back is made visible again by `release`."""

    def __init__(self, sqs: Any, *, letters_url: str, source_url: str) -> None:
        self._sqs = sqs
        self._letters = letters_url
        self._source = source_url
        self._receipts: dict[str, str] = {}

    def peek(self, limit: int) -> Sequence[QueuedMessage]:
        found: list[QueuedMessage] = []
        try:
            while len(found) < limit:
                answer = self._sqs.receive_message(
                    QueueUrl=self._letters, MaxNumberOfMessages=min(10, limit - len(found)),
                    VisibilityTimeout=PEEK_SECONDS, WaitTimeSeconds=1,
                )  # fmt: skip
                messages = answer.get("Messages", ())
                if not messages:
                    break
                for message in messages:
                    self._receipts[message["MessageId"]] = message["ReceiptHandle"]
                    found.append(QueuedMessage(message["MessageId"], message["Body"]))
        except (ClientError, BotoCoreError) as error:
            raise TransientError(f"the dead letters can't be read: {error}") from error
        return found

    def send_back(self, message: QueuedMessage) -> None:
        # Send, then delete: dying in between leaves it on both queues, and consumers drop what they know.
        try:
            self._sqs.send_message(QueueUrl=self._source, MessageBody=message.body)
            self._sqs.delete_message(QueueUrl=self._letters, ReceiptHandle=self._receipts.pop(message.message_id))
        except (ClientError, BotoCoreError) as error:
            raise TransientError(f"message {message.message_id} stayed in the dead letters: {error}") from error

    def release(self) -> None:
        try:
            for receipt in self._receipts.values():
                self._sqs.change_message_visibility(QueueUrl=self._letters, ReceiptHandle=receipt, VisibilityTimeout=0)
        except (ClientError, BotoCoreError) as error:
            raise TransientError(
                f"dead letters that were looked at stay hidden for up to {PEEK_SECONDS} seconds: {error}"
            ) from error
        self._receipts.clear()


LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class _Outputs(dict[str, str]):
    """The outputs of a stack by name. One that isn't there raises NotFoundError: it is another stack, or an older release."""

    def __init__(self, stack: str, outputs: dict[str, str]) -> None:
        super().__init__(outputs)
        self._stack = stack

    def __missing__(self, name: str) -> str:
        raise NotFoundError(
            f"stack '{self._stack}' has no output '{name}': it is no stack of template.yaml, or one of an older release. "
            "Name another with --stack, or deploy this release"
        )


class _Uncounted:
    """An operator's own command adds nothing to the functions' metrics."""

    def count(self, name: str, value: int = 1, **dimensions: str) -> None:
        pass


class Operations:
    """The operator's ways into one stack, with the operator's own credentials."""

    def __init__(self, session: Any, outputs: dict[str, str], *, endpoint: str | None = None) -> None:
        self._session = session
        self._outputs = outputs
        self._endpoint = endpoint

    @classmethod
    def connect(cls, stack: str, *, endpoint: str | None = None) -> Operations:
        """Find the stack by name in the account and region of the environment.

        Raises:
            NotFoundError: no such stack, no credentials, no region or no answer, each with what to do.
        """
        try:
            session = _session(endpoint)
            formation = session.client("cloudformation", endpoint_url=endpoint)
            described = formation.describe_stacks(StackName=stack)["Stacks"][0]
        except ClientError as error:
            raise NotFoundError(
                f"no stack '{stack}' in this account and region ({error.response['Error']['Message']}); name another with --stack"
            ) from error
        except BotoCoreError as error:
            raise NotFoundError(_what_to_set(error, endpoint)) from error
        outputs = {output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", ())}
        return cls(session, _Outputs(stack, outputs), endpoint=endpoint)

    @cached_property
    def administration(self) -> Administration:
        return Administration(
            self._client("dynamodb"), self._client("secretsmanager"),
            config_table=self._outputs["ConfigTableName"], ledger_table=self._outputs["LedgerTableName"],
            secrets_prefix=self._outputs["SecretsPrefix"], by=f"operator:{getpass.getuser()}",
        )  # fmt: skip

    @cached_property
    def posts(self) -> DynamoDbPostStore:
        return DynamoDbPostStore(Table(self._client("dynamodb"), self._outputs["PostsTableName"]), SystemClock())

    @cached_property
    def cases(self) -> DynamoDbCaseStore:
        """For reading: what it would write of retention isn't known here."""
        tables = (
            Table(self._client("dynamodb"), self._outputs[name]) for name in ("CasesTableName", "LedgerTableName")
        )
        return DynamoDbCaseStore(*tables, retention_days=0)

    def review_teams(self) -> tuple[str, ...]:
        return self.administration.review_teams()

    @cached_property
    def known_contacts(self) -> KnownContacts:
        return KnownContacts(links=self._links, posts=self.posts)

    @cached_property
    def unlink(self) -> UnlinkPost:
        links = LinkPosts(store=self._links, clock=SystemClock(), metrics=_Uncounted(), settings=LinkSettings())
        return UnlinkPost(links=links, posts=self.posts)

    @cached_property
    def ledger(self) -> LedgerOperations:
        return LedgerOperations(self._client, self._outputs, metrics=_Uncounted())

    @cached_property
    def _links(self) -> DynamoDbLinkStore:
        return DynamoDbLinkStore(Table(self._client("dynamodb"), self._outputs["LinksTableName"]), SystemClock())

    def has_review_queue(self, team: str) -> bool:
        """Whether the queue exists to which `review` sends a team's pointers."""
        prefix = self._outputs["SecretsPrefix"]  # the stack's name
        return self.has_queue(f"{prefix}-review-{team}")

    def has_queue(self, name: str) -> bool:
        """Raises TransientError where it can't be looked up."""
        return SqsQueueNames(self._client("sqs")).has_queue(name)

    @cached_property
    def alerts(self) -> AlertAdministration:
        return AlertAdministration(
            dynamodb=self._client("dynamodb"), secretsmanager=self._client("secretsmanager"), sns=self._client("sns"),
            config_table=self._outputs["ConfigTableName"], cases_table=self._outputs["CasesTableName"],
            prefix=self._outputs["SecretsPrefix"], clock=SystemClock(), ids=RandomIds(),
        )  # fmt: skip

    def dead_letters(self, queue: str) -> tuple[SqsDeadLetters | AlertDeadLetters, RedriveDeadLetters]:
        """The dead letters of a queue of `DEAD_LETTER_QUEUES`, or of messages to teams, and the use case that sends them back."""
        if queue == "alerts":
            alerts = self.alerts.dead_letters()
            return alerts, RedriveDeadLetters(letters=alerts, reader=READERS["alerts"])
        prefix, reader = DEAD_LETTER_QUEUES[queue]
        letters = SqsDeadLetters(
            self._client("sqs"),
            letters_url=self._outputs[f"{prefix}DeadLettersUrl"],
            source_url=self._outputs[f"{prefix}QueueUrl"],
        )
        return letters, RedriveDeadLetters(letters=letters, reader=READERS[reader])

    def _client(self, service: str) -> Any:
        return self._session.client(service, endpoint_url=self._endpoint)


def _session(endpoint: str | None) -> Any:
    if endpoint is not None and urlsplit(endpoint).hostname in LOOPBACK:
        # The emulator has one account and one region, and the key is the account's number: no shell needs to know them.
        return boto3.Session(
            region_name=LOCAL_REGION, aws_access_key_id=LOCAL_ACCOUNT,
            aws_secret_access_key="local",  # noqa: S106 - the emulator checks none for the account's own key
        )  # fmt: skip
    # The AWS command line hears AWS_REGION; boto3 by itself hears AWS_DEFAULT_REGION alone.
    return boto3.Session(region_name=os.environ.get("AWS_REGION"))


def _what_to_set(error: BotoCoreError, endpoint: str | None) -> str:
    local = "For the stack of `screening demo` give --endpoint with the address that it prints"
    if isinstance(error, NoRegionError):
        return f"no AWS region is set: set AWS_REGION to that of the stack (export AWS_REGION=eu-central-1). {local}"
    if isinstance(error, NoCredentialsError | PartialCredentialsError):
        return (
            "no AWS credentials are set: set AWS_PROFILE to a profile of `aws configure`, "
            f"or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. {local}"
        )
    if endpoint is not None:
        return f"{endpoint} doesn't answer. {local}; it is up as long as the demo is"
    return f"AWS can't be reached: {str(error).rstrip('.')}. Check AWS_PROFILE and AWS_REGION. {local}"
