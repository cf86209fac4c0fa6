"""Review: events about posts and reports open or update cases, and the team's queue learns of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from screening.cases.case import Case, case_id
from screening.cases.updates import (
    CaseFacts,
    add_report,
    knows,
    note_on_closed,
    open_case,
    queue_for,
    reopen_reason,
    update_case,
)
from screening.errors import ConflictError, NotFoundError, PermanentError, TransientError
from screening.ports import Archive, CaseStore, Clock, ConfigStore, Metrics, PostStore
from screening.workflows.archived import facts_of_record, read_archived
from screening.workflows.batch import BatchOutcome, QueuedMessage, Remaining, handle_each, no_hurry, read_body
from screening.workflows.case_saving import CaseSaver, Entry
from screening.workflows.events import CaseOpened, Event, PostAssessed, ReportReceived
from screening.workflows.records import Head

ReviewOutcome = Literal["opened", "updated", "noted", "known", "no_case"]
MAX_ATTEMPTS = 6
SYSTEM = "system:review"
SECONDS_KEPT_BACK = 3.0
UNKNOWN_PLATFORM = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSettings:
    reports_team: str  # whose queue takes reports of posts that no platform of ours published


class ReviewEvents:
    """Handles a batch of bus events from the review function's queue. Anything that fails comes again, at last to the dead letters:
    no event about a flagged post is dropped because it couldn't be understood."""

    def __init__(
        self, *, cases: CaseStore, posts: PostStore, archive: Archive, config: ConfigStore, saver: CaseSaver,
        clock: Clock, metrics: Metrics, settings: ReviewSettings,
    ) -> None:  # fmt: skip
        self._cases = cases
        self._posts = posts
        self._archive = archive
        self._config = config
        self._saver = saver
        self._clock = clock
        self._metrics = metrics
        self._settings = settings

    def __call__(self, batch: Sequence[QueuedMessage], *, remaining: Remaining = no_hurry) -> BatchOutcome:
        """Each body is a bus event as EventBridge puts it on a queue: its `detail` holds metadata and data."""
        return handle_each(
            batch,
            lambda body: self.handle(event_of_body(body)),
            remaining=remaining,
            kept_back=SECONDS_KEPT_BACK,
            failed=lambda error: self._metrics.count("ReviewFailed", error=type(error).__name__),
        )

    def handle(self, event: Event) -> ReviewOutcome:
        """Apply one event.

        Raises:
            TransientError: something couldn't be read or written for now.
            NotFoundError: the event's platform isn't configured, so that no team may see it.
            PermanentError: the event can't be read.
        """
        if event.type == PostAssessed.TYPE:
            facts = facts_of_event(PostAssessed.from_event(event), event)
            result = self._retrying(lambda: self._apply(facts, event.correlation_id))
        elif event.type == ReportReceived.TYPE:
            report = ReportReceived.from_event(event)
            result = self._retrying(lambda: self._apply_report(report, event))
        else:
            raise PermanentError(f"event {event.id[:60]}: review doesn't handle {event.type[:40]}")
        self._metrics.count("ReviewEvents", outcome=result)
        return result

    def _retrying(self, apply: Callable[[], ReviewOutcome]) -> ReviewOutcome:
        for _ in range(MAX_ATTEMPTS):
            try:
                return apply()
            except ConflictError:
                continue  # somebody saved first: read again, and apply to what they saved
        raise TransientError("the case kept changing")

    def _latest(self, platform: str, post_id: str) -> Case | None:
        latest = self._cases.latest_of(platform, post_id)
        if latest is None:
            return None
        case = self._cases.read(latest.case)
        if case is None:
            raise TransientError(f"case {latest.case}: its post points to it, but it can't be read")
        return case

    def _team_of(self, platform: str) -> str:
        configured = self._config.platform(platform)
        if configured is None:
            raise NotFoundError(f"platform '{platform}': not configured, so no team may review its posts")
        return configured.team

    def _apply(self, facts: CaseFacts, correlation_id: str) -> ReviewOutcome:
        now = self._clock.now()
        case = self._latest(facts.platform, facts.post_id)
        if case is not None and knows(case, facts):
            self._saver.deliver(case)
            return "known"
        if case is not None and case.is_open:
            updated = update_case(case, facts, now=now)
            changed = updated.facts != case.facts or updated.post_withdrawn != case.post_withdrawn
            entries = [Entry(kind="updated", actor=SYSTEM, payload=_payload(facts))] if changed else []
            nearer = updated.due_at < case.due_at or updated.tier != case.tier
            self._saver.save(updated, before=case, entries=entries, pointer=nearer, correlation_id=correlation_id)
            return "updated"
        queue = queue_for(facts)
        if case is not None:
            reason = reopen_reason(case, facts)
            if reason is None:
                noted = note_on_closed(case, facts, now=now)
                self._saver.save(noted, before=case, entries=[], correlation_id=correlation_id)
                return "noted"
            opened = open_case(
                facts, team=self._team_of(facts.platform), queue="review", now=now, generation=case.generation + 1,
                previous=case, reason=reason,
            )  # fmt: skip
            return self._open(opened, _payload(facts), correlation_id)
        if queue is None:
            return "no_case"
        opened = open_case(facts, team=self._team_of(facts.platform), queue=queue, now=now)
        return self._open(opened, _payload(facts), correlation_id)

    def _open(self, case: Case, payload: dict[str, Any], correlation_id: str) -> ReviewOutcome:
        opened = CaseOpened(
            case=case.case, platform=case.platform, post_id=case.post_id, tier=case.tier, queue=case.queue,
            team=case.team, due_at=case.due_at,
        )  # fmt: skip
        entry = Entry(kind="opened", actor=SYSTEM, payload={**payload, "queue": case.queue, "due_at": str(case.due_at)})
        self._saver.save(
            case, before=None, entries=[entry], events=[opened], pointer=True, correlation_id=correlation_id
        )
        return "opened"

    def _apply_report(self, report: ReportReceived, event: Event) -> ReviewOutcome:
        now = self._clock.now()
        head = self._reported_head(report)
        if head is None:
            return self._open_unknown(report, event)
        case = self._latest(head.platform, head.id)
        if case is not None and report.report in case.reports:
            self._saver.deliver(case)
            return "known"
        payload = {"report": report.report}
        if case is not None and case.is_open:
            reported = add_report(case, report.report, now=now)
            self._saver.save(
                reported, before=case, entries=[Entry(kind="reported", actor=SYSTEM, payload=payload)],
                pointer=reported.due_at < case.due_at, correlation_id=event.correlation_id,
            )  # fmt: skip
            return "updated"
        pointer = head.archive
        if pointer is None:
            return self._open_unknown(report, event)
        facts = facts_of_record(head, pointer, read_archived(self._archive, pointer))
        opened = open_case(
            facts, team=self._team_of(head.platform), queue="reports", now=now,
            generation=case.generation + 1 if case else 1, previous=case, reason="reported",
            reports=(report.report,),
        )  # fmt: skip
        return self._open(opened, payload, event.correlation_id)

    def _reported_head(self, report: ReportReceived) -> Head | None:
        if report.platform is None or report.post_id is None:
            return None
        return self._posts.read_head((report.platform, report.post_id))

    def _open_unknown(self, report: ReportReceived, event: Event) -> ReviewOutcome:
        """A case for a report whose post was never published to us: there is nothing but the report to go by."""
        identity = case_id(UNKNOWN_PLATFORM, report.report, 1)
        existing = self._cases.read(identity)
        if existing is not None:
            self._saver.deliver(existing)
            return "known"
        now = self._clock.now()
        facts = unknown_facts(report, event)
        known_platform = self._config.platform(report.platform) if report.platform else None
        team = known_platform.team if known_platform else self._settings.reports_team
        opened = open_case(facts, team=team, queue="reports", now=now, reports=(report.report,))
        opened = replace(opened, case=identity, post_id="", archive=None)
        return self._open(opened, {"report": report.report}, event.correlation_id)


def event_of_body(body: str) -> Event:
    """The event in a queue message that EventBridge wrote. Raises PermanentError naming the field."""
    data = read_body(body)
    if not isinstance(data, dict) or "detail" not in data:
        raise PermanentError("bus message: field 'detail': is missing")
    return Event.from_detail(data["detail"])


def facts_of_event(assessed: PostAssessed, event: Event) -> CaseFacts:
    return CaseFacts(
        event=event.id, cause=assessed.cause, at=event.timestamp, platform=assessed.platform, post_id=assessed.id,
        seq=assessed.seq, version=assessed.version, content_seq=assessed.content_seq, content_version=assessed.content_version, kind=assessed.kind, tier=assessed.tier, rank=assessed.rank,
        concerns=assessed.concerns, dimensions=assessed.dimensions, indicators=assessed.indicators,
        act_by=assessed.act_by, language=assessed.language, work_country=assessed.work_country,
        archive=assessed.archive, versions=assessed.versions, withdrawn=assessed.status == "withdrawn",
        audit_probability=assessed.audit,
    )  # fmt: skip


def unknown_facts(report: ReportReceived, event: Event) -> CaseFacts:
    """Facts of a post that nobody has read: nothing is known, and nothing is claimed."""
    return CaseFacts(
        event=event.id, cause="reported", at=event.timestamp, platform=report.platform or UNKNOWN_PLATFORM,
        post_id=report.post_id or report.report, seq=0, version="", content_seq=-1, content_version="", kind="job", tier="inconclusive", rank=0.0,
        concerns=(), dimensions={}, indicators=(), act_by=None, language=None, work_country=None, archive=None,
        versions="", withdrawn=False, audit_probability=None,
    )  # fmt: skip


def _payload(facts: CaseFacts) -> dict[str, Any]:
    return {
        "event": facts.event, "cause": facts.cause, "tier": facts.tier, "seq": facts.seq, "version": facts.version,
        "versions": facts.versions, "withdrawn": facts.withdrawn,
    }  # fmt: skip
