"""How a case opens and what later news does to it: edits, rescoring, withdrawal, reports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from screening.assessment.record import ArchivePointer, ConcernSummary
from screening.assessment.result import DimensionState, Tier
from screening.cases.case import MAX_EVENTS, MAX_HISTORY, Case, CaseQueue, CaseState, HistoryLine, case_id
from screening.cases.queue_order import due_at
from screening.cases.states import check_move
from screening.posts.post import PostKind

TIER_ORDER: dict[Tier, int] = {"clear": 0, "inconclusive": 1, "watch": 2, "review": 3, "urgent": 4}
CASE_TIERS: frozenset[Tier] = frozenset({"review", "urgent"})
ReopenReason = Literal["tier_raised", "new_concern", "new_dimension", "reported", "audit"]


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

    @property
    def order(self) -> tuple[int, str, datetime]:
        return self.seq, self.version, self.at


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
    previous: Case | None = None, reason: str = "", reports: tuple[str, ...] = (),
) -> Case:  # fmt: skip
    """A new case for a post; linked to the one before it, with the reason why it is opened again."""
    what = "reopened" if previous else "opened"
    return Case(
        case=case_id(facts.platform, facts.post_id, generation), generation=generation, team=team,
        platform=facts.platform, post_id=facts.post_id, seq=facts.seq, version=facts.version, content_version=facts.version,
        kind=facts.kind, tier=facts.tier, highest_tier=facts.tier, rank=facts.rank, concerns=facts.concerns,
        dimensions=facts.dimensions, indicators=facts.indicators, queue=queue, state="open", opened_at=now,
        due_at=due_at(
            queue=queue, tier=facts.tier, rank=facts.rank, act_by=facts.act_by, reports=len(reports), since=now
        ),
        facts_at=facts.at, act_by=facts.act_by, language=facts.language, work_country=facts.work_country,
        archive=facts.archive, versions=facts.versions, post_withdrawn=facts.withdrawn,
        events=(facts.event,) if facts.event else (), reports=reports, audit_probability=facts.audit_probability,
        previous_case=previous.case if previous else None,
        history=(HistoryLine(at=now, what=what, detail=reason or facts.tier),),
    )  # fmt: skip


def knows(case: Case, facts: CaseFacts) -> bool:
    """Whether the case has this event already, by id or because it holds these very facts."""
    return facts.event in case.events or (case.seq, case.version, case.facts_at) == facts.order


def is_late(case: Case, facts: CaseFacts) -> bool:
    """News from before what the case knows: an older version, or an older assessment of the same one."""
    return facts.order < (case.seq, case.version, case.facts_at)


def update_case(case: Case, facts: CaseFacts, *, now: datetime) -> Case:
    """An open case after news of its post. Votes on other facts lapse; a deadline only moves earlier."""
    noted = _with_event(case, facts)
    if is_late(case, facts):
        return _note(noted, now, "late_news", f"{facts.cause} {facts.tier}")
    if facts.withdrawn:
        # What reviewers judge, the offer as it was, hasn't changed: votes stand, but everyone sees that it is gone.
        gone = replace(
            noted, seq=facts.seq, version=facts.version, facts_at=facts.at, post_withdrawn=True
        )  # fmt: skip
        return _note(gone, now, "withdrawn", "")
    judged = (case.content_version, case.tier, case.concerns, case.dimensions, case.indicators)
    told = (facts.version, facts.tier, facts.concerns, facts.dimensions, facts.indicators)
    due = due_at(
        queue=case.queue, tier=facts.tier, rank=facts.rank, act_by=facts.act_by, reports=len(case.reports), since=now
    )
    raised = TIER_ORDER[facts.tier] > TIER_ORDER[case.tier]
    changed = replace(
        noted, seq=facts.seq, version=facts.version, content_version=facts.version, facts_at=facts.at,
        kind=facts.kind, tier=facts.tier,
        highest_tier=max(case.highest_tier, facts.tier, key=TIER_ORDER.__getitem__), rank=facts.rank,
        concerns=facts.concerns, dimensions=facts.dimensions, indicators=facts.indicators,
        queue="review" if facts.tier in CASE_TIERS and case.queue != "reports" else case.queue,
        due_at=min(case.due_at, due) if raised or facts.act_by != case.act_by else case.due_at,
        act_by=facts.act_by, language=facts.language, work_country=facts.work_country, archive=facts.archive,
        versions=facts.versions, post_withdrawn=False,
    )  # fmt: skip
    if judged != told:
        lapsed = case.state == "second_look"
        changed = replace(changed, facts=case.facts + 1, state=_after_new_facts(changed))
        if lapsed:
            changed = _note(changed, now, "votes_lapsed", "")
    return _note(changed, now, facts.cause, f"{case.tier}>{facts.tier}")


def reopen_reason(case: Case, facts: CaseFacts) -> ReopenReason | None:
    """Why a closed case's post needs a new one, None where it doesn't."""
    if is_late(case, facts) or facts.tier not in CASE_TIERS or facts.withdrawn:
        return None
    if TIER_ORDER[facts.tier] > TIER_ORDER[case.tier]:
        return "tier_raised"
    if {c.type for c in facts.concerns if c.tier in CASE_TIERS} - {concern.type for concern in case.concerns}:
        return "new_concern"
    positive = {name for name, state in facts.dimensions.items() if state in ("positive", "strong")}
    return "new_dimension" if positive - set(case.positive_dimensions) else None


def note_on_closed(case: Case, facts: CaseFacts, *, now: datetime) -> Case:
    """A closed case keeps its facts, as they were decided on; the news goes to its history."""
    gone = case.post_withdrawn if is_late(case, facts) else facts.withdrawn
    return _note(replace(_with_event(case, facts), post_withdrawn=gone), now, facts.cause, facts.tier)


def add_report(case: Case, report: str, *, now: datetime) -> Case:
    """An open case after one more report of its post; a report counts once."""
    if report in case.reports:
        return case
    reports = (*case.reports, report)
    due = due_at(queue=case.queue, tier=case.tier, rank=case.rank, act_by=case.act_by, reports=len(reports), since=now)
    return _note(replace(case, reports=reports, due_at=min(case.due_at, due)), now, "reported", report)


def _after_new_facts(case: Case) -> CaseState:
    """Votes lapsed: what was decided stays decided, the rest is open again."""
    return check_move(case.state, "decided" if case.decisions else "open")


def _with_event(case: Case, facts: CaseFacts) -> Case:
    return replace(case, events=(*case.events, facts.event)[-MAX_EVENTS:]) if facts.event else case


def _note(case: Case, at: datetime, what: str, detail: str) -> Case:
    return replace(case, history=(*case.history, HistoryLine(at=at, what=what, detail=detail))[-MAX_HISTORY:])
