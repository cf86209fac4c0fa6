"""A poster's appeal against a restriction: a case of its own, for people other than those who decided.

DSA art. 20: complaints are open for six months at least, free of charge, and are never decided by automated means alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from screening.cases.case import Case, case_id
from screening.cases.case_parts import AppealOf, HistoryLine
from screening.cases.queue_order import HOURS_BY_QUEUE
from screening.cases.vote import Decision

OPEN_FOR = timedelta(days=184)
"""Six months after the poster was told (art. 20(1)); the longest six months have 184 days."""
APPEALS = "appeal"


def restriction_of(case: Case) -> Decision | None:
    """The restriction that stands: the newest removal that nothing has lifted since."""
    for decision in reversed(case.decisions):
        if decision.action == "restore":
            return None
        if decision.action == "remove":
            return decision
    return None


def covers(case: Case, decision: Decision, post: tuple[str, str]) -> bool:
    """Whether the decision is about this post (platform, id): it led the case, or stood in it when that was made."""
    members = (member.key for member in case.members if member.joined_at <= decision.decided_at)
    return post == (case.platform, case.post_id) or post in members


def appeal_id(report: str) -> str:
    """The same appeal gives the same case, however often it is told of."""
    return case_id(APPEALS, report, 1)


def appeal_case(
    case: Case, restriction: Decision, *, report: str, now: datetime, post: tuple[str, str] | None = None
) -> Case:
    """The case in which an appeal against `restriction` is answered, judged on what was restricted.

    Args:
        post: (platform, id) of the restricted post whose poster appeals; None for the one that leads the case.
    """
    member = next((one for one in case.members if one.key == post), None)
    led = replace(case, archive=restriction.archive, content_version=restriction.version)
    if member is not None:
        led = replace(
            case, platform=member.platform, post_id=member.post_id, seq=member.seq, version=member.version,
            kind=member.kind, tier=member.tier, archive=member.archive, content_seq=member.seq,
            content_version=member.version, post_withdrawn=member.withdrawn,
        )  # fmt: skip
    return replace(
        led, case=appeal_id(report), generation=1, queue="appeals", state="open", opened_at=now,
        due_at=now + timedelta(hours=HOURS_BY_QUEUE["appeals"]), events=(), reports=(), report_count=0, senders=(), referrals=(), votes=(),
        decisions=(), overruled=(), facts=1, audit_probability=None, previous_case=case.case, hold=None,
        history=(HistoryLine(at=now, what="opened", detail="appealed"),), outbox=(), campaign=None, members=(),
        member_count=0, second_review=False, outcomes=(), warned=(), silent_until=None, child_notice=False, merged_into=None, excluded=restriction.actors,
        appeal=AppealOf(
            case=case.case, action=restriction.action, decided_at=restriction.decided_at, actors=restriction.actors,
            report=report,
        ),
        revision=0, ledger_index=-1, ledger_hash="",
    )  # fmt: skip
