"""What an operator sets up: platforms, partners and their signing secrets. The command line and the demo use it."""

from __future__ import annotations

import base64
import secrets as randomness
from typing import Any

from screening.aws.config_store import DynamoDbConfigStore, SecretsManagerSecrets
from screening.aws.dynamo import Table
from screening.workflows.records import Partner, Platform, Team


class Administration:
    """Writes configuration and the secret together: neither works without the other.

    Args:
        dynamodb, secretsmanager: clients with the operator's own rights.
        config_table: output `ConfigTableName` of the stack.
        secrets_prefix: output `SecretsPrefix` of the stack.
    """

    def __init__(self, dynamodb: Any, secretsmanager: Any, *, config_table: str, secrets_prefix: str) -> None:
        self._config = DynamoDbConfigStore(Table(dynamodb, config_table))
        self._secrets = SecretsManagerSecrets(secretsmanager, secrets_prefix)

    def add_platform(self, platform: Platform) -> str:
        """Add or change a platform. Answers its signing secret, made now where it has none."""
        secret = self._secret("platform", platform.id)
        before = next((known.team for known in self._config.platforms() if known.id == platform.id), platform.team)
        if before != platform.team and before not in {team.id for team in self._config.teams()}:
            # Its open cases stay with that team, which must not be forgotten: alarms and exports go through the known ones.
            self._config.put_team(Team(id=before))
        self._config.put_platform(platform)
        return secret

    def add_partner(self, partner: Partner) -> str:
        """Add or change a partner. Its queue is a stack of its own (infra/partner.yaml). Answers its signing secret."""
        secret = self._secret("partner", partner.id)
        self._config.put_partner(partner)
        return secret

    def rotate(self, kind: str, id: str) -> str:  # noqa: A002
        """A new secret beside the old one; both work until the next rotation. Answers the new one."""
        fresh = new_secret()
        self._secrets.put(kind, id, (fresh, *self._secrets.signing_secrets(kind, id, refresh=True)[:1]))
        return fresh

    def platforms(self) -> tuple[Platform, ...]:
        return self._config.platforms()

    def partners(self) -> tuple[Partner, ...]:
        return self._config.partners()

    def put_team(self, team: Team) -> None:
        """Say how a review team works. A team that nobody said anything of works by `Team`'s defaults."""
        self._config.put_team(team)

    def teams(self) -> tuple[Team, ...]:
        """Those of which something was said."""
        return self._config.teams()

    def review_teams(self) -> tuple[str, ...]:
        return self._config.review_teams()

    def _secret(self, kind: str, id: str) -> str:  # noqa: A002
        known = self._secrets.signing_secrets(kind, id, refresh=True)
        if known:
            return known[0]
        self._secrets.put(kind, id, (new_secret(),))
        return self._secrets.signing_secrets(kind, id, refresh=True)[0]


def new_secret() -> str:
    """A Standard Webhooks secret of 32 random bytes."""
    return "whsec_" + base64.b64encode(randomness.token_bytes(32)).decode("ascii")
