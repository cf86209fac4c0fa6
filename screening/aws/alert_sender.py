"""Carries messages to channels: e-mail through an SNS topic of the channel, all others by HTTPS to an address that is a secret."""

from __future__ import annotations

import json
import time
from typing import Any

from screening.aws.config_store import SECRET_SECONDS, Cached, Monotonic, read_secret
from screening.aws.failures import translated
from screening.aws.outside import Connect, https_outside, post_outside
from screening.cases.alerts.channel import Channel
from screening.cases.alerts.message import AlertMessage
from screening.cases.alerts.payloads import as_slack, as_teams, as_text, as_webhook
from screening.errors import NotFoundError, PermanentError
from screening.ports import Clock
from screening.workflows.signatures import signed_headers

FORMS = {"slack": as_slack, "teams": as_teams, "webhook": as_webhook}


class AlertSecrets:
    """`{prefix}/alerts/{channel}`: {"address": ..., "secrets": [...]}; the latter for signed webhooks alone."""

    def __init__(self, secretsmanager: Any, prefix: str, *, monotonic: Monotonic = time.monotonic) -> None:
        self._secrets = secretsmanager
        self._prefix = prefix
        self._known: Cached[str, dict[str, Any]] = Cached(SECRET_SECONDS, monotonic)

    def read(self, channel: str) -> dict[str, Any]:
        """Raises NotFoundError where there is none, TransientError."""
        name = self._name(channel)
        return self._known.get(name, lambda: read_secret(self._secrets, name)) or {}

    def put(self, channel: str, value: dict[str, Any]) -> None:
        name, body = self._name(channel), json.dumps(value)
        try:
            with translated(f"Secrets Manager PutSecretValue {name}"):
                self._secrets.put_secret_value(SecretId=name, SecretString=body)
        except NotFoundError:
            with translated(f"Secrets Manager CreateSecret {name}"):
                self._secrets.create_secret(Name=name, SecretString=body)

    def delete(self, channel: str) -> None:
        name = self._name(channel)
        try:
            with translated(f"Secrets Manager DeleteSecret {name}"):
                self._secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
        except NotFoundError:
            return

    def _name(self, channel: str) -> str:
        return f"{self._prefix}/alerts/{channel}"


class AwsAlertSender:
    """The `AlertSender` of the functions."""

    def __init__(
        self, *, secrets: AlertSecrets, sns: Any, topic_prefix: str, console: str, clock: Clock, connect: Connect = https_outside
    ) -> None:  # fmt: skip
        """`console`: the console's public address, "" for none: messages then hold no links."""
        self._secrets = secrets
        self._sns = sns
        self._topic_prefix = topic_prefix
        self._console = console
        self._clock = clock
        self._connect = connect

    def send(self, channel: Channel, message: AlertMessage) -> None:
        what = f"channel {channel.name}"
        if channel.kind == "email":
            subject, body = as_text(message, channel, console=self._console)
            with translated(f"{what}: SNS Publish"):
                self._sns.publish(
                    TopicArn=f"{self._topic_prefix}{channel.name}", Subject=subject, Message=body
                )  # fmt: skip
            return
        try:
            secret = self._secrets.read(channel.name)
        except NotFoundError:
            raise PermanentError(f"{what}: its address isn't among the secrets") from None
        body = json.dumps(FORMS[channel.kind](message, channel, console=self._console), ensure_ascii=False)
        data = body.encode()
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "offer-screening"}
        if channel.kind == "webhook":
            keys = [str(key) for key in secret.get("secrets", ())]
            if not keys:
                raise PermanentError(f"{what}: no signing secret")
            headers |= signed_headers(keys, id=message.id, at=self._clock.now(), body=data)
        post_outside(what, str(secret.get("address", "")), data, headers, connect=self._connect)
