"""Standard Webhooks 1.0.0 signatures: HMAC-SHA256 over `id.timestamp.body`, of the raw body, in constant time.

Two secrets are live during a rotation. A refusal never says which part was wrong.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from screening.errors import AuthenticationError
from screening.referrals.signing import decode_secret, signature

TOLERANCE = timedelta(minutes=5)
MAX_SIGNATURES = 10
REFUSED = "the request isn't signed by a known sender"


@dataclass(frozen=True, slots=True)
class SignedHeaders:
    """The three headers as they came."""

    id: str
    timestamp: str
    signature: str

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> SignedHeaders:
        """From HTTP headers in any case; what is missing becomes ""."""
        lower = {name.lower(): value for name, value in headers.items()}
        return cls(lower.get("webhook-id", ""), lower.get("webhook-timestamp", ""), lower.get("webhook-signature", ""))


@dataclass(frozen=True, slots=True)
class Verified:
    """`id` is the sender's idempotency key; `at` the signed time, whole seconds."""

    id: str
    at: datetime


def request_line(method: str, path: str, **query: str) -> bytes:
    """What a request without a body signs in place of one: `GET /v1/platforms/p/assessment?id=a%2Fb`.

    Standard Webhooks signs the body alone; over an empty one a signature that somebody overheard would fit any post id for
    five minutes. `path` is without stage or base path; values are percent-encoded as in the query, `/` too.
    """
    words = "&".join(f"{name}={quote(value, safe='', errors='surrogatepass')}" for name, value in sorted(query.items()))
    return f"{method} {path}{'?' if words else ''}{words}".encode()


def sign(secrets: Sequence[str], *, id: str, at: datetime, body: bytes) -> str:  # noqa: A002
    """The `webhook-signature` header: one `v1,` signature per secret."""
    seconds = str(int(at.timestamp()))
    return " ".join(f"v1,{base64.b64encode(signature(decode_secret(s), id, seconds, body)).decode()}" for s in secrets)


def signed_headers(secrets: Sequence[str], *, id: str, at: datetime, body: bytes) -> dict[str, str]:  # noqa: A002
    """The three headers for an outgoing request."""
    return {
        "webhook-id": id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": sign(secrets, id=id, at=at, body=body),
    }


def verify(secrets: Sequence[str], headers: SignedHeaders, body: bytes, *, now: datetime) -> Verified:
    """Check a request against the sender's secrets.

    Raises:
        AuthenticationError: the same words whatever is wrong.
    """
    at = _timestamp(headers, now)
    given = [_decoded(part) for part in headers.signature.split(" ")[:MAX_SIGNATURES] if part.startswith("v1,")]
    fits = False
    for secret in secrets:
        expected = signature(decode_secret(secret), headers.id, headers.timestamp, body)
        for one in given:
            # No early exit: the time taken tells nothing of which secret or signature fitted.
            fits = hmac.compare_digest(expected, one) or fits
    if not fits:
        raise AuthenticationError(REFUSED)
    return Verified(id=headers.id, at=at)


def verify_sender(
    secrets_of: Callable[[bool], Sequence[str]], headers: SignedHeaders, body: bytes, *, now: datetime
) -> Verified:
    """Verify against cached secrets, and once against fresh ones where that fails: a secret may just have been rotated.

    Args:
        secrets_of: gives the secrets; True asks past the cache.

    Raises:
        AuthenticationError: as `verify`.
    """
    _timestamp(headers, now)  # a stale request costs no look-up
    try:
        return verify(secrets_of(False), headers, body, now=now)
    except AuthenticationError:
        return verify(secrets_of(True), headers, body, now=now)


def _timestamp(headers: SignedHeaders, now: datetime) -> datetime:
    text = headers.timestamp
    if not headers.id or "." in headers.id or not (text.isascii() and text.isdigit()) or len(text) > 11:
        raise AuthenticationError(REFUSED)
    at = datetime.fromtimestamp(int(text), UTC)
    if abs(now - at) > TOLERANCE:
        raise AuthenticationError(REFUSED)
    return at


def _decoded(part: str) -> bytes:
    try:
        return base64.b64decode(part.removeprefix("v1,"), validate=True)
    except (binascii.Error, ValueError):
        return b""
