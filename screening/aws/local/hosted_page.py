"""Signing in as a browser does, without one: through the console, the emulator's sign-in page, and back."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from screening.aws.local.stack import Answer, LocalStack
from screening.errors import AuthenticationError

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_TARGET = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]*)">')


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalSession:
    """A session of the console: its cookie as a request sends it, the id token in it, and where the last page leads."""

    cookie: str
    token: str
    leads_to: str


def sign_in(stack: LocalStack, name: str, password: str, *, going_to: str = "") -> LocalSession:
    """Raises AuthenticationError where the page doesn't let them in, or the console gives no session."""
    started = stack.request("GET", "/console/start-sign-in", query={"next": going_to} if going_to else None)
    flow = cookie_of(started, "sign-in")
    shown = stack.at_root("GET", _path(started.headers["location"]))
    fields = {found[1]: html.unescape(found[2]) for found in _HIDDEN.finditer(shown.text)}
    form = urlencode(fields | {"username": name, "password": password}).encode()
    sent = stack.at_root("POST", "/login", body=form, headers={"Content-Type": "application/x-www-form-urlencoded"})
    if sent.status != 302:
        raise AuthenticationError(f"sign-in: the emulator's page answered {sent.status}")
    brought = dict(parse_qsl(urlsplit(sent.headers["location"]).query))
    done = stack.request("GET", "/console/callback", query=brought, headers={"Cookie": flow})
    target = _TARGET.search(done.text)
    if done.status != 200 or target is None:
        raise AuthenticationError(f"sign-in: the console answered {done.status}")
    cookie = cookie_of(done, "session")
    return LocalSession(cookie=cookie, token=cookie.partition("=")[2], leads_to=html.unescape(target[1]))


def cookie_of(answer: Answer, name: str) -> str:
    """`name=value`, as an answer sets it. Raises AuthenticationError where it sets none."""
    for header in answer.cookies:
        if header.startswith(f"{name}="):
            return header.partition(";")[0]
    raise AuthenticationError(f"sign-in: no cookie {name} was set")


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"
