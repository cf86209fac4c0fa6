"""A report from the public: sealed at once, then told to `review` by its id alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from screening.cases.ledger import canonical_json
from screening.errors import PermanentError, TransientError
from screening.fields import Fields
from screening.ports import Clock, EventBus, Ids, Metrics, ReportStore, Sealer
from screening.workflows.events import Event, ReportReceived
from screening.workflows.records import Report
from screening.workflows.retention import Retention

MAX_REASON = 5_000


@dataclass(frozen=True, slots=True)
class ReportReceipt:
    report: str  # the number to name when asking about it


class ReceiveReport:
    """Takes a report of an offer. A contact is the reporter's choice and stays sealed."""

    def __init__(
        self, *, reports: ReportStore, sealer: Sealer, bus: EventBus, clock: Clock, ids: Ids, metrics: Metrics,
        retention: Retention | None = None,
    ) -> None:  # fmt: skip
        self._reports = reports
        self._sealer = sealer
        self._bus = bus
        self._clock = clock
        self._ids = ids
        self._metrics = metrics
        self._retention = retention or Retention()

    def __call__(self, data: object) -> ReportReceipt:
        """`data`: {reason, url | platform and post_id, contact?, language?}.

        Raises:
            PermanentError: naming the field that is missing or wrong.
            TransientError: it couldn't be taken for now; send it again.
        """
        fields = Fields(data, "report")
        reason = fields.text("reason", limit=MAX_REASON)
        url = fields.text_or_none("url")
        platform = fields.text_or_none("platform", limit=100)
        post_id = fields.text_or_none("post_id", limit=512)
        if url is None and (platform is None or post_id is None):
            raise PermanentError("report: field 'url': is needed, or 'platform' and 'post_id'")
        private = {"reason": reason, "url": url, "contact": fields.text_or_none("contact", limit=300)}
        identity = self._ids.new_id()
        now = self._clock.now()
        report = Report(
            id=identity, platform=platform, post_id=post_id, language=fields.text_or_none("language", limit=10),
            received_at=now, sealed=self._sealer.seal(canonical_json(private), f"report/{identity}"),
            expires=now + timedelta(days=self._retention.reports),
        )  # fmt: skip
        self._reports.put(report)
        event = Event.of(
            ReportReceived(report=identity, platform=platform, post_id=post_id),
            id=identity, timestamp=now, correlation_id=identity,
        )  # fmt: skip
        if self._bus.publish([event]):
            # The reporter is told so and sends it again: a report that nobody hears of would be worse than one kept twice.
            raise TransientError("the report couldn't be passed on for now; send it again")
        self._metrics.count("ReportsReceived")
        return ReportReceipt(identity)
