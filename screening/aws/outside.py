"""Calls to addresses that somebody configured: HTTPS alone, to public addresses alone, and never where a redirect leads.

A name is looked up once, and what is called is what was checked: a name that answers otherwise the next time leads nowhere.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from screening.errors import PermanentError, TransientError

SECONDS = 5.0
LATER = frozenset({408, 425, 429})
Connect = Callable[[str, int | None], http.client.HTTPConnection]
LookUp = Callable[[str, int], Iterable[str]]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def look_up(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public Internet, however it is wrapped."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


class _Checked(http.client.HTTPSConnection):
    """Connects to an address that was checked, under the certificate of the name."""

    def __init__(self, host: str, port: int | None, look_up: LookUp) -> None:
        self._trusted = ssl.create_default_context()
        self._look_up = look_up
        super().__init__(host, port, timeout=SECONDS, context=self._trusted)

    def connect(self) -> None:
        addresses = list(self._look_up(self.host, self.port))
        if not addresses or not all(map(is_public, addresses)):
            raise PermanentError("the address leads to a private network")
        plain = socket.create_connection((addresses[0], self.port), SECONDS)
        self.sock = self._trusted.wrap_socket(plain, server_hostname=self.host)


def https_outside(host: str, port: int | None, *, look_up: LookUp = look_up) -> http.client.HTTPConnection:
    """Raises PermanentError, when it connects, for a name that leads to any private address."""
    return _Checked(host, port, look_up)


def post_outside(
    what: str, address: str, body: bytes, headers: dict[str, str], *, connect: Connect = https_outside
) -> None:
    """POST to an address that is a secret: it stands in no message, and in no traceback.

    Raises:
        TransientError: not reached, throttled or failing.
        PermanentError: refused, a redirect, or an address that nothing is sent to.
    """
    try:
        url = urlsplit(address)
        host, port = url.hostname, url.port
    except ValueError:
        raise PermanentError(f"{what}: its address can't be read") from None
    if url.scheme != "https" or not host or url.username is not None:
        raise PermanentError(f"{what}: its address must be https, without a name in it")
    path = (url.path or "/") + (f"?{url.query}" if url.query else "")
    connection = connect(host, port)
    try:
        connection.request("POST", path, body=body, headers=headers)
        status = connection.getresponse().status
    except PermanentError as error:
        raise PermanentError(f"{what}: {error.reason}") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise TransientError(f"{what}: not reached ({type(error).__name__})") from None
    finally:
        connection.close()
    if 200 <= status < 300:
        return
    if status >= 500 or status in LATER:
        raise TransientError(f"{what}: answered {status}")
    raise PermanentError(f"{what}: refused with {status}")
