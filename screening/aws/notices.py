"""Signed calls to a platform's own endpoint, as Standard Webhooks has them."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from screening.errors import PermanentError, TransientError
from screening.ports import Clock, Secrets
from screening.workflows.records import Platform
from screening.workflows.signatures import signed_headers

SECONDS = 5.0
_LATER = frozenset({408, 425, 429})

Connect = Callable[[str, int | None], http.client.HTTPConnection]


def _https(host: str, port: int | None) -> http.client.HTTPConnection:
    return http.client.HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())


class HttpPlatformNotices:
    """The `PlatformNotices` of the functions: HTTPS alone, no redirects, so that a notice goes where it was configured to."""

    def __init__(self, secrets: Secrets, clock: Clock, *, connect: Connect = _https) -> None:
        self._secrets = secrets
        self._clock = clock
        self._connect = connect

    def send(self, platform: Platform, *, message_id: str, body: dict[str, Any]) -> None:
        """Raises TransientError where it may work later, PermanentError where the platform refuses it or is configured wrongly."""
        url = urlsplit(platform.webhook_url or "")
        if url.scheme != "https" or not url.hostname:
            raise PermanentError(f"platform {platform.id}: webhook address must be https")
        secrets = self._secrets.signing_secrets("platform", platform.id)
        if not secrets:
            raise PermanentError(f"platform {platform.id}: no signing secret")
        data = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "User-Agent": "offer-screening"}
        headers |= signed_headers(secrets, id=message_id, at=self._clock.now(), body=data)
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        connection = self._connect(url.hostname, url.port)
        try:
            connection.request("POST", path, body=data, headers=headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            raise TransientError(f"platform {platform.id}: webhook not reached ({type(error).__name__})") from error
        finally:
            connection.close()
        if 200 <= status < 300:
            return
        if status >= 500 or status in _LATER:
            raise TransientError(f"platform {platform.id}: webhook answered {status}")
        raise PermanentError(f"platform {platform.id}: webhook refused with {status}")
