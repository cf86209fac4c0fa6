"""What the senders of reports are told of what became of them (DSA art. 16(5) and (6)).

Where a case is decided a small record is written beside each of its reports, and that record alone is what the public
function reads. It says whether the offer is restricted and nothing else: a referral, support and a notice to an authority
leave the same record as a dismissal. An answer is never taken back to "in review", which would show a hold that begins.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from screening.cases.appeals import OPEN_FOR, covers
from screening.cases.case import Case
from screening.cases.vote import Action, Decision
from screening.errors import NotFoundError
from screening.fields import rfc3339
from screening.ports import Clock, Metrics, ReportStore
from screening.referrals.notifier_texts import NOTIFIER_WORDINGS, notifier_language, redress
from screening.referrals.restriction_grounds import Source
from screening.workflows.hold_statement import LONGEST
from screening.workflows.records import Answer, PostKey, Report, Told
from screening.workflows.report import hash_of_token
from screening.workflows.report_places import answer_to

TELLING: frozenset[Action] = frozenset({"remove", "restore"})
"""The decisions that change what a notifier is told; what hands a case on changes nothing."""
TICK = timedelta(milliseconds=1)
Status = Literal["received", "in_review", "decided"]


def answer_notifiers(
    case: Case, *, reports: ReportStore, now: datetime, also: Sequence[Decision] = (), only: PostKey | None = None
) -> int:
    """Write the answer to every report of a decided case, and of the notices its complaints are about; how many were written.

    It may be done again, and in any order with other decisions of the case: the first date of an answer stays.

    Args:
        now: the answer is dated by it, as the moment from which it could be read.
        also: decisions of an appeal case about this one.
        only: the post that the appeal is about, where the case has more.

    Raises:
        TransientError: a report or answer can't be read or written for now.
    """
    decisions = sorted((*case.decisions, *also), key=lambda decision: decision.decided_at)
    return sum(
        _answer(case, decisions, report, reports, now)
        for report in (_reports_of(case, reports) if decisions else ())
        if only is None or (report.platform, report.post_id) == only
    )


def _answer(
    case: Case, decisions: Sequence[Decision], report: Report, reports: ReportStore, now: datetime
) -> bool:  # fmt: skip
    telling = [made for made in decisions if made.action in TELLING and _is_about(case, made, report)]
    outcome: Told = "restricted" if telling and telling[-1].action == "remove" else "not_restricted"
    # A later decision that changes nothing must not outrank the answer to an appeal.
    as_of = (telling or decisions)[-1].decided_at
    if not case.is_open:  # nothing more will come: what was decided is the answer to later reports too
        as_of = max(as_of, report.received_at + TICK)
    stored = reports.read_answer(report.id)
    told, since = stored.at(now) if stored else ("in_review", None)
    if stored is not None and told == outcome == stored.outcome:
        return _confirm(stored, as_of, report, reports)
    # What is told already keeps its date, where another answer that waited is overtaken.
    shown_from = since if told == outcome and since else _shown_from(case, outcome, decisions, now)
    answer = Answer(
        outcome=outcome, as_of=as_of, shown_from=shown_from,
        automated_detection=case.archive is not None, expires=report.expires, earlier=told, earlier_from=since,
    )  # fmt: skip
    if stored is not None and stored.outcome == outcome and stored.shown_from >= shown_from:
        return _confirm(stored, as_of, report, reports)
    return reports.put_answer(report.id, answer)


def _confirm(stored: Answer, as_of: datetime, report: Report, reports: ReportStore) -> bool:
    """The answer stays as it is told, but for the decision it knows of: an older one that comes late must not outrank it."""
    if as_of > stored.as_of:
        reports.put_answer(report.id, replace(stored, as_of=as_of))
    return False


def _is_about(case: Case, decision: Decision, report: Report) -> bool:
    """A report of a post that isn't in the case by its key is what the case is about, as one with an address alone."""
    key = (report.platform or "", report.post_id or "")
    return key not in case.posts or covers(case, decision, key)


def note_taken_up(report: str, *, reports: ReportStore, received_at: datetime) -> None:
    """Note that a case holds the report now; an answer that is there already stays.

    Args:
        received_at: timestamp of the event about the report. Every decision on it is later.
    """
    stored = reports.read(report)
    if stored is not None:
        answer = Answer(
            outcome="in_review", as_of=received_at, shown_from=received_at, automated_detection=False,
            expires=stored.expires,
        )  # fmt: skip
        reports.put_answer(report, answer)


def source_of(case: Case, reports: ReportStore) -> Source:
    """What led to the decision of a case, for statements of reasons and the Transparency Database. Raises TransientError.

    A case that our own screening opened is our own initiative, whoever wrote afterwards.
    """
    if case.queue != "reports":
        return "own_initiative"
    found = [report for report in map(reports.read, case.reports) if report is not None]
    return "notice" if any(report.source == "notifier" for report in found) else "other_notification"


def _reports_of(case: Case, reports: ReportStore) -> list[Report]:
    """Those that are still kept; for a complaint also the notice that it is about."""
    found = [report for report in map(reports.read, case.reports) if report is not None]
    notices = [reports.read(report.complaint_of) for report in found if report.complaint_of is not None]
    return [*found, *(notice for notice in notices if notice is not None)]


def _shown_from(case: Case, outcome: Told, decisions: Sequence[Decision], now: datetime) -> datetime:
    """Not before a hold ends; and where nothing is restricted, not while a hold could still be begun after a notice.

    A restriction that follows would else show that it had waited.
    """
    waits: list[datetime] = [now, *((case.silent_until,) if case.silent_until else ())]
    if outcome == "not_restricted":
        waits += [made.decided_at + LONGEST for made in decisions if made.action == "notify_authority"]
    return max(waits)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAnswer:
    """What the sender of a report may read. All of it is safe for the poster's eyes as well."""

    report: str
    status: Status
    received_at: datetime
    language: str
    text: str
    restricted: bool | None = None  # None until decided, as with all that follows
    decided_at: datetime | None = None  # from when the answer could be read, not when somebody decided
    automated_detection: bool | None = None
    automated_means: str = ""
    redress: tuple[str, ...] = ()
    complaint_until: datetime | None = None  # None where no complaint to us is open

    def to_dict(self) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "report": self.report, "status": self.status, "received_at": rfc3339(self.received_at),
            "language": self.language, "text": self.text,
        }  # fmt: skip
        if self.decided_at is not None:
            answer["decision"] = {
                "restricted": self.restricted, "decided_at": rfc3339(self.decided_at),
                "automated_means": {
                    "detection": self.automated_detection, "decision": False, "text": self.automated_means,
                },
                "redress": list(self.redress),
                "complaint_until": rfc3339(self.complaint_until) if self.complaint_until else None,
            }  # fmt: skip
        return answer


def answer_for(report: Report, answer: Answer | None, *, now: datetime) -> ReportAnswer:
    """What is told of a report now."""
    language = notifier_language(report.language)
    wording = NOTIFIER_WORDINGS[language]
    told, since = answer.at(now) if answer else ("in_review", None)
    if answer is None or told == "in_review" or since is None:
        taken_up = answer is not None
        return ReportAnswer(
            report=report.id, status="in_review" if taken_up else "received", received_at=report.received_at,
            language=language, text=wording.in_review if taken_up else wording.received,
        )  # fmt: skip
    until = complaint_until(report, told, since)
    return ReportAnswer(
        report=report.id, status="decided", received_at=report.received_at, language=language,
        text=wording.restricted if told == "restricted" else wording.not_restricted,
        restricted=told == "restricted", decided_at=since, automated_detection=answer.automated_detection,
        automated_means=wording.examined_by_machine if answer.automated_detection else wording.examined_by_people,
        redress=redress(language, complaint=until is not None) if report.source == "notifier" else (),
        complaint_until=until,
    )  # fmt: skip


def complaint_until(report: Report, told: Told, since: datetime) -> datetime | None:
    """Until when the sender may complain to us of this answer, which they may of a refused notice (art. 20(1) and (2))."""
    return since + OPEN_FOR if report.kind == "notice" and told == "not_restricted" else None


def report_asked_about(reports: ReportStore, report: str, token: str, *, now: datetime) -> Report:
    """The report, for who holds its token.

    Raises:
        NotFoundError: no such report, or another token, in the same words: a number alone confirms nothing.
        TransientError: it can't be read for now.
    """
    # DynamoDB's keys end at 2,048 bytes, and our ids long before.
    stored = reports.read(report) if 0 < len(report) <= 100 else None
    right = hmac.compare_digest(hash_of_token(token), stored.token_hash if stored else "")
    if stored is None or not right or stored.expires <= now:
        raise NotFoundError("no such report, or its token is another")
    return stored


class AskAboutReport:
    """Tells the sender of a report what became of it."""

    def __init__(self, *, reports: ReportStore, clock: Clock, metrics: Metrics) -> None:
        self._reports = reports
        self._clock = clock
        self._metrics = metrics

    def __call__(self, report: str, token: str) -> ReportAnswer:
        """Raises NotFoundError for an unknown report and a wrong token alike, TransientError."""
        now = self._clock.now()
        stored = report_asked_about(self._reports, report, token, now=now)
        answer = answer_for(stored, answer_to(stored.id, self._reports), now=now)
        self._metrics.count("ReportsAskedAbout", status=answer.status)
        return answer
