"""Decided cases as data: rows to learn from, and figures for a platform's transparency report. Neither holds text or people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from screening.cases.case import Case
from screening.cases.quality.reviewed_case import reviewed
from screening.fields import rfc3339
from screening.ports import CaseStore
from screening.referrals.restriction_grounds import Source
from screening.referrals.transparency_record import RestrictionFacts, transparency_record
from screening.referrals.transparency_report import Complaint, ModeratedOffer
from screening.workflows.case_queue import WORKED_QUEUES

MOST_CASES = 100_000


def decided_since(cases: CaseStore, teams: Iterable[str], *, since: datetime) -> Iterator[Case]:
    """Every team's cases that wait for nobody any more. Raises TransientError."""
    for team in teams:
        yield from cases.decided(team, since=since, limit=MOST_CASES)


def moderated_cases(cases: CaseStore, teams: Iterable[str], *, since: datetime) -> Iterator[Case]:
    """What a transparency report counts: decided cases, those too whose decision another is still to judge, and appeals that
    nobody has answered yet. Raises TransientError.
    """
    names = list(teams)
    yield from decided_since(cases, names, since=since)
    for team in names:
        for queue in WORKED_QUEUES:
            waiting = cases.queue(team, queue, limit=MOST_CASES)
            yield from (case for case in waiting if case.decisions or case.appeal is not None)


def decision_row(case: Case) -> dict[str, Any]:
    """What was decided on what evidence, and what was learned afterwards: a label with its weight, for training.

    `audit_probability` is the chance with which an unflagged post entered the sample, so that its label can be weighed by
    it. `outcome` is None where nobody said anything: missing, not negative. People are left out but for their number.
    """
    facts = reviewed(case)
    return {
        "case": case.case, "platform": case.platform, "post": case.post_id, "version": case.content_version,
        "kind": case.kind, "language": case.language, "work_country": case.work_country, "queue": case.queue,
        "tier": case.tier, "concerns": [concern.type for concern in case.concerns], "indicators": list(case.indicators),
        "rules": sorted(facts.rules), "versions": case.versions, "opened_at": rfc3339(case.opened_at),
        "decided_at": rfc3339(facts.decided_at) if facts.decided_at else None, "action": facts.action,
        "last_action": facts.last_action, "people": len({vote.actor for vote in case.votes}),
        "audit_probability": case.audit_probability, "outcome": facts.outcome, "posts": 1 + case.member_count,
    }  # fmt: skip


def moderated_offers(
    cases: Iterable[Case], platform: str, *, since: datetime, until: datetime
) -> Iterator[ModeratedOffer]:
    """One record for each decision about a post of the platform in [since, until); appeals count with what they were about."""
    known = list(cases)
    complaints: dict[str, Complaint] = {}
    for case in known:
        if case.appeal is not None:
            complaints[case.appeal.case] = "pending" if case.decision is None else _answer(case)
    for case in known:
        if case.appeal is not None or platform not in {name for name, _ in case.posts}:
            continue
        for decision in case.decisions:
            if since <= decision.decided_at < until and decision.action in REPORTED:
                yield ModeratedOffer(
                    category=_category(case, decision.decided_at) if decision.action == "remove" else "",
                    source=_source(case), automated_detection=case.queue != "reports", action=decision.action,
                    received_at=min(case.opened_at, decision.decided_at), decided_at=decision.decided_at,
                    complaint=complaints.get(case.case, "none") if decision.action == "remove" else "none",
                )  # fmt: skip


REPORTED: Mapping[str, str] = {
    "dismiss": "no action", "remove": "removed", "warn_applicants": "applicants warned", "ask_poster": "poster asked",
}  # fmt: skip
"""What articles 15 and 24 ask figures of. Referrals, offers of support and notices to authorities are no moderation, and in a
small platform's figures one of them could be told from the others: they are left out."""


def _answer(case: Case) -> Complaint:
    return "reversed" if case.decision is not None and case.decision.action == "restore" else "upheld"


def _source(case: Case) -> Source:
    """Whether a report opened the case; one that came later changes nothing about who found it."""
    return "notice" if case.queue == "reports" else "own_initiative"


def _category(case: Case, at: datetime) -> str:
    record = transparency_record(
        RestrictionFacts(
            concerns=tuple(concern.type for concern in case.concerns), indicators=case.indicators,
            language=case.language, published_on=case.opened_at.date(), applied_on=at.date(), source=_source(case),
            puid="report",
        )
    )  # fmt: skip
    return str(record["category"])
