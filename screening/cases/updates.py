"""How a case opens and what later news does to it: edits, rescoring, withdrawal, reports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from screening.assessment.record import ArchivePointer, ConcernSummary
from screening.cases.case import (
    MAX_EVENTS,
    MAX_HISTORY,
    MAX_PLAIN_REPORTS,
    MAX_REPORTS,
    MAX_SENDERS,
    Case,
    CaseQueue,
    case_id,
)
from screening.cases.case_parts import HistoryLine
from screening.cases.queue_order import due_at
from screening.cases.states import check_move
from screening.posts.post import PostKind
from screening.values.result import DimensionState, Tier

TIER_ORDER: dict[Tier, int] = {"clear": 0, "inconclusive": 1, "watch": 2, "review": 3, "urgent": 4}
REPEATED = ("joined", "reported")
MAX_REPEATED = 5
"""Lines of history about posts that joined, and about reports; how many there were is in `member_count` and `report_count`."""
UNKNOWN_SENDER = "-"
"""Everybody who doesn't say who they are: they may all be one."""
CASE_TIERS: frozenset[Tier] = frozenset({"review", "urgent"})
ReopenReason = Literal["tier_raised", "new_concern", "new_dimension", "reported", "new_member", "appealed", "complaint"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What an event, or the post's own record, tells about a post at `at`."""

    event: str  # id of the event, "" where it comes from the record
    cause: str
    at: datetime
    platform: str
    post_id: str
    seq: int
    version: str
    content_seq: int
    content_version: str
    kind: PostKind
    tier: Tier
    rank: float
    concerns: tuple[ConcernSummary, ...]
    dimensions: dict[str, DimensionState]
    indicators: tuple[str, ...]
    act_by: date | None
    language: str | None
    work_country: str | None
    archive: ArchivePointer | None  # None where nobody has read the post
    versions: str
    withdrawn: bool
    audit_probability: float | None
    campaign: str | None = None
    corridor: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.platform, self.post_id

    @property
    def content_order(self) -> tuple[int, str, datetime]:
        return self.content_seq, self.content_version, self.at

    @property
    def tells_content(self) -> bool:
        """Whether it holds what was assessed: the event of a withdrawal says no more than the last tier."""
        told = bool(self.indicators or self.concerns or self.dimensions)
        return not self.withdrawn or told or self.tier in ("clear", "inconclusive")


def queue_for(facts: CaseFacts) -> CaseQueue | None:
    """The queue that such a post opens a case in, None where it opens none."""
    if facts.tier in CASE_TIERS:
        return "review"
    if facts.withdrawn:
        return None
    if facts.audit_probability is not None:
        return "audit"
    return "inconclusive" if facts.tier == "inconclusive" else None


def open_case(
    facts: CaseFacts, *, team: str, queue: CaseQueue, now: datetime, generation: int = 1,
    previous: Case | None = None, reason: str = "", reports: tuple[str, ...] = (), senders: tuple[str, ...] = (),
    second_review: bool = False, child_notice: bool = False,
) -> Case:  # fmt: skip
    """A new case for a post; linked to the one before it, with the reason why it is opened again."""
    what = "reopened" if previous else "opened"
    return Case(
        case=case_id(facts.platform, facts.post_id, generation), generation=generation, team=team,
        platform=facts.platform, post_id=facts.post_id, seq=facts.seq, version=facts.version, content_seq=facts.content_seq, content_version=facts.content_version,
        kind=facts.kind, tier=facts.tier, highest_tier=facts.tier, rank=facts.rank, concerns=facts.concerns,
        dimensions=facts.dimensions, indicators=facts.indicators, queue=queue, state="open", opened_at=now,
        due_at=due_at(
            queue=queue, tier=facts.tier, rank=facts.rank, act_by=facts.act_by, reports=1 if reports else 0, since=now,
            corridor=facts.corridor, child_notice=child_notice,
        ),
        facts_at=facts.at, act_by=facts.act_by, language=facts.language, work_country=facts.work_country,
        archive=facts.archive, versions=facts.versions, post_withdrawn=facts.withdrawn,
        events=(facts.event,) if facts.event else (), reports=reports, report_count=len(reports), senders=senders, audit_probability=facts.audit_probability,
        previous_case=previous.case if previous else None, campaign=facts.campaign, corridor=facts.corridor,
        second_review=second_review, child_notice=child_notice,
        history=(HistoryLine(at=now, what=what, detail=reason or facts.tier),),
    )  # fmt: skip


def knows(case: Case, facts: CaseFacts) -> bool:
    return facts.event in case.events


def has_newer_content(case: Case, facts: CaseFacts) -> bool:
    """Whether the news holds another, newer content than the case: a newer version, or a newer assessment of the same.

    A case that a withdrawal opened, before what was withdrawn was told of, holds no content yet.
    """
    if not facts.tells_content:
        return False
    if not (case.indicators or case.concerns or case.dimensions) and case.post_withdrawn:
        return (facts.content_seq, facts.content_version) >= (case.content_seq, case.content_version)
    return facts.content_order > (case.content_seq, case.content_version, case.facts_at)


def update_case(case: Case, facts: CaseFacts, *, now: datetime) -> Case:
    """An open case after news of its post, in whatever order the news comes.

    Whether the post is withdrawn and what it said are merged each by its own order. Votes on other facts lapse; a deadline
    only moves earlier.
    """
    updated = _with_standing(_with_event(case, facts), facts)
    if updated.post_withdrawn != case.post_withdrawn:
        updated = note(updated, now, "withdrawn" if updated.post_withdrawn else "published_again", "")
    if not has_newer_content(case, facts):
        return updated if facts.withdrawn else note(updated, now, "late_news", f"{facts.cause} {facts.tier}")
    due = due_at(
        queue=case.queue, tier=facts.tier, rank=facts.rank, act_by=facts.act_by, reports=case.report_weight, since=now,
        corridor=facts.corridor,
    )  # fmt: skip
    nearer = TIER_ORDER[facts.tier] > TIER_ORDER[case.tier] or facts.act_by != case.act_by
    changed = replace(
        updated, content_seq=facts.content_seq, content_version=facts.content_version, facts_at=facts.at,
        kind=facts.kind, tier=facts.tier,
        highest_tier=max(case.highest_tier, facts.tier, key=TIER_ORDER.__getitem__), rank=facts.rank,
        concerns=facts.concerns, dimensions=facts.dimensions, indicators=facts.indicators,
        queue="review" if facts.tier in CASE_TIERS and case.queue not in ("reports", "appeals") else case.queue,
        due_at=min(case.due_at, due) if nearer else case.due_at, act_by=facts.act_by, language=facts.language,
        work_country=facts.work_country, archive=facts.archive, versions=facts.versions, corridor=facts.corridor,
    )  # fmt: skip
    return note(lapsed_votes(case, changed, now=now), now, facts.cause, f"{case.tier}>{facts.tier}")


def lapsed_votes(case: Case, changed: Case, *, now: datetime) -> Case:
    """`changed`, with the votes on `case` lapsed where what reviewers judge isn't the same any more."""
    if _judged(changed) == _judged(case):
        return changed
    waited = case.state in ("second_look", "escalated")
    # Votes lapsed: what was decided stays decided, the rest is open again.
    state = check_move(case.state, "decided" if case.decisions else "open")
    changed = replace(changed, facts=case.facts + 1, state=state)
    return note(changed, now, "votes_lapsed", "") if waited else changed


def reopen_reason(case: Case, facts: CaseFacts) -> ReopenReason | None:
    """Why a post of a closed case needs a new one, None where it doesn't."""
    if not _is_news(case, facts) or facts.tier not in CASE_TIERS or facts.withdrawn:
        return None
    if TIER_ORDER[facts.tier] > TIER_ORDER[case.tier]:
        return "tier_raised"
    if {c.type for c in facts.concerns if c.tier in CASE_TIERS} - {concern.type for concern in case.concerns}:
        return "new_concern"
    positive = {name for name, state in facts.dimensions.items() if state in ("positive", "strong")}
    return "new_dimension" if positive - set(case.positive_dimensions) else None


def note_on_closed(case: Case, facts: CaseFacts, *, now: datetime) -> Case:
    """A closed case keeps its facts, as they were decided on; the news goes to its history."""
    noted = _with_event(case, facts)
    if facts.key == (case.platform, case.post_id):
        return note(_with_standing(noted, facts), now, facts.cause, facts.tier)
    members = tuple(
        replace(member, seq=facts.seq, version=facts.version, withdrawn=facts.withdrawn)
        if member.key == facts.key and (facts.seq, facts.version) > (member.seq, member.version)
        else member
        for member in case.members
    )
    return note(replace(noted, members=members), now, facts.cause, facts.tier)


def _is_news(case: Case, facts: CaseFacts) -> bool:
    """Whether this is newer than what a closed case holds of the post. Of its other posts it holds versions alone."""
    if facts.key == (case.platform, case.post_id):
        return has_newer_content(case, facts)
    held = {member.key: (member.seq, member.version) for member in case.members}.get(facts.key)
    return facts.tells_content and (held is None or (facts.seq, facts.version) >= held)


def takes_report(case: Case, *, notice: bool) -> bool:
    """Whether the case lists one more report. Notices have places that no flood of plain reports can take."""
    return len(case.reports) < (MAX_REPORTS if notice else MAX_PLAIN_REPORTS)


def add_report(
    case: Case, report: str, *, now: datetime, child_notice: bool = False, notice: bool = False,
    sender: str = UNKNOWN_SENDER,
) -> Case:  # fmt: skip
    """An open case after one more report of its post; a report counts once, and so does its sender.

    Args:
        child_notice: it is a notice of a child sexual abuse offence.
        notice: it is a notice or complaint.
        sender: mark of who sent it.
    """
    if report in case.reports:
        return case
    listed = (report,) if takes_report(case, notice=notice) else ()
    counted = replace(
        case, reports=(*case.reports, *listed), report_count=case.report_count + 1,
        senders=tuple(dict.fromkeys((*case.senders, sender)))[:MAX_SENDERS],
    )  # fmt: skip
    due = due_at(
        queue=case.queue, tier=case.tier, rank=case.rank, act_by=case.act_by, reports=counted.report_weight, since=now,
        corridor=case.corridor, child_notice=child_notice,
    )  # fmt: skip
    # What changes nothing about the weight moves nothing: else whoever writes again and again sets the hour.
    nearer = counted.report_weight > case.report_weight or child_notice
    reported = replace(
        counted, due_at=min(case.due_at, due) if nearer else case.due_at, child_notice=case.child_notice or child_notice
    )
    return note(reported, now, "reported", report)


def _judged(case: Case) -> tuple[object, ...]:
    """What reviewers judge: where any of it changes, votes lapse."""
    return case.content_version, case.tier, case.concerns, case.dimensions, case.indicators


def _with_standing(case: Case, facts: CaseFacts) -> Case:
    """Whether the post still stands, by its newest word."""
    if (facts.seq, facts.version) <= (case.seq, case.version):
        return case
    return replace(case, seq=facts.seq, version=facts.version, post_withdrawn=facts.withdrawn)


def _with_event(case: Case, facts: CaseFacts) -> Case:
    return replace(case, events=(*case.events, facts.event)[-MAX_EVENTS:]) if facts.event else case


def note(case: Case, at: datetime, what: str, detail: str) -> Case:
    """The case with one more line of history; the oldest goes where there are too many.

    Of posts that joined, and of reports, the last few lines stay: hundreds of them must not push out what people did.
    """
    lines = (*case.history, HistoryLine(at=at, what=what, detail=detail))
    if what in REPEATED:
        kept = [line for line in lines if line.what == what][-MAX_REPEATED:]
        lines = tuple(line for line in lines if line.what != what or line in kept)
    return replace(case, history=lines[-MAX_HISTORY:])
