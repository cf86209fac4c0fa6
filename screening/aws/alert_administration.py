"""What an operator does with channels: add, list, test, remove, and send again what could not be delivered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from screening.aws.administration import new_secret
from screening.aws.alert_sender import AlertSecrets
from screening.aws.alert_store import DynamoDbAlertStore
from screening.aws.dynamo import Table
from screening.aws.failures import translated
from screening.cases.alerts.channel import Channel
from screening.cases.alerts.message import AlertMessage
from screening.errors import NotFoundError
from screening.ports import Clock, Ids
from screening.workflows.batch import QueuedMessage


class AlertAdministration:
    """Writes a channel, its secret and its topic together.

    Args:
        prefix: output `SecretsPrefix` of the stack, its name: secrets and topics begin with it.
    """

    def __init__(
        self, *, dynamodb: Any, secretsmanager: Any, sns: Any, config_table: str, cases_table: str, prefix: str,
        clock: Clock, ids: Ids,
    ) -> None:  # fmt: skip
        self._store = DynamoDbAlertStore(Table(dynamodb, config_table), Table(dynamodb, cases_table))
        self._secrets = AlertSecrets(secretsmanager, prefix)
        self._sns = sns
        self._prefix = prefix
        self._clock = clock
        self._ids = ids

    def channels(self) -> tuple[Channel, ...]:
        return self._store.channels()

    def add(self, channel: Channel, *, address: str | None = None, emails: Sequence[str] = ()) -> str | None:
        """Add or change a channel; the signing secret of a webhook, made now where it has none.

        Args:
            address: of everything but e-mail; None leaves a known channel's as it is.
            emails: who is asked by SNS whether they want its e-mails; those of before stay.

        Raises:
            NotFoundError: it has no address yet.
        """
        secret: str | None = None
        if channel.kind == "email":
            with translated(f"SNS topic of channel {channel.name}"):
                topic = self._sns.create_topic(Name=f"{self._prefix}-alerts-{channel.name}")["TopicArn"]
                for email in emails:
                    self._sns.subscribe(TopicArn=topic, Protocol="email", Endpoint=email)
        else:
            secret = self._keep(channel, address)
        self._store.put_channel(channel)
        return secret

    def _keep(self, channel: Channel, address: str | None) -> str | None:
        try:
            known = self._secrets.read(channel.name)
        except NotFoundError:
            known = {}
        address = address or known.get("address")
        if not address:
            raise NotFoundError(f"channel '{channel.name}' has no address yet: name a file that holds it")
        keys = known.get("secrets") or ([new_secret()] if channel.kind == "webhook" else [])
        if {"address": address, "secrets": keys} != known:
            self._secrets.put(channel.name, {"address": address, "secrets": keys})
        return str(keys[0]) if keys else None

    def remove(self, name: str) -> None:
        """Channel, secret, topic with its subscriptions, and what it still had to say. Raises NotFoundError."""
        self.channel(name)
        self._store.remove_channel(name)
        self._secrets.delete(name)
        with translated(f"SNS topic of channel {name}"):
            topic = self._topic_of(name)
            if topic is not None:
                self._sns.delete_topic(TopicArn=topic)

    def _topic_of(self, name: str) -> str | None:
        for page in self._sns.get_paginator("list_topics").paginate():
            for topic in page.get("Topics", ()):
                if str(topic["TopicArn"]).endswith(f":{self._prefix}-alerts-{name}"):
                    return str(topic["TopicArn"])
        return None

    def channel(self, name: str) -> Channel:
        """Raises NotFoundError, with those that there are."""
        known = {channel.name: channel for channel in self._store.channels()}
        if name not in known:
            raise NotFoundError(f"no channel '{name}'; there are {', '.join(sorted(known)) or 'none'}")
        return known[name]

    def test(self, name: str) -> AlertMessage:
        """Add a test message, which the function sends within two minutes, as it sends all others."""
        channel, now = self.channel(name), self._clock.now()
        message = AlertMessage(
            id=f"msg_{self._ids.new_id()}", channel=name, team=channel.team, kind="test", made_at=now, next_at=now
        )
        self._store.add(message)
        return message

    def last(self, name: str) -> AlertMessage | None:
        """The newest message that is kept: what was sent stays a day."""
        return max(self._store.messages(name), key=lambda one: one.made_at, default=None)

    def dead_letters(self) -> AlertDeadLetters:
        return AlertDeadLetters(self._store, self._clock.now())


class AlertDeadLetters:
    """The `DeadLetters` of messages to teams: they lie in the cases table, and go back by being due again."""

    def __init__(self, store: DynamoDbAlertStore, now: datetime) -> None:
        self._store = store
        self._now = now

    def peek(self, limit: int) -> Sequence[QueuedMessage]:
        dead = [one for channel in self._store.channels() for one in self._store.messages(channel.name, state="dead")]
        return [QueuedMessage(one.id, json.dumps(one.to_dict())) for one in dead[:limit]]

    def send_back(self, message: QueuedMessage) -> None:
        dead = AlertMessage.from_dict(json.loads(message.body))
        self._store.update(
            replace(dead, state="pending", attempts=0, next_at=self._now, revision=dead.revision + 1)
        )  # fmt: skip

    def release(self) -> None:
        """Nothing was hidden."""
