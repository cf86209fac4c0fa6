"""Keyed hashes of who sends reports: with a key of their own, which nobody has who reads the reports' table."""

from __future__ import annotations

import hashlib
import hmac
from functools import cache

from screening.aws.clients import client
from screening.aws.config_store import read_secret
from screening.workflows.report_places import SenderMark

LENGTH = 16
"""Hexadecimal digits: enough to tell a case's few senders apart."""


def sender_mark(secret: str) -> SenderMark:
    """Marks under the key in `secret`, which is read when first needed."""

    @cache
    def key() -> bytes:
        return str(read_secret(client("secretsmanager"), secret)["key"]).encode()

    def mark(contact: str) -> str:
        return hmac.new(key(), contact.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:LENGTH]

    return mark
