"""Time and chance from the machine."""

from __future__ import annotations

import secrets
import uuid
from datetime import UTC, datetime


class SystemClock:
    """The `Clock` of the functions."""

    def now(self) -> datetime:
        moment = datetime.now(UTC)
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class RandomIds:
    """The `Ids` of the functions."""

    def new_id(self) -> str:
        return str(uuid.uuid4())

    def salt(self) -> str:
        return secrets.token_hex(16)
