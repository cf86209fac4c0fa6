"""The sealer, apart from the other parts: functions that seal nothing carry no cryptography."""

from __future__ import annotations

from screening.aws.clients import client
from screening.aws.sealer import KmsSealer


def sealer(key_id: str) -> KmsSealer:
    return KmsSealer(client("kms"), key_id)
