"""A notifier's complaint that nothing was restricted (DSA art. 20): sealed like a report, and a case that people answer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from screening.cases.ledger import canonical_json
from screening.errors import ConflictError, PermanentError, TransientError
from screening.fields import Fields, rfc3339
from screening.ports import Clock, EventBus, Metrics, ReportStore, Sealer
from screening.workflows.events import Event, ReportReceived
from screening.workflows.notifier_answers import complaint_until, report_asked_about
from screening.workflows.records import Report
from screening.workflows.report import MAX_REASON
from screening.workflows.report_places import answer_to
from screening.workflows.retention import Retention

COMPLAINT_NAMESPACE = uuid.UUID("0d5b8c52-9f0e-5c3b-8a4e-2b7a1f6c9e31")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintReceipt:
    """`complaint` is the number to ask about it by, with the token of the notice."""

    complaint: str
    received_at: datetime

    def to_dict(self) -> dict[str, Any]:
        return {"complaint": self.complaint, "received_at": rfc3339(self.received_at)}


class ReceiveComplaint:
    """Takes one complaint of each refusal. Sent again before it is answered, the newest words count."""

    def __init__(
        self, *, reports: ReportStore, sealer: Sealer, bus: EventBus, clock: Clock, metrics: Metrics,
        retention: Retention | None = None,
    ) -> None:  # fmt: skip
        self._reports = reports
        self._sealer = sealer
        self._bus = bus
        self._clock = clock
        self._metrics = metrics
        self._retention = retention or Retention()

    def __call__(self, data: object, token: str) -> ComplaintReceipt:
        """`data`: {report, reason}; `token` is that of the notice.

        Raises:
            PermanentError: naming the field that is missing or wrong.
            NotFoundError: no such report, or another token, in the same words.
            ConflictError: there is no refusal to complain of, not yet, or not any more; or it was answered already.
            TransientError: it couldn't be taken for now; send it again.
        """
        fields = Fields(data, "complaint")
        reason = fields.text("reason", limit=MAX_REASON)
        if not reason.strip():
            raise PermanentError("complaint: field 'reason': is empty")
        now = self._clock.now()
        notice = report_asked_about(self._reports, fields.text("report", limit=100), token, now=now)
        since = self._refused(notice, now)
        identity = str(uuid.uuid5(COMPLAINT_NAMESPACE, f"{notice.id}\x1f{since.isoformat()}"))
        before = self._reports.read(identity)
        answer = self._reports.read_answer(identity) if before else None
        if answer is not None and answer.at(now)[0] != "in_review":
            raise ConflictError("complaint: it was answered already; you can still go to a dispute body or to court")
        received_at = before.received_at if before else now
        complaint = Report(
            id=identity, platform=notice.platform, post_id=notice.post_id, language=notice.language,
            received_at=received_at, sealed=self._sealer.seal(canonical_json({"reason": reason}), f"report/{identity}"),
            expires=now + timedelta(days=self._retention.reports), kind="complaint", token_hash=notice.token_hash,
            complaint_of=notice.id, child_offence=notice.child_offence, sender=notice.sender,
        )  # fmt: skip
        self._reports.put(complaint)
        event = Event.of(
            ReportReceived(
                report=identity, platform=notice.platform, post_id=notice.post_id, complaint_of=notice.id
            ),
            id=identity, timestamp=received_at, correlation_id=identity,
        )  # fmt: skip
        if self._bus.publish([event]):
            raise TransientError("the complaint couldn't be passed on for now; send it again")
        self._metrics.count("ComplaintsReceived")
        return ComplaintReceipt(complaint=identity, received_at=received_at)

    def _refused(self, notice: Report, now: datetime) -> datetime:
        """Since when the notice is refused, as its sender may know it. Raises ConflictError."""
        if notice.kind != "notice":
            raise ConflictError("complaint: only a notice can be complained of; a complaint or simple report can't")
        answer = answer_to(notice.id, self._reports)
        told, since = answer.at(now) if answer else ("in_review", None)
        if told == "in_review" or since is None:
            raise ConflictError("complaint: the notice isn't decided yet")
        until = complaint_until(notice, told, since)
        if until is None:
            raise ConflictError("complaint: the offer was restricted, so that there is no refusal to complain of")
        if now > until:
            raise ConflictError("complaint: more than six months have passed since the answer")
        return since
