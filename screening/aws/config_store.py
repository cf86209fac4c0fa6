"""Configuration in DynamoDB and secrets in Secrets Manager: read by the functions, written by the command line."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from threading import Lock
from typing import Any

from screening.aws.dynamo import Item, Table, as_json, key_part, text
from screening.aws.failures import translated
from screening.errors import NotFoundError, TransientError
from screening.workflows.records import Partner, Platform, RuleSwitch, Sampling, Team, TeamPolicy
from screening.workflows.settings_records import partner_from_data

CONFIG_SECONDS = 60.0
SECRET_SECONDS = 300.0

Monotonic = Callable[[], float]


class Cached[K, V]:
    """Values remembered for some seconds. What isn't there isn't remembered: a platform just added must work at once."""

    def __init__(self, seconds: float, monotonic: Monotonic) -> None:
        self._seconds = seconds
        self._monotonic = monotonic
        self._values: dict[K, tuple[float, V]] = {}
        self._lock = Lock()

    def get(self, key: K, load: Callable[[], V | None], *, refresh: bool = False) -> V | None:
        with self._lock:
            known = self._values.get(key)
        if known is not None and not refresh and self._monotonic() < known[0]:
            return known[1]
        value = load()
        with self._lock:
            if value is None:
                self._values.pop(key, None)
            else:
                self._values[key] = (self._monotonic() + self._seconds, value)
        return value


class DynamoDbConfigStore:
    """The `ConfigStore` of the functions."""

    def __init__(self, table: Table, *, monotonic: Monotonic = time.monotonic) -> None:
        self._table = table
        self._platforms: Cached[str, Platform] = Cached(CONFIG_SECONDS, monotonic)
        self._partners: Cached[str, Partner] = Cached(CONFIG_SECONDS, monotonic)
        self._teams: Cached[str, Team] = Cached(CONFIG_SECONDS, monotonic)
        self._policies: Cached[str, TeamPolicy] = Cached(CONFIG_SECONDS, monotonic)
        self._rules: Cached[str, tuple[RuleSwitch, ...]] = Cached(CONFIG_SECONDS, monotonic)
        self._sampling: Cached[str, Sampling] = Cached(CONFIG_SECONDS, monotonic)

    def platform(self, platform: str) -> Platform | None:
        return self._platforms.get(platform, lambda: _platform(self._table.get("PLATFORM", key_part(platform))))

    def partner(self, partner: str) -> Partner | None:
        return self._partners.get(partner, lambda: _partner(self._table.get("PARTNER", key_part(partner))))

    def platforms(self) -> tuple[Platform, ...]:
        return tuple(Platform(**_data(item)) for item in self._table.query("pk = :pk", {":pk": text("PLATFORM")}))

    def partners(self) -> tuple[Partner, ...]:
        return tuple(_partner_from(item) for item in self._table.query("pk = :pk", {":pk": text("PARTNER")}))

    def team(self, team: str) -> Team:
        return self._teams.get(team, lambda: _team(self._table.get("TEAM", key_part(team)))) or Team(id=team)

    def policy(self, team: str) -> TeamPolicy | None:
        return self._policies.get(team, lambda: _policy(self._table.get("POLICY", key_part(team))))

    def rules_off(self, now: datetime) -> frozenset[str]:
        return frozenset(rule.id for rule in self._rules.get("", self.rules) or () if rule.is_off(now))

    def rules(self) -> tuple[RuleSwitch, ...]:
        return tuple(RuleSwitch(**_data(item)) for item in self._table.query("pk = :pk", {":pk": text("RULE")}))

    def platforms_of(self, teams: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(platform.id for platform in self.platforms() if platform.team in teams))

    def review_teams(self) -> tuple[str, ...]:
        return tuple(sorted({platform.team for platform in self.platforms()} | {team.id for team in self.teams()}))

    def put_team(self, team: Team) -> None:
        self._table.put({"pk": text("TEAM"), "sk": text(key_part(team.id)), "config": as_json(asdict(team))})

    def teams(self) -> tuple[Team, ...]:
        return tuple(Team(**_data(item)) for item in self._table.query("pk = :pk", {":pk": text("TEAM")}))

    def sampling(self) -> Sampling | None:
        return self._sampling.get("", lambda: _sampling(self._table.get("SAMPLING", "CURRENT")))

    def put_sampling(self, sampling: Sampling) -> None:
        self._table.put({"pk": text("SAMPLING"), "sk": text("CURRENT"), "config": as_json(asdict(sampling))})

    def put_platform(self, platform: Platform) -> None:
        self._table.put({
            "pk": text("PLATFORM"), "sk": text(key_part(platform.id)), "config": as_json(asdict(platform)),
        })  # fmt: skip

    def put_partner(self, partner: Partner) -> None:
        data = asdict(partner) | {"fields": sorted(partner.fields)}
        self._table.put({"pk": text("PARTNER"), "sk": text(key_part(partner.id)), "config": as_json(data)})


class SecretsManagerSecrets:
    """The `Secrets` of the functions: `{prefix}/platforms/{id}` and `{prefix}/partners/{id}`, each {"secrets": [...]}."""

    def __init__(self, secretsmanager: Any, prefix: str, *, monotonic: Monotonic = time.monotonic) -> None:
        self._secrets = secretsmanager
        self._prefix = prefix
        self._known: Cached[str, tuple[str, ...]] = Cached(SECRET_SECONDS, monotonic)

    def signing_secrets(self, kind: str, id: str, *, refresh: bool = False) -> tuple[str, ...]:  # noqa: A002
        name = self._name(kind, id)
        return self._known.get(name, lambda: self._read(name), refresh=refresh) or ()

    def put(self, kind: str, id: str, secrets: tuple[str, ...]) -> None:  # noqa: A002
        """Create or replace the secrets of a platform or partner, the new one first."""
        name, value = self._name(kind, id), json.dumps({"secrets": list(secrets)})
        try:
            with translated(f"Secrets Manager PutSecretValue {name}"):
                self._secrets.put_secret_value(SecretId=name, SecretString=value)
        except NotFoundError:
            with translated(f"Secrets Manager CreateSecret {name}"):
                self._secrets.create_secret(Name=name, SecretString=value)

    def _read(self, name: str) -> tuple[str, ...] | None:
        try:
            return tuple(str(secret) for secret in read_secret(self._secrets, name)["secrets"])
        except NotFoundError:
            return None

    def _name(self, kind: str, id: str) -> str:  # noqa: A002
        plain = re.fullmatch(r"[A-Za-z0-9_-]{1,64}", id) is not None
        return f"{self._prefix}/{kind}s/{id if plain else 'x.' + key_part(id)}"


def read_secret(secretsmanager: Any, name: str) -> dict[str, Any]:
    """A secret that holds a JSON object. Raises NotFoundError or TransientError."""
    with translated(f"Secrets Manager GetSecretValue {name}"):
        value = secretsmanager.get_secret_value(SecretId=name)["SecretString"]
    try:
        data: dict[str, Any] = json.loads(value)
    except ValueError:
        raise TransientError(f"secret {name}: no JSON object; it waits until somebody mends it") from None
    return data


def _data(item: Item) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(item["config"]["S"])
    return data


def _platform(item: Item | None) -> Platform | None:
    return Platform(**_data(item)) if item else None


def _partner(item: Item | None) -> Partner | None:
    return _partner_from(item) if item else None


def _partner_from(item: Item) -> Partner:
    return partner_from_data(_data(item))


def _team(item: Item | None) -> Team | None:
    return Team(**_data(item)) if item else None


def _policy(item: Item | None) -> TeamPolicy | None:
    return TeamPolicy.from_data(_data(item)) if item else None


def _sampling(item: Item | None) -> Sampling | None:
    return Sampling(**_data(item)) if item else None
