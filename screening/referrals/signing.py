"""A detached signature over a package as it is handed out: who holds the bytes can show later that they came from here.

Standard Webhooks 1.0.0: HMAC-SHA256 over `id.timestamp.body`, one `v1,` signature for each of the partner's live secrets. It
stands in the answer's headers, not in the package, so that it covers the exact bytes in whatever format they go out.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime

_PREFIX = "whsec_"
_LEAST_SECRET, _MOST_SECRET = 24, 64


def signature_headers(secrets: Sequence[str], *, referral: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers of an answer that hands out `body` at `at`.

    Args:
        secrets: the partner's `whsec_` secrets, one or, during a rotation, two.
        referral: the package's id; the signed message id is `package_{referral}`.

    Raises:
        ValueError: no secret, or one that isn't base64 of 24 to 64 bytes.
    """
    if not secrets:
        raise ValueError("a package can't be signed without a secret")
    message, seconds = f"package_{referral}", str(int(at.timestamp()))
    return {
        "webhook-id": message,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(f"v1,{_written(secret, message, seconds, body)}" for secret in secrets),
    }


def is_signed(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether one of the signatures is of these bytes and this secret. However old: it is proof, not a login.

    Raises:
        ValueError: the secret isn't base64 of 24 to 64 bytes.
    """
    given = {name.lower(): value for name, value in headers.items()}
    message, seconds = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    expected = f"v1,{_written(secret, message, seconds, body)}".encode()
    fits = False
    for one in given.get("webhook-signature", "").split(" "):
        fits = hmac.compare_digest(expected, one.encode("utf-8", "replace")) or fits
    return fits


def signature(key: bytes, message: str, seconds: str, body: bytes) -> bytes:
    """HMAC-SHA256 over `id.timestamp.body`, as Standard Webhooks 1.0.0 has it."""
    return hmac.new(key, f"{message}.{seconds}.".encode("utf-8", "replace") + body, hashlib.sha256).digest()


def decode_secret(secret: str) -> bytes:
    """The key of a `whsec_` secret. Raises ValueError where it isn't base64 of 24 to 64 bytes."""
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except ValueError:
        raise ValueError("a signing secret isn't base64") from None
    if not _LEAST_SECRET <= len(key) <= _MOST_SECRET:
        raise ValueError(f"a signing secret has {len(key)} bytes, not {_LEAST_SECRET} to {_MOST_SECRET}")
    return key


def _written(secret: str, message: str, seconds: str, body: bytes) -> str:
    return base64.b64encode(signature(decode_secret(secret), message, seconds, body)).decode()
