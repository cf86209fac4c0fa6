"""Where a report stands on a case. A case lists so many; what comes after them follows one that is listed, and is answered as
that one is: a flood of reports must neither fill a case until it can't be saved, nor go unanswered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from screening.cases.case import Case
from screening.cases.updates import UNKNOWN_SENDER, add_report, takes_report
from screening.errors import ScreeningError
from screening.ports import ReportStore
from screening.workflows.records import Answer, Report

LOOKED_AT = 20
"""Listed reports among which one is sought that a further report may follow."""
SenderMark = Callable[[str], str]
"""A keyed hash of a sender's address, so that reports of one sender are told from those of several."""
_TAG = re.compile(r"\+[^@]*@")


def sender_of(contact: str | None, mark: SenderMark | None) -> str:
    """The mark of who sent a report; "" where they don't say, or it can't be made: no report is refused for that.

    One mailbox is one sender, whatever stands behind its plus.
    """
    words = "".join((contact or "").split()).casefold()
    if not words or mark is None:
        return ""
    try:
        return mark(_TAG.sub("@", words))
    except ScreeningError:
        return ""


def senders_of(report: Report | None) -> tuple[str, ...]:
    """The marks that a case begins with, where this report opens it."""
    return ((report.sender if report else "") or UNKNOWN_SENDER,)


def place_report(case: Case, report: str, stored: Report | None, *, reports: ReportStore, now: datetime) -> Case | None:
    """The open case after one more report; None where it was counted before. Where the case lists no more the report follows
    another: that is written first, so that whoever dies in between leaves nobody without an answer.

    Raises:
        TransientError: a report can't be read or written for now.
    """
    notice = stored is not None and stored.source == "notifier"
    if not takes_report(case, notice=notice) and stored is not None:
        if reports.leader_of(report) is not None:
            return None
        reports.follow(stored, _leader(case, stored, reports))
    return add_report(
        case, report, now=now, notice=notice, child_notice=stored is not None and stored.child_offence,
        sender=senders_of(stored)[0],
    )  # fmt: skip


def follow_instead(unlisted: Iterable[str], case: Case, *, reports: ReportStore) -> None:
    """Reports that a case has no room for any more, once it took in another's. Done again it changes nothing."""
    for name in unlisted:
        stored = reports.read(name)
        if stored is not None and case.reports:
            reports.follow(stored, _leader(case, stored, reports))


def answer_to(report: str, reports: ReportStore) -> Answer | None:
    """The answer to a report: its own, or while that says nothing yet, the one of the report that it follows."""
    own = reports.read_answer(report)
    if own is not None and (own.outcome, own.earlier) != ("in_review", "in_review"):
        return own
    leader = reports.leader_of(report)
    return (reports.read_answer(leader) if leader else None) or own


def _leader(case: Case, report: Report, reports: ReportStore) -> str:
    """A listed report that is answered alike: about the same post, of the same kind where there is one near."""
    near = [found for name in case.reports[: -LOOKED_AT - 1 : -1] if (found := reports.read(name)) is not None]
    same_post = [one for one in near if (one.platform, one.post_id) == (report.platform, report.post_id)]
    same_kind = [one for one in same_post if one.kind == report.kind]
    return next((one.id for one in (*same_kind, *same_post)), case.reports[-1])
