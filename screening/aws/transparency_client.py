"""Sends statements to the DSA Transparency Database: checked before, in batches, and safe to send again.

The database takes a batch whole or not at all, and refuses an id that it has. So a statement that it has already counts as
sent, one that it refuses is named, and the rest of the batch goes again without them.
"""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from screening.errors import AuthenticationError, PermanentError, TransientError
from screening.referrals.transparency_rules import MAX_BATCH, Fault, batch_faults, faults

PATH = "/api/v1/statements"
SECONDS = 20.0
MAX_ANSWER = 4 * 1024 * 1024
"""Bytes of an answer that are read: a batch of a hundred statements comes back whole."""
_LATER = frozenset({408, 425, 429})

Connect = Callable[[str, int | None], http.client.HTTPConnection]


def _https(host: str, port: int | None) -> http.client.HTTPConnection:
    return http.client.HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())


@dataclass(frozen=True, slots=True)
class RefusedStatement:
    """`index` into what was passed; `by_database` tells a refusal of the database from one before sending."""

    index: int
    faults: tuple[Fault, ...]
    by_database: bool


@dataclass(frozen=True, slots=True)
class SentStatements:
    """Indexes into what was passed. `existing` were there already, and are as good as sent."""

    sent: frozenset[int]
    existing: frozenset[int]
    refused: tuple[RefusedStatement, ...]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What a refused batch tells: ids that are there already, and faults by place in the batch."""

    existing: frozenset[str]
    faults: dict[int, tuple[Fault, ...]]


class HttpTransparencyDatabase:
    """The `TransparencyDatabase` of the functions: HTTPS alone, no redirects, and no token in any message.

    Args:
        address: scheme and host of the database, its sandbox until the Digital Services Coordinator lets you out of it.
        token: gives the bearer token; asked for once a call of `send`, so that a new one is taken up.

    Raises:
        PermanentError: `address` isn't a plain https address.
    """

    def __init__(self, address: str, token: Callable[[], str], *, connect: Connect = _https) -> None:
        url = urlsplit(address)
        if url.scheme != "https" or not url.hostname or url.username or url.path.strip("/") or url.query:
            raise PermanentError("transparency database: its address must be https with a host alone")
        self._host = url.hostname
        self._port = url.port
        self._token = token
        self._connect = connect

    def send(self, statements: Sequence[Mapping[str, Any]]) -> SentStatements:
        """Send any number of statements. Sending the same again is safe: their ids are known there.

        Raises:
            AuthenticationError: the token is missing or doesn't hold.
            TransientError: not reached, throttled or failing; batches before it may have been taken.
            PermanentError: an answer that the published interface doesn't have.
        """
        refused, waiting = _checked(statements)
        sent: set[int] = set()
        existing: set[int] = set()
        token = self._usable_token() if waiting else ""
        while waiting:
            batch, waiting = waiting[:MAX_BATCH], waiting[MAX_BATCH:]
            verdict = self._post([statements[index] for index in batch], token)
            if verdict is None:
                sent.update(batch)
                continue
            known = {index for index in batch if statements[index]["puid"] in verdict.existing}
            wrong = {batch[place]: found for place, found in verdict.faults.items() if place < len(batch)}
            if not known and not wrong:
                raise PermanentError("transparency database: refused a batch without naming a statement of it")
            existing |= known
            refused += [RefusedStatement(index, found, True) for index, found in wrong.items() if index not in known]
            waiting = [index for index in batch if index not in known and index not in wrong] + waiting
        return SentStatements(
            frozenset(sent), frozenset(existing), tuple(sorted(refused, key=lambda statement: statement.index))
        )

    def _usable_token(self) -> str:
        token = self._token()
        if not token or not token.isascii() or not token.isprintable():
            raise AuthenticationError("transparency database: no usable token is configured")
        return token

    def _post(self, batch: list[Mapping[str, Any]], token: str) -> _Verdict | None:
        """None where the batch was taken; else what stands against it."""
        body = json.dumps({"statements": batch}, separators=(",", ":"), ensure_ascii=False).encode()
        headers = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": "offer-screening",
        }
        connection = self._connect(self._host, self._port)
        try:
            connection.request("POST", PATH, body=body, headers=headers)
            answer = connection.getresponse()
            status, text = answer.status, answer.read(MAX_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            # `from None`: whatever stands in the error, the headers and with them the token stay out of every traceback.
            raise TransientError(f"transparency database: not reached ({type(error).__name__})") from None
        finally:
            connection.close()
        if status == 201:
            return None
        if status == 422:
            return _read_verdict(text, batch)
        if status in (401, 403):
            raise AuthenticationError(f"transparency database: answered {status}, the token doesn't hold")
        if status >= 500 or status in _LATER:
            raise TransientError(f"transparency database: answered {status}")
        raise PermanentError(f"transparency database: answered {status}")


def _checked(statements: Sequence[Mapping[str, Any]]) -> tuple[list[RefusedStatement], list[int]]:
    """What the published rules refuse, and the indexes of the rest. An id that stands twice is sent once."""
    refused: list[RefusedStatement] = []
    ready: list[int] = []
    used: set[str] = set()
    for index, statement in enumerate(statements):
        found = faults(statement)
        if not found and statement["puid"] in used:
            found = batch_faults([statement, statement])["statement_1"]
        if found:
            refused.append(RefusedStatement(index, found, False))
        else:
            used.add(statement["puid"])
            ready.append(index)
    return refused, ready


def _read_verdict(text: bytes, batch: list[Mapping[str, Any]]) -> _Verdict:
    """The body of a 422: `errors.statement_<i>`, `errors.existing_puids`, or for a single id `existing`."""
    try:
        answer = json.loads(text)
    except ValueError:
        raise PermanentError("transparency database: answered 422 without JSON") from None
    answer = _as_object(answer)
    errors = _as_object(answer.get("errors"))
    known = errors.get("existing_puids")
    existing = {puid for puid in known if isinstance(puid, str)} if isinstance(known, list) else set()
    if isinstance(answer.get("existing"), dict):
        puid = answer["existing"].get("puid")
        # The database hides the id of what it has; with one statement sent there is no doubt which it is.
        existing |= {puid} if isinstance(puid, str) else {batch[0]["puid"]} if len(batch) == 1 else set()
    found: dict[int, tuple[Fault, ...]] = {}
    for name, wrong in errors.items():
        place = name.removeprefix("statement_")
        if name.startswith("statement_") and place.isascii() and place.isdigit() and isinstance(wrong, dict):
            # Field names alone: the database's sentences may quote what was sent.
            found[int(place)] = tuple(Fault(str(field), "was refused by the database") for field in sorted(wrong))
    return _Verdict(frozenset(existing), found)


def _as_object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
