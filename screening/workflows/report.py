"""Reports from the public, and notices under DSA art. 16: sealed at once, then told to `review` by their ids alone."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, get_args
from urllib.parse import urlsplit

from screening.cases.ledger import canonical_json
from screening.errors import PermanentError, TransientError
from screening.fields import Fields, rfc3339
from screening.ports import Clock, EventBus, Ids, Metrics, ReportStore, Sealer
from screening.workflows.batch import read_body
from screening.workflows.events import Event, ReportReceived
from screening.workflows.receive import PayloadTooLargeError
from screening.workflows.records import Report, ReportKind
from screening.workflows.report_places import SenderMark, sender_of
from screening.workflows.retention import Retention

MAX_REASON = 5_000
MAX_BODY = 32_768
"""Bytes of a request from the public: the longest explanation in four-byte characters, and room for the rest."""
MAX_NAME = 200
MAX_EMAIL = 254
"""Characters of an address that mail can carry (RFC 5321, 4.5.3.1.3)."""
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
SENT_FIRST: frozenset[ReportKind] = frozenset(get_args(ReportKind)) - {"complaint"}
"""What comes without anything before it; a complaint has its own route."""


def read_request(body: bytes) -> object:
    """A request of the public. Raises PayloadTooLargeError, or PermanentError where it is no JSON."""
    if len(body) > MAX_BODY:
        raise PayloadTooLargeError(f"the body has {len(body)} bytes; at most {MAX_BODY} are taken")
    return read_body(body.decode("utf-8", "replace"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a report, notice, complaint or appeal says, without who sent it."""

    words: str
    address: str | None  # of the offer, as it was given
    post: tuple[str, str] | None  # (platform, id), as they were given
    child_offence: bool


def statement_of(report: Report, sealer: Sealer) -> Statement:
    """Raises PermanentError or TransientError."""
    private = Fields(json.loads(sealer.unseal(report.sealed, f"report/{report.id}")), "report")
    return Statement(
        words=private.text("reason", limit=MAX_REASON), address=private.text_or_none("url"),
        post=(report.platform, report.post_id) if report.platform and report.post_id else None,
        child_offence=report.child_offence,
    )  # fmt: skip


def hash_of_token(token: str) -> str:
    """What is kept of a token. It is random and long, so that a plain hash can't be searched back."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReceipt:
    """The confirmation of receipt (DSA art. 16(4)). `token` is shown this once: its hash alone is kept."""

    report: str  # the number to name when asking about it
    token: str
    received_at: datetime

    def to_dict(self) -> dict[str, Any]:
        return {"report": self.report, "token": self.token, "received_at": rfc3339(self.received_at)}


class ReceiveReport:
    """Takes a report or notice of an offer. A reporter's contact is their choice; all that is private stays sealed."""

    def __init__(
        self, *, reports: ReportStore, sealer: Sealer, bus: EventBus, clock: Clock, ids: Ids, metrics: Metrics,
        retention: Retention | None = None, mark: SenderMark | None = None,
    ) -> None:  # fmt: skip
        """`mark` tells reports of one sender from those of several; without it all count as one sender's."""
        self._mark = mark
        self._reports = reports
        self._sealer = sealer
        self._bus = bus
        self._clock = clock
        self._ids = ids
        self._metrics = metrics
        self._retention = retention or Retention()

    def __call__(self, data: object) -> ReportReceipt:
        """`data`: {reason, url | platform and post_id, contact?, language?}, or an art. 16 notice:
        {kind: "notice", explanation, url | platform and post_id, name, email, good_faith: true, child_sexual_offence?,
        language?}, where a notice about a child sexual abuse offence needs neither name nor email (art. 16(2)(c)).

        Raises:
            PermanentError: naming the field that is missing or wrong.
            TransientError: it couldn't be taken for now; send it again.
        """
        fields = Fields(data, "report")
        kind = fields.choice("kind", SENT_FIRST) if fields.has("kind") else "report"
        private = _notice(fields) if kind == "notice" else _simple(fields)
        platform = fields.text_or_none("platform", limit=100)
        post_id = fields.text_or_none("post_id", limit=512)
        if private["url"] is None and (platform is None or post_id is None):
            raise PermanentError("report: field 'url': is needed, or 'platform' and 'post_id'")
        identity, token = self._ids.new_id(), self._ids.new_id()
        now = self._clock.now()
        report = Report(
            id=identity, platform=platform, post_id=post_id, language=fields.text_or_none("language", limit=10),
            received_at=now, sealed=self._sealer.seal(canonical_json(private), f"report/{identity}"),
            expires=now + timedelta(days=self._days(kind)), kind=kind, token_hash=hash_of_token(token),
            child_offence=private.get("child_sexual_offence", False), sender=sender_of(private["contact"], self._mark),
        )  # fmt: skip
        self._reports.put(report)
        event = Event.of(
            ReportReceived(report=identity, platform=platform, post_id=post_id),
            id=identity, timestamp=now, correlation_id=identity,
        )  # fmt: skip
        if self._bus.publish([event]):
            # The reporter is told so and sends it again: a report that nobody hears of would be worse than one kept twice.
            raise TransientError("the report couldn't be passed on for now; send it again")
        self._metrics.count("ReportsReceived", kind=kind)
        return ReportReceipt(report=identity, token=token, received_at=now)

    def _days(self, kind: ReportKind) -> int:
        return self._retention.notices if kind == "notice" else self._retention.reports


def _simple(fields: Fields) -> dict[str, Any]:
    return {
        "reason": fields.text("reason", limit=MAX_REASON), "url": fields.text_or_none("url"),
        "contact": fields.text_or_none("contact", limit=300),
    }  # fmt: skip


def _notice(fields: Fields) -> dict[str, Any]:
    """What a notice must hold (DSA art. 16(2)): explanation, exact place, name and e-mail, good faith."""
    explanation = fields.text("explanation", limit=MAX_REASON)
    if not explanation.strip():
        raise PermanentError("report: field 'explanation': is empty")
    child = fields.flag("child_sexual_offence") if fields.has("child_sexual_offence") else False
    name = fields.text("name", limit=MAX_NAME) if fields.has("name") or not child else None
    if name is not None and not name.strip():
        raise PermanentError("report: field 'name': is empty")
    email = fields.text("email", limit=MAX_EMAIL) if fields.has("email") or not child else None
    if email is not None and not EMAIL.fullmatch(email):
        raise PermanentError("report: field 'email': an e-mail address was expected")
    if not fields.flag("good_faith"):
        raise PermanentError("report: field 'good_faith': must be true: that you believe what the notice says")
    return {
        "reason": explanation, "url": _exact(fields.text_or_none("url")), "contact": email, "name": name,
        "good_faith": True, "child_sexual_offence": child,
    }  # fmt: skip


def _exact(url: str | None) -> str | None:
    """An address as art. 16(2)(b) wants it: of the offer, not of the site it stands on."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        raise PermanentError("report: field 'url': is no address") from None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise PermanentError("report: field 'url': an address with http or https was expected")
    if parts.path in ("", "/") and not (parts.query or parts.fragment):
        raise PermanentError("report: field 'url': the exact address of the offer was expected, not that of the site")
    return url
