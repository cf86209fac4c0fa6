"""What an operator sets up: platforms, partners and their signing secrets. The command line and the demo use it.

Whoever has the stack's own credentials could write its tables; so the command line asks no second person, and its changes go
through the same workflow as the console's: one transaction with an entry in the ledger that names the operator.
"""

from __future__ import annotations

import base64
import secrets as randomness
from typing import Any

from screening.aws.config_store import DynamoDbConfigStore, SecretsManagerSecrets
from screening.aws.dynamo import Table
from screening.aws.ledger_store import DynamoDbLedgerStore
from screening.aws.settings_store import DynamoDbSettingsStore
from screening.aws.system import RandomIds, SystemClock
from screening.workflows.change_settings import ChangeSettings
from screening.workflows.records import Partner, Platform, Team, TeamPolicy
from screening.workflows.settings_records import Setting, SignerKind, kind_of, setting_from_data
from screening.workflows.team_policy import KeepPolicy

BY_COMMAND = "by command"
"""The reason that the ledger has of a change from the command line."""


class Administration:
    """Writes configuration and the secret together: neither works without the other.

    Args:
        dynamodb, secretsmanager: clients with the operator's own rights.
        config_table: output `ConfigTableName` of the stack.
        ledger_table: output `LedgerTableName` of the stack.
        secrets_prefix: output `SecretsPrefix` of the stack.
        by: who does it, for the ledger.
    """

    def __init__(
        self, dynamodb: Any, secretsmanager: Any, *, config_table: str, ledger_table: str, secrets_prefix: str,
        by: str = "operator",
    ) -> None:  # fmt: skip
        config, ledger = Table(dynamodb, config_table), Table(dynamodb, ledger_table)
        self._config = DynamoDbConfigStore(config)
        self._secrets = SecretsManagerSecrets(secretsmanager, secrets_prefix)
        self._settings = DynamoDbSettingsStore(config, ledger)
        self._change = ChangeSettings(
            store=self._settings, ledger=DynamoDbLedgerStore(ledger), secrets=self._secrets, clock=SystemClock(),
            ids=RandomIds(), new_secret=new_secret,
        )  # fmt: skip
        self._policies = KeepPolicy(store=self._settings, change=self._change, clock=SystemClock())
        self._by = by

    def add_platform(self, platform: Platform) -> str:
        """Add or change a platform. Answers its signing secret, made now where it has none."""
        self._put(platform)
        return self._secret("platform", platform.id)

    def add_partner(self, partner: Partner) -> str:
        """Add or change a partner. Its queue is a stack of its own (infra/partner.yaml). Answers its signing secret."""
        self._put(partner)
        return self._secret("partner", partner.id)

    def rotate(self, kind: SignerKind, id: str) -> str:  # noqa: A002
        """A new secret beside the old one; both work until the next rotation. Answers the new one."""
        state = self._change.secret_state(kind, id)
        return self._change.rotate(kind, id, seen=state.number if state else 0, actor=self._by, reason=BY_COMMAND)

    def platforms(self) -> tuple[Platform, ...]:
        return self._config.platforms()

    def partners(self) -> tuple[Partner, ...]:
        return self._config.partners()

    def put_team(self, team: Team) -> None:
        """Say how a review team works. A team that nobody said anything of works by `Team`'s defaults."""
        self._put(team)

    def put_policy(self, team: str, text: str) -> TeamPolicy:
        """Set the text that stands beside the team's cases; "" withdraws it. Answers the newest version."""
        return self._policies.put(team, text, actor=self._by, reason=BY_COMMAND)

    def policy(self, team: str, version: int | None = None) -> TeamPolicy | None:
        return self._policies.read(team, version)

    def teams(self) -> tuple[Team, ...]:
        """Those of which something was said."""
        return self._config.teams()

    def review_teams(self) -> tuple[str, ...]:
        return self._config.review_teams()

    def _put(self, setting: Setting) -> None:
        kind = kind_of(setting)
        stored = self._settings.read(kind, setting.id)
        seen = None if stored is None else setting_from_data(kind, stored)
        self._change.put(setting, seen=seen, actor=self._by, reason=BY_COMMAND)

    def _secret(self, kind: SignerKind, id: str) -> str:  # noqa: A002
        known = self._secrets.signing_secrets(kind, id, refresh=True)
        return known[0] if known else self.rotate(kind, id)


def new_secret() -> str:
    """A Standard Webhooks secret of 32 random bytes."""
    return "whsec_" + base64.b64encode(randomness.token_bytes(32)).decode("ascii")
